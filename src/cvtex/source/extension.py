"""`meta.x-cvtex`: what cvtex's own JSON Resume has that the standard cannot say."""

from __future__ import annotations

from cvtex.source import overlay
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Scalar,
)

EXTENSION = "x-cvtex"
"""The key of `meta` in which cvtex's own JSON Resume has what the standard cannot say."""


WHOLE = "data"
"""The key in that of all of the data, as it was typed: what `--private` exports."""
TEX = "!tex"
"""The key of a mapping that stands there for a text that was tagged `!tex`."""


def extended(root: Map, name: str, bibs: dict[str, str]) -> Map:
    """Return a CV with its `meta.x-cvtex` laid over it; a bibliography there goes to `bibs`."""
    meta = root.get("meta")
    more = meta.get(EXTENSION) if isinstance(meta, Map) else None
    if not isinstance(more, Map):
        return root
    bibliography = more.get("bibliography")
    if isinstance(bibliography, Scalar):
        bibs[name] = bibliography.text
    if isinstance(whole := more.get(WHOLE), Map):
        if isinstance(files := more.get("bib"), Map):
            found = {key: node for key, (_, node) in files.pairs.items()}
            bibs |= {key: node.text for key, node in found.items() if isinstance(node, Scalar)}
        return typed(whole)
    pairs = {key: pair for key, pair in more.pairs.items() if key != "bibliography"}
    assert isinstance(meta, Map)
    rest = {key: pair for key, pair in meta.pairs.items() if key != EXTENSION}
    standard = {**root.pairs, "meta": (root.pairs["meta"][0], Map(rest, meta.source))}
    merged = overlay.merge(Map(standard, root.source), Map(pairs, more.source))
    assert isinstance(merged, Map)
    return merged


def typed(node: Map) -> Map:
    """Return a tree from JSON with the texts that were tagged `!tex` as such."""
    found = _typed(node)
    return found if isinstance(found, Map) else node


def _typed(node: Node) -> Node:
    if isinstance(node, List):
        return List(tuple(map(_typed, node.items)), node.source, node.flow)
    if isinstance(node, Map):
        tex = node.get(TEX)
        if isinstance(tex, Scalar) and len(node.pairs) == 1:
            return Scalar(tex.text, tex.source, tex.style, True, tex.raw)
        pairs = {name: (key, _typed(value)) for name, (key, value) in node.pairs.items()}
        return Map(pairs, node.source, node.flow)
    return node
