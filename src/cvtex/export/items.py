"""Records as items of a `Document`: one function for each kind.

Each takes what the method of `latex.Theme` of that kind takes, and says the same. A test holds
the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cvtex import model
from cvtex.contacts import mail_link, telephone
from cvtex.export.document import (
    Entry,
    Item,
    Line,
    Point,
    Run,
)
from cvtex.export.reading import Walk
from cvtex.model import Date, Text


def _work(walk: Walk, work: model.Work) -> Item:
    own = walk.dates(work.start_date, work.end_date)
    if work.positions and not own["dates"]:
        own = walk.span(work.positions)
    return Entry(
        kind="work",
        title=walk.linked(work.name, work.url),
        subtitle=walk.inline(work.position),
        detail=walk.inline(work.team),
        place=walk.place(work.location),
        body=walk.blocks(work.description, work.summary),
        bullets=walk.bullets(work.highlights),
        labelled=walk.labelled("keywords", work.keywords),
        roles=tuple(_position(walk, position) for position in work.positions),
        url=work.url or "",
        **own,
    )


def _position(walk: Walk, position: model.Position) -> Entry:
    return Entry(
        kind="work",
        subtitle=walk.inline(position.position),
        detail=walk.inline(position.team),
        place=walk.place(position.location),
        body=walk.blocks(position.summary),
        bullets=walk.bullets(position.highlights),
        labelled=walk.labelled("keywords", position.keywords),
        **walk.dates(position.start_date, position.end_date),
    )


def _volunteer(walk: Walk, post: model.Volunteer) -> Item:
    return Entry(
        kind="volunteer",
        title=walk.linked(post.organization, post.url),
        subtitle=walk.inline(post.position),
        place=walk.place(post.location),
        body=walk.blocks(post.summary),
        bullets=walk.bullets(post.highlights),
        url=post.url or "",
        **walk.dates(post.start_date, post.end_date),
    )


def _education(walk: Walk, education: model.Education) -> Item:
    degree = walk.text(education.study_type or education.area)
    if education.study_type and education.area:
        before, between, after = walk.words.degree
        degree = f"{before}{degree}{between}{walk.text(education.area)}{after}"
    return Entry(
        kind="education",
        title=walk.linked(education.institution, education.url),
        subtitle=(Run(degree),) if degree else (),
        place=walk.place(education.location),
        body=walk.blocks(education.summary),
        bullets=walk.bullets(education.highlights),
        labelled=(
            *walk.labelled("score", [education.score]),
            *walk.labelled("courses", education.courses),
        ),
        url=education.url or "",
        **walk.dates(education.start_date, education.end_date),
    )


def _patent(walk: Walk, patent: model.Patent) -> Item:
    inventors = walk.joined(*patent.inventors)
    return Entry(
        kind="patents",
        title=walk.linked(patent.name, patent.url),
        subtitle=walk.joined(patent.office, patent.number),
        detail=walk.inline(patent.status),
        body=(*((inventors,) if inventors else ()), *walk.blocks(patent.summary)),
        url=patent.url or "",
        **walk.dates(None, patent.date),
    )


def _grant(walk: Walk, grant: model.Grant) -> Item:
    return Entry(
        kind="grants",
        title=walk.linked(grant.name, grant.url),
        subtitle=walk.inline(grant.funder),
        detail=walk.joined(grant.role, grant.amount, grant.number),
        place=walk.place(grant.location),
        body=walk.blocks(grant.summary),
        bullets=walk.bullets(grant.highlights),
        url=grant.url or "",
        **walk.dates(grant.start_date, grant.end_date),
    )


def _award(walk: Walk, award: model.Award) -> Item:
    return _short(walk, "awards", award, award.title, award.awarder, None, award.date)


def _certificate(walk: Walk, certificate: model.Certificate) -> Item:
    name, issuer = certificate.name, certificate.issuer
    return _short(walk, "certificates", certificate, name, issuer, None, certificate.date)


def _membership(walk: Walk, member: model.Membership) -> Item:
    name, span = member.organization, (member.start_date, member.end_date)
    return _short(walk, "memberships", member, name, member.role, *span)


def _short(
    walk: Walk,
    kind: model.Kind,
    record: model.Award | model.Certificate | model.Membership,
    title: Text | None,
    subtitle: Text | None,
    start: Date | None,
    end: Date | None,
) -> Item:
    """Return a record of a short kind, which has an address, a place and a summary beside these."""
    return Entry(
        kind=kind,
        title=walk.linked(title, record.url),
        subtitle=walk.inline(subtitle),
        place=walk.place(record.location),
        body=walk.blocks(record.summary),
        url=record.url or "",
        **walk.dates(start, end),
    )


def _skill(walk: Walk, skill: model.Skill) -> Item:
    name, level = walk.text(skill.name), walk.text(skill.level)
    label = f"{name} ({level})" if name and level else name or level
    return Line(
        walk.inline(label), walk.joined(*skill.keywords, by=walk.words.comma), walk.words.colon
    )


def _language(walk: Walk, language: model.Language) -> Item:
    return Line(walk.inline(language.language), walk.inline(language.fluency), walk.words.colon)


def _interest(walk: Walk, interest: model.Interest) -> Item:
    return Line(
        walk.inline(interest.name),
        walk.joined(*interest.keywords, by=walk.words.comma),
        walk.words.colon,
    )


def _reference(walk: Walk, reference: model.Reference) -> Item:
    mail, phone = reference.email, reference.phone
    ways = [
        walk.inline(mail, mail and mail_link(mail)),
        walk.inline(phone, phone and telephone(phone)),
    ]
    contacts = tuple(run for way in ways if way for run in (Run(", "), *way))[1:]
    about = walk.joined(reference.position, reference.company)
    if not (about or contacts or reference.relationship):
        said = reference.reference
        return Line(walk.inline(reference.name), walk.prose(said) if said else (), walk.words.colon)
    return Entry(
        kind="references",
        title=walk.inline(reference.name),
        subtitle=about,
        detail=walk.inline(reference.relationship),
        body=(*((contacts,) if contacts else ()), *walk.blocks(reference.reference)),
    )


def _project(walk: Walk, project: model.Project) -> Item:
    roles = [*([project.type] if project.type else []), *project.roles]
    if walk.theme.is_bullet(project):
        said = [(Run(walk.text(role)),) for role in roles]
        if place := walk.place(project.location):
            said.append((Run(place),))
        for words in walk.labelled("keywords", project.keywords):
            said.append((Run(f"{words.label}: {', '.join(words.values)}"),))
        if project.url:
            said.append((Run(project.url.shown, url=project.url),))
        text = list(walk.prose(project.description)) if project.description else []
        if said:
            inner = [run for piece in said for run in (Run("; "), *piece)][1:]
            text += [Run(" (" if text else "("), *inner, Run(")")]
        return Point(tuple(text))
    return Entry(
        kind="projects",
        title=walk.linked(project.name or project.entity, project.url),
        subtitle=walk.inline(project.entity) if project.name else (),
        detail=walk.joined(*roles),
        place=walk.place(project.location),
        body=walk.blocks(project.description),
        bullets=walk.bullets(project.highlights),
        labelled=walk.labelled("keywords", project.keywords),
        url=project.url or "",
        **walk.dates(project.start_date, project.end_date),
    )


MAKERS: Mapping[str, Callable[[Walk, Any], Item]] = {
    "work": _work, "volunteer": _volunteer, "education": _education, "projects": _project,
    "patents": _patent, "grants": _grant, "awards": _award, "certificates": _certificate,
    "memberships": _membership, "skills": _skill, "languages": _language,
    "interests": _interest, "references": _reference,
}  # fmt: skip
"""What makes an item of a record, by its kind; publications are cited instead."""
