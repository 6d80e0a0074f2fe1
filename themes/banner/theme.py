"""banner: a band of colour with the name and the photo, over a panel and a main column.

What is read off the PDF is the band, then the panel, then the main column: each as a whole,
page by page.
"""

from __future__ import annotations

from pylatex import NoEscape

from cvtex import latex, model
from cvtex.latex import (
    Colour,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    Latex,
    TypefaceName,
    dataclass,
    literal,
)
from cvtex.latex.panel import points

CONTACT = 13.2
"""How high a contact is, in points."""

Sidebar = latex.shipped_theme("sidebar")


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerOptions(Sidebar.Options):  # type: ignore[name-defined]
    """The theme's options, under `meta.themes.banner`."""

    font: TypefaceName = "source-sans"
    accent: Colour = Colour("14505C")
    band: Colour | None = None
    """The band's colour; by default the accent."""


class Theme(Sidebar):  # type: ignore[valid-type,misc]
    summary = "a band of colour with name and photo, over a panel and a main column"
    style = "cvbanner"
    Options = BannerOptions
    options: BannerOptions
    _taken: tuple[float, float, float]

    def preamble(self) -> Latex:
        band = self.options.band or Colour(self.accent())
        text = "white" if band.is_dark else "black"
        return [
            *super().preamble(),
            NoEscape(rf"\definecolor{{band}}{{HTML}}{{{band}}}"),
            NoEscape(rf"\definecolor{{bandtext}}{{named}}{{{text}}}"),
        ]

    def _reckon(self, basics: model.Basics, contacts: int) -> None:
        super()._reckon(basics, contacts)
        head = self._taken[2]
        photo = points("33mm") if self.photo(basics) else 0
        name = 32 + (18 if basics.label else 0)
        above = max(photo, name) + points("20mm") - points(self.options.margin)
        self._taken = (above, contacts * CONTACT, head - name + above)

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        parts: list[Latex] = [*self.owner(basics), CvHead(data=head, options=self.photo(basics))]
        if contacts := self._contacts(basics):
            parts.append(self.aside([CvContacts(data=contacts)]))
        return [*parts, *self.texts(self.paragraphs(basics.summary))]
