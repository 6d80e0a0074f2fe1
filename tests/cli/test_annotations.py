"""`--format github`: problems as annotations at the lines of a workflow's run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Source, error, format_annotation, note
from shared import Program

COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:]*))?::([^\r\n]*)")


def decoded(text: str) -> str:
    """Return a value as GitHub's runner reads it."""
    for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, letter)
    return text


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    data = tmp_path / "my, cv" / "data"
    data.mkdir(parents=True)
    (data / "basics.yaml").write_text("name: Ada\nemial: ada@example.org\n")
    return tmp_path


@pytest.mark.parametrize("verb", [["validate"], ["build"], ["publications", "check"]])
def test_at_the_line(wrong: Path, cvtex: Program, verb: list[str]) -> None:
    done = cvtex(*verb, "my, cv", "--format", "github", cwd=wrong, GITHUB_WORKSPACE=str(wrong))
    assert done.status == 1
    lines = done.err.splitlines()
    assert lines and all(COMMAND.fullmatch(line) for line in lines), done.err
    level, place, text = next(
        found.groups() for line in lines if (found := COMMAND.fullmatch(line)) and "emial" in line
    )
    properties = dict(part.split("=", 1) for part in place.split(","))
    assert level == "error"
    assert decoded(properties["file"]) == "my, cv/data/basics.yaml"
    assert (properties["line"], properties["col"]) == ("2", "1")
    assert "\nhint: " in decoded(text)


def test_from_the_root_of_the_workspace(wrong: Path, cvtex: Program) -> None:
    inside = wrong / "my, cv"
    done = cvtex("validate", "--format", "github", cwd=inside, GITHUB_WORKSPACE=str(wrong))
    assert "file=my%2C cv/data/basics.yaml,line=2,col=1::" in done.err


@given(st.text(), st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_message_stays_one_command(message: str, file: str) -> None:
    found = COMMAND.fullmatch(format_annotation(error(message, Source(f"data/{file}", 3))))
    assert found and found[2].count("=") >= 2 and found[2].endswith(",line=3")
    assert not any(sign in decoded(found[3]) for sign in "\x1b\r\x07")


def test_a_place_outside_files_is_in_the_text() -> None:
    assert format_annotation(note("odd", Source("--set basics.name", 1))) == (
        "::notice::--set basics.name:1: odd"
    )


@pytest.mark.tex
def test_as_json_a_problem_is_a_line_at_its_file_as_seen_from_here(
    wrong: Path, cvtex: Program
) -> None:
    found = []
    for verb in (["build", "my, cv"], ["export", "text", "my, cv"], ["batch", "."]):
        done = cvtex(*verb, "--format", "json", cwd=wrong)
        assert done.status == 1
        found.append([json.loads(line) for line in done.err.splitlines()])
    (told,) = json.loads(cvtex("validate", "my, cv", "--format", "json", cwd=wrong).out)
    assert told["file"] == "my, cv/data/basics.yaml" and (told["line"], told["column"]) == (2, 1)
    assert told["message"] == 'unknown key "emial" in basics' and told["hint"]
    assert found == [[told]] * 3


@pytest.mark.tex
def test_what_stands_in_no_file_is_in_no_folder(wrong: Path, cvtex: Program) -> None:
    (wrong / "my, cv/data/basics.yaml").write_text("name: Ada\n")
    told = cvtex("build", "my, cv", "--variant", "none", cwd=wrong).err
    assert told.startswith("--variant: error: ")
    told = cvtex("letter", "none", "--project", "my, cv", cwd=wrong).err
    assert told.startswith("cvtex letter: error: ")
    done = cvtex("batch", ".", "--format", "github", "--variant", "none", cwd=wrong)
    assert done.err.startswith("::error::--variant: ")
