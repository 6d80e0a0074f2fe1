"""What a font's OpenType tables say of its glyphs side by side (OpenType: GSUB, GPOS, kern).

Read from their bytes, and no more of them than is asked for: fontTools makes an object of
each value, and a font with much kerning takes it a third of a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from struct import unpack_from
from typing import Any

MOST_SUBTABLES = 400
_MOST_GLYPHS = 1 << 16
_EXTENSIONS = {"GSUB": 7, "GPOS": 9}
_ADVANCE = 4
"""The bit of a value's format that says it moves the next glyph."""

Subtable = tuple[bytes, int]
"""A table, and where in it one of its subtables begins."""


def substitutes(font: Any, feature: str) -> dict[str, str]:
    """Return the glyphs that a feature puts in the place of single ones."""
    names = font.getGlyphOrder()
    found: dict[str, str] = {}
    for data, at in _subtables(font, "GSUB", feature, 1):
        kind, coverage, number = unpack_from(">3H", data, at)
        covered = _coverage(data, at + coverage)
        instead: Sequence[int] = [(glyph + number) % _MOST_GLYPHS for glyph in covered]
        if kind == 2:
            instead = _numbers(data, at + 6, number)
        for glyph, other in zip(covered, instead, strict=False):
            if max(glyph, other) < len(names):
                found.setdefault(names[glyph], names[other])
    return found


def ligatures(font: Any) -> dict[tuple[str, ...], str]:
    """Return the glyphs that the feature `liga` puts in the place of several."""
    names = font.getGlyphOrder()
    found: dict[tuple[str, ...], str] = {}
    for data, at in _subtables(font, "GSUB", "liga", 4):
        _, coverage, count = unpack_from(">3H", data, at)
        sets = _numbers(data, at + 6, count)
        for first, start in zip(_coverage(data, at + coverage), sets, strict=False):
            for offset in _numbers(data, at + start + 2, _number(data, at + start)):
                place = at + start + offset
                whole, parts = unpack_from(">2H", data, place)
                glyphs = (first, *_numbers(data, place + 4, max(0, parts - 1)))
                if max(whole, *glyphs) < len(names):
                    found.setdefault(tuple(names[glyph] for glyph in glyphs), names[whole])
    return found


def kerning(font: Any, glyphs: Collection[str]) -> dict[str, dict[str, int]]:
    """Return what the feature `kern` puts between two of the glyphs, in the font's units."""
    names = font.getGlyphOrder()
    wanted = frozenset(number for number, name in enumerate(names) if name in glyphs)
    found: dict[str, dict[str, int]] = {}
    for lookup in _lookups(font, "GPOS", "kern"):
        for first, row in _pairs(_opened(lookup, "GPOS", 2), wanted).items():
            pairs = found.setdefault(names[first], {})
            for second, value in row.items():
                pairs[names[second]] = pairs.get(names[second], 0) + value
    if not found and "kern" in font:
        for table in getattr(font["kern"], "kernTables", ()):
            for (left, right), value in getattr(table, "kernTable", {}).items():
                if left in glyphs and right in glyphs:
                    found.setdefault(left, {})[right] = value
    return found


def _pairs(tables: Iterator[Subtable], glyphs: frozenset[int]) -> dict[int, dict[int, int]]:
    """Return the pairs of one lookup: the first of its subtables that knows a pair counts."""
    found: dict[int, dict[int, int]] = {}  # those without a kern, too
    finished: set[int] = set()  # first glyphs of which a subtable of classes has told all
    for data, at in tables:
        kind, coverage, one, two = unpack_from(">4H", data, at)
        record = one.bit_count() + two.bit_count()  # numbers of both glyphs' values
        advance = (one & (_ADVANCE - 1)).bit_count() if one & _ADVANCE else None
        covered = enumerate(_coverage(data, at + coverage))
        firsts = [(i, glyph) for i, glyph in covered if glyph in glyphs and glyph not in finished]
        if kind == 1:
            sets = _numbers(data, at + 10, _number(data, at + 8))
            for index, first in firsts:
                start, step = at + sets[index], 1 + record
                values = _numbers(data, start + 2, _number(data, start) * step)
                pairs = found.setdefault(first, {})
                kerns = _kerns(values[1:], advance, step)
                for second, kern in zip(values[::step], kerns, strict=False):
                    if second in glyphs:
                        pairs.setdefault(second, kern)
        elif kind == 2:
            one_at, two_at, rows, columns = unpack_from(">4H", data, at + 8)
            of_first, of_second = _classes(data, at + one_at), _classes(data, at + two_at)
            seconds = [(glyph, of_second.get(glyph, 0)) for glyph in glyphs]
            told: dict[int, dict[int, int]] = {}
            for _, first in firsts:
                number = of_first.get(first, 0)
                if number not in told and number < rows:
                    length = columns * record
                    values = _numbers(data, at + 16 + 2 * number * length, length)
                    row = _kerns(values, advance, record)
                    told[number] = {
                        glyph: row[column] for glyph, column in seconds if column < len(row)
                    }
                found[first] = {**told.get(number, {}), **found.get(first, {})}
                finished.add(first)
    kerned = {}
    for first, told_of in found.items():
        if some := {second: kern for second, kern in told_of.items() if kern}:
            kerned[first] = some
    return kerned


def _kerns(values: Sequence[int], advance: int | None, step: int) -> list[int]:
    """Return the advances among the values of pairs, of which each has `step` numbers."""
    if advance is None:
        return [0] * (len(values) // step if step else 0)
    return [v - 0x10000 if v > 0x7FFF else v for v in values[advance::step]]


# ---- the tables' parts ---------------------------------------------------------------------


def _subtables(font: Any, tag: str, feature: str, kind: int) -> Iterator[Subtable]:
    for lookup in _lookups(font, tag, feature):
        yield from _opened(lookup, tag, kind)


def _opened(lookup: Subtable, tag: str, kind: int) -> Iterator[Subtable]:
    """Yield the subtables of one kind in a lookup, those behind an extension, too."""
    data, at = lookup
    of_lookup, _, count = unpack_from(">3H", data, at)
    for offset in _numbers(data, at + 6, min(count, MOST_SUBTABLES)):
        place, inner = at + offset, of_lookup
        if of_lookup == _EXTENSIONS[tag]:
            _, inner, further = unpack_from(">HHI", data, place)
            place += further
        if inner == kind:
            yield data, place


def _lookups(font: Any, tag: str, feature: str) -> list[Subtable]:
    """Return the lookups of a feature for Latin text of no certain language."""
    if tag not in font:
        return []
    data: bytes = font.getTableData(tag)
    scripts_at, features_at, lookups_at = unpack_from(">3H", data, 4)
    if not (scripts_at and features_at and lookups_at):
        return []
    scripts = dict(_tagged(data, scripts_at))
    script = scripts.get(b"latn") or scripts.get(b"DFLT")
    language = _number(data, scripts_at + script) if script else 0
    if not script or not language:
        return []
    usual = scripts_at + script + language
    features = list(_tagged(data, features_at))
    numbers: set[int] = set()
    for index in _numbers(data, usual + 6, _number(data, usual + 4)):
        if index < len(features) and features[index][0] == feature.encode("ascii"):
            at = features_at + features[index][1]
            numbers.update(_numbers(data, at + 4, _number(data, at + 2)))
    places = _numbers(data, lookups_at + 2, _number(data, lookups_at))
    return [(data, lookups_at + places[n]) for n in sorted(numbers) if n < len(places)]


def _tagged(data: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    """Yield the records of a list: a tag, and an offset in it."""
    for number in range(_number(data, at)):
        yield unpack_from(">4sH", data, at + 2 + 6 * number)


def _coverage(data: bytes, at: int) -> Sequence[int]:
    """Return the glyphs that a subtable is about, in its order. Raises ValueError for more
    than a font can have."""
    kind, count = unpack_from(">2H", data, at)
    if kind == 1:
        return _numbers(data, at + 4, count)
    glyphs: list[int] = []
    for first, last, _ in _triples(data, at + 4, count):
        glyphs.extend(range(first, last + 1))
        if len(glyphs) > _MOST_GLYPHS:
            raise ValueError("more glyphs than a font can have")
    return glyphs


def _classes(data: bytes, at: int) -> Mapping[int, int]:
    """Return the class of each glyph that is in another than the class 0. Raises ValueError."""
    kind, first = unpack_from(">2H", data, at)
    if kind == 1:
        return dict(enumerate(_numbers(data, at + 6, _number(data, at + 4)), first))
    found: dict[int, int] = {}
    seen = 0
    for start, last, number in _triples(data, at + 4, first):
        seen += max(0, last + 1 - start)
        if seen > _MOST_GLYPHS:
            raise ValueError("more glyphs than a font can have")
        found |= dict.fromkeys(range(start, last + 1), number)
    return found


def _triples(data: bytes, at: int, count: int) -> Iterator[tuple[int, ...]]:
    numbers = iter(_numbers(data, at, 3 * count))
    return zip(numbers, numbers, numbers, strict=True)


def _number(data: bytes, at: int) -> int:
    return data[at] << 8 | data[at + 1]


def _numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    return unpack_from(f">{count}H", data, at)
