"""Values of the CV as plain parts: literal text, prose, places and dates as a theme gets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from cvtex import countries, dateforms, model
from cvtex.export.document import (
    BREAK,
    Block,
    Bullet,
    Inline,
    Labelled,
    Listing,
    Run,
)
from cvtex.latex import markup
from cvtex.latex.text import apostrophes
from cvtex.latex.theme import Theme
from cvtex.model import Date, Place, Prose, Text, Words
from cvtex.records import dataclass


def inline_runs(
    pieces: Sequence[markup.Piece], strong: bool = False, emphasis: bool = False, url: str = ""
) -> Iterable[Run]:
    """Yield pieces of prose as runs: what wraps them is said of each."""
    for piece in pieces:
        if piece.kind == "break":
            yield BREAK
        elif piece.kind == "text":
            yield Run(apostrophes(piece.text), strong, emphasis, url=url)
        elif piece.kind == "code":
            yield Run(piece.text, strong, emphasis, code=True, url=url)
        else:
            yield from inline_runs(
                piece.pieces,
                strong or piece.kind == "strong",
                emphasis or piece.kind == "emphasis",
                piece.url or url,
            )


def as_listing(listing: markup.Listing) -> Listing:
    """Return a list of prose as bullets, with the lists below each."""
    bullets = (
        Bullet(tuple(inline_runs(item.pieces)), tuple(map(as_listing, item.listings)))
        for item in listing.items
    )
    return Listing(tuple(bullets), listing.number)


class Dates(TypedDict):
    """When a record was: its dates as they are printed, and each end by itself."""

    dates: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Walk:
    """What records are read with: the words of the language, and how a theme has dates."""

    words: Words
    theme: Theme

    def text(self, value: str | None) -> str:
        """Return a literal value; of LaTeX what it reads like."""
        if not value:
            return ""
        if isinstance(value, Text) and value.tex:
            from cvtex.source.bibtex.tex import rich

            return rich(str(value))[0].text
        return apostrophes(" ".join(value.split()))

    def inline(self, value: str | None, url: str | None = None) -> Inline:
        """Return a literal value as a text that leads somewhere, "" as none."""
        said = self.text(value)
        return (Run(said, url=url or ""),) if said else ()

    def linked(self, value: Text | None, url: model.Url | None) -> Inline:
        """Return a value that leads to an address; without a value the address."""
        return self.inline(value or (url.shown if url else None), url)

    def joined(self, *values: str | None, by: str = ", ") -> Inline:
        said = by.join(filter(None, map(self.text, values)))
        return (Run(said),) if said else ()

    def prose(self, value: Prose) -> Inline:
        """Return prose in one row."""
        if value.tex:
            return self.inline(value)
        return tuple(inline_runs(markup.parse(value)))

    def blocks(self, *values: Prose | None) -> tuple[Block, ...]:
        """Return prose as paragraphs, and the lists among them."""
        found: list[Block] = []
        for value in values:
            if value and value.tex:
                found.append(self.inline(value))
            elif value:
                for block in markup.blocks(value):
                    is_list = isinstance(block, markup.Listing)
                    found.append(as_listing(block) if is_list else tuple(inline_runs(block)))  # type: ignore[arg-type]
        return tuple(found)

    def bullets(self, highlights: Sequence[model.Highlight]) -> tuple[Bullet, ...]:
        return tuple(
            Bullet(
                self.prose(bullet.text),
                (Listing(self.bullets(bullet.highlights)),) if bullet.highlights else (),
            )
            for bullet in highlights
        )

    def place(self, place: Place | None) -> str:
        if isinstance(place, model.Location):
            return ", ".join(map(self.text, countries.line(place, self.words.code)))
        return self.text(place)

    def labelled(self, key: Any, values: Sequence[str | None]) -> tuple[Labelled, ...]:
        said = tuple(filter(None, map(self.text, values)))
        words = self.words
        found = Labelled(key, words.words[key], said, words.colon, words.comma)
        return (found,) if said else ()

    def dates(self, start: Date | None, end: Date | None) -> Dates:
        """Return the dates of an entry: as they read, and each end for machines."""
        said = [self.theme.date(date) for date in dateforms.ends(start, end)]
        separator = self.theme.options.date_separator
        whole = dateforms.span(said[0], said[-1], separator) if said else ""
        return {"dates": whole, "start": iso(start), "end": iso(end)}

    def span(self, positions: Sequence[model.Position]) -> Dates:
        """Return the dates from the first day of several positions to the last, as themes do."""
        spans = [dateforms.bounds(p.start_date, p.end_date) for p in positions if p.start_date]
        if len(spans) < 2 or len(spans) < len(positions) or None in spans:
            return self.dates(None, None)
        starts, ends = zip(*filter(None, spans), strict=True)
        return self.dates(min(starts), max(ends))


def iso(date: Date | None) -> str:
    """Return a date as ISO 8601 has it, cut after year or month; "" for what it cannot say."""
    if date is None or date.is_present or not date.year:
        return ""
    return "-".join([f"{date.year:04}", *(f"{n:02}" for n in (date.month, date.day) if n)])
