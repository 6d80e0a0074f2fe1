"""What the head of an entry is made of: its lines, or one row, from the pieces of the entry."""

from __future__ import annotations

import dataclasses
import re

from pylatex import NoEscape

from cvtex.latex.macros import NOTHING, CvBeside, CvStack, styled
from cvtex.latex.page import ArticlePage
from cvtex.latex.pieces import Entry, barred, comma

POSTS = frozenset({"work", "volunteer", "education"})
"""Kinds whose title is an employer or a school, and whose subtitle (the position, the degree) is
what a reader looks for first."""
ROWS = frozenset({"awards", "certificates", "grants", "memberships", "patents"})
"""Kinds whose heads are rows, whatever stands below them."""
ENDS_A_SENTENCE = re.compile(r"[.?!…:;,]\}*$")
UNDIVIDED = 30
"""Characters up to which a text in a row, such as an amount, stays on one line."""


def _whole(said: NoEscape) -> NoEscape:
    """Return a short text so that no line divides it."""
    return NoEscape(rf"\mbox{{{said}}}") if len(said) <= UNDIVIDED else said


def _with_rest(
    first: NoEscape | None, rest: NoEscape | None, between: str = r"\cvbetween\cvmark{P}"
) -> NoEscape | None:
    r"""Return a piece and what follows it in its line, or below it where the line has no room."""
    return NoEscape(rf"{first}\cvrest{{{between}}}{{{rest}}}") if first and rest else first or rest


class Heads(ArticlePage):
    """How the pieces of an entry come into the lines of its head."""

    def led(self, entry: Entry) -> tuple[NoEscape | None, NoEscape | None]:
        """Return what an entry's first line says, and what its second begins with."""
        head, whose = entry.title, entry.subtitle
        by_subtitle = entry.kind in POSTS and self.options.lead == "position"
        if by_subtitle and not entry.roles:
            head, whose = whose, head
        return (head, whose) if head else (whose, None)

    def lines(self, entry: Entry) -> tuple[NoEscape | None, NoEscape | None]:
        r"""Return a head in two lines: what is the person's own (`\cvown`, `\cvdetail`), and whose
        it is (`\cvwhose`; `\cvover` over its roles) and where; first comes what leads, an
        employer over its roles always.
        """
        own, whose = entry.title, entry.subtitle
        if entry.kind in POSTS:
            own, whose = whose, own
        over = "cvover" if entry.roles else "cvwhose"
        whose = styled(over if entry.kind in POSTS else "cvplaced", whose)
        lines = (
            _with_rest(styled("cvown", own), styled("cvdetail", entry.detail)),
            _with_rest(whose, styled("cvplaced", entry.place)),
        )
        if entry.roles or (self.options.lead == "employer" and entry.kind in POSTS):
            lines = lines[1], lines[0]
        return lines if lines[0] else (lines[1], None)

    def row(self, entry: Entry, titled: str = "") -> NoEscape | None:
        """Return a row as one text: "title, venue, the rest". A macro is for the title alone."""
        head, whose = self.led(entry)
        head = styled(titled, head) if titled else head
        if not head:
            return entry.place
        rest = comma(styled("cvvenue", whose), styled("cvplaced", entry.place))
        between = r"\cvmark{P} " if ENDS_A_SENTENCE.search(head) else r"\cvmark{P}, "
        return _with_rest(head, rest, between)

    def stacked(self, entry: Entry) -> Entry:
        """Return a project whose roles and keywords stand beside its name, in one line."""
        if entry.kind != "projects" or not entry.keywords:
            return entry
        roles, detail = (None, entry.detail) if entry.subtitle else (entry.detail, None)
        pieces = barred(roles, self.listed(entry.keywords))
        title = NoEscape(CvStack([entry.title or NOTHING, pieces or NOTHING]).dumps())
        return dataclasses.replace(entry, title=title, detail=detail, keywords=())

    def with_role_beside(self, entry: Entry) -> Entry:
        """Return a project of nobody else's, that is no row, with one's role in it beside its name,
        in brackets."""
        if entry.kind != "projects" or entry.subtitle or not (entry.title and entry.detail):
            return entry
        if self.is_row(entry):
            return entry
        title = NoEscape(f"{entry.title}{CvBeside([entry.detail]).dumps()}")
        return dataclasses.replace(entry, title=title, detail=None)

    def divisible(self, entry: Entry) -> Entry:
        """Return a post with marks in the name of its employer or school where a line of that name
        ends best: after commas."""
        if entry.kind not in POSTS or not entry.title or self.is_row(entry):
            return entry  # an address within a name has no comma and space
        title = NoEscape(entry.title.replace(", ", r",\cvaftercomma{} "))
        return dataclasses.replace(entry, title=title)

    def with_score(self, entry: Entry) -> Entry:
        """Return an entry with its score in its detail, if the theme places it."""
        if not entry.score or "score" not in self.places():
            return entry
        score = _whole(self.scored(entry.score))
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
        detail = comma(entry.detail, *map(_whole, texts))
        return dataclasses.replace(entry, detail=detail, body=(), bullets=())
