"""Small things kept in the user's cache from one run to the next, each in a file by its key.

What is kept only saves time: what is damaged, foreign or gone counts as not there, and
not being able to keep something is no error.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from cvtex import disk
from cvtex.home import cache_folder, is_ours

LIMIT = 64 * 1024**2  # bytes; what is kept of 300 publications has 0.2 MB
MOST = 100  # files


def root() -> Path:
    """Return the folder of all that is kept here; it may not exist."""
    return cache_folder() / "store"


def load(key: str) -> bytes | None:
    """Return what is kept under a key (the name of a file), None where there is nothing whole."""
    file = root() / key
    if not is_ours(file.parent):
        return None
    try:
        whole = disk.read(file, LIMIT, within=file.parent)
        os.utime(file, follow_symlinks=False)  # least used out first
    except OSError:
        return None
    checksum, data = whole[:4], whole[4:]
    return data if checksum == _checksum(data) else None


def save(key: str, data: bytes) -> None:
    """Keep something under a key; by rename, so never half."""
    file = root() / key
    if not is_ours(file.parent) or len(data) > LIMIT // 4:
        return
    with contextlib.suppress(OSError):
        disk.write(file, _checksum(data) + data, within=file.parent, mode=0o600)
    prune()


def size() -> tuple[int, int]:
    """Return how many things are kept, and how many bytes they take."""
    sizes = [state.st_size for _, state in _files()]
    return len(sizes), sum(sizes)


def prune(limit: int = LIMIT, most: int = MOST) -> None:
    """Delete the least used until at most `limit` bytes and `most` files are left."""
    disk.sweep(root())
    total = 0
    newest_first = sorted(_files(), key=lambda found: -found[1].st_mtime)
    for number, (file, state) in enumerate(newest_first, start=1):
        total += state.st_size
        if number > most or total > limit:
            with contextlib.suppress(OSError):
                disk.remove(file, within=root())


def clear() -> int:
    """Delete everything and return how many bytes it took."""
    _, freed = size()
    prune(limit=-1)
    return freed


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    with contextlib.suppress(OSError):
        for file in root().iterdir():
            with contextlib.suppress(OSError):
                yield file, file.lstat()


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")
