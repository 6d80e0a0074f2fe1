"""Publications, and how a list of them is set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from cvtex.dates import Date
from cvtex.diagnostics import Source
from cvtex.model.parts import Record, source_field
from cvtex.records import dataclass, field
from cvtex.texts import Prose, Text, Url


@dataclass(frozen=True, slots=True)
class Rich:
    """A text in both its forms. `tex` is None where it was literal (from YAML)."""

    text: str
    tex: str | None = None

    # written out: a list of publications makes these by the ten thousand
    def __init__(self, text: str, tex: str | None = None) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "tex", tex)

    def __bool__(self) -> bool:
        return bool(self.text)


NO_TEXT = Rich("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person by the four parts of BibTeX (first, von, last, jr), or a body
    (only `family`, `literal`). `marks` are roles such as `equal`, `corresponding`."""

    given: Rich = NO_TEXT
    prefix: Rich = NO_TEXT
    family: Rich = NO_TEXT
    suffix: Rich = NO_TEXT
    literal: bool = False
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A label and its address; without an address the label is plain text.

    `kind` says what the address is (`url`, `doi`, …) where the label does not.
    """

    label: str
    url: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """One entry of the `.bib` or of `publications.yaml`.

    `type` is biblatex's entry type (`article`, `inproceedings`, …); `fields`
    holds every text field under its biblatex name, inherited ones included.
    `people` has names in other roles by field (`translator`, …). A link's label
    is its kind (`url`, `doi`, `arxiv`, …) or what an `addendum` said. `more_authors` are
    those of `and others`, the owner of the CV maybe among them. Others take fields from a
    `parent`: a CV lists it only as a work of the owner's own.
    """

    key: str = ""
    type: str = "misc"
    authors: tuple[Name, ...] = ()
    more_authors: bool = False
    owner_among_others: bool = False
    editors: tuple[Name, ...] = ()
    people: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    title: Rich = NO_TEXT
    date: Date | None = None
    end_date: Date | None = None
    links: tuple[Link, ...] = ()
    keywords: frozenset[str] = frozenset()
    selected: bool = False
    fields: Mapping[str, Rich] = field(default_factory=dict)
    summary: Prose | None = None
    parent: bool = False

    @property
    def age(self) -> tuple[int, int, int]:
        """What sorts the newest first; what has no date ("in press") is newest."""
        year, month, day = self.date.moment if self.date else (9998, 0, 0)
        return -year, -month, -day


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRecord(Record):
    """One entry of `publications.yaml`, in JSON Resume's words; it becomes a `Publication`."""

    name: Text | None = None
    publisher: Text | None = None
    release_date: Date | None = None
    url: Url | None = None
    summary: Prose | None = None
    authors: tuple[Text, ...] = ()  # cvtex: as in BibTeX, `Family, Given` or `Given Family`
    type: Text | None = None  # cvtex: biblatex's entry type
    selected: bool = False  # cvtex
    keywords: tuple[Text, ...] = ()  # cvtex


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationGroup:
    """One list of publications of several: those that fit all that is said, under a title."""

    title: Text
    types: tuple[Text, ...] = ()  # entry types, or `preprint` and `talk`
    keywords: tuple[Text, ...] = ()  # one of them
    status: tuple[Text, ...] = ()  # as in `pubstate`, or `published`
    selected: bool | None = None
    prefix: Text = Text("")  # before its numbers
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationMetrics:
    """What others count, as data: nothing is fetched."""

    citations: int | None = None
    h_index: int | None = None
    i10_index: int | None = None
    provider: Text | None = None
    date: Date | None = None
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationSettings:
    """`meta.publications`: how the list of publications is set.

    `style` names a citation style; where it is not said it is `full`. `stars` is what a
    star at a name in a `.bib` means; unless it is said, no legend explains stars.
    `collaborations` are those whose papers with `and others` the owner is an author of.
    `max_authors` cuts lists of authors, but never
    the owner of the CV. `marks` says of an entry, by its key, which authors
    (counted from 1) bear a mark, beside what the `.bib` says; `signs` is what a
    mark looks like.
    """

    style: Text = Text("full")
    max_authors: int | None = None
    count_others: bool = False  # "and 12 others" instead of "et al."
    owner: Literal["bold", "underline", "plain"] = "bold"
    selected: bool = False
    keywords: tuple[Text, ...] = ()
    group_by: Literal["none", "type", "year", "status", "keyword"] = "none"
    groups: tuple[PublicationGroup, ...] = ()
    numbering: Literal["none", "up", "down"] = "none"
    number_groups: bool = False  # each group from 1
    marks: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    signs: Mapping[str, Text] = field(default_factory=dict)
    stars: Literal["equal", "student", "corresponding", "supervision"] | None = None
    collaborations: tuple[Text, ...] = ()
    legend: bool = True
    metrics: PublicationMetrics | None = None
    source: Source = source_field()

    def lists(self, publication: Publication) -> bool:
        """Tell whether a publication is one of those that the list shows."""
        wanted = frozenset(map(str, self.keywords))
        chosen = publication.selected or not self.selected
        return chosen and (not wanted or not wanted.isdisjoint(publication.keywords))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """How an own section of publications is set where that differs from the main list.

    What is None is as in `meta.publications`, but for `metrics`, `groups`, `group_by`,
    `selected` and `keywords`, which are the main list's own.
    """

    group_by: Literal["none", "type", "year", "status", "keyword"] = "none"
    groups: tuple[PublicationGroup, ...] = ()
    numbering: Literal["none", "up", "down"] | None = None
    number_groups: bool | None = None
    selected: bool = False
    keywords: tuple[Text, ...] = ()
    max_authors: int | None = None
    legend: bool | None = None
    metrics: PublicationMetrics | None = None

    def over(self, main: PublicationSettings) -> PublicationSettings:
        """Return the settings of the main list with these in their place."""
        own = {part.name: getattr(self, part.name) for part in dataclasses.fields(self)}
        inherited = ("numbering", "number_groups", "max_authors", "legend")
        own = {n: value for n, value in own.items() if value is not None or n not in inherited}
        return dataclasses.replace(main, **own)
