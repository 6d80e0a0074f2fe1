"""Reactive Resume (https://rxresu.me), the JSON that it exports: versions 3, 4 and 5.

Descriptions are HTML. Version 5 says `period`, `website`, `description` and `hidden` where
the older ones say `date`, `url`, `summary` and `visible`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.reactive_records import (
    MAKERS,
    SECTIONS,
    address_of,
    custom_record,
    link_of,
    text_and_items,
)
from cvtex.import_.reactive_rest import letter, metadata
from cvtex.import_.values import person, put

OF_THE_LAYOUT = {
    "id", "icon", "iconColor", "columns", "visible", "hidden", "separateLinks", "keepTogether",
    "startOnNewPage", "inlineLink", "size", "aspectRatio", "borderRadius", "effects", "rotation",
    "borderColor", "borderWidth", "shadowColor", "shadowWidth", "type",
}  # fmt: skip
"""Keys that say how the page looks, or number things."""


def recognises(root: Given) -> bool:
    """Tell whether this is Reactive Resume's: `basics` and `sections` with items."""
    sections = root["sections"]
    return root["basics"].is_map and any(sections[key].is_map for key in sections.keys)


def read(root: Given, folder: Path, known: Mapping[str, Any]) -> Imported:
    """Return the CV of an export of Reactive Resume."""
    result = Imported("Reactive Resume", ledger=root.ledger)
    _head(root, result)
    sections = root["sections"]
    summary = root["summary"] if root["summary"] else sections["summary"]
    text, items = text_and_items(summary["content"])
    put(result.basics, summary="\n".join([text, *(f"- {item}" for item in items)]).strip())
    for name in sections.keys:
        if name in ("summary", "profiles", "custom"):
            continue
        _section(name, sections[name], result, name)
    for profile in sections["profiles"]["items"].items():
        if not _is_hidden(profile):
            result.profile(profile["network"].text(), profile["username"].text(), link_of(profile))
    custom = sections["custom"]
    names = {SECTIONS.get(name, name): name for name in sections.keys}
    names = {ours: theirs for ours, theirs in names.items() if ours in result.order}
    for key in custom.keys:
        _custom_section("custom", custom[key], f"custom.{key}", result, names)
    for section in root["customSections"].items():
        _custom_section(
            section["type"].peek() or "custom", section, section["id"].peek(), result, names
        )
    metadata(root["metadata"], result, names, known["languages"])
    _lay_aside(root)
    return result


def _custom_section(
    kind: str, place: Given, key: str, result: Imported, names: dict[str, str]
) -> None:
    """Take a section of the user's own; one of letters is a letter for each item."""
    if kind == "cover-letter" and not _is_hidden(place):
        for item in place["items"].items():
            if not _is_hidden(item):
                letter(item, result)
        for part in ("title", "name"):
            place[part].lay_aside("the title of the section of letters")
        return
    before = len(result.order)
    _section(kind, place, result, "custom")
    if len(result.order) > before:
        names[result.order[-1]] = key


def _head(root: Given, result: Imported) -> None:
    basics = root["basics"]
    website = basics["website"] if basics["website"] else basics["url"]
    put(
        result.basics,
        **person(basics),
        location=basics["location"].text(),
        url=address_of(website),
    )
    for field in basics["customFields"].items():
        text = field.first("text", "value").text()
        result.profile(field["name"].text(), text, field["link"].text())
    for picture in (root["picture"], basics["picture"]):
        picture["url"].lose("the photo stays where it is: save it in data/ and name it in image")
        picture.lay_aside("a measure of the photo")


def _is_hidden(item: Given) -> bool:
    if item["hidden"].peek() == "true" or item["visible"].peek() == "false":
        for key in OF_THE_LAYOUT:
            item[key].lay_aside("how an item of Reactive Resume looks")
        item.lose("hidden in Reactive Resume")
        return True
    return False


def _section(name: str, place: Given, result: Imported, ours: str) -> None:
    if _is_hidden(place):
        return
    title = place.first("title", "name").text()
    maker = MAKERS.get(name, custom_record)
    records = [maker(item) for item in place["items"].items() if not _is_hidden(item)]
    records = [record for record in records if record]
    section = SECTIONS.get(name, "")
    if not records:
        return
    if section and (ours != "custom" or (not title and section in result.sections)):
        result.add(section, records, title)  # without a title it goes on with the one before
    elif title or ours == "custom":
        result.own(title or "More", section or "projects", records)


def _lay_aside(root: Given) -> None:
    """Count what says how an item looked, without a list of it: numbers, icons, columns."""
    for path, scalar in root.leaves():
        if path.rpartition(".")[2] in OF_THE_LAYOUT:
            root.ledger.taken[id(scalar)] = scalar
