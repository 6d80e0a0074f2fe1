"""The build folder: what lies there, and how a PDF gets out of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import disk
from cvtex.diagnostics import CvtexError, error

if TYPE_CHECKING:
    from cvtex.preparation import Prepared


def build_folder(path: Path) -> Path:
    """Return where a project's build goes: `build/` in it, or here for a single file."""
    return path / "build" if path.is_dir() else Path("build")


def write(place: Path, prepared: Prepared, toolchain: str) -> Path:
    """Write the build folder; what another engine left is cleared away first."""
    place.mkdir(parents=True, exist_ok=True)
    made_by = f"{prepared.engine} {toolchain}\n"
    note = place / ".made-by"
    if not note.is_file() or note.read_text(encoding="utf-8") != made_by:
        for old in place.iterdir():
            if old.is_file() and old.name != ".lock":
                old.unlink()
        note.write_text(made_by, encoding="utf-8")
    for name, file in prepared.files.items():
        target = place / name
        if not target.is_file() or target.read_bytes() != file.read_bytes():
            target.write_bytes(file.read_bytes())
    tex = place / "cv.tex"
    tex.write_text(prepared.tex, encoding="utf-8", newline="\n")
    return tex


def publish(pdf: Path, target: Path) -> None:
    """Put a finished PDF in its place."""
    put(target, pdf.read_bytes())


def put(target: Path, content: bytes) -> None:
    """Put a file in its place by rename: a reader sees the old one or the new one.

    Raises `CvtexError` where that cannot be.
    """
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
        new.replace(target)
    except OSError as failure:
        with contextlib.suppress(OSError):
            new.unlink()
        message = f"{target} cannot be written: {failure.strerror}"
        raise CvtexError([error(message)]) from failure


@contextlib.contextmanager
def locked(folder: Path, tell: Callable[[str], None] = lambda what: None) -> Iterator[None]:
    """Hold a build folder for this process; another build of the same theme waits.

    `tell` is told for what this one waits. Raises `CvtexError` when it has waited too long.
    """
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(
                disk.locked(
                    folder / ".lock",
                    waiting=lambda: tell(f"waiting for another cvtex that builds in {folder}"),
                )
            )
        except TimeoutError as failure:
            hint = "wait until it has ended, or end it"
            message = f"another cvtex has been building in {folder} for too long"
            raise CvtexError([error(message, hint=hint)]) from failure
        yield
