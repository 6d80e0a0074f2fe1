"""The sections of a CV as RenderCV has them: entries of nine kinds, one kind a section."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cvtex import model
from cvtex.export.rendercv.writer import Fields, Writer
from cvtex.latex import markup
from cvtex.latex.render import Content
from cvtex.model import Prose, Text


def section(writer: Writer, content: Content) -> list[Any]:
    """Return a section's entries; what has no place among them is told."""
    section = content.section
    if section.summary and not section.records:
        return spoken(writer, section.summary)
    if section.summary:
        writer.tell(f"the text under the title {section.title} is left out", section.summary)
    records: Sequence[Any] = section.records
    if section.kind == "publications":
        return [
            publication(writer, record)
            for record in records
            if isinstance(record, model.Publication)
        ]
    if section.kind in ("skills", "languages", "interests"):
        return lines(writer, records, _LINES[section.kind])
    if section.kind == "projects" and not any(map(_is_dated, records)):
        return [project(writer, record)["name"] for record in records]
    return [entry for record in records for entry in MAKERS[section.kind](writer, record)]


def spoken(writer: Writer, text: Prose) -> list[Any]:
    """Return a text as entries: a list as bullets or numbers, else its paragraphs."""
    blocks = [] if text.tex else list(markup.blocks(text))
    if len(blocks) == 1 and isinstance(blocks[0], markup.Listing):
        key = "bullet" if blocks[0].number is None else "number"
        rows = re.split(r"^(?:[-*+]|\d+[.)])\s+", str(text).strip(), flags=re.MULTILINE)[1:]
        return [{key: " ".join(row.split())} for row in rows]
    return list(writer.texts(text))


def lines(
    writer: Writer, records: Sequence[Any], line: Callable[[Writer, Any], tuple[str, str]]
) -> list[Any]:
    """Return lines of a label and details; where one lacks a side, all are texts."""
    pairs = [line(writer, record) for record in records]
    if all(label and details for label, details in pairs):
        return [{"label": label, "details": details} for label, details in pairs]
    for record in records:
        writer.tell("lines are texts, as one of them has no details", record.source)
    marked = ((f"**{label}**" if label else "", details) for label, details in pairs)
    return [": ".join(filter(None, pair)) for pair in marked]


def work(writer: Writer, work: model.Work) -> Iterator[Fields]:
    """Yield an entry for each position at an employer."""
    about = writer.prose(work.description) if work.description else ""
    if about:
        writer.tell("description stands in the summary", work.description)
    if len(work.positions) > 1:
        writer.tell("each position is an entry of its own", work.source)
    for post in work.positions or (work,):
        posts = filter(None, (writer.literal(post.position), writer.literal(post.team)))
        if post.team:
            writer.tell("team stands behind the position", post.team)
        entry = {
            "company": writer.literal(work.name, work.url),
            "position": ", ".join(posts),
            **writer.common(post, writer.labelled("keywords", post.keywords), about),
        }
        if work.location and "location" not in entry:
            entry["location"] = writer.place(work.location)
        about = ""
        yield entry


def volunteer(writer: Writer, post: model.Volunteer) -> Iterator[Fields]:
    """Yield a volunteer's work as an `ExperienceEntry`."""
    yield {
        "company": writer.literal(post.organization, post.url),
        "position": writer.literal(post.position),
        **writer.common(post),
    }


def education(writer: Writer, school: model.Education) -> Iterator[Fields]:
    """Yield an `EducationEntry`."""
    degree = (
        {"degree": writer.literal(school.study_type)} if school.study_type and school.area else {}
    )
    if school.study_type and not school.area:
        writer.tell("a degree without a subject is the area", school.study_type)
    more = writer.labelled("score", [school.score] if school.score else [])
    more += writer.labelled("courses", school.courses)
    yield {
        "institution": writer.literal(school.institution, school.url),
        "area": writer.literal(school.area or school.study_type),
        **degree,
        **writer.common(school, more),
    }


def project(writer: Writer, project: model.Project) -> Fields:
    """Return a project as a `NormalEntry`."""
    about = writer.joined("what is said of the project", project.type, *project.roles)
    entity = writer.joined("entity", project.entity) if project.name else ""
    said = [part for part in (entity, about) if part]
    if _is_dated(project):
        text = [writer.prose(project.description)] if project.description else []
        bullets = writer.labelled("keywords", project.keywords)
        before = "\n\n".join(filter(None, [", ".join(said), *text]))
        name = writer.literal(project.name or project.entity, project.url)
        return {"name": name, **writer.common(project, bullets, before)}
    if project.location or project.url:
        writer.tell("place and address stand behind the text", project.source)
    said += [writer.place(project.location)] if project.location else []
    said += writer.labelled("keywords", project.keywords)
    said += [f"[{project.url.shown}]({project.url})"] if project.url else []
    text = [writer.prose(project.description)] if project.description else []
    return {"name": " ".join([*text, *([f"({'; '.join(said)})"] if said else [])])}


def normal(writer: Writer, record: Any, name: Text | None, about: str) -> Iterator[Fields]:
    """Yield a record as a `NormalEntry`, under a name."""
    yield {
        "name": writer.literal(name, getattr(record, "url", None)),
        **writer.common(record, (), about),
    }


def reference(writer: Writer, person: model.Reference) -> Iterator[Fields]:
    """Yield a person who may be asked, with what they say."""
    said = [writer.joined("what is said of a reference", person.position, person.company,
                        person.relationship, person.email, person.phone)]  # fmt: skip
    said += [writer.prose(person.reference)] if person.reference else []
    summary = "\n\n".join(filter(None, said))
    yield {"name": writer.literal(person.name), **({"summary": summary} if summary else {})}


def publication(writer: Writer, work: model.Publication) -> Fields:
    """Return a `PublicationEntry`."""
    links = {link.label: link.url for link in work.links if link.url}
    doi = next((u for u in links.values() if u and u.startswith("https://doi.org/10.")), "")
    url = next((u for u in links.values() if u and u.startswith("http")), "")
    homes = ("journaltitle", "journal", "booktitle", "publisher", "institution", "school")
    home = next((work.fields[name].text for name in homes if name in work.fields), "")
    authors = [_name(name) for name in work.authors or work.editors]
    found: Fields = {"title": writer.literal(work.title.text)}
    found["authors"] = [*authors, *(["et al."] if work.more_authors else [])]
    found |= {"journal": writer.literal(home)} if home else {}
    if doi:
        found["doi"] = doi.removeprefix("https://doi.org/")
    elif url:
        found["url"] = url
    if work.date:
        found |= writer.dates(None, work.date)
    if work.summary:
        found["summary"] = writer.prose(work.summary)
    if set(work.fields) - {*homes, "doi", "url", "eprint", "eprinttype"}:
        writer.tell("volume, pages and such of a publication are left out", work.source)
    return found


def _is_dated(record: Any) -> bool:
    """Tell whether a project is more than a description."""
    dated = record.start_date or record.end_date
    return bool(record.name or record.entity or dated or record.highlights)


def _name(name: model.Name) -> str:
    if name.literal:
        return name.family.text
    parts = (name.given.text, name.prefix.text, name.family.text, name.suffix.text)
    return " ".join(filter(None, parts))


def _skill(writer: Writer, skill: model.Skill) -> tuple[str, str]:
    name, level = writer.literal(skill.name), writer.literal(skill.level)
    if level:
        writer.tell("level stands behind the name", skill.level)
    label = f"{name} ({level})" if name and level else name or level
    return label, ", ".join(map(writer.literal, skill.keywords))


_LINES: Mapping[str, Callable[[Writer, Any], tuple[str, str]]] = {
    "skills": _skill,
    "languages": lambda writer, record: (
        writer.literal(record.language),
        writer.literal(record.fluency),
    ),
    "interests": lambda writer, record: (
        writer.literal(record.name),
        ", ".join(map(writer.literal, record.keywords)),
    ),
}
MAKERS: Mapping[str, Callable[[Writer, Any], Iterator[Fields]]] = {
    "work": work,
    "volunteer": volunteer,
    "education": education,
    "projects": lambda writer, record: iter([project(writer, record)]),
    "awards": lambda writer, record: normal(
        writer, record, record.title, writer.joined("awarder", record.awarder)
    ),
    "certificates": lambda writer, record: normal(
        writer, record, record.name, writer.joined("issuer", record.issuer)
    ),
    "memberships": lambda writer, record: normal(
        writer, record, record.organization, writer.joined("role", record.role)
    ),
    "patents": lambda writer, record: normal(
        writer,
        record,
        record.name,
        writer.joined(
            "what is said of a patent",
            record.office,
            record.number,
            record.status,
            *record.inventors,
        ),
    ),
    "grants": lambda writer, record: normal(
        writer,
        record,
        record.name,
        writer.joined(
            "what is said of a grant", record.funder, record.role, record.amount, record.number
        ),
    ),
    "references": reference,
}
