"""Which publications are listed, in which order, and in which groups."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from cvtex.model import (
    Publication,
    PublicationGroup,
    PublicationSettings,
    Resume,
    Rich,
    Words,
)
from cvtex.records import dataclass

KINDS = {
    "article": ("articles", "Journal articles"),
    "inproceedings": ("conferencePapers", "Conference papers"),
    "book": ("books", "Books"),
    "incollection": ("chapters", "Book chapters"),
    "preprint": ("preprints", "Preprints"),
    "thesis": ("theses", "Theses"),
    "report": ("reports", "Reports"),
    "patent": ("patents", "Patents"),
    "software": ("software", "Software"),
    "dataset": ("datasets", "Datasets"),
    "talk": ("talks", "Talks"),
    "other": ("otherPublications", "Other publications"),
}
"""Groups by type in their order: the word of the language, and English for it."""

STATES = {
    "published": ("published", "Published"),
    "inpress": ("inPress", "In press"),
    "forthcoming": ("forthcoming", "Forthcoming"),
    "submitted": ("submitted", "Submitted"),
    "inpreparation": ("inPreparation", "In preparation"),
    "prepublished": ("preprints", "Preprints"),
}
"""Groups by status in their order (`pubstate`, biblatex manual §4.9.2.11)."""

_NEAREST = {
    "collection": "book",
    "proceedings": "book",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "inbook": "incollection",
    "bookinbook": "incollection",
    "suppbook": "incollection",
    "suppcollection": "incollection",
    "suppperiodical": "article",
    "review": "article",
}
_STATE_WORDS = (
    ("inpress", r"in press|to appear|accepted|im druck|erscheint"),
    ("submitted", r"submitted|under review|in review|in revision|eingereicht"),
    ("inpreparation", r"in prep(aration)?\b|in vorbereitung"),
    ("forthcoming", r"forthcoming"),
    ("prepublished", r"^preprint\b"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Publications under a title; the title is empty where they are not grouped."""

    title: str
    publications: tuple[Publication, ...]
    prefix: str = ""


def list_settings(resume: Resume, section: str) -> PublicationSettings:
    """Return the settings of a section of publications: the main list, or one of the user's."""
    main = resume.meta.publications
    own = next((c for c in resume.custom if c.name == section), None)
    return own.list_settings.over(main) if own else main


def arrange(
    publications: Iterable[Publication], settings: PublicationSettings
) -> tuple[Publication, ...]:
    """Return the publications that the settings ask for, newest first.

    Those of one date keep their order; what has no date ("in press") is newest.
    Marks from the settings are on the authors.
    """
    chosen = [
        _marked(publication, settings)
        for publication in publications
        if settings.lists(publication)
    ]
    return tuple(sorted(chosen, key=lambda publication: publication.age))


def _marked(publication: Publication, settings: PublicationSettings) -> Publication:
    """Return the publication with the marks that `marks` and `stars` give its authors."""
    marks = settings.marks.get(publication.key, {})
    if not marks and not (
        settings.stars and any("star" in author.marks for author in publication.authors)
    ):
        return publication
    means = {"star": str(settings.stars)} if settings.stars else {}
    authors = tuple(
        dataclasses.replace(
            author,
            marks=frozenset(means.get(mark, mark) for mark in author.marks)
            | {mark for mark, items in marks.items() if number in items},
        )
        for number, author in enumerate(publication.authors, start=1)
    )
    return dataclasses.replace(publication, authors=authors)


def kind(publication: Publication) -> str:
    """Return which of `KINDS` a publication is."""
    subtype = publication.fields.get("type", Rich("")).text
    journal = publication.fields.get("journaltitle", Rich("")).text
    if subtype in ("preprint", "talk"):
        return subtype
    if publication.type == "unpublished" and publication.fields.get("eventtitle"):
        return "talk"
    in_arxiv = any("arxiv" in (link.kind, link.label) for link in publication.links)
    if re.match(r"(arxiv|biorxiv|medrxiv|corr)\b", journal, re.IGNORECASE) or (
        in_arxiv and not journal and publication.type in ("misc", "online", "unpublished")
    ):
        return "preprint"
    found = _NEAREST.get(publication.type, publication.type)
    return found if found in KINDS else "other"


def status(publication: Publication) -> str:
    """Return how far a publication is: a key of `STATES`, or the `pubstate` as typed.

    Without a `pubstate`, the words in `year`, `note` and `addendum` tell it.
    """
    typed = publication.fields.get("pubstate", Rich("")).text
    if typed:
        return {"under review": "submitted", "in press": "inpress"}.get(typed.lower(), typed)
    for field in ("year", "note", "addendum", "howpublished"):
        words = publication.fields.get(field, Rich("")).text
        for state, pattern in _STATE_WORDS:
            if words and re.search(pattern, words, re.IGNORECASE):
                return state
    return "prepublished" if kind(publication) == "preprint" else "published"


def group(
    publications: Sequence[Publication], settings: PublicationSettings, words: Words
) -> tuple[Group, ...]:
    """Return arranged publications in the groups that the settings ask for.

    `groups` in their own order, each publication in all that it fits; the rest
    behind, under "Other publications". Else by type, year, status or keyword.
    """
    if settings.groups:
        return _own_groups(publications, settings.groups, words)
    if settings.group_by == "type":
        return _sorted_groups(publications, [kind(p) for p in publications], KINDS, words)
    if settings.group_by == "status":
        return _sorted_groups(publications, [status(p) for p in publications], STATES, words)
    if settings.group_by == "year":
        years = [str(p.date.year) if p.date else _undated(p, words) for p in publications]
        return _plain_groups(publications, years)
    if settings.group_by == "keyword":
        found = sorted({keyword for p in publications for keyword in p.keywords})
        groups = [
            Group(keyword, tuple(p for p in publications if keyword in p.keywords))
            for keyword in found
        ]
        rest = tuple(p for p in publications if not p.keywords)
        return (*groups, *([Group(_title("other", KINDS, words), rest)] if rest else []))
    return (Group("", tuple(publications)),) if publications else ()


def _undated(publication: Publication, words: Words) -> str:
    """Return what stands for the year: the words typed there, or the status."""
    state = status(publication)
    typed = publication.fields.get("year")
    return typed.text if typed and state not in STATES else _title(state, STATES, words)


def _title(name: str, table: dict[str, tuple[str, str]], words: Words) -> str:
    word, english = table.get(name, (name, name[:1].upper() + name[1:]))
    return words.words.get(word, english)


def _plain_groups(publications: Sequence[Publication], names: Sequence[str]) -> tuple[Group, ...]:
    found: dict[str, list[Publication]] = {}
    for publication, name in zip(publications, names, strict=True):
        found.setdefault(name, []).append(publication)
    return tuple(Group(name, tuple(members)) for name, members in found.items())


def _sorted_groups(
    publications: Sequence[Publication],
    names: Sequence[str],
    table: dict[str, tuple[str, str]],
    words: Words,
) -> tuple[Group, ...]:
    order = {name: rank for rank, name in enumerate(table)}
    groups = _plain_groups(publications, names)
    return tuple(
        Group(_title(g.title, table, words), g.publications)
        for g in sorted(groups, key=lambda g: order.get(g.title, len(order)))
    )


def _own_groups(
    publications: Sequence[Publication], groups: Sequence[PublicationGroup], words: Words
) -> tuple[Group, ...]:
    found = [
        Group(str(g.title), tuple(p for p in publications if fits(p, g)), str(g.prefix))
        for g in groups
    ]
    placed = {id(p) for g in found for p in g.publications}
    rest = tuple(p for p in publications if id(p) not in placed)
    if rest:
        found.append(Group(_title("other", KINDS, words), rest))
    return tuple(g for g in found if g.publications)


def fits(publication: Publication, wanted: PublicationGroup) -> bool:
    """Tell whether a publication belongs to a group."""
    types = {kind(publication), publication.type}
    return (
        (not wanted.types or bool(types & set(map(str, wanted.types))))
        and (not wanted.keywords or bool(publication.keywords & set(map(str, wanted.keywords))))
        and (not wanted.status or status(publication) in set(map(str, wanted.status)))
        and (wanted.selected is None or publication.selected == wanted.selected)
    )
