"""What the reader makes of YAML and JSON, right and wrong, by files of questions and answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import answers
from cvtex.source.syntax import json_text, yaml_text
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar


def tree(node: Node | None) -> str:
    """Return a tree on one line, each part with the line and column where it stands."""
    if node is None:
        return "nothing"
    place = f"{node.source.line}:{node.source.column}"
    place += f"-{node.source.end}" if node.source.end else ""
    if isinstance(node, Scalar):
        return f"{place} {node.style}{'!tex ' * node.tex}{node.text!r}"
    flow = "flow " * node.flow
    if isinstance(node, List):
        return f"{place} {flow}[{', '.join(map(tree, node.items))}]"
    assert isinstance(node, Map)
    pairs = (f"{tree(key)}: {tree(value)}" for key, value in node.pairs.values())
    return f"{place} {flow}{{{', '.join(pairs)}}}"


def read(text: str, syntax: str) -> Iterator[str]:
    problems = Problems()
    reader = yaml_text.read if syntax == "yaml" else json_text.read
    found = tree(reader(text, f"a.{syntax}", problems))
    yield found if len(found) < 2000 else f"{found[:60]} …"
    for one in problems.diagnostics:
        place = f"{one.source.line}:{one.source.column}" if one.source else ""
        yield f"{place} {one.severity}: {one.message}" + (f" ({one.hint})" if one.hint else "")


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_the_answers_are_as_they_were_read(syntax: str, renew: bool) -> None:
    answers.check(syntax, lambda text: read(text, syntax), renew)


def test_without_the_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's two parsers word and place their errors each in its own way; ours are the same."""
    import yaml

    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    answers.check("yaml", lambda text: read(text, "yaml"), False)
