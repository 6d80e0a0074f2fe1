"""What the contract of a theme speaks of: the setting, options, entries, bullets, contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from pylatex import NoEscape
from pylatex.base_classes import Environment, LatexObject

from cvtex import model
from cvtex.latex.fonts import Fallback
from cvtex.latex.measures import Density, FontSize
from cvtex.model import Text, Words
from cvtex.records import dataclass

Engine = Literal["pdflatex", "xelatex", "lualatex"]
ENGINES: tuple[Engine, ...] = ("pdflatex", "xelatex", "lualatex")

Latex: TypeAlias = "LatexObject | NoEscape | Sequence[Latex]"
"""What a theme's method returns; a list is set piece by piece, each on a line."""


class Block(Environment):  # type: ignore[misc]
    """An environment whose begin, contents and end stand on lines of their own."""

    content_separator = "\n"


class CvRecord(Block):
    r"""`\begin{cvrecord} … \end{cvrecord}` around a record, and within it around each role:
    a short one is not divided by a page's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a theme is set with besides its options."""

    engine: Engine
    words: Words
    fallbacks: tuple[Fallback, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options that every theme has, under `meta.themes.<name>`; a theme adds its own.

    The docstring below a field is what editors and `cvtex themes show` say of the option.
    """

    paper: Literal["a4", "letter"] = "a4"
    """The size of the page."""
    dates: Literal["months", "full", "numbers", "years"] = "months"
    """How dates read: Apr 2020 (also where the data have a day), with the day where they have
    one (full), 04/2020 as the language has it, or 2020."""
    date_separator: Text = Text("–")
    """What stands between the ends of a range of dates."""
    addresses: bool = False
    """Whether the addresses of projects, employers and such are printed behind their names."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet, and those below it; an item of a numbered list has its `number`."""

    text: NoEscape
    bullets: tuple[Bullet, ...] = ()
    number: NoEscape | None = None


class TextList(NoEscape):  # type: ignore[misc]
    """A list among the paragraphs of a text: its LaTeX, for a theme that sets paragraphs alone,
    and its `bullets`, for one that sets them in its own way."""

    bullets: tuple[Bullet, ...]

    def __new__(cls, tex: str, bullets: tuple[Bullet, ...]) -> TextList:
        instance: TextList = super().__new__(cls, tex)
        instance.bullets = bullets
        return instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A way to reach the person. `kind` is `phone`, `email`, `web` or a network's name
    in ASCII letters and digits, lower case (`stackoverflow`), for a theme that draws icons."""

    kind: str
    text: NoEscape
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every dated record comes down to; what is absent is None or empty.

    `kind` is the kind of record it is made of; `title` is the employer, school or
    project; `subtitle` the position or degree; `detail` a finer line under it
    (team); `roles` are several positions under the one title, and `span` then runs from
    the first day of them to the last. `keywords` and `courses` are one by one, without the
    word that stands before them; `url` is the address that the title links to.

    A theme that sets keywords, courses, the score or the span itself says so in `places`.
    """

    kind: model.Kind
    title: NoEscape | None = None
    subtitle: NoEscape | None = None
    detail: NoEscape | None = None
    dates: NoEscape | None = None
    place: NoEscape | None = None
    body: tuple[NoEscape, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    roles: tuple[Entry, ...] = ()
    span: NoEscape | None = None
    keywords: tuple[NoEscape, ...] = ()
    courses: tuple[NoEscape, ...] = ()
    score: NoEscape | None = None
    url: model.Url | None = None


Piece = Literal["keywords", "courses", "score", "span"]
"""A piece of an entry that a theme sets itself, if it says so."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a section, set: its LaTeX between its source marks.

    Without a record it is what stands between records: a group's title, a legend.
    """

    record: model.Record | None
    body: NoEscape


def dumps(latex: Latex) -> NoEscape:
    """Return a theme's LaTeX as a string, each piece of a list on lines of its own."""
    if isinstance(latex, LatexObject):
        return NoEscape(latex.dumps())
    if isinstance(latex, str):
        return NoEscape(latex)
    pieces = (dumps(piece) for piece in latex)
    return NoEscape("\n".join(piece.rstrip("\n") for piece in pieces if piece.strip()))


def dense(density: str | None, compact: bool) -> list[Latex]:
    r"""Return the command that sets a density (`\cvdensity{40}` of `cvpages.sty`), if one is asked
    for; what is compact has that of half the way."""
    number = density or (Density.COMPACT if compact else "0")
    return [NoEscape(rf"\cvdensity{{{number}}}")] if number != "0" else []


def sized(size: FontSize) -> list[Latex]:
    """Return the lines of the preamble for a size that no class has; none for one that it has."""
    if size == size.of_class:
        return []
    return [NoEscape(r"\usepackage{cvpages}"), NoEscape(rf"\cvfontsize{{{size}}}")]


def barred(*pieces: NoEscape | None) -> NoEscape | None:
    """Return what there is of pieces, parted by bars; None if there is nothing."""
    return NoEscape(r"\cvbetween\cvmark{P}".join(piece for piece in pieces if piece)) or None


def comma(*pieces: NoEscape | None) -> NoEscape | None:
    """Return what there is of pieces, parted by commas; None if there is nothing."""
    return NoEscape(", ".join(piece for piece in pieces if piece)) or None
