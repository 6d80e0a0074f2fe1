"""The places of a letter's texts, `{name}`, and the values that fill them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.model import Text
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    nearest,
    place_of,
    quoted,
)

PLACE = re.compile(r"\{(\{)?([A-Za-z_][\w-]*)\}(?(1)\})")
"""`{name}`, which a value fills; `{{name}}` is set as `{name}`."""
FACTS = ("extends", "values", "variant", "theme", "language")
"""The keys of a letter that no value fills."""
PROSE = ("body", "ps")
"""The keys whose texts are CommonMark: a value is literal there too."""
LINES = ("address", "enclosures")
"""Lists that may be written as a text of lines."""


def listed(node: Node) -> Node:
    """Return a letter's node whose lines that were written as a text are lists."""
    if not isinstance(node, Map):
        return node
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for name, (key, value) in node.pairs.items():
        if name in LINES and isinstance(value, Scalar) and not absent(value):
            lines = [line.strip() for line in value.text.split("\n") if line.strip()]
            items = tuple(Scalar(line, value.source, value.style, value.tex) for line in lines)
            pairs[name] = (key, List(items, value.source))
        elif name == "to":
            pairs[name] = (key, listed(value))
        else:
            pairs[name] = (key, value)
    return Map(pairs, node.source, node.flow)


def filled(letter: Map, values: Mapping[str, Text], name: str, problems: Problems) -> Map:
    """Return a letter with every `{…}` filled; complain of each that nothing fills."""
    wrong = Problems()
    pairs = {
        key: (typed, node if key in FACTS else _fill(node, values, name, key in PROSE, wrong))
        for key, (typed, node) in letter.pairs.items()
    }
    problems.diagnostics += wrong.diagnostics
    return Map(pairs, letter.source)


def _fill(
    node: Node, values: Mapping[str, Text], name: str, prose: bool, problems: Problems
) -> Node:
    if isinstance(node, List):
        items = (_fill(item, values, name, prose, problems) for item in node.items)
        shown = tuple(i for i in items if not (isinstance(i, Scalar) and not i.text.strip()))
        return List(shown, node.source, node.flow)
    if isinstance(node, Map):
        pairs = {
            key: (typed, _fill(value, values, name, prose, problems))
            for key, (typed, value) in node.pairs.items()
        }
        return Map(pairs, node.source, node.flow)
    if node.tex or "{" not in node.text:
        return node

    def fill(found: re.Match[str]) -> str:
        if found[1]:
            return f"\\{{{found[2]}\\}}" if prose else f"{{{found[2]}}}"
        if found[2] in values:
            return _escaped(values[found[2]]) if prose else str(values[found[2]])
        source = place_of(node, "{", node.text.count("{", 0, found.start()))
        guess = nearest(found[2], list(values), {})
        said = f"write `values: {{{found[2]}: …}}` in the letter {name}"
        hint = f"did you mean {{{guess}}}?" if guess else said
        shown = quoted(found[0], source)
        problems.error(f"nothing fills {shown} in the letter {name}", source, hint)
        return found[0]

    return Scalar(PLACE.sub(fill, node.text), node.source, node.style, False, node.raw)


def _escaped(value: str) -> str:
    """Return a literal value as CommonMark that reads so (section 2.4, backslash escapes)."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(value.split()))
