"""Records of Reactive Resume as ours: one function for each of its kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cvtex.import_.html_text import is_html, markdown
from cvtex.import_.ledger import Given
from cvtex.import_.values import Record, date, iso, put, split_range

POINTS = "a level in points, which has words beside it"


def address_of(place: Given) -> str:
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


def link_of(item: Given) -> str:
    """Take the address of an item's website."""
    return address_of(item["website"] if item["website"] else item["url"])


def text_and_items(place: Given) -> tuple[str, list[str]]:
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
    text, items = text_and_items(
        item["description"] if is_html(item["description"].peek()) else item["summary"]
    )
    if not text and not items:
        text, items = text_and_items(item["description"])
    return put(record, **{key: text}, highlights=items)


def _work(item: Given) -> Record:
    record = put({}, name=item["company"].text(), url=link_of(item))
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
        url=link_of(item), location=item["location"].text(),
    )  # fmt: skip
    return _described(item, _period(item, record))


def _education(item: Given) -> Record:
    record = put(
        {}, institution=item.first("school", "institution").text(), area=item["area"].text(),
        studyType=item.first("degree", "studyType").text(), url=link_of(item),
        score=item.first("grade", "score").text(), location=item["location"].text(),
    )  # fmt: skip
    return _described(item, _period(item, record))


def _project(item: Given) -> Record:
    record = put({}, name=item["name"].text(), url=link_of(item))
    record = put(record, keywords=[word.text() for word in item["keywords"].items()])
    return _described(item, _period(item, record), "description")


def custom_record(item: Given) -> Record:
    """Return an item of a section of the user's own."""
    if item["content"]:
        text, items = text_and_items(item["content"])
        return put({}, description=text, highlights=items)
    record = _project(item)
    name = item.first("title", "position", "company", "organization").text()
    record = put(record, location=item["location"].text())
    if name:
        record["name"] = ", ".join(filter(None, [record.get("name"), name]))
    return record


def _award(item: Given) -> Record:
    record = put({}, title=item["title"].text(), awarder=item["awarder"].text(), url=link_of(item))
    record = put(record, date=date(item["date"]))
    return _one_text(item, record)


def _certificate(item: Given) -> Record:
    record = put({}, name=item.first("title", "name").text(), issuer=item["issuer"].text())
    return _one_text(item, put(record, date=date(item["date"]), url=link_of(item)))


def _publication(item: Given) -> Record:
    record = put({}, name=item.first("title", "name").text(), publisher=item["publisher"].text())
    return _one_text(item, put(record, releaseDate=date(item["date"]), url=link_of(item)))


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
    record = put({}, name=item["name"].text(), position=item["position"].text(), url=link_of(item))
    return _one_text(item, put(record, phone=item["phone"].text()), "reference")


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
