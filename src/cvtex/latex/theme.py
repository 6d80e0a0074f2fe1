"""What a theme is: the whole contract on one page.

A theme is a folder `<name>/` with a `theme.py` that holds one class
`Theme(cvtex.latex.Theme)`, and what that needs beside it (`.cls`, `.sty`,
fonts). Its methods take records and return LaTeX as PyLaTeX objects,
`NoEscape` strings, or lists of those. It opens no file, knows no toolchain and
finds no font by its system name.

The preamble depends on the options and the setting (engine, language, scripts),
never on the person's data, so that it can be precompiled.

The least that a theme writes is `preamble`, `basics`, `heading`, `entry` and
`items`; every kind of record has a method, which it may set in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar

from pylatex import NoEscape

from cvtex import model
from cvtex.latex.fonts import FontFamily
from cvtex.latex.kinds import Kinds
from cvtex.latex.letter import LetterPieces, standard
from cvtex.latex.marks import mark
from cvtex.latex.pieces import (
    ENGINES,
    Engine,
    Item,
    Latex,
    Options,
    Setting,
    dumps,
)
from cvtex.toolchains import OWN


def page_numbers(most: int = 9) -> tuple[str, ...]:
    """Return "1/2", "2/2" and the like: the furniture of a theme that counts pages."""
    return tuple(f"{page}/{of}" for of in range(1, most + 1) for page in range(1, of + 1))


class Theme(Kinds):
    """A theme; subclass it, and override what your class does otherwise.

    How each kind of record is set stands in `Kinds`, what sets values (texts, dates, places,
    contacts) in `Formatter`; a theme has all of it.
    """

    summary: ClassVar[str] = ""
    """One line for `cvtex themes`."""

    unfit: ClassVar[Mapping[str, str]] = {}
    """What cannot set it, an engine or `tectonic`, and why: `{"pdflatex": "its fonts are …"}`."""

    requires: ClassVar[tuple[str, ...]] = ()
    """The TeX files it loads that a base TeX may lack (`moderncv.cls`)."""

    packages: ClassVar[tuple[str, ...]] = ()
    """Debian packages it needs beyond the base set that cvtex installs."""

    shared: ClassVar[tuple[str, ...]] = ()
    """The files of `cvtex/latex/shared/` that it loads (`cvbase.sty`)."""

    formerly: ClassVar[Mapping[str, str]] = {}
    """Files that it had before it looked otherwise, and what those are told whose last build
    has one: `{"my.cls": "…"}`."""

    sets_photo: ClassVar[bool] = False
    """Whether it sets `basics.image`."""

    documentclass: ClassVar[str] = "article"

    Options: ClassVar[type[Options]] = Options
    """The theme's options with their defaults; types say what may be typed."""

    def __init__(self, options: Any, setting: Setting) -> None:
        self.options = options
        self.setting = setting

    @classmethod
    def refusals(cls) -> Mapping[str, str]:
        """Return what cannot set it, and why: Tectonic cannot what XeLaTeX cannot."""
        theirs = {name: cls.unfit[own] for name, own in OWN.items() if own in cls.unfit}
        return {**theirs, **cls.unfit}

    @classmethod
    def engines(cls) -> tuple[Engine, ...]:
        """Return the engines that it compiles with."""
        return tuple(engine for engine in ENGINES if engine not in cls.unfit)

    # --- the document -----------------------------------------------------------

    def class_options(self) -> tuple[str, ...]:
        """Return the options of `\\documentclass`."""
        return (f"{self.options.paper}paper",)

    def fonts(self) -> tuple[FontFamily, ...]:
        """Return the font families that XeLaTeX and LuaLaTeX set the text in, main one first."""
        return ()

    def furniture(self) -> tuple[str, ...]:
        """Return the words that the theme adds to the data, as they read in the PDF."""
        return ()

    def reads_by_line(self) -> bool:
        """Tell whether readers that sort a page by place find what the file says, in its order.

        That takes one column with nothing at the right; `cvtex themes check` proves it.
        """
        return False

    def balances(self) -> bool:
        """Tell whether sections stand in one of two columns by how long they are: they are then
        read in an order that their names do not tell, each as a whole but for pages' ends."""
        return False

    def preamble(self) -> Latex:
        """Return what stands between `\\documentclass` and `\\begin{document}`."""
        return []

    def knobs(self) -> Latex:
        """Return what stands first in the document: what may change without a new preamble."""
        return []

    def basics(self, basics: model.Basics) -> Latex:
        """Return the head of the CV: name, label, contacts, summary."""
        raise NotImplementedError

    def heading(self, section: model.Section) -> Latex:
        """Return a section's heading."""
        raise NotImplementedError

    def items(self, bodies: Sequence[NoEscape]) -> Latex:
        """Return the list around records that stand as bullets."""
        raise NotImplementedError

    def arrange(self, sections: Sequence[model.Section]) -> Sequence[model.Section]:
        """Return the sections in the order in which they are written, and so are read.

        That of the CV, unless a theme has columns, of which one is written first.
        """
        return sections

    def letter(self, basics: model.Basics, letter: LetterPieces) -> Latex:
        """Return a letter, under the head of its CV; `basics` have no summary and no photo."""
        return standard(mark(basics.source, dumps(self.basics(basics))), letter, self)

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        """Return a section: its heading, then its records, those set as bullets in lists."""
        parts: list[Latex] = [self.heading(section)]
        for bullets, run in groupby(items, key=lambda item: self.is_bullet(item.record)):
            bodies = [item.body for item in run]
            parts += [self.items(bodies)] if bullets else bodies
        return parts

    def introduction(self, paragraphs: Sequence[NoEscape]) -> Latex:
        """Return the text that stands under a section's title."""
        return [self.remark(paragraph) for paragraph in paragraphs]

    def footer(self, paragraphs: Sequence[NoEscape]) -> Latex:
        """Return the text at the CV's foot, after the last section."""
        small, end = NoEscape(r"\par\bigskip\begingroup\small"), NoEscape(r"\par\endgroup")
        return [small, self.introduction(paragraphs), end]

    def group(self, title: NoEscape) -> Latex:
        """Return the title of a group of publications within their section."""
        return self.line(title, None)

    def remark(self, body: NoEscape) -> Latex:
        """Return what is said of a whole list of publications: counts, what signs mean."""
        return self.line(None, body)
