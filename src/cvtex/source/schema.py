"""The JSON Schema of the data, made from the model by its type hints; for editors.

Editors take `2021` for a number and `true` for a truth value where cvtex takes
the text typed, so that a text may be those too. Null is allowed wherever a
value is: it counts as absent.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, Union

from cvtex.model import Basics, Date, Email, Meta, SectionChoice, Text, Unread, Url
from cvtex.source.meanings import meaning
from cvtex.source.reader import SHORTHAND, camel, keys
from cvtex.source.sections import RECORDS, Custom
from cvtex.source.vocabulary import SECTIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_OWN: Schema = {"^x-": {}}
_FORMS: Mapping[str, Schema] = {
    "Text": {"type": ["string", "number", "boolean", "null"]},
    "Date": {
        "description": "A year, month or day (2021, 2021-12, 2021-12-05), or present.",
        "anyOf": [
            {
                "type": "string",
                "pattern": r"^\s*([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|[Pp]resent)?\s*$",
            },
            {"type": "integer", "minimum": 1000, "maximum": 9999},
            {"type": "null"},
        ],
    },
    "Url": {"description": "An address: https://example.org/…", "type": ["string", "null"]},
    "Email": {"type": ["string", "null"], "pattern": r"^\s*([^\s@]+@[^\s@]+\.[^\s@.]+)?\s*$"},
    "Number": {"anyOf": [{"type": ["integer", "null"]}, {"type": "string", "pattern": "^[0-9]*$"}]},
    "Truth": {"enum": [True, False, "yes", "no", "on", "off", "true", "false", "", None]},
}


def schema(section: str | None = None) -> Schema:
    """Return the schema of a whole source, or of one file of `data/` by its name.

    `basics`, `meta` and the standard's sections are known by name; `private` is
    the overlay, in which nothing is required; any other name is a custom section.
    """
    made: dict[str, Schema] = {}
    if section is None or section == "private":
        body = _whole(made)
    elif section == "basics":
        body = _of(Basics, made)
    elif section == "meta":
        body = _of(Meta, made)
    elif section in RECORDS:
        body = _list(RECORDS[section], made)
    else:
        body = _custom(made)
    if section == "private":
        for part in (body, *made.values()):
            part.pop("required", None)
    title = f"cvtex: {section}" if section else "cvtex: a CV"
    return {"$schema": DIALECT, "title": title, **body, "$defs": dict(sorted(made.items()))}


def _whole(made: dict[str, Schema]) -> Schema:
    properties: Schema = {"$schema": {"type": "string"}, "basics": _of(Basics, made)}
    for name in SECTIONS:
        properties[name] = _list(RECORDS[name], made)
    properties["meta"] = _of(Meta, made)
    made["Custom"] = _custom(made)
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": _OWN,
        "additionalProperties": {"$ref": "#/$defs/Custom"},
        "required": ["basics"],
    }


def _custom(made: dict[str, Schema]) -> Schema:
    """A section of the user's own: what its entries are depends on its kind."""
    record = _record(Custom, made)
    record["properties"]["entries"] = {"type": ["array", "null"]}
    rules = []
    for kind, entry in RECORDS.items():
        named = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
        unnamed = {"not": {"required": ["kind"]}}
        condition = {"anyOf": [named, unnamed]} if kind == "projects" else named
        entries = {"properties": {"entries": _list(entry, made)}}
        rules.append({"if": condition, "then": entries})
    return {**record, "allOf": rules}


def _of(hint: Any, made: dict[str, Schema]) -> Schema:
    """Return the schema of a type; what has a name is put in `made` and referred to."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        parts = [part for part in arguments if part is not types.NoneType]
        inner = [_of(part, made) for part in parts]
        return inner[0] if len(inner) == 1 else {"anyOf": inner}
    if origin is tuple:
        return _list(arguments[0], made)
    if origin is Literal:
        return {"enum": [*arguments, None]}
    if origin is not None:
        return {
            "type": ["object", "null"],
            "patternProperties": _OWN,
            "additionalProperties": _of(arguments[1], made),
        }
    if hint is Unread:
        return {}
    if hint is SectionChoice:
        return _choice()
    for kind, name in ((Date, "Date"), (Url, "Url"), (Email, "Email"), (Text, "Text")):
        if isinstance(hint, type) and issubclass(hint, kind):
            return _named(name, _FORMS[name], made)
    if hint in (int, bool):
        name = "Number" if hint is int else "Truth"
        return _named(name, _FORMS[name], made)
    name = hint.__name__
    if name not in made:
        made[name] = {}  # records may hold themselves
        made[name] = _record(hint, made)
    return {"$ref": f"#/$defs/{name}"}


def _list(item: Any, made: dict[str, Schema]) -> Schema:
    """Return the schema of a list; an empty item gives only a warning when read."""
    inner = _of(item, made)
    if dataclasses.is_dataclass(item):
        inner = {"anyOf": [inner, {"type": "null"}]}
    return {"type": ["array", "null"], "items": inner}


def _named(name: str, form: Schema, made: dict[str, Schema]) -> Schema:
    made[name] = form
    return {"$ref": f"#/$defs/{name}"}


def _choice() -> Schema:
    return {
        "description": "A section, or a section and its title.",
        "anyOf": [
            {"enum": list(SECTIONS)},
            {"type": "string"},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": {name: {"type": ["string", "number", "null"]} for name in SECTIONS},
                "additionalProperties": {"type": ["string", "number", "null"]},
            },
        ],
    }


def _record(kind: type, made: dict[str, Schema]) -> Schema:
    properties: Schema = {}
    for key, (_, hint, _) in keys(kind).items():
        inner = _of(hint, made)
        told = meaning(kind.__name__, key)
        properties[key] = {**inner, "description": told} if told else inner
    form: Schema = {
        "type": "object",
        "properties": properties,
        "patternProperties": _OWN,
        "additionalProperties": False,
    }
    if required := [key for key, (_, _, must) in keys(kind).items() if must]:
        form["required"] = required
    if kind in SHORTHAND:
        assert camel(SHORTHAND[kind]) in properties
        form = {"anyOf": [_named("Text", _FORMS["Text"], made), form]}
    return form
