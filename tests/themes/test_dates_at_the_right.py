"""jake, harvard, bold: dates stand in one column, and a place or a team has a line with room."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

CV = {
    "basics": {"name": "Ada"},
    "work": [
        {
            "name": "Mills",
            "location": "Bath",
            "positions": [
                {"position": "Smith", "startDate": "2011", "endDate": "2013"},
                {"position": "Clerk", "startDate": "2009", "endDate": "2011"},
            ],
        },
        {
            "name": "Institute for Intelligent Engines and Analytical Machinery",
            "position": "Fellow",
            "team": "Laboratory for the Deep Learning of Looms",
            "location": "Paris",
            "startDate": "2001",
            "endDate": "2004",
        },
        {
            "name": "Observatory of the Royal Society of Edinburgh for Oceans and Weather",
            "position": "Aide",
            "location": "Inverness and Aberdeen, Scotland, United Kingdom",
            "startDate": "1995",
            "endDate": "1999",
        },
    ],
    "awards": [{"title": "Medal", "awarder": "Crown", "date": "1994"}],
}
LOOKS = ("jake", "harvard", "bold")
LINE = 4
"""Points by which the words of one line may differ in height."""

Word = tuple[float, float, str]
"""How far right a word ends, how far down, and what it is."""

pytestmark = pytest.mark.tex


@pytest.fixture(scope="module")
def set_in(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Word]]:
    """Return the words of the CV in each look."""
    folder: Path = tmp_path_factory.mktemp("column")
    (folder / "cv.yaml").write_text(yaml.safe_dump(CV, sort_keys=False), encoding="utf-8")
    themes = [word for look in LOOKS for word in ("--theme", look)]
    build = [sys.executable, "-m", "cvtex", "build", "cv.yaml", *themes, "-o", f"{folder}/pdf/"]
    subprocess.run([*build, "--engine", "pdflatex"], cwd=folder, check=True)
    return {look: words(folder / "pdf" / f"{look}.pdf") for look in LOOKS}


def words(pdf: Path) -> list[Word]:
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pattern = r'xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)<'
    return [(float(x), float(y), text) for x, y, text in re.findall(pattern, found)]


@pytest.mark.parametrize("look", LOOKS)
def test_dates_end_in_one_line_downwards(look: str, set_in: dict[str, list[Word]]) -> None:
    years = [(x, y) for x, y, text in set_in[look] if re.fullmatch(r"[12]\d{3}", text)]
    rows = [max(x for x, other in years if abs(other - y) < LINE) for _, y in years]
    assert len(rows) == 11  # the span of the Mills, two roles, two posts, an award
    assert max(rows) - min(rows) < 1


@pytest.mark.parametrize("look", LOOKS)
def test_no_place_and_no_dates_stand_on_a_line_alone(
    look: str, set_in: dict[str, list[Word]]
) -> None:
    at = {text.rstrip(","): y for _, y, text in set_in[look]}
    for post, employer, place, date in (
        ("Fellow", "Institute", "Paris", "2004"),
        ("Aide", "Observatory", "Inverness", "1999"),
    ):
        lines = [at[post], at[employer]]
        assert any(abs(at[place] - y) < LINE for y in lines), place
        assert any(abs(at[date] - y) < LINE for y in lines), date


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_a_row_stands_on_one_line_or_is_parted_before_what_follows_its_title(
    engine: str, tmp_path: Path
) -> None:
    """Talks with titles of growing lengths: XeLaTeX sets words that may be divided wider than it
    measures them, so that some that were to fit had their date on a line of their own."""
    venue = "Gordon Research Conference on Rock Deformation"
    titles = [f"Twenty {'i' * n}years of repeating earthquakes" for n in range(12)]
    titles += ["Twenty"] * 40  # so few long ones are parted each for itself
    entries = [
        {"name": title, "entity": venue, "startDate": f"{1930 + n}-09", "endDate": f"{1930 + n}-09"}
        for n, title in enumerate(titles)
    ]
    talks = {"title": "Talks", "kind": "projects", "entries": entries}
    cv = {"basics": {"name": "Ada"}, "talks": talks}
    (tmp_path / "cv.yaml").write_text(yaml.safe_dump(cv, sort_keys=False), encoding="utf-8")
    build = [sys.executable, "-m", "cvtex", "build", "cv.yaml", "--theme", "jake", "-o", "cv.pdf"]
    subprocess.run([*build, "--engine", engine], cwd=tmp_path, check=True)
    set_ = words(tmp_path / "cv.pdf")
    ends = [y for _, y, text in set_ if re.fullmatch(r"19\d\d", text)]
    assert len(ends) == len(entries)
    # Beside each date stands the beginning of its row.
    assert all(
        any(word.startswith("Twenty") and abs(y - end) < LINE for _, y, word in set_)
        for end in ends
    )
