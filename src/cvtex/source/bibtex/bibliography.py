"""The bibliography of a project: read, or as it was read before.

Most builds change another file. Reading a `.bib` needs bibtexparser, and takes longer than
all else that is read; so what came out of it is kept in the user's cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from cvtex import freshness, kept
from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.model import Date, Link, Name, Publication, Rich

Bibliography = tuple[tuple[Publication, ...], tuple[Diagnostic, ...]]
_KINDS = {
    kind.__name__: kind
    for kind in (Publication, Name, Rich, Link, Date, Source, Diagnostic, Severity)
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
    if key and (data := kept.load(key)) is not None and (found := _unpacked(data)) is not None:
        return found
    from cvtex.source.bibtex.publications import read_all as read

    found = read(dict(files))
    if key:
        kept.save(key, _packed(found))
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
    state = Path(found.origin).stat()
    return f"{found.origin} {state.st_size} {state.st_mtime_ns}"


def _packed(found: Bibliography) -> bytes:
    import pickle

    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)


def _unpacked(data: bytes) -> Bibliography | None:
    """Return what was packed, None where that is not to be had of it."""
    import io
    import pickle

    class Records(pickle.Unpickler):
        """Makes records of ours, and nothing else: a pickle can call whatever it names."""

        def find_class(self, module: str, name: str) -> Any:
            return _KINDS[name]

    try:
        return cast(Bibliography, Records(io.BytesIO(data)).load())
    except Exception:  # a damaged pickle may raise anything
        return None
