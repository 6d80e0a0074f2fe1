"""`cvtex schema` on themes: editors let pass what the readers of the options take, no more."""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cvtex import cli, source
from cvtex.commands.schema import for_new, options
from cvtex.diagnostics import Severity
from cvtex.latex import measures, themes
from cvtex.model import Unread
from cvtex.source.schema.options import Option, Themed, options_of
from cvtex.source.schema.schema import schema
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import Problems
from shared import ROOT, Program, own_theme

SHIPPED = {name: f for name, f in themes.themes(None).items() if f.is_shipped()}
KINDS = {name: folder.load().Options for name, folder in SHIPPED.items()}
EVERY = [(name, option) for name, kind in KINDS.items() for option in options_of(kind)]
# An option that several themes have is of one form in all of them, and read in one way.
ALIKE = {(option.key, str(option.hint)): (name, option) for name, option in reversed(EVERY)}
METAS = sorted([*ROOT.glob("data/meta.yaml"), *ROOT.glob("*/**/data/meta.yaml")])


class Core(yaml.SafeLoader):
    """The core schema of YAML 1.2.2 (§10.3.2), as editors have it."""


Core.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("null", "~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), first)
Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _, node: int(node.value, 0 if node.value[:2] in ("0x", "0o") else 10),
)
Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def takes(kind: type, key: str, typed: str) -> bool | None:
    """Tell whether the reader takes a value as typed, None where it is no YAML to it."""
    problems = Problems()
    node = yaml_text.read(f"{key}: {typed}\n", "meta.yaml", problems)
    if node is None or problems.diagnostics:
        return None
    _, found = source.options(Unread(node), kind)
    return all(problem.severity is not Severity.ERROR for problem in found)


@functools.cache
def shipped() -> dict[str, Any]:
    made = for_new("meta")
    jsonschema.Draft202012Validator.check_schema(made)
    return made


@functools.cache
def is_schema(text: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@functools.cache
def checker(theme: str) -> jsonschema.Draft202012Validator:
    made = shipped()
    form = made["$defs"]["Meta"]["properties"]["themes"]["properties"][theme]
    return jsonschema.Draft202012Validator({"$defs": made["$defs"], **form})


def finer(option: Option, value: object) -> bool:
    """Tell whether the reader looks closer than a schema can: it may refuse what that takes."""
    values = value if isinstance(value, list) else [value]
    hint = str(option.hint)
    numbers = any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    strange = any(isinstance(v, str) and not v.isascii() for v in values)
    return (
        (re.search("Colour|Density|FontSize", hint) and numbers)  # 000000 and 0 are the same number
        or ("SectionName" in hint and (strange or numbers))  # how it is written
        or "ColumnWidth" in hint  # has bounds
    )


def words_of(option: Option) -> list[str]:
    return [word for word in getattr(option.hint, "__args__", ()) if isinstance(word, str)]


WORDS = sorted({word for _, option in EVERY for word in words_of(option)})
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["true", "False", "yes", "NO", "on", "maybe", "", "~", "null", "0", "-3", "1.5"]
    ),
    st.from_regex(rf"\A{measures.Length.FORM}\Z"),
    st.from_regex(rf"\A{measures.Colour.FORM}\Z"),
    st.sampled_from(["skills", "talks", "vorträge", "my-talks", "a b", "a.b", "-", "_x", "2024"]),
    st.from_regex(r"\A[a-zA-Z0-9#.,+_-]{0,8}\Z"),
)
TYPED = st.one_of(
    SCALARS,
    SCALARS.map(json.dumps),
    st.lists(SCALARS.map(lambda s: json.dumps(s) if s in ("", "~", "null") else s), max_size=3).map(
        lambda words: f"[{', '.join(words)}]"
    ),
    SCALARS.map(lambda word: f"{{a: {json.dumps(word)}}}"),
)


@pytest.mark.parametrize(("theme", "option"), ALIKE.values(), ids=lambda p: getattr(p, "key", p))
@settings(max_examples=25, deadline=None)
@given(typed=TYPED)
@example(typed="17mm")
@example(typed="17")
@example(typed="17 km")
@example(typed="1F4E79")
@example(typed="000000")
@example(typed="'#069'")
@example(typed="blue")
@example(typed="0E4194")
@example(typed="[skills]")
@example(typed="[[skills]]")
@example(typed="[true]")
@example(typed="[5e-3]")
@example(typed="yes")
def test_an_editor_takes_what_the_reader_takes(theme: str, option: Option, typed: str) -> None:
    try:
        value = yaml.load(f"{option.key}: {typed}\n", Core)
    except yaml.YAMLError:
        assume(False)
    assume(isinstance(value, dict) and [*value] == [option.key])
    is_list = "tuple" in str(option.hint)
    assume(not (is_list and value[option.key] == ""))  # no list, though it counts as absent
    read, passed = takes(KINDS[theme], option.key, typed), checker(theme).is_valid(value)
    assume(read is not None)
    if read:
        assert passed
    elif not finer(option, value[option.key]):
        assert not passed


def form_of(theme: str, key: str) -> dict[str, Any]:
    form: dict[str, Any] = checker(theme).schema["properties"][key]
    return form


@pytest.mark.parametrize("theme", KINDS)
def test_each_option_is_told_whole(theme: str) -> None:
    """Its words, its default, what it is for; the default and each word are taken."""
    for option in options_of(KINDS[theme]):
        form = form_of(theme, option.key)
        assert form.get("default") == option.default
        assert form["description"] == option.meaning
        assert option.meaning
        assert option.meaning.endswith(".")
        words = words_of(option)
        if words:
            enum = form["anyOf"][0]["enum"]
            assert [word for word in enum if isinstance(word, str)] == words
            assert all(str(word) in words for word in enum)  # a year may be written as a number
        for value in (option.default, None, *words):
            assert checker(theme).is_valid({option.key: value})
            assert takes(KINDS[theme], option.key, json.dumps(value))
        if words:
            assert not checker(theme).is_valid({option.key: "no such word"})
        own = {"default", "description"}
        other = form_of(ALIKE[option.key, str(option.hint)][0], option.key)
        assert all(form.get(k) == other.get(k) for k in {*form, *other} - own)


def test_what_is_not_an_option_is_refused_in_a_known_theme_only() -> None:
    check = jsonschema.Draft202012Validator(shipped())
    for good in (
        {"theme": "classic"}, {"theme": "./mine"}, {"theme": 7}, {"theme": None},
        {"themes": {"mine": {"anything": [1]}}}, {"themes": {"classic": None}},
        {"themes": {"classic": {"x-note": [1], "icons": True}}},
    ):  # fmt: skip
        assert check.is_valid(good), good
    for wrong in (
        {"theme": ["classic"]}, {"themes": ["classic"]}, {"themes": {"classic": ["icons"]}},
        {"themes": {"classic": {"icon": True}}}, {"themes": {"classic": {"page_numbers": True}}},
        {"themes": {"linear": {"icons": True}}},
    ):  # fmt: skip
        assert not check.is_valid(wrong), wrong
    proposed = shipped()["$defs"]["Meta"]["properties"]
    assert proposed["theme"]["anyOf"][0] == {"enum": [*SHIPPED]}
    about = {name: form["description"] for name, form in proposed["themes"]["properties"].items()}
    assert about == {name: folder.load().summary for name, folder in SHIPPED.items()}


def test_editors_are_not_led_to_propose_null() -> None:
    """They propose what is among the types, an option's own or of what it refers to."""
    forms = {name: form for name, form in shipped()["$defs"].items() if name in ("Absent", "Truth")}
    assert '"null"' not in json.dumps(forms)


@pytest.mark.parametrize("file", METAS, ids=lambda file: file.parts[-3])
def test_real_metas_fit(file: Path) -> None:
    value = yaml.load(file.read_text("utf-8"), Core)
    check = jsonschema.Draft202012Validator(shipped())
    assert [e.message for e in check.iter_errors(value)] == []
    whole = {"basics": {"name": "Ada"}, "meta": value}
    known, _ = options(SHIPPED.values())
    assert jsonschema.Draft202012Validator(schema(None, known)).is_valid(whole)
    assert jsonschema.Draft202012Validator(schema("private", known)).is_valid({"meta": value})


def test_there_are_metas() -> None:
    assert {"data", "sample"} <= {part for file in METAS for part in file.parts}


# --- types of a theme's own ------------------------------------------------------------

TYPES = """\
from typing import Literal, Optional
from dataclasses import dataclass, field
from cvtex import latex, model

class Slope(model.Text):
    @classmethod
    def parse(cls, text):
        return str(float(text))

@dataclass(frozen=True)
class Edge:
    width: latex.Length = latex.Length("1mm")
    on: bool = True

@dataclass(frozen=True, slots=True, kw_only=True)
class Base(latex.Options):
    slope: Slope = Slope("1.0")
    '''How
    steep.'''
    columns: int = 2

@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Base):
    slope: Slope = Slope("2.0")
    level: Literal["1", "2.5", "true", "off"] = "1"
    edge: Edge | None = None
    edges: tuple[Edge, ...] = ()
    since: model.Date | None = None
    word: str = "x"
    words: tuple[str, ...] = field(default_factory=lambda: ("a", "b"))

class Theme(latex.Theme):
    '''Mine.'''
    Options = Options
"""


@pytest.mark.parametrize(
    "typed",
    [
        "slope: 2", "slope: 1e1", "slope: 'x'", "columns: 3", "columns: -3", "columns: 1.5",
        "columns: x", "columns: '12'", "columns: 12345678901", "level: 1", "level: 2.5", "level: 2",
        "level: true", "level: off", "level: false", "edge: {width: 2mm}", "edge: {width: 2}",
        "edge: {height: 2mm}", "edge: 2mm", "edge:", "edges: [{on: no}]", "edges: [{on: 2}]",
        "edges: {on: no}", "since: 2021-12", "since: Dec", "word: 1", "word: [1]", "words: [1, b]",
        "words: [[a]]", "x-mine: [1]", "nothing: 1", "paper: a4", "paper: a5",
    ],
)  # fmt: skip
def test_types_of_a_themes_own(tmp_path: Path, trusting: None, typed: str) -> None:
    own_theme(tmp_path, TYPES)
    found = themes.themes(tmp_path)["mine"]
    known, faults = options([found])
    assert not faults
    form = schema("meta", known)
    is_schema(json.dumps(form))
    key, _, value = typed.partition(":")
    check = jsonschema.Draft202012Validator(form)
    passed = check.is_valid({"themes": {"mine": yaml.load(typed, Core)}})
    read = takes(sys.modules["cvtex_theme_mine"].Options, key, value)
    assert passed == read or (typed == "slope: 'x'" and passed), (read, passed)


def test_docstrings_and_defaults_are_those_of_the_nearest_class(
    tmp_path: Path, trusting: None
) -> None:
    own_theme(tmp_path, TYPES)
    kind = themes.themes(tmp_path)["mine"].load().Options
    told = {option.key: (option.default, option.meaning) for option in options_of(kind)}
    assert told["slope"] == ("2.0", "How steep.")
    assert told["columns"] == (2, None)
    assert told["words"] == (["a", "b"], None)
    assert told["paper"] == ("a4", "The size of the page.")
    assert told["edge"] == (None, None)


# --- the command -----------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Mapping[str, Any], str]:
    status = cli.cvtex.main(["schema", *words], standalone_mode=False)
    told = capsys.readouterr()
    made = json.loads(told.out)
    return status, made["$defs"]["Meta"]["properties"] if "Meta" in made["$defs"] else {}, told.err


PROGRAM = "from pathlib import Path\nPath('it-ran').touch()\n" + TYPES


@pytest.mark.parametrize("words", [(), ("--section", "meta"), ("--section", "private")])
def test_knows_the_projects_own_themes_where_it_is_trusted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    """Of others it knows the name; one is not run, and nobody is asked."""
    own_theme(tmp_path, PROGRAM)
    own_theme(tmp_path, PROGRAM, "classic")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("CVTEX_TRUST", raising=False)
    monkeypatch.setattr("cvtex.trust.may_ask", lambda: True)
    status, meta, said = run(capsys, *words)
    assert (status, said) == (0, "")
    assert not (tmp_path / "it-ran").exists()
    assert meta["theme"]["anyOf"][0]["enum"] == sorted({"mine", *SHIPPED})
    form = meta["themes"]["properties"]
    assert "properties" not in form["mine"]
    assert "properties" not in form["classic"], "the project's own hides the shipped one"
    assert "sideWidth" in form["sidebar"]["properties"]
    monkeypatch.setenv("CVTEX_TRUST", "1")
    status, meta, said = run(capsys, *words)
    assert (status, said) == (0, "")
    assert (tmp_path / "it-ran").exists()
    for name in ("mine", "classic"):
        assert meta["themes"]["properties"][name]["properties"]["slope"]["default"] == "2.0"


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("import nothing_of_this_name\n", 1, "the theme cannot be loaded: ModuleNotFoundError"),
        (TYPES.replace('Slope("2.0")', "field(default_factory=lambda: 1 / 0)"), 24, "ZeroDivision"),
    ],
)
def test_a_theme_that_does_not_load_hides_no_other(
    tmp_path: Path, cvtex: Program, trusting: None, code: str, line: int, message: str
) -> None:
    own_theme(tmp_path, code)
    done = cvtex("schema", cwd=tmp_path)
    assert done.status == 1
    assert f"themes/mine/theme.py:{line}: error: " in done.err
    assert message in done.err
    assert "Traceback" not in done.err
    known = json.loads(done.out)["$defs"]["Meta"]["properties"]["themes"]["properties"]
    assert {*known} == {"mine", *SHIPPED}
    assert "properties" not in known["mine"]


def test_a_new_project_has_the_shipped_themes(tmp_path: Path, cvtex: Program) -> None:
    assert cvtex("new", tmp_path / "cv").status == 0
    written = json.loads((tmp_path / "cv/.cvtex/meta.json").read_text("utf-8"))
    assert written == shipped()
    assert shipped() == json.loads(cvtex("schema", "--section", "meta", cwd=tmp_path).out)


def test_without_themes_it_is_the_schema_of_the_model() -> None:
    assert schema("meta", {}) == schema("meta")
    assert schema("work", {"classic": Themed()}) == schema("work")
