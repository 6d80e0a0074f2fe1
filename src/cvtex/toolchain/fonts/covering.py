"""Which fonts together set some characters, and the marks of letters in their places."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cvtex.toolchain.fonts.files import asked, coverage, locate
from cvtex.toolchain.fonts.stand_ins import Font

MARK_TO_BASE = 4
"""The kind of table in a font's GPOS that has the anchors of letters and marks."""


def has_all(name: str | None, characters: Iterable[str]) -> bool:
    """Tell whether a font file is here and has all of the characters."""
    path = locate(name) if name else None
    return path is not None and all(_holds(path, c) for c in characters)


def cover(
    characters: set[str], fonts: Sequence[Font]
) -> tuple[list[tuple[Font, set[str]]], set[str]]:
    """Return fonts that together have the characters, each with its part, and what is left.

    One font for all is preferred, then the font that has most; of those that have as much, the
    one that places most letters' marks.
    """
    here = [(font, path) for font in fonts if (path := locate(font.regular))]
    pieces: list[tuple[Font, set[str]]] = []
    left = set(characters)
    while left:
        parts = [(font, path, {c for c in left if _holds(path, c)}) for font, path in here]
        most = max((len(part) for *_, part in parts), default=0)
        if not most:
            break
        best = [(font, path, part) for font, path, part in parts if len(part) == most]
        font, _, part = max(best, key=lambda p: sum(len(c) > 1 and places(p[1], c) for c in p[2]))
        pieces.append((font, part))
        left -= part
    return pieces, left


def _holds(path: Path, letter: str) -> bool:
    """Tell whether a font has a character, or a letter and its marks, wherever they stand."""
    return coverage(path).issuperset(map(ord, letter))


@functools.cache
def places(path: Path, letter: str) -> bool:
    """Tell whether a font sets a letter with its combining marks, each in its place.

    By the anchors of its feature `mark`; over a small letter also a mark that has no width and
    lies before its origin, as in Latin Modern.
    """
    return asked(path, lambda font: _places(font, letter), False)


def _places(font: Any, letter: str) -> bool:
    names = font.getBestCmap() or {}
    if not all(ord(c) in names for c in letter):
        return False
    base, *marks = (names[ord(c)] for c in letter)
    anchors = list(_anchors(font))
    small = letter[0].islower()
    return all(
        any(base in bases and mark in held and bases[base][held[mark]] for bases, held in anchors)
        or (small and _lies_before(font, mark))
        for mark in marks
    )


def _anchors(font: Any) -> Iterator[tuple[Mapping[str, Sequence[Any]], Mapping[str, int]]]:
    """Yield, for each table of the feature `mark`, the anchors of its letters by class, and the
    class of its marks."""
    if "GPOS" not in font:
        return
    table = font["GPOS"].table
    records = table.FeatureList.FeatureRecord
    wanted = {i for r in records if r.FeatureTag == "mark" for i in r.Feature.LookupListIndex}
    for index in sorted(wanted):
        for found in table.LookupList.Lookup[index].SubTable:
            pairs = getattr(found, "ExtSubTable", found)
            if pairs.LookupType == MARK_TO_BASE:
                bases = (record.BaseAnchor for record in pairs.BaseArray.BaseRecord)
                held = (record.Class for record in pairs.MarkArray.MarkRecord)
                yield (
                    dict(zip(pairs.BaseCoverage.glyphs, bases, strict=True)),
                    dict(zip(pairs.MarkCoverage.glyphs, held, strict=True)),
                )


def _lies_before(font: Any, mark: str) -> bool:
    """Tell whether a glyph has no width and is drawn over what stands before it: its middle a
    twentieth of an em or more before its origin."""
    from fontTools.pens.boundsPen import ControlBoundsPen

    glyphs = font.getGlyphSet()
    pen = ControlBoundsPen(glyphs)
    glyphs[mark].draw(pen)
    if font["hmtx"][mark][0] or not pen.bounds:
        return False
    return bool(pen.bounds[0] + pen.bounds[2] <= -font["head"].unitsPerEm / 10)
