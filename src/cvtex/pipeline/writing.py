"""The LaTeX of a document, its files and TeX's log, where the user sees them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import disk, filenames
from cvtex.output import PRIVATE, plainly

if TYPE_CHECKING:
    from cvtex.pipeline.preparation import Prepared


WRITTEN = ".made-by"
"""Says in its first line what a theme's folder was written for, then which files by cvtex."""
LARGEST = 1 << 20  # bytes of such a note
IGNORE = b"# made by cvtex: what is built here may hold private values\n*\n"
PRODUCTS = tuple(f"cv.{ending}" for ending in ("aux", "fdb_latexmk", "fls", "log", "out", "pdf"))
"""What TeX makes of `cv.tex`."""


def write(folder: Path, prepared: Prepared, toolchain: str, mode: int) -> Path:
    """Write a theme's folder in a build folder and return the path of its `cv.tex`.

    What another engine or toolchain left there of cvtex's is cleared away first; with a
    `mode` that shuts others out, git takes nothing of the build folder either.
    Raises `CvtexError` where it cannot be written.
    """
    place, top = folder / prepared.edition, filenames.above(folder)
    made_by = f"{prepared.engine} {toolchain}"
    with plainly(place):
        before, old = _written(place, top)
        if before != made_by:
            for name in old:
                disk.remove(place / name, within=top)
            old = []
        contents = prepared.beside() | {"cv.tex": prepared.tex.encode()}
        listed = sorted({*old, *contents, *PRODUCTS})
        note = "\n".join([made_by, *listed, ""])
        disk.write(place / WRITTEN, note.encode("utf-8", "surrogateescape"), within=top)
        for name, content in contents.items():
            if not _holds(place / name, content, top):
                disk.write(place / name, content, within=top, mode=mode)
        if mode == PRIVATE and not os.path.lexists(folder / ".gitignore"):
            disk.write(folder / ".gitignore", IGNORE, within=top)
    return place / "cv.tex"


def outgrown(folder: Path, prepared: Prepared) -> list[str]:
    """Remove what a release before left in a theme's folder of files that the theme has no more,
    and return what the theme says to those who have them (`Theme.formerly`)."""
    place, top = folder / prepared.edition, filenames.above(folder)
    gone = [name for name in prepared.set_by.formerly if os.path.lexists(place / name)]
    if not gone:
        return []
    with plainly(place):
        _, ours = _written(place, top)
        for name in gone:
            if name in ours:
                disk.remove(place / name, within=top)
    return [prepared.set_by.formerly[name] for name in gone if name in ours]


def show_log(folder: Path, theme: str, log: str, mode: int) -> None:
    """Put TeX's log beside the `cv.tex` that the user sees."""
    place = folder / theme
    with plainly(place):
        top = filenames.above(folder)
        disk.write(place / "cv.log", log.encode("utf-8", "replace"), within=top, mode=mode)


def _written(place: Path, top: Path) -> tuple[str, list[str]]:
    """Return what a theme's folder was written for, and the names of cvtex's files in it."""
    try:
        note = disk.read(place / WRITTEN, LARGEST, within=top)
    except OSError:
        return "", []
    made_by, *listed = note.decode("utf-8", "surrogateescape").split("\n")[:1000]
    return made_by, [n for n in listed if "/" not in n and "\0" not in n and n.strip(".")]


def _holds(file: Path, content: bytes, top: Path) -> bool:
    try:
        return disk.read(file, len(content), within=top) == content
    except OSError:
        return False
