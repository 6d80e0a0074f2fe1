"""What a CV's PDF must hold, worked out from its data: for `cvtex themes check` and the tests."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from cvtex import model
from cvtex.citation import cite
from cvtex.latex import Theme, markup, text
from cvtex.latex.render import publications, sections
from cvtex.model import Prose, Resume, Text, Url

SIGNS = set(",;:.()•–/+“”")
"""Signs that stand between values; a word is never made of them."""


def values(record: Any) -> Iterator[str]:
    """Yield what a reader must find of a record, as it reads, in the record's order."""
    for value in model.texts(record):
        if isinstance(value, Url):
            continue  # a link; where it is shown is the theme's choice
        if isinstance(value, Prose):
            yield from (text.plain(Prose(part)) for part in markup.split(value))
        else:
            yield str(value)


def shown(resume: Resume, theme: Theme) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each section's title (first the name) and its records' values."""
    basics = resume.basics
    about = [str(v) for v in (basics.label, basics.email, basics.phone) if v]
    about += [part for p in basics.profiles for part in values((p.username,)) if part]
    about += [part for part in values((basics.location, basics.summary)) if part]
    yield str(basics.name), [about]
    for section in theme.arrange(sections(resume, theme.setting.words)):
        records = []
        for record in section.records:
            if isinstance(record, model.Publication):
                spans = cite(record, resume.meta.publications, basics, theme.setting.words)
                line = "".join(span.text.text for span in spans)
                records.append([line, *values(record.summary)])
            else:
                records.append([value for value in values(_printed(record)) if value])
        yield str(section.title), records


def _printed(record: Any) -> Any:
    """Return a record without what is never set: the tags of its highlights."""
    if not hasattr(record, "highlights"):
        return record
    changed: dict[str, Any] = {"highlights": tuple(map(_untagged, record.highlights))}
    if isinstance(record, model.Work):
        changed["positions"] = tuple(map(_printed, record.positions))
    return dataclasses.replace(record, **changed)


def _untagged(highlight: model.Highlight) -> model.Highlight:
    below = tuple(map(_untagged, highlight.highlights))
    return model.Highlight(text=highlight.text, highlights=below)


def listed(resume: Resume, words: model.Words) -> Iterator[str]:
    """Yield what stands around publications: groups' titles, numbers, counts, what signs mean."""
    for section in sections(resume, words):
        if section.kind == "publications":
            found = publications(resume, section, words)
            yield from (span.text.text for span in (*found.metrics, *found.legend))
            for group in found.groups:
                yield group.title
                yield from (item.label for item in group.items)


def dates(resume: Resume, theme: Theme) -> Iterator[str]:
    """Yield every date of the records, in the language's form."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, model.Date):
            yield theme.date(value)
        elif isinstance(value, tuple):
            for part in value:
                yield from walk(part)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from walk(getattr(value, name))

    for section in sections(resume, theme.setting.words):
        for record in section.records:
            yield from walk(record)
            # An entry without an end runs until now.
            yield theme.date(model.Date.PRESENT)


def ranges(resume: Resume, theme: Theme) -> Iterator[tuple[model.Date | None, model.Date | None]]:
    """Yield start and end of every dated record and position; publications have their style's."""
    for section in sections(resume, theme.setting.words):
        if section.kind == "publications":
            continue
        for record in section.records:
            for one in (record, *getattr(record, "positions", ())):
                start = getattr(one, "start_date", None)
                end = getattr(one, "end_date", None) or getattr(one, "date", None)
                if start or end:
                    yield start, end


def links(resume: Resume, theme: Theme) -> set[str]:
    """Return every address that the PDF must link to."""
    found = set()
    resume = _visible(resume)
    basics = resume.basics
    if basics.phone:
        found.add("tel:" + "".join(c for c in basics.phone if c in "+0123456789"))
    if basics.email:
        found.add(text.address(f"mailto:{basics.email}"))
    for value in (*_texts(resume), *model.texts(theme.options)):
        if isinstance(value, Url):
            found.add(text.address(value))
        elif isinstance(value, Prose):
            pieces = list(markup.parse(value))
            while pieces:
                piece = pieces.pop()
                pieces += piece.pieces
                if piece.kind == "link":
                    found.add(text.address(piece.url))
    custom = (entry for section in resume.custom for entry in section.entries)
    for publication in (*resume.publications, *custom):
        if isinstance(publication, model.Publication):
            found |= {text.address(link.url) for link in publication.links if link.url}
    return found


def _visible(resume: Resume) -> Resume:
    """Return a CV without the sections that it hides."""
    hidden = set(resume.meta.hide)
    empty: dict[str, Any] = {name: () for name in hidden if hasattr(resume, name)}
    custom = tuple(section for section in resume.custom if section.name not in hidden)
    return dataclasses.replace(resume, **empty, custom=custom)


def _texts(resume: Resume) -> Iterator[Text]:
    yield from model.texts(dataclasses.replace(resume, meta=model.Meta()))


def squeeze(value: str) -> str:
    """Return a text without what a page may change: spaces, capitals, an apostrophe's form."""
    value = unicodedata.normalize("NFC", value).replace("’", "'")
    return re.sub(r"\s+", "", value).casefold()


def unexplained(layer: str, resume: Resume, theme: Theme) -> list[str]:
    """Return the words of a text layer that data, titles, dates and furniture do not explain."""
    known: list[str] = []
    for title, records in shown(resume, theme):
        known.append(title)
        known += [value for record in records for value in record]
    known += dates(resume, theme)
    words = theme.setting.words
    known += listed(resume, words)
    known += words.words.values()
    known += words.degree
    known += theme.furniture()
    known += values(theme.options)
    known += [v.shown for v in _texts(resume) if isinstance(v, Url)]
    known += [str(p.network) for p in resume.basics.profiles if p.network]
    explained = {_bare(word) for value in known for word in value.split()}
    left = []
    tokens = [(_bare(word), word) for word in layer.split()]
    place = 0
    while place < len(tokens):
        for length in range(8, 0, -1):  # the longest: a broken word may begin with another
            joined = _bare("".join(word for _, word in tokens[place : place + length]))
            if joined in explained or not joined:
                place += length
                break
        else:
            left.append(tokens[place][1])
            place += 1
    return left


def _bare(word: str) -> str:
    return squeeze(word).strip("".join(SIGNS) + "|")
