"""What a font's OpenType tables say of its glyphs side by side (OpenType: GSUB, GPOS, kern)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

MOST_SUBTABLES = 400


def substitutes(font: Any, feature: str) -> dict[str, str]:
    """Return the glyphs that a feature puts in the place of single ones."""
    found: dict[str, str] = {}
    for table in _subtables(font, "GSUB", feature, 1):
        found |= {a: b for a, b in table.mapping.items() if a not in found}
    return found


def ligatures(font: Any) -> dict[tuple[str, ...], str]:
    """Return the glyphs that the feature `liga` puts in the place of several."""
    found: dict[tuple[str, ...], str] = {}
    for table in _subtables(font, "GSUB", "liga", 4):
        for first, several in table.ligatures.items():
            for part in several:
                found.setdefault((first, *part.Component), part.LigGlyph)
    return found


def kerning(font: Any, glyphs: Collection[str]) -> dict[str, dict[str, int]]:
    """Return what the feature `kern` puts between two of the glyphs, in the font's units."""
    found: dict[str, dict[str, int]] = {}
    if "GPOS" in font:
        for lookup in _lookups(font, "GPOS", "kern"):
            for first, row in _pairs(list(_opened(lookup, 2)), glyphs).items():
                pairs = found.setdefault(first, {})
                for second, value in row.items():
                    pairs[second] = pairs.get(second, 0) + value
    if not found and "kern" in font:
        for table in getattr(font["kern"], "kernTables", ()):
            for (first, second), value in getattr(table, "kernTable", {}).items():
                if first in glyphs and second in glyphs:
                    found.setdefault(first, {})[second] = value
    return found


def _pairs(tables: list[Any], glyphs: Collection[str]) -> dict[str, dict[str, int]]:
    """Return the pairs of one lookup: the first of its subtables that knows a pair counts."""
    found: dict[str, dict[str, int]] = {}
    done: dict[str, set[str]] = {}
    finished: set[str] = set()  # first glyphs of which a subtable of classes has told all
    for table in tables:
        covered = [g for g in table.Coverage.glyphs if g in glyphs and g not in finished]
        if table.Format == 1:
            where = {g: i for i, g in enumerate(table.Coverage.glyphs)}
            for first in covered:
                seen = done.setdefault(first, set())
                for pair in table.PairSet[where[first]].PairValueRecord:
                    second = pair.SecondGlyph
                    if second in glyphs and second not in seen:
                        seen.add(second)
                        _note(found, first, second, pair.Value1)
        else:
            classes = table.ClassDef2.classDefs
            of_class: dict[int, list[str]] = {}
            for glyph in glyphs:
                of_class.setdefault(classes.get(glyph, 0), []).append(glyph)
            for first in covered:
                seen = done.setdefault(first, set())
                row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)].Class2Record
                for number, members in of_class.items():
                    if number < len(row) and _advance(row[number].Value1):
                        for second in members:
                            if second not in seen:
                                _note(found, first, second, row[number].Value1)
                finished.add(first)
    return found


def _note(found: dict[str, dict[str, int]], first: str, second: str, value: Any) -> None:
    if kern := _advance(value):
        found.setdefault(first, {})[second] = kern


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0) if value is not None else 0


def _subtables(font: Any, tag: str, feature: str, kind: int) -> Iterator[Any]:
    if tag in font:
        for lookup in _lookups(font, tag, feature):
            yield from _opened(lookup, kind)


def _opened(lookup: Any, kind: int) -> Iterator[Any]:
    """Yield the subtables of one kind in a lookup, those behind an extension, too."""
    for table in lookup.SubTable[:MOST_SUBTABLES]:
        inner = getattr(table, "ExtSubTable", table)
        if getattr(inner, "LookupType", lookup.LookupType) == kind:
            yield inner


def _lookups(font: Any, tag: str, feature: str) -> list[Any]:
    """Return the lookups of a feature for Latin text of no certain language."""
    table = font[tag].table
    if not table.ScriptList or not table.FeatureList or not table.LookupList:
        return []
    scripts = {script.ScriptTag: script.Script for script in table.ScriptList.ScriptRecord}
    script = scripts.get("latn") or scripts.get("DFLT")
    language = script.DefaultLangSys if script else None
    if language is None:
        return []
    features = table.FeatureList.FeatureRecord
    numbers: set[int] = set()
    for index in language.FeatureIndex:
        if index < len(features) and features[index].FeatureTag == feature:
            numbers.update(features[index].Feature.LookupListIndex)
    lookups = table.LookupList.Lookup
    return [lookups[number] for number in sorted(numbers) if number < len(lookups)]
