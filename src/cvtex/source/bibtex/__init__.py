"""Reading BibTeX: `.bib` text to publications, with every problem at its line.

The rooms behind this page are loaded when they are called: a bibliography that did not
change is not read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cvtex.source.bibtex.encoding import decode

if TYPE_CHECKING:
    from cvtex.diagnostics import Diagnostic
    from cvtex.model import Publication, PublicationRecord
    from cvtex.source.bibtex.bibliography import Bibliography

__all__ = ["decode", "doubts", "from_record", "read", "read_all"]


def read(text: str, file: str) -> Bibliography:
    """Return the publications of a `.bib` in its own order, and what is wrong with it.

    `text` has `\\n` as line ends (see `decode`); `file` is its name in diagnostics.
    Entries that only others inherit from are not listed, unless their `options` say
    `skipbib=false`; nor are those that say `skipbib` or `dataonly`.
    """
    found, problems = read_all({file: text})
    return tuple(p for p in found if not p.parent), problems


def read_all(files: Mapping[str, str], *, cache: bool = False) -> Bibliography:
    """Return the publications of several `.bib` texts by file name, as `read` does.

    They are one bibliography: abbreviations, keys and `crossref` hold across them. With
    `cache`, an unchanged one comes from the user's cache. Those that others take fields
    from are among them, as `parent` (see `owner.own`).
    """
    from cvtex.source.bibtex import bibliography

    return bibliography.read_all(files, cache=cache)


def doubts(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return what in `.bib` texts was read as it was likely meant, not as it was typed."""
    from cvtex.source.bibtex import publications

    return publications.doubts(files)


def from_record(record: PublicationRecord) -> Publication:
    """Return an entry of `publications.yaml` as a publication."""
    from cvtex.source.bibtex import publications

    return publications.from_record(record)
