"""Ten times the input takes about ten times as long, whatever it is made of.

Each case is grown from one size to ten times that, and the time of the processor is compared:
a quadratic step would take a hundred times as long.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex import source
from cvtex.diagnostics import format_diagnostic, with_excerpts
from cvtex.latex import Setting, themes
from cvtex.latex.render import render
from cvtex.pipeline import manuscript
from cvtex.source import series
from cvtex.source.records import scalars
from cvtex.source.syntax.nodes import Problems

Make = Callable[[int], str]

PROSE: dict[str, Make] = {
    "spaces": lambda n: "a" + " " * n + "b",
    "brackets": lambda n: "[" * n + "](x)",
    "pictures": lambda n: "![" * (n // 2),
    "links": lambda n: "[a](" * (n // 4),
    "whole links": lambda n: "[a](b.c)" * (n // 8),
    "stars": lambda n: "*" * n,
    "star and letter": lambda n: "*a " * (n // 3),
    "letter and star": lambda n: "a*" * (n // 2),
    "two stars": lambda n: "**a **" * (n // 6),
    "underscores": lambda n: "_a_ __b " * (n // 8),
    "backticks": lambda n: "".join("`" * (i % 40) + " " for i in range(n // 20)),
    "backslashes": lambda n: "\\" * n,
    "tags": lambda n: "<a " * (n // 3),
    "closed tags": lambda n: "<b>" * (n // 3),
    "entities": lambda n: "&amp" * (n // 4),
    "items": lambda n: "- a\n" * (n // 4),
    "items in items": lambda n: "- " * (n // 2) + "a",
    "numbers": lambda n: "".join(f"{i}. a\n" for i in range(n // 6)),
    "lines": lambda n: "a\n" * (n // 2),
    "blank lines": lambda n: "a" + "\n" * n + "b",
    "headings": lambda n: "# a\n" * (n // 4),
    "one word": lambda n: "a" * n,
    "apostrophes": lambda n: "'" * n,
    "a'a": lambda n: "a'" * (n // 2),
    "dashes": lambda n: "-" * n,
    "commas": lambda n: "," * n,
    "accents": lambda n: "é" * n,
    "combining": lambda n: "e" + "\u0301" * n,
    "left out": lambda n: "\u200b" * n,
    "address": lambda n: "https://" + "a." * (n // 2),
}
FILES: dict[str, Make] = {
    "entries": lambda n: "- name: A\n  startDate: 2020\n" * (n // 28),
    "unknown keys": lambda n: "".join(f"- k{i}: a\n" for i in range(n // 10)),
    "wrong dates": lambda n: "- startDate: 2020-13\n" * (n // 21),
    "comments": lambda n: "- name: a #b\n" * (n // 13),
    "no values": lambda n: "- name: #b\n" * (n // 11),
    "dashes in texts": lambda n: "- name: a\n    - b\n" * (n // 18),
    "anchors": lambda n: "".join(f"- name: &a{i} b\n" for i in range(n // 16)),
    "aliases": lambda n: "- &a {name: A}\n" + "- *a\n" * (n // 5),
    "merges": lambda n: "- &a {name: A}\n" + "- {<<: *a}\n" * (n // 11),
    "keys twice": lambda n: "- name: a\n" + "  name: a\n" * (n // 10),
    "markup in names": lambda n: "- name: '**a** <b>'\n" * (n // 20),
    "one line": lambda n: "[" + "{nam: a}," * (n // 9) + "]",
    "brackets": lambda n: "- name: [" * (n // 9),
    "quotes": lambda n: "- name: '" + "a''" * (n // 3),
    "tabs": lambda n: "- name:\t" + "\t" * n,
    "tags": lambda n: "- name: !x a\n" * (n // 13),
}


def seconds(folder: Path, text: str, whole: bool) -> float:
    """Return the processor's time to read a project with a text as its `work.yaml`, to print what
    is wrong, and, where it is one value, to render it."""
    (folder / "data/work.yaml").write_text(text, encoding="utf-8")
    kind = themes.find("classic", None).load()
    gc.collect()
    begin = time.process_time()
    project = source.find(folder, public=True, environ={})
    reading = source.read(project)
    written = manuscript.of(project, reading)
    found = [*reading.diagnostics, *(written.diagnostics if written else ())]
    for diagnostic in with_excerpts(found, reading.inputs):
        format_diagnostic(diagnostic)
    if whole and written:
        render(
            written.resume, kind(kind.Options(), Setting(engine="pdflatex", words=written.words))
        )
    return time.process_time() - begin


def grows(folder: Path, make: Make, size: int, whole: bool) -> None:
    (folder / "data").mkdir()
    (folder / "data/basics.yaml").write_text("name: A\n")
    seconds(folder, make(100), whole)
    for _trial in range(3):  # a machine may be busy with other things
        small, large = (seconds(folder, make(n), whole) for n in (size, size * 10))
        if large < 30 * max(small, 0.02):
            return
    raise AssertionError(f"{size}: {small:.3f} s, {size * 10}: {large:.3f} s")


def value(text: str) -> str:
    """Return YAML with a text as the summary of a job."""
    import json

    return f"- name: A\n  summary: {json.dumps(text)}\n"


@pytest.mark.parametrize("made_of", PROSE)
def test_prose(tmp_path: Path, made_of: str) -> None:
    most = scalars.LONGEST[True]
    grows(tmp_path, lambda n: value(PROSE[made_of](n)[:most]), most // 10, whole=True)


@pytest.mark.parametrize("made_of", FILES)
def test_files(tmp_path: Path, made_of: str) -> None:
    grows(tmp_path, FILES[made_of], 20_000, whole=False)


@pytest.mark.parametrize("made_of", PROSE)
def test_what_is_too_long_is_an_error_at_its_line(tmp_path: Path, made_of: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: A\n")
    text = PROSE[made_of](1_000_000)[: scalars.LONGEST[True] * 2]
    if len(text) <= scalars.LONGEST[True]:
        return
    (tmp_path / "data/work.yaml").write_text(value(text), encoding="utf-8")
    reading = source.read(source.find(tmp_path, public=True, environ={}))
    found = [d for d in reading.diagnostics if d.severity == "error"]
    assert [str(d.source) for d in found] == ["data/work.yaml:2:12"]
    assert "summary has 40,000 characters; it may have 20,000" in found[0].message


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_what_has_too_many_values_is_read_no_further(tmp_path: Path, ending: str) -> None:
    """A megabyte of what is no CV can be half a million values."""
    text = "- a\n" * 250_000 if ending == "yaml" else "[" + ",".join(["1"] * 500_000) + "]"
    (tmp_path / f"cv.{ending}").write_text(text)
    reading = source.read(source.find(tmp_path / f"cv.{ending}", public=True, environ={}))
    [found] = [d for d in reading.diagnostics if "more than 100,000 values" in d.message]
    assert found.severity == "error" and found.source
    assert found.source.line == (100_000 if ending == "yaml" else 1)


@pytest.mark.parametrize("made_of", ["one name", "names", "columns"])
def test_series_of_letters(tmp_path: Path, made_of: str) -> None:
    def text(n: int) -> str:
        if made_of == "columns":
            return ",".join(f"c{i}" for i in range(n)) + "\n" + ",".join(["x"] * n) + "\n"
        return "org\n" + "".join(f"x{i if made_of == 'names' else ''}\n" for i in range(n))

    def taken(n: int) -> float:
        (tmp_path / "a.csv").write_text(text(n))
        problems = Problems()
        gc.collect()
        begin = time.process_time()
        rows = series.read(tmp_path / "a.csv", tmp_path, problems)
        spent = time.process_time() - begin
        assert problems.diagnostics == [] and len({row.name for row in rows}) == len(rows) > 0
        return spent

    taken(10)
    for _trial in range(3):  # a machine may be busy with other things
        small, large = taken(900), taken(9_000)
        if large < 30 * max(small, 0.005):
            return
    raise AssertionError(f"{small:.3f} s, {large:.3f} s")
