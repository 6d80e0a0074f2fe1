"""The CV as frozen, typed records: no input, no output, no LaTeX.

Names are those of JSON Resume 1.0 (https://jsonresume.org/schema) in
snake_case, with cvtex's own additions marked `# cvtex`. The reader fills the
records by their type hints: a field's type says what may be typed there.

- `Text`: set letter by letter. `Prose`: inline CommonMark.
- a class with `parse(text)`: a scalar with a form of its own.
- `tuple[X, ...]`: a list. `Mapping[str, X]`: a mapping with free keys.
- a dataclass: a mapping with its fields (in camelCase) as keys.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

from cvtex.dates import Date as Date
from cvtex.diagnostics import Source
from cvtex.records import dataclass, field
from cvtex.texts import NOWHERE as NOWHERE
from cvtex.texts import Email as Email
from cvtex.texts import Prose as Prose
from cvtex.texts import Text as Text
from cvtex.texts import Url as Url


def record(**metadata: Any) -> Any:
    """Return a field that holds where the record stands; never part of equality."""
    return field(default=NOWHERE, compare=False, repr=False, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """`basics.location`, and the place of any record; a string is a place too."""

    address: Text | None = None
    postal_code: Text | None = None
    city: Text | None = None
    country_code: Text | None = None
    region: Text | None = None
    source: Source = record()

    @property
    def line(self) -> tuple[Text, ...]:
        """The parts in the order of an address line: street, code and city, region, country."""
        town = self.city
        if self.city and self.postal_code:
            town = Text(f"{self.postal_code} {self.city}", self.city.source)
        parts = (self.address, town or self.postal_code, self.region, self.country_code)
        return tuple(part for part in parts if part)


Place = Location | Text
"""A place: a string, or the parts of an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record of a section has: where it was typed, and what variants choose by.

    `tags` are words to choose it by, `priority` (0 to 9) how long it is kept where there is
    room for some only, and `id` the name by which a variant reaches it.
    """

    source: Source = record()
    id: Text | None = None
    tags: tuple[Text, ...] = ()
    priority: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An account at a network, such as LinkedIn; without `url` it is shown without a link."""

    network: Text | None = None
    username: Text | None = None
    url: Url | None = None
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """Who the CV is of, and how to reach them: the head of every theme.

    `label` is what one is (Research Engineer), `image` the path of a photo in the project.
    `aliases` are other spellings of the name, by which it is found among authors.
    """

    name: Text
    label: Text | None = None
    image: Text | None = None
    email: Email | None = None
    phone: Text | None = None
    url: Url | None = None
    summary: Prose | None = None
    location: Place | None = None
    profiles: tuple[Profile, ...] = ()
    aliases: tuple[Text, ...] = ()  # cvtex
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """One bullet. A plain string is a highlight with only `text`."""

    text: Prose
    id: Text | None = None  # cvtex
    tags: tuple[Text, ...] = ()  # cvtex
    priority: int = 5  # cvtex
    variants: Mapping[str, Prose] = field(default_factory=dict)  # cvtex: other wordings
    highlights: tuple[Highlight, ...] = ()  # cvtex
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One of several roles under one employer (cvtex)."""

    id: Text | None = None
    tags: tuple[Text, ...] = ()
    priority: int = 5
    position: Text | None = None
    team: Text | None = None
    location: Place | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    summary: Prose | None = None
    highlights: tuple[Highlight, ...] = ()
    keywords: tuple[Text, ...] = ()
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Record):
    """One employer. A single role stands in its own fields, several in `positions`.

    `description` is of the employer, `summary` of what one did there; `team` is a finer
    line under the employer (a department).
    """

    name: Text | None = None
    position: Text | None = None
    team: Text | None = None  # cvtex
    url: Url | None = None
    location: Place | None = None
    description: Prose | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    summary: Prose | None = None
    highlights: tuple[Highlight, ...] = ()
    keywords: tuple[Text, ...] = ()  # cvtex
    positions: tuple[Position, ...] = ()  # cvtex
    page_break: bool = False  # cvtex: begin a new page before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer(Record):
    """One voluntary post."""

    organization: Text | None = None
    position: Text | None = None
    url: Url | None = None
    location: Place | None = None  # cvtex
    start_date: Date | None = None
    end_date: Date | None = None
    summary: Prose | None = None
    highlights: tuple[Highlight, ...] = ()
    page_break: bool = False  # cvtex: begin a new page before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Education(Record):
    """One degree, or a time at a school without one.

    `study_type` is the degree (Master of Science) and `area` its subject; `score` is as
    typed (1.3, First Class).
    """

    institution: Text | None = None
    url: Url | None = None
    area: Text | None = None
    study_type: Text | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    score: Text | None = None
    courses: tuple[Text, ...] = ()
    location: Place | None = None  # cvtex
    summary: Prose | None = None  # cvtex
    highlights: tuple[Highlight, ...] = ()  # cvtex
    page_break: bool = False  # cvtex: begin a new page before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Record):
    """One award or prize."""

    title: Text | None = None
    date: Date | None = None
    awarder: Text | None = None
    summary: Prose | None = None
    url: Url | None = None  # cvtex
    location: Place | None = None  # cvtex
    page_break: bool = False  # cvtex: begin a new page before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Record):
    """One certificate, or one licence."""

    name: Text | None = None
    date: Date | None = None
    issuer: Text | None = None
    url: Url | None = None
    location: Place | None = None  # cvtex
    summary: Prose | None = None  # cvtex
    page_break: bool = False  # cvtex: begin a new page before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill(Record):
    """A group of skills: its `name`, how well (`level`), and what it holds (`keywords`)."""

    name: Text | None = None
    level: Text | None = None
    keywords: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Record):
    """A spoken language; `fluency` may be a level of the CEFR (`A1` to `C2`)."""

    language: Text | None = None
    fluency: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest(Record):
    """Something that one likes to do, and what of it (`keywords`)."""

    name: Text | None = None
    keywords: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """Somebody who speaks for the owner of the CV, and what they say (`reference`)."""

    name: Text | None = None
    position: Text | None = None  # cvtex
    company: Text | None = None  # cvtex
    relationship: Text | None = None  # cvtex
    email: Email | None = None  # cvtex
    phone: Text | None = None  # cvtex
    reference: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """One project; also the kind of what has no section of its own, such as talks.

    `entity` is the organisation behind it, `type` what it is (talk, library).
    """

    name: Text | None = None
    description: Prose | None = None
    highlights: tuple[Highlight, ...] = ()
    keywords: tuple[Text, ...] = ()
    start_date: Date | None = None
    end_date: Date | None = None
    url: Url | None = None
    roles: tuple[Text, ...] = ()
    entity: Text | None = None
    type: Text | None = None
    location: Place | None = None  # cvtex
    page_break: bool = False  # cvtex: begin a new page before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Record):
    """Belonging to a society or a committee (cvtex); `role` is what one is there (Fellow)."""

    organization: Text | None = None
    role: Text | None = None
    url: Url | None = None
    location: Place | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    summary: Prose | None = None
    page_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patent(Record):
    """A patent, or the application for one (cvtex).

    `number` is as the office writes it (EP 1 234 567 B1); `status` is a word of one's own
    (granted, pending); `inventors` are names as they shall read.
    """

    name: Text | None = None
    number: Text | None = None
    office: Text | None = None
    status: Text | None = None
    inventors: tuple[Text, ...] = ()
    date: Date | None = None
    url: Url | None = None
    summary: Prose | None = None
    page_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Record):
    """Money that was won for research (cvtex).

    `name` is the project's; `amount` is as typed, with its currency; `role` is one's own
    (Principal Investigator); `number` is that of the grant at the funder.
    """

    name: Text | None = None
    funder: Text | None = None
    amount: Text | None = None
    role: Text | None = None
    number: Text | None = None
    url: Url | None = None
    location: Place | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    summary: Prose | None = None
    highlights: tuple[Highlight, ...] = ()
    page_break: bool = False


# --- publications -------------------------------------------------------------


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
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationMetrics:
    """What others count, as data: nothing is fetched."""

    citations: int | None = None
    h_index: int | None = None
    i10_index: int | None = None
    provider: Text | None = None
    date: Date | None = None
    source: Source = record()


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
    source: Source = record()

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


# --- the whole ----------------------------------------------------------------


class Unread:
    """A piece of input kept for later: options of a theme, read once it is known."""

    __slots__ = ("node",)

    def __init__(self, node: object) -> None:
        self.node = node


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChoice:
    """One item of `meta.sections`: `work`, or `{work: Experience}` with a title, or with a
    title and a text under it: `{work: {title: Experience, summary: …}}`."""

    name: str
    title: Text | None = None
    summary: Prose | None = None
    source: Source = record()


LAST_MODIFIED = "{lastModified}"
"""Stands in `meta.footer` for the date in `meta.lastModified`."""


PublicPart = Literal["phone", "address", "references"]
"""What a CV may tell in public though most people keep it to themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One variant of the CV (cvtex): what it keeps, and what it says otherwise.

    `include` and `exclude` are tags, `hide` are sections, and `most` says how many of a
    list are kept, by its name (`projects`, `work.highlights`). `data` and `meta` are laid
    over those of the CV when it is read. `extends` names the variant that it begins with.
    """

    about: Text | None = None
    extends: Text | None = None
    include: tuple[Text, ...] = ()
    exclude: tuple[Text, ...] = ()
    hide: tuple[Text, ...] = ()
    most: Mapping[str, int] = field(default_factory=dict)
    data: Unread | None = None
    meta: Unread | None = None
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How many pages the CV is to have (cvtex). A plain number is one with only `pages`.

    With `drop`, what has a `priority` below 5 is left out for it, the lowest first.
    """

    pages: int
    drop: bool = False
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a release attaches, each by name (cvtex). A plain list is one of `variants` alone.

    `all` stands for all that there are; without variants it is the whole CV.
    """

    variants: tuple[Text, ...] = ()
    letters: tuple[Text, ...] = ()
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is said of the CV itself: its theme, language, order of sections, lists."""

    theme: Text = Text("classic")
    themes: Mapping[str, Unread] = field(default_factory=dict)  # cvtex: options by theme
    sections: tuple[SectionChoice, ...] = ()  # cvtex: order; the others follow
    hide: tuple[Text, ...] = ()  # cvtex: sections left out
    language: Text = Text("en")  # cvtex
    languages: tuple[Text, ...] = ()  # cvtex: those that texts are written in, the first before
    words: Mapping[str, Text | tuple[Text, ...]] = field(
        default_factory=dict
    )  # cvtex: over the language's own
    public: tuple[PublicPart, ...] = ()  # cvtex: what a public build may make known
    footer: Prose | None = None  # cvtex: a text at the CV's foot
    page_limit: int | None = None  # cvtex
    fit: Fit | None = None  # cvtex: how many pages it is to have
    files: tuple[Text, ...] = ()  # cvtex: files of the project that raw TeX or a theme reads
    standard: Literal["plain", "ua", "archive"] | None = None  # cvtex: what the PDF is
    embed: bool = False  # cvtex: the data in the PDF
    publications: PublicationSettings = PublicationSettings()  # cvtex
    variants: Mapping[str, Variant] = field(default_factory=dict)  # cvtex
    release: Release = Release()  # cvtex: the variants and letters that it attaches
    canonical: Url | None = None
    version: Text | None = None
    last_modified: Text | None = None
    source: Source = record()


def last_modified(meta: Meta) -> Date | None:
    """Return the date in `meta.lastModified` (a date or a time of ISO 8601), None if none."""
    try:
        return Date.parse((meta.last_modified or "").partition("T")[0])
    except ValueError:
        return None


Kind = Literal[
    "work",
    "volunteer",
    "education",
    "projects",
    "publications",
    "patents",
    "grants",
    "awards",
    "certificates",
    "memberships",
    "skills",
    "languages",
    "interests",
    "references",
]
"""The name of a kind of record: a key of `KINDS`."""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: a row of `KINDS`.

    `name` is that of the section which holds such records: of its file in `data/`, of
    its field in `Resume`, of its title among a language's words, and the `kind` of a
    section of the user's own. `record` is the class of a record, and `singular` the
    method of `Theme` that sets one. `typed` is the class of what the user types, where
    that becomes another record when it is read. `standard` tells whether JSON Resume
    has the section; where it has not, a section of the user's own may have its name.
    """

    name: Kind
    record: type[Record]
    singular: str
    typed: type[Record]
    standard: bool = True


def _kind(
    name: Kind,
    record: type[Record],
    singular: str,
    *,
    typed: type[Record] | None = None,
    standard: bool = True,
) -> RecordKind:
    return RecordKind(name, record, singular, typed or record, standard)


KINDS: Mapping[str, RecordKind] = {
    row.name: row
    for row in (
        _kind("work", Work, "work"),
        _kind("volunteer", Volunteer, "volunteer"),
        _kind("education", Education, "education"),
        _kind("projects", Project, "project"),
        _kind("publications", Publication, "publication", typed=PublicationRecord),
        _kind("patents", Patent, "patent", standard=False),
        _kind("grants", Grant, "grant", standard=False),
        _kind("awards", Award, "award"),
        _kind("certificates", Certificate, "certificate"),
        _kind("memberships", Membership, "membership", standard=False),
        _kind("skills", Skill, "skill"),
        _kind("languages", Language, "language"),
        _kind("interests", Interest, "interest"),
        _kind("references", Reference, "reference"),
    )
}
"""The one table of the kinds of record, in the order in which a CV has its sections.

To add a kind: its class above, its name in `Kind`, a row here, a field of `Resume`, the
method of `Theme` named by `singular`, and a title in `languages/`. All else is made of
this table, and `tests/test_kinds.py` tells what was forgotten.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomSection:
    """`<slug>.yaml`: a `title`, a text under it, the `kind` its entries are of, and the
    entries (cvtex).

    One of the kind `publications` without entries takes those of the main list.
    """

    name: str
    title: Text
    summary: Prose | None = None
    kind: Kind = "projects"
    entries: tuple[Record, ...] = ()
    list_settings: ListSettings = ListSettings()
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A whole CV. Sections in the order of a CV; `meta.sections` can change it.

    `styles` are the project's own citation styles: their YAML text by name, and
    CSL by the file's path.
    """

    basics: Basics
    work: tuple[Work, ...] = ()
    volunteer: tuple[Volunteer, ...] = ()
    education: tuple[Education, ...] = ()
    projects: tuple[Project, ...] = ()
    publications: tuple[Publication, ...] = ()
    patents: tuple[Patent, ...] = ()  # cvtex
    grants: tuple[Grant, ...] = ()  # cvtex
    awards: tuple[Award, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    memberships: tuple[Membership, ...] = ()  # cvtex
    skills: tuple[Skill, ...] = ()
    languages: tuple[Language, ...] = ()
    interests: tuple[Interest, ...] = ()
    references: tuple[Reference, ...] = ()
    custom: tuple[CustomSection, ...] = ()
    meta: Meta = Meta()
    styles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a letter is to (cvtex): a person, an organisation or both."""

    name: Text | None = None
    title: Text | None = None
    organization: Text | None = None
    address: tuple[Text, ...] = ()
    email: Email | None = None
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, `data/letters/<name>.yaml` (cvtex), with all `{…}` in its texts filled.

    `signature` is the path of a picture in the project; `variant`, `theme` and `language` are
    those of the CV that it goes with. `extends` and `values` have done their work.
    """

    to: Recipient | None = None
    place: Text | None = None
    date: Date | None = None
    subject: Text | None = None
    opening: Text | None = None
    body: Prose
    closing: Text | None = None
    signature: Text | None = None
    enclosures: tuple[Text, ...] = ()
    ps: Prose | None = None
    variant: Text | None = None
    theme: Text | None = None
    language: Text | None = None
    extends: Text | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    source: Source = record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section as it is set: its name, title and records, all of one kind, of which there
    may be none where it has a text of its own."""

    name: str
    title: Text
    kind: Kind
    records: tuple[Record, ...]
    summary: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a language calls things; one data file a language (`cvtex/languages/`).

    `code` is the BCP 47 tag for the PDF, `babel` the name babel knows. `months`
    are twelve short names, `day_months` those beside a day, `long_months` the whole ones beside
    a day, `since_months` and `until_months` those after these words; `dates` has the patterns
    `year`, `month`, `day` and `longDay`, `numericMonth` and `numericDay` for months by number,
    with `{year}`, `{month}`, `{day}`, and those of what else is said of a date (`season`,
    `expected`, …).
    `sections` has a title a section name.
    `degree` is what stands before, between and after study type and area.
    `words` has the rest: `present`, `keywords`, `courses`, `score`, …; `publications` those
    of citations: `in`, `eds`, `vol`, `phdthesis`, …
    """

    code: str
    babel: str
    months: tuple[str, ...]
    long_months: tuple[str, ...] = ()
    day_months: tuple[str, ...] = ()
    since_months: tuple[str, ...] = ()
    until_months: tuple[str, ...] = ()
    dates: Mapping[str, str]
    sections: Mapping[str, str]
    degree: tuple[str, str, str]
    words: Mapping[str, str]
    publications: Mapping[str, str] = field(default_factory=dict)


def texts(value: object) -> tuple[Text, ...]:
    """Return every text typed in a record, or in whatever holds records, in reading order."""
    found: list[Text] = []
    _gather(value, found)
    return tuple(found)


_NOT_SHOWN = ("id", "tags", "variants")
_names: dict[type, tuple[str, ...]] = {Source: ()}


def _gather(value: object, found: list[Text]) -> None:
    if isinstance(value, Text):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, found)
    elif isinstance(value, Mapping):
        for part in value.values():
            _gather(part, found)
    elif dataclasses.is_dataclass(value):
        kind = type(value)
        if kind not in _names:
            names = (part.name for part in dataclasses.fields(value))
            _names[kind] = tuple(name for name in names if name not in _NOT_SHOWN)
        for name in _names[kind]:
            _gather(getattr(value, name), found)
