"""starter: a theme of one's own, begun with cvtex's own layout on LaTeX's article.

Each method says how one thing looks; the rest (fonts, bullets …) is latex.ArticleTheme's.
"""

from dataclasses import dataclass

from pylatex import Command

from cvtex import latex, model
from cvtex.latex import CvRecord, Entry, Latex, given, literal


class CvHead(latex.Block):
    r"""`\begin{cvhead}[photo.png] … \end{cvhead}`: PyLaTeX takes the name from the class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOptions(latex.ArticleOptions):
    """The theme's options, written in meta.yaml under themes.starter."""

    rule: bool = True
    """Whether titles have a line: one of your own, which `rule: false` there turns off."""


class Theme(latex.ArticleTheme):
    summary = "a theme of my own"  # what `cvtex themes` says of it
    style = "cvstarter"  # cvstarter.sty beside this file; it holds the macros named below
    Options = OwnOptions
    options: OwnOptions

    def furniture(self) -> tuple[str, ...]:
        return super().furniture()  # signs and words that are not in the data: page numbers

    def basics(self, basics: model.Basics) -> Latex:
        contacts = [self.link(contact) for contact in self.contacts(basics)]
        facts = [self.text(basics.label), self.place(basics.location), *contacts]
        head = [Command("cvname", [literal(basics.name)])]
        head += [Command("cvfact", [fact]) for fact in facts if fact]
        summary = self.texts(self.paragraphs(basics.summary))
        return [CvHead(data=head, options=self.photo(basics)), *summary]

    def heading(self, section: model.Section) -> Latex:
        return Command("cvruled" if self.options.rule else "cvtitle", [self.title(section)])

    def entry(self, entry: Entry) -> Latex:
        head, whose = self.led(entry)  # "Engineer", "Acme": which is first is an option
        first = Command("cventry", given(head, entry.dates, whose, entry.detail, entry.place))
        # a short record is not divided by a page's end
        return CvRecord(data=[first, *self.body(entry), *map(self.entry, entry.roles)])
