"""banner: a band of colour with the name and the photo, over a panel and a main column.

What is read off the PDF is the band, then the panel, then the main column: each as a whole,
page by page.
"""

from __future__ import annotations

from pylatex import NoEscape

from cvtex import latex, model
from cvtex.latex import (
    Colour,
    ColumnWidth,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    Latex,
    TypefaceName,
    dataclass,
    literal,
)

Sidebar = latex.shipped_theme("sidebar")


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerOptions(Sidebar.Options):  # type: ignore[name-defined]
    """The theme's options, under `meta.themes.banner`."""

    font: TypefaceName = "source-sans"
    accent: Colour = Colour("14505C")
    side_width: ColumnWidth = ColumnWidth("62mm")
    """How wide the panel is: 45mm to 100mm."""
    band: Colour | None = None
    """The band's colour; by default the accent."""


class Theme(Sidebar):  # type: ignore[valid-type,misc]
    summary = "a band of colour with name and photo, over a panel and a main column"
    style = "cvbanner"
    Options = BannerOptions
    options: BannerOptions

    def preamble(self) -> Latex:
        band = self.options.band or Colour(self.accent())
        text = "white" if band.is_dark else "black"
        return [
            *super().preamble(),
            NoEscape(rf"\definecolor{{band}}{{HTML}}{{{band}}}"),
            NoEscape(rf"\definecolor{{bandtext}}{{named}}{{{text}}}"),
        ]

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        parts: list[Latex] = [*self.owner(basics), CvHead(data=head, options=self.photo(basics))]
        if contacts := self._contacts(basics):
            parts.append(self.aside([CvContacts(data=contacts)]))
        return [*parts, *self.texts(self.paragraphs(basics.summary))]
