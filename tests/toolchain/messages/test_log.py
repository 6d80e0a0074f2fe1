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


UNDEFINED = "! Undefined control sequence.\nl.3 \\foo\n"
BEGUN = "\\openout1 = `cv.aux'.\n"
WHAT = "Undefined control sequence"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what TeX ran away with is what was typed, as far as that is to be seen
        ("Runaway argument?\n{Oh no \\par Text\n! Paragraph ended before \\textbf was complete.\n"
         "<to be read again> \n                   \\par \nl.7 \n",
         [("error", "Paragraph ended before \\textbf was complete", 7, None, "Oh no")]),
        ("Runaway definition?\n->{abc  }  \\par x\n! File ended while scanning.\nl.9 y\n"
         "! Missing $ inserted.\nl.10 b_\n",
         [("error", "File ended while scanning", 9, None, "abc"),
          ("error", "Missing $ inserted", 10, None, "_")]),
        ("Runaway argument?", []),
        # what follows from an error is none of its own; alone, it is
        (UNDEFINED + "! ==> Fatal error occurred, no output PDF file produced!\n",
         [("error", WHAT, 3, None, "\\foo")]),
        (UNDEFINED + "x\n" * 10 + "! Emergency stop.\n<*> cv.tex\n",
         [("error", WHAT, 3, None, "\\foo")]),
        (UNDEFINED + "x\n" * 11 + "! Emergency stop.\n<*> cv.tex\n",
         [("error", WHAT, 3, None, "\\foo"), ("error", "Emergency stop", None, None, "")]),
        ("(./cv.tex\n! Emergency stop.\n<*> cv.tex\n",
         [("error", "Emergency stop", None, None, "")]),
        (UNDEFINED + "No pages of output.\n", [("error", WHAT, 3, None, "\\foo")]),
        (UNDEFINED + "Missing character: There is no x in font nullfont!\n",
         [("error", WHAT, 3, None, "\\foo")]),
        ("No pages of output.\n", [("error", "No pages of output", None, None, "")]),
        ("Here is how much of LuaTeX's memory you used:\n",
         [("error", "No pages of output", None, None, "")]),
        ("Output written on cv.pdf (1 page, 2 bytes).\nHere is how much of LuaTeX's memory\n", []),
        # lines that go on with a message: of LaTeX and its packages, eight at most
        ("! LaTeX Error: Something is\n               wrong here.\nl.4 x\n",
         [("error", "LaTeX Error: Something is wrong here", 4, None, "x")]),
        ("! Undefined control sequence.\n(x) y\nl.4 \\x\n", [("error", WHAT, 4, None, "\\x")]),
        ("! Package a Error: a\n" + "".join(f"(a)   {n}\n" for n in range(9)) + "l.4 x\n",
         [("error", "Package a Error: a 0 1 2 3 4 5 6", 4, None, "x")]),
        # the innermost place has the fault; the line is that of the file
        ("! Undefined control sequence.\n\\a ->\\b \n        c\n<argument> \\c \\d\n            e\n"
         "l.5 \\section{\\c \\d\n                 e}\n", [("error", WHAT, 5, None, "\\b")]),
        ("! Missing $ inserted.\n\\a ->x\n<argument> b_\n  c\n<argument> d\nl.5 \\section{\n",
         [("error", "Missing $ inserted", 5, None, "_")]),
        ("! Extra }, or forgotten $.\n! Missing $ inserted.\nl.8 a_\n      b\n",
         [("error", "Extra }, or forgotten $", None, None, ""),
          ("error", "Missing $ inserted", 8, None, "_")]),
        ("! Missing $ inserted.\n" + "x\n" * 59 + "l.8 a_\n",
         [("error", "Missing $ inserted", 8, None, "_")]),
        ("! Missing $ inserted.\n" + "x\n" * 60 + "l.8 a_\n",
         [("error", "Missing $ inserted", None, None, "")]),
        ("./cv.tex:12: Undefined control sequence.\nl.12 \\foo\n          bar\n",
         [("error", WHAT, 12, None, "\\foo")]),
        ("./sub.sty:12: Undefined control sequence.\nl.12 \\foo\n          bar\n",
         [("error", WHAT, None, "sub.sty", "\\foo")]),
        ("! LaTeX Error: File `a.sty' not found.\n\nType X to quit\n./cv.tex:4: Emergency stop.\n",
         [("error", "LaTeX Error: File `a.sty' not found", 4, None, "a.sty")]),
        ("!pdfTeX error: pdflatex (file a.png): cannot find image file 'a.png'\n",
         [("error", "pdflatex (file a.png): cannot find image file 'a.png'", None, None, "")]),
        # what is named: a character, a quoted word, a command, or where TeX stood
        ("! Missing thing: the character Q\nl.2 x\n",
         [("error", "Missing thing: the character Q", 2, None, "Q")]),
        ("! Package x Error: no key `b' here.\nl.2 \\x\n",
         [("error", "Package x Error: no key `b' here", 2, None, "b")]),
        ('! Package x Error: no key "c" here.\nl.2 \\x\n',
         [("error", 'Package x Error: no key "c" here', 2, None, "c")]),
        ("! LaTeX Error: \\begin {itemize} on input line 5 ended by \\end{document}.\nl.9 x\n",
         [("error", "LaTeX Error: \\begin {itemize} on input line 5 ended by \\end{document}", 9,
           None, "\\begin{itemize}")]),
        ("! Too many }'s.\nl.6 abc}\n        d\n", [("error", "Too many }'s", 6, None, "}")]),
        ("! LaTeX Error: Unicode character ☃ (U+2603)\n               not set up.\nl.3 x\n",
         [("error", "LaTeX Error: Unicode character ☃ (U+2603) not set up", 3, None, "☃")]),
        ("Missing character: There is no α in font cmr10!\n",
         [("error", "Missing character: There is no α in font cmr10", None, None, "α")]),
        ("Missing character: There is no ☃ (U+2603) in font cmr10!\n",
         [("error", "Missing character: There is no ☃ (U+2603) in font cmr10", None, None, "☃")]),
        ("Missing character: what?\n", []),
        # boxes
        ("Overfull \\vbox (12.345pt too high) has occurred while \\output is active []\n\\x/y z\n",
         [("warning", "Overfull \\vbox: 12.3pt too high", None, None, "")]),
        ("Overfull \\hbox (12.345pt too wide) in paragraph at line 6\n\\T1/lmr/m/n/10 a Av-ery- \n",
         [("warning", "Overfull \\hbox: 12.3pt too wide", 6, None, "Av-ery")]),
        ("Overfull \\hbox (12.345pt too wide) detected at line 7",
         [("warning", "Overfull \\hbox: 12.3pt too wide", 7, None, "")]),
        ("Overfull \\hbox (1..2pt too wide) in\n", []),
        # warnings: what LaTeX says, and packages of what is missing; the rest are notes
        ("LaTeX Warning: Reference `a' on page 1 undefined on input line 33.\n",
         [("warning", "Reference `a' on page 1 undefined", None, None, "a")]),
        (BEGUN + "LaTeX Warning: Reference `a' on page 1 undefined on input line 33.\n",
         [("warning", "Reference `a' on page 1 undefined", 33, None, "a")]),
        (BEGUN + "Package abc Warning: that is\n(abc)                so on input line 12.\n(b) x\n",
         [("note", "abc: that is so", 12, None, "")]),
        ("Package abc Warning: that is undefined on input line 12.\n" + BEGUN,
         [("warning", "abc: that is undefined", None, None, "")]),
        (BEGUN + "LaTeX Font Warning: Font shape `T1/a/m/n' undefined\n"
         "(Font)              using `T1/b/m/n' instead on input line 7.\n",
         [("warning", "Font shape `T1/a/m/n' undefined using `T1/b/m/n' instead", 7, None,
           "T1/a/m/n")]),
        ("LaTeX Warning: Label(s) may have changed. Rerun to get it right.\n", []),
        ("### simple group (level 1) entered at line 5 ({)\n### bottom level\n",
         [("warning", "a group that begins here has no end", 5, None, "{")]),
        ("! \n", []),
        ("! Undefined control sequence.\r\nl.3 \\foo\r\n", [("error", WHAT, 3, None, "\\foo")]),
    ],
)  # fmt: skip
def test_what_a_log_says(
    text: str, expected: list[tuple[str, str, int | None, str | None, str]]
) -> None:
    found = log.read(text, folded=False)
    assert [(str(m.severity), m.text, m.line, m.file, m.near) for m in found] == expected


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
