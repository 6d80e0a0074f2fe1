"""Markup that is not read, or hardly meant, is told at its place with what to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Source
from cvtex.latex import doubts
from cvtex.model import Email, Prose, Text, Url
from cvtex.veil import PRIVATE

PLACE = Source("data/work.yaml", 3, 10)


def told(value: Text, lenient: bool = False) -> list[tuple[str, str, str | None]]:
    """Return severity, the part that is at fault, and the hint of each problem."""
    parts: list[str] = []

    def find(part: str, source: Source) -> Source:
        assert source == PLACE and part in value
        parts.append(part)
        return source

    placed = type(value)(value, PLACE)
    found = list(doubts.problems(placed, find, lenient))
    return [(str(d.severity), part, d.hint) for d, part in zip(found, parts, strict=True)]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Repaired <strong>pumps</strong> &amp; <a href='x'>valves</a>",
         ["<strong>", "<a href='x'>", "&amp;"]),
        ("first line<br>second<br/>third", ["<br>"]),
        ("<p>all <em>of</em> it</p>", ["<p>", "<em>"]),
        ("a &nbsp; b &#8211; c &nosuch; AT&T; &copy", ["&nbsp;", "&#8211;"]),
        ("List<String> and vector<int>, 3 < 4 > 2, `<b>` and `&amp;`", []),
        ("Wrote __init__ and plates of 2*3*4 mm", ["2*3*4 mm", "__init__"]),
        ("# Heading\ntext", ["#"]),
        ("> said\n```\ncode", [">", "```"]),
        ("#1 in sales, C# and ## two", []),
        ("![me](https://example.org/me.png)", ["![me](https://example.org/me.png)"]),
        ("`__init__` and \\_\\_main\\_\\_, *a* and **b**, un**ten**able", ["**ten**"]),
        ("snake_case_name, a*b, f(x)*g", []),
        ("Ein Wechsel ist ab dem\n1. April möglich.", ["1. April"]),
        ("We need\n1) a pump", ["1) a"]),
        ("First this:\n1. a pump\n2. a valve", []),
        ("On the list:\n\n1. a pump", []),
        ("since the\n24. December, and\n1\\. April", []),
    ],
)  # fmt: skip
def test_prose(typed: str, parts: list[str]) -> None:
    found = told(Prose(typed))
    assert all(severity == "warning" for severity, _, _ in found)
    assert sorted(part for _, part, _ in found) == sorted(
        part.removesuffix(" mm").replace("2*3*4", "*3*") for part in parts
    )


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("[Acme Pumps](https://acme.example.org)", "write Acme Pumps, and the address as url"),
        ("**Lead** Engineer on [Flow](https://flow.example.org)",
         "write Flow, and the address as url"),
        ("**Lead** Engineer", "write Lead"),
        ("Lyon | *remote*", "write remote"),
        ("Talks *and* more", "write and"),
        ("the `zsh` shell", "write zsh"),
        ("Fish &amp; Chips", "write &"),
        ("Acme <b>Pumps</b>", "write **…**"),
    ],
)  # fmt: skip
def test_names(typed: str, hint: str) -> None:
    [(severity, _, said)] = told(Text(typed))
    assert (severity, said) == ("warning", hint)


@pytest.mark.parametrize(
    "typed",
    ["C*-algebras and W*-algebras", "A* search", "5* hotel, 4* bar", "R&D; AT&T", "[Go] (2020)",
     "snake_case __init__", "List<T>", "O(n*m*k)", "~90 %", "#1", "> 100 kg"],
)  # fmt: skip
def test_names_that_are_meant(typed: str) -> None:
    assert told(Text(typed)) == []


def test_addresses_have_no_markup() -> None:
    assert told(Url("https://example.org/**a**?b=1&amp;c=2")) == []
    assert told(Email("__a__@example.org")) == []


def test_a_bad_link_is_an_error_at_its_place() -> None:
    value = Prose("see [here](javascript:alert(1))")
    [(severity, part, _)] = told(value)
    assert (severity, part) == ("error", "javascript:alert(1)")
    assert told(value, lenient=True)[0][0] == "warning"


def test_a_link_title_is_a_warning() -> None:
    [(severity, part, hint)] = told(Prose('[a](https://example.org "tip")'))
    assert (severity, part, hint) == ("warning", "tip", "write [text](https://example.org)")


def test_good_prose_has_no_problems() -> None:
    assert told(Prose("*a* [b](example.org/x) [Link] [c](mailto:a@example.org)")) == []
    assert list(doubts.problems(Prose("<b>x</b>", PLACE, True), lambda p, s: s)) == []


@pytest.mark.parametrize("kind", [Text, Prose])
def test_private_values_are_not_quoted(kind: type[Text]) -> None:
    place = Source("data/private.yaml", 1, 2, private=True)
    value = kind("<b>geheim</b> [geheim](javascript:geheim) **geheim** 2*geheim*3", place)
    for problem in doubts.problems(value, lambda part, source: source):
        assert "geheim" not in f"{problem.message} {problem.hint}"
        assert PRIVATE in problem.message


@given(st.text(alphabet="*_`[]()<>&;!#~ab1 \n/", max_size=60), st.sampled_from([Text, Prose]))
def test_anything_may_be_looked_at(typed: str, kind: type[Text]) -> None:
    told(kind(typed))


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (r"\textbf{50", "{50"),
        (r"a {b} } c", "} c"),
        ("first {line}\nand \\textbf{second\nthird", "{second"),
        ("}{", "}{"),
        ("{{a}", "{{a}"),
        (r"\{ and \} and \\", None),
        ("50 % { a comment }}\nends {here}", None),
        (r"\\{", "{"),
        (r"\%{", "{"),
    ],
)
@pytest.mark.parametrize("kind", [Text, Prose])
def test_braces_of_raw_tex_match(typed: str, part: str | None, kind: type[Text]) -> None:
    parts: list[str] = []

    def find(part: str, source: Source) -> Source:
        parts.append(part)
        return source

    found = list(doubts.problems(kind(typed, PLACE, True), find))
    assert [str(problem.severity) for problem in found] == (["error"] if part else [])
    assert parts == ([part] if part else [])


def test_a_brace_of_private_raw_tex_is_not_quoted() -> None:
    value = Text("{geheim", Source("data/private.yaml", 1, 2, private=True), True)
    [problem] = doubts.problems(value, lambda part, source: source)
    assert "geheim" not in f"{problem.message} {problem.hint}"
