"""The one list of publications: those of the data and those of the `.bib` files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cvtex.diagnostics import Source
from cvtex.model import Basics, Publication, PublicationRecord
from cvtex.source.syntax.files import LINES, read_bytes
from cvtex.source.syntax.nodes import Problems

LIMIT = 16 << 20


def load(path: Path, name: str, problems: Problems) -> str | None:
    """Return a `.bib` file's text with line feeds for line ends; an old one may be in Latin-1.

    None (and an error) if it has none.
    """
    from cvtex.source import bibtex

    data = read_bytes(path, Source(name), LIMIT, problems)
    if data is None:
        return None
    text, diagnostics = bibtex.decode(data, name)
    problems.diagnostics += diagnostics
    return text.translate(LINES)


def publications(
    records: Sequence[PublicationRecord],
    bibs: Mapping[str, str],
    problems: Problems,
    cache: bool = False,
    basics: Basics | None = None,
) -> tuple[Publication, ...]:
    """Return the publications of `publications.yaml` and of `.bib` texts by file name.

    In the order they stand; `citation` arranges them. With `cache`, `.bib` texts that are
    as they were come from the user's cache. What others take fields from is listed only
    where the owner of the CV, whose `basics` they are, wrote or edited it.
    """
    if not records and not bibs:
        return ()
    from cvtex.source import bibtex

    found = [bibtex.from_record(record) for record in records]
    read, diagnostics = bibtex.read_all(bibs, cache=cache)
    problems.diagnostics += diagnostics
    if any(p.parent for p in read):
        from cvtex.source.bibtex.owner import own

        read = own(read, basics)
    return (*found, *read)
