"""What of a CV a reader must find in the document, and where each piece was typed (pure).

Fields are taken as the records have them, whatever their kind; only what the text itself
looks like is known here: markup taken off, dates in the theme's form, citations by style.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from cvtex import countries, dateforms
from cvtex.citation import Catalogue
from cvtex.contacts import account, shown
from cvtex.diagnostics import Source
from cvtex.latex import markup
from cvtex.latex.letter import said
from cvtex.latex.render import Content, filled
from cvtex.latex.text import upper
from cvtex.latex.theme import Theme
from cvtex.model import NOWHERE, Basics, Date, Letter, Location, Prose, Record, Resume, Text, Url
from cvtex.records import dataclass

NAMES = ("name", "organization", "institution", "title", "entity")
"""Fields of records that links are set on; without them the address itself is shown."""
UNSEEN = frozenset({"tags", "id", "priority", "key", "image", "aliases", "profiles", "source"})
"""Fields of records that are not printed as they are."""


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of text that was typed, and the ways in which it may read in the document.

    Each way is a row of parts, all of which are there.
    """

    text: str
    source: Source
    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one record, of the head, or a section's title."""

    source: Source
    values: tuple[Value, ...]


def groups(
    resume: Resume, contents: Sequence[Content], theme: Theme, letter: Letter | None = None
) -> Iterator[Group]:
    """Yield what is printed, in the order in which the theme writes it."""
    if letter:
        head = dataclasses.replace(resume.basics, summary=None)
        yield Group(resume.basics.source, tuple(_head(head, theme)))
        words = said(letter, resume.basics, theme.setting.words)
        yield Group(letter.source, tuple(_values(tuple(words), theme)))
    if letter and not contents:
        return
    yield Group(resume.basics.source, tuple(_head(resume.basics, theme)))
    lists = {content.section.name: content.listed for content in contents}
    for section in theme.arrange([content.section for content in contents]):
        title = section.title
        if not title.tex:
            ways = ((str(title),), (str(upper(title, theme.setting.words.code)),))
            yield Group(title.source, (Value(str(title), title.source, ways),))
        if section.summary:
            yield Group(section.summary.source, tuple(_values(section.summary, theme)))
        if listed := lists[section.name]:
            yield from _listed(listed)
        else:
            for record in section.records:
                yield Group(record.source, tuple(_record(record, theme)))
    if resume.meta.footer:
        yield Group(resume.meta.footer.source, tuple(_values(filled(resume.meta, theme), theme)))


def _record(record: Record, theme: Theme) -> Iterator[Value]:
    """Yield what is printed of a record: its address, too, where the theme shows it."""
    yield from _values(record, theme)
    if isinstance(url := getattr(record, "url", None), Url):
        names = (getattr(record, name, None) for name in NAMES)
        if theme.options.addresses or theme.is_bullet(record) or not any(names):
            yield Value(url.shown, url.source, ((url.shown,),))


def _head(basics: Basics, theme: Theme) -> Iterator[Value]:
    name = basics.name
    if not name.tex:
        capitals = str(upper(name, theme.setting.words.code))
        yield Value(str(name), name.source, ((str(name),), (capitals,)))
    yield from _values(dataclasses.replace(basics, name=Text(""), url=None), theme)
    if basics.url:
        yield Value(basics.url.shown, basics.url.source, ((basics.url.shown,),))
    for profile in basics.profiles:
        typed, address = profile.username or profile.url, account(profile)
        if typed is None or typed.tex:
            continue
        ways = [shown(profile), address.shown if address else "", str(typed)]
        ways += [str(typed).strip().removeprefix("@"), str(typed).rstrip("/").rpartition("/")[2]]
        yield Value(str(typed), typed.source, tuple((way,) for way in ways if way))


def _values(value: Any, theme: Theme, where: Source | None = None) -> Iterator[Value]:
    """Yield the texts and dates of a record, or of what is in one, in reading order."""
    if isinstance(value, Text):
        if value and not (isinstance(value, Url) or value.tex):
            yield Value(str(value), value.source, tuple(_ways(value)))
    elif isinstance(value, tuple):
        for part in value:
            yield from _values(part, theme, where)
    elif isinstance(value, Location):
        yield from _values(countries.line(value, theme.setting.words.code), theme, where)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Date):
        where = getattr(value, "source", None) or where
        for field in dataclasses.fields(value):
            if field.name not in UNSEEN and not field.name.endswith("date"):
                yield from _values(getattr(value, field.name), theme, where)
        if where is not None:
            yield from _dates(value, theme, where)


def _ways(value: Text) -> Iterator[tuple[str, ...]]:
    if isinstance(value, Prose) and "\n" in value:
        yield tuple(part for block in markup.blocks(value) for part in _parts(block))
    yield (markup.plain(value),)


def _parts(block: Any) -> Iterator[str]:
    if isinstance(block, markup.Listing):
        for item in block.items:
            yield markup.read(item.pieces)
            for inner in item.listings:
                yield from _parts(inner)
    else:
        yield markup.read(block)


def _dates(record: Any, theme: Theme, where: Source) -> Iterator[Value]:
    pairs = [(getattr(record, "start_date", None), getattr(record, "end_date", None))]
    pairs += [(None, getattr(record, name, None)) for name in ("date", "release_date")]
    for start, end in pairs:
        ends = dateforms.ends(start, end)
        if not ends:
            continue
        texts = [theme.date(end) for end in ends]
        separator = theme.options.date_separator
        whole = texts[0] if len(texts) == 1 else dateforms.span(texts[0], texts[1], separator)
        years = tuple(str(end.year) for end in ends if end.year and not end.is_present)
        yield Value(whole, where, ((whole,), tuple(texts), years))


def _listed(listed: Catalogue) -> Iterator[Group]:
    for heading in listed.groups:
        title = heading.title
        if isinstance(title, Text) and title.source is not NOWHERE:
            yield Group(title.source, (Value(str(title), title.source, ((str(title),),)),))
        for item in heading.items:
            publication = item.publication
            where = publication.source
            whole = "".join(span.text.text for span in item.spans)
            # A formula reads as its signs are set, not as its text form has them.
            plain = tuple(s.text.text for s in item.spans if "$" not in (s.text.tex or ""))
            cited = [Value(whole, where, ((whole,), plain))]
            if publication.summary and not publication.summary.tex:
                summary = publication.summary
                cited.append(Value(str(summary), summary.source, tuple(_ways(summary))))
            yield Group(where, tuple(cited))
