"""Sections of one's own that list publications, and what is said of groups and styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import source
from cvtex.citation.remarks import remarks
from cvtex.latex.render import contents
from shared import Program

BIB = """@article{a, author={Doe, Jane}, title={Apples}, journal={J}, year=2021, selected={true}}
@book{b, author={Doe, Jane and Roe*, R.}, title={Bananas}, publisher={P}, year=2020, keywords={ml}}
@article{c, author={Doe, J.}, title={Cherries}, journal={J}, year=2019, keywords={ml},
  selected={true}}
"""
MAIN = """publications:
  style: plain
  groupBy: type
  numbering: down
  metrics: {hIndex: 12}
"""


def project(folder: Path, meta: str = MAIN, **sections: str) -> Path:
    for name, text in {
        "data/basics.yaml": "name: Jane Doe\n",
        "data/meta.yaml": meta,
        "bib/a.bib": BIB,
        **{f"data/{name}.yaml": text for name, text in sections.items()},
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


def listed(folder: Path) -> dict[str, str]:
    """Return each list as `Title: 2 key 1 key`, its counts behind a bar."""
    reading = source.read(source.find(folder, public=True))
    assert not reading.diagnostics, reading.diagnostics
    assert reading.resume
    found = {}
    for content in contents(reading.resume, source.words("en")):
        assert content.listed
        groups = [
            f"{g.title}: " + " ".join(f"{i.label}{i.publication.key}" for i in g.items)
            for g in content.listed.groups
        ]
        counts = "".join(span.text.text for span in content.listed.metrics)
        found[content.section.name] = "; ".join(groups) + (f" | {counts}" if counts else "")
    return found


def test_an_own_list_has_settings_of_its_own(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        best="title: Best\nkind: publications\nselected: true\nnumbering: up\n",
        years="title: By year\nkind: publications\ngroupBy: year\nnumbering: none\nkeywords: [ml]\n"
        "metrics: {citations: 3}\n",
    )
    assert listed(folder) == {
        "publications": "Journal articles: 3a 2c; Books: 1b | h-index 12",
        "best": ": 1a 2c",
        "years": "2020: b; 2019: c | 3 citations",
    }


def test_own_entries_and_what_is_as_in_the_main_list(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        press="title: Press\nkind: publications\nentries:\n"
        "  - {name: One, type: article, selected: true}\n  - {name: Two, keywords: [ml]}\n",
    )
    assert listed(folder)["press"] == ": 2 1"
    (folder / "data" / "press.yaml").write_text(
        "title: Press\nkind: publications\nselected: true\nentries:\n"
        "  - {name: One, type: article, selected: true}\n  - {name: Two, keywords: [ml]}\n"
    )
    assert listed(folder)["press"] == ": 1"


def test_other_kinds_have_no_such_keys(tmp_path: Path) -> None:
    folder = project(tmp_path, odd="title: Odd\ngroupBy: year\nentries: [{name: A}]\n")
    (problem,) = source.read(source.find(folder, public=True)).diagnostics
    assert (str(problem.source), problem.message) == (
        "data/odd.yaml:2:1", "groupBy is for sections of publications",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("[{title: All}, {title: Books, types: [book]}]",
         ["the group “All” takes all 3 publications"]),
        (
            "[{title: Selected, selected: true}, {title: Articles, types: [article]}]",
            ["2 stand in “Selected” and in “Articles”: a, c"],
        ),
        ("[{title: ML, keywords: [ml]}, {title: Books, types: [book]}]",
         ["1 publication stands in “ML” and in “Books”: b"]),
        ("[{title: Books, types: [book]}, {title: Articles, types: [article]}]", []),
    ],
)  # fmt: skip
def test_groups_that_take_too_much_are_told(groups: str, said: list[str], tmp_path: Path) -> None:
    meta = f"publications:\n  style: plain\n  stars: equal\n  groups: {groups}\n"
    resume = source.read(source.find(project(tmp_path, meta), public=True)).resume
    assert resume
    assert [d.message for d in remarks(resume)] == said


def test_stars_that_nobody_explains_are_told(tmp_path: Path) -> None:
    resume = source.read(source.find(project(tmp_path), public=True)).resume
    assert resume
    assert [d.message for d in remarks(resume)] == [
        "1 entry has stars at names, and nothing says what a star means"
    ]


def test_who_relied_on_the_old_default_is_told_once(tmp_path: Path, cvtex: Program) -> None:
    folder = project(tmp_path, "theme: classic\n")
    first, second = (cvtex("validate", cwd=folder) for _ in range(2))
    assert "style: plain" in first.err
    assert "style: plain" not in second.err
    (folder / "data" / "meta.yaml").write_text("publications: {style: full}\n")
    assert "style: plain" not in cvtex("validate", cwd=folder).err


def test_the_same_complaint_is_told_once(tmp_path: Path, cvtex: Program) -> None:
    folder = project(tmp_path)
    many = "".join(f"@article{{k{i}, title={{T{i}}}, journal={{\\foo}}}}\n" for i in range(227))
    (folder / "bib" / "many.bib").write_text(many)
    run = cvtex("validate", cwd=folder)
    lines = [line for line in run.err.splitlines() if "\\foo" in line and "warning" in line]
    assert len(lines) == 1
    assert lines[0].endswith("the command \\foo is not known; its name is set (227 places)")
    assert "  also: bib/many.bib:2:35, bib/many.bib:3:35 and 224 more" in run.err
