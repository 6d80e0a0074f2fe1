"""columns: two columns on white, heavy rules, tags in frames, dots for levels.

The look is that of the class altacv; every line of LaTeX here is ours. Both columns go on over
pages, each broken by itself. What is read off the PDF is the head, then one column after the
other, page by page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

from pylatex import NoEscape

from cvtex import latex, model
from cvtex.latex import (
    Block,
    Colour,
    ColumnWidth,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    FontSize,
    Item,
    Latex,
    SectionName,
    TypefaceName,
    dataclass,
    literal,
)
from cvtex.latex.marks import mark
from cvtex.model import Section

Sidebar = latex.shipped_theme("sidebar")
FIXED = frozenset({"skills", "languages", "interests"})
"""Kinds of sections that stand in the narrow column."""
SHORT = {"education": "side", "certificates": "side", "awards": "side", "memberships": "side",
         "volunteer": "main", "references": "main", "publications": "main", "projects": "main",
         "grants": "main", "patents": "main"}  # fmt: skip
"""Kinds that fit either column, and where they stand if that makes the columns no more alike."""
FEW = 8
"""Records that a section in the narrow column has at most; a list of more publications stands
over both columns."""


NARROWEST, WIDEST, BOTH = 52, 62, 172
"""How wide the narrow column is, and both are together on A4, in mm."""
MANY = 12
"""Rows that a section of the wide column has at most."""


class CvMain(Block):
    r"""`\begin{cvmain} … \end{cvmain}`: a section of the wide column."""


class CvEither(Block):
    r"""`\begin{cveither}{side} … \end{cveither}`: a section that fits either column."""


class CvWide(Block):
    r"""`\begin{cvwide}{rows} … \end{cvwide}`: a section over both columns."""


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
    """The sections that stand in the narrow column; if nobody says, skills, languages and
    interests do, and as many short sections as make both columns end at one height."""
    levels: Literal["bars", "dots", "text"] = "dots"


class Theme(Sidebar):  # type: ignore[valid-type,misc]
    summary = "two columns on white, heavy rules, tags in frames, dots for levels"
    style = "cvcolumns"
    Options = ColumnsOptions
    options: ColumnsOptions
    _wide: frozenset[str] = frozenset()
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
        """Return the sections as they are; those over both columns are known from here on: long
        lists of publications, and what has nothing beside it."""
        wide: set[str] = set()
        run: list[Section] = []
        for section in (*sections, None):
            if section and self.place_of(section) not in ("wide", "rows"):
                run.append(section)
                continue
            if all(self.place_of(one) == "alone" for one in run):
                wide |= {one.name for one in run}
            run = []
            wide |= {section.name} if section else set()
        self._wide = frozenset(wide)
        self._width = self._width_for(sections)
        return sections

    def _width_for(self, sections: Sequence[Section]) -> int:
        """Return the narrow column's width in mm: by the text of what can stand there, which has
        twice the lines of as much running text, and of what cannot."""
        beside = [one for one in sections if one.name not in self._wide]
        narrow = wide = 1
        for section in beside:
            length = sum(map(len, model.texts(section.records)))
            if self.place_of(section) == "alone":
                wide += length
            else:
                narrow += 2 * length
        return max(NARROWEST, min(WIDEST, BOTH * narrow // (narrow + wide)))

    def place_of(self, section: Section) -> str:
        """Return where a section stands: over both columns (`wide`; `rows`), `alone` in the wide
        one, `fixed` in the narrow one, or either (`main`, `side`)."""
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
            return "rows"
        if len(section.records) > FEW or (kind == "projects" and not self._is_short(section)):
            return "alone"
        return SHORT.get(kind, "alone")

    def _is_aside(self, section: Section) -> bool:
        return False

    def _is_short(self, section: Section) -> bool:
        projects = [r for r in section.records if isinstance(r, model.Project)]
        return not any(r.highlights or r.keywords for r in projects)

    def section(self, section: Section, items: Sequence[Item]) -> Latex:
        width, self._width = self._width, WIDEST
        if width != WIDEST and self.options.side_width is None:
            line = NoEscape(rf"\setlength{{\cvsidewidth}}{{{width}mm}}")
            return [line, self.section(section, items)]
        parts = list(super().section(section, items))
        place = self.place_of(section)
        if section.name in self._wide:
            rows = place == "rows"
            form = "rows" if rows else "list" if section.kind == "publications" else "text"
            return CvWide(data=parts, arguments=[NoEscape(form)])
        if place == "alone":
            return CvMain(data=parts)
        # TeX tells no line within an argument: that of a mistake there is its file
        said = section.records[0] if section.records else section.summary
        either = CvEither(data=parts, arguments=[NoEscape(place)])
        if said is None or said.source is None:
            return either
        return mark(dataclasses.replace(said.source, line=0, end=0), either.dumps())

    def footer(self, paragraphs: Sequence[NoEscape]) -> Latex:
        return CvWide(data=[super().footer(paragraphs)], arguments=[NoEscape("text")])
