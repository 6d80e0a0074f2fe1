"""The projects to learn from that `cvtex new --example` writes: sound, and built whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import selection
from cvtex.contract import data
from cvtex.contract.data import paragraphs
from cvtex.contract.poppler import pdftotext
from cvtex.contract.words import squeeze
from shared import Program


@pytest.fixture
def example(tmp_path: Path, cvtex: Program) -> Path:
    """The example of variants, as it was written."""
    folder = tmp_path / "cv"
    done = cvtex("new", folder, "--example", "variants")
    assert done.status == 0, done.err
    return folder


def test_the_example_is_sound(example: Path, cvtex: Program) -> None:
    done = cvtex("validate", "--strict", cwd=example)
    assert (done.status, done.err) == (0, "")
    done = cvtex("variants", cwd=example)
    names = [line.split()[0] for line in done.out.splitlines()]
    assert (names, done.err) == (["short", "data", "teaching"], ""), "no tag is left unnamed"
    for file in (*example.glob("data/*.yaml"), *example.glob("data/letters/*.yaml")):
        first = file.read_text().partition("\n")[0]
        if "$schema=" in first:
            assert (file.parent / first.partition("$schema=")[2]).is_file(), file.name
    again = cvtex("new", example, "--example", "variants")
    assert (again.status, "there is a CV here already" in again.err) == (1, True)


@pytest.mark.tex
def test_the_example_is_built(example: Path, cvtex: Program) -> None:
    done = cvtex("build", "--variant", "all", "--strict", "--engine", "pdflatex", cwd=example)
    assert done.status == 0, done.err
    names = {"short": "classic.short", "data": "classic.data", "teaching": "academic.teaching"}
    typed = data.read(example)
    for variant, name in names.items():
        layer = squeeze(pdftotext(example / "build" / f"{name}.pdf", "-raw"))
        chosen = selection.chosen(typed, variant)
        for section in ("work", "projects", "skills"):
            said = [p for one in selection.texts(chosen[section]) for p in paragraphs(one)]
            gone = {p for one in selection.texts(typed[section]) for p in paragraphs(one)}
            long = [text for text in said if " " in text]
            assert [text for text in long if squeeze(text) not in layer] == []
            left = [t for t in gone.difference(said) if t.count(" ") > 2 and squeeze(t) in layer]
            assert left == []
    done = cvtex("letter", "--strict", "--engine", "pdflatex", cwd=example)
    assert (done.status, done.out.splitlines()) == (0, ["build/letters/harbour.pdf"]), done.err
    text = pdftotext(example / "build" / "letters" / "harbour.pdf")
    assert "Dear Ms Lund," in text and "{" not in text
