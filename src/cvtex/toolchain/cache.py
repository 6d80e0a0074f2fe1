"""What the fast path keeps in the user's cache: one folder an entry, least used out first.

An entry appears by rename, whole or not at all, and its state carries a
checksum: what is damaged, foreign or half-written counts as not there. No
failure here is an error; the plain path needs nothing of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cvtex import disk, home
from cvtex.home import cache_folder
from cvtex.records import dataclass
from cvtex.toolchains import OWN

LIMIT = 400 * 1024**2  # bytes; an entry of pdfLaTeX has about 20 MB
STALE = 3600  # seconds after which what a killed build left is swept away
STATE = "entry.json"
_SCRATCH = ".new-"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as `cvtex cache` shows it: bytes, and seconds since 1970 of its last use."""

    folder: Path
    label: str
    size: int
    used: float


def root() -> Path:
    """Return the folder of all entries; it may not exist."""
    return cache_folder() / "fast"


def is_ours() -> bool:
    """Tell whether the cache can be used, and nobody else can write into it: a format is code."""
    return home.is_ours(root())


def load(entry: Path) -> dict[str, Any] | None:
    """Return an entry's state, None where it is not there or damaged."""
    try:
        checksum, _, text = (entry / STATE).read_bytes().partition(b"\n")
        if int(checksum, 16) != zlib.crc32(text):
            return None
        state: dict[str, Any] = json.loads(text)
        return state
    except (OSError, ValueError):
        return None


def save(entry: Path, state: dict[str, Any]) -> None:
    """Write an entry's state by rename. Raises OSError."""
    text = json.dumps(state).encode()
    write(entry / STATE, b"%08x\n%s" % (zlib.crc32(text), text))


@contextlib.contextmanager
def replacing(file: Path) -> Iterator[IO[bytes]]:
    """Give a new file that takes a file's place by rename, unless an exception ends the block.

    Raises OSError, and leaves no half file then.
    """
    with disk.replacing(file, mode=0o600) as stream:
        yield stream


def write(file: Path, data: bytes) -> None:
    """Write a file by rename. Raises OSError, and leaves no half file then."""
    disk.write(file, data, mode=0o600)


_checksums: dict[tuple[object, ...], int] = {}


def checksum(file: Path) -> int | None:
    """Return a file's CRC-32, None where it cannot be read.

    Known for as long as this process lives and the file was not written to.
    """
    value = 0
    try:
        with file.open("rb") as stream:
            state = os.fstat(stream.fileno())
            times = (state.st_mtime_ns, state.st_ctime_ns)
            key = (str(file), state.st_dev, state.st_ino, state.st_size, *times)
            if key in _checksums:
                return _checksums[key]
            while data := stream.read(1 << 20):
                value = zlib.crc32(data, value)
    except OSError:
        return None
    if len(_checksums) > 1000:
        _checksums.clear()
    _checksums[key] = value
    return value


@contextlib.contextmanager
def scratch(place: Path | None = None) -> Iterator[Path]:
    """Give a new folder in the cache, or in a `place` of it, which is deleted again unless it
    is published."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=place or root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, entry: Path) -> None:
    """Make a scratch folder the entry, in the place of an old one. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        entry.rename(folder.with_name(f"{folder.name}-old"))
    try:
        folder.rename(entry)
    finally:
        shutil.rmtree(folder.with_name(f"{folder.name}-old"), ignore_errors=True)


def remove(entry: Path) -> None:
    """Delete an entry."""
    shutil.rmtree(entry, ignore_errors=True)


def touch(entry: Path) -> None:
    """Note that an entry was used."""
    with contextlib.suppress(OSError):
        os.utime(entry / STATE)


def entries() -> list[Kept]:
    """Return all entries, the last used first."""
    found = []
    with contextlib.suppress(OSError):
        for folder in root().iterdir():
            if not folder.name.startswith(_SCRATCH):
                with contextlib.suppress(OSError):
                    used = (folder / STATE).stat().st_mtime
                    label = (load(folder) or {}).get("label", "damaged")
                    found.append(Kept(folder, label, size(folder), used))
    return sorted(found, key=lambda entry: -entry.used)


def prune(limit: int = LIMIT) -> None:
    """Delete the least used entries until the rest takes `limit` bytes at most, and what
    killed builds left behind."""
    total = 0
    for entry in entries():
        total += entry.size
        if total > limit:
            shutil.rmtree(entry.folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        for folder in root().iterdir():
            with contextlib.suppress(OSError):
                whole = (folder / STATE).is_file() and not folder.name.startswith(_SCRATCH)
                if not whole and time.time() - folder.stat().st_mtime > STALE:
                    shutil.rmtree(folder, ignore_errors=True)


INSTALLED = frozenset(OWN)
"""What lies in the user's cache and is no cache: toolchains that were installed."""


def places() -> list[Path]:
    """Return the folders in which something is kept, by whatever part of cvtex."""
    with contextlib.suppress(OSError):
        return sorted(place for place in cache_folder().iterdir() if place.name not in INSTALLED)
    return []


def clear() -> int:
    """Delete all that is kept, and return how many bytes it took."""
    freed = 0
    for place in places():
        freed += size(place)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                place.unlink()
    return freed


def size(folder: Path) -> int:
    """Return how many bytes the files of a folder take."""
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += file.lstat().st_size
    return total
