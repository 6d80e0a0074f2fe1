"""Bibliographies made to cost: strings that explode, patterns that run away, deep nesting.

What grows is compared by counts of work (characters made, steps taken), never by the clock.
"""

from __future__ import annotations

import re
import sys
import tracemalloc
from pathlib import Path

import pytest

from cvtex.citation import cslstyle
from cvtex.diagnostics import CvtexError, has_errors
from cvtex.source.bibtex import maths_symbols, read, symbols
from safety.tex_attacks import ATTACKS
from shared import Program


def steps(bib: str) -> int:
    """Return how many lines of cvtex's own reading run for a `.bib`."""
    count = 0

    def trace(frame, event, _argument):  # type: ignore[no-untyped-def]
        nonlocal count
        if event == "line":
            count += 1
        return trace if "cvtex" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(bib, "x.bib")
    finally:
        sys.settrace(before)
    return count


def bomb(levels: int) -> str:
    lines = ['@string{a0 = "xxxxxxxxxx"}']
    lines += [f"@string{{a{i} = {' # '.join([f'a{i - 1}'] * 10)}}}" for i in range(1, levels + 1)]
    return "\n".join([*lines, f"@article{{k, title = a{levels}}}", "@misc{kept, title = {Kept}}"])


def test_safety_11_strings_that_explode_are_an_error_at_their_line() -> None:
    tracemalloc.start()
    found, problems = read(bomb(9), "x.bib")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
    assert has_errors(problems)
    first = problems[0]
    assert (first.source.line, "characters" in first.message) == (7, True)  # type: ignore[union-attr]
    assert found[-1].title.text == "Kept"


def test_safety_11_many_values_of_one_file_have_a_budget() -> None:
    big = "@string{b = {" + "x" * 900_000 + "}}\n"
    bib = big + "\n".join(f"@misc{{k{i}, note = b, title = {{T}}}}" for i in range(300))
    tracemalloc.start()
    _, problems = read(bib, "x.bib")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000_000
    assert sum("together" in (d.hint or "") or "file" in (d.hint or "") for d in problems) == 1


def test_safety_11_by_the_program(project: Path, cvtex: Program) -> None:
    (project / "bib" / "bomb.bib").write_text(bomb(9))
    run = cvtex("validate", cwd=project)
    assert run.status == 1
    assert "bib/bomb.bib:7:" in run.err and "Traceback" not in run.err


def entry(title: str) -> str:
    return f"@article{{a, title={{{title}}}, author={{Doe, J.}}}}"


@pytest.mark.parametrize(
    "unit",
    [
        "$\\left($ ", "\\left(", "\\sqrt[", "\\(", "\\[", "\\url{", "\\href", "$", "{", "\\{",
        "\\emph",
        "<i>", "&amp;", "&#", "<i", "``", "``a''", "-", "~", "^", "\\frac", "\\hat", "\\'", "\\v",
        "\\$", " ", "\\textbf{", "\\mbox{$", "\\ensuremath{", "\\right)", "_", "^{", "x_", "'",
    ],
)  # fmt: skip
def test_safety_13_titles_cost_what_they_are_long(unit: str) -> None:
    small, large = 30, 300
    few, many = steps(entry(unit * small)), steps(entry(unit * large))
    assert many < few * 14 + 20_000
    formula = [steps(entry("$" + unit.replace("$", "") * n + "$")) for n in (small, large)]
    assert formula[1] < formula[0] * 14 + 20_000


@pytest.mark.parametrize(
    "unit",
    [
        "Doe, J. and ", "Doe J; ", "{", "}", ",", " and ", "\\textbf{", "{\\bf ", "Dr. ", "*", "&",
        "Smith J and ", "a ", "\\'", "~", "PhD, ", "Jane Doe, ", "0001 ", "van ", "\\& ",
    ],
)  # fmt: skip
def test_safety_13_names_cost_what_they_are_long(unit: str) -> None:
    def cost(n: int) -> int:
        return steps(f"@article{{a, title={{T}}, author={{{unit * n}}}}}")

    assert cost(400) < cost(40) * 14 + 20_000


@pytest.mark.parametrize(
    "unit",
    ["@article{", "@article{a, t={", "@", "%", "{", '@misc{a, t="', "@string{a=", "@misc{a,}\n"],
)
def test_safety_13_files_cost_what_they_are_long(unit: str) -> None:
    assert steps(unit * 400) < steps(unit * 40) * 14 + 20_000


def test_safety_13_a_field_that_is_too_long_is_an_error() -> None:
    found, problems = read("@misc{a,\n  title = {T},\n  note = {" + "x " * 20_000 + "}}", "x.bib")
    (problem,) = problems
    assert problem.source.line == 3  # type: ignore[union-attr]
    assert "the field note has 39,999 characters" in problem.message
    assert found[0].title.text == "T"


@pytest.mark.parametrize(
    "title",
    [
        "$" + "\\frac" * 200 + "$",
        "$" + "\\hat" * 300 + " x$",
        "\\ensuremath{\\mbox{" * 100 + "x" + "}}" * 100,
        "\\emph" * 3000 + "{x}",
        "{" * 3000 + "x" + "}" * 3000,
        "$" + "{" * 3000 + "x" + "}" * 3000 + "$",
        "\\textbf{" * 500 + "x" + "}" * 500,
        "$" + "\\left(" * 500 + "x" + "\\right)" * 500 + "$",
        "\\mbox{$\\mbox{" * 200 + "x" + "}$}" * 200,
        "$" + "x^{" * 500 + "}" * 500 + "$",
        "<i>" * 500 + "x" + "</i>" * 500,
    ],
    ids=lambda title: title[:12],
)
def test_safety_14_deep_nesting_is_no_traceback(title: str) -> None:
    for bib in (entry(title), f"@article{{a, author={{{title}}}, title={{T}}}}"):
        _, problems = read(bib, "x.bib")
        assert not has_errors(problems)
    if "<i>" not in title:
        _, problems = read(entry(title), "x.bib")
        assert any("nest too deeply" in d.message for d in problems)


def test_safety_14_a_chain_of_crossrefs() -> None:
    bib = "".join(f"@article{{k{i}, crossref={{k{i + 1}}}, title={{x}}}}\n" for i in range(2000))
    found, problems = read(bib + "@misc{k2000, publisher={P}}", "x.bib")
    assert [p.key for p in found] == ["k0"]
    assert found[0].fields["publisher"].text == "P"
    assert not problems
    _, circle = read("@misc{a, crossref={b}}@misc{b, crossref={c}}@misc{c, crossref={a}}", "x.bib")
    assert any("from itself" in d.message for d in circle)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE style [<!ENTITY e "x">]>',
        '<!DOCTYPE style [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE style SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<?php echo 1 ?>",
    ],
)
def test_a_csl_style_has_no_entities_and_opens_nothing(head: str, tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "x.csl").write_text(
        f'<?xml version="1.0"?>{head}<style xmlns="http://purl.org/net/xbiblio/csl">'
        "<info><title>T</title></info><bibliography><layout/></bibliography><?x y?></style>"
    )
    with pytest.raises(CvtexError, match="DOCTYPE or entities"):
        cslstyle.find("csl:styles/x.csl", {}, tmp_path)


CALLS = "".join(
    f"<macro name='m{i}'><text macro='m{i + 1}'/><text macro='m{i + 1}'/></macro>"
    for i in range(30)
)


@pytest.mark.parametrize(
    ("macros", "layout", "message"),
    [
        (CALLS, "<text macro='m0'/>", "runs through more than 50,000 elements"),
        ("<macro name='a'><text macro='a'/></macro>", "<text macro='a'/>", "calls itself: a"),
        (
            "<macro name='a'><text macro='b'/></macro><macro name='b'><text macro='a'/></macro>",
            "<text variable='title'/>",
            "calls itself: ",
        ),
        (
            "".join(f"<macro name='m{i}'><text macro='m{i + 1}'/></macro>" for i in range(4000)),
            "<text macro='m0'/>",
            "more than 50 deep",
        ),
        ("", "<text variable='title'/>" * 20_000, "has more than 10,000 elements"),
        ("", "<group>" * 100_000, "this is no CSL style"),
        ("", "<text value='" + "a" * 20_000_000 + "'/>", "this is no CSL style"),
    ],
    ids=lambda given: given[:20],
)
def test_a_csl_style_that_runs_away_is_an_error(
    macros: str, layout: str, message: str, tmp_path: Path
) -> None:
    pytest.importorskip("citeproc")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/x.csl").write_text(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">{macros}'
        f"<bibliography><layout>{layout}</layout></bibliography></style>"
    )
    with pytest.raises(CvtexError, match=message):
        cslstyle.find("csl:styles/x.csl", {}, tmp_path)


def test_problems_beyond_what_anybody_reads_are_counted() -> None:
    found, problems = read("".join(f"@misc{{k{i}, year = }}\n" for i in range(3000)), "x.bib")
    told = [d for d in problems if d.message == "a value is expected here"]
    assert [d.source.line for d in told] == list(range(1, 998))  # type: ignore[union-attr]
    assert {d.message for d in problems if d not in told} == {
        "so much is wrong here that the fields of the entries were not looked at",
        "2003 more problems in this file",
    }
    assert found == ()


def test_many_problems_of_the_fields_are_counted_too() -> None:
    bib = "".join(f"@misc{{k{i}, title = {{T{i}}}, date = {{20-13}}}}\n" for i in range(1500))
    _, problems = read(bib, "x.bib")
    assert len(problems) == 998
    assert problems[0].message.endswith("more problems in this file") and has_errors(problems)


def test_a_file_of_too_many_entries_is_not_read() -> None:
    few, many = ("@misc{a, title={T}}\n" + "@misc{a}\n" * n for n in (200, 50_000))
    (problem,) = read(many, "x.bib")[1]
    assert "more than 20,000 entries" in problem.message and problem.source
    assert problem.source.line == 20_001
    assert steps(many) < steps(few)


@pytest.mark.parametrize(
    "authors", ["A B and " * 25_000 + "C D", "," * 100_000, "A " * 50_000, "and " * 60_000]
)
def test_names_without_number_or_end_are_an_error(authors: str) -> None:
    found, problems = read(f"@misc{{a, title={{T}},\n  author={{{authors}}}}}", "x.bib")
    (problem,) = problems
    assert problem.severity == "error" and problem.source and problem.source.line == 2
    assert "the field author" in problem.message
    assert (found[0].title.text, found[0].authors) == ("T", ())


def test_characters_that_are_left_out_cost_what_they_are_many() -> None:
    def bib(n: int) -> str:
        return "@misc{a, title={T}, note={" + "\x01\x02\n\x07x" * n + "}}"

    assert steps(bib(400)) < steps(bib(40)) * 14 + 20_000
    places = [d.source for d in read(bib(3), "x.bib")[1] if "left out" in d.message]
    assert [(p.line, p.column) for p in places if p] == [
        (1, 27), (1, 28), (2, 1), (2, 3), (2, 4), (3, 1), (3, 3), (3, 4), (4, 1)
    ]  # fmt: skip


def test_noise_ends_with_its_problems_told(project: Path, cvtex: Program) -> None:
    """A megabyte of bytes, of what looks like entries, and of entries that were damaged."""
    import random

    chance = random.Random(15)
    whole = "".join(
        f"@article{{k{i},\n  author = {{Ada B and C{i} D}},\n  title = {{T {i}}},\n"
        f"  year = {{{1900 + i % 120}}},\n}}\n"
        for i in range(12_000)
    )
    damaged = list(whole)
    for _ in range(1000):
        damaged[chance.randrange(len(damaged))] = chance.choice('{}@,="#%\\$&_^~()')
    noise = [chance.randbytes(1_000_000), b"@a{b,\n" * 160_000, "".join(damaged).encode()]
    for content in noise:
        (project / "bib" / "noise.bib").write_bytes(content)
        run = cvtex("validate", cwd=project)
        assert run.status == 1 and "Traceback" not in run.err
        assert "bib/noise.bib" in run.err


COMMAND = re.compile(r"\\([A-Za-z@]+|.)", re.DOTALL)
FIXED = {
    *COMMAND.findall("".join(symbols.ESCAPES.values())),
    "emph",
    "mbox",
    "left",
    "right",
    "href",
}
"""What literal text is set with, and formulas."""


@pytest.mark.parametrize("engine", ATTACKS)
def test_no_attack_passes_through_a_bibliography(engine: str) -> None:
    """So a `.bib` needs no trust: of its commands those of a list are set, and no other."""
    known = FIXED | {*maths_symbols.SYMBOLS, *maths_symbols.WRAPPERS, *symbols.WRAPPERS}
    assert not known & symbols.FORBIDDEN
    used: set[str] = set()
    for attack in ATTACKS[engine]:
        for typed in (attack, f"${attack}$", f"$x^{{{attack}}}$", f"\\emph{{{attack}}}"):
            bib = f"@misc{{a, title={{T {typed}}}, author={{A {{{typed}}}}}, note={{{typed}}}}}"
            for one in read(bib, "x.bib")[0]:
                texts = [one.title, *one.fields.values(), *(n.family for n in one.authors)]
                used |= {name for text in texts for name in COMMAND.findall(text.tex or "")}
    assert {name for name in used if name.isalpha()} <= known
    assert not any("@" in name or "^" in name for name in used)
