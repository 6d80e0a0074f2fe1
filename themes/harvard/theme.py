"""harvard: the form that business schools and career centres hand out, on one page.

A face like Times, all black, titles in the middle between rules; the organisation and its
place on one line, the position and its dates on the next. Every line of LaTeX here is ours.
"""

from __future__ import annotations

from typing import Literal

from cvtex import latex
from cvtex.latex import Colour, Entry, FontSize, Latex, Length, TypefaceName, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvardOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.harvard`."""

    paper: Literal["a4", "letter"] = "letter"
    font: TypefaceName = "termes"
    font_size: FontSize = FontSize("11pt")
    margin: Length = Length("0.6in")
    """How wide the margins at the top and the foot are; those at the sides are 15mm wider."""
    lead: Literal["position", "employer"] = "employer"
    capitals: bool = False
    photo: bool = False
    accent: Colour = Colour("000000")


class Theme(latex.ArticleTheme):
    summary = "the business-school form: a face like Times, titles centred between rules"
    style = "cvharvard"
    beside_text = "15mm"
    weights = ()
    shared = ("cvpages.sty", "cvbase.sty", "cvheads.sty")
    employers = True
    together = 6
    divides = True
    rows = "textnormal"
    packages = ("fonts-texgyre",)
    Options = HarvardOptions
    options: HarvardOptions

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score"})

    def entry(self, entry: Entry) -> Latex:
        return super().entry(self.with_role_beside(entry))
