"""The one list of publications: those of the data and those of the `.bib` files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvtex.model import Publication, PublicationRecord
from cvtex.source.nodes import Problems


def publications(
    records: Sequence[PublicationRecord],
    bibs: Mapping[str, str],
    problems: Problems,
    cache: bool = False,
) -> tuple[Publication, ...]:
    """Return the publications of `publications.yaml` and of `.bib` texts by file name.

    In the order they stand; `citation` arranges them. With `cache`, `.bib` texts that are
    as they were come from the user's cache.
    """
    if not records and not bibs:
        return ()
    from cvtex.source import bibtex

    found = [bibtex.from_record(record) for record in records]
    read, diagnostics = bibtex.read_all(bibs, cache=cache)
    problems.diagnostics += diagnostics
    return (*found, *read)
