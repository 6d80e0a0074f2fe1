"""What a parser that knows nothing of cvtex finds in its PDFs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pypdf
import pytest
from pdfminer.high_level import extract_text

from cvtex.pdf import readback
from pdf.missed import missing, section
from pdf.parser import Order, Parsed, parse
from shared import ROOT, words

ONE_COLUMN = (
    "academic",
    "bold",
    "classic",
    "europass",
    "harvard",
    "jake",
    "linear",
    "moderncv",
    "moderncv:casual",
)


Built = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The user's own CV, and the project that `cvtex new` writes."""
    place = tmp_path_factory.mktemp("new") / "cv"
    subprocess.run([sys.executable, "-m", "cvtex", "new", str(place)], check=True)
    return {"own": ROOT, "new": place}


@pytest.fixture(scope="session")
def built(projects: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the PDF of a project in a theme (`moderncv:casual` is a style), made once."""
    folder = tmp_path_factory.mktemp("parsed")

    def build(theme: str, whose: str) -> Path:
        name, _, style = theme.partition(":")
        target = folder / f"{name}{style}-{whose}.pdf"
        if not target.exists():
            options = ["--set", f"meta.themes.moderncv.style={style}"] if style else []
            subprocess.run(
                [sys.executable, "-m", "cvtex", "build", projects[whose], "--public", "--theme",
                 name, "--engine", "pdflatex", *options, "-o", target],
                check=True,
            )  # fmt: skip
        return target

    return build


@pytest.mark.tex
@pytest.mark.parametrize("theme", ONE_COLUMN)
@pytest.mark.parametrize("whose", ["own", "new"])
def test_every_job_and_degree_is_found_whole(
    theme: str, whose: str, projects: dict[str, Path], built: Built
) -> None:
    for order in get_args(Order):
        found = parse(built(theme, whose), order)
        assert missing(found, projects[whose]) == [], order
        assert len(found.sections) >= 5


SCORES = re.findall(
    r"^\| `(\w+)` \| (\d+), (\d+) of (\d+) \| (\d+), (\d+) of (\d+) \|$",
    (ROOT / "docs" / "pdf.md").read_text("utf-8"),
    re.MULTILINE,
)
"""What docs/pdf.md promises of themes with two columns: of each project, how much is found by those
that read rows across both columns, and by those that read in the order of the file."""


def test_every_theme_with_two_columns_states_its_score() -> None:
    names = {path.parent.name for path in (ROOT / "themes").glob("*/theme.py")}
    assert {name for name, *_ in SCORES} == names - {name.partition(":")[0] for name in ONE_COLUMN}


@pytest.mark.tex
@pytest.mark.parametrize("score", SCORES, ids=lambda score: score[0])
def test_two_columns_are_read_as_well_as_the_docs_say(
    score: tuple[str, ...], projects: dict[str, Path], built: Built
) -> None:
    theme, *counts = score
    for whose, *found in (("new", *counts[:3]), ("own", *counts[3:])):
        wanted = len(missing(Parsed("", "", {}), projects[whose]))
        assert wanted == int(found.pop())
        for order, count in zip(get_args(Order), found, strict=True):
            parsed = parse(built(theme, whose), order)
            assert wanted - len(missing(parsed, projects[whose])) >= int(count), (whose, order)


@pytest.mark.tex
@pytest.mark.parametrize("theme", [*ONE_COLUMN, "sidebar"])
@pytest.mark.parametrize("whose", ["own", "new"])
def test_all_readers_find_the_name_and_contacts_as_typed(
    theme: str, whose: str, projects: dict[str, Path], built: Built
) -> None:
    pdf = built(theme, whose)
    basics = section(projects[whose], "basics")
    assert isinstance(basics, dict)
    layout = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    read = {
        "pdftotext -raw": words(pdf),
        "pdftotext -layout": layout.stdout.decode(),
        "pypdf": "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages),
        "pdfminer": extract_text(pdf),
        "readback": "\n".join(page.text() for page in readback.read(pdf)),
    }
    for reader, text in read.items():
        for value in (basics["name"], basics["email"]):
            assert value in text, reader
