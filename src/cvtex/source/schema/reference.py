"""Every key of every record as a page of the documentation, made from the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cvtex.source.schema.schema import schema
from cvtex.source.schema.types import Schema

HEAD = """\
# Every key of the data

Made from the model by `make docs` (`cvtex schema --page`): do not edit it by hand.

A project has one file a section, `data/<section>.yaml`; a single file has the sections as its
keys. Nothing is required but `basics.name`. Keys that begin with `x-` are your own; any other
unknown key is an error, with the name that may be meant. How a text, a date and the rest are
written stands [at the end](#what-a-value-may-be).
"""
WORDS: Mapping[str, str] = {
    "Text": "text",
    "TextInLanguages": "text, or one for each language",
    "ListInLanguages": "list, or one for each language",
    "Date": "date",
    "Url": "address",
    "Email": "e-mail address",
    "Number": "number",
    "Truth": "true or false",
}
FORMS = """\
## What a value may be

| value | what it may be |
|---|---|
| text | What you typed, as it stands: `2021-12`, `no`, `1.10` and `C#` are texts. In summaries, descriptions and highlights CommonMark's emphasis, strong, code and links. |
| date | `2021`, `2021-12`, `2021-12-05`, `present`, `Fall 2021`, `Q3 2021`, `since 2019`, `expected May 2027`, or your words: `{text: …, sort: 2020-06}`. |
| address | `https://example.org`, with or without the `https://`. |
| number | A whole number. |
| true or false | Also `yes` and `no`. |
| list of … | `[one, two]`, or one a line, each after `- `. |
"""  # noqa: E501
COMMON: Mapping[str, str] = {
    "date": "When it was.",
    "email": "Your e-mail address.",
    "name": "What it is called.",
    "Basics.name": "Your name. The only key that is required.",
    "Reference.name": "Who speaks of you.",
    "Profile.url": "The address of the account; known networks need none.",
    "pageBreak": "It begins a new page.",
    "position": "What you were.",
    "publisher": "Where it appeared.",
    "organization": "The organisation.",
    "title": "What it is called.",
    "selected": "Publications that are marked as selected: of a list, show only those.",
    "PublicationRecord.selected": "It counts as selected, for lists that show only such.",
    "canonical": "Where the newest version of this file lies.",
    "version": "The version of the data.",
    "Custom.entries": "The records, with the keys of the kind; of publications, their keys.",
    "groupBy": "What groups the list: a word, or groups of your own with `title` and conditions.",
    "numbering": "Whether the publications are numbered, and from which end.",
    "numberGroups": "Each group is numbered by itself.",
    "maxAuthors": "How many authors are shown before “et al.”, which never hides you.",
    "legend": "Say below the list what its marks mean.",
    "address": "The street and number. Private: put it in data/private.yaml.",
    "postalCode": "The postal code.",
    "city": "The city.",
    "region": "The state or province.",
    "types": "Take publications of these types: article, talk, patent.",
    "PublicationGroup.status": "Take publications of this status: published, submitted.",
    "prefix": "What stands before the numbers: J for J1, J2.",
    "citations": "How often you were cited.",
    "hIndex": "Your h-index.",
    "i10Index": "Your i10-index.",
    "provider": "Who counted.",
    "style": "The citation style: full, plain, apa, ieee, one of your own, or csl:FILE.csl.",
    "countOthers": "Say how many more authors there are, instead of “et al.”.",
    "owner": "How your name stands out among the authors.",
    "marks": "What the marks of authors mean, by the mark.",
    "signs": "Which sign stands for a mark, by the mark.",
    "stars": "What a star after an author's name means.",
    "collaborations": "Names of collaborations that you are a member of.",
    "language": "Which language it is.",
}
"""What keys are for whose names say it, so that an editor shows nothing."""


def page() -> str:
    """Return the page, in Markdown."""
    whole = schema(None, {})
    kinds = whole["$defs"]
    lines = [HEAD]
    shown: dict[str, None] = {}
    for section, form in whole["properties"].items():
        if name := _record(form):
            lines += [f"## `{section}`\n", *_table(name, kinds[name]), ""]
            shown[name] = None
    inner = [name for name in kinds if _keys(kinds[name]) and name not in (*shown, *WORDS)]
    for name in sorted(inner):
        lines += [f"## {_title(name)}\n", *_table(name, kinds[name]), ""]
    return "\n".join([*lines, FORMS])


def _table(record: str, form: Schema) -> Iterator[str]:
    yield "| key | takes | what it is |"
    yield "|---|---|---|"
    for key, value in _keys(form).items():
        yield f"| `{key}` | {_takes(value)} | {_meaning(record, key, value)} |"


def _keys(form: Schema) -> Mapping[str, Schema]:
    """Return the keys of a record, which may have a short form beside the one with keys."""
    choices = (form, *form.get("anyOf", ()))
    found: Mapping[str, Schema] = next((c["properties"] for c in choices if "properties" in c), {})
    return found


def _meaning(record: str, key: str, value: Schema) -> str:
    common = COMMON.get(f"{record}.{key}") or COMMON.get(key, "")
    text = str(value.get("description") or common or _whole(value))
    return text.replace("|", "\\|").replace("\n", " ")


def _whole(value: Schema) -> str:
    """Return what a record below says of itself."""
    name = _record(value)
    return f"See [{_title(name).lower()}](#{_anchor(name)})." if name else ""


def _takes(value: Any) -> str:
    """Return in words what a value may be."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return (
            ""
            if name == "Absent"
            else WORDS.get(name) or f"[{_title(name).lower()}](#{_anchor(name)})"
        )
    for choice in ("anyOf", "oneOf"):
        if choice in value:
            parts = [_takes(part) for part in value[choice] if part != {"type": "null"}]
            return " or ".join(dict.fromkeys(part for part in parts if part))
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"] if word is not None)
    kinds = value.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "array" in kinds:
        items = _takes(value.get("items", {})).replace(WORDS["TextInLanguages"], "text")
        return f"list of {items or 'texts'}"
    if "propertyNames" in value:
        return "one for each language"
    if "object" in kinds:
        return "keys and values"
    if "string" in kinds or "pattern" in value:
        return "text"
    return "" if value.keys() - {"description"} else "keys and values"


def _record(value: Any) -> str | None:
    """Return the name of the record that a value is, or is a list of."""
    if isinstance(value, dict):
        if "$ref" in value:
            name: str = value["$ref"].rpartition("/")[2]
            return None if name in WORDS or name == "Absent" else name
        parts = [*value.get("anyOf", ()), *([value["items"]] if "items" in value else ())]
        return next(filter(None, map(_record, parts)), None)
    return None


def _title(name: str) -> str:
    return "".join(f" {c}" if c.isupper() else c for c in name).strip().capitalize()


def _anchor(name: str) -> str:
    return _title(name).lower().replace(" ", "-")
