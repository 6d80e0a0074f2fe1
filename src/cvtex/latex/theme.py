"""What a theme is: the whole contract on one page.

A theme is a folder `<name>/` with a `theme.py` that holds one class
`Theme(cvtex.latex.Theme)`, and what that needs beside it (`.cls`, `.sty`,
fonts). Its methods take records and return LaTeX as PyLaTeX objects,
`NoEscape` strings, or lists of those. It opens no file, knows no toolchain and
finds no font by its system name.

The preamble depends on the options and the setting (engine, language, scripts),
never on the person's data, so that it can be precompiled.

The least that a theme writes is `preamble`, `basics`, `heading`, `entry` and
`items`; every kind of record has a method, which it may set in its own way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar, Literal

from pylatex import NoEscape

from cvtex import model
from cvtex.latex import text
from cvtex.latex.fonts import FontFamily
from cvtex.latex.letter import LetterPieces, standard
from cvtex.latex.marks import mark
from cvtex.latex.pieces import (
    ENGINES,
    Bullet,
    Contact,
    Engine,
    Formatter,
    Latex,
    Options,
    Setting,
    dumps,
)
from cvtex.records import dataclass
from cvtex.toolchains import OWN

__all__ = [
    "ENGINES",
    "Bullet",
    "Contact",
    "Engine",
    "Entry",
    "Item",
    "Latex",
    "Options",
    "Piece",
    "Setting",
    "Theme",
    "page_numbers",
]


def page_numbers(most: int = 9) -> tuple[str, ...]:
    """Return "1/2", "2/2" and the like: the furniture of a theme that counts pages."""
    return tuple(f"{page}/{of}" for of in range(1, most + 1) for page in range(1, of + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every dated record comes down to; what is absent is None or empty.

    `kind` is the kind of record it is made of; `title` is the employer, school or
    project; `subtitle` the position or degree; `detail` a finer line under it
    (team); `roles` are several positions under the one title, and `span` then runs from
    the first day of them to the last. `keywords` and `courses` are one by one, without the
    word that stands before them; `url` is the address that the title links to.

    A theme that sets keywords, courses, the score or the span itself says so in `places`.
    """

    kind: model.Kind
    title: NoEscape | None = None
    subtitle: NoEscape | None = None
    detail: NoEscape | None = None
    dates: NoEscape | None = None
    place: NoEscape | None = None
    body: tuple[NoEscape, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    roles: tuple[Entry, ...] = ()
    span: NoEscape | None = None
    keywords: tuple[NoEscape, ...] = ()
    courses: tuple[NoEscape, ...] = ()
    score: NoEscape | None = None
    url: str | None = None


Piece = Literal["keywords", "courses", "score", "span"]
"""A piece of an entry that a theme sets itself, if it says so."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a section, set: its LaTeX between its source marks.

    Without a record it is what stands between records: a group's title, a legend.
    """

    record: model.Record | None
    body: NoEscape


class Theme(Formatter):
    """A theme; subclass it, and override what your class does otherwise."""

    summary: ClassVar[str] = ""
    """One line for `cvtex themes`."""

    unfit: ClassVar[Mapping[str, str]] = {}
    """What cannot set it, an engine or `tectonic`, and why: `{"pdflatex": "its fonts are …"}`."""

    requires: ClassVar[tuple[str, ...]] = ()
    """The TeX files it loads that a base TeX may lack (`moderncv.cls`)."""

    packages: ClassVar[tuple[str, ...]] = ()
    """Debian packages it needs beyond the base set that cvtex installs."""

    shared: ClassVar[tuple[str, ...]] = ()
    """The files of `cvtex/latex/shared/` that it loads (`cvbase.sty`)."""

    formerly: ClassVar[Mapping[str, str]] = {}
    """Files that it had before it looked otherwise, and what those are told whose last build
    has one: `{"my.cls": "…"}`."""

    sets_photo: ClassVar[bool] = False
    """Whether it sets `basics.image`."""

    documentclass: ClassVar[str] = "article"

    Options: ClassVar[type[Options]] = Options
    """The theme's options with their defaults; types say what may be typed."""

    def __init__(self, options: Any, setting: Setting) -> None:
        self.options = options
        self.setting = setting

    @classmethod
    def refusals(cls) -> Mapping[str, str]:
        """Return what cannot set it, and why: Tectonic cannot what XeLaTeX cannot."""
        theirs = {name: cls.unfit[own] for name, own in OWN.items() if own in cls.unfit}
        return {**theirs, **cls.unfit}

    @classmethod
    def engines(cls) -> tuple[Engine, ...]:
        """Return the engines that it compiles with."""
        return tuple(engine for engine in ENGINES if engine not in cls.unfit)

    # --- the document -----------------------------------------------------------

    def class_options(self) -> tuple[str, ...]:
        """Return the options of `\\documentclass`."""
        return (f"{self.options.paper}paper",)

    def fonts(self) -> tuple[FontFamily, ...]:
        """Return the font families that XeLaTeX and LuaLaTeX set the text in, main one first."""
        return ()

    def furniture(self) -> tuple[str, ...]:
        """Return the words that the theme adds to the data, as they read in the PDF."""
        return ()

    def reads_by_line(self) -> bool:
        """Tell whether readers that sort a page by place find what the file says, in its order.

        That takes one column with nothing at the right; `cvtex themes check` proves it.
        """
        return False

    def preamble(self) -> Latex:
        """Return what stands between `\\documentclass` and `\\begin{document}`."""
        return []

    def knobs(self) -> Latex:
        """Return what stands first in the document: what may change without a new preamble."""
        return []

    def basics(self, basics: model.Basics) -> Latex:
        """Return the head of the CV: name, label, contacts, summary."""
        raise NotImplementedError

    def heading(self, section: model.Section) -> Latex:
        """Return a section's heading."""
        raise NotImplementedError

    def entry(self, entry: Entry) -> Latex:
        """Return a dated entry, which most kinds below come down to."""
        raise NotImplementedError

    def places(self) -> frozenset[Piece]:
        """Return the pieces of an entry that the theme's `entry` sets itself.

        The others are not lost: keywords and courses come to it as last bullets
        ("Technical Skills: Python, C++"), the score as a last paragraph of the body, and an
        employer of several roles has no dates of its own.
        """
        return frozenset()

    def placed(self, entry: Entry) -> Latex:
        """Set an entry, with what the theme does not place itself among bullets and body."""
        return self.entry(self._folded(entry))

    def _folded(self, entry: Entry) -> Entry:
        own = self.places()
        body, bullets = entry.body, entry.bullets
        if entry.score and "score" not in own:
            body = (*body, self.with_word("score", [entry.score]))
        if entry.courses and "courses" not in own:
            bullets = (*bullets, Bullet(self.with_word("courses", entry.courses)))
        if entry.keywords and "keywords" not in own:
            bullets = (*bullets, Bullet(self.with_word("keywords", entry.keywords)))
        roles = tuple(self._folded(role) for role in entry.roles)
        return dataclasses.replace(entry, body=body, bullets=bullets, roles=roles)

    def line(self, label: NoEscape | None, body: NoEscape | None) -> Latex:
        """Return a line such as "Languages: Python, C++"."""
        raise NotImplementedError

    def bullet(self, body: NoEscape) -> Latex:
        """Return a record that stands as one bullet; `items` sets the list around it."""
        return NoEscape(r"\item " + body)

    def items(self, bodies: Sequence[NoEscape]) -> Latex:
        """Return the list around records that stand as bullets."""
        raise NotImplementedError

    def arrange(self, sections: Sequence[model.Section]) -> Sequence[model.Section]:
        """Return the sections in the order in which they are written, and so are read.

        That of the CV, unless a theme has columns, of which one is written first.
        """
        return sections

    def letter(self, basics: model.Basics, letter: LetterPieces) -> Latex:
        """Return a letter, under the head of its CV; `basics` have no summary and no photo."""
        return standard(mark(basics.source, dumps(self.basics(basics))), letter, self)

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        """Return a section: its heading, then its records, those set as bullets in lists."""
        parts: list[Latex] = [self.heading(section)]
        for bullets, run in groupby(items, key=lambda item: self.is_bullet(item.record)):
            bodies = [item.body for item in run]
            parts += [self.items(bodies)] if bullets else bodies
        return parts

    def introduction(self, paragraphs: Sequence[NoEscape]) -> Latex:
        """Return the text that stands under a section's title."""
        return [self.remark(paragraph) for paragraph in paragraphs]

    def footer(self, paragraphs: Sequence[NoEscape]) -> Latex:
        """Return the text at the CV's foot, after the last section."""
        small, end = NoEscape(r"\par\bigskip\begingroup\small"), NoEscape(r"\par\endgroup")
        return [small, self.introduction(paragraphs), end]

    def group(self, title: NoEscape) -> Latex:
        """Return the title of a group of publications within their section."""
        return self.line(title, None)

    def remark(self, body: NoEscape) -> Latex:
        """Return what is said of a whole list of publications: counts, what signs mean."""
        return self.line(None, body)

    def numbered(self, number: NoEscape, body: NoEscape) -> Latex:
        """Return a record that stands as one bullet with a number for its sign."""
        return NoEscape(rf"\item[{text.optional(number)}.] {body}")

    def is_bullet(self, record: model.Record | None) -> bool:
        """Tell whether a record stands as one bullet rather than as an entry."""
        if isinstance(record, model.Project):
            dated = record.start_date or record.end_date
            return not (record.name or record.entity or dated or record.highlights)
        return isinstance(record, model.Publication)

    # --- a method a kind of record ------------------------------------------------

    def work(self, work: model.Work) -> Latex:
        """Set one employer, with one role or several."""
        roles = tuple(
            Entry(
                kind="work",
                subtitle=self.text(p.position),
                detail=self.text(p.team),
                dates=self.dates(p.start_date, p.end_date),
                place=self.place(p.location),
                body=self.paragraphs(p.summary),
                bullets=self.bullets(p.highlights),
                keywords=self.pieces(p.keywords),
            )
            for p in work.positions
        )
        return self.placed(
            Entry(
                kind="work",
                title=self.linked(work.name, work.url),
                subtitle=self.text(work.position),
                detail=self.text(work.team),
                dates=self.dates(work.start_date, work.end_date),
                place=self.place(work.location),
                body=self.paragraphs(work.description, work.summary),
                bullets=self.bullets(work.highlights),
                keywords=self.pieces(work.keywords),
                roles=roles,
                span=self.span(work.positions),
                url=work.url,
            )
        )

    def volunteer(self, volunteer: model.Volunteer) -> Latex:
        """Set one voluntary post."""
        return self.placed(
            Entry(
                kind="volunteer",
                title=self.linked(volunteer.organization, volunteer.url),
                url=volunteer.url,
                subtitle=self.text(volunteer.position),
                dates=self.dates(volunteer.start_date, volunteer.end_date),
                place=self.place(volunteer.location),
                body=self.paragraphs(volunteer.summary),
                bullets=self.bullets(volunteer.highlights),
            )
        )

    def education(self, education: model.Education) -> Latex:
        """Set one degree."""
        return self.placed(
            Entry(
                kind="education",
                title=self.linked(education.institution, education.url),
                subtitle=self.degree(education),
                dates=self.dates(education.start_date, education.end_date),
                place=self.place(education.location),
                body=self.paragraphs(education.summary),
                bullets=self.bullets(education.highlights),
                courses=self.pieces(education.courses),
                score=self.text(education.score),
                url=education.url,
            )
        )

    def patent(self, patent: model.Patent) -> Latex:
        """Set one patent."""
        about = [value for value in (patent.office, patent.number) if value]
        inventors = (text.join(patent.inventors),) if patent.inventors else ()
        return self.placed(
            Entry(
                kind="patents",
                title=self.linked(patent.name, patent.url),
                url=patent.url,
                subtitle=text.join(about) if about else None,
                detail=self.text(patent.status),
                dates=self.dates(None, patent.date),
                body=(*inventors, *self.paragraphs(patent.summary)),
            )
        )

    def grant(self, grant: model.Grant) -> Latex:
        """Set one grant."""
        about = [value for value in (grant.role, grant.amount, grant.number) if value]
        return self.placed(
            Entry(
                kind="grants",
                title=self.linked(grant.name, grant.url),
                url=grant.url,
                subtitle=self.text(grant.funder),
                detail=text.join(about) if about else None,
                dates=self.dates(grant.start_date, grant.end_date),
                place=self.place(grant.location),
                body=self.paragraphs(grant.summary),
                bullets=self.bullets(grant.highlights),
            )
        )

    def award(self, award: model.Award) -> Latex:
        """Set one award."""
        return self.placed(
            Entry(
                kind="awards",
                title=self.linked(award.title, award.url),
                url=award.url,
                subtitle=self.text(award.awarder),
                dates=self.dates(None, award.date),
                place=self.place(award.location),
                body=self.paragraphs(award.summary),
            )
        )

    def certificate(self, certificate: model.Certificate) -> Latex:
        """Set one certificate."""
        return self.placed(
            Entry(
                kind="certificates",
                title=self.linked(certificate.name, certificate.url),
                url=certificate.url,
                subtitle=self.text(certificate.issuer),
                dates=self.dates(None, certificate.date),
                place=self.place(certificate.location),
                body=self.paragraphs(certificate.summary),
            )
        )

    def membership(self, membership: model.Membership) -> Latex:
        """Set one membership."""
        return self.placed(
            Entry(
                kind="memberships",
                title=self.linked(membership.organization, membership.url),
                url=membership.url,
                subtitle=self.text(membership.role),
                dates=self.dates(membership.start_date, membership.end_date),
                place=self.place(membership.location),
                body=self.paragraphs(membership.summary),
            )
        )

    def publication(
        self, publication: model.Publication, citation: NoEscape, number: NoEscape | None = None
    ) -> Latex:
        """Set one publication; `citation` is its text in the citation style."""
        body = NoEscape(" ".join((citation, *self.paragraphs(publication.summary))))
        return self.numbered(number, body) if number else self.bullet(body)

    def skill(self, skill: model.Skill) -> Latex:
        """Set one group of skills."""
        name = self.with_note(skill.name, skill.level)
        return self.line(name, text.join(skill.keywords) if skill.keywords else None)

    def language(self, language: model.Language) -> Latex:
        """Set one spoken language."""
        return self.line(self.text(language.language), self.text(language.fluency))

    def interest(self, interest: model.Interest) -> Latex:
        """Set one interest."""
        body = text.join(interest.keywords) if interest.keywords else None
        return self.line(self.text(interest.name), body)

    def reference(self, reference: model.Reference) -> Latex:
        """Set one reference: a line, or an entry where there is more than a name and a text."""
        about = text.join([part for part in (reference.position, reference.company) if part])
        contacts = NoEscape(", ".join(self.reference_contacts(reference)))
        if not (about or contacts or reference.relationship):
            body = text.prose(reference.reference) if reference.reference else None
            return self.line(self.text(reference.name), body)
        return self.entry(
            Entry(
                kind="references",
                title=self.text(reference.name),
                subtitle=about or None,
                detail=self.text(reference.relationship),
                body=(*([contacts] if contacts else []), *self.paragraphs(reference.reference)),
            )
        )

    def project(self, project: model.Project) -> Latex:
        """Set one project; one that is only a description stands as a bullet."""
        if self.is_bullet(project):
            said = [*self.roles(project)]
            if place := self.place(project.location):
                said.append(place)
            said += self.labelled("keywords", project.keywords)
            if project.url:
                said.append(text.href(project.url, text.literal(project.url.shown)))
            pieces = [*self.paragraphs(project.description)]
            if said:
                pieces.append(NoEscape(f"({'; '.join(said)})"))
            return self.bullet(NoEscape(" ".join(pieces)))
        roles = self.roles(project)
        return self.placed(
            Entry(
                kind="projects",
                title=self.linked(project.name or project.entity, project.url),
                subtitle=self.text(project.entity) if project.name else None,
                detail=NoEscape(", ".join(roles)) if roles else None,
                dates=self.dates(project.start_date, project.end_date),
                place=self.place(project.location),
                body=self.paragraphs(project.description),
                bullets=self.bullets(project.highlights),
                keywords=self.pieces(project.keywords),
                url=project.url,
            )
        )
