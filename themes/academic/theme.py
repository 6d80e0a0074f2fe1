"""academic: a scholar's long CV, with its dates and numbers in a column of their own.

The column at the left holds the dates of entries and the numbers of publications; what stands
beside it has one left edge. Pages after the first bear a head with the name.
"""

from __future__ import annotations

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Latex,
    Length,
    TypefaceName,
    dataclass,
)


class CvReference(CommandBase):
    r"""`\cvreference{citation}`: a publication, its further lines indented."""


class CvNumbered(CommandBase):
    r"""`\cvnumbered{number}{citation}`: a publication, its number hanging at the left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcademicOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.academic`."""

    font: TypefaceName = "source-serif"
    figures: latex.Figures = "oldstyle"
    font_size: latex.FontSize = latex.FontSize("9.5pt")
    margin: Length = Length("17mm")
    column: Length | None = None
    """How wide the column of dates is; by default as wide as they need."""
    justified: bool = False
    page_numbers: bool = True
    """Whether pages are numbered, and have a running head."""


YEARS_COLUMN = Length("25mm")
"""The column's width where it holds only years."""


class Theme(latex.ArticleTheme):
    summary = "a scholar's long CV: dates in a column, numbered publications, running heads"
    style = "cvacademic"
    weights = ()
    rows = ""
    in_two_lines = True
    Options = AcademicOptions
    options: AcademicOptions

    def furniture(self) -> tuple[str, ...]:
        numbers = (*self._page(), *map(str, range(1, 100)))
        return (*(numbers if self.options.page_numbers else ()), *self.foot())

    def _page(self) -> tuple[str, str, str]:
        """Return what stands before, between and after the numbers of "Page 2 of 5"."""
        before, _, rest = self.setting.words.words["page"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        return before, between, after

    def _column(self) -> str:
        """Return the column's width: that of the widest dates in the CV's language."""
        if self.options.dates == "years":
            return YEARS_COLUMN
        words = self.setting.words
        month = max(map(len, words.months), default=0) + len(" 2000")
        characters = month + len(" – ") + max(month, len(words.words.get("present", "")))
        return f"{min(max(33, round(1.5 * characters)), 42)}mm"

    def geometry(self) -> tuple[str, ...]:
        column = self.options.column or self._column()
        marginal = ("includemp", "reversemp", f"marginparwidth={column}", "marginparsep=3.5mm")
        return (*super().geometry(), *marginal)

    def preamble(self) -> Latex:
        lines = [super().preamble()]
        if self.options.page_numbers:
            before, between, after = (latex.join([piece]) for piece in self._page())
            pattern = NoEscape(f"{before}#1{between}#2{after}")
            lines.append(NoEscape(rf"\renewcommand*{{\cvpage}}[2]{{{pattern}}}"))
        return lines

    def publication(
        self, publication: model.Publication, citation: NoEscape, number: NoEscape | None = None
    ) -> Latex:
        body = NoEscape(" ".join((citation, *self.paragraphs(publication.summary))))
        return CvNumbered([NoEscape(f"{number}."), body]) if number else CvReference([body])

    def is_bullet(self, record: model.Record | None) -> bool:
        return super().is_bullet(record) and not isinstance(record, model.Publication)
