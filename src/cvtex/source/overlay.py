"""What is laid over the data before it is read: private values and `--set`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.diagnostics import Source
from cvtex.private import VARIABLES
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.files import one_kind_of_line_end
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar, absent, called, quoted


def merge(base: Node, over: Node, path: tuple[str, ...] = ()) -> Node:
    """Return `over` laid over `base`: mappings key by key, anything else replaced.

    `basics.profiles` is merged by `network`. Where `basics.location` is a text
    and parts of an address are laid over it, the text stays as the city.
    """
    if path == ("basics", "profiles") and isinstance(base, List) and isinstance(over, List):
        return _profiles(base, over)
    if path == ("basics", "location") and isinstance(base, Scalar) and isinstance(over, Map):
        if absent(base) or "city" in over.pairs:
            return over
        key = Scalar("city", base.source)
        return Map({"city": (key, base), **over.pairs}, base.source)
    if not isinstance(base, Map) or not isinstance(over, Map):
        return over
    pairs = dict(base.pairs)
    for name, (key, value) in over.pairs.items():
        if name in pairs:
            pairs[name] = (pairs[name][0], merge(pairs[name][1], value, (*path, name)))
        else:
            pairs[name] = (key, value)
    return Map(pairs, base.source, base.flow)


def _profiles(base: List, over: List) -> List:
    def network(node: Node) -> str | None:
        found = node.get("network") if isinstance(node, Map) else None
        return found.text.strip().casefold() if isinstance(found, Scalar) else None

    items = list(base.items)
    places = {network(node): number for number, node in enumerate(items) if network(node)}
    for node in over.items:
        name = network(node)
        if name in places:
            items[places[name]] = merge(items[places[name]], node)
        else:
            items.append(node)
    return List(tuple(items), base.source)


def variables(values: Mapping[str, str]) -> Map:
    """Return the private environment variables as an overlay."""
    over: Node = Map({}, Source(""))
    for name, value in values.items():
        source = Source(name, private=True)
        over = merge(over, _nested(VARIABLES[name], Scalar(value, source, '"'), source))
    assert isinstance(over, Map)
    return over


def _nested(keys: tuple[str, ...], value: Node, source: Source) -> Map:
    for key in reversed(keys):
        value = Map({key: (Scalar(key, source), value)}, source)
    assert isinstance(value, Map)
    return value


def override(root: Map, typed: str, problems: Problems) -> Map:
    """Return the data with one `--set key.path=value` laid over it.

    A number in the path counts a list's items from 0. The value is text as
    typed, unless it begins as a quoted, bracketed or tagged YAML value.
    """
    path, equals, value = one_kind_of_line_end(typed).partition("=")
    keys = path.strip().split(".")
    source = Source(f"--set {quoted(path.strip(), Source(''))[1:-1]}")
    if not equals or not all(keys):
        shown = quoted(typed, Source(""))
        problems.error(f"{shown} is not of the form key.path=value", Source("--set"))
        return root
    node: Node | None = Scalar(value, source)
    if re.match(r"\s*([\"'\[{]|!tex\b)", value):
        node = yaml_text.read(value, source.file, problems, value=True)
    if node is None:
        return root
    changed = _replaced(root, keys, node, source, problems)
    return changed if isinstance(changed, Map) else root


def _replaced(
    node: Node, keys: list[str], value: Node, source: Source, problems: Problems
) -> Node | None:
    """Return the node with the value at a path of keys; None (and an error) if there is none."""
    if not keys:
        return value
    key, *rest = keys
    if isinstance(node, List):
        if not re.fullmatch(r"\d{1,6}", key) or int(key) >= len(node.items):
            count = len(node.items)
            problems.error(
                f"there is no item {quoted(key, source)} in this list of {count}",
                source,
                f"items count from 0 to {count - 1}" if count else None,
            )
            return None
        items = list(node.items)
        inner = _replaced(items[int(key)], rest, value, source, problems)
        if inner is None:
            return None
        items[int(key)] = inner
        return List(tuple(items), node.source, node.flow)
    if isinstance(node, Scalar) and not absent(node):
        problems.error(
            f"{quoted(key, source)} cannot be set: there is {called(node)} above it", source
        )
        return None
    pairs = dict(node.pairs) if isinstance(node, Map) else {}
    typed, inner_node = pairs.get(key, (Scalar(key, source), Map({}, source)))
    changed = _replaced(inner_node, rest, value, source, problems)
    if changed is None:
        return None
    pairs[key] = (typed, changed)
    return Map(pairs, node.source)
