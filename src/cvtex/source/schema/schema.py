"""The JSON Schema of the data, made from the model by its type hints; for editors.

Editors take `2021` for a number and `true` for a truth value where cvtex takes
the text typed, so that a text may be those too. Null is allowed wherever a
value is: it counts as absent. Of themes it says what it is given: none is loaded here.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Union

from cvtex.datewords import schema_pattern
from cvtex.model import (
    KINDS,
    Basics,
    Date,
    Email,
    Letter,
    Meta,
    Recipient,
    RecordKind,
    SectionChoice,
    Unread,
    Url,
    Variant,
)
from cvtex.source.records.convert import SHORTHAND, camel, keys
from cvtex.source.records.scalars import TRUTH
from cvtex.source.records.sections import RECORDS, Custom
from cvtex.source.records.synonyms import SECTIONS
from cvtex.source.schema.descriptions import meaning
from cvtex.source.schema.options import Option, Themed

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_OWN: Schema = {"^x-": {}}
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
                "patternProperties": _OWN,
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


def schema(section: str | None = None, themes: Mapping[str, Themed] | None = None) -> Schema:
    """Return the schema of a whole source, or of one file of `data/` by its name.

    `basics`, `meta` and the standard's sections are known by name; `private` is
    the overlay, in which nothing is required; any other name is a custom section.
    `themes` are those whose names and options `meta` proposes; others may be named too.
    """
    definitions: dict[str, Schema] = {}
    if section is None or section == "private":
        body = _whole(definitions)
    elif section == "basics":
        body = _of(Basics, definitions)
    elif section == "meta":
        body = _of(Meta, definitions)
    elif section == "variants":
        body = _of(Mapping[str, Variant], definitions)
    elif section == "letter":
        body = _of(Letter, definitions)
    elif section in KINDS:
        body = _section(KINDS[section], definitions)
    else:
        body = _custom(definitions)
    if themes and "Meta" in definitions:
        _add_themes(definitions["Meta"]["properties"], themes, definitions)
    if section == "private":
        for part in (body, *definitions.values()):
            part.pop("required", None)
    title = f"cvtex: {section}" if section else "cvtex: a CV"
    return {"$schema": DIALECT, "title": title, **body, "$defs": dict(sorted(definitions.items()))}


def names_themes(section: str | None) -> bool:
    """Tell whether a schema of that name has anything to say of themes."""
    return section in (None, "private", "meta")


def _whole(definitions: dict[str, Schema]) -> Schema:
    properties: Schema = {"$schema": {"type": "string"}, "basics": _of(Basics, definitions)}
    properties |= {name: _section(row, definitions) for name, row in KINDS.items()}
    properties["meta"] = _of(Meta, definitions)
    properties["variants"] = _of(Mapping[str, Variant], definitions)
    properties["letters"] = _of(Mapping[str, Letter], definitions)
    definitions["Custom"] = _custom(definitions)
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": _OWN,
        "additionalProperties": {"$ref": "#/$defs/Custom"},
        "required": ["basics"],
    }


def _section(row: RecordKind, definitions: dict[str, Schema]) -> Schema:
    """A section whose name cvtex knows; one that is not of the standard may be an own one."""
    if row.standard:
        return _list(row.typed, definitions)
    definitions["Custom"] = _custom(definitions)
    return {"anyOf": [_list(row.typed, definitions), {"$ref": "#/$defs/Custom"}]}


def _custom(definitions: dict[str, Schema]) -> Schema:
    """A section of the user's own: what its entries are depends on its kind."""
    record = _record(Custom, definitions)
    record["properties"]["entries"] = {"type": ["array", "null"]}
    rules = []
    for kind, entry in RECORDS.items():
        named = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
        unnamed = {"not": {"required": ["kind"]}}
        condition = {"anyOf": [named, unnamed]} if kind == "projects" else named
        entries = {"properties": {"entries": _list(entry, definitions)}}
        rules.append({"if": condition, "then": entries})
    return {**record, "allOf": rules}


def _of(hint: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type; what has a name is put in `made` and referred to."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        parts = [part for part in arguments if part is not types.NoneType]
        inner = [_of(part, definitions) for part in parts]
        return inner[0] if len(inner) == 1 else {"anyOf": inner}
    if origin is tuple:
        return _list(arguments[0], definitions) if arguments else {}
    if origin is Literal:
        forms = [form for word in arguments for form in _typed(word)]
        return _or_absent({"enum": forms}, definitions)
    if origin is not None and issubclass(origin, Mapping):
        return {
            "type": ["object", "null"],
            "patternProperties": _OWN,
            "additionalProperties": _of(arguments[1], definitions),
        }
    if hint is Unread:
        return {}
    if hint is SectionChoice:
        return _choice()
    if hasattr(hint, "SCHEMA"):
        return _or_absent(hint.SCHEMA, definitions)
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
        definitions[name] = _record(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _list(item: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a list; an empty item gives only a warning when read."""
    inner = _in_languages(_of(item, definitions), definitions)
    if dataclasses.is_dataclass(item):
        inner = {"anyOf": [inner, {"type": "null"}]}
    return {"type": ["array", "null"], "items": inner}


def _or_absent(form: Mapping[str, Any], definitions: dict[str, Schema]) -> Schema:
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
    head = {"anyOf": [text, _mapping(text), {"type": "object", "patternProperties": _OWN, **inner}]}
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


def _add_themes(meta: Schema, themes: Mapping[str, Themed], definitions: dict[str, Schema]) -> None:
    """Put themes and their options among the keys of `meta`."""
    meta["theme"] = {
        "description": meta["theme"]["description"],
        "anyOf": [{"enum": list(themes)}, {"not": {"type": ["array", "object"]}}],
    }
    meta["themes"] |= {
        "properties": {
            name: {"description": theme.summary, **_options(theme.options, definitions)}
            for name, theme in themes.items()
        }
    }


def _options(options: Iterable[Option] | None, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a theme's options; where they are not known, of any."""
    if options is None:
        return {}
    properties: Schema = {}
    for option in options:
        form = _of(option.hint, definitions)
        form = _or_absent(form, definitions) if "$ref" in form else form
        if option.meaning:
            form["description"] = option.meaning
        if option.default is not None:
            form["default"] = option.default
        properties[option.key] = form
    return {
        "type": ["object", "null"],
        "properties": properties,
        "patternProperties": _OWN,
        "additionalProperties": False,
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


def _record(kind: type, definitions: dict[str, Schema]) -> Schema:
    properties: Schema = {}
    for key, (_, hint, _) in keys(kind).items():
        inner = _in_languages(_of(hint, definitions), definitions)
        if kind in (Letter, Recipient) and key in ("address", "enclosures"):
            inner = {"anyOf": [inner, _named("Text", _FORMS["Text"], definitions)]}
        description = meaning(kind.__name__, key)
        properties[key] = {**inner, "description": description} if description else inner
    form: Schema = {
        "type": "object",
        "properties": properties,
        "patternProperties": _OWN,
        "additionalProperties": False,
    }
    if kind is Letter:  # what one lacks, another that it extends may have
        return form
    if required := [key for key, (_, _, must) in keys(kind).items() if must]:
        form["required"] = required
    if kind in SHORTHAND:
        short = properties[camel(SHORTHAND[kind])]
        if short.get("type") != "array":
            short = _named("Text", _FORMS["Text"], definitions)
        form = {"anyOf": [short, form]}
    return form
