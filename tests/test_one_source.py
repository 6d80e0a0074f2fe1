"""One source, many applications: five variants of one CV in six themes, by one command."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import selection
from cvtex import source
from cvtex.contract import checks, data
from cvtex.contract.data import paragraphs
from cvtex.contract.expected import of
from cvtex.contract.poppler import addresses, pdftotext
from cvtex.contract.wanted import Expected
from cvtex.contract.words import squeeze, unexplained
from cvtex.latex import Setting, themes
from shared import ROOT, Program

pytestmark = pytest.mark.tex
THEMES = ("academic", "classic", "jake", "linear", "moderncv", "sidebar")
VARIANTS = ("short", "backend", "platform", "lead", "speaker")
ENGINEER = ROOT / "tests" / "people" / "engineer"


def expected(chosen: Any, theme: str) -> Expected:
    """Return what the data of a variant ask of its PDF in a theme."""
    kind = themes.find(theme, ENGINEER).load()
    words = source.words(chosen["meta"]["language"])
    return of(chosen, kind(kind.Options(), Setting(engine="pdflatex", words=words)))


def test_thirty_pdfs_with_what_each_should_have(tmp_path: Path, cvtex: Program) -> None:
    cv = tmp_path / "cv"
    shutil.copytree(ENGINEER, cv)
    asked = [part for theme in THEMES for part in ("--theme", theme)]
    done = cvtex("build", "--variant", "all", *asked, "--engine", "pdflatex", cwd=cv)
    assert done.status == 0, done.err
    names = {f"build/{theme}.{variant}.pdf" for theme in THEMES for variant in VARIANTS}
    assert {line.split(" (")[0] for line in done.out.splitlines()} == names
    typed = data.read(ENGINEER)
    everything = {text for value in selection.texts(typed) for text in paragraphs(value)}
    for variant in VARIANTS:
        chosen = selection.chosen(typed, variant)
        mine = {text for value in selection.texts(chosen) for text in paragraphs(value)}
        others = everything - mine
        assert len(others) > 5, "a variant that leaves nothing out tries nothing"
        for theme in THEMES:
            pdf = cv / f"build/{theme}.{variant}.pdf"
            wanted, layer = expected(chosen, theme), pdftotext(pdf, "-raw")
            assert checks.lost(wanted, layer) == [], pdf.name
            assert unexplained(layer, wanted) == [], pdf.name
            if theme != "sidebar":  # whose panel goes on on the second page
                assert checks.disordered(wanted, squeeze(layer)) == [], pdf.name
            kept = squeeze(" ".join(wanted.values))
            foreign = [o for o in others if " " in o and squeeze(o) in squeeze(layer)]
            assert [text for text in foreign if squeeze(text) not in kept] == [], pdf.name
            assert addresses(pdf) in (None, wanted.links), pdf.name


def test_a_release_has_the_variants_and_letters_that_the_data_name(
    tmp_path: Path, cvtex: Program
) -> None:
    done = cvtex("export", "pdf", ENGINEER, "--release", "-o", "out/", cwd=tmp_path)
    assert done.status == 0, done.err
    names = [
        f"out/Tomasz-Wierzbicki-{part}.pdf" for part in ("CV-backend", "CV-lead", "Letter-havel")
    ]
    assert done.out.split() == names
    assert "Havel Bank AG is looking for" in pdftotext(tmp_path / names[2], "-raw")
    one = cvtex("export", "pdf", ENGINEER, "--release", "-o", "one.pdf", cwd=tmp_path)
    assert (one.status, "there are several documents" in one.err) == (2, True)
