"""classic: a plain one-column CV on LaTeX's article, the default.

The name in capitals, one line of contacts, section titles with a rule, an entry's
"Employer | Position" left and its dates right. It needs nothing beyond a base TeX,
and all that one sees is in the PDF's text layer in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pylatex import NoEscape, Package
from pylatex.base_classes import CommandBase, Environment

from cvtex import latex, model
from cvtex.latex import Bullet, Colour, Contact, Entry, FontFamily, Latex, Length, TypefaceName

NOTHING = NoEscape("")
NUMBER = re.compile(r"^\\item\[(\S+?)\.\] ", re.M)
"""The number of a record that `numbered` sets."""


class Block(Environment):
    """An environment whose begin, contents and end stand on lines of their own."""

    content_separator = "\n"


class CvHead(Block):
    r"""`\begin{cvhead}[photo.jpg] … \end{cvhead}`."""


class CvName(CommandBase):
    r"""`\cvname{name}`."""


class CvLabel(CommandBase):
    r"""`\cvlabel{label}`."""


class CvPlace(CommandBase):
    r"""`\cvplace{place}`."""


class CvContacts(Block):
    r"""`\begin{cvcontacts} … \end{cvcontacts}` around the contacts, a line or two of them."""


class CvContact(CommandBase):
    r"""`\cvcontact[kind]{text}`; the kind chooses the icon."""


class CvSection(CommandBase):
    r"""`\cvsection{title}`."""


class CvEntry(CommandBase):
    r"""`\cventry{title}{subtitle}{dates}{detail}{place}`."""


class CvRole(CommandBase):
    r"""`\cvrole{position}{dates}{detail}{place}`: one of several posts under an entry."""


class CvLine(CommandBase):
    r"""`\cvline{label}{text}`."""


class CvGroup(CommandBase):
    r"""`\cvgroup{title}`: of some of a section's publications."""


class CvText(CommandBase):
    r"""`\cvtext{paragraph}`."""


class CvKeep(CommandBase):
    r"""`\cvkeep`: the next bullet, the last, does not stand alone on a page."""


class CvBullets(Block):
    r"""`\begin{cvbullets}[widest number] \item … \end{cvbullets}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassicOptions(latex.Options):
    """The theme's options, under `meta.themes.classic`.

    `layout: linear` has an entry's dates and place in its lines, after a bar, where
    `split` has them at the right; without icons it is as good for machines as `linear`.
    """

    layout: Literal["split", "linear"] = "split"

    font: TypefaceName = "lmodern"
    font_size: Literal["10pt", "11pt", "12pt"] = "10pt"
    margin: Length = Length("19mm")
    accent: Colour | None = None
    links: Literal["plain", "coloured"] = "plain"
    spacing: Literal["normal", "compact"] = "normal"
    icons: bool = True
    photo: bool = True
    capitals: bool = True
    justified: bool = False
    hyphenation: bool = False
    page_numbers: bool = False


LINK_COLOUR = Colour("1F4E79")


class Theme(latex.Theme):
    summary = "one plain column: Employer | Position left, dates right"
    shared = ("cvicons.sty",)
    sets_photo = True
    Options = ClassicOptions
    options: ClassicOptions

    def class_options(self) -> tuple[str, ...]:
        return (self.options.font_size, f"{self.options.paper}paper")

    def fonts(self) -> tuple[FontFamily, ...]:
        return latex.TYPEFACES[self.options.font].families

    def furniture(self) -> tuple[str, ...]:
        return ("|", *(latex.page_numbers() if self.options.page_numbers else ()))

    def reads_by_line(self) -> bool:
        options = self.options
        return options.layout == "linear" and not (options.icons or options.justified)

    def preamble(self) -> Latex:
        options = self.options
        lines: list[Latex] = [*latex.TYPEFACES[options.font].lines(self.setting.engine)]
        if options.hyphenation:
            lines += self.hyphenation()
        lines.append(Package("geometry", options=[NoEscape(f"margin={options.margin}")]))
        lines.append(Package("hyperref", options=["unicode", "pdfpagelabels=false"]))
        if options.photo:
            lines.append(Package("graphicx"))
        lines.append(Package("cvclassic"))
        switches = {
            "cvicons": options.icons,
            "cvlinear": options.layout == "linear",
            "cvcompact": options.spacing == "compact",
            "cvjustified": options.justified,
            "cvhyphenation": options.hyphenation,
            "cvpagenumbers": options.page_numbers,
        }
        lines += [NoEscape(f"\\{name}") for name, on in switches.items() if on]
        if options.accent or options.links == "coloured":
            lines += self._colours()
        if not options.page_numbers:
            lines.append(NoEscape(r"\nofiles % nothing refers to a page: one run is enough"))
        return lines

    def _colours(self) -> list[Latex]:
        accent = self.options.accent or LINK_COLOUR
        lines: list[Latex] = [
            Package("xcolor"),
            NoEscape(rf"\definecolor{{accent}}{{HTML}}{{{accent}}}"),
        ]
        if self.options.accent:
            lines.append(NoEscape(r"\renewcommand*{\cvaccent}{\color{accent}}"))
        if self.options.links == "coloured":
            lines.append(NoEscape(r"\hypersetup{colorlinks,allcolors=accent}"))
        return lines

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([self._capitals(basics.name)])]
        if basics.label:
            head.append(CvLabel([latex.literal(basics.label)]))
        if place := self.place(basics.location):
            head.append(CvPlace([place]))
        if contacts := self.contacts(basics):
            head.append(CvContacts(data=[self._contact(contact) for contact in contacts]))
        photo = basics.image if self.options.photo else None
        options = latex.literal(photo) if photo else None
        summary = [CvText([paragraph]) for paragraph in self.paragraphs(basics.summary)]
        return [CvHead(data=head, options=options), *summary]

    def _capitals(self, value: model.Text) -> NoEscape:
        if self.options.capitals:
            value = model.Text(latex.upper(value, self.setting.words.code), tex=value.tex)
        return latex.literal(value)

    def _contact(self, contact: Contact) -> Latex:
        body = latex.href(contact.url, contact.text) if contact.url else contact.text
        return CvContact([body], options=contact.kind if self.options.icons else None)

    def heading(self, section: model.Section) -> Latex:
        return CvSection([self._capitals(section.title)])

    def entry(self, entry: Entry) -> Latex:
        # A degree is as long as a line: it stands under the school.
        school = entry.kind == "education"
        subtitle, detail = (None, entry.subtitle) if school else (entry.subtitle, entry.detail)
        head = CvEntry(self._given(entry.title, subtitle, entry.dates, detail, entry.place))
        parts: list[Latex] = [head, *self._body(entry)]
        for role in entry.roles:
            parts.append(CvRole(self._given(role.subtitle, role.dates, role.detail, role.place)))
            parts += self._body(role)
        return parts

    def line(self, label: NoEscape | None, body: NoEscape | None) -> Latex:
        return CvLine(self._given(label, body))

    def group(self, title: NoEscape) -> Latex:
        return CvGroup([title])

    def items(self, bodies: Sequence[NoEscape]) -> Latex:
        numbers = [match[1] for body in bodies if (match := NUMBER.search(body))]
        widest = NoEscape("0" * max(map(len, numbers)) + ".") if numbers else None
        return CvBullets(data=[NoEscape(body.strip("\n")) for body in bodies], options=widest)

    def _given(self, *pieces: NoEscape | None) -> list[NoEscape]:
        return [piece or NOTHING for piece in pieces]

    def _body(self, entry: Entry) -> list[Latex]:
        texts: list[Latex] = [CvText([paragraph]) for paragraph in entry.body]
        return [*texts, *self._bullets(entry.bullets)]

    def _bullets(self, bullets: Sequence[Bullet]) -> list[Latex]:
        if not bullets:
            return []
        data: list[Latex] = []
        for bullet in bullets:
            if len(bullets) > 1 and bullet is bullets[-1]:
                data.append(CvKeep())
            data += [self.bullet(bullet.text), *self._bullets(bullet.bullets)]
        return [CvBullets(data=data)]
