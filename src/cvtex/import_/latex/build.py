"""What the classes have in common: entries, lines and bullets under titles become sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cvtex.import_.latex.scan import Document, Value
from cvtex.import_.latex.text import Prose, address, joined, plain, prose
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, iso, keywords, put, split_range

MEANINGS = (
    (r"publication|veröffentlich", "publications"),
    (r"experience|employment|work|career|beruf", "work"),
    (r"educat|studies|ausbildung|academic background", "education"),
    (r"volunteer|extracurricular|ehrenamt", "volunteer"), (r"project|projekt", "projects"),
    (r"honou?rs?|award|prize|auszeichnung", "awards"), (r"certific|zertifikat", "certificates"),
    (r"spoken|^languages?$|sprachen", "languages"),
    (r"skill|technolog|kenntnis|competenc", "skills"),
    (r"interest|hobb", "interests"), (r"referen|referees", "references"),
    (r"^(summary|about( me)?|profile|objective)$", "summary"),
)  # fmt: skip
"""What a title most likely means; the entries must fit, or it stays a section of its own."""


@dataclass(slots=True)
class Entry:
    """A dated entry as the classes have it; `extra` is a grade or a remark."""

    title: str = ""
    organization: str = ""
    url: str = ""
    dates: str = ""
    place: str = ""
    extra: str = ""
    text: Prose = field(default_factory=Prose)
    roles: list[Entry] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A label and what is said of it; a remark beside it."""

    label: str
    body: str
    remark: str = ""


@dataclass(slots=True)
class Builder:
    """Collects what stands under a title, and makes a section of it at the next one."""

    document: Document
    result: Imported
    title: str = ""
    group: str = ""
    found: list[Entry | Line | str] = field(default_factory=list)

    @property
    def definitions(self) -> Mapping[str, tuple[int, str]]:
        return self.document.definitions

    def plain(self, value: Value) -> str:
        return plain(value, self.definitions)

    def named(self, value: Value) -> tuple[str, str]:
        return address(value, self.definitions)

    def prose(self, value: Value) -> Prose:
        return prose(value, self.definitions)

    def section(self, title: str) -> None:
        """End the section before, and begin one."""
        self.flush()
        self.title = title

    def subsection(self, title: str) -> None:
        """Begin a part of a section: it becomes a section of its own beside it."""
        if self.found:
            self.flush()
        self.group = title

    def text(self, text: Prose) -> None:
        """Add what stands as text: to the entry before it, or by itself."""
        last = self.found[-1] if self.found else None
        if isinstance(last, Entry):
            target = (last.roles[-1] if last.roles else last).text
            target.paragraphs += text.paragraphs
            target.items += text.items
            return
        self.found += text.paragraphs
        self.found += [_bullet(item) for item in text.items]

    def flush(self) -> None:
        """Make a section of what was found since its title."""
        found, title = self.found, " – ".join(filter(None, [self.title, self.group]))
        self.found, self.group = [], ""
        if not found:
            return
        target = next(
            (name for pattern, name in MEANINGS if re.search(pattern, self.title.lower())), ""
        )
        kinds = {type(one) for one in found}
        if not self.title or (target == "summary" and kinds == {str}):
            texts = [one for one in found if isinstance(one, str)]
            before = self.result.basics.get("summary")
            self.result.basics["summary"] = "\n\n".join(filter(None, [before, *texts]))
            found = [one for one in found if not isinstance(one, str)]
            if not found:
                return
            title = title or "More"
        maker = _MAKERS.get(target)
        wanted = _KINDS.get(target, set())
        if maker and kinds <= wanted and title == self.title and target not in self.result.sections:
            self.result.add(target, [maker(one) for one in found], title)
            return
        if (target in ("skills", "languages", "interests") and kinds == {Line}) or (
            target in ("work", "education", "volunteer") and kinds == {Entry}
        ):
            self.result.own(title, target, [_MAKERS[target](one) for one in found])
        else:
            self.result.own(title, "projects", [_project(one) for one in found])

    def photo(self, name: str) -> None:
        """Take the photo of a document, found as TeX finds it: without its ending, too."""
        for ending in ("", ".jpg", ".jpeg", ".png", ".pdf"):
            file = self.document.folder / (name + ending)
            if file.is_file() and file.suffix.lower() in (".jpg", ".jpeg", ".png"):
                self.result.files[f"data/{file.name}"] = file
                self.result.basics["image"] = file.name
                return

    def bibliography(self, name: str) -> None:
        """Take a `.bib` file that lies beside the document."""
        file = self.document.folder / name.strip()
        file = file if file.suffix == ".bib" else Path(f"{file}.bib")
        if file.is_file():
            self.result.files[f"bib/{file.name}"] = file
            if "publications" not in self.result.order:
                self.result.order.append("publications")

    def profile(self, network: str, user: str, url: str = "") -> None:
        """Add a profile."""
        from cvtex.import_.rendercv import NETWORKS

        known = {name.lower().replace(" ", ""): name for name in NETWORKS}
        shown = known.get(network.lower().replace("twitter", "x"), network.capitalize())
        bare = user if shown == "StackOverflow" else user.rpartition("/")[2]
        link = url or (NETWORKS[shown] + bare.lstrip("@") if shown in NETWORKS else "")
        if shown == "YouTube" and "/" in user:
            link = f"https://youtube.com/{user}"
        elif shown == "Mastodon" and "/" in user:
            link = f"https://{user.partition('/')[0]}/{bare}"
        record = put({}, network=shown, username=bare, url=link)
        self.result.basics.setdefault("profiles", []).append(record)


def _bullet(item: Any) -> str:
    """Return a bullet without an entry as one text; those below it follow."""
    if isinstance(item, str):
        return item
    below = "; ".join(_bullet(one) for one in item["highlights"])
    return f"{item['text']}: {below}" if item["text"] else below


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
    year = re.findall(r"\b(?:19|20)\d\d\b", written)
    other = {"text": written, "sort": year[-1]} if year else {"text": written}
    return (iso(written) or other) if written else None


def _common(entry: Entry, record: Record, key: str = "summary") -> Record:
    record = dated(put(record, url=entry.url, location=entry.place), entry.dates)
    return put(record, **{key: joined(entry.text.paragraphs)}, highlights=entry.text.items)


def _work(entry: Any) -> Record:
    record = put({}, name=entry.organization, position=entry.title)
    record = _common(entry, record)
    if entry.extra:
        record["team"] = entry.extra
    if entry.roles:
        record["positions"] = [_role(entry), *map(_role, entry.roles)]
        for key in ("position", "team", "startDate", "endDate", "summary", "highlights"):
            record.pop(key, None)
    return record


def _role(entry: Entry) -> Record:
    record = _common(entry, put({}, position=entry.title))
    record.pop("url", None)
    record.pop("location", None)
    return record


def _volunteer(entry: Any) -> Record:
    record = _common(entry, put({}, organization=entry.organization, position=entry.title))
    return put(record, summary=record.get("summary", entry.extra))


def _education(entry: Any) -> Record:
    score = entry.extra
    title = entry.title
    if not score and (match := re.search(r"[;,(] *(?:GPA|Grade|CGPA):? *([\d./ ()]+)\)?$", title)):
        title, score = title[: match.start()], match[1]
    record = put({}, institution=entry.organization, studyType=title, score=score)
    return _common(entry, record)


def _project(one: Any) -> Any:
    if isinstance(one, str):
        return one
    if isinstance(one, Line):
        said = ", ".join(filter(None, [one.body, one.remark]))
        return put({}, name=one.label, description=said)
    record = put({}, name=one.title or one.organization)
    if one.title:
        put(record, entity=one.organization)
    record = _common(one, record, "description")
    if one.extra:
        record.setdefault("roles", []).append(one.extra)
    put(record, keywords=one.keywords)
    for role in one.roles:
        record.setdefault("highlights", []).append(
            ", ".join(filter(None, [role.title, role.dates]))
        )
        record["highlights"] += role.text.paragraphs + role.text.items
    return record


def _award(entry: Any) -> Record:
    record = _project(entry)
    return _renamed(record, {"name": "title", "entity": "awarder", "endDate": "date"})


def _certificate(entry: Any) -> Record:
    return _renamed(_project(entry), {"entity": "issuer", "endDate": "date"})


def _renamed(record: Record, names: Mapping[str, str]) -> Record:
    found = {names.get(key, key): value for key, value in record.items()}
    said = [found.pop("description", ""), *(f"- {_bullet(i)}" for i in found.pop("highlights", []))]
    if begin := found.pop("startDate", None):
        found["date"] = {"text": f"{begin} – {found['date']}", "sort": found["date"]}
    return put(found, summary="\n".join(part for part in said if part))


def _skill(line: Any) -> Record:
    if isinstance(line, str):
        label, _, body = line.partition(": ")
        return put({}, name=label if body else "", keywords=keywords(body or label))
    return put({}, name=line.label, keywords=keywords(line.body), level=line.remark)


def _language(line: Any) -> Record:
    return put({}, language=line.label, fluency=", ".join(filter(None, [line.body, line.remark])))


def _reference(line: Any) -> Record:
    if isinstance(line, str):
        return {"name": line}
    return put({}, name=line.label, reference=line.body)


_KINDS: Mapping[str, set[type]] = {
    "work": {Entry}, "volunteer": {Entry}, "education": {Entry}, "projects": {Entry, str, Line},
    "awards": {Entry}, "certificates": {Entry}, "skills": {Line, str}, "languages": {Line},
    "interests": {Line}, "references": {Line, str},
}  # fmt: skip
_MAKERS: Mapping[str, Any] = {
    "work": _work, "volunteer": _volunteer, "education": _education, "projects": _project,
    "awards": _award, "certificates": _certificate, "skills": _skill, "languages": _language,
    "interests": _skill, "references": _reference,
}  # fmt: skip
