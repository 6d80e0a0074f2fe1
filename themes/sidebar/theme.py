"""sidebar: two columns; photo, contacts, skills and languages stand on a panel at the side.

What is read off the PDF is the name, then the side column, then the main column: each
as a whole, page by page.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Block,
    Colour,
    ColumnWidth,
    Contact,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    CvSection,
    CvText,
    Entry,
    Item,
    Latex,
    Length,
    SectionName,
    TextList,
    TypefaceName,
    given,
    literal,
)
from cvtex.latex.levels import steps
from cvtex.latex.panel import Column, choose, points, together
from cvtex.latex.ties import ended, undivided
from cvtex.model import Section


class CvSide(Block):
    r"""`\begin{cvside} … \end{cvside}`: what belongs to the side column, in parts."""


class CvPhoto(CommandBase):
    r"""`\cvphoto{file}`."""


class CvContact(CommandBase):
    r"""`\cvcontact[kind]{text}`; the kind chooses the icon."""


class CvEntry(CommandBase):
    r"""`\cventry{head}{whose}{dates}{place}{detail}`."""


class CvEmployer(CommandBase):
    r"""`\cvemployer{name}`, of several posts."""


class CvSkill(CommandBase):
    r"""`\cvskill{name}{level}{steps}`: the head of a group of skills."""


class CvLanguage(CommandBase):
    r"""`\cvlanguage{language}{fluency}{steps}`."""


class CvStack(CommandBase):
    r"""`\cvstack{project}{roles}`."""


class CvTags(Block):
    r"""`\begin{cvtags} \cvtag{…} … \end{cvtags}`."""


class CvTag(CommandBase):
    r"""`\cvtag{word}`: a word on a field of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnedOptions(latex.ArticleOptions):
    """The options of all themes in two columns."""

    margin: Length = Length("15mm")
    side: Literal["left", "right"] = "left"
    """Where the panel is."""
    side_width: ColumnWidth = ColumnWidth("60mm")
    """How wide the panel is: 45mm to 100mm."""
    side_sections: tuple[SectionName, ...] | None = None
    """The sections that stand on the panel; if nobody says, skills, languages, certificates and
    interests do, and other short sections where they leave it much room."""
    photo_shape: Literal["original", "square", "circle"] = "circle"
    skills: Literal["tags", "list"] = "tags"
    """Whether keywords of skills are tags, or a list with commas."""
    levels: Literal["bars", "dots", "text"] = "bars"
    """How levels of languages and skills are drawn beside their words."""
    icons: bool = True
    """Whether contacts have icons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarOptions(ColumnedOptions):
    """The theme's options, under `meta.themes.sidebar`."""

    font: TypefaceName = "source-sans"
    side_pages: Literal["needed", "all"] = "needed"
    """Whether the panel is on every page, or on those that something of the side stands on; the
    text of the others stands in their middle, in lines of at most 44 em."""
    panel: Colour | None = None
    """The panel's colour; by default a tint of the accent."""


class Theme(latex.ArticleTheme):
    summary = "two columns: photo, contacts, skills and languages on a panel at the side"
    style = "cvsidebar"
    requires = ("pict2e.sty",)
    weights = ()
    shared = ("cvpages.sty", "cvbase.sty", "cvicons.sty")
    Options = SidebarOptions
    Columned: ClassVar[type[ColumnedOptions]] = ColumnedOptions
    options: Any  # of this theme, or of one that is built on it and has no panel
    _aside: frozenset[str] = frozenset()
    _taken: tuple[float, float, float] = (0, 0, 0)
    # above the panel, on it, and in the main column, in points

    def geometry(self) -> tuple[str, ...]:
        options = self.options
        inner, outer = ("left", "right") if options.side == "left" else ("right", "left")
        return (
            f"vmargin={options.margin}",
            rf"{inner}=\dimexpr {options.side_width}+7mm\relax",
            f"{outer}={options.margin}",
        )

    def beside(self, side: str, length: str) -> str:
        """Return the margin at a side; at the panel's it lies between the panel and the text."""
        return rf"\dimexpr {self.taken()}+{length}\relax" if side == self.options.side else length

    def taken(self) -> str:
        """Return how much of the page's width the panel takes."""
        return str(self.options.side_width)

    def switches(self) -> dict[str, bool]:
        options = self.options
        return super().switches() | {
            "cvright": options.side == "right",
            "cveverypage": getattr(options, "side_pages", "needed") == "all",
            "cvicons": options.icons,
            "cvbars": options.levels == "bars",
            "cvdots": options.levels == "dots",
        }

    def preamble(self) -> Latex:
        lines = [super().preamble()]
        lines.append(NoEscape(rf"\setlength{{\cvsidewidth}}{{{self.taken()}}}"))
        colours = {"cvpanel": "accent!9", "cvtagfield": "accent!24"}
        if colour := self.panel():
            lines.append(NoEscape(rf"\definecolor{{panel}}{{HTML}}{{{colour}}}"))
            colours["cvpanel"] = "panel"
            if colour.is_dark:
                colours |= {"cvsidetext": "white", "cvtagfield": "panel!75!white"}
                lines.append(NoEscape(ON_DARK))
        lines += [
            NoEscape(rf"\renewcommand*{{\{name}}}{{\color{{{colour}}}}}")
            for name, colour in colours.items()
        ]
        return lines

    def panel(self) -> Colour | None:
        """Return the colour of the panel where it is no tint of the accent."""
        colour: Colour | None = self.options.panel
        return colour

    def arrange(self, sections: Sequence[Section]) -> Sequence[Section]:
        chosen = self.options.side_sections
        if chosen is None:
            chosen = choose(sections, *self._columns())
        self._aside = frozenset(chosen)
        return sorted(sections, key=lambda section: not self._is_aside(section))

    def balances(self) -> bool:
        return self.options.side_sections is None

    def _columns(self) -> tuple[Column, Column]:
        """Return the panel and the main column, as exactly as they are known without a font."""
        options, (above, contacts, head) = self.options, self._taken
        size, margin, side = map(points, (options.font_size, options.margin, self.taken()))
        wide, high = map(points, PAPER[options.paper])
        panel = Column(side - points("13mm"), high - 2 * margin - above, 0.9 * size, contacts)
        main = Column(wide - side - points("7mm") - margin, high - 2 * margin, size, head)
        return panel, main

    def _reckon(self, basics: model.Basics, contacts: int) -> None:
        """Say how much of both columns is taken above the first section."""
        photo = PHOTO if self.photo(basics) else 0
        name = NAME + (LABEL if basics.label else 0)
        summary = self._columns()[1].lines(basics.summary or "") * LINE
        self._taken = (0 if photo else name - 10, photo + contacts * CONTACT, name + summary)

    def _is_aside(self, section: Section) -> bool:
        return section.name in self._aside

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        aside: list[Latex] = []
        if photo := self.photo(basics):
            aside.append(CvPhoto([photo]))
        if contacts := self._contacts(basics):
            aside.append(CvContacts(data=contacts))
        parts: list[Latex] = [*self.owner(basics), CvHead(data=head)]
        if aside:
            parts.append(self.aside(aside))
        return [*parts, *self.texts(self.paragraphs(basics.summary))]

    def _contacts(self, basics: model.Basics) -> list[Latex]:
        contacts = list(self.contacts(basics))
        if place := self.place(basics.location):
            contacts.insert(0, Contact(kind="place", text=undivided(place)))
        self._reckon(basics, len(contacts))
        return [self._contact(contact) for contact in contacts]

    def _contact(self, contact: Contact) -> Latex:
        if not self.options.icons:
            return CvContact([self.link(contact)])
        if whole := ACCOUNT.fullmatch(contact.text):  # the icon says what it is
            contact = dataclasses.replace(contact, text=NoEscape(whole[1]))
        return CvContact([self.link(contact)], options=contact.kind)

    def heading(self, section: Section) -> Latex:
        return CvSection([self.title(section)])

    def section(self, section: Section, items: Sequence[Item]) -> Latex:
        if self._is_aside(section):
            return self.aside(super().section(section, items))
        return super().section(section, self.kept(items))

    def kept(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return a section's records, some of which are not to stand alone on a page."""
        return together(items, self._columns()[1])

    def aside(self, parts: Sequence[Latex]) -> Latex:
        """Return what is to stand at the side."""
        return CvSide(data=list(parts))

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score", "span"})

    def entry(self, entry: Entry) -> Latex:
        if entry.kind == "projects" and entry.detail and not entry.subtitle:
            title = NoEscape(CvStack(given(entry.title, entry.detail)).dumps())
            entry = dataclasses.replace(entry, title=title, detail=None)
        return super().entry(entry)

    def as_row(self, entry: Entry) -> Entry:
        return entry  # on the panel detail and place stand apart

    def head(self, entry: Entry) -> Latex:
        head, whose = self.led(entry)
        if entry.roles and head:
            head = NoEscape(CvEmployer([head]).dumps())
        if whose and ", " in whose:  # an address within it has none
            whose = NoEscape(whose.replace(", ", r",\cvaftercomma{} "))
        return CvEntry(given(head, whose, entry.dates, entry.place, entry.detail))

    def texts(self, paragraphs: Sequence[NoEscape]) -> list[Latex]:
        return super().texts([p if isinstance(p, TextList) else ended(p) for p in paragraphs])

    def bullet(self, body: NoEscape) -> Latex:
        return super().bullet(ended(body))

    def skill(self, skill: model.Skill) -> Latex:
        level = NoEscape(steps(skill.level))
        head = CvSkill(given(self.text(skill.name), self.text(skill.level), level))
        if self.options.skills == "list" and skill.keywords:
            words: list[Latex] = [CvText([latex.join(skill.keywords, self.setting.words.comma)])]
        elif skill.keywords:
            words = [CvTags(data=[CvTag([literal(word)]) for word in skill.keywords])]
        else:
            words = []
        return [head, *words]

    def language(self, language: model.Language) -> Latex:
        level = NoEscape(steps(language.fluency))
        return CvLanguage(given(self.text(language.language), self.text(language.fluency), level))


PAPER = {"a4": ("210mm", "297mm"), "letter": ("8.5in", "11in")}
PHOTO, NAME, LABEL, CONTACT, LINE = 105, 36, 18, 13.2, 12.4
"""How high these are with the gaps around them, in points."""

ACCOUNT = re.compile(r"[^:]+: (@[^@ ]+@[^@ ]+)")
"""An account whose name says its host, after the network's: Mastodon: @ada@example.org."""

ON_DARK = r"""\renewcommand*{\cvsidecolours}{%
  \renewcommand*{\cvaccent}{\color{white}}\renewcommand*{\cvquiet}{\color{white!80!panel}}%
  \hypersetup{allcolors=white}}"""
"""Titles, quiet text and links on a dark panel."""
