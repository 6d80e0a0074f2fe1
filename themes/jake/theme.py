"""jake: the one page of most software engineers, after the résumés of Jake Gutierrez and sb2nov.

Small capitals over a rule, two lines of two columns a head, small bullets, `Project | stack`:
as much on a page as can be read. Every line of LaTeX here is ours.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex
from cvtex.latex import Colour, Entry, FontFamily, FontSize, Latex, Length, dataclass


class CvStack(CommandBase):
    r"""`\cvstack{project}{keywords}`: what a project is made with stands beside its name."""


LATIN_MODERN = FontFamily(
    regular="lmroman10-regular.otf",
    bold="lmroman10-bold.otf",
    italic="lmroman10-italic.otf",
    bold_italic="lmroman10-bolditalic.otf",
    small_caps="lmromancaps10-regular.otf",
)
"""Latin Modern, whose small capitals are a file of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JakeOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.jake`."""

    paper: Literal["a4", "letter"] = "letter"
    font: Literal["lmodern", "pagella", "termes", "heros"] = "lmodern"
    """The typeface: one that has small capitals."""
    font_size: FontSize = FontSize("11pt")
    margin: Length = Length("0.55in")
    capitals: bool = False
    photo: bool = False
    accent: Colour = Colour("000000")


class Theme(latex.ArticleTheme):
    summary = "one dense page: small capitals over rules, two-line heads, Project | stack"
    style = "cvjake"
    Options = JakeOptions
    options: JakeOptions

    def fonts(self) -> tuple[FontFamily, ...]:
        return (LATIN_MODERN,) if self.options.font == "lmodern" else super().fonts()

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score", "span"})

    def entry(self, entry: Entry) -> Latex:
        if entry.kind == "projects" and entry.keywords:
            parts = (None if entry.subtitle else entry.detail, latex.comma(*entry.keywords))
            beside = NoEscape(r"\cvbetween\cvmark{P}".join(filter(None, parts)))
            stack = NoEscape(CvStack([entry.title or "", beside]).dumps())
            detail = entry.detail if entry.subtitle else None
            entry = dataclasses.replace(entry, title=stack, detail=detail, keywords=())
        return super().entry(entry)

    def furniture(self) -> tuple[str, ...]:
        return ("|", *super().furniture())
