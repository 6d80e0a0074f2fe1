"""sidebar: two columns; photo, contacts, skills and languages stand on a panel at the side.

What is read off the PDF is the name, then the side column, then the main column: each
as a whole, page by page.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
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
    TypefaceName,
    given,
    literal,
)
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
    interests do, and awards and memberships where they leave it much room."""
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


LEVELS: Mapping[str, int] = {
    "native": 6,
    "mother tongue": 6,
    "bilingual": 6,
    "muttersprach": 6,
    "zweisprachig": 6,
    "master": 6,
    "expert": 6,
    "fluent": 5,
    "full professional": 5,
    "proficient": 5,
    "fließend": 5,
    "verhandlungssicher": 5,
    "professional working": 4,
    "advanced": 4,
    "fortgeschritten": 4,
    "limited working": 3,
    "conversational": 3,
    "intermediate": 3,
    "gute kenntnisse": 3,
    "elementary": 1,
    "basic": 1,
    "beginner": 1,
    "novice": 1,
    "grundkenntnisse": 1,
    "maternelle": 6,  # and the words for a native language in other languages
    "bilingue": 6,
    "nativ": 6,
    "materna": 6,
    "madrelingua": 6,
    "moedertaal": 6,
    "modersmål": 6,
    "morsmål": 6,
    "ojczyst": 6,
    "mateřsk": 6,
    "rodil": 6,
    "äidinkieli": 6,
    "anyanyelv": 6,
    "anadil": 6,
    "ana dil": 6,
    "родной": 6,
    "courant": 5,
    "vloeiend": 5,
    "fluido": 5,
    "flytande": 5,
    "anfänger": 1,
}
"""What words say of a level, in the six steps of the CEFR (A1 to C2, where native is 6 too)."""


PANEL = frozenset({"skills", "languages", "certificates", "interests"})
FILL = ("awards", "memberships")
"""The sections that fill a panel that is left empty, in this order."""
FULL, PHOTO, MOST, WIDE = 56, 12, 6, 28
"""Lines of a panel that it is good to fill, and of a photo; most records of a section there; about
how many letters a line has."""


def _lines(section: Section) -> int:
    """Return about how many lines of a panel a section takes."""
    lines = 2
    for record in section.records:
        texts = [value for value in model.texts(record) if value]
        if isinstance(record, model.Skill):  # tags, with their frames
            lines += 1 + -(-sum(len(text) + 4 for text in texts[1:]) // WIDE)
        elif isinstance(record, model.Language):
            lines += 1
        else:
            lines += 2 + sum(-(-len(text) // WIDE) for text in texts)
    return lines


def steps(level: str | None) -> int:
    """Return a level in steps of six; 0 where it says none, or more than one."""
    said = (level or "").casefold()
    if match := re.search(r"\b([abc])([12])\b", said):
        return "abc".index(match[1]) * 2 + int(match[2])
    if match := re.search(r"\b(\d{1,3}) ?%", said):
        return max(1, round(min(int(match[1]), 100) * 6 / 100))
    found = {step for word, step in LEVELS.items() if word in said}
    return found.pop() if len(found) == 1 else 0


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
    _taken = 0  # lines of the panel that photo and contacts take

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
        if panel := self.panel():
            lines.append(NoEscape(rf"\definecolor{{panel}}{{HTML}}{{{panel}}}"))
            colours["cvpanel"] = "panel"
            if panel.is_dark:
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
            chosen = self._chosen(sections)
        self._aside = frozenset(chosen)
        return sorted(sections, key=lambda section: not self._is_aside(section))

    def balances(self) -> bool:
        return self.options.side_sections is None

    def _chosen(self, sections: Sequence[Section]) -> set[str]:
        """Return the names of the sections that stand on the panel if nobody says which."""
        chosen = {section.name for section in sections if section.name in PANEL}
        full = self._taken + sum(map(_lines, (s for s in sections if s.name in chosen)))
        for name in FILL:
            for section in (s for s in sections if s.name == name and s.records):
                if full + _lines(section) < FULL and len(section.records) <= MOST:
                    full += _lines(section)
                    chosen.add(name)
        return chosen

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
        self._taken = len(contacts) + 2 + (PHOTO if self.photo(basics) else 0)
        if place := self.place(basics.location):
            contacts.insert(0, Contact(kind="place", text=place))
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
        parts = super().section(section, items)
        return self.aside(parts) if self._is_aside(section) else parts

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


ACCOUNT = re.compile(r"[^:]+: (@[^@ ]+@[^@ ]+)")
"""An account whose name says its host, after the network's: Mastodon: @ada@example.org."""

ON_DARK = r"""\renewcommand*{\cvsidecolours}{%
  \renewcommand*{\cvaccent}{\color{white}}\renewcommand*{\cvquiet}{\color{white!80!panel}}%
  \hypersetup{allcolors=white}}"""
"""Titles, quiet text and links on a dark panel."""
