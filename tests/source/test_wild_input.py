"""Whatever the bytes, reading ends soon, in records and diagnostics, never in a traceback."""

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import cases
from cvtex import source
from cvtex.diagnostics import format_diagnostic, with_excerpts
from cvtex.source.syntax import json_text, yaml_text
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar

ROOT = Path(__file__).parents[2]
SAMPLES = [f.read_bytes() for f in sorted((ROOT / "data").glob("*.yaml"))]
SAMPLES += [content for case in cases.cases() for content in case.files.values()]
JSON = (Path(__file__).parent / "resume.json").read_bytes()
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PIECES = st.sampled_from(
    ["- ", ": ", "\n", "  ", "\t", "#", " #", '"', "'", "[", "]", "{", "}", ",", "&a ", "*a", "*",
     "!tex ", "!!int ", "|", ">-", "---\n", "...", "%", "@", "`", "\\", "\\ud83d", "\\x07", "~",
     "null", "name", "work", "highlights", "startDate", "2021-13", "x-", "<<", "?", "é", "\u200b",
     "\u202e", "\ufeff", "\u2028", "\x07", "\x7f", "\x00", "😀", "e\u0301", "\r\n", "\r"]
)  # fmt: skip
YAMLISH = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map("".join)


@st.composite
def mutated(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """Return one of the originals with pieces cut, doubled or put in."""
    data = draw(st.sampled_from(originals))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        piece = draw(st.one_of(PIECES.map(lambda s: s.encode()), st.binary(max_size=3)))
        data = data[:start] + draw(st.sampled_from([b"", piece, data[start:end] * 2])) + data[end:]
    return data


def swallow(name: str, data: Any) -> source.Reading:
    """Read a project of one file, show every complaint, and return the reading."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        file = path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        begin = time.process_time()
        project = source.find(path if "/" in name else file, public=False, environ={})
        reading = source.read(project)
        shown = with_excerpts(reading.diagnostics, reading.inputs, reading.secrets)
        assert time.process_time() - begin < 2
        for diagnostic in shown:
            assert format_diagnostic(diagnostic).encode()
            place = diagnostic.source
            if place and place.line and place.file in reading.inputs:
                lines = reading.inputs[place.file].splitlines() or [""]
                assert place.line <= len(lines)
                assert place.column <= len(lines[place.line - 1]) + 1
        if reading.resume is None:
            assert any(d.severity == "error" for d in shown)
        return reading


FILES = st.sampled_from(["data/basics.yaml", "data/work.yaml", "data/private.yaml", "cv.yaml"])


@QUICK
@given(FILES, YAMLISH)
@example("data/work.yaml", "[" * 100_000)
@example("data/work.yaml", "- " * 100_000)
@example("data/work.yaml", "a: {" * 50_000)
@example("data/work.yaml", "&a [*a]")
@example("data/basics.yaml", "<<: &a {<<: *a}")
@example("data/basics.yaml", "? a\n? b\n: c")
@example("data/basics.yaml", "=: =")
@example("data/basics.yaml", "a: !!timestamp 2021-13-01")
@example("data/basics.yaml", '"\\0": "\\U00110000"')
@example("cv.yaml", "%YAML 9.9\n---\na")
def test_yamlish_text(name: str, text: str) -> None:
    swallow(name, text.encode("utf-8", "surrogatepass"))


@QUICK
@given(FILES, st.one_of(st.binary(max_size=200), mutated(SAMPLES)))
def test_bytes(name: str, data: Any) -> None:
    swallow(name, data)


@QUICK
@given(st.one_of(st.binary(max_size=100), mutated([JSON])))
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b'"\\ud83d')
def test_json_bytes(data: Any) -> None:
    swallow("resume.json", data)


def test_a_large_file_in_time() -> None:
    """A file just below the limit, and one above it."""
    entry = b"- name: A\n  highlights: [one, two, three]\n  startDate: 2021-12\n"
    reading = _timed("data/work.yaml", entry * ((1 << 19) // len(entry)), 20)
    assert reading.diagnostics[-1].message == "there are no basics"
    reading = swallow("data/work.yaml", b"#" * ((1 << 20) + 1))
    assert reading.diagnostics[0].message == "this file cannot be read: it is larger than 1 MB"


def _timed(name: str, data: Any, seconds: float) -> source.Reading:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.parent.mkdir()
        file.write_bytes(data)
        begin = time.process_time()
        reading = source.read(source.find(Path(folder), public=False, environ={}))
        assert time.process_time() - begin < seconds
        return reading


@QUICK
@given(YAMLISH, st.sampled_from(["basics.name", "work.0", "meta.sections", "x", "basics.a.b"]))
@example("\udcff", "basics.label")
@example("[\udcff]", "basics.label")
def test_overrides(value: Any, key: str) -> None:
    typed = (f"{key}={value}", value)
    project = source.find(ROOT, public=True, overrides=typed, environ={})
    reading = source.read(project)
    for diagnostic in with_excerpts(reading.diagnostics, reading.inputs):
        assert format_diagnostic(diagnostic)


PRIVATE = b"""basics:
  phone: +49 30 23125 000
  email: "23125@example.org"
  location: {address: 23125 Street, city: Berlin 23125}
  profiles:
    - network: Signal 23125
      username: 23125
      url: https://example.org/23125
  summary: |
    23125 and
    23125
work:
  - name: 23125
    startDate: 2021-12
"""


@settings(QUICK, max_examples=300)
@given(mutated([PRIVATE]))
@example(b"basics:\n  +49 30 23125: x\n")
@example(b"basics: {phone: {'+49 30 23125': 1}, url: 'x 23125', email: *23125 }\n")
@example(b"meta: {words: {'23125': [x]}, hide: ['23125'], language: '23125', sections: ['23125']}")
@example(b"'23125': {title: x, kind: '23125', entries: ['23125']}")
@example(b"'23125': 1\nbasics: {image: '23125.png'}")
def test_nothing_private_is_shown(data: Any) -> None:
    """However the private file is broken, not a digit of it is in any complaint."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {"basics": b"name: Ada\n", "private": data}.items():
            file = Path(folder, "data", f"{name}.yaml")
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        reading = source.read(source.find(Path(folder), public=False, environ={}))
        for diagnostic in with_excerpts(reading.diagnostics, reading.inputs, reading.secrets):
            assert "23125" not in format_diagnostic(diagnostic)
        # nor would it be without the redaction of known secrets
        for diagnostic in with_excerpts(reading.diagnostics, reading.inputs):
            assert "23125" not in format_diagnostic(diagnostic)


def test_complaints_have_an_end() -> None:
    reading = swallow("data/basics.yaml", b"".join(b"k%d: x\n" % n for n in range(5000)))
    assert len(reading.diagnostics) == 1001
    assert reading.diagnostics[-1].message == "4001 more problems in this file"


# --- against other parsers --------------------------------------------------------------

VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)


def plain(node: Node) -> Any:
    """Return a tree as Python's json would, scalars as their text."""
    if isinstance(node, Map):
        return {key: plain(value) for key, (_, value) in node.pairs.items()}
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return node.text


def as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json_as_python_reads_it(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    problems = Problems()
    node = json_text.read(text, "f.json", problems)
    assert problems.diagnostics == [] and node is not None
    assert plain(node) == as_text(value)
    assert_places(node, text)


@QUICK
@given(st.text(alphabet='{}[]",:\\ntrue0123.eE-/ \n', max_size=30))
def test_no_json_no_tree(text: str) -> None:
    try:
        json.loads(text, object_pairs_hook=_once, parse_constant=_none)
        valid = True
    except ValueError:
        valid = False
    problems = Problems()
    node = json_text.read(text, "f.json", problems)
    assert (node is not None and not problems.diagnostics) == valid


def _once(pairs: Any) -> Any:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


def _none(name: str) -> Any:
    raise ValueError(name)


@QUICK
@given(VALUES, st.booleans(), st.sampled_from([None, "'", '"', "|", ">"]))
def test_yaml_as_pyyaml_reads_it(value: Any, flow: bool, style: str | None) -> None:
    value = as_text(value)
    text = yaml.safe_dump(
        value, default_flow_style=flow, default_style=style, allow_unicode=True, width=40
    )
    assume(not set(text) & set("\x85\u2028\u2029"))  # made spaces when a file is loaded
    try:
        expected = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:  # what PyYAML writes and does not read
        return
    problems = Problems()
    node = yaml_text.read(text, "f.yaml", problems)
    if node is None:
        assert problems.diagnostics
    else:
        assert plain(node) == expected
        assert_places(node, text)


def assert_places(node: Node, text: str) -> None:
    """Each node's place is where its text stands."""
    lines = text.split("\n")
    stack = [node]
    while stack:
        node = stack.pop()
        place = node.source
        if isinstance(node, Map):
            stack += [part for pair in node.pairs.values() for part in pair]
        elif isinstance(node, List):
            stack += node.items
        elif isinstance(node, Scalar) and node.raw and "\n" not in node.raw:
            rest = lines[place.line - 1][place.column - 1 :]
            assert rest.startswith(node.raw)


@pytest.mark.parametrize("loader", ["C", "pure"])
def test_both_parsers_of_pyyaml(
    loader: Any, monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    if loader == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")
    reading = source.read(source.find(project, public=True))
    assert reading.diagnostics == () and reading.resume is not None
    assert reading.resume.work[0].highlights[3].text.startswith("Implemented highly scalable")


KEYS = st.sampled_from(
    ["basics.name", "basics", "work.0", "meta.themes.classic.font", "", "\u2028"]
)


@QUICK
@given(KEYS, YAMLISH)
@example("basics.name", "\u2028[")
@example("basics.name", "[\r\r\x85{")
@example("basics.name", '"\x0b\x0c')
@example("basics\u2029.name", "'")
def test_what_is_set(key: str, value: Any) -> None:
    """A value of the command line may hold what a file's text has been cleaned of."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "cv.yaml")
        file.write_text("basics: {name: Ada}\nwork: [{name: A}]\n")
        project = source.find(file, public=False, environ={}, overrides=(f"{key}={value}",))
        reading = source.read(project)
        for diagnostic in with_excerpts(reading.diagnostics, reading.inputs, reading.secrets):
            assert format_diagnostic(diagnostic)
