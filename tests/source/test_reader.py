"""Nodes become records by the type hints alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from cvtex import model, source
from cvtex.diagnostics import Source
from cvtex.model import Date, Place, Prose, Text, Unread, Url
from cvtex.source.project import Project
from cvtex.source.records.convert import converter
from cvtex.source.records.scalars import WRONG
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import Problems

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    color: Literal["blue", "dark-red"] = "blue"
    page_numbers: bool = False
    columns: int = 1
    separator: Text = Text("–")
    labels: Mapping[str, Text] = field(default_factory=dict)
    tags: tuple[Text, ...] = ()
    home: Url | None = None


def read(text: str, hint: Any) -> Any:
    problems = Problems()
    node = yaml_text.read(text, "f.yaml", problems)
    assert node is not None
    value = converter(hint)(node, "it", problems)
    return value, [f"{d.source}: {d.message}" for d in problems.diagnostics]


@pytest.mark.parametrize(
    "typed", ["2021-12", "no", "1.10", "+49 30 23125 000", "0301", "01067", "12:30", "=", "0x1F",
              "1_000", "'null'", "true", "2021-12-01", "1e3", "NO", ".5"]
)  # fmt: skip
def test_no_type_is_guessed(typed: str) -> None:
    assert read(f"- {typed}", tuple[Text, ...]) == ((typed.strip("'"),), [])


def test_places() -> None:
    value, _ = read("- one\n-   'two'\n- |\n  three\n  lines\n\n- four", tuple[Prose, ...])
    assert [text.source for text in value] == [
        Source("f.yaml", 1, 3),
        Source("f.yaml", 2, 5),
        Source("f.yaml", 3, 3, 5),
        Source("f.yaml", 7, 3),
    ]
    [work], _ = read("# c\n- name: A\n  highlights:\n    - x\n\n\n# d\n", tuple[model.Work, ...])
    assert work.source == Source("f.yaml", 2, 3, 4)


WRAPPED = (
    "A paragraph whose lines an editor has wrapped where\n"
    "  the next word would have gone over their fifty-two\n"
    "  columns, and which goes on to its end."
)


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("one\n  two", "one two"),
        ("one\n\n  two", "one\n\ntwo"),
        ('"one\n\n  two"', "one\n\ntwo"),
        (r'"one\n\ntwo"', "one\n\ntwo"),
        (r'"one\ntwo"', "one\ntwo"),
        ("|\n  one\n  two\n\n\n  three\n", "one\ntwo\n\nthree"),
        (">\n  one\n  two\n\n  three\n", "one two\n\nthree"),
        (">\n  for:\n\n  - a\n\n  - b\n", "for:\n\n- a\n\n- b"),
        ("|\n  for:\n  - a\n    - b\n  - c\n", "for:\n- a\n  - b\n- c"),
        (f"|\n  {WRAPPED}\n", WRAPPED.replace("\n  ", " ")),
        (f"|\n  {WRAPPED}\n  - one\n  - two\n", WRAPPED.replace("\n  ", " ") + "\n- one\n- two"),
        (
            "|\n  Only this line is long, of more than fifty letters.\n  Short.\n  Shorter.\n",
            "Only this line is long, of more than fifty letters.\nShort.\nShorter.",
        ),
    ],
)
def test_paragraphs(typed: str, paragraphs: tuple[str, ...]) -> None:
    value, problems = read(f"a: {typed}", Mapping[str, Prose])
    assert (value["a"], problems) == (paragraphs, [])


def test_text_is_one_line() -> None:
    assert read("a: |\n  one\n  two\n", Mapping[str, Text])[0] == {"a": "one two"}


def test_tex_passes_as_it_is() -> None:
    value, _ = read("a: !tex '$x$\n\n  \\foo'", Mapping[str, Prose])
    assert value["a"].tex and value["a"] == "$x$\n\\foo"


def test_unions() -> None:
    assert read("Berlin", Place)[0] == "Berlin"
    assert read("{city: Berlin}", Place)[0] == model.Location(city=Text("Berlin"))
    assert read("[Berlin]", Place)[1] == ["f.yaml:1:1: it takes a text or a mapping, not a list"]
    assert read("- a\n- {text: b, highlights: [c]}", tuple[model.Highlight, ...])[0] == (
        model.Highlight(text=Prose("a")),
        model.Highlight(text=Prose("b"), highlights=(model.Highlight(text=Prose("c")),)),
    )


def test_merge_keys_and_aliases() -> None:
    value, problems = read(
        "- &a {name: A, location: Rome}\n- {<<: *a, name: B}\n", tuple[model.Work, ...]
    )
    assert [(w.name, w.location) for w in value] == [("A", "Rome"), ("B", "Rome")]
    assert problems == []


def test_options() -> None:
    text = "color: dark-red\npageNumbers: yes\ncolumns: 2\nlabels: {phone: Tel.}\nx-mine: 1\n"
    node = yaml_text.read(text, "f.yaml", Problems())
    value, problems = source.options(Unread(node), Options)
    assert problems == ()
    assert value == Options(
        color="dark-red", page_numbers=True, columns=2, labels={"phone": Text("Tel.")}
    )
    assert source.options(None, Options) == (Options(), ())


def test_faulty_options_keep_their_defaults() -> None:
    text = (
        "color: darkred\npageNumbers: maybe\ncolumns: two\nseparator: [x]\ncolour: blue\ntags: a\n"
    )
    value, problems = source.options(Unread(yaml_text.read(text, "f.yaml", Problems())), Options)
    assert value == Options()
    assert [(str(d.source), d.message, d.hint) for d in problems] == [
        ("f.yaml:1:8", 'color cannot be "darkred"', "did you mean dark-red?"),
        ("f.yaml:2:14", 'pageNumbers takes true or false, not "maybe"', None),
        ("f.yaml:3:10", 'columns takes a whole number, not "two"', None),
        (
            "f.yaml:4:12",
            "separator takes text, not a list",
            "put a text that begins with a bracket in quotes",
        ),
        ("f.yaml:5:1", 'unknown key "colour" in the options', "did you mean color?"),
        ("f.yaml:6:7", "tags takes a list, not text", "write [a]"),
    ]


def test_present_and_wrong_dates() -> None:
    assert read("Present", Date) == (Date.PRESENT, [])
    assert read("2021-00", Date)[0] is WRONG


def test_the_users_cv() -> None:
    reading = source.read(source.find(ROOT, public=True))
    resume = reading.resume
    assert reading.diagnostics == () and resume is not None
    assert resume.basics.name == "Shubham Krishna"
    assert [len(w.highlights) for w in resume.work] == [6, 2, 1, 3]
    assert [len(w.keywords) for w in resume.work] == [7, 5, 8, 5]
    assert [choice.title for choice in resume.meta.sections] == [
        "Technical Skills",
        "Experience",
        "Education",
        "Publications",
        "Selected Projects",
    ]
    assert "AWS (Beginner)" in resume.skills[2].keywords
    assert len(resume.publications) == 4
    assert resume.basics.phone is None


def test_reading_is_quick() -> None:
    """DESIGN: the user waits for this at each build; measured at 4 to 8 ms when warm."""
    import time

    project = source.find(ROOT, public=True)
    best = min(_timed(time.perf_counter, project) for _ in range(5))
    assert best < 0.1


def _timed(clock: Callable[[], float], project: Project) -> float:
    begin = clock()
    source.read(project)
    return clock() - begin
