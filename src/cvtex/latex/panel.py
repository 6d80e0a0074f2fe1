"""Which sections stand on a panel beside the main column: so many that it is filled.

How high each would be is reckoned from its texts, as exactly as that is without a font: within
a tenth. A panel that is higher than the page would go on over pages that need none.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection, Iterable, Sequence

from pylatex import NoEscape

from cvtex import model
from cvtex.latex.measures import ColumnWidth
from cvtex.latex.pieces import Item
from cvtex.model import Section
from cvtex.records import dataclass

__all__ = ["Column", "choose", "points", "together"]

HOME = frozenset({"skills", "languages"})
"""Sections that stand on the panel always."""
LIKED = {"certificates": -40, "interests": -25, "memberships": 20, "awards": 30, "references": 70}
"""Those that can stand there, and what it costs in points of an empty panel."""
MOST = 6
"""Records that a section has there at most, other than those of `HOME`."""
FULL, FILLED = 0.93, 0.9
"""How much of its height a panel takes at most, so that its gaps are what they are; how much it
is good to fill."""
LEADING, GAP, CLOSE, TITLE = 1.25, 0.7, 0.45, 2.9
"""In sizes of the type: from line to line. In lines: above a record, and one of a list; a title."""
BARS, TAG = 0.45, 12.5
"""A bar of a level, in lines; what a tag is wider than its word, and tags apart, in points."""
_NARROW, _WIDE = frozenset("iljtfrI.,;:'’!|()[]-/ "), frozenset("mwMW@%—–&")


def width(text: str) -> float:
    """Return how wide a text is in em, in a sans serif of usual width."""
    return sum(
        0.27 if sign in _NARROW else 0.8 if sign in _WIDE else 0.58 if sign.isupper() else 0.5
        for sign in text
    )


def points(length: str) -> float:
    """Return a length of `measures` in points; an em is about 10, an ex 4.5."""
    units = {
        **{u: mm * 72.27 / 25.4 for u, mm in ColumnWidth.MILLIMETRES.items()},
        "em": 10,
        "ex": 4.5,
    }
    return float(length[:-2]) * units[length[-2:]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that text is set in: how wide it is, how high on its first page, in points, and
    the size of its type; how much of it is taken already."""

    width: float
    height: float
    size: float
    taken: float = 0

    @property
    def leading(self) -> float:
        """From line to line."""
        return LEADING * self.size

    def lines(self, text: str) -> int:
        """Return how many lines a text has."""
        lines, at, space = 1, 0.0, 0.25 * self.size
        for word in text.split():
            wide = width(word) * self.size
            if at and at + space + wide > self.width:
                lines, at = lines + 1, wide
            else:
                at += wide + (space if at else 0)
        return lines if text else 0

    def rows(self, words: Iterable[str]) -> int:
        """Return how many rows words on fields of their own take."""
        rows, at = 1, 0.0
        for word in words:
            wide = width(word) * self.size + TAG
            if at and at + wide > self.width:
                rows, at = rows + 1, 0.0
            at += wide
        return rows

    def of(self, section: Section, aside: bool) -> float:
        """Return how high a section is, on the panel or in the main column."""
        said = self.lines(section.summary or "")
        of = self._aside if aside else self.high
        return self.leading * (TITLE + said + sum(map(of, section.records)))

    def _aside(self, record: model.Record) -> float:
        """Return how many lines a record takes on the panel, with the gap above it."""
        if isinstance(record, model.Skill):
            bar = BARS if record.level else 0
            return GAP + 1 + bar + 1.25 * self.rows(record.keywords) * bool(record.keywords)
        if isinstance(record, model.Language):
            return CLOSE + 1 + BARS
        if isinstance(record, model.Interest | model.Reference):
            return CLOSE + sum(map(self.lines, pieces(record)))
        return GAP + sum(map(self.lines, pieces(record))) + 1

    def high(self, record: model.Record) -> float:
        """Return how many lines a record takes in the main column, with the gap above it."""
        if isinstance(record, model.Publication):
            return 0.2 + 2.5
        if not isinstance(record, model.Work | model.Education | model.Volunteer | model.Project):
            return 0.4 + self.lines(", ".join(pieces(record)))
        roles = record.positions if isinstance(record, model.Work) else ()
        whose = getattr(record, "entity", None) if isinstance(record, model.Project) else not roles
        below = sum(GAP + 1 + self._below(role) for role in roles)
        return GAP + (2 if whose else 1) + self._below(record) + below

    def _below(self, record: object) -> int:
        """Return how many lines what stands below the head of a record takes."""
        texts = [getattr(record, name, None) for name in ("summary", "description")]
        texts += [h.text for h in getattr(record, "highlights", ())]
        named = bool(getattr(record, "keywords", ()) or getattr(record, "courses", ()))
        return sum(self.lines(text or "") for text in texts) + named


def pieces(record: model.Record) -> list[str]:
    """Return the texts of a record that stand on lines of their own."""
    if isinstance(record, model.Education):
        degree = " ".join(filter(None, (record.study_type, record.area)))
        below = (record.score, record.summary, *(h.text for h in record.highlights))
        courses = ", ".join(record.courses)
        return [text for text in (degree, record.institution, *below, courses) if text]
    if isinstance(record, model.Interest | model.Skill):
        return [text for text in (record.name, ", ".join(record.keywords)) if text]
    return [str(text) for text in model.texts(record) if not isinstance(text, model.Url)]


def choose(sections: Sequence[Section], panel: Column, main: Column) -> Collection[str]:
    """Return the names of the sections that stand on the panel.

    Where all ends on one page, both columns are to end at one height; else the panel is to be
    filled as far as it can be without going on over the next page.
    """
    always = [one for one in sections if one.name in HOME]
    free = [one for one in sections if one.name in LIKED and 0 < len(one.records) <= MOST]
    rest = [one for one in sections if one not in always and one not in free]
    side = panel.taken + sum(panel.of(one, True) for one in always)
    text = main.taken + sum(main.of(one, False) for one in rest)
    heights = {one.name: (panel.of(one, True), main.of(one, False)) for one in free}
    best, least = frozenset[str](), float("inf")
    for chosen in itertools.product((True, False), repeat=len(free)):
        names = frozenset(one.name for one, aside in zip(free, chosen, strict=True) if aside)
        high = side + sum(heights[name][0] for name in names)
        beside = text + sum(below for name, (_, below) in heights.items() if name not in names)
        if names and high > FULL * panel.height:
            continue
        wanted = beside if beside <= main.height else FILLED * panel.height
        cost = abs(wanted - high) + sum(LIKED[name] for name in names)
        if cost < least:
            best, least = names, cost
    return best | {one.name for one in always}


APART = (model.Work, model.Education, model.Volunteer, model.Project, model.Award,
         model.Certificate, model.Grant, model.Membership, model.Patent)  # fmt: skip
"""Records that are set one by one, neither in a list nor as lines."""
SMALL, ROW, FEW = 4.5, 2.6, 4
"""Lines that a record has at most that is not to stand alone on a page, and a row; few rows."""


def together(items: Sequence[Item], column: Column) -> Sequence[Item]:
    r"""Return records of which the last, if it is short, begins no page alone; rows, if they are
    few, are not divided at all. `\cvfollowed` tells the style how much is to stay together."""
    records = [item.record for item in items if isinstance(item.record, APART)]
    if len(items) < 2 or len(records) < len(items):
        return items
    high = [column.high(record) for record in records]
    few = len(items) <= FEW and max(high) < ROW
    first = 0 if few else len(items) - 2
    if not few and high[-1] > SMALL:
        return items
    kept = [*items]
    kept[first] = _after(rf"\cvfollowed{{{sum(high[first + 1 :]):.1f}}}", kept[first])
    if high[-1] >= ROW:
        kept[-1] = _after(r"\cvtie", kept[-1])
    return kept


def _after(macro: str, item: Item) -> Item:
    return dataclasses.replace(item, body=NoEscape(f"{macro}\n{item.body}"))
