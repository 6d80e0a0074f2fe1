"""What a variant of a CV keeps: a `Resume` in, a `Resume` and the reasons out. Pure.

The laws: of what has tags, a variant keeps what has one that it includes and none that it
excludes; what has no tags is kept. `most` counts within each parent, and keeps the highest
priorities, of equal ones the first. What is kept stands in the order in which it was
written. A parent left without any of its roles goes, one left without bullets stays.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from cvtex.diagnostics import Source
from cvtex.model import (
    KINDS,
    CustomSection,
    Highlight,
    Letter,
    Publication,
    PublicationSettings,
    Resume,
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


@dataclass(frozen=True, slots=True)
class Selection:
    """A CV as a variant has it, and what it leaves out, in the order of the data."""

    resume: Resume
    left_out: tuple[LeftOut, ...] = ()


def chain(variants: Mapping[str, Variant], name: str) -> tuple[str, ...]:
    """Return the names of a variant and of those that it begins with, the first one first.

    Raises `KeyError` with a name that there is not, `ValueError` where they go in a circle.
    """
    names: list[str] = []
    follow: str | None = name
    while follow:
        if follow in names:
            raise ValueError(" → ".join([*names, follow]))
        if follow not in variants:
            raise KeyError(follow)
        names.append(follow)
        follow = variants[follow].extends
    return tuple(reversed(names))


def resolve(variants: Mapping[str, Variant], name: str) -> Variant:
    """Return a variant with what it extends: lists united, and of single values the last."""
    whole = Variant()
    for part in (variants[each] for each in chain(variants, name)):
        whole = dataclasses.replace(
            part,
            about=part.about or whole.about,
            include=_united(whole.include, part.include),
            exclude=_united(whole.exclude, part.exclude),
            hide=_united(whole.hide, part.hide),
            most={**whole.most, **part.most},
        )
    return whole


def _united(first: tuple[Text, ...], second: tuple[Text, ...]) -> tuple[Text, ...]:
    return (*first, *(value for value in second if value not in first))


def select(resume: Resume, name: str) -> Selection:
    """Return the CV as the variant of that name has it; the whole CV where there is no name."""
    if not name:
        return Selection(resume)
    variant = resolve(resume.meta.variants, name)
    hide = _united(resume.meta.hide, variant.hide)
    choice = _Choice(variant, chain(resume.meta.variants, name), hide)
    changed: dict[str, Any] = {}
    for section in KINDS:
        records = getattr(resume, section)
        kept = choice.of_section(section, records, resume.meta.publications)
        if kept != records:
            changed[section] = kept
    listed = changed.get("publications", resume.publications)
    custom: list[CustomSection] = []
    for own in resume.custom:
        # a list of publications without entries takes those of the main list
        takes = own.kind == "publications" and own.name in variant.most
        entries = own.entries or (listed if takes else ())
        settings = own.list_settings.over(resume.meta.publications)
        kept = choice.of_section(own.name, entries, settings)
        custom.append(dataclasses.replace(own, entries=kept))
    left_out = [*choice.left_out, *_unlisted(resume, listed, hide)]
    meta = dataclasses.replace(resume.meta, hide=_united(hide, _emptied(resume.custom, custom)))
    chosen = dataclasses.replace(resume, **changed, custom=tuple(custom), meta=meta)
    return Selection(chosen, tuple(left_out))


def _unlisted(
    resume: Resume, publications: Iterable[Publication], hide: tuple[Text, ...]
) -> Iterator[LeftOut]:
    """Yield each publication that no list shows, by what is said of the lists."""
    main = resume.meta.publications
    own = (c for c in resume.custom if c.kind == "publications" and not c.entries)
    lists = [main, *(c.list_settings.over(main) for c in own if c.name not in hide)]
    for one in publications if "publications" not in hide else ():
        if not any(settings.lists(one) for settings in lists):
            unselected = main.selected and not one.selected
            wanted = "selected ones" if unselected else "those with its keywords"
            yield LeftOut(name_of(one), one.source, f"meta.publications lists only {wanted}")


def _emptied(before: Iterable[CustomSection], after: Iterable[CustomSection]) -> tuple[Text, ...]:
    """Return the lists of publications that had entries of their own and have none left.

    They are hidden: one without entries would show those of the main list.
    """
    return tuple(
        Text(old.name)
        for old, new in zip(before, after, strict=True)
        if old.kind == "publications" and old.entries and not new.entries
    )


class _Choice:
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
            return tuple(one for one in records if not self._why_not(one))
        found = []
        for record in self._tagged(records):
            kept = self._within(section, record)
            if kept is not None:
                found.append(kept)
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

    def kept(values: tuple[Any, ...]) -> tuple[Any, ...]:
        left = (_stripped(value) for value in values if _place(value) not in gone)
        return tuple(value for value in left if value is not None)

    def _stripped(value: Any) -> Any:
        changed = {
            name: kept(inner)
            for name in ("positions", "highlights")
            if (inner := getattr(value, name, ()))
        }
        if "positions" in changed and not changed["positions"]:
            return None
        return dataclasses.replace(value, **changed) if changed else value

    sections: dict[str, Any] = {name: kept(getattr(resume, name)) for name in KINDS}
    custom = tuple(dataclasses.replace(own, entries=kept(own.entries)) for own in resume.custom)
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


def sender(resume: Resume, letter: Letter, with_cv: bool) -> Resume:
    """Return the CV as it goes with a letter: in the letter's theme, and less its sections
    unless it stands behind the letter."""
    meta = dataclasses.replace(resume.meta, theme=letter.theme or resume.meta.theme)
    if with_cv:
        return dataclasses.replace(resume, meta=meta)
    meta = dataclasses.replace(meta, footer=None, sections=(), hide=())
    basics = dataclasses.replace(resume.basics, summary=None, image=None)
    # sections keep their names, which a theme's options may say
    custom = tuple(dataclasses.replace(own, summary=None, entries=()) for own in resume.custom)
    return Resume(basics=basics, custom=custom, meta=meta)
