"""One map between the places of a page and the values that they were set from, both ways.

The words of a document, in reading order, are one string without spaces; each value is
looked for in it between the records before and after its own. What is found nowhere is lost.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from cvtex.diagnostics import Source
from cvtex.pdf.content import Word
from cvtex.pdf.structure import Element
from cvtex.records import dataclass

ANCHOR = 12
"""So many letters a text must have to say where its record is."""


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


@dataclass(frozen=True, slots=True)
class Placed:
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
    """Return where the values of the groups are among the words."""
    texts = [_Text(words, joined=False)]
    if any(_is_divided(one, other) for one, other in pairwise(words)):
        texts.append(_Text(words, joined=True))
    bounds = _bounds(texts[0], groups)
    found: list[Found] = []
    missing: list[tuple[int, Wanted]] = []
    for number, group in enumerate(groups):
        # The longest first: a short one may be a part of it.
        for value in sorted(group.values, key=lambda v: -len(v.text)):
            if not squeeze(value.text):  # such as a work of which the .bib says nothing
                continue
            stretches = _stretches(texts, value, bounds[number]) or _only(texts, value)
            if not stretches:
                missing.append((number, value))
            else:
                found.append(Found(value, number, tuple(stretches)))
    lost = [value for _, value in missing if not _is_elsewhere(texts, value, missing, groups)]
    return Map(tuple(words), tuple(groups), tuple(found), tuple(lost))


def _is_divided(one: Placed, other: Placed) -> bool:
    return one.word.text.endswith("-") and one.word.y != other.word.y


class _Text:
    """The words as one string, and which word each letter is of.

    With `joined`, a hyphen at a line's end is left out: it may divide a word.
    """

    def __init__(self, words: Sequence[Placed], *, joined: bool) -> None:
        parts: list[str] = []
        self.starts: list[int] = []
        length = 0
        for number, placed in enumerate(words):
            part = squeeze(placed.word.text)
            if joined and number + 1 < len(words) and _is_divided(placed, words[number + 1]):
                part = part[:-1]
            parts.append(part)
            self.starts.append(length)
            length += len(part)
        self.string = "".join(parts)
        self.taken = bytearray(length)  # letters that a value is known to be at

    def words(self, start: int, stop: int) -> tuple[int, int]:
        """Return the stretch of words that letters are in."""
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, stop - 1)

    def find(self, wanted: str, low: int, high: int) -> Iterator[int]:
        """Yield where a text stands, first where it is made of whole words."""
        others = []
        place = self.string.find(wanted, low, high)
        while place >= 0:
            if self._is_whole(place, place + len(wanted)):
                yield place
            else:
                others.append(place)
            place = self.string.find(wanted, place + 1, high)
        if len(wanted) > 3:
            yield from others

    def row(
        self, parts: Sequence[str], low: int, high: int, turning: bool = True
    ) -> list[tuple[int, int]] | None:
        """Return where parts stand, each behind the one before it, at letters not yet taken.

        With `turning`, one that is not there may stand before them. None if one is nowhere.
        """
        found = []
        cursor = low
        for part in filter(None, parts):
            place = self._free(part, cursor, high)
            if place < 0 and turning:
                place = self._free(part, low, high)
            if place < 0:
                return None
            cursor = place + len(part)
            found.append((place, cursor))
        return found

    def _free(self, wanted: str, low: int, high: int) -> int:
        places = self.find(wanted, low, high)
        return next((p for p in places if not any(self.taken[p : p + len(wanted)])), -1)

    def take(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the words at places, which are then taken."""
        for start, stop in places:
            self.taken[start:stop] = b"\1" * (stop - start)
        return [self.words(start, stop) for start, stop in places]

    def _is_whole(self, start: int, stop: int) -> bool:
        return self._is_edge(start) and self._is_edge(stop)

    def _is_edge(self, place: int) -> bool:
        if place in (0, len(self.string)):
            return True
        index = bisect_right(self.starts, place) - 1
        if self.starts[index] == place:
            return True
        before, after = self.string[place - 1], self.string[place]
        return not (before.isalnum() and after.isalnum())


def _bounds(text: _Text, groups: Sequence[WantedGroup]) -> list[tuple[int, int]]:
    """Return between which letters each group is, by the texts that are long enough to tell.

    Those that stand once are anchors, of which the most count that are in order: a head may
    have its summary far below.
    """
    places = []
    for group in groups:
        longest = max((squeeze(p) for v in group.values for p in v.ways[0]), key=len, default="")
        is_anchor = len(longest) >= ANCHOR and text.string.count(longest) == 1
        places.append((text.string.find(longest), len(longest)) if is_anchor else None)
    chain = _longest_rise([place[0] if place else None for place in places])
    anchors = [
        (place[0], sum(place)) if place and number in chain else None
        for number, place in enumerate(places)
    ]
    bounds = []
    for number in range(len(groups)):
        before = next((a for a in reversed(anchors[:number]) if a), (0, 0))
        after = next((a for a in anchors[number + 1 :] if a), (len(text.string),) * 2)
        bounds.append((before[0], after[1]))
    return bounds


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


def _stretches(
    texts: Sequence[_Text], value: Wanted, bounds: tuple[int, int]
) -> list[tuple[int, int]] | None:
    """Return where a value is within bounds, None if it is not there in any of its ways."""
    low, high = bounds
    for way in value.ways:
        for text in texts:
            if (places := text.row([squeeze(part) for part in way], low, high)) is not None:
                return text.take(places)
    words = [squeeze(word) for word in _WORD.findall(value.text)]
    # With others between, as in the cells of a table.
    if len(words) > 1 and (places := texts[0].row(words, low, high, turning=False)) is not None:
        return texts[0].take(places)
    return None


_WORD = re.compile(r"[^\s,;:]+")


def _only(texts: Sequence[_Text], value: Wanted) -> list[tuple[int, int]] | None:
    """Return where a value is that is out of its place, if each of its parts stands once."""
    for way in value.ways:
        parts = [squeeze(part) for part in way]
        for text in texts:
            once = all(len(part) >= ANCHOR and text.string.count(part) == 1 for part in parts)
            if once and (places := text.row(parts, 0, len(text.string))):
                return text.take(places)
    return None


def _is_elsewhere(
    texts: Sequence[_Text],
    value: Wanted,
    missing: Sequence[tuple[int, Wanted]],
    groups: Sequence[WantedGroup],
) -> bool:
    """Tell whether a value is out of its place, as often as it is wanted."""
    wanted = Counter(v.text for group in groups for v in group.values)[value.text]
    for way in value.ways:
        parts = [squeeze(part) for part in way if squeeze(part)]
        for text in texts:
            counts = [text.string.count(part) for part in parts]
            if parts and min(counts) >= wanted:
                return True
    return False


_ACCENTED_GREEK = "([\u0370-\u03ff]\u0308?)[\u0300\u0301\u0313\u0314\u0342\u0345]+"
# As text, a pattern is compiled when it is first used; most builds never do.


def squeeze(text: str) -> str:
    """Return a text without what a page may change: spaces, capitals, an apostrophe's form, and
    the accents of Greek letters, which capitals have none of."""
    if text.isascii():
        return "".join(text.split()).casefold()
    text = (
        unicodedata.normalize("NFKC", text)
        .replace("’", "'")
        .replace("\u00ad", "")
        .replace("‐", "-")
    )
    if any("\u0370" <= c <= "\u03ff" or "\u1f00" <= c <= "\u1fff" for c in text):
        letters = re.sub(_ACCENTED_GREEK, r"\1", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", letters)
    return "".join(text.split()).casefold()
