"""YAML or JSON text -> a tree, which is kept: a watch, and letters, read most texts again."""

from __future__ import annotations

from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import Node, Problems

MOST_TREES = 50

_trees: dict[tuple[str, str, str], Node] = {}
"""The trees of sound public texts that were read of late: a watch reads most of them again."""


def tree_of(suffix: str, text: str, name: str, problems: Problems) -> Node | None:
    """Return the tree of a text, None where it has none."""
    key = (suffix, name, text)
    if key in _trees:
        return _trees[key]
    before = len(problems.diagnostics), len(problems.dead)
    if suffix == ".json":
        from cvtex.source.syntax import json_text

        node = json_text.read(text, name, problems)
    else:
        node = yaml_text.read(text, name, problems)
    if node is not None and before == (len(problems.diagnostics), len(problems.dead)):
        if len(_trees) >= MOST_TREES:
            _trees.clear()
        _trees[key] = node
    return node
