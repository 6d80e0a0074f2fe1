"""Heads of entries: where a position, a place and a venue stand, and how wide dates may be."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from cvtex.citation.forms import start
from cvtex.model import Rich
from shared import Program

CV = {
    "basics": {"name": "Ada Lovelace"},
    "work": [{"name": "ML6", "position": "Engineer", "team": "Production", "location": "Ghent",
              "startDate": "2021-12", "endDate": "2022-08"}],
    "projects": [{"name": "What is a note?", "entity": "Royal Society", "startDate": "1842"}],
    "references": [{"name": "Mary Somerville", "reference": "She knows."}],
}  # fmt: skip


def written(cvtex: Program, folder: Path, theme: str, language: str = "en", **options: str) -> str:
    """Return the LaTeX of the CV in a theme."""
    meta = {"language": language, "themes": {theme: options}}
    (folder / "cv.yaml").write_text(yaml.safe_dump(CV | {"meta": meta}, sort_keys=False))
    done = cvtex("build", "cv.yaml", "--no-pdf", "--theme", theme, cwd=folder)
    assert done.status == 0, done.err
    return (folder / "build/cv" / theme / "cv.tex").read_text()


def test_a_position_stands_below_its_employer_or_beside_it(cvtex: Program, tmp_path: Path) -> None:
    dates = r"\mbox{Dec 2021 – Aug 2022}"
    below = (
        rf"\cventry{{ML6\cvwhere{{Ghent}}}}{{}}{{{dates}}}{{\cvpost{{Engineer}}{{Production}}}}{{}}"
    )
    beside = rf"\cventry{{ML6}}{{Engineer}}{{{dates}}}{{Production}}{{Ghent}}"
    assert below in written(cvtex, tmp_path, "classic")
    assert beside in written(cvtex, tmp_path, "classic", position="beside")


@pytest.mark.parametrize("theme", ["academic", "europass"])
@pytest.mark.parametrize("lead", ["position", "employer"])
def test_each_piece_of_a_head_has_its_own_type(
    cvtex: Program, tmp_path: Path, theme: str, lead: str
) -> None:
    """Whatever comes first, a position looks like a position, an employer like an employer."""
    own = r"\cvown{Engineer}\cvrest{\cvbetween\cvmark{P}}{\cvdetail{Production}}"
    whose = r"\cvwhose{ML6}\cvrest{\cvbetween\cvmark{P}}{\cvplaced{Ghent}}"
    first, second = (own, whose) if lead == "position" else (whose, own)
    head = rf"\cvtwolines{{{first}}}{{\mbox{{Dec 2021 – Aug 2022}}}}{{{second}}}"
    assert head in written(cvtex, tmp_path, theme, lead=lead)


@pytest.mark.parametrize("theme", ["classic", "academic", "europass"])
def test_no_comma_follows_the_end_of_a_sentence(cvtex: Program, tmp_path: Path, theme: str) -> None:
    row = r"\cvrow{What is a note?\cvrest{\cvmark{P} }{\cvvenue{Royal Society}}}"
    assert row in written(cvtex, tmp_path, theme)


def test_the_column_of_dates_is_as_wide_as_the_language_needs(
    cvtex: Program, tmp_path: Path
) -> None:
    def column(language: str, **options: str) -> int:
        tex = written(cvtex, tmp_path, "academic", language, **options)
        return int(re.findall(r"marginparwidth=(\d+)mm", tex)[0])

    assert 33 == column("en") < column("fr") <= 42
    assert column("fr", column="30mm") == 30
    assert column("fr", dates="years") == 25


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("submitted", "Submitted"),
        ("under review", "Under review"),
        ("à paraître", "À paraître"),
        ("arXiv preprint", "arXiv preprint"),
        ("eLife, in press", "eLife, in press"),
        ("doi:10.1000/1", "doi:10.1000/1"),
        ("p-values corrected", "p-values corrected"),
        ("Best paper", "Best paper"),
        ("2nd prize", "2nd prize"),
    ],
)
def test_a_note_begins_with_a_capital(note: str, shown: str) -> None:
    assert start(Rich(note)).text == shown


def test_a_note_that_begins_with_a_macro_stays_as_it_is() -> None:
    assert start(Rich("best paper", r"\emph{best} paper")).text == "best paper"


LONG = {
    "basics": {"name": "Ada"},
    "work": [
        {"name": "Alpha " + "Institution " * 9 + "Omega", "position": "Clerk",
         "location": "Ghent", "startDate": "1801", "endDate": "1802"},
        {"name": "Beta " + "Hospital " * 6, "position": "Nurse",
         "location": "Ouagadougou in Burkina Faso", "startDate": "1803", "endDate": "1804"},
    ],
    "awards": [
        {"title": f"Prize{n}", "awarder": f"Giver{n} " + "Society " * count, "date": str(1810 + n)}
        for n, count in enumerate((13, 13, 13, 1))
    ],
    "certificates": [
        {"name": f"Paper{n}", "issuer": f"Office{n}", "date": str(1820 + n)} for n in range(3)
    ],
}  # fmt: skip


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["classic", "europass"])
def test_dates_stand_on_the_first_line_and_rows_are_broken_alike(
    cvtex: Program, tmp_path: Path, theme: str
) -> None:
    (tmp_path / "cv.yaml").write_text(yaml.safe_dump(LONG, sort_keys=False))
    done = cvtex("build", "cv.yaml", "--theme", theme, "--engine", "pdflatex", "-o", "cv.pdf",
                 cwd=tmp_path)  # fmt: skip
    assert done.status == 0, done.err
    command = ["pdftotext", "-bbox", "cv.pdf", "-"]
    page = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    at = {word.rstrip(","): float(y) for y, word in re.findall(r'yMax="([\d.]+)">([^<]+)<', page)}

    def lines(*words: str) -> list[int]:
        """Return by how many lines, or parts of one, each word stands below the first."""
        return [round((at[word] - at[words[0]]) / 4) for word in words]

    alpha, date, omega, clerk, ghent = lines("Alpha", "1801", "Omega", "Clerk", "Ghent")
    assert alpha == date < omega < clerk == ghent, "a head that wraps beside its date"
    beta, date, nurse, place = lines("Beta", "1803", "Nurse", "Ouagadougou")
    assert beta == date < nurse == place, "a place that has no room follows the position"
    for n in range(4):
        prize, year, giver = lines(f"Prize{n}", str(1810 + n), f"Giver{n}")
        assert prize == year < giver, f"award {n}"
    assert lines("Paper0", "Office0", "1820") == [0, 0, 0]
