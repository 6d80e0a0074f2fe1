"""What a JSON Resume may hold that `data/` may not: older names, and values that are doubtful.

A `resume.json` was written for other tools too. What is understood is read, and told where
it was not written as the standard (https://jsonresume.org/schema, 1.0) has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cvtex.model import Email, Meta, Prose, Url
from cvtex.source.records.keys import Key
from cvtex.source.records.synonyms import KEYS, OLD
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    bare,
    in_json,
    quoted,
)


def renamed(
    kind: type,
    pairs: Map,
    known: Mapping[str, Key],
    takes: Callable[[str, Node, Problems], bool],
    problems: Problems,
) -> Map:
    """Return a record's mapping with the names that JSON Resume had before 1.0 as its own.

    So are names that mean one of ours beyond doubt (`start_date`, `employer`), which is told.
    `takes` tells whether a key can have a value. Where both names are given, prose is put
    together, and of other values the one with our name stays, which is told.
    """
    if kind is Meta or all(key in known for key in pairs.pairs):
        return pairs
    found = {key: pair for key, pair in pairs.pairs.items() if key in known}
    left = {}
    for key, (typed, value) in pairs.pairs.items():
        if key in known:
            continue
        name = OLD.get(kind.__name__, {}).get(key, "")
        ours = name if name in known else _meant(key, known)
        there = found.get(ours)
        if absent(value):
            continue
        if key.startswith("x-") or not ours or not takes(ours, value, problems):
            left[key] = (typed, value)
        elif there is None or absent(there[1]):
            found[ours] = (typed, value)
            if not name:
                shown = quoted(key, typed.source)
                problems.warning(f"unknown key {shown}, read as {ours}", typed.source)
        elif known[ours].hint == Prose | None and isinstance(value, Scalar):
            first = there[1]
            assert isinstance(first, Scalar)
            both = Scalar(f"{first.text}\n\n{value.text}", first.source, '"')
            found[ours] = (there[0], both)
        else:
            shown = quoted(key, typed.source)
            hint = f"it is left out: {ours} is there too"
            problems.warning(f"unknown key {shown}", typed.source, hint)
    return Map(found | left, pairs.source, pairs.flow)


def _meant(key: str, known: Mapping[str, Key]) -> str:
    """Return the key of ours that a name stands for beyond doubt, or ""."""
    wanted = bare(key)
    same = next((name for name in known if bare(name) == wanted), "")
    return same or next((name for name in KEYS.get(wanted, "").split() if name in known), "")


def as_list(node: Node) -> str:
    """Return how a list is written where a mapping or a text stands."""
    if in_json(node.source) or node.source.file.startswith("--set"):
        return "put it into [ ]"
    if isinstance(node, Map):
        return 'begin each item with "- "'
    if isinstance(node, Scalar) and not node.source.private and len(node.text) < 60:
        parts = [part.strip() for part in node.text.split(",")]
        if all(re.fullmatch(r"[\w+][\w+ .-]*", part) for part in parts):
            return f"write [{', '.join(parts)}]"
    return 'write each item on a line of its own, begun with "- "'


def one_text(node: List, prose: bool) -> Scalar | None:
    """Return a list of texts as one text, None where other things stand in it."""
    parts = [item.text for item in node.items if isinstance(item, Scalar) and not absent(item)]
    if len(parts) != sum(not absent(item) for item in node.items) or not parts:
        return None
    return Scalar(("\n\n" if prose else ", ").join(parts), node.source, '"')


def repaired(kind: Any, typed: str) -> tuple[Any, str] | None:
    """Return a doubtful value as it may be taken, and how that is told; None to leave it out."""
    if kind is Email:
        return typed.strip(), "it is set as it stands, without a link"
    if kind is Url and (spaced := re.sub(r"\s+", "%20", typed.strip())) != typed:
        try:
            return Url.parse(spaced), f"it is read as {spaced}"
        except ValueError:
            return None
    return None
