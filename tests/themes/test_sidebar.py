"""sidebar: two columns, each read as a whole; a long one goes on, and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex import source
from cvtex.contract.poppler import pdftotext
from cvtex.contract.samples import samples
from cvtex.latex import levels, themes
from cvtex.pdf import readback
from themes.textlayer import pypdf_pages

SIDEBAR = themes.find("sidebar", None).load()
STEPS: Callable[[str | None], int] = levels.steps

LONG_SIDE = """\
basics: {name: Ada Sides, email: ada@example.org, summary: The summary of the main column.}
work:
  - {name: Main column, position: Engineer, startDate: 2020, highlights: [One bullet]}
skills:
"""


@pytest.mark.parametrize(
    ("level", "of_six"),
    [
        ("A1", 1),
        ("C2", 6),
        ("B2 (certified)", 4),
        ("Native speaker", 6),
        ("Native or bilingual proficiency", 6),
        ("Full professional proficiency", 5),
        ("Advanced", 4),
        ("80 %", 5),
        ("1%", 1),
        ("Grundkenntnisse", 1),
        ("between beginner and intermediate", 0),
        ("well enough", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_levels(level: str | None, of_six: int) -> None:
    assert STEPS(level) == of_six


@pytest.mark.tex
def test_a_long_side_column_goes_on_to_further_pages(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    skills = "".join(
        f"  - {{name: Group {n}, level: Advanced, keywords: [Word{n}a, Word{n}b, Word{n}c]}}\n"
        for n in range(60)
    )
    data = tmp_path / "cv.yaml"
    data.write_text(LONG_SIDE + skills, encoding="utf-8")
    for engine in ("pdflatex", "xelatex", "lualatex"):
        pdf = tmp_path / f"{engine}.pdf"
        done = cvtex(
            "build", data, "--theme", "sidebar", "--engine", engine, "--toolchain", "latexmk",
            "-o", pdf,
        )  # fmt: skip
        assert done.status == 0, done.err
        pages = pypdf_pages(pdf)
        found = [word for page in pages for word in page.split() if word.startswith("Word")]
        assert found == [f"Word{n}{letter}" for n in range(60) for letter in "abc"]
        assert len(pages) > 2
        # the first page: the name, the side as a whole, the main column as a whole
        first = " ".join(pages[0].split())
        assert first.startswith("Ada Sides ada@example.org SKILLS Group 0")
        main = "The summary of the main column. EXPERIENCE Engineer 2020 – Present Main column"
        assert first.endswith(f"{main} • One bullet")


@pytest.mark.tex
def test_the_side_ends_where_the_page_does(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A record that is not divided has its height below its first line, where TeX does not look."""
    side = "sideSections=[skills, languages, interests, work]"
    options = ("fontSize=12pt", "icons=false", side, "pageNumbers=false")
    chosen = [word for one in options for word in ("--set", f"meta.themes.sidebar.{one}")]
    full = samples() / "full.yaml"
    pdf = tmp_path / "cv.pdf"
    done = cvtex("build", full, "--theme", "sidebar", *chosen, "-o", pdf, cwd=tmp_path)
    assert done.status == 0, done.err
    boxes = pdftotext(pdf, "-bbox")
    lowest = max(float(y) for y in re.findall(r'<word .*?yMax="([\d.]+)"', boxes))
    assert lowest < 842 - 15 * 72 / 25.4 + 10  # the margin, and what hangs below a line


@pytest.mark.tex
def test_sections_chosen_for_the_side(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = tmp_path / "cv.yaml"
    data.write_text(
        LONG_SIDE
        + "  - {name: Tools, keywords: [Git]}\n"
        + "languages: [{language: German, fluency: C1}]\n"
        + "meta: {themes: {sidebar: {side: right, sideSections: [work, languages]}}}\n",
        encoding="utf-8",
    )
    pdf = tmp_path / "cv.pdf"
    done = cvtex("build", data, "--theme", "sidebar", "--toolchain", "latexmk", "-o", pdf)
    assert done.status == 0, done.err
    [page] = pypdf_pages(pdf)
    order = ["Ada Sides", "EXPERIENCE", "LANGUAGES", "The summary", "SKILLS"]
    assert sorted(order, key=page.index) == order


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("sideWidth: 15mm", "a column at the side is between 45mm and 100mm wide"),
        ("sideSections: [skills/tools]", "a section is named as its file is"),
        ("sideSections: skills", "sideSections takes a list"),
        ("panel: blue-ish", "a colour is written as six hexadecimal digits"),
        ("side: top", "side"),
    ],
)
def test_wrong_options_have_a_line(option: str, message: str, tmp_path: Path) -> None:
    data = tmp_path / "cv.yaml"
    data.write_text(
        f"basics: {{name: Ada}}\nmeta:\n  themes:\n    sidebar:\n      {option}\n", encoding="utf-8"
    )
    reading = source.read(source.find(data, public=False))
    assert reading.resume
    _, [problem] = source.options(reading.resume.meta.themes["sidebar"], SIDEBAR.Options)
    assert problem.source and problem.source.line == 5
    assert message in problem.message


def test_a_misspelt_section_has_a_line_and_a_guess(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A section of one's own is known by its name, however much it is like another's."""
    data = tmp_path / "cv.yaml"
    data.write_text(
        "basics: {name: Ada}\n"
        "project: {title: A big one, entries: [{name: Engine}]}\n"
        "hackathons: {title: Nights, entries: [{name: Berlin}]}\n"
        "meta:\n  themes:\n    sidebar:\n      sideSections:\n"
        "        - project\n        - skils\n        - hackatons\n        - nothing-alike\n",
        encoding="utf-8",
    )
    done = cvtex("validate", data.name, "--theme", "sidebar", cwd=tmp_path)
    assert done.status == 1
    told = [line.strip() for line in done.err.splitlines() if "error:" in line or "hint:" in line]
    assert told[:4] == [
        'cv.yaml:9:11: error: unknown section "skils"',
        "hint: did you mean skills?",
        'cv.yaml:10:11: error: unknown section "hackatons"',
        "hint: did you mean hackathons?",
    ]
    assert told[4] == 'cv.yaml:11:11: error: unknown section "nothing-alike"'
    assert told[5].startswith("hint: known are work, ") and len(told) == 6


@pytest.mark.tex
def test_two_pages_are_enough_for_the_users_cv(project: Path, cvtex) -> None:  # type: ignore[no-untyped-def]
    """Its `pageLimit`; in classic it takes as many."""
    done = cvtex(
        "build", "--theme", "sidebar", "--engine", "pdflatex", "--toolchain", "latexmk", "--strict",
        cwd=project, CVTEX_PRIVATE_PHONE="+49 30 23125 000",
    )  # fmt: skip
    assert done.status == 0, done.err
    assert len(pypdf_pages(project / "build/sidebar.pdf")) == 2


BALANCED = """\
basics: {name: Ada Sides, summary: What Ada does.}
work:
WORK
skills: [{name: Tools, keywords: [Git, Make]}]
education: [{institution: School, studyType: Master, endDate: 2010}]
awards: [{title: Prize, date: 2012}, {title: Medal, date: 2011}]
publications:
PAPERS
talks: {title: Talks, entries: [{name: A talk, startDate: 2015, endDate: 2015}]}
languages: [{language: German, fluency: C1}]
meta: {sections: [work, skills, education, awards, publications, talks, languages]}
"""


@pytest.mark.tex
def test_both_columns_go_on_over_pages(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Short sections stand beside the work, on as many pages as there is text for both; a long
    list is as wide as the page, and in one piece."""
    jobs = "\n".join(
        f"  - {{name: Mill {n}, startDate: {2000 + n}, highlights: [{'word ' * 40}]}}"
        for n in range(20)
    )
    papers = "\n".join(
        f"  - {{type: article, name: Paper {n} {'title ' * 20}, releaseDate: {1990 + n}}}"
        for n in range(12)
    )
    groups = "".join(f"  - {{name: Group {n}, keywords: [Word]}}\n" for n in range(25))
    data, pdf = tmp_path / "cv.yaml", tmp_path / "cv.pdf"
    text = BALANCED.replace("WORK", jobs).replace("PAPERS", papers)
    data.write_text(text.replace("[{name: Tools, keywords: [Git, Make]}]", f"\n{groups}"), "utf-8")
    done = cvtex("build", data, "--theme", "columns", "-o", pdf)
    assert done.status == 0, done.err
    pages = pdftotext(pdf, "-bbox").split("</page>")
    places = [
        [(float(x), word) for x, word in re.findall(r'xMin="([\d.]+)" .*?>(\w+)<', page)]
        for page in pages
    ]
    mills = [min((x for x, w in page if w == "Mill"), default=0) for page in places]
    words = [min((x for x, w in page if w == "Group"), default=0) for page in places]
    assert mills[0] and mills[1] and words[0] and words[1]
    assert all(x == mills[0] for x in mills if x) and all(x == words[0] for x in words if x)
    assert words[0] > mills[0] + 250
    read = " ".join(" ".join(pypdf_pages(pdf)).split())
    for name, count in (("Mill", 20), ("Group", 25), ("Paper", 12)):
        found = [int(n) for n in re.findall(rf"{name} (\d+)", read)]
        assert sorted(found) == list(range(count)) and found in (sorted(found), sorted(found)[::-1])
    assert read.index("LANGUAGES") < read.index("Paper 0") < read.index("A talk")
    rightmost = max(x for page in places for x, word in page if word == "title")
    assert rightmost > words[0] + 40  # over both columns


@pytest.mark.tex
@pytest.mark.parametrize("side", ["left", "right"])
def test_pages_without_a_side_take_their_whole_width(side: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Titles' rules and works of a list reach over the page, and stand in its middle, once
    nothing of the side is left."""
    jobs = "".join(
        f"  - {{name: Employer {n}, position: Job {n}, startDate: 2020-01, highlights:"
        f" [{'what was done there and why ' * 9}]}}\n"
        for n in range(40)
    )
    works = "".join(
        f"@article{{k{n}, author={{Sides, Ada}}, title={{{'Words of a title ' * 9}{n}}},"
        f" journal={{J}}, year={{2020}}}}\n"
        for n in range(30)
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "p.bib").write_text(works, encoding="utf-8")
    (tmp_path / "data" / "work.yaml").write_text(jobs, encoding="utf-8")
    (tmp_path / "data" / "basics.yaml").write_text("name: Ada Sides\n", encoding="utf-8")
    (tmp_path / "data" / "languages.yaml").write_text("- {language: German}\n", encoding="utf-8")
    names = ("sidebar", "banner", "columns")
    chosen = [word for name in names for word in ("--theme", name)]
    chosen += [word for name in names for word in ("--set", f"meta.themes.{name}.side={side}")]
    done = cvtex("build", "--public", *chosen, "-o", f"{tmp_path}/out/", cwd=tmp_path)
    assert done.status == 0, done.err
    for name in names:
        boxes = pdftotext(tmp_path / "out" / f"{name}.pdf", "-bbox").split("<page ")[1:]
        edges = [
            (
                min(float(x) for x in re.findall(r'xMin="([\d.]+)"', page)),
                max(float(x) for x in re.findall(r'xMax="([\d.]+)"', page)),
            )
            for page in boxes
        ]
        assert len(edges) > 3
        for left, right in edges[2:-1]:
            assert right - left > 410, (name, edges)  # of 595; at most 45 em of 9.5 or 10 pt
            assert abs(left - (595.28 - right)) < 25, (name, edges)


@pytest.mark.tex
def test_contacts_have_one_size_and_a_column_shrinks_its_gaps(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    groups = "".join(f"  - {{name: Group {n}, keywords: [Word]}}\n" for n in range(17))
    data = tmp_path / "cv.yaml"
    data.write_text(
        "basics:\n  name: Ada Sides\n  email: hello@ada-of-many-sides.example.org\n"
        f"  phone: +49 30 5550 1947\n  url: https://ada.example.org\nskills:\n{groups}",
        encoding="utf-8",
    )
    pdf = tmp_path / "cv.pdf"
    done = cvtex("build", data, "--theme", "sidebar", "-o", pdf)
    assert done.status == 0, done.err
    [page] = readback.read(pdf)
    of = {word.text: word.size for word in page.words}
    email = next(size for text, size in of.items() if "@" in text)
    assert of["ada.example.org"] == of["1947"] == pytest.approx(email, rel=0.04)
    assert 6.9 < email < 9


@pytest.mark.tex
def test_a_page_without_a_side_has_one_width(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A record goes on there with a bullet, and each group of publications has the page's width."""
    filler = "".join(f"      - {'filler ' * 45}\n" for _ in range(14))
    bullets = f"      - {'first ' * 45}\n      - {'second ' * 60}\n      - {'third ' * 60}\n"
    data = tmp_path / "cv.yaml"
    data.write_text(
        "basics: {name: Ada Sides}\nskills: [{name: Tools, keywords: [Git]}]\nwork:\n"
        f"  - name: Mills\n    startDate: 2020\n    highlights:\n{filler}"
        f"  - name: Looms\n    startDate: 2018\n    highlights:\n{bullets}"
        "publications:\n"
        f"  - {{type: article, name: {'paper ' * 60}, releaseDate: 2019}}\n"
        f"  - {{type: book, name: {'book ' * 60}, releaseDate: 2018}}\n"
        "meta: {publications: {groupBy: type}}\n",
        encoding="utf-8",
    )
    pdf = tmp_path / "cv.pdf"
    for theme in ("sidebar", "banner"):
        done = cvtex("build", data, "--theme", theme, "-o", pdf)
        assert done.status == 0, done.err
        ends: list[dict[str, float]] = []
        for page in pdftotext(pdf, "-bbox").split("</page>")[:2]:
            ends.append({})
            for right, word in re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">(\w+)<', page):
                ends[-1][word] = max(ends[-1].get(word, 0), float(right))
        assert "first" in ends[0] and {"third", "paper", "book"} <= set(ends[1])
        assert not {"first", "second", "third"} & set(ends[0]) & set(ends[1])  # none is divided
        of_text = [ends[1][w] for w in ("second", "third", "paper", "book") if w in ends[1]]
        assert min(of_text) > max(of_text) - 40


@pytest.mark.tex
def test_gaps_of_a_panel_are_as_wide_as_its_page_has_room(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """On the last page it ends no lower than the text beside it, on others at the foot. What
    stands below an award on it begins at the left."""
    groups = "".join(f"  - {{name: Group {n}, keywords: [Word]}}\n" for n in range(8))
    ends = []
    for jobs in (2, 3):
        work = "".join(
            f"  - {{name: Mill {n}, startDate: 2001, highlights: [{'word ' * 60}],"
            f" pageBreak: {'true' if n == 2 else 'false'}}}\n"
            for n in range(jobs)
        )
        data, pdf = tmp_path / f"cv{jobs}.yaml", tmp_path / f"cv{jobs}.pdf"
        data.write_text(
            f"basics: {{name: Ada Sides}}\nskills:\n{groups}work:\n{work}"
            "awards: [{title: Prize, awarder: Society, summary: Below.}]\n"
            "meta: {themes: {sidebar: {sideSections: [awards, skills]}}}\n",
            encoding="utf-8",
        )
        done = cvtex("build", data, "--theme", "sidebar", "--engine", "pdflatex", "-o", pdf)
        assert done.status == 0, done.err
        words = re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]+)<',
            pdftotext(pdf, "-bbox").split("</page>")[0],
        )
        ends.append(max(float(y) for x, y, _ in words if float(x) < 150))
        assert len({x for x, _, word in words if word in ("Prize", "Society", "Below.")}) == 1
    assert ends[1] > ends[0] + 40
