"""What a variant of a CV keeps: a `Resume` in, a `Resume` and the reasons out. Pure.

The laws: of what has tags, a variant keeps what has one that it includes and none that it
excludes; what has no tags is kept. `most` counts within each parent, and keeps the highest
priorities, of equal ones the first. What is kept stands in the order in which it was
written. A parent left without any of its roles goes, one left without bullets stays.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from cvtex.model import (
    KINDS,
    CustomSection,
    Letter,
    Publication,
    Resume,
    Text,
)
from cvtex.records import dataclass
from cvtex.select.choice import LISTS, Choice, LeftOut, name_of, tags_of
from cvtex.select.things import counted, least, tagged, without
from cvtex.select.variants import chain, resolve, united

__all__ = [
    "LISTS",
    "LeftOut",
    "Selection",
    "chain",
    "counted",
    "least",
    "name_of",
    "resolve",
    "select",
    "sender",
    "tagged",
    "tags_of",
    "without",
]


@dataclass(frozen=True, slots=True)
class Selection:
    """A CV as a variant has it, and what it leaves out, in the order of the data."""

    resume: Resume
    left_out: tuple[LeftOut, ...] = ()


def select(resume: Resume, name: str) -> Selection:
    """Return the CV as the variant of that name has it; the whole CV where there is no name."""
    if not name:
        return Selection(resume)
    variant = resolve(resume.meta.variants, name)
    hide = united(resume.meta.hide, variant.hide)
    choice = Choice(variant, chain(resume.meta.variants, name), hide)
    changed: dict[str, Any] = {}
    for section in KINDS:
        records = getattr(resume, section)
        left = choice.of_section(section, records, resume.meta.publications)
        if left != records:
            changed[section] = left
    listed = changed.get("publications", resume.publications)
    custom: list[CustomSection] = []
    for own in resume.custom:
        # a list of publications without entries takes those of the main list
        takes = own.kind == "publications" and own.name in variant.most
        entries = own.entries or (listed if takes else ())
        settings = own.list_settings.over(resume.meta.publications)
        left = choice.of_section(own.name, entries, settings)
        custom.append(dataclasses.replace(own, entries=left))
    left_out = [*choice.left_out, *_unlisted(resume, listed, hide)]
    meta = dataclasses.replace(resume.meta, hide=united(hide, _emptied(resume.custom, custom)))
    chosen = dataclasses.replace(resume, **changed, custom=tuple(custom), meta=meta)
    return Selection(chosen, tuple(left_out))


def _unlisted(
    resume: Resume, publications: Iterable[Publication], hide: tuple[Text, ...]
) -> Iterator[LeftOut]:
    """Yield each publication that no list shows, by what is said of the lists."""
    main = resume.meta.publications
    own = (c for c in resume.custom if c.kind == "publications" and not c.entries)
    lists = [main, *(c.list_settings.over(main) for c in own if c.name not in hide)]
    for publication in publications if "publications" not in hide else ():
        if not any(settings.lists(publication) for settings in lists):
            unselected = main.selected and not publication.selected
            wanted = "selected ones" if unselected else "those with its keywords"
            yield LeftOut(
                name_of(publication), publication.source, f"meta.publications lists only {wanted}"
            )


def _emptied(before: Iterable[CustomSection], after: Iterable[CustomSection]) -> tuple[Text, ...]:
    """Return the lists of publications that had entries of their own and have none left.

    They are hidden: one without entries would show those of the main list.
    """
    return tuple(
        Text(old.name)
        for old, new in zip(before, after, strict=True)
        if old.kind == "publications" and old.entries and not new.entries
    )


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
