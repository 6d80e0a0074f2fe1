"""Publications for JSON Resume: as the standard has them, and as `publications.yaml` may."""

from __future__ import annotations

from typing import Any

from cvtex.export.own_words import as_text
from cvtex.model import (
    Date,
    Name,
    Publication,
)


def day_of(date: Date) -> str | None:
    """Return a date as the standard has it: a year, a month or a day."""
    if date.is_present or not date.year:
        return None
    if date.text is not None:  # what else is known of it only says where it sorts
        return str(date.year) if str(date.year) in date.text else None
    parts = [f"{date.year:04}", *(f"{part:02}" for part in (date.month, date.day) if part)]
    return "-".join(parts)


HOMES = ("journaltitle", "journal", "booktitle", "maintitle", "publisher", "institution", "school")
"""The fields of an entry that say where it appeared, the nearest first."""


def as_typed(record: Any) -> dict[str, Any]:
    """Return a publication as it may stand in `publications.yaml`."""
    publication: Publication = record
    authors = [_name(name) for name in publication.authors]
    found = {
        **as_standard(publication),
        "authors": [*authors, *(["others"] if publication.more_authors else [])],
        "type": publication.type,
    }
    if date := publication.date:
        end = publication.end_date
        found["releaseDate"] = f"{date}/{end}" if end else str(date)
    return {name: value for name, value in found.items() if value}


def _name(name: Name) -> str:
    if name.literal:
        return name.family.text
    family = " ".join(filter(None, (name.prefix.text, name.family.text)))
    return ", ".join(filter(None, (family, name.suffix.text, name.given.text)))


def as_standard(publication: Publication) -> dict[str, Any]:
    """Return a publication as the standard has it: without its authors."""
    fields = publication.fields
    home = next((fields[name].text for name in HOMES if name in fields), None)
    found = {
        "name": publication.title.text,
        "publisher": home,
        "releaseDate": day_of(publication.date) if publication.date else None,
        "url": next((link.url for link in publication.links if link.url), None),
        "summary": publication.summary and as_text(publication.summary),
    }
    return {name: value for name, value in found.items() if value}
