"""The heads of records as LaTeX: what parts their pieces, and what stays together on a page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cvtex.latex import themes

CV = {
    "basics": {"name": "Ada"},
    "work": [
        {
            "name": "Mills",
            "location": {"city": "Bath"},
            "positions": [
                {"position": "Smith", "startDate": "2001", "endDate": "2003"},
                {"position": "Clerk", "startDate": "1999", "endDate": "2001"},
            ],
        }
    ],
    "awards": [
        {"title": "Who turns the wheel?", "awarder": "Guild", "date": "2020"},
        {"title": "Medal", "awarder": "Crown", "date": "2019"},
        {"title": "Prize", "awarder": "Town", "date": "2018"},
        {"title": "Cup", "date": "2017"},
    ],
    "certificates": [{"name": f"Degree {number}", "date": "2016"} for number in range(7)],
    "references": [
        {"name": "Kenji Tanaka, Institute for Research on Earthquakes, Tokyo", "reference": f"{to}"}
        for to in ("kenji.tanaka@institute.example.jp", "a@b.example")
    ],
    "teaching": {
        "title": "Teaching",
        "kind": "projects",
        "entries": [
            {"name": "Waves", "description": "PhD seminar, 60 a year.", "endDate": "2015"},
            {"name": "Rocks", "description": "With Stone, Inc.", "endDate": "2014"},
            {"name": "Maps", "description": "Lectures in Ph.D.", "endDate": "2013"},
        ],
    },
    "projects": [
        {
            "name": "Loom",
            "roles": ["author"],
            "keywords": ["Wood", "Iron"],
            "description": "Weaves.",
        }
    ],
}
LOOKS = ("jake", "harvard", "linear", "bold")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("heads")
    (folder / "cv.yaml").write_text(yaml.safe_dump(CV, sort_keys=False), encoding="utf-8")
    themes = [word for look in LOOKS for word in ("--theme", look)]
    build = [sys.executable, "-m", "cvtex", "build", "cv.yaml", *themes]
    subprocess.run([*build, "--engine", "pdflatex", "--no-pdf"], cwd=folder, check=True)
    return {path.parent.name: path.read_text("utf-8") for path in folder.rglob("cv.tex")}


@pytest.mark.parametrize("look", LOOKS)
def test_an_employer_of_several_roles_has_its_span_and_its_place(
    look: str, written: dict[str, str]
) -> None:
    assert r"\cvemployer{Mills}{\mbox{1999 – 2003}}{Bath}" in written[look]
    assert "2001 – 2003" in written[look]


@pytest.mark.parametrize("look", LOOKS)
def test_what_follows_in_a_row_stands_after_a_comma_or_the_title_s_own_stop(
    look: str, written: dict[str, str]
) -> None:
    title = "textnormal" if look == "harvard" else "textbf"
    assert rf"\{title}{{Medal}}\cvrest{{\cvmark{{P}}, }}{{\cvvenue{{Crown}}}}" in written[look]
    assert (
        rf"\{title}{{Who turns the wheel?}}\cvrest{{\cvmark{{P}} }}{{\cvvenue{{Guild}}}}"
        in written[look]
    )


@pytest.mark.parametrize("look", LOOKS)
def test_the_text_of_a_row_keeps_its_full_stop(look: str, written: dict[str, str]) -> None:
    """In linear, where dates follow in the line, it is said, so that no dot stands behind it."""
    stop = r".\cvstopped{}" if look == "linear" else "."
    assert rf"PhD seminar, 60 a year{stop}" in written[look]
    assert rf"With Stone, Inc{stop}" in written[look]


@pytest.mark.parametrize("look", LOOKS)
def test_all_addresses_of_references_stand_below_names_if_one_has_no_room_beside(
    look: str, written: dict[str, str]
) -> None:
    assert len(re.findall(r"\\cventry\{Kenji.*\n\\cvtext\{", written[look])) == 2


@pytest.mark.parametrize("look", LOOKS)
def test_six_rows_stay_on_a_page_of_more_two_on_either_side(
    look: str, written: dict[str, str]
) -> None:
    rows = re.findall(r"^(\\cvtie\n)?%% begin .*\n(?:.*\n){1,3}?\\cvrow\{(.*)", written[look], re.M)
    tied = {title.split("{")[1].split("}")[0]: bool(tie) for tie, title in rows}
    assert [tied[title] for title in ("Medal", "Prize", "Cup")] == [True, True, True]
    degrees = [tied[f"Degree {number}"] for number in range(7)]
    assert degrees == [False, True, False, False, False, False, True]


@pytest.mark.parametrize("look", LOOKS)
def test_ones_part_in_a_project_stands_beside_its_name_and_keywords_have_one_place(
    look: str, written: dict[str, str]
) -> None:
    assert r"Loom\cvbeside{author}" in written[look]
    beside = look == "jake"
    assert (r"\cvstack" in written[look]) == beside
    assert (r"\cvkeywords" in written[look]) != beside


@pytest.mark.parametrize(
    ("name", "heavy"),
    [
        ("Ada Lovelace", "Lovelace"),
        ("Plato", "Plato"),
        ("Bartholomew J. Featherstonehaugh III", "Featherstonehaugh III"),
        ("Sammy Davis, Jr.", "Davis, Jr."),
        ("Ludwig van der Rohe", "van der Rohe"),
        ("Samira Ben Abdallah El Idrissi", "El Idrissi"),
        ("de la Cruz", "la Cruz"),
        ("Jo V", "V"),
    ],
)
def test_bold_has_a_surname_with_what_belongs_to_it_heavy(name: str, heavy: str) -> None:
    parted = vars(sys.modules[themes.find("bold", None).load().__module__])["parted"]
    first, last = parted(name)
    assert (last, f"{first} {last}".strip()) == (heavy, name)
