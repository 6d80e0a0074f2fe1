"""moderncv: the class's own macros, held against settings that its styles were not made for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from cvtex.contract.poppler import pdftotext
from cvtex.contract.samples import samples
from shared import Program

FULL = samples() / "full.yaml"


@pytest.mark.tex
@pytest.mark.parametrize(
    "options",
    [
        ("style=fancy", "margin=30mm"),
        ("style=fancy", "fontSize=12pt"),
        ("style=casual", "font=pagella"),
    ],
)
def test_bullets_stand_beside_their_text_and_shapes_are_there(
    options: tuple[str, ...],
    cvtex: Program,
    tmp_path: Path,
) -> None:
    chosen = [word for one in options for word in ("--set", f"meta.themes.moderncv.{one}")]
    pdf = tmp_path / "cv.pdf"
    done = cvtex("build", FULL, "--theme", "moderncv", *chosen, "-o", pdf, cwd=tmp_path)
    assert done.status == 0, done.err
    assert all(
        line.startswith(("note: the last page", "  hint: `--fit")) for line in done.err.splitlines()
    )
    assert not re.findall(r"^ *• *$", pdftotext(pdf, "-layout"), re.M)


LONG = "A Title that Takes More than Half a Line of the Page"
HEADS = {
    "basics": {"name": "Ada Lovelace"},
    "work": [
        {"name": "Mills", "position": "Engineer", "team": "Engines", "location": "London"}
        | {"startDate": "1842", "endDate": "1843"},
        {"name": LONG, "position": "Mathematician", "location": "Turin and its Surroundings"}
        | {"startDate": "1840", "endDate": "1841"},
        {"name": LONG, "position": f"Engineer {LONG}", "location": "Turin and its Surroundings"}
        | {"startDate": "1838", "endDate": "1839"},
        {
            "name": f"{LONG} of Books in the Library",
            "position": "Clerk",
            "location": "Turin and its Surroundings",
        }
        | {"startDate": "1836", "endDate": "1837"},
    ],
    "awards": [
        {"title": "Medal", "awarder": "A Society", "date": "1840"},
        {"title": LONG, "awarder": "A Society for the Promotion of Engines", "date": "1841"},
    ],
    "projects": [{"name": "Notes", "entity": "Memoirs", "description": "A", "startDate": "1842"}],
    "talks": {
        "title": "Talks",
        "kind": "projects",
        "entries": [
            {"name": "A Talk", "entity": "Turin", "endDate": "1840"},
            {"name": "A Longer Talk", "entity": ", ".join([LONG] * 3), "endDate": "1841"},
        ],
    },
    "languages": [{"language": "English", "fluency": "native"}],
    "interests": [{"name": "Music"}],
    "meta": {
        "sections": [
            "awards",
            {"languages": "Languages Spoken Fluently and Idioms Read"},
            "interests",
            "work",
            "talks",
        ]
    },
}


@pytest.mark.tex
def test_heads_have_one_form_whatever_their_length(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text(yaml.safe_dump(HEADS, sort_keys=False))
    chosen = ("--theme", "moderncv", "--set", "meta.themes.moderncv.style=oldstyle")
    done = cvtex("build", "cv.yaml", *chosen, "-o", "cv.pdf", cwd=tmp_path)
    assert done.status == 0, done.err
    read = pdftotext(tmp_path / "cv.pdf", "-layout").splitlines()
    lines = [" ".join(line.split()) for line in read if line.strip()]
    said = "\n".join(lines)
    # Rows look alike: as one is too long for a line, all have below their titles what they are
    # about. What takes more than a line by itself says nothing of the others.
    assert f"Medal 1840\nA Society\n{LONG} 1841\nA Society for the Promotion of Engines" in said
    assert "A Talk, Turin 1840\nA Longer Talk 1841" in said
    # The employer with its place, below it the position and the team.
    assert "Mills London 1842 – 1843\nEngineer Engines" in said
    # The dates stay on the first line beside the whole employer; its place, which has no room
    # there, stands behind the position, or before it where it has none there either.
    place = "Turin and its Surroundings"
    assert f"{LONG} 1840 – 1841\nMathematician {place}\n" in said
    assert f"{LONG} 1838 – 1839\n{place}\nEngineer {LONG}" in said
    # What is wider than the line is broken, and its place is not alone on a line.
    assert re.search(rf"^{LONG[:20]}.* 1836 – 1837\n(\w+ )+{place}\nClerk$", said, re.M)
    # A title of three lines keeps that of the next section off.
    at = {
        word: n for n, line in enumerate(lines) for word in ("Idioms", "Interests") if word in line
    }
    assert at["Idioms"] < at["Interests"]


def test_rows_with_nothing_below_them_are_set_together(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text(yaml.safe_dump(HEADS, sort_keys=False))
    done = cvtex("build", "cv.yaml", "--no-pdf", "--theme", "moderncv", cwd=tmp_path)
    assert done.status == 0, done.err
    written = next((tmp_path / "build").rglob("cv.tex")).read_text("utf-8")
    awards = written.partition(r"\section{AWARDS}")[2].partition(r"\section")[0]
    assert awards.count(r"\begin{cvrows}") == 1
    assert awards.partition(r"\begin{cvrows}")[2].count(r"\cvrow{") == 2


@pytest.mark.tex
def test_dates_of_many_words_stay_on_the_page(cvtex: Program, tmp_path: Path) -> None:
    dates = "{text: some time in the long summer between two schools and a war, sort: '1841'}"
    data = f"basics: {{name: Ada}}\nwork:\n- {{name: Mills, location: Kent, startDate: {dates}}}\n"
    (tmp_path / "cv.yaml").write_text(data, "utf-8")
    chosen = ("--theme", "moderncv", "--set", "meta.themes.moderncv.style=casual")
    done = cvtex("build", "cv.yaml", *chosen, "-o", "cv.pdf", cwd=tmp_path)
    assert done.status == 0, done.err
    lefts = re.findall(r'xMin="(-?[0-9.]+)"', pdftotext(tmp_path / "cv.pdf", "-bbox"))
    assert len(lefts) > 14 and min(map(float, lefts)) > 15


@pytest.mark.tex
def test_what_tex_says_of_a_row_is_said_once(cvtex: Program, tmp_path: Path) -> None:
    rows = "".join(f"- {{title: {title}, awarder: Here}}\n" for title in (r"!tex '\nothing'", "A"))
    (tmp_path / "cv.yaml").write_text(f"basics: {{name: Ada}}\nawards:\n{rows}", "utf-8")
    done = cvtex("build", "cv.yaml", "--theme", "moderncv", cwd=tmp_path)
    assert done.status == 1
    assert re.findall(r"^(\S+) error: ", done.err, re.M) == ["cv.yaml:3:11:"], done.err
    assert done.err.count("error: ") == 1
