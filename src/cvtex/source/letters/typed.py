"""The letters of a project as they were typed, and which of them are to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cvtex.model import Text
from cvtex.source import overlay
from cvtex.source.letters.filling import filled
from cvtex.source.project import Project
from cvtex.source.syntax.nodes import (
    Map,
    Node,
    Problems,
    Scalar,
)


def sent(project: Project) -> tuple[str, ...]:
    """Return the names of the letters that are to be sent, in the order of their names.

    Left out are those that another extends and that lack something which it gives: a body,
    or a value for one of their places.
    """
    trees = typed(project)
    extended = {
        node.text.strip()
        for tree in trees.values()
        if isinstance(tree, Map) and isinstance(node := tree.get("extends"), Scalar)
    }
    return tuple(
        name for name, tree in trees.items() if name not in extended or _is_whole(name, tree, trees)
    )


def _is_whole(name: str, tree: Node | None, trees: Mapping[str, Node | None]) -> bool:
    """Tell whether a letter has a body and fills its places, with what it extends."""
    merged, chain = tree, [name]
    while isinstance(merged, Map) and isinstance(above := merged.get("extends"), Scalar):
        base = trees.get(above.text.strip())
        if above.text.strip() in chain or not isinstance(base, Map):
            return True  # which is told when it is read
        chain.append(above.text.strip())
        pairs = {key: pair for key, pair in merged.pairs.items() if key != "extends"}
        merged = overlay.merge(base, Map(pairs, merged.source))
    if not isinstance(merged, Map):
        return True
    values, problems = merged.get("values"), Problems()
    known = dict.fromkeys(values.pairs if isinstance(values, Map) else (), Text(""))
    filled(merged, known, name, problems)
    return "body" in merged.pairs and not problems.diagnostics


def typed(project: Project) -> dict[str, Node | None]:
    """Return all letters as they were typed, None for one that cannot be read."""
    from cvtex.source.syntax.cached import tree_of
    from cvtex.source.syntax.files import load

    def tree(path: Path) -> Node | None:
        inside = path.is_relative_to(project.root)
        shown = path.relative_to(project.root).as_posix() if inside else path.name
        text = load(path, shown, Problems())
        if text is None:
            return None
        return tree_of(path.suffix.lower(), text, shown, Problems())

    found = {name: tree(path) for name, path in project.letters.items()}
    inline: Node | None = None
    if project.single:
        whole = tree(project.single)
        inline = whole.get("letters") if isinstance(whole, Map) else None
    elif "letters" in project.data:
        inline = tree(project.data["letters"])
    own = inline.pairs if isinstance(inline, Map) else {}
    return found | {name: node for name, (_, node) in own.items() if not name.startswith("x-")}
