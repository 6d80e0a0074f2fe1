"""What the classes say of a person, as records of cvtex: dated entries, lines, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cvtex.import_.latex.prose import Prose as Texts
from cvtex.import_.latex.prose import bullet, joined
from cvtex.import_.values import Record, in_words, iso, keywords, put, split_range
from cvtex.latex import markup
from cvtex.model import Prose
from cvtex.source.syntax.yaml_writer import Raw


@dataclass(slots=True)
class Entry:
    """A dated entry as the classes have it; `extra` is a grade or a remark."""

    title: str = ""
    organization: str = ""
    url: str = ""
    dates: str = ""
    place: str = ""
    extra: str = ""
    text: Texts = field(default_factory=Texts)
    roles: list[Entry] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A label and what is said of it (`literal` is the same without marks); a remark, or a
    level, beside it."""

    label: str
    body: str
    literal: str
    remark: str = ""


@dataclass(slots=True)
class Referee:
    """Who speaks for the person, and how they are reached."""

    name: str
    company: str = ""
    email: str = ""
    address: str = ""


@dataclass(slots=True)
class Tags:
    """Words in a row, each by itself."""

    words: list[str] = field(default_factory=list)


def dated(record: Record, written: str) -> Record:
    """Set the dates of a record as they are written ("Aug 2018 -- May 2021")."""
    if not written:
        return record
    start, end = split_range(written)
    if not end and re.search(r"\d\s*[-–—]+$", written):  # "2022 -" goes on
        start, end = start.rstrip("-–— "), "present"
    if end and iso(start) and iso(end):
        return record | {"startDate": iso(start), "endDate": iso(end)}
    return record | {"endDate": written_date(written)}


def written_date(written: str) -> Any:
    """Return a date in cvtex's form; as it is written, with its year, where it is in no form."""
    return (iso(written) or in_words(written)) if written else None


def _common(entry: Entry, record: Record, key: str = "summary") -> Record:
    record = dated(put(record, url=entry.url, location=entry.place), entry.dates)
    return put(record, **{key: joined(entry.text.paragraphs)}, highlights=entry.text.items)


def _work(entry: Any) -> Record:
    if not entry.roles:
        names = put({}, name=entry.organization, position=entry.title, team=entry.extra)
        return _common(entry, names)
    record = put({}, name=entry.organization, url=entry.url, location=entry.place)
    first = _role(entry)
    first.pop("location", None)
    roles = list(map(_role, entry.roles))
    spans: list[Any] = [(role.get("startDate"), role.get("endDate")) for role in roles]
    if all(isinstance(end, str) for span in spans for end in span):
        whole = {
            "startDate": min(span[0] for span in spans),
            "endDate": max(span[1] for span in spans),
        }
        first = {} if first == whole else first  # cvtex sets it of the roles
    return record | {"positions": [*([first] if first else []), *roles]}


def _role(entry: Entry) -> Record:
    record = _common(entry, put({}, position=entry.title, team=entry.extra))
    record.pop("url", None)
    return record


def _volunteer(entry: Any) -> Record:
    position = ", ".join(filter(None, [entry.title, entry.extra]))
    return _common(entry, put({}, organization=entry.organization, position=position))


def _education(entry: Any) -> Record:
    score = entry.extra
    title = entry.title
    if not score and (
        match := re.search(r" *[;,(] *(?:GPA|Grade|CGPA):? *([\d./]+(?: \(.*\))?)\)?$", title)
    ):
        title, score = title[: match.start()], match[1]
    record = put({}, institution=entry.organization, studyType=title, score=score)
    return _common(entry, record)


def project(entry: Any) -> Any:
    """Return anything as an entry of a section of projects."""
    if isinstance(entry, str):
        return entry
    if isinstance(entry, Line):
        return put({}, name=entry.label, description=joined([entry.body, entry.remark], ", "))
    if isinstance(entry, Tags):
        return {"keywords": entry.words}
    if isinstance(entry, Referee):
        said = [entry.company, entry.email, entry.address]
        return put({}, name=entry.name, description=", ".join(filter(None, said)))
    record = put({}, name=entry.title or entry.organization)
    if entry.title:
        put(record, entity=entry.organization)
    record = _common(entry, record, "description")
    put(record, roles=[entry.extra] if entry.extra else [], keywords=entry.keywords)
    for role in entry.roles:
        said = [role.title, role.extra, role.place, role.dates]
        highlights = record.setdefault("highlights", [])
        highlights.append(", ".join(filter(None, said)))
        highlights += role.text.paragraphs + role.text.items
    return record


def _award(entry: Any) -> Record:
    return _short(entry, "title", "awarder")


def _certificate(entry: Any) -> Record:
    return _short(entry, "name", "issuer")


def _short(entry: Entry | Line, title: str, giver: str) -> Record:
    """Return an entry as a record of a kind that has one date, and a summary for the rest."""
    if isinstance(entry, Line):
        return put({}, **{title: entry.label}, summary=joined([entry.body, entry.remark], ", "))
    record = project(entry)
    found = put({}, **{title: record.get("name"), giver: record.get("entity")})
    put(found, location=entry.place, url=entry.url, date=record.get("endDate"))
    if "startDate" in record:
        years = re.findall(r"\d{4}", str(record["endDate"])) or re.findall(r"\d{4}", entry.dates)
        found["date"] = put({"text": entry.dates}, sort=years[-1] if years else "")
    said = [*record.get("roles", ()), record.get("description", "")]
    rows = [joined(["-", bullet(highlight)], " ") for highlight in record.get("highlights", ())]
    return put(found, summary=joined([*said, *rows, *entry.keywords], "\n"))


def _skill(line: Any) -> Record:
    if isinstance(line, Tags):
        return {"keywords": line.words}
    if isinstance(line, Raw):
        return {"keywords": [line]}
    if isinstance(line, str):
        label, _, body = markup.plain(Prose(line)).partition(": ")
        return put({}, name=label if body else "", keywords=keywords(body or label))
    said = [line.body] if isinstance(line.body, Raw) else keywords(line.literal)
    return put({}, name=line.label, keywords=said, level=line.remark)


def _language(line: Any) -> Record:
    body = line.body if isinstance(line.body, Raw) else line.literal
    return put({}, language=line.label, fluency=joined([body, line.remark], ", "))


def _reference(line: Any) -> Record:
    if isinstance(line, str):
        return {"name": line}
    if isinstance(line, Referee):
        record = put({}, name=line.name, company=line.company, email=line.email)
        return put(record, reference=line.address)
    return put({}, name=line.label, reference=line.body)


KINDS: Mapping[str, set[type]] = {
    "work": {Entry}, "volunteer": {Entry}, "education": {Entry}, "projects": {Entry, str, Line},
    "awards": {Entry, Line}, "certificates": {Entry, Line}, "skills": {Line, str, Tags},
    "languages": {Line}, "interests": {Line, Tags}, "references": {Line, str, Referee},
}  # fmt: skip
"""What may stand in a section of each kind."""
WITH_ROLES = {"work", "projects", "awards", "certificates"}
"""The kinds whose entries may have several roles."""
MAKERS: Mapping[str, Any] = {
    "work": _work, "volunteer": _volunteer, "education": _education, "projects": project,
    "awards": _award, "certificates": _certificate, "skills": _skill, "languages": _language,
    "interests": _skill, "references": _reference,
}  # fmt: skip
