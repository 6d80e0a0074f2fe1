"""The loosest density at which a CV has its pages; what there is to say where there is none.

Pure: what a try costs, and what it tells, is for whoever makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cvtex import select
from cvtex.diagnostics import Diagnostic, Source, error, note
from cvtex.model import Resume
from cvtex.records import dataclass

if TYPE_CHECKING:
    from cvtex.pdf.lines import Paragraph

DENSEST = 63
"""The last of the 64 steps from 0, the theme's own look."""
ROOM = 0.25
"""Of the last page: what is left empty beyond that is told."""
MOST_TOLD = 10
FEW = 3
"""Lines on a last page that are so few that it is told."""


def loosest(
    fits: Callable[[int], bool], low: int = 0, held: int | None = None, densest: int = DENSEST
) -> int | None:
    """Return the least density, from `low` on, that fits, None where the densest does not.

    One that is `held` is kept where it fits. Without it the answer depends on `fits` alone.
    Seven densities are tried at most; where what is denser is never longer, none is missed.
    """
    if held is not None and low < held <= densest:
        if fits(held):
            return held
        low = held
    elif fits(low):
        return low
    return _least(fits, low + 1, densest)


def fewest(fits: Callable[[int], bool], most: int) -> int | None:
    """Return how many of `most` things must go at least until all fits, None if all are too few."""
    return _least(fits, 1, most)


def _least(fits: Callable[[int], bool], first: int, most: int) -> int | None:
    """Return the least number from `first` to `most` that fits, by halves; None for none."""
    last = most + 1
    while first < last:
        middle = (first + last) // 2
        if fits(middle):
            last = middle
        else:
            first = middle + 1
    return first if first <= most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How many pages were asked for, where, and whether what matters least may go for it."""

    pages: int
    source: Source | None
    drop: bool = False


def wanted(resume: Resume, asked: int | None) -> Wanted | None:
    """Return what `--fit` asks for, or the data; None where neither does."""
    said = resume.meta.fit
    pages = asked or (said.pages if said else None)
    if not pages:
        return None
    source = said.source if said and not asked else None
    return Wanted(pages=pages, source=source, drop=bool(said and said.drop))


def too_long(
    edition: str,
    pages: int,
    lines: int,
    asked: Wanted,
    paragraphs: Iterable[Paragraph],
    resume: Resume,
) -> list[Diagnostic]:
    """Return what is said of a CV that is too long at its densest, and of what would bring lines.

    `lines` are those on the pages too many.
    """
    many = f"{asked.pages} page{'' if asked.pages == 1 else 's'}"
    beyond = f"{lines} line{'' if lines == 1 else 's'}"
    message = f"the CV does not fit {many}: {edition} has {beyond} too many at its closest"
    hint = "shorten the text where the notes say, or leave something out"
    found = [error(f"{message}, on {pages} pages", asked.source, hint)]
    short = sorted(
        (paragraph for paragraph in paragraphs if paragraph.may_win()), key=lambda p: p.cost()
    )
    found += [note(paragraph.advice(), paragraph.source) for paragraph in short[:MOST_TOLD]]
    least = select.least(resume)
    for thing in least[:MOST_TOLD]:
        what = select.name_of(thing)
        what = what if len(what) <= 50 else what[:49] + "…"
        message = f"priority {getattr(thing, 'priority', 5)}: “{what}” could be left out"
        found.append(note(message, getattr(thing, "source", None)))
    if not least:
        hint = "give what matters least a `priority` of 0 to 4"
        found.append(note("nothing has a priority below 5, and could be left out", hint=hint))
    return found


def left_out(things: Sequence[object], asked: Wanted) -> Iterator[Diagnostic]:
    """Yield a note of each thing that was left out so that the CV fits."""
    many = f"{asked.pages} page{'' if asked.pages == 1 else 's'}"
    for thing in things:
        what = select.name_of(thing)
        yield note(f"left out to fit {many}: {what}", getattr(thing, "source", None))


def nearly_empty(pages: int, lines: int, edition: str) -> Iterator[Diagnostic]:
    """Yield a note where the last of several pages has hardly a line, and how to fit one less."""
    if pages > 1 and lines <= FEW:
        many = f"{lines} line{'' if lines == 1 else 's'}"
        less = f"{pages - 1} page{'' if pages == 2 else 's'}"
        hint = f"`--fit {pages - 1}` sets it on {less}, `cvtex lines` shows where a line can be won"
        yield note(f"the last page of {edition} has {many}", hint=hint)


def underfull(pages: int, empty: float, asked: Wanted, edition: str) -> Iterator[Diagnostic]:
    """Yield a note where pages that were asked for are not needed, or are far from full."""
    if pages < asked.pages:
        many = f"{pages} page{'' if pages == 1 else 's'}"
        yield note(f"{edition} has only {many}, {asked.pages} were asked for", asked.source)
    elif empty > ROOM:
        yield note(f"{edition} leaves {empty:.0%} of its last page empty", asked.source)
