"""linear: one column for applicant-tracking systems, in which nothing stands at the right.

"Position | Dates" on one line, plain words as titles, no icons: readers that sort a
page by layout find the same order as those that follow the file.
"""

from __future__ import annotations

from cvtex import latex


@latex.dataclass(frozen=True, slots=True, kw_only=True)
class LinearOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.linear`.

    Page numbers would stand in the text that a machine reads, so they are off.
    """

    margin: latex.Length = latex.Length("18mm")
    addresses: bool = True


class Theme(latex.ArticleTheme):
    summary = "one column for applicant-tracking systems: Position | Dates on one line"
    style = "cvlinear"
    Options = LinearOptions
    options: LinearOptions

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score", "span"})

    def entry(self, entry: latex.Entry) -> latex.Latex:
        return super().entry(entry if entry.subtitle else self.stacked(entry))

    def reads_by_line(self) -> bool:
        return not self.options.justified  # wide spaces are taken for columns
