"""How each kind of record is set: as an entry, as a line, or as a bullet.

A theme says what these three look like, and overrides the method of a kind that it sets
in its own way.
"""

from __future__ import annotations

import dataclasses

from pylatex import NoEscape

from cvtex import model
from cvtex.latex import text
from cvtex.latex.brief import detailed
from cvtex.latex.formatter import Formatter
from cvtex.latex.pieces import Bullet, Entry, Latex, Piece


class Kinds(Formatter):
    """A method a kind of record, named by its row of `cvtex.model.KINDS`."""

    brief = False
    """Whether the records of the section that is set now are `brief`."""
    detailed = False
    """Whether references are set now that are all entries, for one of them is `detailed`."""

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
            body = (*body, self.scored(entry.score))
        if entry.courses and "courses" not in own:
            bullets = (*bullets, Bullet(self.with_word("courses", entry.courses)))
        if entry.keywords and "keywords" not in own:
            bullets = (*bullets, Bullet(self.with_word("keywords", entry.keywords)))
        roles = tuple(self._folded(role) for role in entry.roles)
        return dataclasses.replace(entry, body=body, bullets=bullets, roles=roles)

    def scored(self, score: NoEscape) -> NoEscape:
        """Return a score after its word, which one that says what it is needs not: "GPA 3.9"."""
        says = len(score) > 3 and score[:2].isalpha()
        return score if says else self.with_word("score", [score])

    def line(self, label: NoEscape | None, body: NoEscape | None) -> Latex:
        """Return a line such as "Languages: Python, C++"."""
        raise NotImplementedError

    def bullet(self, body: NoEscape) -> Latex:
        """Return a record that stands as one bullet; `items` sets the list around it."""
        return NoEscape(r"\item " + body)

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
        return self.line(
            name, text.join(skill.keywords, self.setting.words.comma) if skill.keywords else None
        )

    def language(self, language: model.Language) -> Latex:
        """Set one spoken language."""
        return self.line(self.text(language.language), self.text(language.fluency))

    def interest(self, interest: model.Interest) -> Latex:
        """Set one interest."""
        body = text.join(interest.keywords, self.setting.words.comma) if interest.keywords else None
        return self.line(self.text(interest.name), body)

    def reference(self, reference: model.Reference) -> Latex:
        """Set one reference: a line, or an entry where there is more than a name and a text."""
        if self.detailed or detailed([reference]):
            return self.entry(self.referee(reference))
        body = text.prose(reference.reference) if reference.reference else None
        return self.line(self.text(reference.name), body)

    def referee(self, reference: model.Reference) -> Entry:
        """Return a reference as an entry."""
        about = text.join([part for part in (reference.position, reference.company) if part])
        contacts = NoEscape(", ".join(self.reference_contacts(reference)))
        return Entry(
            kind="references",
            title=self.text(reference.name),
            subtitle=about or None,
            detail=self.text(reference.relationship),
            body=(*([contacts] if contacts else []), *self.paragraphs(reference.reference)),
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
