"""YAMLResume (https://yamlresume.dev): `content`, `locale`, `layouts` (one `layout` before 0.8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, date, person, put, span

THEMES = {"moderncv": "moderncv", "jake": "jake"}
STYLES = {"banking", "casual", "classic"}
LANGUAGES = {"zh-hans": "zh", "zh-hant-hk": "zh-Hant", "zh-hant-tw": "zh-Hant", "no": "nb"}
"""Languages that cvtex has under another code."""


def recognises(root: Given) -> bool:
    """Tell whether this is YAMLResume's: `content` with `basics`."""
    return root["content"]["basics"].is_map


def read(root: Given, folder: Path, known: Mapping[str, Any]) -> Imported:
    """Return the CV of a YAMLResume file."""
    result = Imported("YAMLResume", ledger=root.ledger)
    content = root["content"]
    basics = content["basics"]
    put(
        result.basics,
        **person(basics),
        url=basics["url"].text(),
        summary=basics["summary"].text(),
        location=_location(content["location"]),
        profiles=[
            _plain(profile, "network", "username", "url") for profile in content["profiles"].items()
        ],
    )
    for name in content.keys:
        if name in READERS:
            records = [READERS[name](item) for item in content[name].items()]
            result.add(name, [record for record in records if record])
    language = root["locale"]["language"]
    code = LANGUAGES.get(language.peek(), language.peek())
    if code in known["languages"]:
        result.meta["language"] = code
        language.text() if code == language.peek() else language.became("its code", code)
    language.lose("a language that cvtex does not have; meta.words can complete one")
    layouts = [*root["layouts"].items(), *root["layout"].items()]
    for layout in layouts:
        _layout(layout, result, known["themes"])
    result.meta.setdefault("theme", "classic")
    return result


def _location(place: Given) -> Record:
    found = _plain(place, "address", "city", "region", "postalCode")
    country = place["country"].text()
    return put(found, countryCode=country)


def _plain(place: Given, *keys: str) -> Record:
    return {key: place[key].text() for key in keys if place[key]}


def _dated(item: Given, record: Record) -> Record:
    span(record, date(item["startDate"]), date(item["endDate"]))
    if item["startDate"] and not item["endDate"]:
        record["endDate"] = "present"
    words = [keyword.text() for keyword in item["keywords"].items()]
    return put(record, summary=item["summary"].text(), keywords=words)


def _work(item: Given) -> Record:
    return _dated(item, _plain(item, "name", "position", "url", "location"))


def _volunteer(item: Given) -> Record:
    return _dated(item, _plain(item, "organization", "position", "url", "location"))


def _education(item: Given) -> Record:
    record = put({}, institution=item["institution"].text(), studyType=item["degree"].text())
    record |= _plain(item, "area", "score", "url", "location")
    record = _dated(
        item, put(record, courses=[course.text() for course in item["courses"].items()])
    )
    if words := record.pop("keywords", None):
        record.setdefault("courses", []).extend(words)
    return record


def _project(item: Given) -> Record:
    record = _dated(item, _plain(item, "name", "url", "location"))
    said = [record.pop("summary", ""), item["description"].text()]
    return put(record, description="\n\n".join(part for part in reversed(said) if part))


def _award(item: Given) -> Record:
    record = _plain(item, "title", "awarder", "summary")
    return put(record, date=date(item["date"]))


def _certificate(item: Given) -> Record:
    return put(_plain(item, "name", "issuer", "url"), date=date(item["date"]))


def _publication(item: Given) -> Record:
    record = _plain(item, "name", "publisher", "url", "summary")
    return put(record, releaseDate=date(item["releaseDate"]))


def _skill(item: Given) -> Record:
    words = [keyword.text() for keyword in item["keywords"].items()]
    return put(_plain(item, "name", "level"), keywords=words)


def _language(item: Given) -> Record:
    record = _plain(item, "language", "fluency")
    words = [keyword.became("stands with the level") for keyword in item["keywords"].items()]
    if words:
        shown = [record.get("fluency", ""), *words]
        record["fluency"] = ", ".join(part for part in shown if part)
    return record


def _reference(item: Given) -> Record:
    record = _plain(item, "name", "email", "phone", "relationship")
    return put(record, reference=item["summary"].text())


READERS = {
    "work": _work,
    "volunteer": _volunteer,
    "education": _education,
    "projects": _project,
    "awards": _award,
    "certificates": _certificate,
    "publications": _publication,
    "skills": _skill,
    "languages": _language,
    "interests": _skill,
    "references": _reference,
}


def _layout(layout: Given, result: Imported, themes: frozenset[str]) -> None:
    template = layout["template"]
    if layout["engine"].peek() in ("", "latex") and template and "theme" not in result.meta:
        name, _, style = template.peek().partition("-")
        theme = THEMES.get(name, "classic")
        theme = theme if theme in themes else "classic"
        result.meta["theme"] = theme
        options: Record = {}
        if theme == "moderncv" and style in STYLES:
            options["style"] = style
        template.became(f"the nearest theme is {theme}")
        size = layout["typography"]["fontSize"]
        if re.fullmatch(r"1[0-2]pt", size.peek()):
            options["fontSize"] = size.text()
        paper = layout["page"]["paperSize"]
        if paper.peek() in ("a4", "letter"):
            options["paper"] = paper.text()
        if layout["page"]["showPageNumbers"].peek() == "true":
            options["pageNumbers"] = layout["page"]["showPageNumbers"].text()
        if options:
            result.meta["themes"] = {theme: options}
        _sections(layout["sections"], result)
    layout.lay_aside("a measure of YAMLResume's own templates, or another output")


def _sections(place: Given, result: Imported) -> None:
    """Take the order of the sections, and the titles that the user gives them."""
    first = [section.text() for section in place["order"].items() if section.peek() in result.order]
    result.order = [*first, *(name for name in result.order if name not in first)]
    aliases = place["aliases"]
    for name in aliases.keys:
        if name in result.order and aliases[name]:
            result.titles[name] = aliases[name].text()
