"""columns: which column each section stands in, in what order, and what is as wide as both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cvtex.contract.poppler import pdftotext

TITLES = {
    "work": "EXPERIENCE", "education": "EDUCATION", "publications": "PUBLICATIONS",
    "skills": "SKILLS", "talks": "TALKS", "awards": "AWARDS", "languages": "LANGUAGES",
}  # fmt: skip


def _resume(jobs: int, papers: int, talks: int) -> dict[str, object]:
    """A CV whose sections stand in the order of TITLES."""
    text = "What was made there, for whom, with how many people, and what it changed since. "
    return {
        "basics": {"name": "Ada Sides", "label": "Engineer", "email": "ada@example.org"},
        "work": [
            {"name": f"Mill {n}", "position": "Engineer", "startDate": f"{2020 - n}-01",
             "endDate": f"{2020 - n}-11", "location": "Paris", "highlights": [text * 2] * 3}
            for n in range(jobs)
        ],
        "education": [{"institution": "School", "studyType": "Master", "endDate": "2001"}],
        "publications": [
            {"type": "article", "name": f"Paper {n} {'of a title ' * 12}",
             "releaseDate": f"{2020 - n // 2}"}
            for n in range(papers)
        ],
        "skills": [{"name": "Tools", "keywords": ["Git", "Make"]}],
        "talks": {"title": "Talks", "entries": [
            {"name": f"Talk {n}", "entity": "A conference", "startDate": f"{2020 - n}-05",
             "endDate": f"{2020 - n}-05"} for n in range(talks)
        ]},
        "awards": [{"title": "Prize", "awarder": "Society", "date": "2012"}],
        "languages": [{"language": "German", "fluency": "C1"}],
        "meta": {"sections": list(TITLES), "publications": {"numbering": "down"}},
    }  # fmt: skip


def _latex(resume: dict[str, object], cvtex, folder: Path) -> str:  # type: ignore[no-untyped-def]
    data = folder / "cv.yaml"
    data.write_text(yaml.safe_dump(resume, sort_keys=False), encoding="utf-8")
    done = cvtex("build", data, "--theme", "columns", "--no-pdf", cwd=folder)
    assert done.status == 0, done.err
    [written] = folder.glob("build/**/cv.tex")
    return written.read_text(encoding="utf-8")


def _places(latex: str) -> Iterator[tuple[str, str]]:
    """Yield where each section stands, and its title; nothing for the rest of one."""
    for place, how, body in re.findall(
        r"\\begin\{(cvmain|cveither|cvwide)\}(?:\{(\w+)\})?(.*?)\\end\{\1\}", latex, re.DOTALL
    ):
        title = re.search(r"\\cvsection\{(.*?)\}", body)
        yield f"{place} {how}".strip(), title[1] if title else ""


def test_what_is_longer_than_the_narrow_column_is_as_wide_as_both(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The narrow column's sections stand beside the first jobs; the rest of them follows, and
    each job is set once, in order."""
    resume = _resume(jobs=14, papers=2, talks=3)
    latex = _latex(resume, cvtex, tmp_path)
    places = list(_places(latex))
    assert places[0] == ("cvmain", "EXPERIENCE")
    rest = places.index(("cvwide text", ""))
    assert {title for _, title in places[:rest]} == {*TITLES.values()}
    jobs = [int(n) for n in re.findall(r"Mill (\d+)\}", latex)]
    assert jobs == list(range(14))
    assert latex.split(r"\begin{cvwide}{text}")[1].lstrip().startswith("%% begin cv.yaml")
    shop = {"name": "Shop", "highlights": ["Sold it.", "Mended it."]}
    latex = _latex({**resume, "projects": [shop]}, cvtex, tmp_path)
    assert ("cvwide text", "PROJECTS") in _places(latex)  # all that follows is as wide
    first = latex[latex.index(r"\begin{cvmain}") : latex.index(r"\end{cvmain}")]
    assert 2 <= first.count(r"\cventry") <= 5  # what one page has room for


def test_a_few_lines_more_stay_in_their_column(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    places = [place for place, _ in _places(_latex(_resume(5, 2, 3), cvtex, tmp_path))]
    assert "cvmain" in places and not any(place.startswith("cvwide") for place in places)


def test_what_has_room_stands_beside_what_is_above_a_long_list(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Skills and the like come from below it, in the CV's order; where nothing is left for the
    narrow column there, the wide one takes both."""
    places = list(_places(_latex(_resume(jobs=4, papers=12, talks=14), cvtex, tmp_path)))
    titles = [title for _, title in places]
    assert titles == [
        "EXPERIENCE", "EDUCATION", "SKILLS", "AWARDS", "LANGUAGES", "PUBLICATIONS", "TALKS",
    ]  # fmt: skip
    assert places[-2:] == [("cvwide list", "PUBLICATIONS"), ("cvwide text", "TALKS")]


@pytest.mark.parametrize("kept", [["skills", "languages"], ["languages"], ["skills"], ["awards"]])
def test_no_column_stands_empty_beside_the_other(kept: list[str], cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    resume = {
        key: value for key, value in _resume(1, 1, 1).items() if key == "basics" or key in kept
    }
    places = [place for place, _ in _places(_latex(resume, cvtex, tmp_path))]
    assert places == (["cveither main", "cveither firm"] if len(kept) == 2 else ["cvwide text"])


def test_grants_of_a_section_have_one_form(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """If one needs three lines, all have them."""
    resume = _resume(2, 1, 1)
    short = {"name": "A", "funder": "Fund", "role": "PI", "amount": "1 €", "startDate": "2020"}
    long = {**short, "funder": "European Research Council, Advanced Grant", "role": "Investigator"}
    for grants, three in (([short, short], False), ([short, long], True)):
        latex = _latex({**resume, "grants": grants}, cvtex, tmp_path)
        assert (r"\cvthreelines" in latex) == three


def test_prose_stands_in_the_wide_column(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """It is free to stand in the narrow one where the wide one is about as high as the page."""
    prose = [{"description": "What was made, for whom, and what it changed since. " * 4}] * 2
    talks = [{"name": "A talk", "entity": "A conference", "startDate": "2020-05"}] * 2
    for jobs, projects, place in (
        (14, prose, "cvwide text"),
        (2, prose, "cveither prose"),
        (2, talks, "cveither main"),
    ):
        resume: dict[str, object] = {**_resume(jobs, 2, 1), "projects": projects}
        places = list(_places(_latex(resume, cvtex, tmp_path)))
        assert (place, "PROJECTS") in places
        if jobs == 14:  # nothing else stands between the jobs above and those that go on below
            assert [title for where, title in places if where == "cvmain"] == ["EXPERIENCE"]
            assert ("cveither fixed", "EDUCATION") in places
    kept = {key: resume[key] for key in ("basics", "work")}
    places = list(_places(_latex({**kept, "projects": prose}, cvtex, tmp_path)))
    assert {where for where, _ in places} == {"cvwide text"}  # with nothing to stand beside them


@pytest.mark.tex
def test_prose_stands_in_the_narrow_column_if_that_saves_a_page(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    prose = [{"description": "Plain words for a thing that was made, and why. " * 4}] * 2
    for jobs, right in ((2, False), (4, True)):
        resume = _resume(jobs, 0, 0)
        kept = {key: resume[key] for key in ("basics", "work", "skills")}
        data, pdf = tmp_path / "cv.yaml", tmp_path / "cv.pdf"
        data.write_text(yaml.safe_dump({**kept, "projects": prose}), encoding="utf-8")
        done = cvtex("build", data, "--theme", "columns", "--engine", "pdflatex", "-o", pdf)
        assert done.status == 0, done.err
        read = pdftotext(pdf, "-bbox")
        [x] = re.findall(r'xMin="([\d.]+)"[^>]*>PROJECTS<', read)
        assert (float(x) > 300, read.count("<page ")) == (right, 1)


@pytest.mark.tex
def test_each_column_is_in_the_order_of_the_cv(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Page by page; dates and years stand at the left of what is as wide as both, texts on one
    line below one another, and nothing reaches beyond a margin."""
    data, pdf = tmp_path / "cv.yaml", tmp_path / "cv.pdf"
    data.write_text(yaml.safe_dump(_resume(14, 12, 14), sort_keys=False), encoding="utf-8")
    done = cvtex("build", data, "--theme", "columns", "--engine", "pdflatex", "-o", pdf)
    assert done.status == 0, done.err
    columns: dict[bool, list[str]] = {False: [], True: []}
    starts: dict[str, set[int]] = {}
    pages = pdftotext(pdf, "-bbox").split("</page>")[:-1]
    for page in pages:
        words = [
            (float(y), float(x), float(end), word)
            for x, y, end, word in re.findall(
                r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', page
            )
        ]
        assert min(x for _, x, _, _ in words) > 42 and max(end for _, _, end, _ in words) < 554
        for _, x, _, word in sorted(words):
            if word in TITLES.values():
                columns[x > 300].append(word)
            if word in ("Paper", "Talk"):
                starts.setdefault(word, set()).add(round(x))
    order = list(TITLES.values())
    for titles in columns.values():
        assert titles == sorted(titles, key=order.index)
    assert sorted(columns[False] + columns[True]) == sorted(order)
    assert columns[True] == ["EDUCATION", "SKILLS", "AWARDS", "LANGUAGES"]
    assert len(starts["Talk"]) == 1 and min(starts["Talk"]) > 42 + 80  # right of the dates
