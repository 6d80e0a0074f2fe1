"""jake: the one page of most software engineers, after the résumés of Jake Gutierrez and sb2nov.

Small capitals over a rule, two lines of two columns a head, small bullets, `Project | stack`:
as much on a page as can be read. Every line of LaTeX here is ours.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from cvtex import latex
from cvtex.latex import (
    Colour,
    Entry,
    FontSize,
    Latex,
    Length,
    TitleCase,
    TypefaceName,
    dataclass,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JakeOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.jake`."""

    paper: Literal["a4", "letter"] = "letter"
    font: TypefaceName = "lmodern"
    """The typeface; the name and the titles take one that has small capitals."""
    font_size: FontSize = FontSize("11pt")
    margin: Length = Length("0.6in")
    capitals: bool = False
    photo: bool = False
    accent: Colour = Colour("000000")


class Theme(latex.ArticleTheme):
    summary = "one dense page: small capitals over rules, two-line heads, Project | stack"
    style = "cvjake"
    beside_text = "9mm"
    weights = ()
    shared = ("cvpages.sty", "cvbase.sty", "cvheads.sty")
    lower: ClassVar[TitleCase] = "small-caps"
    employers = True
    together = 6
    divides = True
    rows = "textbf"
    Options = JakeOptions
    options: JakeOptions

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score"})

    def entry(self, entry: Entry) -> Latex:
        return super().entry(self.stacked(self.divisible(self.with_role_beside(entry))))

    def furniture(self) -> tuple[str, ...]:
        return ("|", *super().furniture())
