"""The kinds of record, the one table of them, and a CV that is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cvtex.dates import Date
from cvtex.diagnostics import Source
from cvtex.model.meta import Meta
from cvtex.model.parts import Basics, Highlight, Place, Position, Record, source_field
from cvtex.model.publications import ListSettings, Publication, PublicationRecord
from cvtex.records import dataclass, field
from cvtex.texts import Email, Prose, Text, Url


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
    source: Source = source_field()


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
class Section:
    """A section as it is set: its name, title and records, all of one kind, of which there
    may be none where it has a text of its own."""

    name: str
    title: Text
    kind: Kind
    records: tuple[Record, ...]
    summary: Prose | None = None
