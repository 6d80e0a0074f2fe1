"""A project as bytes, for a machine without our disk."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cvtex import exposure, names
from cvtex.diagnostics import CvtexError, Source, error

LARGEST = 50 * 1024**2  # bytes of a project that is sent to another machine
_LEFT_OUT = frozenset({"build", "__pycache__", "node_modules"})
DATA = (".yaml", ".yml", ".json")


def pack(path: Path, public: bool) -> tuple[str, bytes]:
    """Return a project as a zip, and where it is in it. The private overlay goes along
    unless `public`. Raises `CvtexError` where it is too large to send."""
    root = path if path.is_dir() else path.parent
    files = [path] if path.is_file() else list(walk(path, path.resolve()))
    data = io.BytesIO()
    total = 0
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            name = file.relative_to(root).as_posix()
            overlay = not public and file.stem.lower() == "private" and file.suffix in DATA
            if name.startswith("data/") and exposure.is_private(name) and not overlay:
                continue  # an editor's copy is nobody else's
            if not names.is_plain(name):
                problem = error("the name of this file cannot be sent", Source(name))
                raise CvtexError([problem])
            total += file.stat().st_size
            if total > LARGEST:
                raise CvtexError([error(f"{path} is too large to send to another machine")])
            archive.writestr(zipfile.ZipInfo(name), file.read_bytes())
    return ("." if path.is_dir() else path.name), data.getvalue()


def walk(folder: Path, top: Path) -> Iterator[Path]:
    """Yield a project's files; no link that leaves `top`, a real path, is followed."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _LEFT_OUT:
            continue
        if entry.is_symlink() and (
            entry.is_dir() or not Path(os.path.realpath(entry)).is_relative_to(top)
        ):
            continue
        if entry.is_dir():
            yield from walk(entry, top)
        elif entry.is_file():
            yield entry


def unpack(pack: bytes, place: Path) -> None:
    """Write what `pack` packed into a folder."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(place)
