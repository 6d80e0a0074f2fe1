"""One map between the places of a page and the values that they were set from, both ways.

The words of a document, in reading order, are one string without spaces; each value is
looked for in it, first between the records before and after its own, at letters that are of
no other value. What is found nowhere is lost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from cvtex.diagnostics import Source
from cvtex.pdf.letters import ANCHOR, Letters, Search, search, squeeze
from cvtex.pdf.showing import Word
from cvtex.pdf.structure import Element
from cvtex.records import dataclass


class Wanted(Protocol):
    """A value as `latex.printed` has it: what was typed, where, and how it may read."""

    @property
    def text(self) -> str: ...
    @property
    def source(self) -> Source: ...
    @property
    def ways(self) -> tuple[tuple[str, ...], ...]: ...


class WantedGroup(Protocol):
    """The values of one record."""

    @property
    def source(self) -> Source: ...
    @property
    def values(self) -> Sequence[Wanted]: ...


class Placed(NamedTuple):
    """A word of a page (from 0), and the number that it has among all words as they are read."""

    page: int
    word: Word


@dataclass(frozen=True, slots=True)
class Found:
    """A value, and the stretches of words (first, behind the last) that show it."""

    value: Wanted
    group: int
    stretches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Where each value is, and what of it is nowhere (`lost`)."""

    words: tuple[Placed, ...]
    groups: tuple[WantedGroup, ...]
    found: tuple[Found, ...]
    lost: tuple[Wanted, ...]

    def places(self, source: Source) -> Iterator[Placed]:
        """Yield the words that show what was typed at a line of a file."""
        for found in self.found:
            where = found.value.source
            last = max(where.line, where.end)
            if where.file == source.file and where.line <= source.line <= last:
                for first, stop in found.stretches:
                    yield from self.words[first:stop]

    def at(self, page: int, x: float, y: float) -> tuple[Source, Wanted | None] | None:
        """Return what the text at a place of a page came from: its record or head, and its value.

        `x` and `y` are points from the lower left corner. There is no value where the theme
        has added the text itself, and None where no text is near.
        """
        best: tuple[float, int] | None = None
        for number, placed in enumerate(self.words):
            word = placed.word
            if placed.page == page and word.y - word.size * 0.4 <= y <= word.y + word.size:
                away = max(word.x - x, x - word.end, 0)
                if away <= word.size * 2 and (best is None or away < best[0]):
                    best = away, number
        return self.of(best[1]) if best else None

    def of(self, number: int) -> tuple[Source, Wanted | None] | None:
        """Return what a word came from, by its number in `words`."""
        before: Found | None = None
        for found in self.found:
            for first, stop in found.stretches:
                if first <= number < stop:
                    return self.groups[found.group].source, found.value
                if first <= number and (before is None or first >= before.stretches[0][0]):
                    before = found
        return (self.groups[before.group].source, None) if before else None


def reading_order(
    document: Element, pages: Sequence[Sequence[tuple[Word, Element | None]]]
) -> tuple[Placed, ...]:
    """Return the words that are part of the document as they are read: a side column as a whole."""
    blocks: dict[Element, int] = {}

    def number(element: Element, block: int) -> None:
        blocks[element] = block
        for kid in element.kids:
            if isinstance(kid, Element):
                number(kid, block)

    tops: list[Element] = []
    for kid in document.kids:
        if isinstance(kid, Element):
            tops += [k for k in kid.kids if isinstance(k, Element)] if kid.tag == "Sect" else [kid]
    for place, top in enumerate(tops):
        number(top, place)
    placed = [
        (blocks[element], Placed(page, word))
        for page, words in enumerate(pages)
        for word, element in words
        if element is not None
    ]
    placed.sort(key=lambda pair: pair[0])
    return tuple(word for _, word in placed)


def locate(words: Sequence[Placed], groups: Sequence[WantedGroup]) -> Map:
    """Return where the values of the groups are among the words.

    No two values share a letter. The longest are looked for first, for a short one may be a
    part of them, and all in the form in which they most likely read before any in another.
    """
    letters = Letters([placed.word.text for placed in words], any(map(_divides, words, words[1:])))
    wanted = [
        Search(value.text, ways, number, value)
        for number, group in enumerate(groups)
        for value in group.values
        if (ways := _squeezed(value))  # none of a work of which the .bib says nothing
    ]
    search(letters, wanted, _bounds(letters, wanted, len(groups)))
    return Map(
        words=tuple(words),
        groups=tuple(groups),
        found=tuple(
            Found(item.value, item.group, tuple(letters.words(*place) for place in item.places))
            for item in wanted
            if item.places
        ),
        lost=tuple(item.value for item in wanted if not item.places),
    )


def _squeezed(value: Wanted) -> tuple[tuple[str, ...], ...]:
    ways = (tuple(filter(None, map(squeeze, way))) for way in value.ways)
    return tuple(dict.fromkeys(way for way in ways if way))


def _divides(word: Placed, other: Placed) -> bool:
    """Tell whether a word ends in a hyphen at a line's end."""
    return word.word.text.endswith("-") and word.word.y != other.word.y


def _bounds(
    letters: Letters, wanted: Sequence[Search[Wanted]], groups: int
) -> list[tuple[int, int]]:
    """Return between which letters each group is, by the texts that are long enough to tell.

    Those that stand once are anchors, of which the most count that are in order: a head may
    have its summary far below.
    """
    longest = [""] * groups
    for item in wanted:
        longest[item.group] = max(longest[item.group], *item.ways[0], key=len)
    places = [
        (letters.string.find(said), len(said))
        if len(said) >= ANCHOR and letters.string.count(said) == 1
        else None
        for said in longest
    ]
    chain = _longest_rise([place[0] if place else None for place in places])
    anchors = [
        (place[0], sum(place)) if place and number in chain else None
        for number, place in enumerate(places)
    ]
    lows, highs = [0], [len(letters.string)]
    for before, after in zip(anchors[:-1], reversed(anchors[1:]), strict=True):
        lows.append(before[0] if before else lows[-1])
        highs.append(after[1] if after else highs[-1])
    return [*zip(lows, reversed(highs), strict=True)]


def _longest_rise(values: Sequence[int | None]) -> set[int]:
    """Return where the longest row of values stands of which each is greater than the last."""
    ends: list[int] = []  # the least value that a row of each length ends with, and where
    where: list[int] = []
    before: dict[int, int | None] = {}
    for number, value in enumerate(values):
        if value is not None:
            length = bisect_left(ends, value)
            before[number] = where[length - 1] if length else None
            ends[length:] = [value, *ends[length + 1 :]]
            where[length:] = [number, *where[length + 1 :]]
    found: set[int] = set()
    last = where[-1] if where else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
