"""The JSON Schema of a type: of texts, dates, choices, lists and records."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, Union

from cvtex.datewords import schema_pattern
from cvtex.model import (
    Date,
    Email,
    Letter,
    Recipient,
    SectionChoice,
    Unread,
    Url,
)
from cvtex.source.records.convert import camel, keys
from cvtex.source.records.scalars import TRUTH
from cvtex.source.records.shorthand import SHORTHAND
from cvtex.source.records.synonyms import SECTIONS
from cvtex.source.schema.descriptions import meaning

Schema = dict[str, Any]
OWN: Schema = {"^x-": {}}
_TRUTH = "|".join("".join(f"[{c}{c.upper()}]" for c in word) for word in TRUTH)
_NO_TEXT = ["boolean", "number", "array", "object"]
"""All but texts and null: editors propose null where it is among the types."""
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_FORMS: Mapping[str, Schema] = {
    "Text": _TEXT,
    "Date": {
        "description": "2021, 2021-12, 2021-12-05, present; Fall 2021, Q3 2021, expected May 2027, "
        "since 2019, 2019 or 2020, 2020-09/2021-02; or your own words: {text: …, sort: 2020-06}.",
        "anyOf": [
            {"type": "string", "pattern": rf"^\s*({schema_pattern()})?\s*$"},
            {"type": "string", "pattern": r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,Z+ -]+$"},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
            {"type": "null"},
            {
                "type": "object",
                "properties": {
                    "text": {"description": "The date as it is set.", **_TEXT},
                    "sort": {"description": "Where it sorts: 2020 or 2020-06.", **_TEXT},
                },
                "patternProperties": OWN,
                "additionalProperties": False,
                "required": ["text"],
            },
        ],
    },
    "Url": {"description": "An address: https://example.org/…", "type": ["string", "null"]},
    "Email": {"type": ["string", "null"], "pattern": r"^\s*([^\s@]+@[^\s@]+\.[^\s@.]+)?\s*$"},
    "Number": {
        "anyOf": [
            {"type": ["integer", "null"], "minimum": -999999999, "maximum": 999999999},
            {"type": "string", "pattern": r"^\s*([+-]?[0-9]{1,9})?\s*$"},
        ]
    },
    "Truth": {
        "anyOf": [
            {"type": "boolean"},
            {"not": {"type": _NO_TEXT}, "pattern": rf"^\s*({_TRUTH})?\s*$"},
        ]
    },
    "Absent": {"not": {"type": _NO_TEXT}, "pattern": r"^\s*$"},
}


def schema_of(hint: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type; what has a name is put in `made` and referred to."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        parts = [part for part in arguments if part is not types.NoneType]
        inner = [schema_of(part, definitions) for part in parts]
        return inner[0] if len(inner) == 1 else {"anyOf": inner}
    if origin is tuple:
        return list_of(arguments[0], definitions) if arguments else {}
    if origin is Literal:
        forms = [form for word in arguments for form in _typed(word)]
        return or_absent({"enum": forms}, definitions)
    if origin is not None and issubclass(origin, Mapping):
        return {
            "type": ["object", "null"],
            "patternProperties": OWN,
            "additionalProperties": schema_of(arguments[1], definitions),
        }
    if hint is Unread:
        return {}
    if hint is SectionChoice:
        return _choice()
    if hasattr(hint, "SCHEMA"):
        return or_absent(hint.SCHEMA, definitions)
    for kind, name in ((Date, "Date"), (Url, "Url"), (Email, "Email"), (str, "Text")):
        if isinstance(hint, type) and issubclass(hint, kind):
            return _named(name, _FORMS[name], definitions)
    if hint in (int, bool):
        name = "Number" if hint is int else "Truth"
        return _named(name, _FORMS[name], definitions)
    if not (isinstance(hint, type) and dataclasses.is_dataclass(hint)) or hasattr(hint, "parse"):
        return {}  # of a theme's own: what it takes, only its `parse` knows
    name = hint.__name__
    if not hint.__module__.startswith("cvtex."):
        name = re.sub(r"\W", "-", f"{hint.__module__}.{name}", flags=re.ASCII)
    if name not in definitions:
        definitions[name] = {}  # records may hold themselves
        definitions[name] = record_of(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}


def list_of(item: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a list; an empty item gives only a warning when read."""
    inner = _in_languages(schema_of(item, definitions), definitions)
    if dataclasses.is_dataclass(item):
        inner = {"anyOf": [inner, {"type": "null"}]}
    return {"type": ["array", "null"], "items": inner}


def or_absent(form: Mapping[str, Any], definitions: dict[str, Schema]) -> Schema:
    """Return the schema of what has a form, or is not given."""
    return {"anyOf": [dict(form), _named("Absent", _FORMS["Absent"], definitions)]}


def _typed(word: object) -> list[Any]:
    """Return what an editor may make of a word: `12` and `true` are not only texts to it."""
    if not isinstance(word, str):
        return []  # nothing typed is ever equal to it
    if re.fullmatch(r"[+-]?[0-9]+", word):
        return [word, int(word)]
    if re.fullmatch(r"[+-]?[0-9]*\.[0-9]+", word):
        return [word, float(word)]
    return [word, word.lower() == "true"] if word.lower() in ("true", "false") else [word]


def _named(name: str, form: Schema, definitions: dict[str, Schema]) -> Schema:
    definitions[name] = form
    return {"$ref": f"#/$defs/{name}"}


def _choice() -> Schema:
    text = dict(_FORMS["Text"])
    many = {"anyOf": [text, _mapping(text)]}
    inner = {"properties": {"title": many, "summary": many}, "additionalProperties": False}
    head = {"anyOf": [text, _mapping(text), {"type": "object", "patternProperties": OWN, **inner}]}
    return {
        "description": "A section, or a section and its title.",
        "anyOf": [
            {"enum": list(SECTIONS)},
            {"type": ["string", "number", "boolean"]},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": dict.fromkeys(SECTIONS, head),
                "additionalProperties": head,
            },
        ],
    }


def _in_languages(form: Schema, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a text, or of a list, that may be given in several languages:
    as a mapping of their codes (`translations`)."""
    text = {"$ref": "#/$defs/Text"}
    if form == text or text in form.get("anyOf", ()):
        _named("TextInLanguages", {"anyOf": [text, _mapping(text)]}, definitions)
        parts = form.get("anyOf", [text])
        inner = [{"$ref": "#/$defs/TextInLanguages"} if part == text else part for part in parts]
        return inner[0] if len(inner) == 1 else {"anyOf": inner}
    whole = form.get("type") == ["array", "null"]
    return {"anyOf": [form, _mapping(form)]} if whole else form


def _mapping(form: Schema) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2,3}([-_][A-Za-z0-9]{1,8})*$"},
        "additionalProperties": form,
    }


def record_of(kind: type, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a record: its keys, those it must have, and its short form."""
    properties: Schema = {}
    for key, (_, hint, _) in keys(kind).items():
        inner = _in_languages(schema_of(hint, definitions), definitions)
        if kind in (Letter, Recipient) and key in ("address", "enclosures"):
            inner = {"anyOf": [inner, _named("Text", _FORMS["Text"], definitions)]}
        description = meaning(kind.__name__, key)
        properties[key] = {**inner, "description": description} if description else inner
    form: Schema = {
        "type": "object",
        "properties": properties,
        "patternProperties": OWN,
        "additionalProperties": False,
    }
    if kind is Letter:  # what one lacks, another that it extends may have
        return form
    if required := [key for key, (_, _, must) in keys(kind).items() if must]:
        form["required"] = required
    if kind in SHORTHAND:
        key = camel(SHORTHAND[kind])
        is_list = typing.get_origin(keys(kind)[key][1]) is tuple
        short = properties[key] if is_list else _named("Text", _FORMS["Text"], definitions)
        form = {"anyOf": [short, form]}
    return form
