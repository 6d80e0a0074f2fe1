"""europass: the curriculum vitae of the European Union, in the form that it has since 2020.

`look: 2013` has the form before that: the class europasscv, which Debian has in
`texlive-latex-extra`, with soul of `texlive-plain-generic`. `cveuropass2013.cls` loads the
real class and changes what a reader of the PDF's text would stumble over.

The look of 2020 is our own, on LaTeX's article. `cvtex toolchain install --theme europass`
brings what either needs.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar, Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Block,
    Colour,
    Contact,
    CvContacts,
    CvHead,
    CvInline,
    CvLabel,
    CvName,
    CvSection,
    FontSize,
    Item,
    Latex,
    Length,
    Setting,
    TypefaceName,
    dataclass,
    given,
    literal,
    sized,
)


class CvContact(CommandBase):
    r"""`\cvcontact[kind]{text}`; the kind chooses the icon."""


class CvGrid(Block):
    r"""`\begin{cvgrid} … \end{cvgrid}` around languages with their levels."""


class CvLanguage(CommandBase):
    r"""`\cvlanguage{language}{listening}{reading}{interaction}{production}{writing}`."""


class CvLevels(CommandBase):
    r"""`\cvlevels{framework}`: what the levels of a grid are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EuropassOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.europass`.

    Five levels of the CEFR are of listening, reading, spoken interaction, spoken
    production, writing.
    """

    look: Literal["2020", "2013"] = "2020"
    """The form: that of today, or the class europasscv, which has the form of 2013."""
    font: TypefaceName | None = None  # type: ignore[assignment]
    """The typeface; by default source-sans, and heros in the look of 2013."""
    font_size: FontSize | None = None  # type: ignore[assignment]
    """The size of the text: 9pt to 12pt; by default 10pt, and 9pt in the look of 2013."""
    margin: Length | None = None  # type: ignore[assignment]
    """How wide the margins at the top and the foot are, by default 17mm; those at the left and the
    right are 16mm and 10mm wider. In the look of 2013 all of them, by default 12.5mm."""
    accent: Colour = Colour("0E4194")
    """The colour of what stands out; with one of your own all has that one colour."""
    lead: Literal["position", "employer"] = "employer"
    photo_shape: Literal["original", "square", "circle"] = "circle"
    """How the photo is cut; in the look of 2013 it is as it is."""
    logo: bool = True
    """Whether the logo of Europass is set (look of 2013)."""
    heading: bool = True
    """Whether “Curriculum Vitae” stands beside the logo (look of 2013), in the CV's language."""
    icons: bool = True
    """Whether contacts have icons."""
    languages: Literal["grid", "list"] = "grid"
    """Languages with levels of the CEFR (C1, or five of them) in a grid, or all in a list."""
    page_numbers: bool = True


DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "2020": {
        "font": "source-sans",
        "font_size": FontSize("10pt"),
        "margin": Length("17mm"),
    },
    "2013": {
        "font": "heros",
        "font_size": FontSize("9pt"),
        "margin": Length("12.5mm"),
    },
}
"""What options are that nobody says, by the look."""

LEVEL = re.compile(r"[ABC][12]")


def levels(fluency: str | None) -> tuple[str, ...]:
    """Return five levels of the CEFR: those that were typed, or the one for all; else none."""
    found = tuple(LEVEL.findall(fluency or ""))
    if LEVEL.sub("", fluency or "").strip(" ,/"):
        return ()
    return found * 5 if len(found) == 1 else found if len(found) == 5 else ()


class Theme(latex.ArticleTheme):
    summary = "the European Union's form of today, with its grid of language levels"
    style = "cveuropass"
    weights = ()
    rows: str | None = ""
    in_two_lines = True
    requires: ClassVar[tuple[str, ...]] = ("pict2e.sty",)
    packages = ("texlive-plain-generic", "fonts-texgyre")
    shared: ClassVar[tuple[str, ...]] = ("cvpages.sty", "cvbase.sty", "cvicons.sty")
    formerly: ClassVar[Mapping[str, str]] = {
        "cveuropass.cls": "the theme europass has the form of 2020 now: to keep the one before,"
        " say look: 2013 under meta.themes.europass"
    }
    Options = EuropassOptions
    options: EuropassOptions

    def __new__(cls, options: EuropassOptions, setting: Setting) -> Theme:
        """Return a theme of the look that the options say."""
        if options.look == "2013" and not issubclass(cls, Of2013):
            cls = Of2013 if cls is Theme else type("Theme", (cls, Of2013), {})
        return super().__new__(cls)

    def __init__(self, options: EuropassOptions, setting: Setting) -> None:
        said = {key: getattr(options, key) or own for key, own in DEFAULTS[options.look].items()}
        super().__init__(dataclasses.replace(options, **said), setting)

    @property
    def _code(self) -> str:
        return self.setting.words.code.partition("-")[0]

    def furniture(self) -> tuple[str, ...]:
        return (*super().furniture(), *self._words())

    def _words(self) -> tuple[str, ...]:
        """Return the words of the grid of languages."""
        return GRID.get(self._code, GRID["en"])

    def geometry(self) -> tuple[str, ...]:
        margin = self.options.margin
        return (
            f"vmargin={margin}",
            rf"left=\dimexpr 16mm+{margin}\relax",
            rf"right=\dimexpr 10mm+{margin}\relax",
        )

    def beside(self, side: str, length: str) -> str:
        """Return the margin at a side; at the left it ends at the signs before the text."""
        return rf"\dimexpr 6mm+{length}\relax" if side == "left" else length

    def switches(self) -> dict[str, bool]:
        return {"cvicons": self.options.icons, **super().switches()}

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score", "span"})

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        if contacts := self._contacts(basics):
            head.append(CvContacts(data=[self._contact(contact) for contact in contacts]))
        summary = self.texts(self.paragraphs(basics.summary))
        return [*self.owner(basics), CvHead(data=head, options=self.photo(basics)), *summary]

    def _contacts(self, basics: model.Basics) -> list[Contact]:
        place = self.place(basics.location)
        first = [Contact(kind="place", text=place)] if place else []
        return [*first, *self.contacts(basics)]

    def _contact(self, contact: Contact) -> Latex:
        return CvContact([self.link(contact)], options=contact.kind if self.options.icons else None)

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        if section.kind != "languages":
            return super().section(section, items)
        parts: list[Latex] = [self.heading(section)]
        for in_grid, run in groupby(items, key=lambda item: bool(self._levels(item.record))):
            bodies: list[Latex] = [NoEscape(item.body.strip("\n")) for item in run]
            if len(parts) > 1:  # the mother tongue stays with the others
                parts.append(NoEscape(r"\cvintroduced"))
            parts += self._grid(bodies) if in_grid else [CvInline(data=bodies)]
        return parts

    def _grid(self, languages: Sequence[Latex]) -> list[Latex]:
        """Return languages with levels in a grid."""
        foreign = "" if self._code in GRID else "en"
        said = (literal(model.Text(word, language=foreign)) for word in self._words())
        *skills, framework = said
        head = NoEscape("".join(f"{{{skill}}}" for skill in skills))
        return [CvGrid(data=[head, *languages]), CvLevels([framework])]

    def _levels(self, record: model.Record | None) -> tuple[str, ...]:
        if isinstance(record, model.Language) and self.options.languages == "grid":
            return levels(record.fluency)
        return ()

    def language(self, language: model.Language) -> Latex:
        if found := self._levels(language):
            return CvLanguage([*given(self.text(language.language)), *map(literal, found)])
        return super().language(language)


GRID: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "bg": (
        "Слушане", "Четене", "Участие в разговор", "Самостоятелно устно изложение", "Писане",
        "Обща европейска референтна рамка за езиците",
    ),
    "ca": (
        "Comprensió oral", "Comprensió lectora", "Interacció oral", "Expressió oral",
        "Expressió escrita", "Marc europeu comú de referència per a les llengües",
    ),
    "cs": (
        "Poslech", "Čtení", "Ústní interakce", "Samostatný ústní projev", "Písemný projev",
        "Společný evropský referenční rámec pro jazyky",
    ),
    "da": (
        "Lytning", "Læsning", "Samtale", "Redegørelse", "Skrivning",
        "Den fælles europæiske referenceramme for sprog",
    ),
    "de": (
        "Hören", "Lesen", "An Gesprächen teilnehmen", "Zusammenhängendes Sprechen", "Schreiben",
        "Gemeinsamer Europäischer Referenzrahmen für Sprachen",
    ),
    "el": (
        "Ακρόαση", "Ανάγνωση", "Προφορική επικοινωνία", "Προφορική έκφραση", "Γραφή",
        "Κοινό Ευρωπαϊκό Πλαίσιο Αναφοράς για τις Γλώσσες",
    ),
    "en": (
        "Listening", "Reading", "Spoken interaction", "Spoken production", "Writing",
        "Common European Framework of Reference for Languages",
    ),
    "es": (
        "Comprensión auditiva", "Comprensión de lectura", "Interacción oral", "Expresión oral",
        "Expresión escrita", "Marco común europeo de referencia para las lenguas",
    ),
    "et": (
        "Kuulamine", "Lugemine", "Suuline suhtlus", "Suuline esitus", "Kirjutamine",
        "Euroopa keeleõppe raamdokument",
    ),
    "fi": (
        "Kuunteleminen", "Lukeminen", "Suullinen vuorovaikutus", "Suullinen tuottaminen",
        "Kirjoittaminen", "Eurooppalainen viitekehys",
    ),
    "fr": (
        "Écouter", "Lire", "Prendre part à une conversation", "S’exprimer oralement en continu",
        "Écrire", "Cadre européen commun de référence pour les langues",
    ),
    "hr": (
        "Slušanje", "Čitanje", "Govorna interakcija", "Govorna produkcija", "Pisanje",
        "Zajednički europski referentni okvir za jezike",
    ),
    "hu": (
        "Hallás utáni értés", "Olvasás", "Társalgás", "Folyamatos beszéd", "Írás",
        "Közös Európai Referenciakeret",
    ),
    "it": (
        "Ascolto", "Lettura", "Interazione orale", "Produzione orale", "Scrittura",
        "Quadro comune europeo di riferimento per le lingue",
    ),
    "lt": (
        "Klausymas", "Skaitymas", "Bendravimas žodžiu", "Informacijos pateikimas žodžiu",
        "Rašymas", "Bendrieji Europos kalbų metmenys",
    ),
    "lv": (
        "Klausīšanās", "Lasīšana", "Dialogs", "Monologs", "Rakstīšana",
        "Eiropas kopīgās pamatnostādnes valodu apguvei",
    ),
    "nb": (
        "Lytte", "Lese", "Delta i samtale", "Snakke sammenhengende", "Skrive",
        "Det felles europeiske rammeverket for språk",
    ),
    "nl": (
        "Luisteren", "Lezen", "Gesproken interactie", "Gesproken productie", "Schrijven",
        "Gemeenschappelijk Europees Referentiekader voor Talen",
    ),
    "pl": (
        "Słuchanie", "Czytanie", "Interakcja", "Produkcja", "Pisanie",
        "Europejski system opisu kształcenia językowego",
    ),
    "pt": (
        "Compreensão oral", "Leitura", "Interação oral", "Produção oral", "Escrita",
        "Quadro Europeu Comum de Referência para as Línguas",
    ),
    "ro": (
        "Ascultare", "Citire", "Participare la conversație", "Discurs oral", "Scriere",
        "Cadrul european comun de referință pentru limbi",
    ),
    "sk": (
        "Počúvanie", "Čítanie", "Ústna interakcia", "Samostatný ústny prejav", "Písanie",
        "Spoločný európsky referenčný rámec pre jazyky",
    ),
    "sl": (
        "Slušno razumevanje", "Bralno razumevanje", "Govorno sporazumevanje",
        "Govorno sporočanje", "Pisno sporočanje", "Skupni evropski jezikovni okvir",
    ),
    "sv": (
        "Hörförståelse", "Läsförståelse", "Samtal", "Muntlig framställning",
        "Skriftlig färdighet", "Gemensam europeisk referensram för språk",
    ),
    "tr": (
        "Dinleme", "Okuma", "Karşılıklı konuşma", "Sözlü anlatım", "Yazma",
        "Diller için Avrupa Ortak Başvuru Metni",
    ),
    "uk": (
        "Аудіювання", "Читання", "Усна взаємодія", "Усне мовлення", "Письмо",
        "Загальноєвропейські рекомендації з мовної освіти",
    ),
}  # fmt: skip
"""The columns of the grid of languages, and what its levels are of: the words of the CEFR's
self-assessment grid (Council of Europe); English where a language is not here."""


# --- the look of 2013 -----------------------------------------------------------------

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

CLASS_WORDS: Mapping[str, str] = {
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


class Of2013(Theme):
    """The class europasscv by its own commands, where it has them."""

    requires = ("europasscv.cls", "soul.sty")
    shared = ("cvpages.sty",)
    documentclass = "cveuropass2013"
    rows = None
    in_two_lines = False
    formerly: ClassVar[Mapping[str, str]] = {}
    options: Any  # whose values are all said: see `Theme.__init__`

    def class_options(self) -> tuple[str, ...]:
        size = self.options.font_size
        sizes = ("10pt",) if size == "9pt" else (size.of_class, "bigfont")
        language = CLASS_LANGUAGES.get(self._code)
        return (f"{self.options.paper}paper", *sizes, *((language,) if language else ()))

    def furniture(self) -> tuple[str, ...]:
        words = [CLASS_WORDS.get(self._code, CLASS_WORDS["en"])]
        if self.options.page_numbers:
            words += ["/", *self._page(), *map(str, range(1, 100))]
        return (*words, *self.foot())

    def _page(self) -> tuple[str, str, str]:
        """Return what stands before, between and after the numbers of "Page 2 of 5"."""
        before, _, rest = self.setting.words.words["page"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        return before, between, after

    def beside(self, side: str, length: str) -> str:
        return length

    def preamble(self) -> Latex:
        options = self.options
        lines: list[Latex] = [*self.typeface().lines(self.setting.engine)]
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
        ours = {**super().switches(), "cvlogo": self.options.logo}
        return {name: on for name, on in ours.items() if name not in NOT_OF_2013}

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        head += [self._contact(contact) for contact in self._contacts(basics)]
        summary = self.texts(self.paragraphs(basics.summary))
        return [CvHead(data=head, options=self.photo(basics)), *summary]

    def _contact(self, contact: Contact) -> Latex:
        icon = ICONS.get(contact.kind) if self.options.icons else None
        return CvContact([self.link(contact)], options=icon)

    def heading(self, section: model.Section) -> Latex:
        return CvSection([self.title(section)])

    def _grid(self, languages: Sequence[Latex]) -> list[Latex]:
        return [CvGrid(data=languages)]


NOT_OF_2013 = frozenset({"cvicons", "cvcircle", "cvsquare", "cvtracking"})
"""Macros of the look of 2020 alone."""
