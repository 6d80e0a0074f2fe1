"""What a reader must find of a CV, and of one record of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader must find of one record, each as it reads.

    `ranges` are its dates, each on a line of its own; `heads` what it begins with, and
    `bullet` the first of its own bullets; `roles` are the positions under one employer.
    """

    values: tuple[str, ...]
    ranges: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    bullet: str = ""
    roles: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a CV's data ask of its PDF.

    `sections` are titles and records in the order of the text, the first one the name
    and what stands under it. `links` is every address. `explained` are the words that
    may stand there, squeezed, beside those that must. Where columns are `balanced`, the
    sections may be in another order.
    """

    sections: tuple[tuple[str, tuple[Wanted, ...]], ...]
    links: frozenset[str]
    explained: frozenset[str]
    balanced: bool = False

    @property
    def name(self) -> str:
        return self.sections[0][0]

    @property
    def values(self) -> tuple[str, ...]:
        """Return every title and value that must be in the text."""
        titles = tuple(title for title, _ in self.sections)
        return titles + tuple(v for _, records in self.sections for r in records for v in r.values)

    def records(self) -> Iterator[Wanted]:
        """Yield every record, and each position after its employer."""
        for _, records in self.sections:
            for record in records:
                yield record
                yield from record.roles
