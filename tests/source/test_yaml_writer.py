"""YAML as cvtex writes it: as a person would, and what it reads back is what was meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar
from cvtex.source.syntax.yaml_writer import dump


def plain(node: Node | None) -> Any:
    """Return what a tree holds, without places."""
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    if isinstance(node, Map):
        return {name: plain(value) for name, (_, value) in node.pairs.items()}
    return node.text if isinstance(node, Scalar) else None


def read_back(written: str) -> Any:
    problems = Problems()
    node = yaml_text.read(written, "a.yaml", problems)
    assert problems.diagnostics == []
    return plain(node)


TEXTS = st.one_of(
    st.text(alphabet="ab: #-\n'\"[]{}&*!|>%@`,?~\\0", max_size=12),
    st.sampled_from(
        ["null", "~", "true", "2020", "2020-01-01", "- a", "a\n\nb", "a\n b", " a", "a "]
    ),
    st.text(max_size=8).filter(lambda text: text.isprintable()),
)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(TEXTS.filter(bool), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(DATA)
def test_what_is_written_reads_back(data: Any) -> None:
    assert read_back(dump({"x": data})) == {"x": data}


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ({"a": "x", "b": None, "c": [], "d": {}}, "a: x\nb: null\nc: []\nd: {}\n"),
        ({"a": ["x", "y"]}, "a: [x, y]\n"),
        ({"a": ["x" * 29, "y"]}, f"a: [{'x' * 29}, y]\n"),
        ({"a": ["x" * 30, "y"]}, f"a:\n  - {'x' * 30}\n  - y\n"),
        ({"a": [{"b": "x", "c": "y"}, {"b": "z"}]}, "a:\n  - b: x\n    c: y\n  - b: z\n"),
        ({"a": "x: y"}, "a: 'x: y'\n"),
        ({"a": "it's: y"}, "a: 'it''s: y'\n"),
        ({"a": "x\ny"}, "a: |-\n  x\n  y\n"),
        ({"a": " x"}, "a: ' x'\n"),
        ({"a": "x\ny "}, 'a: "x\\ny "\n'),
    ],
)
def test_it_looks_as_a_person_would_write_it(data: Any, written: str) -> None:
    assert dump(data) == written


def test_a_row_is_no_wider_than_a_line() -> None:
    for length in range(1, 30):
        texts = ["x" * 29, "y" * 29, "z" * length]
        row = f"a: [{', '.join(texts)}]\n"
        fits = len(row) - 1 <= 96
        assert (dump({"a": texts}) == row) is fits
