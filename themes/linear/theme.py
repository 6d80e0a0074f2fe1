"""linear: one column for applicant-tracking systems, in which nothing stands at the right.

"Position | Dates" on one line, plain words as titles, no icons: readers that sort a
page by layout find the same order as those that follow the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import Block, CvText, Entry, Latex, given, literal
from cvtex.model import Text


class CvHead(Block):
    r"""`\begin{cvhead}[photo.jpg] … \end{cvhead}`."""


class CvName(CommandBase):
    r"""`\cvname{name}`."""


class CvLabel(CommandBase):
    r"""`\cvlabel{label}`."""


class CvContacts(Block):
    r"""`\begin{cvcontacts} … \end{cvcontacts}` around the contacts, a line or two of them."""


class CvContact(CommandBase):
    r"""`\cvcontact{text}`."""


class CvSection(CommandBase):
    r"""`\cvsection{title}`."""


class CvEntry(CommandBase):
    r"""`\cventry{head}{dates}{whose}{place}{detail}`."""


class CvRole(CommandBase):
    r"""`\cvrole{position}{dates}{place}{detail}`: one of several posts under an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(latex.ArticleOptions):
    """The theme's options, under `meta.themes.linear`.

    Page numbers would stand in the text that a machine reads, so they are off.
    """

    date_separator: Text = Text("-")


class Theme(latex.ArticleTheme):
    summary = "one column for applicant-tracking systems: Position | Dates on one line"
    style = "cvlinear"
    Options = Options
    options: Options

    def furniture(self) -> tuple[str, ...]:
        return ("|", *super().furniture())

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        contacts: list[Latex] = [CvContact([self.link(c)]) for c in self.contacts(basics)]
        if place := self.place(basics.location):
            contacts.insert(0, CvContact([place]))
        if contacts:
            head.append(CvContacts(data=contacts))
        summary = [CvText([paragraph]) for paragraph in self.paragraphs(basics.summary)]
        return [CvHead(data=head, options=self.photo(basics)), *summary]

    def heading(self, section: model.Section) -> Latex:
        return CvSection([self.title(section)])

    def entry(self, entry: Entry) -> Latex:
        head, whose = self.led(entry)
        parts: list[Latex] = [
            CvEntry(given(head, entry.dates, whose, entry.place, entry.detail)),
            *self.body(entry),
        ]
        for role in entry.roles:
            parts.append(CvRole(given(role.subtitle, role.dates, role.place, role.detail)))
            parts += self.body(role)
        return parts
