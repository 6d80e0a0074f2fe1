"""europass: the class europasscv, the curriculum vitae that European employers ask for.

`cveuropass.cls` loads the real class and changes what a reader of the PDF's text would
stumble over: what stands in the page's head is written after the page's text, so that
the name comes first; long texts may run over a page's end; fonts are found by file.

The class asks for soul (Debian: `texlive-plain-generic`), and its look for a face like
Helvetica: TeX Gyre Heros, whose OpenType files XeLaTeX and LuaLaTeX take from
`fonts-texgyre`. `cvtex toolchain install --theme europass` brings both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Block,
    Colour,
    Contact,
    CvHead,
    CvInline,
    CvLabel,
    CvName,
    CvSection,
    FontSize,
    Item,
    Latex,
    Length,
    TypefaceName,
    dataclass,
    given,
    literal,
    sized,
)


class CvContact(CommandBase):
    r"""`\cvcontact[icon]{text}`, with one of the class's icons."""


class CvGrid(Block):
    r"""`\begin{cvgrid} … \end{cvgrid}` around languages with their levels."""


class CvLanguage(CommandBase):
    r"""`\cvlanguage{language}{listening}{reading}{interaction}{production}{writing}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EuropassOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.europass`.

    Five levels of the CEFR are of listening, reading, spoken interaction, spoken
    production, writing.
    """

    font: TypefaceName = "heros"
    font_size: FontSize = FontSize("9pt")
    margin: Length = Length("12.5mm")
    accent: Colour = Colour("0E4194")
    """The colour of what stands out; with one of your own all has that one colour."""
    logo: bool = True
    """Whether the logo of Europass is set."""
    heading: bool = True
    """Whether “Curriculum Vitae” stands beside the logo, in the CV's language."""
    icons: bool = True
    """Whether contacts have icons."""
    languages: Literal["grid", "list"] = "grid"
    """Languages with levels of the CEFR (C1, or five of them) in a grid, or all in a list."""
    page_numbers: bool = True


CLASS_LANGUAGES: Mapping[str, str] = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norsk",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sk": "slovak",
    "sl": "slovenian",
    "sv": "swedish",
    "tr": "turkish",
}
"""The languages beside English that the class has words of (its `def/`); not Greek, whose words it
sets in its own face, which has no Greek letters."""

GRID_WORDS: Mapping[str, str] = {
    "de": "Verstehen Hören Lesen Sprechen An Gesprächen teilnehmen Zusammenhängendes Sprechen "
    "Schreiben A1, A2: Elementare Sprachverwendung B1, B2: Selbständige Sprachverwendung "
    "C1, C2: Kompetente Sprachverwendung Gemeinsamer Europäischer Referenzrahmen für Sprachen",
    "en": "Understanding Listening Reading Speaking Spoken interaction Spoken production "
    "Writing A1, A2: Basic user B1, B2: Independent user C1, C2: Proficient user "
    "Common European Framework of Reference for Languages",
}
"""What the class writes into its grid of languages; English where a language is not here."""

ICONS: Mapping[str, str] = {
    "place": "address",
    "phone": "telephone",
    "email": "mail",
    "web": "website",
    "github": "github",
    "gitlab": "gitlab",
    "linkedin": "linkedin",
    "orcid": "orcid",
    "signal": "im",
    "skype": "im",
    "telegram": "im",
    "matrix": "im",
}
"""The class's icon for a kind of contact; what has none of its own gets none."""

LEVEL = re.compile(r"[ABC][12]")


def levels(fluency: str | None) -> tuple[str, ...]:
    """Return five levels of the CEFR: those that were typed, or the one for all; else none."""
    found = tuple(LEVEL.findall(fluency or ""))
    if LEVEL.sub("", fluency or "").strip(" ,/"):
        return ()
    return found * 5 if len(found) == 1 else found if len(found) == 5 else ()


class Theme(latex.ArticleTheme):
    summary = "the class europasscv, with its grid of language levels"
    requires = ("europasscv.cls", "soul.sty")
    packages = ("texlive-plain-generic", "fonts-texgyre")
    shared = ("cvpages.sty",)
    documentclass = "cveuropass"
    Options = EuropassOptions
    options: EuropassOptions

    def class_options(self) -> tuple[str, ...]:
        size = self.options.font_size
        sizes = ("10pt",) if size == "9pt" else (size.of_class, "bigfont")
        language = CLASS_LANGUAGES.get(self._code)
        return (f"{self.options.paper}paper", *sizes, *((language,) if language else ()))

    @property
    def _code(self) -> str:
        return self.setting.words.code.partition("-")[0]

    def furniture(self) -> tuple[str, ...]:
        words = [GRID_WORDS.get(self._code, GRID_WORDS["en"])]
        if self.options.page_numbers:
            words += ["/", *self._page(), *map(str, range(1, 100))]
        return (*words, *self.foot())

    def _page(self) -> tuple[str, str, str]:
        """Return what stands before, between and after the numbers of "Page 2 of 5"."""
        before, _, rest = self.setting.words.words["page"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        return before, between, after

    def preamble(self) -> Latex:
        options = self.options
        lines: list[Latex] = [*latex.TYPEFACES[options.font].lines(self.setting.engine)]
        if options.font_size != "9pt":  # the class's own
            lines += sized(options.font_size)
        if options.hyphenation:
            lines += self.hyphenation()
        lines += [
            NoEscape(rf"\setlength{{\cvmargin}}{{{options.margin}}}"),
            NoEscape(rf"\definecolor{{ecvsectioncolor}}{{HTML}}{{{options.accent}}}"),
        ]
        if options.accent != EuropassOptions().accent:
            lines.append(NoEscape(r"\cvoneaccent"))
        if sides := self.sides():
            lines.append(NoEscape(rf"\cvsides{{{','.join(sides)}}}"))
        lines += self.extras()
        lines += [NoEscape(f"\\{name}") for name, on in self.switches().items() if on]
        if options.heading:
            lines.append(NoEscape(rf"\renewcommand*{{\cvheading}}{{{self.word('cv')}}}"))
        if options.page_numbers:
            before, between, after = (latex.join([piece]) for piece in self._page())
            pattern = NoEscape(f"{before}#1{between}#2{after}")
            lines.append(NoEscape(rf"\renewcommand*{{\cvpage}}[2]{{{pattern}}}"))
        else:
            lines.append(NoEscape(r"\nofiles % nothing refers to a page: one run is enough"))
        if options.links == "coloured":
            lines.append(NoEscape(r"\hypersetup{colorlinks,allcolors=ecvsectioncolor}"))
        return lines

    def switches(self) -> dict[str, bool]:
        return {**super().switches(), "cvlogo": self.options.logo}

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        contacts = list(self.contacts(basics))
        if place := self.place(basics.location):
            contacts.insert(0, Contact(kind="place", text=place))
        head += [self._contact(contact) for contact in contacts]
        summary = self.texts(self.paragraphs(basics.summary))
        return [CvHead(data=head, options=self.photo(basics)), *summary]

    def _contact(self, contact: Contact) -> Latex:
        icon = ICONS.get(contact.kind) if self.options.icons else None
        return CvContact([self.link(contact)], options=icon)

    def heading(self, section: model.Section) -> Latex:
        return CvSection([self.title(section)])

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        if section.kind != "languages":
            return super().section(section, items)
        parts: list[Latex] = [self.heading(section)]
        for in_grid, run in groupby(items, key=lambda item: bool(self._levels(item.record))):
            bodies: list[Latex] = [NoEscape(item.body.strip("\n")) for item in run]
            parts.append(CvGrid(data=bodies) if in_grid else CvInline(data=bodies))
        return parts

    def _levels(self, record: model.Record | None) -> tuple[str, ...]:
        if isinstance(record, model.Language) and self.options.languages == "grid":
            return levels(record.fluency)
        return ()

    def language(self, language: model.Language) -> Latex:
        if found := self._levels(language):
            return CvLanguage([*given(self.text(language.language)), *map(literal, found)])
        return super().language(language)
