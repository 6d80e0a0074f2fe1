r"""What cvtex's own layouts on `\documentclass{article}` have in common.

Their options, fonts, head, titles, entries, bullets and lines; what is not in
`shared/cvbase.sty` of the macros, the theme's own style defines.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pylatex import NoEscape

from cvtex import model
from cvtex.latex import text
from cvtex.latex.macros import (
    NOTHING,
    CvBeside,
    CvBullets,
    CvContact,
    CvContacts,
    CvEmployer,
    CvEntry,
    CvGroup,
    CvHead,
    CvInline,
    CvInlineItem,
    CvKeep,
    CvKeywords,
    CvLabel,
    CvLine,
    CvName,
    CvOwner,
    CvRemark,
    CvRole,
    CvRow,
    CvSection,
    CvShort,
    CvStack,
    CvText,
    given,
    styled,
)
from cvtex.latex.page import ArticlePage
from cvtex.latex.pieces import (
    Bullet,
    Contact,
    CvRecord,
    Entry,
    Item,
    Latex,
    Piece,
    TextList,
    barred,
    comma,
    dumps,
)
from cvtex.model import Text

_NUMBER = re.compile(r"^\\item\[\{?(.*?)\}?\.\]", re.MULTILINE)
POSTS = frozenset({"work", "volunteer", "education"})
"""Kinds whose title is an employer or a school, and whose subtitle (the position, the degree) is
what a reader looks for first."""
ROWS = frozenset({"awards", "certificates", "grants", "memberships", "patents"})
"""Kinds whose heads are rows, whatever stands below them."""
ENDS_A_SENTENCE = re.compile(r"[.?!…:;,]\}*$")
UNDIVIDED = 30
"""Characters up to which a text in a row, such as an amount, stays on one line."""


def _widest(bodies: Sequence[NoEscape]) -> str:
    """Return a number as wide as the widest of records, or nothing where none has one."""
    numbers = [match[1] for body in bodies if (match := _NUMBER.search(body))]
    return "0" * max(map(len, numbers)) + "." if numbers else ""


def _is_line(item: Item) -> bool:
    """Tell whether a record is a line or a row: a page's end leaves two of them on either side."""
    return r"\cvline{" in item.body or r"\begin{cvshort}" in item.body


class ArticleTheme(ArticlePage):
    """A theme on `article` and `cvbase.sty`."""

    employers = False
    r"""Whether the style has `\cvemployer` for the head of several roles, which have the dates."""
    rows = ""
    r"""The macro of a row's title (`textbf`), where the style has `\cvrow` for rows."""
    widest = ""
    """As wide as the widest number in the section that is set now: its lists are indented alike."""

    def line(self, label: NoEscape | None, body: NoEscape | None) -> Latex:
        return CvLine(given(label, body))

    def remark(self, body: NoEscape) -> Latex:
        return CvRemark([NoEscape(dumps(self.line(None, body)))])

    def group(self, title: NoEscape) -> Latex:
        return CvGroup([title])

    def items(self, bodies: Sequence[NoEscape]) -> Latex:
        widest = _widest(bodies) and max(_widest(bodies), self.widest, key=len)
        data: list[Latex] = [NoEscape(body.strip("\n")) for body in bodies]
        if len(data) > 1:
            data.insert(-1, CvKeep())
        return CvBullets(data=data, options=NoEscape(widest) if widest else None)

    # --- pieces ---------------------------------------------------------------------

    def photo(self, basics: model.Basics) -> NoEscape | None:
        """Return the photo's file, if there is one and it is wanted."""
        return self.text(basics.image) if self.options.photo else None

    def title(self, section: model.Section) -> NoEscape:
        """Return a section's title, in capitals if they are wanted."""
        return self.capitals(section.title)

    def capitals(self, value: Text) -> NoEscape:
        """Return a title, in capitals if they are wanted."""
        if self.title_case() == "capitals":
            value = Text(
                text.upper(value, self.setting.words.code), tex=value.tex, language=value.language
            )
        return text.literal(value)

    def link(self, contact: Contact) -> NoEscape:
        """Return a contact's text, as a link where it has an address."""
        return text.href(contact.url, contact.text) if contact.url else contact.text

    def led(self, entry: Entry) -> tuple[NoEscape | None, NoEscape | None]:
        """Return what an entry's first line says, and what its second begins with."""
        head, whose = entry.title, entry.subtitle
        by_subtitle = entry.kind in POSTS and self.options.lead == "position"
        if by_subtitle and not entry.roles:
            head, whose = whose, head
        return (head, whose) if head else (whose, None)

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([text.literal(basics.name)])]
        if basics.label:
            head.append(CvLabel([text.literal(basics.label)]))
        contacts: list[Latex] = [CvContact([self.link(c)]) for c in self.contacts(basics)]
        if place := self.place(basics.location):
            contacts.insert(0, CvContact([place]))
        if contacts:
            head.append(CvContacts(data=contacts))
        summary = self.texts(self.paragraphs(basics.summary))
        return [*self.owner(basics), CvHead(data=head, options=self.photo(basics)), *summary]

    def owner(self, basics: model.Basics) -> list[Latex]:
        """Return what tells the pages after the first the name, if they are numbered."""
        numbered = self.options.page_numbers and basics.name
        return [CvOwner([text.literal(basics.name)])] if numbered else []

    def heading(self, section: model.Section) -> Latex:
        return CvSection([self.title(section)])

    def places(self) -> frozenset[Piece]:
        if type(self).body is not ArticleTheme.body or type(self).entry is not ArticleTheme.entry:
            return frozenset()  # of a theme that was written before there were such pieces
        return frozenset({"keywords", "courses", "score", "span"})

    def entry(self, entry: Entry) -> Latex:
        entry = self.with_score(entry)
        if self.is_row(entry):
            if self.brief and entry.kind == "projects":
                entry = self.in_a_row(entry)
            return CvShort(data=[CvRecord(data=[self.head(self.as_row(entry)), *self.body(entry)])])
        if entry.roles and not entry.dates and "span" in self.places():
            entry = dataclasses.replace(entry, dates=entry.span)
        roles = [CvRecord(data=[self.role(role), *self.body(role)]) for role in entry.roles]
        return CvRecord(data=[self.head(entry), *self.body(entry), *roles])

    def stacked(self, entry: Entry) -> Entry:
        """Return a project whose roles and keywords stand beside its name, in one line."""
        if entry.kind != "projects" or not entry.keywords:
            return entry
        roles, detail = (None, entry.detail) if entry.subtitle else (entry.detail, None)
        pieces = barred(roles, self.listed(entry.keywords))
        title = NoEscape(CvStack([entry.title or NOTHING, pieces or NOTHING]).dumps())
        return dataclasses.replace(entry, title=title, detail=detail, keywords=())

    def with_role_beside(self, entry: Entry) -> Entry:
        """Return a project of nobody else's with one's role in it beside its name, in brackets."""
        if entry.kind != "projects" or entry.subtitle or not (entry.title and entry.detail):
            return entry
        title = NoEscape(f"{entry.title}{CvBeside([entry.detail]).dumps()}")
        return dataclasses.replace(entry, title=title, detail=None)

    def with_score(self, entry: Entry) -> Entry:
        """Return an entry with its score in its detail, if the theme places it."""
        if not entry.score or "score" not in self.places():
            return entry
        score = self.scored(entry.score)
        if len(score) <= UNDIVIDED:
            score = NoEscape(rf"\mbox{{{score}}}")
        return dataclasses.replace(entry, detail=comma(entry.detail, score))

    def is_row(self, entry: Entry) -> bool:
        """Tell whether the head of an entry is one row, close to the rows around it.

        So are short kinds such as awards, and projects with nothing below them: talks.
        """
        below = entry.body or entry.bullets or entry.keywords
        return self.brief or entry.kind in ROWS or (entry.kind == "projects" and not below)

    def as_row(self, entry: Entry) -> Entry:
        """Return an entry whose head is a row: its detail stands with its place, after a comma."""
        return dataclasses.replace(entry, detail=None, place=comma(entry.detail, entry.place))

    def in_a_row(self, entry: Entry) -> Entry:
        """Return an entry of a brief section with the text below its head in its detail."""
        texts = (*entry.body, *(bullet.text for bullet in entry.bullets))
        whole = [
            NoEscape(rf"\mbox{{{said}}}") if len(said) <= UNDIVIDED else said for said in texts
        ]
        return dataclasses.replace(entry, detail=comma(entry.detail, *whole), body=(), bullets=())

    def language(self, language: model.Language) -> Latex:
        return CvInlineItem(given(self.text(language.language), self.text(language.fluency)))

    def interest(self, interest: model.Interest) -> Latex:
        if self.brief:
            return CvInlineItem(given(None, self.text(interest.name)))
        return super().interest(interest)

    def section(self, section: model.Section, items: Sequence[Item]) -> Latex:
        in_a_row = {
            "languages": type(self).language is ArticleTheme.language,
            "interests": self.brief and type(self).interest is ArticleTheme.interest,
        }
        if in_a_row.get(section.kind):
            return [
                self.heading(section),
                CvInline(data=[NoEscape(item.body.strip("\n")) for item in items]),
            ]
        self.widest = _widest([item.body for item in items])
        if len(items) > 1 and all(map(_is_line, items)):
            items = [*items]
            for number in {1, len(items) - 1}:
                tied = NoEscape(f"\\cvtie\n{items[number].body}")
                items[number] = dataclasses.replace(items[number], body=tied)
        return super().section(section, items)

    def head(self, entry: Entry) -> Latex:
        """Return what stands above an entry's body."""
        if self.rows and self.is_row(entry):
            return CvRow(given(self.row(entry, self.rows), entry.dates))
        if self.employers and entry.roles and entry.title and not (entry.subtitle or entry.detail):
            dates = entry.dates or (None if entry.place else entry.span)
            return CvEmployer(given(entry.title, dates, entry.place))
        head, whose = self.led(entry)
        return CvEntry(given(head, entry.dates, whose, entry.place, entry.detail))

    def lines(self, entry: Entry) -> tuple[NoEscape | None, NoEscape | None]:
        r"""Return a head in two lines: what is the person's own (`\cvown`, `\cvdetail`), and whose
        it is (`\cvwhose`) and where; first comes what leads, an employer over its roles always.
        """
        own, whose = entry.title, entry.subtitle
        if entry.kind in POSTS:
            own, whose = whose, own
        lines = (
            barred(styled("cvown", own), styled("cvdetail", entry.detail)),
            barred(
                styled("cvwhose" if entry.kind in POSTS else "cvplaced", whose),
                styled("cvplaced", entry.place),
            ),
        )
        if entry.roles or (self.options.lead == "employer" and entry.kind in POSTS):
            lines = lines[1], lines[0]
        return lines if lines[0] else (lines[1], None)

    def row(self, entry: Entry, titled: str = "") -> NoEscape | None:
        """Return a row as one text: "title, venue, the rest"; what parts a post from whose it is
        is drawn, as it is in other heads. A macro is for the title alone."""
        head, whose = self.led(entry)
        head = styled(titled, head) if titled else head
        if not head:
            return entry.place
        pieces = styled("cvvenue", whose), styled("cvplaced", entry.place)
        if entry.kind in POSTS:
            return barred(head, *pieces)
        rest = styled("cvrest", comma(*pieces))
        between = r"\cvmark{P} " if ENDS_A_SENTENCE.search(head) else r"\cvmark{P}, "
        return NoEscape(head + between + rest) if rest else head

    def role(self, role: Entry) -> Latex:
        """Return what stands above the body of one of an entry's roles."""
        return CvRole(given(role.subtitle, role.dates, role.place, role.detail))

    def body(self, entry: Entry) -> list[Latex]:
        """Return what stands under an entry's head: its paragraphs and bullets."""
        return [*self.texts(entry.body), *self.list(entry.bullets), *self.labels(entry)]

    def labels(self, entry: Entry) -> list[Latex]:
        """Return the lines of an entry's courses and keywords, each after its word."""
        own = self.places()
        lines: list[Latex] = []
        if entry.courses and "courses" in own:
            lines.append(CvKeywords([self.word("courses"), self.listed(entry.courses)]))
        if entry.keywords and "keywords" in own:
            lines.append(CvKeywords([self.word("keywords"), self.listed(entry.keywords)]))
        return lines

    def texts(self, paragraphs: Sequence[NoEscape]) -> list[Latex]:
        """Return paragraphs, and the lists among them."""
        parts: list[Latex] = []
        for paragraph in paragraphs:
            if isinstance(paragraph, TextList):
                parts += self.list(paragraph.bullets)
            else:
                parts.append(CvText([paragraph]))
        return parts

    def introduction(self, paragraphs: Sequence[NoEscape]) -> Latex:
        return [*self.texts(paragraphs), NoEscape(r"\cvintroduced")]

    def listing(self, bullets: Sequence[Bullet]) -> NoEscape:
        return dumps(self.list(bullets))

    def list(self, bullets: Sequence[Bullet]) -> list[Latex]:
        """Return a list of bullets with those below them, or nothing."""
        if not bullets:
            return []
        data: list[Latex] = []
        for bullet in bullets:
            if len(bullets) > 1 and bullet is bullets[-1]:
                data.append(CvKeep())
            item = self.numbered(bullet.number, bullet.text) if bullet.number else None
            data += [item or self.bullet(bullet.text), *self.list(bullet.bullets)]
        widest = max((bullet.number or "" for bullet in bullets), key=len)
        options = NoEscape("0" * len(widest) + ".") if widest else None
        return [CvBullets(data=data, options=options)]
