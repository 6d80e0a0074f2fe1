"""linear: one column for applicant-tracking systems, in which nothing stands at the right.

"Position | Dates" on one line, plain words as titles, no icons: readers that sort a
page by layout find the same order as those that follow the file.
"""

from __future__ import annotations

import dataclasses

from pylatex import NoEscape

from cvtex import latex, model


@latex.dataclass(frozen=True, slots=True, kw_only=True)
class LinearOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.linear`.

    Page numbers would stand in the text that a machine reads, so they are off.
    """

    font: latex.TypefaceName = "source-sans"
    margin: latex.Length = latex.Length("18mm")
    addresses: bool = True


class Theme(latex.ArticleTheme):
    summary = "one column for applicant-tracking systems: Position | Dates on one line"
    style = "cvlinear"
    beside_text = "5mm"
    weights = ()
    employers = True
    rows = "textbf"
    Options = LinearOptions
    options: LinearOptions

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score"})

    def linked(self, value: model.Text | None, url: model.Url | None) -> NoEscape | None:
        return latex.href(url, latex.literal(value or url.shown)) if url else self.text(value)

    def head(self, entry: latex.Entry) -> latex.Latex:
        return super().head(self._with_address(entry))

    def _with_address(self, entry: latex.Entry) -> latex.Entry:
        """Return an entry with its address: the last piece of a row or of the second line, or
        of an employer of several roles the last of the first."""
        if not (self.options.addresses and entry.url and entry.title):
            return entry
        address = latex.href(entry.url, latex.literal(entry.url.shown))
        if entry.title == address:
            return entry
        if self.is_row(entry):
            return dataclasses.replace(entry, dates=latex.barred(entry.dates, address))
        if entry.roles:
            return dataclasses.replace(entry, place=latex.barred(entry.place, address))
        return dataclasses.replace(entry, detail=latex.barred(entry.detail, address))

    def entry(self, entry: latex.Entry) -> latex.Latex:
        return super().entry(entry if self.is_row(entry) else self.with_role_beside(entry))

    def reads_by_line(self) -> bool:
        return not self.options.justified  # wide spaces are taken for columns
