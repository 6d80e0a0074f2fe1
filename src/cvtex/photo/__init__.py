"""The photo of a CV: what it is by its first bytes, whether it is whole, upright, as TeX takes it.

TeX is handed JPEG, PNG or PDF only. A JPEG or PNG that is upright, and no larger than a page
can show, stays what it is, less what a camera wrote beside the picture (the place where it was
taken, say); all else is made into one of the two, once, and kept in the user's cache.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from cvtex import disk, freshness, store
from cvtex.photo.drawing import drawn
from cvtex.photo.formats import REFUSED, kind
from cvtex.photo.model import LARGEST, SIDE, Photo, PhotoFault, damaged
from cvtex.photo.picture import picture_of
from cvtex.records import dataclass, field

__all__ = ["LARGEST", "SIDE", "Photo", "PhotoFault", "kind", "photo"]


def photo(path: Path, *, cache: bool = False) -> Photo:
    """Return the photo of a file, ready to be set.

    With `cache`, what was made of it before is taken from the user's cache and kept there.
    Raises `PhotoFault` for what is no picture, damaged, of a kind that is not known, or too
    large; and for what cannot be read.
    """
    try:
        data = disk.read(path, LARGEST)
    except OSError as failure:
        hint = "make it smaller" if failure.errno == errno.EFBIG else None
        raise PhotoFault(f"cannot be read: {failure.strerror}", hint) from None
    return _photo(_File(data, cache))


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    cache: bool = field(compare=False)


@lru_cache(maxsize=2)  # reading asks whether it is whole, preparation for what it is
def _photo(file: _File) -> Photo:
    key = _key(file.data) if file.cache else ""
    if key and (stored := store.load(key)) is not None:
        return Photo(stored[:4].decode("ascii"), stored[4:])
    found = _prepared(file.data)
    if key:
        store.save(key, found.suffix.encode() + found.data)
    return found


def _key(data: bytes) -> str:
    """Return what stands for a file and for all the code that makes a photo of it."""
    digest = hashlib.sha256(freshness.identity().encode())
    for package in ("PIL", "resvg_py", "pi_heif"):
        found = importlib.util.find_spec(package)
        if found and found.origin:
            digest.update(f"{found.origin} {disk.stamp(found.origin)};".encode())
    digest.update(data)
    return f"photo-{digest.hexdigest()[:40]}"


def _prepared(data: bytes) -> Photo:
    found = kind(data)
    if not data:
        raise PhotoFault("is empty", "copy it once more")
    if found in REFUSED:
        raise PhotoFault(*REFUSED[found])
    if found == "PDF":
        if b"%%EOF" not in data[-2048:]:
            raise damaged()
        return Photo(".pdf", data)
    if found == "SVG":
        return drawn(data)
    return picture_of(data, found)
