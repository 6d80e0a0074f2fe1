"""The JSON Schema of the data, made from the model by its type hints; for editors.

Editors take `2021` for a number and `true` for a truth value where cvtex takes
the text typed, so that a text may be those too. Null is allowed wherever a
value is: it counts as absent. Of themes it says what it is given: none is loaded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cvtex.model import (
    KINDS,
    Basics,
    Letter,
    Meta,
    RecordKind,
    Variant,
)
from cvtex.source.records.sections import RECORDS, Custom
from cvtex.source.schema.options import Option, Themed
from cvtex.source.schema.types import OWN, Schema, list_of, or_absent, record_of, schema_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


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
        body = schema_of(Basics, definitions)
    elif section == "meta":
        body = schema_of(Meta, definitions)
    elif section == "variants":
        body = schema_of(Mapping[str, Variant], definitions)
    elif section == "letter":
        body = schema_of(Letter, definitions)
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
    properties: Schema = {"$schema": {"type": "string"}, "basics": schema_of(Basics, definitions)}
    properties |= {name: _section(row, definitions) for name, row in KINDS.items()}
    properties["meta"] = or_absent(schema_of(Meta, definitions), definitions)
    properties["variants"] = schema_of(Mapping[str, Variant], definitions)
    properties["letters"] = schema_of(Mapping[str, Letter], definitions)
    definitions["Custom"] = _custom(definitions)
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": OWN,
        "additionalProperties": {"$ref": "#/$defs/Custom"},
        "required": ["basics"],
    }


def _section(row: RecordKind, definitions: dict[str, Schema]) -> Schema:
    """A section whose name cvtex knows; one that is not of the standard may be an own one."""
    if row.standard:
        return list_of(row.typed, definitions)
    definitions["Custom"] = _custom(definitions)
    return {"anyOf": [list_of(row.typed, definitions), {"$ref": "#/$defs/Custom"}]}


def _custom(definitions: dict[str, Schema]) -> Schema:
    """A section of the user's own: what its entries are depends on its kind."""
    record = record_of(Custom, definitions)
    record["properties"]["entries"] = {"type": ["array", "null"]}
    rules = []
    for kind, entry in RECORDS.items():
        named = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
        unnamed = {"not": {"required": ["kind"]}}
        condition = {"anyOf": [named, unnamed]} if kind == "projects" else named
        entries = {"properties": {"entries": list_of(entry, definitions)}}
        rules.append({"if": condition, "then": entries})
    return {**record, "allOf": rules}


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
        form = schema_of(option.hint, definitions)
        form = or_absent(form, definitions) if "$ref" in form else form
        if option.meaning:
            form["description"] = option.meaning
        if option.default is not None:
            form["default"] = option.default
        properties[option.key] = form
    return {
        "type": ["object", "null"],
        "properties": properties,
        "patternProperties": OWN,
        "additionalProperties": False,
    }
