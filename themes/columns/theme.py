"""columns: two columns on white, heavy rules, tags in frames, dots for levels.

The look is that of the class altacv; every line of LaTeX here is ours. Both columns go on over
pages, each broken by itself. What is read off the PDF is the head, then one column after the
other, page by page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Block,
    Colour,
    ColumnWidth,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    Entry,
    FontSize,
    Item,
    Latex,
    SectionName,
    TypefaceName,
    dataclass,
    literal,
)
from cvtex.latex.marks import mark
from cvtex.latex.pieces import dumps
from cvtex.model import Section

Sidebar = latex.shipped_theme("sidebar")
FIXED = frozenset({"skills", "languages", "interests"})
"""Kinds of sections that stand in the narrow column."""
SHORT = {"certificates": "firm", "awards": "firm", "memberships": "firm", "education": "side",
         "volunteer": "main", "references": "main", "publications": "main", "projects": "main",
         "grants": "main", "patents": "main"}  # fmt: skip
"""Kinds that fit either column, and where they stand if that makes the columns no more alike; what
is firm stands in the narrow one unless a quarter of a page depends on it."""
FEW = 8
"""Records that a section in the narrow column has at most (twice as many, of what is firm there);
a list of more publications stands over both columns."""


LONG = 56
"""Characters that have room on a line of the wide column, indented."""
NARROWEST, WIDEST, BOTH = 52, 62, 172
"""How wide the narrow column is, and both are together on A4, in mm."""
NARROW = ("fixed", "firm", "side")
LETTERS, NARROW_LETTERS, PAGE, ABOVE = 64, 36, 60, 10
"""About how many letters a line of each column has, in 9.5 pt, and lines a page, and those of them
that the head takes."""
ROUGHLY = 1.4
"""How far lines are reckoned wrong at most; TeX tells whether a record has room."""
PROSE = 100
"""Characters that the longest texts of records have on average that are prose."""
MANY = 12
"""Rows that a section of the wide column has at most."""


class CvMain(Block):
    r"""`\begin{cvmain} … \end{cvmain}`: a section of the wide column."""


class CvEither(Block):
    r"""`\begin{cveither}{side} … \end{cveither}`: a section that fits either column."""


class CvWide(Block):
    r"""`\begin{cvwide}{list} … \end{cvwide}`: a section over both columns."""


class CvMaybe(Block):
    r"""`\begin{cvmaybe} … \end{cvmaybe}`: a record that ends the wide column, if there is room."""


class CvYear(CommandBase):
    r"""`\cvyear{2026}`: of the publications that follow."""


class CvSummary(Block):
    r"""`\begin{cvsummary} … \end{cvsummary}`: what stands above the first section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsOptions(Sidebar.Columned):  # type: ignore[name-defined]
    """The theme's options, under `meta.themes.columns`."""

    font: TypefaceName = "source-sans"
    font_size: FontSize = FontSize("9.5pt")
    accent: Colour = Colour("7A1F2B")
    side: Literal["left", "right"] = "right"
    """Where the narrow column is."""
    side_width: ColumnWidth | None = None
    """How wide the narrow column is: 45mm to 100mm; if nobody says, 62mm, and down to 52mm where
    the wide one has much more text."""
    side_sections: tuple[SectionName, ...] | None = None
    """The sections that stand in the narrow column; if nobody says, skills, languages, interests,
    awards, certificates and memberships do, and as many other short sections as make both columns
    end at one height."""
    levels: Literal["bars", "dots", "text"] = "dots"


class Theme(Sidebar):  # type: ignore[valid-type,misc]
    summary = "two columns on white, heavy rules, tags in frames, dots for levels"
    style = "cvcolumns"
    Options = ColumnsOptions
    options: ColumnsOptions
    _place: Mapping[str, str] = {}
    _rest: Sequence[Section] = ()  # of the wide column, over both
    _prose: frozenset[str] = frozenset()  # sections that stand in the narrow column at need
    _maybe: Section | None = None  # a record of the rest that ends the wide column if it can
    _long = False  # a row of the section that is set now has no room for two pieces on a line
    _width = WIDEST  # said above the first section, if it is another

    def geometry(self) -> tuple[str, ...]:
        return (f"margin={self.options.margin}",)

    def beside(self, side: str, length: str) -> str:
        return length

    def panel(self) -> Colour | None:
        return None

    def balances(self) -> bool:
        return True

    def taken(self) -> str:
        return str(self.options.side_width or f"{WIDEST}mm")

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        if contacts := self._contacts(basics):
            head.append(CvContacts(data=contacts))
        parts: list[Latex] = [*self.owner(basics), CvHead(data=head, options=self.photo(basics))]
        if basics.summary:
            parts.append(CvSummary(data=self.texts(self.paragraphs(basics.summary))))
        return parts

    # --- which column -------------------------------------------------------------------

    def arrange(self, sections: Sequence[Section]) -> Sequence[Section]:
        """Return the sections so that those of each column are in the CV's order. They stand in
        runs, between which one is as wide as both columns; what the narrow one has room for is
        taken from later runs."""
        self._prose = frozenset()
        self._prose = self._free(sections)
        runs: list[list[Section]] = [[]]
        for section in sections:
            if self.place_of(section) == "wide":
                runs += [[section], []]
            else:
                runs[-1].append(section)
        self._place, self._rest, self._maybe = {}, [], None
        for number, run in enumerate(runs):
            if run and self.place_of(run[0]) != "wide":
                self._fill(run, runs[number + 1 :])
            runs[number] = self._placed(run, first=number == 0)
        arranged = [section for run in runs for section in run]
        self._width = self._width_for(arranged)
        return arranged

    def _free(self, sections: Sequence[Section]) -> frozenset[str]:
        """Return the sections of prose that may stand in the narrow column all the same, if the
        wide one does not end on the first page: those of a CV of about a page."""
        page = 1.25 * (PAGE / self._size - ABOVE)
        wide = [section for section in sections if self.place_of(section) == "alone"]
        prose = [section for section in wide if self._is_prose(section) and section.kind in SHORT]
        narrow = [section for section in sections if self.place_of(section) in NARROW]
        high = sum(self._lines(section.records) for section in wide if section not in prose)
        beside = sum(self._lines(section.records, narrow=True) for section in (*narrow, *prose))
        return frozenset(section.name for section in prose if max(high, beside) <= page)

    def _fill(self, run: list[Section], later: Sequence[list[Section]]) -> None:
        """Take into a run what there is room for beside it."""
        narrow = [section for section in run if self.place_of(section) in NARROW]
        room = sum(self._lines(section.records) for section in run if section not in narrow)
        room -= sum(self._lines(section.records, narrow=True) for section in narrow)
        for after in later:
            for section in [one for one in after if self.place_of(one) in NARROW]:
                room -= self._lines(section.records, narrow=True)
                if room < 0:
                    return
                after.remove(section)
                run.append(section)

    def _placed(self, run: Sequence[Section], first: bool) -> list[Section]:
        """Return a run, with all known of where its sections stand. Where the wide column would
        go on half a page below the narrow one, the rest of it is as wide as both."""
        places = {section.name: self.place_of(section) for section in run}
        if set(places.values()) <= {"alone", "prose"} or len(run) == 1:
            places = dict.fromkeys(places, "wide")
        elif set(places.values()) == {"fixed"} and self.options.side_sections is None:
            lead = "skills" if "skills" in places else run[0].name
            places = dict.fromkeys(places, "firm") | {lead: "main"}
        self._place = {**self._place, **places}
        alone = [section for section in run if places[section.name] == "alone"]
        kept = [section for section in run if places[section.name] not in ("alone", "wide")]
        page, above = PAGE / self._size, ABOVE if first else 0
        room = sum(self._lines(section.records, narrow=True) for section in kept)
        if first:  # the columns stand on whole pages
            room = -(-(room + above) // page) * page - above
        if sum(self._lines(section.records) for section in alone) < room + page / 2:
            return [*run]
        rest: list[Section] = []
        for section in alone:
            fit = 0 if rest else self._fitting(section, room)
            if section is alone[0]:
                fit = max(fit, 1 if self._divides(section) else len(section.records))
            if fit == len(section.records):
                kept.append(section)
            elif fit:
                kept.append(dataclasses.replace(section, records=section.records[:fit]))
                left = section.records[fit:]
                if self._lines(section.records[: fit + 1]) < ROUGHLY * room:
                    self._maybe = _part(section, left[:1])
                    rest.append(self._maybe)
                    left = left[1:]
                if left:
                    rest.append(_part(section, left))
            else:
                rest.append(section)
            room -= self._lines(section.records)
        self._rest = [*self._rest, *rest]
        order = [section.name for section in run]
        for name in order[order.index(rest[0].name) :] if rest else ():
            if places[name] not in ("alone", "wide"):  # nothing stands between parts of a section
                self._place[name] = "fixed"
        return [*sorted(kept, key=lambda section: order.index(section.name)), *rest]

    def _fitting(self, section: Section, room: float) -> int:
        """Return how many records of a section a number of lines has room for."""
        counts = (
            range(len(section.records), 0, -1) if self._divides(section) else [len(section.records)]
        )
        fits = (count for count in counts if self._lines(section.records[:count]) <= room)
        return next(fits, 0)

    def _divides(self, section: Section) -> bool:
        """Tell whether records of a section may stand in the wide column, and others over both."""
        return section.kind == "work" or (
            section.kind == "projects" and not self._is_short(section)
        )

    @property
    def _size(self) -> float:
        return float(self.options.font_size.removesuffix("pt")) / 9.5

    def _lines(self, records: Sequence[model.Record], narrow: bool = False) -> float:
        """Return about how many lines a section of these records takes in a column."""
        letters = (NARROW_LETTERS if narrow else LETTERS) / self._size
        lines = 2.5
        for record in records:
            lengths = [len(text) for text in model.texts(record)]
            long = [length for length in lengths if length > letters / 2]
            roles = len(record.positions) if isinstance(record, model.Work) else 0
            lines += 1.5 + 2 * roles + sum(-(-length // letters) for length in long)
            lines += -(-sum(length + 3 for length in lengths if length <= letters / 2) // letters)
        return lines

    def _width_for(self, sections: Sequence[Section]) -> int:
        """Return the narrow column's width in mm: by the text of what can stand there, which has
        twice the lines of as much running text, and of what cannot."""
        narrow = wide = 1
        for section in sections:
            length = sum(map(len, model.texts(section.records)))
            if self._place[section.name] == "alone":
                wide += length
            elif self._place[section.name] != "wide":
                narrow += 2 * length
        return max(NARROWEST, min(WIDEST, BOTH * narrow // (narrow + wide)))

    def place_of(self, section: Section) -> str:
        """Return where a section is to stand: over both columns (`wide`), `alone` in the wide one,
        `fixed` in the narrow one, or either (`main`, `side`, `firm`, `prose`)."""
        chosen, kind = self.options.side_sections, section.kind
        if chosen is not None and section.name in chosen:
            return "fixed"
        if kind == "publications" and len(section.records) > FEW:
            return "wide"
        if chosen is not None:
            return "alone"
        if kind in FIXED:
            return "fixed"
        if len(section.records) > MANY and kind == "projects" and self._is_short(section):
            return "wide"
        most = 2 * FEW if SHORT.get(kind) == "firm" else FEW
        if len(section.records) > most or (kind == "projects" and not self._is_short(section)):
            return "alone"
        if self._is_prose(section):
            return "prose" if section.name in self._prose else "alone"
        return SHORT.get(kind, "alone")

    def kept(self, items: Sequence[Item]) -> Sequence[Item]:
        return items

    def _is_aside(self, section: Section) -> bool:
        return False

    def _is_prose(self, section: Section) -> bool:
        """Tell whether records are paragraphs, which would be long in the narrow column."""
        if section.kind == "publications":
            return False
        longest = [max(map(len, model.texts(record)), default=0) for record in section.records]
        return sum(longest) > PROSE * len(longest)

    def _is_short(self, section: Section) -> bool:
        projects = [r for r in section.records if isinstance(r, model.Project)]
        return not any(r.highlights or r.keywords for r in projects)

    def head(self, entry: Entry) -> Latex:
        about = [piece for piece in (self.led(entry)[1], entry.detail, entry.place) if piece]
        self._long |= self.is_row(entry) and len(about) > 1 and len(", ".join(about)) > LONG
        return super().head(entry)

    def section(self, section: Section, items: Sequence[Item]) -> Latex:
        width, self._width = self._width, WIDEST
        if width != WIDEST and self.options.side_width is None:
            line = NoEscape(rf"\setlength{{\cvsidewidth}}{{{width}mm}}")
            return [line, self.section(section, items)]
        rest = any(part is section for part in self._rest)
        place = "wide" if rest else self._place[section.name]
        form = "list" if section.kind == "publications" else "text"
        if place == "wide" and form == "list":
            items = self._dated(items)
        heading, *parts = super().section(section, items)
        if section.title or not rest:
            parts.insert(0, heading)
        if section.kind == "references":
            parts.insert(0, NoEscape(r"\cvlabelsabove"))
        if self._long:
            parts.insert(0, NoEscape(r"\cvthreelines"))
            self._long = False
        if section is self._maybe:
            return _marked(section, CvMaybe(data=parts))
        if place == "wide":
            return CvWide(data=parts, arguments=[NoEscape(form)])
        if place == "alone":
            return CvMain(data=parts)
        return _marked(section, CvEither(data=parts, arguments=[NoEscape(place)]))

    def _dated(self, items: Sequence[Item]) -> list[Item]:
        """Return publications with their years, each where it begins."""
        dated, year = [], None
        for item in items:
            record = item.record
            new = (
                record.date.year if isinstance(record, model.Publication) and record.date else None
            )
            if new and new != year:
                said = CvYear([NoEscape(new)]).dumps()
                item = dataclasses.replace(item, body=NoEscape(f"{said}\n{item.body}"))
            dated.append(item)
            year = new
        return dated

    def footer(self, paragraphs: Sequence[NoEscape]) -> Latex:
        return CvWide(data=[dumps(super().footer(paragraphs))], arguments=[NoEscape("note")])


def _part(section: Section, records: Sequence[model.Record]) -> Section:
    """Return records of a section that go on elsewhere, without its title."""
    return dataclasses.replace(section, records=tuple(records), title=model.Text(""), summary=None)


def _marked(section: Section, block: Block) -> Latex:
    """Return an environment that is an argument as a whole: TeX tells no line within it, so that
    of a mistake there is its file."""
    said = section.records[0] if section.records else section.summary
    if said is None or said.source is None:
        return block
    return mark(dataclasses.replace(said.source, line=0, end=0), block.dumps())
