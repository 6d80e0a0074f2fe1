"""A record's mapping, or what may be written shorter in its place."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from typing import Any

from cvtex import model
from cvtex.model import Prose, Text
from cvtex.source.records import scalars
from cvtex.source.records.keys import keys as record_keys
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    called,
)

SHORTHAND: Mapping[type, str] = {
    model.Highlight: "text",
    model.Project: "description",
    model.Reference: "reference",
    model.Skill: "name",
    model.Interest: "name",
    model.Language: "language",
    model.Award: "title",
    model.Certificate: "name",
    model.PublicationRecord: "name",
    model.Fit: "pages",
    model.Release: "variants",
}
"""Records that may be written as a text (a list) alone, and the field it stands for."""


def pairs_of(node: Node, kind: type, name: str, problems: Problems) -> Map | None:
    """Return a record's mapping, one made of a shorthand's text, or None (and an error)."""
    known = record_keys(kind)
    short = SHORTHAND.get(kind)
    if isinstance(node, Map):
        if short and len(node.pairs) == 1 and not node.flow:
            [key] = node.pairs
            if key not in known and issubclass(_text_type(known[short].hint), Prose):
                scalars.not_a_text(node, name, problems)  # a text with a colon in it
                return None
        return node
    first = short or next(iter(known), "")
    message = f"{name} takes a mapping, not {called(node)}"
    if isinstance(node, Scalar) and (short or problems.is_lenient(node.source)):
        if not short:
            problems.warning(message, node.source, f"it is read as {first}")
        return Map({first: (node, node)}, node.source)
    if isinstance(node, List) and short and typing.get_origin(known[short].hint) is tuple:
        return Map({short: (Scalar(short, node.source), node)}, node.source)
    hint = None
    if isinstance(node, Scalar) and re.match(r"[A-Za-z]+:[^\s/]", node.text):
        hint = "a space is missing after the colon"
    elif isinstance(node, Scalar) and not node.source.private and first:
        hint = f"write {first}: {node.text.strip()}" if len(node.text) < 40 else None
    problems.error(message, node.source, hint)
    return None


def _text_type(hint: Any) -> type:
    """Return the class of a field that takes a text, `str` for any other."""
    found = [part for part in (*typing.get_args(hint), hint) if isinstance(part, type)]
    return next((part for part in found if issubclass(part, Text)), str)
