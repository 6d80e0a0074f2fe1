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
from cvtex.latex.heads import Heads
from cvtex.latex.macros import (
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
    CvOneLine,
    CvOwner,
    CvRemark,
    CvRole,
    CvRow,
    CvSection,
    CvShort,
    CvText,
    CvTwoLines,
    given,
    styled,
)
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

_ROW = r"\cvrow{"
_MACRO = re.compile(r"\\href\{[^{}]*\}|\\[A-Za-z]+ ?|[{}]")
LONG_BULLET = 150
"""Characters than which a bullet of several lines has more, in any size."""
SHORT_BULLET = 140
"""Characters of LaTeX that a bullet of about a line has at most."""
_NUMBER = re.compile(r"^\\item\[\{?(.*?)\}?\.\]", re.MULTILINE)


def _widest(bodies: Sequence[NoEscape]) -> str:
    """Return a number as wide as the widest of records, or nothing where none has one."""
    numbers = [match[1] for body in bodies if (match := _NUMBER.search(body))]
    return "0" * max(map(len, numbers)) + "." if numbers else ""


def _long_row(items: Sequence[Item], part: int) -> tuple[int, int] | None:
    """Return about how many characters a row has, and its dates, than which less than that part
    (4: a fourth) of the rows of a section have more; None where it has no two rows."""
    lines = (line for item in items for line in item.body.splitlines() if line.startswith(_ROW))
    parts = (line.removeprefix(_ROW).rpartition("}{") for line in lines)
    rows = [(len(_MACRO.sub("", row)), len(_MACRO.sub("", dates))) for row, _, dates in parts]
    rows.sort(key=sum, reverse=True)
    return rows[len(rows) // part] if len(rows) > 1 else None


def _is_line(item: Item) -> bool:
    """Tell whether a record is a line or a row: a page's end leaves two of them on either side."""
    return r"\cvline{" in item.body or r"\begin{cvshort}" in item.body


class ArticleTheme(Heads):
    """A theme on `article` and `cvbase.sty`."""

    employers = False
    r"""Whether the style has `\cvemployer` for the head of several roles, which have the dates."""
    rows: str | None = None
    r"""The macro of a row's title (`textbf`; empty for none), where the style has `\cvrow`."""
    in_two_lines = False
    r"""Whether the style has `\cvtwolines` for other heads, and `\cvoneline` for those of roles."""
    long_rows = 4
    """Where more than this part of a section's rows (4: a fourth) need two lines, all have them."""
    together = 3
    """So many lines or rows of a section, or short bullets, stand on one page."""
    divides = False
    """Whether a last bullet of several lines may stand on the next page."""
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
        if 3 < len(bodies) <= self.together and max(map(len, bodies)) < SHORT_BULLET:
            data.insert(0, NoEscape(r"\cvtogether"))
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
            last = len(items) - 1
            for number in range(1, len(items)) if last < self.together else {1, last}:
                tied = NoEscape(f"\\cvtie\n{items[number].body}")
                items[number] = dataclasses.replace(items[number], body=tied)
        if length := _long_row(items, self.long_rows):
            rows = NoEscape(rf"\cvrows{{{length[0]}}}{{{length[1]}}}")
            body = NoEscape(f"{rows}\n{items[0].body}")
            items = [dataclasses.replace(items[0], body=body), *items[1:]]
        return super().section(section, items)

    def head(self, entry: Entry) -> Latex:
        """Return what stands above an entry's body."""
        if self.rows is not None and self.is_row(entry):
            return CvRow(given(self.row(entry, self.rows), entry.dates))
        if self.in_two_lines:
            line, second = self.lines(entry)
            return CvTwoLines(given(line, entry.dates, second))
        if self.employers and entry.roles and entry.title and not (entry.subtitle or entry.detail):
            return CvEmployer(given(entry.title, entry.dates or entry.span, entry.place))
        head, whose = self.led(entry)
        return CvEntry(given(head, entry.dates, whose, entry.place, entry.detail))

    def role(self, role: Entry) -> Latex:
        """Return what stands above the body of one of an entry's roles."""
        if self.in_two_lines:
            detail = styled("cvdetail", comma(role.detail, role.place))
            return CvOneLine(given(barred(styled("cvown", role.subtitle), detail), role.dates))
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
            long = self.divides and len(_MACRO.sub("", bullet.text)) > LONG_BULLET
            if len(bullets) > 1 and bullet is bullets[-1] and not long:
                data.append(CvKeep())
            item = self.numbered(bullet.number, bullet.text) if bullet.number else None
            data += [item or self.bullet(bullet.text), *self.list(bullet.bullets)]
        widest = max((bullet.number or "" for bullet in bullets), key=len)
        options = NoEscape("0" * len(widest) + ".") if widest else None
        return [CvBullets(data=data, options=options)]
