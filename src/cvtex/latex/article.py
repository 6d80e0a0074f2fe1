r"""What cvtex's own layouts on `\documentclass{article}` have in common.

Their options, fonts, head, titles, entries, bullets and lines; what is not in
`shared/cvbase.sty` of the macros, the theme's own style defines.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import ClassVar, Literal

from pylatex import NoEscape, Package
from pylatex.base_classes import CommandBase

from cvtex import model
from cvtex.latex import text
from cvtex.latex.fonts import FontFamily
from cvtex.latex.measures import Colour, Density, FontSize, Length
from cvtex.latex.pieces import Block, CvRecord, TextList, comma, dense, dumps, sized
from cvtex.latex.theme import (
    Bullet,
    Contact,
    Entry,
    Item,
    Latex,
    Options,
    Piece,
    Theme,
    page_numbers,
)
from cvtex.latex.typefaces import TYPEFACES, TypefaceName
from cvtex.model import Text
from cvtex.records import dataclass

NOTHING = NoEscape("")


class CvHead(Block):
    r"""`\begin{cvhead}[photo.jpg] … \end{cvhead}`."""


class CvName(CommandBase):  # type: ignore[misc]
    r"""`\cvname{name}`."""


class CvOwner(CommandBase):  # type: ignore[misc]
    r"""`\cvowner{name}`, for the feet or heads of pages."""


class CvLabel(CommandBase):  # type: ignore[misc]
    r"""`\cvlabel{label}`."""


class CvContacts(Block):
    r"""`\begin{cvcontacts} … \end{cvcontacts}` around the contacts, a line or two of them."""


class CvContact(CommandBase):  # type: ignore[misc]
    r"""`\cvcontact{text}`."""


class CvSection(CommandBase):  # type: ignore[misc]
    r"""`\cvsection{title}`."""


class CvEntry(CommandBase):  # type: ignore[misc]
    r"""`\cventry{head}{dates}{whose}{place}{detail}`: a post, a degree, a project."""


class CvRole(CommandBase):  # type: ignore[misc]
    r"""`\cvrole{position}{dates}{place}{detail}`: one of several posts under an entry."""


class CvLine(CommandBase):  # type: ignore[misc]
    r"""`\cvline{label}{text}`."""


class CvGroup(CommandBase):  # type: ignore[misc]
    r"""`\cvgroup{title}`: of some of a section's publications."""


class CvText(CommandBase):  # type: ignore[misc]
    r"""`\cvtext{paragraph}`."""


class CvKeywords(CommandBase):  # type: ignore[misc]
    r"""`\cvkeywords{word}{values}`: a line of keywords or courses under an entry."""


class CvStack(CommandBase):  # type: ignore[misc]
    r"""`\cvstack{project}{keywords}`: what a project is made with, beside its name."""


class CvShort(Block):
    r"""`\begin{cvshort} … \end{cvshort}` around an entry whose head is one row."""


class CvInline(Block):
    r"""`\begin{cvinline} … \end{cvinline}` around records that follow one another in a line."""


class CvInlineItem(CommandBase):  # type: ignore[misc]
    r"""`\cvinlineitem{language}{fluency}`: one of them."""


class CvKeep(CommandBase):  # type: ignore[misc]
    r"""`\cvkeep`: the next bullet, the last, does not stand alone on a page."""


class CvBullets(Block):
    r"""`\begin{cvbullets}[widest number] \item … \end{cvbullets}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleOptions(Options):
    """The options that every layout of ours has."""

    font: TypefaceName = "lmsans"
    """The typeface: Latin Modern with or without serifs, or one of TeX Gyre."""
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
    capitals: bool = True
    """Whether titles are in capitals."""
    justified: bool = False
    """Whether lines are stretched to the right margin."""
    hyphenation: bool = False
    """Whether words are divided at the ends of lines."""
    page_numbers: bool = False
    """Whether pages are numbered, those after the first with the name."""


_NUMBER = re.compile(r"^\\item\[\{?(.*?)\}?\.\]", re.MULTILINE)
LED_BY_SUBTITLE = frozenset({"work", "volunteer", "education"})
"""Kinds whose subtitle (the position, the degree) is what a reader looks for first."""
SIDES = ("top", "bottom", "left", "right")
ROWS = frozenset({"awards", "certificates", "grants", "memberships", "patents"})
"""Kinds whose heads are rows, whatever stands below them."""


class ArticleTheme(Theme):
    """A theme on `article` and `cvbase.sty`."""

    style: ClassVar[str] = ""
    """The theme's own `.sty`, which loads `cvbase`."""

    shared: ClassVar[tuple[str, ...]] = ("cvpages.sty", "cvbase.sty")
    sets_photo = True
    Options: ClassVar[type[ArticleOptions]] = ArticleOptions
    options: ArticleOptions

    def class_options(self) -> tuple[str, ...]:
        return (self.options.font_size.of_class, f"{self.options.paper}paper")

    def fonts(self) -> tuple[FontFamily, ...]:
        return TYPEFACES[self.options.font].families

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
        return (f"margin={self.options.margin}",)

    def preamble(self) -> Latex:
        options = self.options
        lines: list[Latex] = [*TYPEFACES[options.font].lines(self.setting.engine)]
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
            "cvdashes": getattr(self.options, "bullet", "disc") == "dash",
        }

    def line(self, label: NoEscape | None, body: NoEscape | None) -> Latex:
        return CvLine(given(label, body))

    def group(self, title: NoEscape) -> Latex:
        return CvGroup([title])

    def items(self, bodies: Sequence[NoEscape]) -> Latex:
        numbers = [match[1] for body in bodies if (match := _NUMBER.search(body))]
        widest = NoEscape("0" * max(map(len, numbers)) + ".") if numbers else None
        return CvBullets(data=[NoEscape(body.strip("\n")) for body in bodies], options=widest)

    # --- pieces ---------------------------------------------------------------------

    def photo(self, basics: model.Basics) -> NoEscape | None:
        """Return the photo's file, if there is one and it is wanted."""
        return self.text(basics.image) if self.options.photo else None

    def title(self, section: model.Section) -> NoEscape:
        """Return a section's title, in capitals if they are wanted."""
        return self.capitals(section.title)

    def capitals(self, value: Text) -> NoEscape:
        """Return a text, in capitals if they are wanted."""
        if self.options.capitals:
            value = Text(
                text.upper(value, self.setting.words.code), tex=value.tex, language=value.language
            )
        return text.literal(value)

    def link(self, contact: Contact) -> NoEscape:
        """Return a contact's text, as a link where it has an address."""
        return text.href(contact.url, contact.text) if contact.url else contact.text

    def led(self, entry: Entry) -> tuple[NoEscape | None, NoEscape | None]:
        """Return what an entry's first line says, and what its second begins with."""
        head, whose = entry.title, entry.subtitle
        by_subtitle = entry.kind in LED_BY_SUBTITLE and self.options.lead == "position"
        if by_subtitle and not entry.roles:
            head, whose = whose, head
        return (head, whose) if head else (whose, None)

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([text.literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([text.literal(basics.label)]))
        contacts: list[Latex] = [CvContact([self.link(c)]) for c in self.contacts(basics)]
        if place := self.place(basics.location):
            contacts.insert(0, CvContact([place]))
        if contacts:
            head.append(CvContacts(data=contacts))
        summary = self.texts(self.paragraphs(basics.summary))
        return [*self.owner(basics), CvHead(data=head, options=self.photo(basics)), *summary]

    def owner(self, basics: model.Basics) -> list[Latex]:
        """Return what tells the pages after the first the name, if they are numbered."""
        numbered = self.options.page_numbers and basics.name
        return [CvOwner([text.literal(basics.name)])] if numbered else []

    def heading(self, section: model.Section) -> Latex:
        return CvSection([self.title(section)])

    def places(self) -> frozenset[Piece]:
        if type(self).body is not ArticleTheme.body or type(self).entry is not ArticleTheme.entry:
            return frozenset()  # of a theme that was written before there were such pieces
        return frozenset({"keywords", "courses", "score", "span"})

    def entry(self, entry: Entry) -> Latex:
        entry = self.with_score(entry)
        if self.is_row(entry):
            place = comma(entry.detail, entry.place)
            row = dataclasses.replace(entry, detail=None, place=place)
            return CvShort(data=[CvRecord(data=[self.head(row), *self.body(entry)])])
        if entry.roles and not entry.dates and "span" in self.places():
            entry = dataclasses.replace(entry, dates=entry.span)
        roles = [CvRecord(data=[self.role(role), *self.body(role)]) for role in entry.roles]
        return CvRecord(data=[self.head(entry), *self.body(entry), *roles])

    def stacked(self, entry: Entry) -> Entry:
        """Return a project whose roles and keywords stand beside its name, in one line."""
        if entry.kind != "projects" or not entry.keywords:
            return entry
        roles, detail = (None, entry.detail) if entry.subtitle else (entry.detail, None)
        beside = [piece for piece in (roles, comma(*entry.keywords)) if piece]
        pieces = NoEscape(r"\cvbetween\cvmark{P}".join(beside))
        title = NoEscape(CvStack([entry.title or NOTHING, pieces]).dumps())
        return dataclasses.replace(entry, title=title, detail=detail, keywords=())

    def with_score(self, entry: Entry) -> Entry:
        """Return an entry with its score in its detail, if the theme places it."""
        if not entry.score or "score" not in self.places():
            return entry
        score = self.with_word("score", [entry.score])
        return dataclasses.replace(entry, detail=comma(entry.detail, score))

    def is_row(self, entry: Entry) -> bool:
        """Tell whether the head of an entry is one row, close to the rows around it.

        So are short kinds such as awards, and projects with nothing below them: talks.
        """
        below = entry.body or entry.bullets or entry.keywords
        return entry.kind in ROWS or (entry.kind == "projects" and not below)

    def language(self, language: model.Language) -> Latex:
        return CvInlineItem(given(self.text(language.language), self.text(language.fluency)))

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        if section.kind == "languages" and type(self).language is ArticleTheme.language:
            return [
                self.heading(section),
                CvInline(data=[NoEscape(item.body.strip("\n")) for item in items]),
            ]
        return super().section(section, items)

    def head(self, entry: Entry) -> Latex:
        """Return what stands above an entry's body."""
        head, whose = self.led(entry)
        return CvEntry(given(head, entry.dates, whose, entry.place, entry.detail))

    def role(self, role: Entry) -> Latex:
        """Return what stands above the body of one of an entry's roles."""
        return CvRole(given(role.subtitle, role.dates, role.place, role.detail))

    def body(self, entry: Entry) -> list[Latex]:
        """Return what stands under an entry's head: its paragraphs and bullets."""
        return [*self.texts(entry.body), *self.list(entry.bullets), *self.labels(entry)]

    def labels(self, entry: Entry) -> list[Latex]:
        """Return the lines of an entry's courses and keywords, each after its word."""
        own = self.places()
        lines: list[Latex] = []
        if entry.courses and "courses" in own:
            lines.append(CvKeywords([self.word("courses"), NoEscape(", ".join(entry.courses))]))
        if entry.keywords and "keywords" in own:
            lines.append(CvKeywords([self.word("keywords"), NoEscape(", ".join(entry.keywords))]))
        return lines

    def texts(self, paragraphs: Sequence[NoEscape]) -> list[Latex]:
        """Return paragraphs, and the lists among them."""
        parts: list[Latex] = []
        for paragraph in paragraphs:
            if isinstance(paragraph, TextList):
                parts += self.list(paragraph.bullets)
            else:
                parts.append(CvText([paragraph]))
        return parts

    def introduction(self, paragraphs: Sequence[NoEscape]) -> Latex:
        return [*self.texts(paragraphs), NoEscape(r"\par\nobreak\vskip 4pt plus 1pt minus 1pt")]

    def listing(self, bullets: Sequence[Bullet]) -> NoEscape:
        return dumps(self.list(bullets))

    def list(self, bullets: Sequence[Bullet]) -> list[Latex]:
        """Return a list of bullets with those below them, or nothing."""
        if not bullets:
            return []
        data: list[Latex] = []
        for bullet in bullets:
            if len(bullets) > 1 and bullet is bullets[-1]:
                data.append(CvKeep())
            item = self.numbered(bullet.number, bullet.text) if bullet.number else None
            data += [item or self.bullet(bullet.text), *self.list(bullet.bullets)]
        widest = max((bullet.number or "" for bullet in bullets), key=len)
        options = NoEscape("0" * len(widest) + ".") if widest else None
        return [CvBullets(data=data, options=options)]


def given(*pieces: NoEscape | None) -> list[NoEscape]:
    """Return the arguments of a macro, empty where nothing is given."""
    return [piece or NOTHING for piece in pieces]
