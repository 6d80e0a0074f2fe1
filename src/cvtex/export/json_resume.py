"""What a CV prints as JSON Resume (schema 1.0), valid by it and read by any of its tools.

What the standard cannot say (several positions at one employer, seasons, nested bullets, own
sections, BibTeX) stands in `meta.x-cvtex`, in cvtex's own words; cvtex reads that over the rest,
so that what it prints of the file is what was printed. Tags, ids, paths and comments stay out,
unless the whole of the data is asked for.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cvtex import dateforms
from cvtex.dateforms import Form
from cvtex.latex.bibliography import bibliography
from cvtex.latex.printed import UNSEEN
from cvtex.latex.render import Content
from cvtex.model import (
    KINDS,
    Basics,
    Date,
    Highlight,
    Location,
    Meta,
    Name,
    Position,
    Prose,
    Publication,
    PublicationSettings,
    Record,
    Resume,
    Section,
    Text,
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
            standard[section.name] = [_publication(publication) for publication in listed]
            continue
        publications = section.kind == "publications"
        shown = [r if publications else _cut(r, dates) for r in section.records]
        records = [_typed(r) if publications else _plain(r) for r in shown]
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
        own["publications"] = [_typed(publication) for publication in listed if not publication.key]
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
        camel(f.name): _plain(value)
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
        found["footer"] = _text(meta.footer)
    return {name: value for name, value in found.items() if value}


def _titled(section: Section) -> Any:
    """Return a section's title, with the text under it if there is one."""
    title, summary = str(section.title), section.summary
    return {"title": title, "summary": _text(summary)} if summary else title


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
    found: dict[str, Any] = _plain(dataclasses.replace(basics, profiles=()))
    if basics.profiles:
        found["profiles"] = [_plain(profile) for profile in basics.profiles]
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


def _plain(value: Any) -> Any:
    """Return a value in cvtex's own words, as plain data."""
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, Date):
        return str(value) if value.text is None else {"text": str(value.text)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, Highlight) and not value.highlights:
        return _text(value.text)
    if dataclasses.is_dataclass(value):
        return {
            camel(field.name): _plain(part)
            for field in dataclasses.fields(value)
            if field.name not in UNSEEN and (part := getattr(value, field.name)) not in ((), None)
            and part is not False and part != ""
        }  # fmt: skip
    return value


_MARKUP = re.compile(r"([\\*_`\[\]<&])")


def _text(value: Text) -> str:
    """Return a text; of LaTeX what it reads like."""
    if not value.tex:
        return str(value)
    from cvtex.source.bibtex.tex import rich

    said = rich(str(value))[0].text
    return _MARKUP.sub(r"\\\1", said) if isinstance(value, Prose) else said


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
            if day := _day(value):
                found[key] = day
        elif isinstance(value, Location):
            found[key] = ", ".join(value.line)
        elif part.name == "highlights" and value:
            found[key] = list(_flat(value))
    return found


def _day(date: Date) -> str | None:
    """Return a date as the standard has it: a year, a month or a day."""
    if date.is_present or not date.year:
        return None
    if date.text is not None:  # what else is known of it only says where it sorts
        return str(date.year) if str(date.year) in date.text else None
    parts = [f"{date.year:04}", *(f"{part:02}" for part in (date.month, date.day) if part)]
    return "-".join(parts)


def _flat(highlights: Sequence[Highlight]) -> Iterator[str]:
    for highlight in highlights:
        yield _text(highlight.text)
        yield from _flat(highlight.highlights)


HOMES = ("journaltitle", "journal", "booktitle", "maintitle", "publisher", "institution", "school")
"""The fields of an entry that say where it appeared, the nearest first."""


def _typed(record: Any) -> dict[str, Any]:
    """Return a publication as it may stand in `publications.yaml`."""
    publication: Publication = record
    authors = [_name(name) for name in publication.authors]
    found = {
        **_publication(publication),
        "authors": [*authors, *(["others"] if publication.more_authors else [])],
        "type": publication.type,
    }
    if date := publication.date:
        end = publication.end_date
        found["releaseDate"] = f"{date}/{end}" if end else str(date)
    return {name: value for name, value in found.items() if value}


def _name(name: Name) -> str:
    if name.literal:
        return name.family.text
    family = " ".join(filter(None, (name.prefix.text, name.family.text)))
    return ", ".join(filter(None, (family, name.suffix.text, name.given.text)))


def _publication(publication: Publication) -> dict[str, Any]:
    fields = publication.fields
    home = next((fields[name].text for name in HOMES if name in fields), None)
    found = {
        "name": publication.title.text,
        "publisher": home,
        "releaseDate": _day(publication.date) if publication.date else None,
        "url": next((link.url for link in publication.links if link.url), None),
        "summary": publication.summary and _text(publication.summary),
    }
    return {name: value for name, value in found.items() if value}
