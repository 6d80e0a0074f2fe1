"""Nodes -> frozen records, by the type hints of the records.

`converter(hint)` is the whole idea: it turns a type hint into a function that
reads a node as that type, complains at the node's place, and returns `WRONG`
where nothing can be made of it. A faulty field keeps its default, so that one
pass finds every fault.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast

from cvtex.diagnostics import has_errors
from cvtex.model import Date, Prose, SectionChoice, Text, Unread
from cvtex.records import dataclass
from cvtex.source.records import check_record, dates, foreign, scalars
from cvtex.source.records.keys import camel as camel
from cvtex.source.records.keys import keys as record_keys
from cvtex.source.records.scalars import WRONG, Convert
from cvtex.source.records.shorthand import pairs_of
from cvtex.source.records.synonyms import KEYS
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    blank,
    called,
    in_json,
    quoted,
)

T = TypeVar("T")


@cache
def keys(kind: type) -> Mapping[str, tuple[str, Any, bool]]:
    """Return a record's keys with field name, type hint, and whether it must be given."""
    known = record_keys(kind)
    return {name: (key.field, key.hint, key.required) for name, key in known.items()}


@cache
def converter(hint: Any) -> Convert:
    """Return the function that reads a node as a type."""
    if hint in SPECIAL:
        return SPECIAL[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(tuple(part for part in arguments if part is not types.NoneType))
    if origin is tuple:
        return list_of(arguments[0])
    if origin is Literal:
        return scalars.choice(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments[1])
    if dataclasses.is_dataclass(hint) and not hasattr(hint, "parse"):
        return _record(cast(Any, hint))
    if isinstance(hint, type) and hasattr(hint, "parse"):
        return scalars.form(hint)
    if isinstance(hint, type) and issubclass(hint, Text):
        return _text(hint)
    if hint is bool:
        return scalars.truth
    if hint is int:
        return scalars.number
    if hint is str:
        return _text(Text)
    raise TypeError(f"no field of a record can be of type {hint}")


def words_of(hint: Any) -> tuple[str, ...]:
    """Return the words of a type that takes some; those of a union beside what else it takes."""
    if typing.get_origin(hint) is Literal:
        return typing.get_args(hint)
    return next((words for part in typing.get_args(hint) if (words := words_of(part))), ())


def _text(kind: type[Text]) -> Convert:
    return lambda node, name, problems: scalars.text(node, kind, name, problems)


def _union(parts: tuple[Any, ...]) -> Convert:
    if len(parts) == 1:
        return converter(parts[0])
    scalar = next(
        (
            p
            for p in parts
            if typing.get_origin(p) is Literal or (isinstance(p, type) and issubclass(p, str))
        ),
        None,
    )
    several = next((p for p in parts if typing.get_origin(p) is tuple), None)
    if scalar and several and len(parts) == 2:
        text, texts = converter(scalar), converter(several)
        return lambda node, name, problems: (texts if isinstance(node, List) else text)(
            node, name, problems
        )
    mapping = next((p for p in parts if dataclasses.is_dataclass(p)), None)
    if scalar is None or mapping is None or len(parts) != 2:
        raise TypeError(f"a union is of a text and a record or a list, not of {parts}")
    as_text, as_record = converter(scalar), converter(cast(Any, mapping))

    def read(node: Node, name: str, problems: Problems) -> Any:
        if isinstance(node, List):
            problems.error(f"{name} takes a text or a mapping, not a list", node.source)
            return WRONG
        return (as_text if isinstance(node, Scalar) else as_record)(node, name, problems)

    return read


def list_of(item: Any) -> Convert:
    """Return the reading of a list whose items are of a type."""
    convert = converter(item)

    def read(node: Node, name: str, problems: Problems) -> Any:
        if not isinstance(node, List):
            hint = foreign.as_list(node)
            problems.doubt(f"{name} takes a list, not {called(node)}", node.source, hint)
            if not problems.is_lenient(node.source):
                return WRONG
            node = List((node,), node.source)
        return items(node, convert, name, problems)

    return read


def items(node: List, convert: Convert, name: str, problems: Problems) -> tuple[Any, ...]:
    """Read the items of a list; empty ones are left out with a warning (not in JSON)."""
    found = []
    for item in node.items:
        if absent(item):
            if not problems.is_lenient(item.source):
                problems.warning(f"an empty item of {name} is left out", item.source)
            continue
        empty = isinstance(item, Map) and blank(item)
        before = len(problems.diagnostics)
        value = WRONG if empty else convert(item, f"an item of {name}", problems)
        if empty or _shows_nothing(value):
            if not has_errors(problems.diagnostics[before:]):
                problems.warning(f"an empty entry of {name} is left out", item.source)
        elif value is not WRONG:
            found.append(value)
    return tuple(found)


UNSEEN = {"source", "page_break", "id", "tags", "priority", "variants"}
"""Fields of a record that set nothing themselves."""


def _shows_nothing(value: Any) -> bool:
    """Tell whether a record has no field that could be seen."""
    if not dataclasses.is_dataclass(value) or hasattr(value, "parse"):
        return False
    parts = (getattr(value, f.name) for f in dataclasses.fields(value) if f.name not in UNSEEN)
    return all(not part or _shows_nothing(part) for part in parts)


def _mapping(item: Any) -> Convert:
    convert = converter(item)

    def read(node: Node, name: str, problems: Problems) -> Any:
        if not isinstance(node, Map):
            problems.error(f"{name} takes a mapping, not {called(node)}", node.source)
            return WRONG
        found = {}
        for key, (_, inner) in node.pairs.items():
            if not key.startswith("x-") and not absent(inner):
                shown = "a value" if inner.source.private else key
                value = convert(inner, shown, problems)
                if value is not WRONG:
                    found[key] = value
        return found

    return read


def unknown_key(key: Scalar, known: Mapping[str, object], name: str, problems: Problems) -> None:
    """Complain of a key that a record does not have; in JSON it is a warning."""
    guess = problems.guess(key.text, known, KEYS)
    hint = f"did you mean {guess}?" if guess else "known are " + ", ".join(known)
    where = f" in {name}" if name else ""
    problems.doubt(f"unknown key {quoted(key.text, key.source)}{where}", key.source, hint)


def _record(kind: type) -> Convert:
    known = record_keys(kind)
    required = [name for name, key in known.items() if key.required]
    sourced = any(field.name == "source" for field in dataclasses.fields(kind))
    converters: dict[str, Convert] = {}  # made at the first use: records may hold themselves

    def takes(key: str, node: Node, problems: Problems) -> bool:
        trial = Problems(lenient=problems.lenient)
        value = converter(known[key].hint)(node, key, trial)
        return value is not WRONG and not has_errors(trial.diagnostics)

    def read(node: Node, name: str, problems: Problems) -> Any:
        pairs = pairs_of(node, kind, name, problems)
        if pairs is None:
            return WRONG
        if problems.is_lenient(node.source):
            pairs = foreign.renamed(kind, pairs, known, takes, problems)
        values: dict[str, Any] = {"source": node.source} if sourced else {}
        tried = set()
        for key, (typed, inner) in pairs.pairs.items():
            if key.startswith("x-"):
                continue
            if key not in known:
                unknown_key(typed, known, name, problems)
            elif not absent(inner):
                tried.add(key)
                convert = converters.get(key)
                if convert is None:
                    convert = converters[key] = converter(known[key].hint)
                value = convert(inner, key, problems)
                if value is not WRONG:
                    values[known[key].field] = value
        for key in required:
            if key not in tried:
                problems.error(f"{key} is missing in {name}", node.source)
        if any(known[key].field not in values for key in required):
            return WRONG
        record = kind(**values)
        check_record.check(record, pairs, name, problems)
        return record

    return read


def _unread(node: Node, name: str, problems: Problems) -> Unread:
    return Unread(node)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What stands above a section's records."""

    title: Text | None = None
    summary: Prose | None = None


def _section_choice(node: Node, name: str, problems: Problems) -> Any:
    """Read `work`, or `work: Experience`, or `work: {title: Experience, summary: …}`."""
    head = _Head()
    typed: Node = node
    if isinstance(node, Map) and len(node.pairs) == 1:
        [(typed, inner)] = node.pairs.values()
        if isinstance(inner, Map):
            head = converter(_Head)(inner, f"the choice of {typed.text}", problems)
        elif not absent(inner):
            title = scalars.text(inner, Text, "a section's title", problems)
            head = WRONG if title is WRONG else _Head(title=title)
        if head is WRONG:
            return WRONG
    if not isinstance(typed, Scalar):
        problems.error(
            f"{name} takes a section's name, not {called(node)}",
            node.source,
            'write "work", or {"work": "Experience"} with a title'
            if in_json(node.source)
            else "write `- work`, or `- work: Experience` with a title",
        )
        return WRONG
    name = typed.text.strip()
    return SectionChoice(name=name, title=head.title, summary=head.summary, source=typed.source)


SPECIAL: Mapping[Any, Convert] = {
    Unread: _unread,
    SectionChoice: _section_choice,
    Date: dates.date,
}


def options(unread: Unread | None, kind: type[T], name: str, problems: Problems) -> T:
    """Read a theme's options; `kind` is a dataclass whose fields all have defaults."""
    node = unread.node if unread else None
    if node is None or absent(cast(Node, node)):
        return kind()
    value = converter(cast(Any, kind))(cast(Node, node), name, problems)
    return kind() if value is WRONG else cast(T, value)
