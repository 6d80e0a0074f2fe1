"""RenderCV's nine kinds of entries, told by their keys, as records of cvtex."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cvtex.import_.bibliography import entry
from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, date, keywords, named, put, span

KEYS = (
    ("company", "experience"), ("institution", "education"), ("authors", "publication"),
    ("label", "one-line"), ("bullet", "bullet"), ("number", "number"),
    ("reversed_number", "reversed_number"), ("name", "normal"), ("title", "publication"),
    ("position", "experience"),
)  # fmt: skip
"""The key by which a kind is known, the surest first."""
TEXTS = {"text", "bullet", "number", "reversed_number"}
AS_PROJECT = "stands among a project's roles: the entries of its section are of several kinds"


def kind_of(item: Given) -> str:
    """Return the kind of an entry by the keys that it has."""
    if item.is_text:
        return "text"
    return next((kind for key, kind in KEYS if key in item.keys), "unknown")


def prose(item: Given) -> str:
    """Take an entry that is a text in Markdown, under whatever key it stands."""
    if item.is_text:
        return item.text()
    return next((item[key].text() for key in TEXTS if key in item.keys), "")


def highlight(given: Given) -> str | Record:
    """Take a highlight; " - " begins one that stands below it."""
    first, *below = re.split(r"\s+- ", given.text())
    return {"text": first, "highlights": below} if below else first


def _common(item: Given, record: Record) -> Record:
    if item["date"]:
        record["endDate"] = date(item["date"])
        for key in ("start_date", "end_date"):
            item[key].lose("RenderCV prints `date` in its place")
    else:
        span(record, date(item["start_date"]), date(item["end_date"]))
    put(record, location=named(item["location"])[0], summary=item["summary"].text())
    return put(record, highlights=[highlight(bullet) for bullet in item["highlights"].items()])


def _work(item: Given) -> Record:
    name, url = named(item.first("company", "name"))
    position, _ = named(item["position"])
    return _common(item, put({}, name=name, position=position, url=url or item["url"].text()))


def _volunteer(item: Given) -> Record:
    record = _work(item)
    return {"organization" if key == "name" else key: value for key, value in record.items()}


def _education(item: Given) -> Record:
    name, url = named(item["institution"])
    area, _ = named(item["area"])
    degree, _ = named(item.first("degree", "study_type"))
    record = put({}, institution=name, studyType=degree, area=area, url=url or item["url"].text())
    return _common(item, record)


def project(item: Given) -> Record | str:
    """Take an entry of any kind as one of a section of projects, which all can stand in."""
    if kind_of(item) in TEXTS:
        return prose(item)
    name, url = named(item.first("name", "company", "institution", "label", "title"))
    doi = item["doi"].text()
    address = url or item["url"].text() or (doi and f"https://doi.org/{doi}")
    record = _common(item, put({}, name=name, url=address))
    for key in ("position", "degree", "area", "authors"):
        for value in item[key].items():
            record.setdefault("roles", []).append(markup_free(value.became(AS_PROJECT)))
    put(record, entity=named(item["journal"])[0])
    said = [item["details"].text(), record.pop("summary", "")]
    return put(record, description="\n\n".join(filter(None, said)))


def _described(item: Given) -> Record:
    found = project(item)
    return {"description": found} if isinstance(found, str) else found


def _skill(item: Given) -> Record:
    name, _ = named(item["label"])
    details = item["details"]
    if re.search(r"[*_`\[]", details.peek()):
        shown, _ = named(details)
        return put({}, name=name, keywords=keywords(shown))
    return put({}, name=name, keywords=keywords(details.text()))


def _language(item: Given) -> Record:
    return put({}, language=named(item["label"])[0], fluency=named(item["details"])[0])


MAKERS: Mapping[str, Callable[[Given], Record]] = {
    "work": _work, "education": _education, "projects": _described, "volunteer": _volunteer,
    "skills": _skill, "languages": _language, "interests": _skill,
}  # fmt: skip


def publication(item: Given, result: Imported, keyword: str = "") -> str:
    """Take a publication as an entry of the `.bib`; a marked author is the person."""
    authors = []
    for author in item["authors"].items():
        written = author.text()
        name = markup_free(written)
        authors.append(name)
        if name != written and name != result.basics.get("name"):
            aliases = result.basics.setdefault("aliases", [])
            if name not in aliases:
                aliases.append(name)
    title, url = named(item["title"])
    when = date(item["date"] if item["date"] else item["end_date"])
    fields: dict[str, str] = {"title": title, "author": " and ".join(authors)}
    put(
        fields,
        journal=named(item["journal"])[0],
        date=when if isinstance(when, str) else (when or {}).get("text"),
        doi=item["doi"].text(),
        url=url or item["url"].text(),
        note=named(item["summary"])[0],
        keywords=keyword,
    )
    return entry("article" if "journal" in fields else "misc", fields, result.bib)


def markup_free(written: str) -> str:
    """Return a name without the stars that mark it."""
    return written.strip().strip("*_").strip()
