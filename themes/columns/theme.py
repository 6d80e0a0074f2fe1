"""columns: two columns on white, heavy rules, tags in frames, dots for levels.

The look is that of the class altacv; every line of LaTeX here is ours. What is read off the
PDF is the head, then the side column, then the main column: each as a whole, page by page.
"""

from __future__ import annotations

from typing import Literal

from pylatex import NoEscape

from cvtex import latex, model
from cvtex.latex import (
    Colour,
    ColumnWidth,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    FontSize,
    Latex,
    SectionName,
    TypefaceName,
    dataclass,
    literal,
)

Sidebar = latex.shipped_theme("sidebar")


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
    side_sections: tuple[SectionName, ...] = (
        SectionName("skills"),
        SectionName("education"),
        SectionName("languages"),
        SectionName("certificates"),
        SectionName("interests"),
    )
    """The sections that stand in the narrow column."""
    side_pages: Literal["needed", "all"] = "needed"
    """Whether the text stands in the middle of pages that nothing stands beside, in lines of at
    most 45 em, or is as wide on all."""
    levels: Literal["bars", "dots", "text"] = "dots"


class Theme(Sidebar):  # type: ignore[valid-type,misc]
    summary = "two columns on white, heavy rules, tags in frames, dots for levels"
    style = "cvcolumns"
    Options = ColumnsOptions
    options: ColumnsOptions

    def geometry(self) -> tuple[str, ...]:
        options = self.options
        inner, outer = ("left", "right") if options.side == "left" else ("right", "left")
        return (
            f"vmargin={options.margin}",
            rf"{inner}=\dimexpr {options.side_width}+{options.margin}+8mm\relax",
            f"{outer}={options.margin}",
        )

    def panel(self) -> Colour | None:
        return None

    def taken(self) -> str:
        return f"{self.options.side_width}+{self.options.margin}"

    def preamble(self) -> Latex:
        margin, width = self.options.margin, self.options.side_width
        return [*super().preamble(), NoEscape(rf"\cvcolumnsof{{{width}}}{{{margin}}}")]

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        if contacts := self._contacts(basics):
            head.append(CvContacts(data=contacts))
        summary = self.texts(self.paragraphs(basics.summary))
        return [*self.owner(basics), CvHead(data=head, options=self.photo(basics)), *summary]
