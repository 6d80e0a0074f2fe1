"""A TeX message is told at the line that the user wrote."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Severity, Source
from cvtex.model import Text
from cvtex.toolchain import Message, diagnose

TEX = r"""\documentclass{article}
\begin{document}
%% begin data/work.yaml:1-5
\cventry{2019}{Engineer \macro{} \& more}{
  München 文}{never {closed}
%% end
%% begin data/work.yaml:7-9
\cventry{2020}{Boss 文}{Averylongword}
%% end
\end{document}
"""
FIRST = Source("data/work.yaml", 1, 3, end=5)
SECOND = Source("data/work.yaml", 7, 3, end=9)
VALUES = (
    Text("Engineer \\macro{} & more", Source("data/work.yaml", 2, 13), tex=True),
    Text("München 文", Source("data/work.yaml", 4, 13)),
    Text("never {closed", Source("data/work.yaml", 5, 5), tex=True),
    Text("Boss 文", Source("data/work.yaml", 8, 13)),
    Text("Averylongword & co", Source("data/work.yaml", 9, 13)),
    Text("\\macro", Source("data/education.yaml", 2, 1)),
)


def locate(line: int) -> Source | None:
    return FIRST if 3 <= line <= 6 else SECOND if 7 <= line <= 9 else None


def placed(text: str, line: int | None, near: str, file: str | None = None) -> Source | None:
    message = Message(Severity.ERROR, text, line, file, near)
    (diagnostic,) = diagnose([message], TEX, locate, VALUES)
    return diagnostic.source


def test_a_command_is_found_in_the_value_that_holds_it() -> None:
    assert placed("Undefined control sequence", 5, "\\macro") == VALUES[0].source


def test_a_character_is_found_within_its_record() -> None:
    assert placed("Missing character: There is no 文", 8, "文") == VALUES[3].source
    assert placed("Missing character: There is no 文", 5, "文") == VALUES[1].source


def test_a_character_without_a_line_is_found_in_the_data() -> None:
    assert placed("Missing character: There is no 文", None, "文") == VALUES[1].source


def test_what_no_value_holds_is_told_at_the_record() -> None:
    assert placed("Undefined control sequence", 4, "\\cvtheme") == FIRST
    assert placed("Missing $ inserted", 8, "}") == SECOND


def test_braces_that_do_not_match_are_found_by_counting() -> None:
    for text in ("Missing } inserted", "Extra }, or forgotten $", "Too many }'s"):
        assert placed(text, 4, "}") == VALUES[2].source
    assert placed("Missing } inserted", 8, "}") == SECOND


def test_literal_text_causes_no_fault_of_tex() -> None:
    """`&` stands in a value of the second record too, but escaped."""
    assert placed("Misplaced alignment tab character &", 5, "&") == VALUES[0].source
    assert placed("Misplaced alignment tab character &", 8, "&") == SECOND


def test_an_argument_that_ran_away_is_found_by_its_text() -> None:
    near = "never {closed"  # as far as TeX shows it
    assert placed("File ended while scanning use of \\cventry", None, near) == VALUES[2].source


def test_hyphens_that_tex_shows_do_not_hide_a_word() -> None:
    assert placed("Overfull \\hbox: 9.0pt too wide", 8, "Av-ery-long-word") == VALUES[4].source


def test_a_line_in_the_last_record_and_beyond_the_document() -> None:
    tex = "\n".join(TEX.splitlines()[:8])  # ends with the line of the second record
    message = Message(Severity.ERROR, "Missing character: There is no 文", 8, None, "文")
    (found,) = diagnose([message], tex, locate, (*VALUES, Text("Boss 文 too", SECOND)))
    assert found.source == VALUES[3].source, "the value that stands there as it was typed"
    (found,) = diagnose([message], "", locate, VALUES)
    assert found.source == VALUES[3].source


def test_a_command_of_the_theme_s_is_not_the_user_s() -> None:
    """Not in a record, and not where no record is; what he typed has the usual hint."""
    for line, near in ((4, "\\cvtheme"), (1, "\\cvtheme"), (None, "\\cvtheme")):
        message = Message(Severity.ERROR, "Undefined control sequence", line, None, near)
        (found,) = diagnose([message], TEX, locate, VALUES)
        assert found.hint == f"your data holds no {near}: the theme's LaTeX does"
    message = Message(Severity.ERROR, "Undefined control sequence", 5, None, "\\macro")
    (found,) = diagnose([message], TEX, locate, VALUES)
    assert "your data holds no" not in (found.hint or "")


def test_dollars_that_do_not_match_are_found_by_counting() -> None:
    """Where TeX complains of them; the value with the token that it names comes behind."""
    one = Text("costs 5$ \\& _ more", Source("data/work.yaml", 2, 1), tex=True)
    two = Text("$a_b$ \\$ c", Source("data/work.yaml", 3, 1), tex=True)

    def found(text: str, near: str) -> Source | None:
        message = Message(Severity.ERROR, text, 5, None, near)
        (diagnostic,) = diagnose([message], TEX, locate, (one, two))
        return diagnostic.source

    assert found("Missing $ inserted", "a_b") == one.source
    assert found("Misplaced alignment tab", "a_b") == two.source
    assert found("Misplaced alignment tab", "$") == FIRST


def test_no_place_stays_none() -> None:
    assert placed("TeX capacity exceeded", None, "") is None
    assert placed("Undefined control sequence", 1, "\\foo") is None
    assert placed("Undefined control sequence", None, "\\macro", "moderncv.cls") is None


def test_words_for_people_with_tex_s_own() -> None:
    message = Message(Severity.ERROR, "Undefined control sequence", 5, None, "\\macro")
    (diagnostic,) = diagnose([message], TEX, locate, VALUES)
    assert diagnostic.message == (
        "LaTeX does not know the command \\macro (TeX: Undefined control sequence)"
    )
    assert diagnostic.hint == (
        "is it misspelt, or does it need a package that the theme does not load?"
    )
    (theirs,) = diagnose([message], TEX, locate, ())
    assert theirs.hint == "your data holds no \\macro: the theme's LaTeX does"


def test_the_same_fault_is_told_once() -> None:
    message = Message(Severity.ERROR, "Missing $ inserted", 4, None, "_")
    assert len(diagnose([message, message], TEX, locate, VALUES)) == 1


MESSAGES = st.builds(
    Message,
    st.sampled_from(Severity),
    st.one_of(st.text(min_size=1), st.sampled_from(["Missing character", "File `x' not found"])),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.one_of(st.none(), st.just("x.sty")),
    st.one_of(st.text(), st.sampled_from(["文", "\\macro", "{near}", "x.tex"])),
)


def _anywhere(line: int) -> Source | None: ...


@given(st.lists(MESSAGES), st.text(), st.functions(like=_anywhere, returns=st.sampled_from(
    [None, FIRST, SECOND]), pure=True))  # fmt: skip
def test_any_message_makes_a_diagnostic(
    messages: list[Message], tex: str, anywhere: Callable[[int], Source | None]
) -> None:
    for diagnostic in diagnose(messages, tex, anywhere, VALUES):
        assert diagnostic.message
        assert not diagnostic.message.endswith(".")
