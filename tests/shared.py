"""What the tests of the whole program share: names, the program as run, a PDF's words."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PHONE = "+49 30 23125 000"
KIN = frozenset({"banner", "bold", "columns", "harvard", "jake"})
"""Themes that are a style alone: what they do is that of `latex.ArticleTheme` or `sidebar`, which
others are tried with by every engine, sample and switch. So they need fewer builds."""

FIRST = ("classic", "moderncv")
"""Themes that stand for the others where much is tried: an article, and a class of its own."""

ENGINES = ("pdflatex", "xelatex", "lualatex", "tectonic")
"""The four ways to a PDF; `tectonic` stands for XeTeX in Tectonic."""


def often(cells: Iterable[tuple[Any, ...]], is_often: Callable[..., bool]) -> list[Any]:
    """Return the cells of a table of parameters; those that are not tried often have the mark
    `rare`, and are for `make test-all`."""
    return [
        pytest.param(*cell, marks=() if is_often(*cell) else pytest.mark.rare) for cell in cells
    ]


@dataclass(frozen=True)
class Run:
    """What a run of the program left behind."""

    status: int
    out: str
    err: str


Program = Callable[..., Run]


def own_theme(root: Path, code: str, name: str = "mine") -> Path:
    """Write a theme that a project brings, and return its folder."""
    place = root / "themes" / name
    place.mkdir(parents=True)
    (place / "theme.py").write_text(code)
    return place


def loading(package: str) -> str:
    """Return the code of a theme that is classic, and loads a package of TeX's besides."""
    return (
        "from cvtex import latex\nfrom pylatex import NoEscape\n"
        'class Theme(latex.shipped_theme("classic")):\n'
        "    def preamble(self):\n"
        f'        return [*super().preamble(), NoEscape(r"\\usepackage{{{package}}}")]\n'
    )


def words(pdf: Path) -> str:
    """Return a PDF's text by `pdftotext`, in content-stream order."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    )
    return done.stdout.decode()
