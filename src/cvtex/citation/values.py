"""What a publication has to say under each name that a template can use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cvtex.citation.forms import dashes
from cvtex.citation.people import join
from cvtex.citation.style import Style
from cvtex.citation.template import Field, Group, Literal, Template
from cvtex.dateforms import shown
from cvtex.model import Date, Publication, Rich, Words

NOTHING = Rich("")
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
PEOPLE = ("authors", "editors", "leading")
"""Lists of names; `leading` are editors who stand where authors stand."""

_COUNTED = {"eds": "editor", "trs": "translator", "pp": "pages", "invs": "author"}
"""Words that have a plural, and whose number it follows."""


class Values:
    """The values of one publication in a style and a language."""

    def __init__(self, publication: Publication, style: Style, words: Words) -> None:
        self.publication = publication
        self.fields = publication.fields
        self.style = style
        self.words = words

    def get(self, name: str) -> Rich:
        """Return a value, empty for none."""
        if name in SPECIAL:
            return SPECIAL[name](self)
        if name in self.fields:
            return self.fields[name]
        return self.word(name)

    def word(self, name: str) -> Rich:
        """Return what the style calls something, one or several of it."""
        local = self.style.languages.get(self.words.code[:2], {})
        called = local.get(name) or self.style.words.get(name)
        if not called:
            return NOTHING
        one, _, several = called.partition("|")
        count = self._count(name)
        return Rich(several if several and count > 1 else one) if count else NOTHING

    def _count(self, name: str) -> int:
        counted = _COUNTED.get(name, "")
        if counted == "editor":
            return len(self.publication.editors)
        if counted == "author":
            return len(self.publication.authors)
        if counted == "pages":
            pages = self.fields.get("pages", NOTHING).text
            return (1 + bool(re.search(r"\d\D+\d|[–,-]", pages))) if pages else 0
        return len(self.publication.people.get(counted, ())) if counted else 1

    def titled(self, name: str, subtitle: str) -> Rich:
        """Return a title with its subtitle."""
        title = self.publication.title if name == "title" else self.fields.get(name, NOTHING)
        under = self.fields.get(subtitle, NOTHING)
        if not (title and under):
            return title
        return join(title, Rich(" " if title.text[-1] in ".?!:" else ": "), under)

    def kind(self) -> Rich:
        """Return the type of a thesis, report or patent in words."""
        typed = self.fields.get("type", NOTHING)
        return self.word(typed.text) or typed

    def degree(self) -> Rich:
        """Return the type of a thesis."""
        typed = self.fields.get("type", NOTHING).text
        return (
            self.kind()
            if typed.endswith("thesis") or self.publication.type == "thesis"
            else NOTHING
        )

    def year(self) -> Rich:
        """Return the year, years, or what stands in their place ("in press")."""
        date, end = self.publication.date, self.publication.end_date
        typed = self.fields.get("year", NOTHING)
        if typed or date is None:
            return typed or self.status()
        said = self._year(date)
        return Rich(f"{said}–{self._year(end)}" if end and end.year != date.year else said)

    def _year(self, date: Date) -> str:
        if date.sense or date.other or date.is_present:
            return shown(date, self.words, "years")
        return str(date.year)

    def date(self) -> Rich:
        """Return the date, as exact as it is, by the style's patterns."""
        date, end = self.publication.date, self.publication.end_date
        if date is None or self.fields.get("year") or (end and end.year != date.year):
            return self.year()
        dated = self._dated(date, end)
        said = dated.text
        if date.other:
            other = self._dated(date.other, None).text
            said = self.words.dates["either"].format(date=said, other=other)
        if date.sense:
            said = self.words.dates[date.sense].format(date=said)
        return dated if said == dated.text else Rich(said)

    def _dated(self, date: Date, end: Date | None) -> Rich:
        exact = "day" if date.day else "month" if self.month(date) else "year"
        days = str(date.day)
        if end and end.day and end.month == date.month:
            days += f"–{end.day}"
        parts = {"year": str(date.year), "month": self.month(date), "day": days}
        template = self.style.dates.get(exact, Template((Field("year"),)))
        return Rich(_filled(template, parts))

    def month(self, date: Date | None = None) -> str:
        """Return the name of a month, or what stands for it: a season, a quarter."""
        date = date or self.publication.date
        if date and date.season:
            return self.words.words.get(date.season, date.season.upper())
        if date is None or not date.month:
            return ""
        english = self.words.code.startswith("en")
        names = (self.style.months or ENGLISH) if english else self.words.months
        return str(names[date.month - 1])

    def day(self) -> Rich:
        """Return the day of the month."""
        date = self.publication.date
        return Rich(str(date.day)) if date and date.day else NOTHING

    def typed_date(self, field: str) -> Rich:
        """Return the date, or the days, that a field gives (`urldate`, `eventdate`)."""
        typed = self.fields.get(field, NOTHING).text
        start, _, end = typed.partition("/")
        try:
            return self._dated(Date.parse(start), Date.parse(end) if end else None)
        except ValueError:
            return Rich(typed)

    def status(self) -> Rich:
        """Return how far a paper is (`pubstate`), in words."""
        typed = self.fields.get("pubstate", NOTHING)
        return self.word(typed.text) or typed

    def link(self, *kinds: str) -> Rich:
        """Return the address of the first of these kinds of link."""
        for kind in kinds:
            for link in self.publication.links:
                if link.url and kind in (link.kind, link.label):
                    return Rich(link.url)
        return NOTHING

    def arxiv(self) -> Rich:
        """Return the number in arXiv."""
        return Rich(self.link("arxiv").text.partition("arxiv.org/abs/")[2])

    def doi(self) -> Rich:
        """Return the DOI itself."""
        from urllib.parse import unquote

        return Rich(unquote(self.link("doi").text.partition("doi.org/")[2]))


def _filled(template: Template, parts: Mapping[str, str]) -> str:
    out = ""
    for node in template.nodes:
        if isinstance(node, Literal):
            out += node.text
        elif isinstance(node, Field):
            out += parts.get(node.name, "")
        elif isinstance(node, Group):
            out += _filled(Template(node.alternatives[0]), parts)
    return out


SPECIAL: Mapping[str, Callable[[Values], Rich]] = {
    "title": lambda v: v.titled("title", "subtitle"),
    "booktitle": lambda v: v.titled("booktitle", "booksubtitle"),
    "maintitle": lambda v: v.titled("maintitle", "mainsubtitle"),
    "journaltitle": lambda v: v.titled("journaltitle", "journalsubtitle"),
    "journal": lambda v: (
        v.fields.get("shortjournal") or v.titled("journaltitle", "journalsubtitle")
    ),
    "type": Values.kind,
    "degree": Values.degree,
    "year": Values.year,
    "date": Values.date,
    "month": lambda v: Rich(v.month()),
    "day": Values.day,
    "date-month": lambda v: v.date() if v.month() else NOTHING,
    "urldate": lambda v: v.typed_date("urldate"),
    "eventdate": lambda v: v.typed_date("eventdate"),
    "status": Values.status,
    "pages": lambda v: dashes(v.fields.get("pages", NOTHING)),
    "arxiv": Values.arxiv,
    "doi": Values.doi,
    "doi-url": lambda v: v.link("doi"),
    "arxiv-url": lambda v: v.link("arxiv"),
    "url": lambda v: v.link("url"),
    "address": lambda v: v.link("doi", "url", "arxiv", "hdl", "pdf"),
}
"""Values that are more than a field."""

ADDRESSES = frozenset(("doi", "doi-url", "arxiv-url", "url", "address"))
"""Values that are links."""
