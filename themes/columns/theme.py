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


class CvMain(Block):
    r"""`\begin{cvmain} … \end{cvmain}`: a section of the wide column."""


class CvEither(Block):
    r"""`\begin{cveither}{side} … \end{cveither}`: a section that fits either column."""


class CvWide(Block):
    r"""`\begin{cvwide} … \end{cvwide}`: a section over both columns."""


class CvOpening(Block):
    r"""`\begin{cvopening} … \end{cvopening}`: what stands above the first section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsOptions(Sidebar.Columned):  # type: ignore[name-defined]
    """The theme's options, under `meta.themes.columns`."""

    font: TypefaceName = "source-sans"
    font_size: FontSize = FontSize("9.5pt")
    accent: Colour = Colour("7A1F2B")
    side: Literal["left", "right"] = "right"
    """Where the narrow column is."""
    side_width: ColumnWidth = ColumnWidth("62mm")
    """How wide the narrow column is: 45mm to 100mm."""
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

    def geometry(self) -> tuple[str, ...]:
        return (f"margin={self.options.margin}",)

    def beside(self, side: str, length: str) -> str:
        return length

    def panel(self) -> Colour | None:
        return None

    def preamble(self) -> Latex:
        width = self.options.side_width
        return [*super().preamble(), NoEscape(rf"\cvcolumnsof{{{width}}}")]

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        if contacts := self._contacts(basics):
            head.append(CvContacts(data=contacts))
        parts: list[Latex] = [*self.owner(basics), CvHead(data=head, options=self.photo(basics))]
        if basics.summary:
            parts.append(CvOpening(data=self.texts(self.paragraphs(basics.summary))))
        return parts

    # --- which column -------------------------------------------------------------------

    def arrange(self, sections: Sequence[Section]) -> Sequence[Section]:
        """Return the sections as they are; those over both columns are known from here on: long
        lists of publications, and what has nothing beside it."""
        wide: set[str] = set()
        run: list[Section] = []
        for section in (*sections, None):
            if section and self.place_of(section) != "wide":
                run.append(section)
                continue
            if all(self.place_of(one) == "alone" for one in run):
                wide |= {one.name for one in run}
            run = []
            wide |= {section.name} if section else set()
        self._wide = frozenset(wide)
        return sections

    def place_of(self, section: Section) -> str:
        """Return where a section stands: `wide`, `alone` in the wide column, `fixed` in the
        narrow one, or either (`main`, `side`)."""
        chosen, kind = self.options.side_sections, section.kind
        if chosen is not None and section.name in chosen:
            return "fixed"
        if kind == "publications" and len(section.records) > FEW:
            return "wide"
        if chosen is not None:
            return "alone"
        if kind in FIXED:
            return "fixed"
        if len(section.records) > FEW or (kind == "projects" and not self._is_short(section)):
            return "alone"
        return SHORT.get(kind, "alone")

    def _is_aside(self, section: Section) -> bool:
        return False

    def _is_short(self, section: Section) -> bool:
        projects = [r for r in section.records if isinstance(r, model.Project)]
        return not any(r.highlights or r.keywords for r in projects)

    def section(self, section: Section, items: Sequence[Item]) -> Latex:
        parts = list(super().section(section, items))
        place = self.place_of(section)
        if section.name in self._wide:
            return CvWide(data=parts)
        if place == "alone":
            return CvMain(data=parts)
        # TeX tells no line within an argument: that of a mistake there is its file
        source = dataclasses.replace(section.records[0].source, line=0, end=0)
        return mark(source, CvEither(data=parts, arguments=[NoEscape(place)]).dumps())

    def footer(self, paragraphs: Sequence[NoEscape]) -> Latex:
        return CvWide(data=[super().footer(paragraphs)])
