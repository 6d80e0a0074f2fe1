"""Diagnostics: their printed form, their order, and what they hide."""

from __future__ import annotations

from cvtex.diagnostics import (
    CvtexError,
    Source,
    error,
    format_diagnostic,
    has_errors,
    warning,
    with_excerpts,
)
from cvtex.veil import PRIVATE

INPUTS = {
    "data/work.yaml": "- name: ML6\n  startDate: 2021-13\n",
    "data/private.yaml": "phone: 5\n",
}


def test_printed_form_has_place_line_caret_and_hint() -> None:
    d = error("there is no month 13", Source("data/work.yaml", 2, 14), "months go from 01 to 12")
    (shown,) = with_excerpts([d], INPUTS)
    assert format_diagnostic(shown) == (
        "data/work.yaml:2:14: error: there is no month 13\n"
        "      startDate: 2021-13\n"
        "                 ^\n"
        "  hint: months go from 01 to 12"
    )
    assert format_diagnostic(shown, "cv/").startswith("cv/data/work.yaml:2:14: error:")


def test_tabs_before_the_caret_stay_tabs() -> None:
    (shown,) = with_excerpts([error("x", Source("f", 1, 3))], {"f": "\ta b"})
    assert format_diagnostic(shown).splitlines()[2] == "    \t ^"


def test_a_long_line_is_cut_around_the_column() -> None:
    line = "x" * 300 + "!" + "y" * 300
    (shown,) = with_excerpts([error("m", Source("f", 1, 301))], {"f": line})
    _, excerpt, caret = format_diagnostic(shown).splitlines()
    assert len(excerpt) < 110
    assert excerpt[caret.index("^")] == "!"


def test_reading_order_and_no_repeats() -> None:
    late, early = error("b", Source("a.yaml", 9)), warning("a", Source("a.yaml", 2))
    assert [d.message for d in with_excerpts([late, early, late], {})] == ["a", "b"]


def test_a_private_line_and_private_values_are_never_shown() -> None:
    place = Source("data/private.yaml", 1, 8, private=True)
    found = [
        error("no phone", place),
        error("near '+49 30 23125 000'", Source("data/work.yaml", 1)),
    ]
    shown = with_excerpts(found, INPUTS, ["+49 30 23125 000"])
    printed = "\n".join(map(format_diagnostic, shown))
    assert "23125" not in printed
    assert printed.count(PRIVATE) == 2


def test_an_error_carries_all_and_prints_them() -> None:
    failure = CvtexError([warning("w"), error("e", Source("f", 3))])
    assert has_errors(failure.diagnostics)
    assert str(failure) == "warning: w\nf:3: error: e"


def test_json_leaves_out_what_is_absent() -> None:
    assert error("m").json() == {"severity": "error", "message": "m"}
    assert warning("m", Source("f", 2, 3), "h").json() == {
        "severity": "warning",
        "message": "m",
        "file": "f",
        "line": 2,
        "column": 3,
        "hint": "h",
    }
