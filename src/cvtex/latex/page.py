"""The page of our own themes: their options, and the preamble that these make."""

from __future__ import annotations

from typing import ClassVar, Literal

from pylatex import NoEscape, Package

from cvtex.latex import text
from cvtex.latex.fonts import FontFamily
from cvtex.latex.measures import Colour, Density, FontSize, Length
from cvtex.latex.pieces import Latex, Options, dense, sized
from cvtex.latex.theme import Theme, page_numbers
from cvtex.latex.typefaces import Figures, TitleCase, Typeface, TypefaceName, set_in
from cvtex.model import Text
from cvtex.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleOptions(Options):
    """The options that every layout of ours has."""

    font: TypefaceName = "lmsans"
    """The typeface: one by its name, or a family of your own from the project."""
    figures: Figures = "lining"
    """Figures as high as capitals, or old-style ones, where the typeface has them."""
    font_size: FontSize = FontSize("10pt")
    """The size of the text: 9pt to 12pt, in halves of a point."""
    margin: Length = Length("20mm")
    """How wide the page's margins are: 20mm, 2 cm, 0.75in."""
    margin_top: Length | None = None
    """The margin at the top, where it is another than `margin`."""
    margin_bottom: Length | None = None
    """The margin at the bottom, where it is another than `margin`."""
    margin_left: Length | None = None
    """The margin at the left, where it is another than the theme's own."""
    margin_right: Length | None = None
    """The margin at the right, where it is another than the theme's own."""
    accent: Colour = Colour("1F3A5F")
    """The colour of what stands out: navy, red …, or as on the web: 1F3A5F."""
    links: Literal["plain", "coloured"] = "plain"
    """Whether links have the accent's colour."""
    lead: Literal["position", "employer"] = "position"
    """What an entry begins with: the position (or degree), or the employer (or school)."""
    density: Density | None = None
    """How close all stands, from 0, the theme's own look, to 64: first gaps get smaller, then
    the leading, the margins, and the type down to 9pt."""
    spacing: Literal["normal", "compact"] = "normal"
    """Where `density` is not given: compact is a density of 32."""
    photo: bool = True
    """Whether `basics.image` is set."""
    photo_size: Length | None = None
    """How wide the photo is, where it is not as wide as the theme has it."""
    photo_shape: Literal["original", "square", "circle"] = "original"
    """How the photo is cut."""
    bullet: Literal["disc", "dash"] = "disc"
    """The sign before an item of a list: • or –."""
    footer: Text | None = None
    """What stands at the foot of each page."""
    titles: TitleCase | None = None
    """How titles of sections are set: in capitals, in small capitals, or as they are
    written; where it is absent, as `capitals` says."""
    capitals: bool = True
    """Where `titles` is not given: whether titles are in capitals."""
    justified: bool = False
    """Whether lines are stretched to the right margin."""
    hyphenation: bool = False
    """Whether words are divided at the ends of lines."""
    page_numbers: bool = True
    """Whether pages after the first have the name and their number at the foot: "Ada · 2/2"."""


SIDES = ("top", "bottom", "left", "right")


class ArticlePage(Theme):
    """What a theme on `article` and `cvbase.sty` says before the document begins."""

    style: ClassVar[str] = ""
    """The theme's own `.sty`, which loads `cvbase`."""

    shared: ClassVar[tuple[str, ...]] = ("cvpages.sty", "cvbase.sty")
    weights: ClassVar[tuple[str, ...] | None] = None
    """The series beside regular and bold that the theme sets text in (`l`, `sb`), where a face
    has them; None for all. Less of them makes the first build in a face faster."""
    beside_text: ClassVar[str] = ""
    """How much wider than the option `margin` the margins beside the text are, for lines that are
    not too long (`5mm`)."""
    sets_photo = True
    Options: ClassVar[type[ArticleOptions]] = ArticleOptions
    options: ArticleOptions

    lower: ClassVar[TitleCase] = "written"
    """How titles are set that are not in capitals."""

    def title_case(self) -> TitleCase:
        """Return how the titles of sections are set."""
        said: TitleCase | None = getattr(self.options, "titles", None)
        return said or ("capitals" if getattr(self.options, "capitals", False) else self.lower)

    def face(self) -> TypefaceName:
        """Return the typeface of the text and the titles."""
        return self.options.font

    def class_options(self) -> tuple[str, ...]:
        return (self.options.font_size.of_class, f"{self.options.paper}paper")

    def typeface(self) -> Typeface:
        """Return the typeface with its figures, and small capitals if titles are set in them."""
        figures: Figures = getattr(self.options, "figures", "lining")
        return set_in(self.face(), self.title_case(), figures)

    def fonts(self) -> tuple[FontFamily, ...]:
        families = self.typeface().families
        return families if self.weights is None else tuple(f.less(self.weights) for f in families)

    def furniture(self) -> tuple[str, ...]:
        return (*(page_numbers(99) if self.options.page_numbers else ()), *self.foot())

    def foot(self) -> tuple[str, ...]:
        """Return the words of the option `footer`."""
        return tuple((getattr(self.options, "footer", None) or "").split())

    def sides(self) -> tuple[str, ...]:
        """Return the margins that are said by side, as options of the package geometry."""
        said = {side: getattr(self.options, f"margin_{side}", None) for side in SIDES}
        return tuple(
            f"{side}={self.beside(side, length)}" for side, length in said.items() if length
        )

    def beside(self, side: str, length: str) -> str:
        """Return the margin at a side of the page, for the package geometry, where `length` is
        what was asked for there."""
        return length

    def accent(self) -> str:
        """Return the colour of what stands out, in six hexadecimal digits."""
        return self.options.accent

    def geometry(self) -> tuple[str, ...]:
        """Return the page's margins as options of the package geometry."""
        margin = self.options.margin
        if not self.beside_text:
            return (f"margin={margin}",)
        return (f"vmargin={margin}", rf"hmargin=\dimexpr {self.beside_text}+{margin}\relax")

    def preamble(self) -> Latex:
        options = self.options
        lines: list[Latex] = [*self.typeface().lines(self.setting.engine)]
        lines += sized(options.font_size)
        if options.hyphenation:
            lines += self.hyphenation()
        lines += [
            Package("geometry", options=[NoEscape(o) for o in (*self.geometry(), *self.sides())]),
            Package("xcolor"),
            Package("hyperref", options=["unicode", "pdfpagelabels=false"]),
        ]
        if options.photo:
            lines.append(Package("graphicx"))
        lines += [
            Package(NoEscape(self.style)),  # PyLaTeX would write my{-}style
            NoEscape(rf"\definecolor{{accent}}{{HTML}}{{{self.accent()}}}"),
            NoEscape(r"\renewcommand*{\cvaccent}{\color{accent}}"),
            NoEscape(r"\renewcommand*{\cvquiet}{\color{black!60}}"),
        ]
        lines += self.extras()
        lines += [NoEscape(f"\\{name}") for name, on in self.switches().items() if on]
        if options.links == "coloured":
            lines.append(NoEscape(r"\hypersetup{colorlinks,allcolors=accent}"))
        if not options.page_numbers:
            lines.append(NoEscape(r"\nofiles % nothing refers to a page: one run is enough"))
        return lines

    def extras(self) -> list[Latex]:
        """Return the lines of the preamble for the photo's size and the pages' foot, if said."""
        lines: list[Latex] = []
        if self.options.photo and (size := getattr(self.options, "photo_size", None)):
            # a style of one's own may have no such length
            lines.append(NoEscape(r"\ifdefined\cvphotowidth\else\newlength\cvphotowidth\fi"))
            lines.append(NoEscape(rf"\setlength{{\cvphotowidth}}{{{size}}}"))
        if foot := getattr(self.options, "footer", None):
            lines.append(NoEscape(rf"\cvfooter{{{text.literal(foot)}}}"))
        return lines

    def knobs(self) -> Latex:
        own = self.options
        if not isinstance(own, ArticleOptions):  # those of a theme that is based on a shipped one
            return []
        return dense(own.density, own.spacing == "compact")

    def switches(self) -> dict[str, bool]:
        """Return the style's macros that change the layout, and whether they are called."""
        shape = getattr(self.options, "photo_shape", "original") if self.options.photo else None
        return {
            "cvcircle": shape == "circle",
            "cvsquare": shape == "square",
            "cvjustified": self.options.justified,
            "cvhyphenation": self.options.hyphenation,
            "cvpagenumbers": self.options.page_numbers,
            "cvtracking": self.title_case() == "capitals",
            "cvsmallcaps": self.title_case() == "small-caps",
            "cvdashes": getattr(self.options, "bullet", "disc") == "dash",
        }
