"""From the prepared CV to a `Document`: the records, words, order and dates that a theme gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cvtex import model
from cvtex.citation import Catalogue, Span
from cvtex.contacts import account, kind_of, mail_link, shown, telephone
from cvtex.export.document import (
    Cited,
    Contact,
    Document,
    Group,
    Inline,
    Item,
    Photo,
    Remark,
    Run,
    Section,
)
from cvtex.export.items import MAKERS
from cvtex.export.reading import Walk
from cvtex.latex.render import Content, filled
from cvtex.latex.text import apostrophes
from cvtex.latex.theme import Theme
from cvtex.model import Resume


def document(
    resume: Resume, contents: Sequence[Content], theme: Theme, photo: bytes | None = None
) -> Document:
    """Return the CV as plain parts; of the theme only the form of dates and the paper count."""
    walk = Walk(theme.setting.words, theme)
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


def _contacts(basics: model.Basics, walk: Walk) -> tuple[Contact, ...]:
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


def _section(content: Content, walk: Walk) -> Section:
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


def _listed(listed: Catalogue, walk: Walk) -> Iterable[Item]:
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
