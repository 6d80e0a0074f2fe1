"""What a theme is: the whole contract on one page.

A theme is a folder `<name>/` with a `theme.py` that holds one class
`Theme(cvtex.latex.Theme)`, and what that needs beside it (`.cls`, `.sty`,
fonts). Its methods take records and return LaTeX as PyLaTeX objects,
`NoEscape` strings, or lists of those. It opens no file, knows no toolchain and
finds no font by its system name.

The preamble depends on the options and the setting (engine, language, scripts),
never on the person's data, so that it can be precompiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pylatex import NoEscape
from pylatex.base_classes import LatexObject

from cvtex import model
from cvtex.latex import text
from cvtex.latex.fonts import Fallback, FontFamily
from cvtex.model import Date, Place, Prose, Text, Words

Engine = Literal["pdflatex", "xelatex", "lualatex"]
ENGINES: tuple[Engine, ...] = ("pdflatex", "xelatex", "lualatex")

Latex = LatexObject | NoEscape | Sequence["Latex"]
"""What a theme's method returns; a list is set piece by piece, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a theme is set with besides its options."""

    engine: Engine
    words: Words
    fallbacks: tuple[Fallback, ...] = ()
    tectonic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options that every theme has, under `meta.themes.<name>`; a theme adds its own."""

    paper: Literal["a4", "letter"] = "a4"
    date_separator: Text = Text("–")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every dated record comes down to; see `Theme.entry`."""

    title: NoEscape | None = None
    subtitle: NoEscape | None = None
    dates: NoEscape | None = None
    place: NoEscape | None = None
    team: NoEscape | None = None
    url: model.Url | None = None
    body: tuple[NoEscape, ...] = ()
    bullets: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet, and those below it."""

    text: NoEscape
    bullets: tuple[Bullet, ...] = ()


class Theme:
    """A theme; subclass it, and override what your class does otherwise."""

    summary: ClassVar[str] = ""
    """One line for `cvtex themes`."""

    engines: ClassVar[tuple[Engine, ...]] = ENGINES
    """The engines it compiles with."""

    packages: ClassVar[tuple[str, ...]] = ()
    """Debian packages it needs beyond the base set that cvtex installs."""

    documentclass: ClassVar[str] = "article"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Options(Options):
        """The theme's options with their defaults; types say what may be typed."""

    def __init__(self, options: Options, setting: Setting) -> None:
        self.options = options
        self.setting = setting

    # --- the document ---------------------------------------------------------

    def class_options(self) -> tuple[str, ...]:
        """Return the options of `\\documentclass`."""
        return (f"{self.options.paper}paper",)

    def fonts(self) -> tuple[FontFamily, ...]:
        """Return the font families that XeLaTeX and LuaLaTeX set the text in, main one first."""
        return ()

    def furniture(self) -> tuple[str, ...]:
        """Return the words that the theme adds to the data, as they read in the PDF."""
        return ()

    def preamble(self) -> Latex:
        """Return what stands between `\\documentclass` and `\\begin{document}`."""
        return []

    def basics(self, basics: model.Basics) -> Latex:
        """Return the head of the CV: name, contacts, summary."""
        raise NotImplementedError

    def section(self, section: model.Section, body: NoEscape) -> Latex:
        """Return a section around its records' LaTeX."""
        raise NotImplementedError

    # --- a method a kind of record ---------------------------------------------

    def entry(self, entry: Entry) -> Latex:
        """Return a dated entry: what the kinds below come down to."""
        raise NotImplementedError

    def work(self, work: model.Work) -> Latex:
        """Return one employer, with one role or several."""
        return self.entry(
            Entry(
                title=self.text(work.name),
                subtitle=self.text(work.position),
                team=self.text(work.team),
                dates=self.dates(work.start_date, work.end_date),
                place=self.place(work.location),
                url=work.url,
                body=self.paragraphs(work.description, work.summary),
                bullets=(*self.bullets(work.highlights), *self.keywords(work.keywords)),
            )
        )

    # --- pieces ------------------------------------------------------------------

    def text(self, value: str | None) -> NoEscape | None:
        """Return a literal value as LaTeX, None for None."""
        return text.literal(value) if value else None

    def paragraphs(self, *values: Prose | None) -> tuple[NoEscape, ...]:
        """Return prose as paragraphs."""
        return tuple(p for value in values if value for p in text.paragraphs(value))

    def bullets(self, highlights: Sequence[model.Highlight]) -> tuple[Bullet, ...]:
        """Return highlights as bullets, nested as they are."""
        return tuple(Bullet(text.prose(h.text), self.bullets(h.highlights)) for h in highlights)

    def keywords(self, keywords: Sequence[Text]) -> tuple[Bullet, ...]:
        """Return keywords as one closing bullet ("Technical Skills: …"), or none."""
        if not keywords:
            return ()
        label = text.literal(self.setting.words.words["keywords"])
        return (Bullet(NoEscape(label + ": " + text.join(keywords))),)

    def place(self, place: Place | None) -> NoEscape | None:
        """Return a place as one line."""
        if place is None:
            return None
        parts = place.line if isinstance(place, model.Location) else (place,)
        return text.join(parts) if parts else None

    def dates(self, start: Date | None, end: Date | None) -> NoEscape | None:
        """Return a date or range as one unbreakable piece; an open start runs until now."""
        raise NotImplementedError
