"""What a CV prints as JSON Resume (schema 1.0), valid by it and read by any of its tools.

What the standard cannot say (several positions at one employer, seasons, nested bullets, own
sections, BibTeX) stands in `meta.x-cvtex`, in cvtex's own words; cvtex reads that over the rest,
so that what it prints of the file is what was printed. Tags, ids, paths and comments stay out,
unless the whole of the data is asked for.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cvtex import dateforms
from cvtex.dateforms import Form
from cvtex.export.json_publications import as_standard, as_typed, day_of
from cvtex.export.own_words import as_plain, as_text
from cvtex.latex.bibliography import bibliography
from cvtex.latex.render import Content
from cvtex.model import (
    KINDS,
    Basics,
    Date,
    Highlight,
    Location,
    Meta,
    Position,
    Publication,
    PublicationSettings,
    Record,
    Resume,
    Section,
    Words,
)
from cvtex.records import dataclass, field
from cvtex.source.bibtex.owner import owners
from cvtex.source.records.keys import camel
from cvtex.source.records.scalars import paragraphs
from cvtex.source.syntax.nodes import List, Map, Node, absent

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
EXTENSION = "x-cvtex"
"""The key of `meta` with what the standard cannot say."""

CHOSEN = ("selected", "keywords", "marks", "source")
"""Settings of publications that choose among them, or name them by key: that is done already."""


def dump(
    resume: Resume,
    contents: Sequence[Content],
    words: Words,
    whole: Whole | None = None,
    dates: Form = "full",
) -> bytes:
    """Return the JSON file; equal CVs give equal bytes.

    Of dates it holds what a theme's option `dates` shows of them. With the `whole` of the data,
    which may be private, the extension holds that instead of what is printed: tags, variants and
    other languages too, for `cvtex import`.
    """
    data = as_data(resume, contents, words, dates)
    if whole:
        data["meta"][EXTENSION] = {
            "data": _raw(whole.tree),
            **({"bib": dict(whole.bibs)} if whole.bibs else {}),
            **({"styles": dict(whole.styles)} if whole.styles else {}),
            **({"image": whole.image} if whole.image else {}),
            **({"files": dict(whole.files)} if whole.files else {}),
        }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a CV's data: its `tree`, the text of its `.bib` files and of its own citation
    styles by path, the photo's file in Base64, and so other `files` that it names, by path."""

    tree: Map
    bibs: Mapping[str, str]
    styles: Mapping[str, str]
    image: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def _raw(node: Node) -> Any:
    """Return a tree as plain data: each scalar the text that was typed, `!tex` as a mapping."""
    if isinstance(node, Map):
        return {key: _raw(value) for key, (_, value) in node.pairs.items()}
    if isinstance(node, List):
        return [_raw(item) for item in node.items]
    if node.tex:
        return {"!tex": node.text}
    if "\n" in node.text:
        return paragraphs(node.text, node)  # JSON has no blocks, whose ends of lines may be wraps
    return None if absent(node) and node.text != "" else node.text


def as_data(
    resume: Resume, contents: Sequence[Content], words: Words, dates: Form = "full"
) -> dict[str, Any]:
    """Return the CV as JSON Resume, in the order in which it is printed."""
    own: dict[str, Any] = {"basics": _basics(resume.basics, contents)}
    standard: dict[str, Any] = {"basics": _standard_basics(own["basics"])}
    listed: list[Publication] = []
    for content in contents:
        section = content.section
        if section.kind == "publications" and section.name == section.kind:
            listed += [record for record in section.records if isinstance(record, Publication)]
            standard[section.name] = [as_standard(publication) for publication in listed]
            continue
        publications = section.kind == "publications"
        shown = [r if publications else _cut(r, dates) for r in section.records]
        records = [as_typed(r) if publications else as_plain(r) for r in shown]
        if section.name != section.kind:
            own[section.name] = {
                "title": str(section.title),
                "kind": section.kind,
                "entries": records,
            }
            continue
        own[section.name] = records
        if KINDS[section.kind].standard:
            pairs = zip(shown, records, strict=True)
            standard[section.name] = [entry for r, plain in pairs for entry in _standard(r, plain)]
    if listed:
        own["publications"] = [
            as_typed(publication) for publication in listed if not publication.key
        ]
        cited = tuple(publication for publication in listed if publication.key)
        whole = dataclasses.replace(resume, publications=cited, custom=())
        own["bibliography"] = bibliography(whole, words)
    extension = {name: value for name, value in own.items() if standard.get(name) != value}
    meta = _meta(resume.meta, [content.section for content in contents])
    return {
        "$schema": SCHEMA,
        **standard,
        "meta": {**meta, **({EXTENSION: extension} if extension else {})},
    }


def _meta(meta: Meta, sections: Sequence[Section]) -> dict[str, Any]:
    settings = {
        camel(f.name): as_plain(value)
        for f in dataclasses.fields(PublicationSettings)
        if f.name not in CHOSEN
        and (value := getattr(meta.publications, f.name)) != f.default
    }  # fmt: skip
    if any(group.keywords or group.selected is not None for group in meta.publications.groups):
        settings.pop("groups", None)  # these are not in the file
    found: dict[str, Any] = {
        "theme": str(meta.theme),
        "language": str(meta.language),
        "sections": [{section.name: _titled(section)} for section in sections],
        "words": {name: str(word) for name, word in meta.words.items()},
        "publications": settings,
        "canonical": meta.canonical and str(meta.canonical),
        "version": meta.version and str(meta.version),
        "lastModified": meta.last_modified and str(meta.last_modified),
    }
    if meta.footer:
        found["footer"] = as_text(meta.footer)
    return {name: value for name, value in found.items() if value}


def _titled(section: Section) -> Any:
    """Return a section's title, with the text under it if there is one."""
    title, summary = str(section.title), section.summary
    return {"title": title, "summary": as_text(summary)} if summary else title


def _cut(value: Any, form: Form) -> Any:
    """Return a record with of each date what a form shows."""
    if isinstance(value, Date):
        return dateforms.cut(value, form)
    if isinstance(value, tuple):
        return tuple(_cut(part, form) for part in value)
    if not isinstance(value, Record | Position):
        return value
    parts = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return dataclasses.replace(value, **{name: _cut(part, form) for name, part in parts.items()})


def _basics(basics: Basics, contents: Sequence[Content]) -> dict[str, Any]:
    found: dict[str, Any] = as_plain(dataclasses.replace(basics, profiles=()))
    if basics.profiles:
        found["profiles"] = [as_plain(profile) for profile in basics.profiles]
    authors = [
        record.authors
        for content in contents
        for record in content.section.records
        if isinstance(record, Publication)
    ]
    aliases = [
        str(alias)  # by which the name that is bold in a work is found
        for alias in basics.aliases
        if any(owners(names, Basics(name=alias)) for names in authors)
    ]
    return {**found, "aliases": aliases} if aliases else found


def _standard_basics(own: Mapping[str, Any]) -> dict[str, Any]:
    location = own.get("location")
    if isinstance(location, str):
        return {**own, "location": {"address": location}}
    return dict(own)


def _standard(record: Any, plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a record as the standard has it: of several positions each is one."""
    positions = getattr(record, "positions", ())
    if not positions:
        yield _as_standard(record, plain)
        return
    employer = {name: value for name, value in plain.items() if name != "positions"}
    for position, own in zip(positions, plain["positions"], strict=True):
        yield {**_as_standard(record, employer), **_as_standard(position, own)}


def _as_standard(record: Any, plain: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(plain)
    for part in dataclasses.fields(record):
        value, key = getattr(record, part.name), camel(part.name)
        if isinstance(value, Date):
            found.pop(key, None)
            if day := day_of(value):
                found[key] = day
        elif isinstance(value, Location):
            found[key] = ", ".join(value.line)
        elif part.name == "highlights" and value:
            found[key] = list(_flat(value))
    return found


def _flat(highlights: Sequence[Highlight]) -> Iterator[str]:
    for highlight in highlights:
        yield as_text(highlight.text)
        yield from _flat(highlight.highlights)
