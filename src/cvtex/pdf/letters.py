"""Texts looked for among the letters of a document: each at letters of its own, or nowhere.

What a page may change counts for nothing: spaces and lines' ends, capitals, an apostrophe's
form, hyphens that divide a word.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")
Place = tuple[int, int]
"""A stretch of letters: the first, and the one behind the last."""

ANCHOR = 12
"""So many letters a text must have to say where its record is, or to be known anywhere."""
SHORT = 3
"""So few letters may be a part of any word; they have to be words of their own."""
TRIES = 200
"""How many places held by other texts are looked at before texts are called lost."""
SEEDS = 20
"""At how many places of its longest part a row is tried, to find where it is closest together."""


@dataclasses.dataclass(slots=True, eq=False)
class Search(Generic[Value]):
    """A text that is looked for, squeezed, in its `ways` (each a row of parts, all of which are
    there), the places where it was found, and the way; () if in cells."""

    text: str
    ways: tuple[tuple[str, ...], ...]
    group: int
    value: Value
    places: tuple[Place, ...] = ()
    way: tuple[str, ...] = ()


def search(letters: Letters, wanted: Sequence[Search[Value]], bounds: Sequence[Place]) -> None:
    """Find all that is wanted; `bounds` are between which letters each group is.

    The longest are looked for first, for a short one may be a part of them, and all in their
    first way before any in another.
    """
    left = sorted(wanted, key=lambda search: -sum(map(len, search.ways[0])))
    for number in range(max((len(search.ways) for search in left), default=0)):
        for within in (bounds, [letters.whole] * len(bounds)):
            left = [
                search
                for search in left
                if number >= len(search.ways)
                or not _is_found(letters, search, search.ways[number], within[search.group])
            ]
    left = [search for search in left if not _is_in_cells(letters, search, bounds[search.group])]
    tries = iter(range(TRIES))
    for search in left:
        _rearrange(letters, search, search.ways, wanted, tries)


def _is_found(letters: Letters, search: Search[Value], way: tuple[str, ...], bounds: Place) -> bool:
    """Find a text in one of its ways within bounds; a long one also out of its place, such as in
    another column: no short one may be taken for a part of it."""
    search.way = way
    if letters.take(search, letters.closest(way, *bounds)):
        return True
    longest = max(way, key=len)
    if len(longest) < ANCHOR or not (known := letters.row([longest], *letters.whole)):
        return False
    room = 2 * sum(map(len, way))  # with signs of lists between
    low, high = max(0, known[0][0] - room), min(letters.whole[1], known[0][1] + room)
    return letters.take(search, letters.closest(way, low, high))


_WORD = re.compile(r"[^\s,;:]+")


def _is_in_cells(letters: Letters, search: Search[Value], bounds: Place) -> bool:
    """Find the words of a text with others between, as in the cells of a table."""
    words = [squeeze(word) for word in _WORD.findall(search.text)]
    search.way = ()
    return len(words) > 1 and letters.take(search, letters.row(words, *bounds, turning=False))


def _rearrange(
    letters: Letters,
    search: Search[Value],
    ways: Sequence[tuple[str, ...]],
    wanted: Sequence[Search[Value]],
    tries: Iterator[int],
    fixed: tuple[Search[Value], ...] = (),
) -> bool:
    """Find a text at letters that others have, not `fixed` ones, which then stand elsewhere in
    the way in which they were found, or in any if that was in cells."""
    for way in (way for way in ways if len(way) == 1):
        for start, stop in letters.places(way[0], *letters.whole):
            if next(tries, None) is None:
                return False
            if len(way[0]) <= SHORT and not letters.is_whole(start, stop):
                continue
            holders = [o for o in wanted if any(a < stop and start < b for a, b in o.places)]
            if any(o in fixed or o.ways[0] == search.ways[0] for o in holders):
                continue
            before = [(other, other.places, other.way) for other in wanted]
            for holder in holders:
                letters.release(holder)
            letters.take(search, [(start, stop)])
            search.way = way
            others = [(o, (o.way,) if o.way else o.ways) for o in holders]
            if all(
                any(_is_found(letters, other, its_way, letters.whole) for its_way in its_ways)
                or _rearrange(letters, other, its_ways, wanted, tries, (*fixed, search))
                for other, its_ways in others
            ):
                return True
            letters.restore(before)
    return False


class Letters:
    """Words as one string, which word each letter is of, and which letters are of a text.

    Where a hyphen at a line's end may divide a word (`divided`), or be its own, texts are looked
    for without hyphens, too.
    """

    def __init__(self, words: Sequence[str], divided: bool) -> None:
        parts = [squeeze(word) for word in words]
        self.starts = [0, *itertools.accumulate(map(len, parts))][:-1]
        self.string = "".join(parts)
        self.whole = 0, len(self.string)
        self._heads = {*self.starts, len(self.string)}
        self._taken = bytearray(len(self.string))
        self._bare = self.string.replace("-", "") if divided else ""
        self._at = [n for n, sign in enumerate(self.string) if sign != "-"] if divided else []

    def words(self, start: int, stop: int) -> tuple[int, int]:
        """Return the words that a stretch of letters is in: the first, and one behind the last."""
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, stop - 1)

    def row(
        self, parts: Sequence[str], low: int, high: int, turning: bool = True
    ) -> list[Place] | None:
        """Return where parts stand, each behind the one before it, at letters not yet taken.

        With `turning`, one that is not there may stand before them. None if one is nowhere.
        """
        found: list[Place] = []
        cursor = low
        for part in parts:
            place = self._free(part, cursor, high, found)
            if place is None and turning:
                place = self._free(part, low, high, found)
            if place is None:
                return None
            cursor = place[1]
            found.append(place)
        return found

    def closest(self, parts: Sequence[str], low: int, high: int) -> list[Place] | None:
        """Return where parts stand closest together; where that is not found, in any row."""
        return self.close(parts, low, high) or self.row(parts, low, high)

    def close(self, parts: Sequence[str], low: int, high: int) -> list[Place] | None:
        """Return where parts stand in order and closest together, at letters not yet taken.

        Records next to each other may have parts that are the same; none takes another's.
        """
        if len(parts) < 2:
            return None
        seed = max(range(len(parts)), key=lambda number: len(parts[number]))
        room = 2 * sum(map(len, parts))
        rows = (
            self._around(parts, seed, place, max(low, place[0] - room), min(high, place[1] + room))
            for place in itertools.islice(self._all_free(parts[seed], low, high), SEEDS)
            if len(parts[seed]) > SHORT or self.is_whole(*place)
        )
        return min(filter(None, rows), key=lambda row: row[-1][1] - row[0][0], default=None)

    def _around(
        self, parts: Sequence[str], seed: int, place: Place, low: int, high: int
    ) -> list[Place] | None:
        """Return where parts stand nearest to the place of one of them, in order."""
        found = [place]
        for part in reversed(parts[:seed]):
            before = self._last_free(part, low, found[0][0])
            if before is None:
                return None
            found.insert(0, before)
        for part in parts[seed + 1 :]:
            after = self._free(part, found[-1][1], high, ())
            if after is None:
                return None
            found.append(after)
        return found

    def take(self, search: Search[Value], places: Sequence[Place] | None) -> bool:
        """Give a text its letters; tell whether there are any."""
        search.places = tuple(places or ())
        for start, stop in search.places:
            self._taken[start:stop] = b"\1" * (stop - start)
        return bool(places)

    def release(self, search: Search[Value]) -> None:
        """Take a text its letters."""
        for start, stop in search.places:
            self._taken[start:stop] = bytes(stop - start)
        search.places = ()

    def restore(
        self, before: Sequence[tuple[Search[Value], tuple[Place, ...], tuple[str, ...]]]
    ) -> None:
        """Give all texts the places that they had, and the ways."""
        self._taken = bytearray(len(self.string))
        for search, places, way in before:
            self.take(search, places)
            search.way = way

    def _free(self, part: str, low: int, high: int, but: Sequence[Place]) -> Place | None:
        """Return where a text stands at letters not taken, best where it is of whole words."""
        inner = None
        for start, stop in self._all_free(part, low, high):
            if not any(start < end and begin < stop for begin, end in but):
                if self.is_whole(start, stop):
                    return start, stop
                inner = inner or (start, stop)
        return inner if len(part) > SHORT else None

    def _last_free(self, part: str, low: int, high: int) -> Place | None:
        """Return the last place where a text stands so."""
        places = sorted(self._all_free(part, low, high), reverse=True)
        whole = next((place for place in places if self.is_whole(*place)), None)
        return whole or (places[0] if places and len(part) > SHORT else None)

    def _all_free(self, part: str, low: int, high: int) -> Iterator[Place]:
        for start, stop in self.places(part, low, high):
            if self._taken.find(1, start, stop) < 0:
                yield start, stop

    def places(self, part: str, low: int, high: int) -> Iterator[Place]:
        """Yield where a text stands, as it is and then without hyphens."""
        place = self.string.find(part, low, high)
        while place >= 0:
            yield place, place + len(part)
            place = self.string.find(part, place + 1, high)
        bare = part.replace("-", "")
        if not self._bare or len(bare) <= SHORT:
            return
        high = bisect_left(self._at, high)
        place = self._bare.find(bare, bisect_left(self._at, low), high)
        while place >= 0:
            yield self._at[place], self._at[place + len(bare) - 1] + 1
            place = self._bare.find(bare, place + 1, high)

    def is_whole(self, start: int, stop: int) -> bool:
        """Tell whether a stretch of letters is made of whole words."""
        return self._is_edge(start) and self._is_edge(stop)

    def _is_edge(self, place: int) -> bool:
        if place in self._heads:
            return True
        return not (self.string[place - 1].isalnum() and self.string[place].isalnum())


_ACCENTED_GREEK = "([\u0370-\u03ff]\u0308?)[\u0300\u0301\u0313\u0314\u0342\u0345]+"
# As text, a pattern is compiled when it is first used; most builds never do.


@functools.lru_cache(maxsize=8192)
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
