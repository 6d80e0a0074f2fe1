"""moderncv: the class moderncv, by its own commands.

The class's styles are made up of a head, a body and a foot; they are loaded part
by part (`PARTS`), because a style as a whole also loads icon fonts, and typefaces
that happen to be installed. So the same data gives the same document everywhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from pylatex import NoEscape, Package
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Bullet,
    CvInline,
    CvRecord,
    Entry,
    FontFamily,
    Item,
    Latex,
    Length,
    LetterPieces,
    Piece,
    TextList,
    TypefaceName,
    dataclass,
    given,
)
from cvtex.model import Text

SIDES = ("top", "bottom", "left", "right")
Style = Literal["banking", "casual", "classic", "fancy", "oldstyle"]
Colour = Literal["black", "blue", "burgundy", "green", "grey", "orange", "purple", "red"]


class Name(CommandBase):
    r"""`\name{first}{last}`."""


class Title(CommandBase):
    r"""`\title{title}`."""


class Address(CommandBase):
    r"""`\address{street}{city}{country}`; what is empty is left out."""


class Photo(CommandBase):
    r"""`\photo[width][frame]{file}`."""


class CvContact(CommandBase):
    r"""`\cvcontact[kind]{text}` of `cvmodernheads.sty`: one more contact."""


class Quote(CommandBase):
    r"""`\quote{text}`: under the head."""


class MakeCvTitle(CommandBase):
    r"""`\makecvtitle`."""


class Section(CommandBase):
    r"""`\section{title}`."""


class CvEntry(CommandBase):
    r"""`\cventry{dates}{position}{employer}{place}{team}{score}`."""


class CvItem(CommandBase):
    r"""`\cvitem{label}{text}`."""


class CvListItem(CommandBase):
    r"""`\cvlistitem{text}`."""


class CvNumberedItem(CommandBase):
    r"""`\cvnumbereditem{number}{text}` of `cvmodernrecords.sty`: a number for its bullet."""


class CvRow(CommandBase):
    r"""`\cvrow[gap]{title}{about}{dates}` of `cvmodernrows.sty`: a short entry."""


class CvRows(latex.Block):
    r"""`\begin{cvrows} … \end{cvrows}` of `cvmodernrows.sty`: rows that look alike."""


class CvRole(CommandBase):
    r"""`\cvrole{dates}{position}{team and place}` of `cvmodernrecords.sty`: one of several."""


class CvParagraph(CommandBase):
    r"""`\cvparagraph{text}` of `cvmodernrecords.sty`: below a head."""


class CvInlineItem(CommandBase):
    r"""`\cvinlineitem{language}{fluency}`: one of them."""


class Recipient(CommandBase):
    r"""`\recipient{name}{address}`: whom a letter is to."""


class LetterDate(CommandBase):
    r"""`\date{place and date}`."""

    _latex_name = "date"


class Subject(CommandBase):
    r"""`\subject{subject}` of `cvmodernheads.sty`."""


class Opening(CommandBase):
    r"""`\opening{text}`."""


class Closing(CommandBase):
    r"""`\closing{text}`."""


class Signature(CommandBase):
    r"""`\signature{file}` of `cvmodernheads.sty`: a picture above the name."""


class MakeLetterTitle(CommandBase):
    r"""`\makelettertitle`."""


class MakeLetterClosing(CommandBase):
    r"""`\makeletterclosing`."""


class Subsection(CommandBase):
    r"""`\subsection{title}`."""


class CvKeep(CommandBase):
    r"""`\cvkeep` of `cvmodernrecords.sty`: the last bullet does not stand alone on a page."""


class CvRemark(CommandBase):
    r"""`\cvremark{line}` of `cvmodernrecords.sty`: said of all publications of a section."""


PARTS: Mapping[Style, tuple[str, ...]] = {
    "banking": (r"\moderncvhead{3}", r"\moderncvbody[mixedrules,left]{3}"),
    "casual": (r"\moderncvhead[details,right]{2}", r"\moderncvbody{1}"),
    "classic": (r"\moderncvhead[left]{1}", r"\moderncvbody{1}"),
    "fancy": (r"\moderncvhead{5}", r"\moderncvbody{1}"),
    "oldstyle": (r"\moderncvhead{4}", r"\moderncvbody{1}"),
}
"""What the class's `moderncvstyle….sty` load, less fonts and icons.

`casual` has the contacts in its head: in the foot, as in the class, they would
stand on every page, and a reader of the PDF's text would find them in the middle. `fancy` and
`oldstyle` have the body of `classic`, which `cvmodernrecords.sty` lays out anew: in the class each
item is a row of a table, and the columns beside them are empty from the second page on.
"""

NAMES: Mapping[Style, str] = {"casual": "{30}{34}", "classic": "{29}{33}"}
"""The size of the name where that of the class leaves no room beside it."""

FACES: Mapping[Style, TypefaceName] = {
    "banking": "source-sans",
    "casual": "lmodern",
    "classic": "lmsans",
    "fancy": "source-serif",
    "oldstyle": "heros",
}
"""The face of each style where none is asked for."""

FIGURES: Mapping[Style, latex.Figures] = {"fancy": "oldstyle"}
"""The figures of a style where they are no lining ones."""

DARK: Mapping[Colour, Mapping[int, str]] = {
    "green": {1: "2E7D32"},
    "grey": {1: "6B6B6B", 2: "6B6B6B"},
    "orange": {1: "B85C00"},
    "red": {1: "C4301F"},
}
"""Colours in the place of those of the class's schemes that are too light for text: each of
these is at least 4.5 to 1 on white."""

MARGIN = "17mm"
MARGINS: Mapping[tuple[Style, str], str] = {
    ("banking", "left"): "23mm",
    ("banking", "right"): "23mm",
}
"""The margins where none are asked for; lines of banking would be long else."""

DATED = ("casual", "classic")
"""Styles with a column of dates, and of labels and numbers, at the left."""
HANGING = ("fancy", "oldstyle")
"""Styles with a column of titles at the left, and with dates at the right."""
ROWS = frozenset({"awards", "certificates", "grants", "memberships", "patents"})
"""Kinds whose heads are rows, whatever stands below them."""
BELOW = ("summary", "description", "highlights", "keywords", "inventors")
"""What of a record would stand below a row."""


LINES = frozenset({"skills", "interests"})
"""Kinds whose records are a line or two."""
MANY = 5
"""So many of them may stand on two pages, two at least on each."""
LONG = 10
"""Of so many rows four stand on a page, at least."""


def _below(entry: Entry) -> bool:
    """Tell whether anything stands below the head of an entry."""
    return bool(entry.body or entry.bullets or entry.keywords)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerncvOptions(latex.Options):
    """The theme's options, under `meta.themes.moderncv`."""

    style: Style = "banking"
    """The class's style: how head and entries are laid out."""
    colour: Colour = "blue"
    """The class's scheme of colours."""
    accent: latex.Colour | None = None
    """A colour over the first one of the scheme: 1F3A5F."""
    quote: model.Prose | None = None
    """A line under the head."""
    links: Literal["plain", "coloured"] = "plain"
    """Whether links have the accent's colour."""
    density: latex.Density | None = None
    """How close all stands, from 0, the theme's own look, to 64: first gaps get smaller, then
    the leading, the margins, and the type down to 9pt."""
    spacing: Literal["normal", "compact"] = "normal"
    """Where `density` is not given: compact is a density of 32."""
    figures: latex.Figures | None = None
    """Figures as high as capitals, or old-style ones, where the typeface has them; by default
    of the style's: fancy has old-style ones."""
    font: TypefaceName | None = None
    """The typeface; by default each style has its own: banking source-sans, casual lmodern,
    classic lmsans, fancy source-serif, oldstyle heros."""
    font_size: latex.FontSize = latex.FontSize("10pt")
    """The size of the text: 9pt to 12pt, in halves of a point."""
    margin: Length | None = None
    """How wide the page's margins are: 20mm, 2 cm, 0.75in; by default 17mm, at the sides of
    banking 23mm."""
    margin_top: Length | None = None
    """The margin at the top, where it is another than `margin`."""
    margin_bottom: Length | None = None
    """The margin at the bottom, where it is another than `margin`."""
    margin_left: Length | None = None
    """The margin at the left, where it is another than `margin`."""
    margin_right: Length | None = None
    """The margin at the right, where it is another than `margin`."""
    icons: bool = True
    """Whether contacts have icons."""
    bullet: Literal["disc", "dash"] = "disc"
    """The sign before an item of a list: • or –."""
    footer: Text | None = None
    """What stands at the foot of each page."""
    titles: latex.TitleCase | None = None
    """How titles of sections are set: in capitals, in small capitals, or as they are
    written; where it is absent, as `capitals` says."""
    capitals: bool | None = None
    """Where `titles` is not given: whether titles are in capitals; by default in all styles but
    fancy and oldstyle."""
    photo: bool = True
    """Whether `basics.image` is set."""
    photo_size: Length = Length("22mm")
    """How wide the photo is."""
    photo_shape: Literal["original", "square", "circle"] = "original"
    """How the photo is cut."""
    justified: bool = False
    """Whether lines are stretched to the right margin."""
    hyphenation: bool = False
    """Whether words are divided at the ends of lines."""
    page_numbers: bool = True
    """Whether pages after the first have the name and their number at the foot: "Ada · 2/2"."""


class Theme(latex.Theme):
    summary = "the class moderncv, its styles and colours as options"
    requires = ("moderncv.cls", "pict2e.sty")
    packages = ("fonts-texgyre",)
    shared = ("cvpages.sty", "cvicons.sty")
    sets_photo = True
    weights: ClassVar[tuple[str, ...] | None] = ()
    documentclass = "moderncv"
    Options = ModerncvOptions
    options: ModerncvOptions

    @property
    def _face(self) -> latex.Typeface:
        figures = self.options.figures or FIGURES.get(self.options.style, "lining")
        return latex.set_in(self.face(), self.title_case(), figures)

    def face(self) -> TypefaceName:
        """Return the typeface of the text and the titles."""
        return self.options.font or FACES[self.options.style]

    def title_case(self) -> latex.TitleCase:
        """Return how the titles of sections are set."""
        options = self.options
        capitals = options.style not in HANGING if options.capitals is None else options.capitals
        return options.titles or ("capitals" if capitals else "written")

    def class_options(self) -> tuple[str, ...]:
        return (self.options.font_size.of_class, f"{self.options.paper}paper")

    def fonts(self) -> tuple[FontFamily, ...]:
        families = self._face.families
        return families if self.weights is None else tuple(f.less(self.weights) for f in families)

    def typeface(self) -> latex.Typeface:
        """Return the typeface with its figures, and small capitals if titles are set in them."""
        return self._face

    def furniture(self) -> tuple[str, ...]:
        numbers = latex.page_numbers(99) if self.options.page_numbers else ()
        return (*numbers, *(self.options.footer or "").split())

    def preamble(self) -> Latex:
        options = self.options
        lines: list[Latex] = [
            NoEscape(r"\nopagenumbers\name{}{}\title{} % asked for here; the real ones follow"),
            NoEscape(f"% The style {options.style} by its parts, without its icons and typefaces:"),
            *map(NoEscape, PARTS[options.style]),
        ]
        lines.append(NoEscape(rf"\moderncvcolor{{{options.colour}}}"))
        for number, dark in DARK.get(options.colour, {}).items():
            lines.append(NoEscape(rf"\definecolor{{color{number}}}{{HTML}}{{{dark}}}"))
        if options.accent:
            lines.append(NoEscape(rf"\definecolor{{color1}}{{HTML}}{{{options.accent}}}"))
        lines += self._face.lines(self.setting.engine)
        lines += latex.sized(options.font_size)
        if options.hyphenation:
            lines += self.hyphenation()
        geometry = [f"margin={options.margin or MARGIN}"]
        for side in SIDES:
            own = None if options.margin else MARGINS.get((options.style, side))
            if length := getattr(options, f"margin_{side}") or own:
                geometry.append(f"{side}={length}")
        lines.append(Package("geometry", options=[NoEscape(margin) for margin in geometry]))
        lines.append(Package("hyperref", options=["unicode", "pdfpagelabels=false"]))
        if size := NAMES.get(options.style):
            lines.append(NoEscape(rf"\renewcommand*{{\namefont}}{{\fontsize{size}\selectfont}}"))
        lines.append(Package("cvmoderncv"))
        if options.style in DATED:
            lines.append(NoEscape(rf"\cvdatescolumn{{{self._longest_dates()}}}"))
        elif options.style in HANGING:
            lines.append(NoEscape(r"\setlength{\hintscolumnwidth}{32mm}"))
        switches = {
            "cvbanking": options.style == "banking",
            "cvcasual": options.style == "casual",
            "cvclassic": options.style == "classic",
            "cvfancy": options.style == "fancy",
            "cvoldstyle": options.style == "oldstyle",
            "cvicons": options.icons,
            "cvjustified": options.justified,
            "cvhyphenation": options.hyphenation,
            "cvdashes": options.bullet == "dash",
            "cvsmallcaps": self.title_case() == "small-caps",
            "cvcircle": options.photo and options.photo_shape == "circle",
            "cvsquare": options.photo and options.photo_shape == "square",
        }
        lines += [NoEscape(f"\\{name}") for name, on in switches.items() if on]
        if options.footer:
            lines.append(NoEscape(rf"\cvfooter{{{latex.literal(options.footer)}}}"))
        if options.links == "coloured":
            lines.append(NoEscape(r"\hypersetup{colorlinks,allcolors=color1}"))
        if options.page_numbers:
            lines.append(NoEscape(r"\cvpagenumbers"))
        else:
            lines.append(NoEscape(r"\nofiles % nothing refers to a page: one run is enough"))
        return lines

    def _longest_dates(self) -> NoEscape:
        """Return the longest range of two months, or of a month and now, in the language."""
        months = [model.Date(2020, month) for month in range(1, 13)]
        said = [self.dates(month, model.Date.PRESENT) for month in months]
        said += [self.dates(model.Date(2010, month.month), month) for month in months]
        return max(filter(None, said), key=len)

    def knobs(self) -> Latex:
        return latex.dense(self.options.density, self.options.spacing == "compact")

    def basics(self, basics: model.Basics) -> Latex:
        head = self._personal(basics)
        return [*head, MakeCvTitle(), *self._paragraphs(self.paragraphs(basics.summary))]

    def letter(self, basics: model.Basics, letter: LetterPieces) -> Latex:
        typed = letter.typed
        first, *rest = letter.recipient or (NoEscape(""),)
        address = NoEscape("".join(rf"\cvletterline{{{line}}}" for line in rest))
        head: list[Latex] = [letter.marked(basics.source, self._personal(basics, quote=False))]
        said = (
            (Recipient([first, address]), typed.to),
            (letter.date and LetterDate([letter.date]), typed.place),
            (letter.subject and Subject([letter.subject]), typed.subject),
            (letter.opening and Opening([letter.opening]), typed.opening),
            (letter.closing and Closing([letter.closing]), typed.closing),
            (letter.signature and Signature([letter.signature]), typed.signature),
        )
        for command, value in said:
            if command:
                head.append(letter.marked((value or typed).source, command))
        body = letter.marked(typed.body.source, letter.text())
        end: list[Latex] = [MakeLetterClosing()]
        if letter.postscript and typed.ps:
            added = letter.added(self.word("postscript"), letter.postscript)
            end.append(letter.marked(typed.ps.source, added))
        if letter.enclosures:
            added = letter.added(self.word("enclosures"), [letter.enclosures])
            end.append(letter.marked(typed.enclosures[0].source, added))
        parts = [*head, MakeLetterTitle(), body, *end]
        return [letter.page(parts), NoEscape(r"\cvendletter")]

    def _personal(self, basics: model.Basics, quote: bool = True) -> list[Latex]:
        """Return the commands that say whose the head is."""
        first, space, last = basics.name.rpartition(" ")
        if basics.name.tex or not space:
            first, last = basics.name, ""
        head: list[Latex] = [Name([latex.literal(first), latex.literal(last)])]
        if basics.label:
            head.append(Title([latex.literal(basics.label)]))
        if basics.location and self.place(basics.location):
            head.append(Address(self._address(basics.location)))
        for contact in self.contacts(basics):
            body = latex.href(contact.url, contact.text) if contact.url else contact.text
            head.append(CvContact([body], options=contact.kind if self.options.icons else None))
        if basics.image and self.options.photo:
            head.append(Photo([latex.literal(basics.image)], options=self.options.photo_size))
        if self.options.quote and quote:
            head.append(Quote([latex.prose(self.options.quote)]))
        return head

    def _address(self, place: model.Place) -> list[NoEscape]:
        """Return the lines of an address: classic has two where a street is known."""
        lines = [self.place(place)]
        if self.options.style == "classic" and isinstance(place, model.Location) and place.address:
            town = self.place(dataclasses.replace(place, address=None))
            lines = [latex.literal(place.address), town]
        return given(*(*lines, None, None)[:3])

    def heading(self, section: model.Section) -> Latex:
        title: str = section.title
        if self.title_case() == "capitals":
            title = latex.upper(title, self.setting.words.code)
        return Section([latex.literal(title)])

    def language(self, language: model.Language) -> Latex:
        return CvInlineItem(given(self.text(language.language), self.text(language.fluency)))

    def skill(self, skill: model.Skill) -> Latex:
        if not (self.options.style in DATED and skill.name and skill.level):
            return super().skill(skill)
        level = NoEscape(rf"\textit{{{latex.literal(skill.level)}}}")  # no room beside the name
        said = latex.join(skill.keywords, self.setting.words.comma) if skill.keywords else None
        body = NoEscape(rf"{level}\cvcolon\cvcolonspace {said}") if said else level
        return self.line(self.text(skill.name), body)

    def interest(self, interest: model.Interest) -> Latex:
        if self.brief:
            return CvInlineItem(given(None, self.text(interest.name)))
        return super().interest(interest)

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        if section.kind == "languages" or (section.kind == "interests" and self.brief):
            said = [item for item in items if item.record is None]
            bodies = [NoEscape(item.body.strip("\n")) for item in items if item.record]
            return [*super().section(section, said), CvInline(data=bodies)]
        lines, few = section.kind in LINES, len(items) <= MANY
        alike = (section.kind == "projects" or self.brief or section.kind in ROWS) and all(
            map(self._is_row, section.records)
        )
        bullets = all(self.is_bullet(item.record) for item in items if item.record)
        if lines or bullets or alike or section.kind in {*ROWS, "references"}:
            near = 3 if alike and len(items) >= LONG else 1  # none stands alone on a page
            items = [
                Item(item.record, NoEscape(f"\\cvkeep\n{item.body}"))
                if place and ((lines and few) or not near < place < len(items) - near)
                else item
                for place, item in enumerate(items)
            ]
        if alike and len(section.records) > 1:
            said = [item for item in items if item.record is None]
            bodies = [NoEscape(item.body.strip("\n")) for item in items if item.record]
            return [*super().section(section, said), CvRows(data=bodies)]
        return super().section(section, items)

    def _is_row(self, record: model.Record) -> bool:
        """Tell whether a record of a kind that may be a row has nothing below it, nor asks for a
        page of its own."""
        below = not self.brief and any(getattr(record, name, None) for name in BELOW)
        return not (below or self.is_bullet(record) or getattr(record, "page_break", False))

    def places(self) -> frozenset[Piece]:
        return frozenset({"keywords", "courses", "score", "span"})

    def entry(self, entry: Entry) -> Latex:
        if self.brief:
            said = (*entry.body, *(bullet.text for bullet in entry.bullets))
            detail = latex.comma(entry.detail, *said)
            entry = dataclasses.replace(entry, detail=detail, body=(), bullets=())
        if self.brief or entry.kind in ROWS or (entry.kind == "projects" and not _below(entry)):
            return CvRecord(data=[self._row(entry), *self._body(entry)])
        if entry.kind in ("projects", "references"):
            head = self._row(entry, options=NoEscape(r"\cventrygap"))
            return CvRecord(data=[head, *self._body(entry)])
        title, subtitle = entry.title, entry.subtitle
        if self.options.style != "banking" and not title:  # what there is leads
            title, subtitle = subtitle, title
        score = self.scored(entry.score) if entry.score else None
        dates = entry.dates or entry.span
        head = CvEntry(given(dates, subtitle, title, entry.place, entry.detail, score))
        roles = [CvRecord(data=self._role(role)) for role in entry.roles]
        return CvRecord(data=[head, *self._body(entry), *roles])

    def _row(self, entry: Entry, options: NoEscape | None = None) -> Latex:
        """Return the head of a short entry, which takes one line; `options` is what is above it."""
        about = latex.comma(entry.subtitle, entry.detail, entry.place)
        return CvRow(given(entry.title, about, entry.dates), options=options)

    def _role(self, role: Entry) -> list[Latex]:
        detail = latex.comma(role.detail, role.place)
        head = CvRole(given(role.dates, role.subtitle or role.title, detail))
        return [head, *self._body(role)]

    def line(self, label: NoEscape | None, body: NoEscape | None) -> Latex:
        if label and not body:  # the class would set a colon after it
            return CvItem(given(None, NoEscape(rf"\hintstyle{{{label}}}")))
        return CvItem(given(label, body))

    def remark(self, body: NoEscape) -> Latex:
        return CvRemark([body])

    def reference(self, reference: model.Reference) -> Latex:
        return self.entry(self.referee(reference))  # whatever is said of them

    def bullet(self, body: NoEscape) -> Latex:
        return CvListItem([body])

    def numbered(self, number: NoEscape, body: NoEscape) -> Latex:
        if self.options.style in DATED:
            return CvItem([NoEscape(f"{number}."), body])
        return CvNumberedItem([NoEscape(f"{number}."), body])

    def group(self, title: NoEscape) -> Latex:
        return Subsection([title])

    def items(self, bodies: Sequence[NoEscape]) -> Latex:
        return list(bodies)

    def _body(self, entry: Entry) -> list[Latex]:
        items = [*self._paragraphs(entry.body), *map(self._list_item, entry.bullets)]
        for word, values in (("courses", entry.courses), ("keywords", entry.keywords)):
            if values:
                line = rf"\textit{{{self.word(word)}:}} {', '.join(values)}"
                items.append(CvParagraph([NoEscape(line)]))
        if len(items) > 1:
            items.insert(-1, CvKeep())
        return items

    def introduction(self, paragraphs: Sequence[NoEscape]) -> Latex:
        return self._paragraphs(paragraphs)

    def _paragraphs(self, paragraphs: Sequence[NoEscape]) -> list[Latex]:
        parts: list[Latex] = []
        for paragraph in paragraphs:
            if isinstance(paragraph, TextList):
                parts += map(self._list_item, paragraph.bullets)
            else:
                parts.append(CvParagraph([paragraph]))
        return parts

    def _list_item(self, bullet: Bullet) -> Latex:
        body = NoEscape(bullet.text + self._nested(bullet.bullets))
        return self.numbered(bullet.number, body) if bullet.number else CvListItem([body])

    def _nested(self, bullets: Sequence[Bullet]) -> str:
        if not bullets:
            return ""
        return f"\n{self.listing(bullets)}"
