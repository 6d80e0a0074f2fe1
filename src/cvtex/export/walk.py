"""From the prepared CV to a `Document`: the same records, words, order and dates as a theme gets.

There is one function for each kind of record; each takes what the method of `latex.Theme` of
that kind takes, and says the same. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypedDict

from cvtex import dateforms, model
from cvtex.citation import Catalogue, Span
from cvtex.contacts import account, kind_of, mail_link, shown, telephone
from cvtex.export.document import (
    BREAK,
    Block,
    Bullet,
    Cited,
    Contact,
    Document,
    Entry,
    Group,
    Inline,
    Item,
    Labelled,
    Line,
    Listing,
    Photo,
    Point,
    Remark,
    Run,
    Section,
)
from cvtex.latex import markup
from cvtex.latex.render import Content, filled
from cvtex.latex.text import apostrophes
from cvtex.latex.theme import Theme
from cvtex.model import Date, Place, Prose, Resume, Text, Words
from cvtex.records import dataclass


def document(
    resume: Resume, contents: Sequence[Content], theme: Theme, photo: bytes | None = None
) -> Document:
    """Return the CV as plain parts; of the theme only the form of dates and the paper count."""
    walk = _Walk(theme.setting.words, theme)
    basics, words = resume.basics, theme.setting.words
    name = walk.text(basics.name)
    footer = filled(resume.meta, theme) if resume.meta.footer else None
    picture = None
    if photo and photo.startswith((b"\x89PNG", b"\xff\xd8")):
        picture = Photo(photo, f"{words.words['photo']}: {name}")
    return Document(
        name=name,
        label=walk.text(basics.label),
        place=walk.place(basics.location),
        contacts=_contacts(basics, walk),
        summary=walk.blocks(basics.summary),
        sections=tuple(_section(content, walk) for content in contents),
        footer=walk.blocks(footer),
        title=f"{name}: {words.words['cv']}",
        paper=theme.options.paper,
        words=words,
        photo=picture,
    )


def _contacts(basics: model.Basics, walk: _Walk) -> tuple[Contact, ...]:
    """Return the ways to reach the person, in reading order: phone, mail, profiles, web."""
    found = []
    if basics.phone:
        found.append(Contact("phone", walk.text(basics.phone), telephone(basics.phone) or ""))
    if basics.email:
        found.append(Contact("email", walk.text(basics.email), mail_link(basics.email) or ""))
    for profile in basics.profiles:
        kind, url = kind_of(profile.network), account(profile)
        found.append(Contact(kind, apostrophes(shown(profile)), url or ""))
    if basics.url:
        found.append(Contact("web", basics.url.shown, basics.url))
    return tuple(found)


def _section(content: Content, walk: _Walk) -> Section:
    section = content.section
    if content.listed:
        items = tuple(_listed(content.listed, walk))
    else:
        make = MAKERS[section.kind]
        items = tuple(make(walk, record) for record in section.records)
    return Section(
        name=section.name,
        title=walk.text(section.title),
        kind=section.kind,
        summary=walk.blocks(section.summary),
        items=items,
    )


def _listed(listed: Catalogue, walk: _Walk) -> Iterable[Item]:
    """Yield a list of publications: what is said of all of them, groups and their entries."""
    for spans in (listed.metrics, listed.legend):
        if spans:
            yield Remark(_cited(spans))
    for group in listed.groups:
        if group.title:
            yield Group(group.title)
        for item in group.items:
            yield Cited(item.label, _cited(item.spans), walk.blocks(item.publication.summary))


def _cited(spans: Sequence[Span]) -> Inline:
    return tuple(
        Run(
            apostrophes(span.text.text) if span.text.tex is None else span.text.text,
            strong=span.bold,
            emphasis=span.italic,
            underline=span.underline,
            url=span.url or "",
        )
        for span in spans
        if span.text.text
    )


def _inline(
    pieces: Sequence[markup.Piece], strong: bool = False, emphasis: bool = False, url: str = ""
) -> Iterable[Run]:
    """Yield pieces of prose as runs: what wraps them is said of each."""
    for piece in pieces:
        if piece.kind == "break":
            yield BREAK
        elif piece.kind == "text":
            yield Run(apostrophes(piece.text), strong, emphasis, url=url)
        elif piece.kind == "code":
            yield Run(piece.text, strong, emphasis, code=True, url=url)
        else:
            yield from _inline(
                piece.pieces,
                strong or piece.kind == "strong",
                emphasis or piece.kind == "emphasis",
                piece.url or url,
            )


def _listing(listing: markup.Listing) -> Listing:
    bullets = (
        Bullet(tuple(_inline(item.pieces)), tuple(map(_listing, item.listings)))
        for item in listing.items
    )
    return Listing(tuple(bullets), listing.number)


class _Dates(TypedDict):
    dates: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class _Walk:
    """What records are read with: the words of the language, and how a theme has dates."""

    words: Words
    theme: Theme

    def text(self, value: str | None) -> str:
        """Return a literal value; of LaTeX what it reads like."""
        if not value:
            return ""
        if isinstance(value, Text) and value.tex:
            from cvtex.source.bibtex.tex import rich

            return rich(str(value))[0].text
        return apostrophes(" ".join(value.split()))

    def inline(self, value: str | None, url: str | None = None) -> Inline:
        """Return a literal value as a text that leads somewhere, "" as none."""
        said = self.text(value)
        return (Run(said, url=url or ""),) if said else ()

    def linked(self, value: Text | None, url: model.Url | None) -> Inline:
        """Return a value that leads to an address; without a value the address."""
        return self.inline(value or (url.shown if url else None), url)

    def joined(self, *values: str | None, by: str = ", ") -> Inline:
        said = by.join(filter(None, map(self.text, values)))
        return (Run(said),) if said else ()

    def prose(self, value: Prose) -> Inline:
        """Return prose in one row."""
        if value.tex:
            return self.inline(value)
        return tuple(_inline(markup.parse(value)))

    def blocks(self, *values: Prose | None) -> tuple[Block, ...]:
        """Return prose as paragraphs, and the lists among them."""
        found: list[Block] = []
        for value in values:
            if value and value.tex:
                found.append(self.inline(value))
            elif value:
                for block in markup.blocks(value):
                    is_list = isinstance(block, markup.Listing)
                    found.append(_listing(block) if is_list else tuple(_inline(block)))  # type: ignore[arg-type]
        return tuple(found)

    def bullets(self, highlights: Sequence[model.Highlight]) -> tuple[Bullet, ...]:
        return tuple(
            Bullet(
                self.prose(one.text),
                (Listing(self.bullets(one.highlights)),) if one.highlights else (),
            )
            for one in highlights
        )

    def place(self, place: Place | None) -> str:
        if isinstance(place, model.Location):
            return ", ".join(map(self.text, place.line))
        return self.text(place)

    def labelled(self, key: Any, values: Sequence[str | None]) -> tuple[Labelled, ...]:
        said = tuple(filter(None, map(self.text, values)))
        return (Labelled(key, self.words.words[key], said),) if said else ()

    def dates(self, start: Date | None, end: Date | None) -> _Dates:
        """Return the dates of an entry: as they read, and each end for machines."""
        said = [self.theme.date(one) for one in dateforms.ends(start, end)]
        separator = self.theme.options.date_separator
        whole = dateforms.span(said[0], said[-1], separator) if said else ""
        return {"dates": whole, "start": iso(start), "end": iso(end)}

    def span(self, positions: Sequence[model.Position]) -> _Dates:
        """Return the dates from the first day of several positions to the last, as themes do."""
        spans = [dateforms.bounds(p.start_date, p.end_date) for p in positions if p.start_date]
        if len(spans) < 2 or len(spans) < len(positions) or None in spans:
            return self.dates(None, None)
        starts, ends = zip(*filter(None, spans), strict=True)
        return self.dates(min(starts), max(ends))


def iso(date: Date | None) -> str:
    """Return a date as ISO 8601 has it, cut after year or month; "" for what it cannot say."""
    if date is None or date.is_present or not date.year:
        return ""
    return "-".join([f"{date.year:04}", *(f"{n:02}" for n in (date.month, date.day) if n)])


def _work(walk: _Walk, work: model.Work) -> Item:
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
        roles=tuple(_position(walk, one) for one in work.positions),
        url=work.url or "",
        **own,
    )


def _position(walk: _Walk, position: model.Position) -> Entry:
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


def _volunteer(walk: _Walk, post: model.Volunteer) -> Item:
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


def _education(walk: _Walk, education: model.Education) -> Item:
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


def _patent(walk: _Walk, patent: model.Patent) -> Item:
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


def _grant(walk: _Walk, grant: model.Grant) -> Item:
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


def _award(walk: _Walk, award: model.Award) -> Item:
    return _short(walk, "awards", award, award.title, award.awarder, None, award.date)


def _certificate(walk: _Walk, certificate: model.Certificate) -> Item:
    name, issuer = certificate.name, certificate.issuer
    return _short(walk, "certificates", certificate, name, issuer, None, certificate.date)


def _membership(walk: _Walk, member: model.Membership) -> Item:
    name, span = member.organization, (member.start_date, member.end_date)
    return _short(walk, "memberships", member, name, member.role, *span)


def _short(
    walk: _Walk,
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


def _skill(walk: _Walk, skill: model.Skill) -> Item:
    name, level = walk.text(skill.name), walk.text(skill.level)
    label = f"{name} ({level})" if name and level else name or level
    return Line(walk.inline(label), walk.joined(*skill.keywords))


def _language(walk: _Walk, language: model.Language) -> Item:
    return Line(walk.inline(language.language), walk.inline(language.fluency))


def _interest(walk: _Walk, interest: model.Interest) -> Item:
    return Line(walk.inline(interest.name), walk.joined(*interest.keywords))


def _reference(walk: _Walk, reference: model.Reference) -> Item:
    mail, phone = reference.email, reference.phone
    ways = [
        walk.inline(mail, mail and mail_link(mail)),
        walk.inline(phone, phone and telephone(phone)),
    ]
    reach = tuple(run for way in ways if way for run in (Run(", "), *way))[1:]
    about = walk.joined(reference.position, reference.company)
    if not (about or reach or reference.relationship):
        said = reference.reference
        return Line(walk.inline(reference.name), walk.prose(said) if said else ())
    return Entry(
        kind="references",
        title=walk.inline(reference.name),
        subtitle=about,
        detail=walk.inline(reference.relationship),
        body=(*((reach,) if reach else ()), *walk.blocks(reference.reference)),
    )


def _project(walk: _Walk, project: model.Project) -> Item:
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
            inner = [run for one in said for run in (Run("; "), *one)][1:]
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


MAKERS: Mapping[str, Callable[[_Walk, Any], Item]] = {
    "work": _work, "volunteer": _volunteer, "education": _education, "projects": _project,
    "patents": _patent, "grants": _grant, "awards": _award, "certificates": _certificate,
    "memberships": _membership, "skills": _skill, "languages": _language,
    "interests": _interest, "references": _reference,
}  # fmt: skip
"""What makes an item of a record, by its kind; publications are cited instead."""
