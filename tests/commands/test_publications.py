"""`cvtex publications`, the real program, on the user's list and on faulty ones."""

from __future__ import annotations

import json
from pathlib import Path

from shared import Program


def test_the_list_as_text_with_the_owner_marked(project: Path, cvtex: Program) -> None:
    run = cvtex("publications", cwd=project)
    assert run.status == 0, run.err
    lines = run.out.splitlines()
    assert len(lines) == 4
    assert all("**Krishna S**" in line for line in lines)
    assert lines[0].startswith("Schneider S*, **Krishna S***, et al. “Generalized")


def test_csl_json_and_another_style(project: Path, cvtex: Program) -> None:
    run = cvtex("publications", "bib/publications.bib", "--format", "csl-json", cwd=project)
    assert [item["issued"]["date-parts"][0][0] for item in json.loads(run.out)].count(2019) == 2
    assert "(2018)" in cvtex("publications", "--style", "apa", cwd=project).out


def test_check_says_what_is_odd_at_its_line(project: Path, cvtex: Program) -> None:
    assert cvtex("publications", "check", cwd=project).out == "4 publications, no problems\n"
    with (project / "bib" / "publications.bib").open("a") as bib:
        bib.write("\n@article{odd,\n  author = {Krishna, S},\n  title = {Odd},\n  year = 2020\n}\n")
    run = cvtex("publications", "check", cwd=project)
    assert run.status == 0
    assert "journal" in run.err
    assert "bib/publications.bib:" in run.err
    assert cvtex("publications", "check", "--strict", cwd=project).status == 1


def test_wrong_usage(project: Path, cvtex: Program) -> None:
    assert cvtex("publications", "nowhere.bib", cwd=project).status == 2
    assert cvtex("publications", "--style", "nostyle", cwd=project).status == 1


def test_bibtex_is_read_back_as_the_same(project: Path, cvtex: Program, tmp_path: Path) -> None:
    written = cvtex("publications", "--format", "bib", cwd=project)
    assert written.status == 0, written.err
    (tmp_path / "again.bib").write_text(written.out)
    first = cvtex("publications", "bib/publications.bib", cwd=project).out
    assert cvtex("publications", tmp_path / "again.bib").out == first
