"""Reactive Resume (https://rxresu.me), the JSON that it exports: versions 3, 4 and 5.

Descriptions are HTML. Version 5 says `period`, `website`, `description` and `hidden` where
the older ones say `date`, `url`, `summary` and `visible`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cvtex.import_.html_text import is_html, markdown
from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.reactive_rest import letter, metadata
from cvtex.import_.values import Record, date, iso, person, put, split_range

OF_THE_LAYOUT = {
    "id", "icon", "iconColor", "columns", "visible", "hidden", "separateLinks", "keepTogether",
    "startOnNewPage", "inlineLink", "size", "aspectRatio", "borderRadius", "effects", "rotation",
    "borderColor", "borderWidth", "shadowColor", "shadowWidth", "type",
}  # fmt: skip
"""Keys that say how the page looks, or number things."""


POINTS = "a level in points, which has words beside it"


def recognises(root: Given) -> bool:
    """Tell whether this is Reactive Resume's: `basics` and `sections` with items."""
    sections = root["sections"]
    return root["basics"].is_map and sections.is_map and any(
        sections[key].is_map for key in sections.keys
    )  # fmt: skip


def read(root: Given, folder: Path, known: Mapping[str, Any]) -> Imported:
    """Return the CV of an export of Reactive Resume."""
    result = Imported("Reactive Resume", ledger=root.ledger)
    _head(root, result)
    sections = root["sections"]
    summary = root["summary"] if root["summary"] else sections["summary"]
    text, items = _text(summary["content"])
    put(result.basics, summary="\n".join([text, *(f"- {item}" for item in items)]).strip())
    for name in sections.keys:
        if name in ("summary", "profiles", "custom"):
            continue
        _section(name, sections[name], result, name)
    for profile in sections["profiles"]["items"].items():
        if not _is_hidden(profile):
            result.profile(profile["network"].text(), profile["username"].text(), _link(profile))
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
        url=_address(website),
    )
    for field in basics["customFields"].items():
        text = field.first("text", "value").text()
        result.profile(field["name"].text(), text, field["link"].text())
    for picture in (root["picture"], basics["picture"]):
        picture["url"].lose("the photo stays where it is: save it in data/ and name it in image")
        picture.lay_aside("a measure of the photo")


def _address(place: Given) -> str:
    """Take the address of a link, which older versions call `href`; its label is its name."""
    if place.is_text:
        return place.text()
    label = place["label"]
    address = place.first("url", "href").text()
    if label.peek():
        if label.peek() in address:
            label.text()
        else:
            label.lose("the label of a link: cvtex shows the address, or the name that it links")
    return address


def _link(item: Given) -> str:
    return _address(item["website"] if item["website"] else item["url"])


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
    maker = MAKERS.get(name, _custom)
    records = [maker(item) for item in place["items"].items() if not _is_hidden(item)]
    records = [record for record in records if record]
    section = SECTIONS.get(name, "")
    if not records:
        return
    if section and (ours != "custom" or (not title and section in result.sections)):
        result.add(section, records, title)  # without a title it goes on with the one before
    elif title or ours == "custom":
        result.own(title or "More", section or "projects", records)


def _text(place: Given) -> tuple[str, list[str]]:
    """Take a description in HTML, as paragraphs and the items of its lists."""
    written = place.peek()
    if not is_html(written):
        return place.text(), []
    text, items = markdown(written)
    place.text()
    return text, items


def _period(item: Given, record: Record) -> Record:
    period = item["period"] if item["period"] else item["date"]
    start, end = split_range(period.peek())
    if end and iso(start) and iso(end):
        record |= {"startDate": iso(start), "endDate": iso(end)}
        period.text()
    elif period:
        record["endDate"] = date(period)
    return record


def _described(item: Given, record: Record, key: str = "summary") -> Record:
    text, items = _text(
        item["description"] if is_html(item["description"].peek()) else item["summary"]
    )
    if not text and not items:
        text, items = _text(item["description"])
    return put(record, **{key: text}, highlights=items)


def _work(item: Given) -> Record:
    record = put({}, name=item["company"].text(), url=_link(item))
    put(record, location=item["location"].text())
    roles = item["roles"].items()
    if not roles:
        put(record, position=item["position"].text())
    else:
        item["position"].lose("a title above the positions, which have their own")
        record["positions"] = [
            _described(role, _period(role, put({}, position=role["position"].text())))
            for role in roles
        ]
        item["period"].became("the span of all positions, which have their own dates")
        return _described(item, record)
    return _described(item, _period(item, record))


def _volunteer(item: Given) -> Record:
    record = put(
        {}, organization=item["organization"].text(), position=item["position"].text(),
        url=_link(item), location=item["location"].text(),
    )  # fmt: skip
    return _described(item, _period(item, record))


def _education(item: Given) -> Record:
    record = put(
        {}, institution=item.first("school", "institution").text(), area=item["area"].text(),
        studyType=item.first("degree", "studyType").text(), url=_link(item),
        score=item.first("grade", "score").text(), location=item["location"].text(),
    )  # fmt: skip
    return _described(item, _period(item, record))


def _project(item: Given) -> Record:
    record = put({}, name=item["name"].text(), url=_link(item))
    record = put(record, keywords=[word.text() for word in item["keywords"].items()])
    return _described(item, _period(item, record), "description")


def _custom(item: Given) -> Record:
    if item["content"]:
        text, items = _text(item["content"])
        return put({}, description=text, highlights=items)
    record = _project(item)
    name = item.first("title", "position", "company", "organization").text()
    record = put(record, location=item["location"].text())
    if name:
        record["name"] = ", ".join(filter(None, [record.get("name"), name]))
    return record


def _award(item: Given) -> Record:
    record = put({}, title=item["title"].text(), awarder=item["awarder"].text(), url=_link(item))
    record = put(record, date=date(item["date"]))
    return _one_text(item, record)


def _certificate(item: Given) -> Record:
    record = put({}, name=item.first("title", "name").text(), issuer=item["issuer"].text())
    return _one_text(item, put(record, date=date(item["date"]), url=_link(item)))


def _publication(item: Given) -> Record:
    record = put({}, name=item.first("title", "name").text(), publisher=item["publisher"].text())
    return _one_text(item, put(record, releaseDate=date(item["date"]), url=_link(item)))


def _one_text(item: Given, record: Record, key: str = "summary") -> Record:
    """Set a description where the record has no bullets: its list items follow its text."""
    found = _described(item, {})
    parts = [
        found.get("summary", ""),
        *(f"- {highlight}" for highlight in found.get("highlights", ())),
    ]
    return put(record, **{key: "\n".join(part for part in parts if part)})


def _skill(item: Given) -> Record:
    level = item.first("proficiency", "description").text()
    record = put({}, name=item["name"].text(), level=level)
    put(record, level=record.get("level") or _points(item["level"]))
    item["level"].lose(POINTS)
    return put(record, keywords=[word.text() for word in item["keywords"].items()])


def _language(item: Given) -> Record:
    name = item.first("language", "name").text()
    fluency = item.first("fluency", "description").text() or _points(item["level"])
    item["level"].lose(POINTS)
    return put({}, language=name, fluency=fluency)


def _points(level: Given) -> str:
    """Take a level that is said in points alone."""
    if level.peek() in ("", "0"):
        level.text()
        return ""
    return f"{level.became('a level in words', f'{level.peek()}/5')}/5"


def _interest(item: Given) -> Record:
    return put({}, name=item["name"].text(), keywords=[w.text() for w in item["keywords"].items()])


def _reference(item: Given) -> Record:
    record = put({}, name=item["name"].text(), position=item["position"].text(), url=_link(item))
    return _one_text(item, put(record, phone=item["phone"].text()), "reference")


def _lay_aside(root: Given) -> None:
    """Count what says how an item looked, without a list of it: numbers, icons, columns."""
    for path, scalar in root.leaves():
        if path.rpartition(".")[2] in OF_THE_LAYOUT:
            root.ledger.taken[id(scalar)] = scalar


SECTIONS = {
    "experience": "work", "education": "education", "projects": "projects", "skills": "skills",
    "languages": "languages", "interests": "interests", "awards": "awards",
    "certifications": "certificates", "publications": "publications",
    "volunteer": "volunteer", "references": "references",
}  # fmt: skip
MAKERS: Mapping[str, Callable[[Given], Record]] = {
    "experience": _work, "education": _education, "projects": _project, "skills": _skill,
    "languages": _language, "interests": _interest, "awards": _award,
    "certifications": _certificate, "publications": _publication,
    "volunteer": _volunteer, "references": _reference,
}  # fmt: skip
