"""The bibliography of a project: read, or as it was read before.

Most builds change another file. Reading a `.bib` needs bibtexparser, and takes longer than
all else that is read; so what came out of it is kept in the user's cache.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import marshal  # pickle takes longer to import than the list of a CV to read
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cvtex import disk, freshness, store
from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.model import Date, Link, Name, Publication, Rich

Bibliography = tuple[tuple[Publication, ...], tuple[Diagnostic, ...]]
_KINDS: dict[str, type] = {
    kind.__name__: kind for kind in (Publication, Name, Rich, Link, Date, Source, Diagnostic)
}


def read_all(files: Mapping[str, str], *, cache: bool = False) -> Bibliography:
    """Return the publications of several `.bib` texts by file name, in their own order, and
    what is wrong with them.

    They are one bibliography: abbreviations, keys and `crossref` hold across them. With
    `cache`, what was read before from the same texts by the same programs is taken from the
    user's cache, and what is read is kept there.
    """
    return _read_all(tuple(files.items()), cache)


@lru_cache(maxsize=1)  # by the texts: a watch reads the same list at every save of another file
def _read_all(files: tuple[tuple[str, str], ...], cache: bool) -> Bibliography:
    key = _key(files) if cache and files else ""
    if key and (data := store.load(key)) is not None and (found := _unpacked(data)) is not None:
        return found
    from cvtex.source.bibtex.publications import read_all as read

    found = read(dict(files))
    if key:
        store.save(key, marshal.dumps(_plain(found)))
    return found


def _key(files: tuple[tuple[str, str], ...]) -> str:
    """Return what stands for the texts and for all the code that reads them."""
    digest = hashlib.sha256(f"{freshness.identity()} {sys.version} {_splitter()}".encode())
    for name, text in files:
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(b"%d:%s" % (len(data), data))
    return f"bibliography-{digest.hexdigest()[:40]}"


def _splitter() -> str:
    """Return what changes when another bibtexparser is installed."""
    found = importlib.util.find_spec("bibtexparser")
    if not found or not found.origin:
        return ""
    return f"{found.origin} {disk.stamp(found.origin)}"


def _plain(value: Any) -> Any:
    """Return records as lists of the record's name and its values; all else as it is."""
    kind = type(value)
    if kind is str:
        return value
    if kind is tuple:
        return tuple(map(_plain, value)) if value else value
    if kind is dict:
        return {name: _plain(part) for name, part in value.items()}
    if kind is Severity:
        return ["Severity", value.value]
    if fields := _fields(kind):
        return [kind.__name__, *[_plain(getattr(value, field)) for field in fields]]
    return value


_known: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    """Return the names of a record's fields; none for what is no record."""
    if kind not in _known:
        found = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
        _known[kind] = tuple(field.name for field in found)
    return _known[kind]


def _records(value: Any) -> Any:
    """Return what `_plain` was given."""
    kind = type(value)
    if kind is tuple:
        return tuple(map(_records, value))
    if kind is dict:
        return {name: _records(part) for name, part in value.items()}
    if kind is not list:
        return value
    name, *parts = value
    if name == "Severity":
        return Severity(*parts)
    record: Any = object.__new__(_KINDS[name])
    record.__setstate__(list(map(_records, parts)))
    return record


def _unpacked(data: bytes) -> Bibliography | None:
    """Return what was packed, None where that is not to be had of it."""
    try:
        publications, diagnostics = _records(marshal.loads(data))
    except Exception:  # of data that is not ours, anything may be said
        return None
    return publications, diagnostics
