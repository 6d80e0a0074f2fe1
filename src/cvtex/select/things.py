"""The records, roles and bullets of a CV: counted, their tags, the least of them, all but some."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from cvtex.diagnostics import Source
from cvtex.model import (
    KINDS,
    Resume,
)
from cvtex.select.choice import name_of


def least(resume: Resume) -> tuple[Any, ...]:
    """Return what has a priority below 5: the lowest first, of equal ones the last written."""
    found = [thing for thing in _things(resume) if getattr(thing, "priority", 5) < 5]
    found.reverse()  # sorting keeps the order of equal ones
    return tuple(sorted(found, key=lambda thing: thing.priority))


def without(resume: Resume, things: Iterable[Any]) -> Resume:
    """Return the CV without things, which are known by the places where they were typed.

    A parent left without any of its roles goes.
    """
    gone = {_place(thing) for thing in things}

    def remaining(values: tuple[Any, ...]) -> tuple[Any, ...]:
        left = (_stripped(value) for value in values if _place(value) not in gone)
        return tuple(value for value in left if value is not None)

    def _stripped(value: Any) -> Any:
        changed = {
            name: remaining(inner)
            for name in ("positions", "highlights")
            if (inner := getattr(value, name, ()))
        }
        if "positions" in changed and not changed["positions"]:
            return None
        return dataclasses.replace(value, **changed) if changed else value

    sections: dict[str, Any] = {name: remaining(getattr(resume, name)) for name in KINDS}
    custom = tuple(
        dataclasses.replace(own, entries=remaining(own.entries)) for own in resume.custom
    )
    return dataclasses.replace(resume, **sections, custom=custom)


def _place(thing: Any) -> tuple[object, ...]:
    source = getattr(thing, "source", None)
    if source is None or not source.file:
        return (id(thing),)
    return (type(thing).__name__, source.file, source.line, source.column, name_of(thing))


def _things(resume: Resume) -> Iterator[Any]:
    """Yield the records, roles and bullets of what a CV shows, in the order of the data."""
    hide = resume.meta.hide
    waiting = [r for name in KINDS if name not in hide for r in getattr(resume, name)]
    waiting += [entry for own in resume.custom if own.name not in hide for entry in own.entries]
    while waiting:
        thing = waiting.pop(0)
        yield thing
        waiting[:0] = [*getattr(thing, "positions", ()), *getattr(thing, "highlights", ())]


def counted(resume: Resume) -> tuple[int, int]:
    """Return how many records and how many bullets a CV shows."""
    shown = [r for name in KINDS if name not in resume.meta.hide for r in getattr(resume, name)]
    for own in resume.custom:
        shown += own.entries if own.name not in resume.meta.hide else ()
    return len(shown), sum(_bullet_count(record) for record in shown)


def _bullet_count(thing: Any) -> int:
    own = getattr(thing, "highlights", ())
    roles = getattr(thing, "positions", ())
    return len(own) + sum(map(_bullet_count, (*own, *roles)))


def tagged(resume: Resume) -> Iterable[tuple[str, Source]]:
    """Yield each tag of a CV, and where it stands."""
    things: list[Any] = [record for name in KINDS for record in getattr(resume, name)]
    things += [entry for own in resume.custom for entry in own.entries]
    while things:
        thing = things.pop(0)
        for tag in getattr(thing, "tags", ()):
            yield str(tag), tag.source
        things += (*getattr(thing, "positions", ()), *getattr(thing, "highlights", ()))
