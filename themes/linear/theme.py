"""linear: one column for applicant-tracking systems, in which nothing stands at the right.

"Position | Dates" on one line, plain words as titles, no icons: readers that sort a
page by layout find the same order as those that follow the file.
"""

from __future__ import annotations

import dataclasses
import re

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model

STOP = re.compile(r"(\.)(\}*)$")
"""The full stop at the end of a row's text, before what ends groups."""


class CvAt(CommandBase):
    r"""`\cvat{address}`: of what a row is called."""


@latex.dataclass(frozen=True, slots=True, kw_only=True)
class LinearOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.linear`.

    Page numbers would stand in the text that a machine reads, so they are off.
    """

    font: latex.TypefaceName = "source-sans"
    font_size: latex.FontSize = latex.FontSize("10.5pt")
    margin: latex.Length = latex.Length("18mm")
    addresses: bool = True


class Theme(latex.ArticleTheme):
    summary = "one column for applicant-tracking systems: Position | Dates on one line"
    style = "cvlinear"
    beside_text = "13mm"
    weights = ()
    employers = True
    long_rows = 2
    together = 6
    divides = True
    rows = "textbf"
    Options = LinearOptions
    options: LinearOptions

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score"})

    def linked(self, value: model.Text | None, url: model.Url | None) -> NoEscape | None:
        return latex.href(url, latex.literal(value or url.shown)) if url else self.text(value)

    def head(self, entry: latex.Entry) -> latex.Latex:
        return super().head(self._with_address(entry))

    def row(self, entry: latex.Entry, titled: str = "") -> NoEscape | None:
        row, address = super().row(entry, titled), self._address(entry)
        row = NoEscape(STOP.sub(r"\1\\cvstopped{}\2", row)) if row else None
        return NoEscape(f"{row}{CvAt([address]).dumps()}") if row and address else row

    def _address(self, entry: latex.Entry) -> NoEscape | None:
        """Return the address of what an entry is called, if it is wanted and not that name."""
        if not (self.options.addresses and entry.url and entry.title):
            return None
        address = latex.href(entry.url, latex.literal(entry.url.shown))
        return None if entry.title == address else address

    def _with_address(self, entry: latex.Entry) -> latex.Entry:
        """Return an entry with its address: the last piece of a project's first line, of others'
        second line, or of that of an employer of several roles; that of a row stands in `row`."""
        address = self._address(entry)
        if not address or self.is_row(entry):
            return entry
        if entry.kind == "projects":
            return dataclasses.replace(entry, dates=latex.barred(entry.dates, address))
        if entry.roles:
            return dataclasses.replace(entry, place=latex.barred(entry.place, address))
        return dataclasses.replace(entry, detail=latex.barred(entry.detail, address))

    def entry(self, entry: latex.Entry) -> latex.Latex:
        return super().entry(self.divisible(self.with_role_beside(entry)))

    def reads_by_line(self) -> bool:
        return not self.options.justified  # wide spaces are taken for columns
