"""What one variant keeps of the records of a section, and why the others go."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from cvtex.diagnostics import Source
from cvtex.model import (
    Highlight,
    Publication,
    PublicationSettings,
    Text,
    Variant,
)
from cvtex.records import dataclass

T = TypeVar("T")
LISTS = ("positions", "highlights", "keywords", "courses", "roles", "inventors")
"""The lists within a record of which `most` may keep some: `work.highlights`."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that a variant leaves out: what it is, where it was typed, and why it goes."""

    what: str
    source: Source
    reason: str


class Choice:
    """What one variant keeps; `left_out` fills as it is asked."""

    def __init__(self, variant: Variant, names: Sequence[str], hide: tuple[Text, ...]) -> None:
        self.include = frozenset(map(str, variant.include))
        self.exclude = frozenset(map(str, variant.exclude))
        self.hide = frozenset(map(str, hide))
        self.most = variant.most
        self.names = tuple(reversed(names))
        self.left_out: list[LeftOut] = []

    def of_section(
        self, section: str, records: tuple[Any, ...], settings: PublicationSettings
    ) -> tuple[Any, ...]:
        """Return what is kept of a section's records; `settings` say which publications count."""
        if section in self.hide:
            self._leave(records, f"the section {section} is hidden")
            if section != "publications":
                return records  # `meta.hide` leaves it out as a whole
            # lists of the user's own may show them
            return tuple(record for record in records if not self._why_not(record))
        found = []
        for record in self._tagged(records):
            chosen = self._within(section, record)
            if chosen is not None:
                found.append(chosen)
        return self._first(section, tuple(found), settings)

    def _within(self, section: str, record: Any) -> Any:
        """Return a record with what is kept of its lists, None if all its roles are gone."""
        changed: dict[str, Any] = {}
        roles = getattr(record, "positions", ())
        if roles:
            changed["positions"] = tuple(self._within(section, r) for r in self._tagged(roles))
        if highlights := getattr(record, "highlights", ()):
            changed["highlights"] = self._bullets(highlights)
        for name in LISTS:
            values = changed.get(name, getattr(record, name, ()))
            limit = f"{section}.{name}"
            if limit in self.most and values:
                changed[name] = self._first(limit, values)
        if roles and not changed["positions"]:
            self._leave([record], "none of its roles is left")
            return None
        return dataclasses.replace(record, **changed) if changed else record

    def _bullets(self, highlights: tuple[Highlight, ...]) -> tuple[Highlight, ...]:
        found = []
        for bullet in self._tagged(highlights):
            text = next((bullet.variants[n] for n in self.names if n in bullet.variants), None)
            below = self._bullets(bullet.highlights)
            if text is not None or below != bullet.highlights:
                bullet = dataclasses.replace(bullet, text=text or bullet.text, highlights=below)
            found.append(bullet)
        return tuple(found)

    def _tagged(self, things: Iterable[T]) -> list[T]:
        """Return what is kept of things by their tags."""
        found = []
        for thing in things:
            reason = self._why_not(thing)
            if reason:
                self._leave([thing], reason)
            else:
                found.append(thing)
        return found

    def _why_not(self, thing: object) -> str:
        tags = tags_of(thing, self.include | self.exclude)
        if excluded := sorted(tags & self.exclude):
            return f"{', '.join(excluded)} is excluded"
        if tags and self.include and not tags & self.include:
            return f"none of its tags ({', '.join(sorted(tags))}) is included"
        return ""

    def _first(
        self, limit: str, things: tuple[T, ...], settings: PublicationSettings | None = None
    ) -> tuple[T, ...]:
        """Return as many of things as `most` allows: by priority, then as they stand in the CV."""
        most = self.most.get(limit)
        places = [
            n
            for n, thing in enumerate(things)
            if not (settings and isinstance(thing, Publication) and not settings.lists(thing))
        ]
        if most is None or len(places) <= most:
            return things

        def rank(place: int) -> tuple[int, object]:
            thing = things[place]
            return -getattr(thing, "priority", 5), getattr(thing, "age", ())

        gone = set(sorted(places, key=rank)[most:])
        verb = "is" if most == 1 else "are"
        self._leave((things[n] for n in sorted(gone)), f"at most {most} of {limit} {verb} kept")
        return tuple(thing for n, thing in enumerate(things) if n not in gone)

    def _leave(self, things: Iterable[object], reason: str) -> None:
        self.left_out += [
            LeftOut(name_of(thing), getattr(thing, "source", Source("")), reason)
            for thing in things
        ]


def tags_of(thing: object, named: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the tags of a thing; a keyword of a publication counts where a variant names it."""
    tags = frozenset(map(str, getattr(thing, "tags", ())))
    if isinstance(thing, Publication):
        tags |= frozenset(map(str, thing.keywords)) & named
    return tags


def name_of(thing: object) -> str:
    """Return what a thing is called: the name of a record, the text of a bullet."""
    if isinstance(thing, str):
        return str(thing)
    if isinstance(thing, Publication):
        return thing.title.text
    for field in ("name", "title", "institution", "organization", "position", "text", "language"):
        if value := getattr(thing, field, None):
            return str(value)
    return type(thing).__name__.lower()
