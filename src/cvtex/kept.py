"""Small things kept in the user's cache from one run to the next, each in a file by its key.

What is kept only saves time: what is damaged, foreign or gone counts as not there, and
not being able to keep something is no error.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

LIMIT = 64 * 1024**2  # bytes; what is kept of 300 publications has 0.2 MB
MOST = 100  # files
_NEW = ".new-"
_STALE = 3600  # seconds after which what a killed run left is swept away


def cache_folder() -> Path:
    """Return the user's cache folder of cvtex (XDG Base Directory); it may not exist yet."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path("~/.cache").expanduser()
    return root / "cvtex"


def is_ours(folder: Path) -> bool:
    """Tell whether a folder of the cache can be used, and nobody else can write into it.

    It is made where it is not there.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError:
        return False
    return state.st_uid == os.geteuid() and not state.st_mode & 0o022 and os.access(folder, os.W_OK)


def root() -> Path:
    """Return the folder of all that is kept here; it may not exist."""
    return cache_folder() / "kept"


def load(key: str) -> bytes | None:
    """Return what is kept under a key (the name of a file), None where there is nothing whole."""
    file = root() / key
    try:
        if not is_ours(file.parent):
            return None
        whole = file.read_bytes()
        os.utime(file)  # least used out first
    except OSError:
        return None
    checksum, data = whole[:4], whole[4:]
    return data if checksum == _checksum(data) else None


def save(key: str, data: bytes) -> None:
    """Keep something under a key; by rename, so never half."""
    file = root() / key
    new = file.with_name(f"{_NEW}{os.getpid()}-{key}")
    if not is_ours(file.parent) or len(data) > LIMIT // 4:
        return
    with contextlib.suppress(OSError):
        try:
            new.write_bytes(_checksum(data) + data)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
    prune()


def size() -> tuple[int, int]:
    """Return how many things are kept, and how many bytes they take."""
    sizes = [state.st_size for _, state in _files()]
    return len(sizes), sum(sizes)


def prune(limit: int = LIMIT, most: int = MOST) -> None:
    """Delete the least used until at most `limit` bytes and `most` files are left."""
    total = 0
    newest_first = sorted(_files(), key=lambda found: -found[1].st_mtime)
    for number, (file, state) in enumerate(newest_first, start=1):
        total += state.st_size
        half = file.name.startswith(_NEW) and time.time() - state.st_mtime > _STALE
        if number > most or total > limit or half:
            with contextlib.suppress(OSError):
                file.unlink()


def clear() -> int:
    """Delete everything and return how many bytes it took."""
    _, freed = size()
    prune(limit=-1)
    return freed


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    with contextlib.suppress(OSError):
        for file in root().iterdir():
            with contextlib.suppress(OSError):
                yield file, file.stat()


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")
