"""TeX logs are read: recorded ones of all four engines, long ones, and garbage."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cvtex.diagnostics import Severity
from cvtex.toolchain import Message
from cvtex.toolchain.messages import log
from cvtex.toolchain.messages.explain import explain
from toolchain.record_logs import ENGINES, LOGS, cases, expected, read, shown


def test_recorded_logs_read_as_before() -> None:
    assert expected() == (LOGS / "messages.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", sorted(set(cases()) - {"wide"}))
def test_each_faulty_document_has_an_error(case: str, engine: str) -> None:
    assert any(message.severity is Severity.ERROR for message in read(case, engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_all_errors_of_one_pass(engine: str) -> None:
    found = [(m.line, m.near) for m in read("undefined", engine) if m.severity == "error"]
    assert found[:3] == [(3, "\\foo"), (3, "\\barbaz"), (5, "&")]
    assert {line for line, _ in found} == {3, 5, 7, 8}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_package_not_found(engine: str) -> None:
    (message,) = read("missingfile", engine)
    assert "nosuchpackage.sty" in message.text
    assert message.near == "nosuchpackage.sty"


@pytest.mark.parametrize("engine", ENGINES)
def test_missing_characters_are_errors(engine: str) -> None:
    found = read("character", engine)
    assert {m.near for m in found} == set("☃Иван中文😀")
    assert {m.severity for m in found} == {Severity.ERROR}
    # XeTeX and LuaTeX tell no line; Tectonic's own output does.
    lines = {m.line for m in found}
    assert lines == ({3, 5} if engine in ("pdflatex", "tectonic") else {None})


@pytest.mark.parametrize("engine", ENGINES)
def test_an_error_in_a_package_is_not_put_on_a_line_of_the_cv(engine: str) -> None:
    message = next(m for m in read("theme", engine) if m.near == "\\undefinedinpackage")
    assert (message.file, message.line) == ("cvbad.sty", None)


@pytest.mark.parametrize("engine", ENGINES)
def test_overfull_lines(engine: str) -> None:
    found = [m for m in read("wide", engine) if "Overfull" in m.text]
    assert [m.line for m in found] == [4, 6, 11]
    assert found[1].near.replace("-", "").startswith("Averylongword")


def test_a_box_a_little_too_full_is_not_worth_telling() -> None:
    log_of = "Overfull \\hbox ({}pt too wide) in paragraph at lines 6--7\n".format
    assert log.read(log_of("2.0"), folded=False) == ()
    assert len(log.read(log_of("2.01"), folded=False)) == 1


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("! LaTeX Error: File `moderncv.cls' not found.", "texlive-latex-extra"),
        ('! Package fontspec Error: The font "texgyreheros-regular" cannot be', "fonts-texgyre"),
        ("! Package babel Error: Unknown option 'ngerman'. Either you misspelled it", "german"),
    ],
)
def test_a_debian_package_is_named(text: str, package: str) -> None:
    text += {
        "fonts-texgyre": "\n(fontspec)                found.",
        "german": "\n(babel)                or the language definition file ngerman.ldf"
        "\n(babel)                was not found.",
    }.get(package, "")
    (message,) = log.read(text + "\n\nl.2 \\x\n", folded=False)
    assert message.hint
    assert message.hint.startswith("it is in Debian's ")
    assert package in message.hint


def test_folded_lines_are_joined() -> None:
    whole = (
        "Missing character: There is no ☃ (U+2603) in font [some-font-regular]:mapping=tex-text;!"
    )
    by_characters = whole[:79] + "\n" + whole[79:]
    by_bytes = whole[:77] + "\n" + whole[77:]  # what XeTeX does: the snowman has three
    for folded in (by_characters, by_bytes):
        assert log.read(folded, folded=True) == log.read(whole, folded=False)


def test_a_line_of_79_by_itself_does_not_swallow_an_error() -> None:
    text = "x" * 79 + "\n! Undefined control sequence.\nl.3 Hello \\foo\n               world\n"
    (message,) = log.read(text, folded=True)
    assert (message.line, message.near) == (3, "\\foo")


def test_pages() -> None:
    assert log.pages("Output written on cv.pdf (2 pages, 45678 bytes).") == 2
    assert log.pages("Output written on cv.xdv (1 page, 304 bytes).") == 1
    assert log.pages("Output written on cv.pdf (12 pages).") == 12
    assert log.pages("No pages of output.") == 0


@pytest.mark.parametrize(
    "line",
    [
        "! Undefined control sequence.\nl.3 \\foo\n\n",
        "Missing character: There is no x (U+0078) in font f!\n",
        "Overfull \\hbox (9.9pt too wide) in paragraph at lines 6--7\n[]|\n",
        "LaTeX Warning: Reference `a' undefined on input line 3.\n",
        "Package hyperref Warning: something\n(hyperref)    more\n",
        "! \n",
        "! Package x Error: a\n(x)   b\n",
        "a.b:" * 30 + "\n",
        "###" * 500 + "\n",
        "x" * 79 + "\n",
        "Runaway argument?\n",
        "(" * 3000 + "\n",
        "",
    ],
    ids=range(13),
)
def test_time_grows_with_the_length(line: str) -> None:
    size = 4 * 1024**2
    text = line * (size // len(line)) if line else "x" * size
    for folded in (False, True):
        began = time.process_time()
        log.read(text, folded=folded)
        assert (
            time.process_time() - began < 6
        )  # 20 MB: 2 to 6 s here; a quadratic reader needs hours


LINES = st.sampled_from(
    [line for engine in ("pdflatex", "tectonic") for case in ("own", "leak", "wide")
     for line in (LOGS / f"{case}-{engine}.log").read_text(encoding="utf-8").splitlines()]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text())).map("\n".join)), st.booleans())
@example("! ", True)
@example("Runaway argument?", False)
@example("l.99999999999999999999999 x", False)
@example("./cv.tex:1: " + "\\" * 5000, False)
@example("Overfull \\hbox (1.2.3.4pt too wide) in", False)
@example("! LaTeX Error: File `' not found.", False)
def test_any_text_is_read(text: str, folded: bool) -> None:
    for message in log.read(text, folded=folded):
        assert isinstance(message, Message)
        assert message.text
        assert message.line is None or message.line >= 0
        assert shown(message)


def test_margins_that_leave_no_room_are_an_error() -> None:
    said = "Package geometry Warning: `width' results in NEGATIVE (-85.35825pt).\n"
    said += "    `width' should be shortened in length.\n"
    said += "Overfull \\hbox (132.2pt too wide) in paragraph at lines 17--17\n"
    (message,) = log.read(said, folded=False)
    assert message.severity is Severity.ERROR
    assert explain(message).startswith("the margins leave no room for the text (TeX: geometry: ")


@given(st.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    log.read(data.decode("utf-8", "replace"), folded=True)
