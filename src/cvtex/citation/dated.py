"""When a publication came out, and how far it is, as a style and a language say it."""

from __future__ import annotations

from collections.abc import Mapping

from cvtex.citation.called import NOTHING, Called
from cvtex.citation.forms import upper
from cvtex.citation.people import join
from cvtex.citation.template import Field, Group, Literal, Template
from cvtex.dateforms import shown
from cvtex.model import Date, Rich

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
STATES = {
    "in press": "inpress",
    "in the press": "inpress",
    "accepted": "inpress",
    "to appear": "inpress",
    "in preparation": "inpreparation",
    "under review": "underreview",
    "in review": "underreview",
}
"""States as people write them, and their keys."""


class Dated(Called):
    """The dates of one publication."""

    def year(self) -> Rich:
        """Return the year, years, or what stands in their place ("in press")."""
        return self._stated(self._year())

    def _year(self) -> Rich:
        date, end = self.publication.date, self.publication.end_date
        typed = self.fields.get("year", NOTHING)
        if typed or date is None:
            return typed
        said = self._said(date)
        return Rich(f"{said}–{self._said(end)}" if end and end.year != date.year else said)

    def _said(self, date: Date) -> str:
        if date.sense or date.other or date.is_present:
            return shown(date, self.words, "years")
        return str(date.year)

    def _stated(self, when: Rich) -> Rich:
        """Return a date with how far a paper is, or that in its place, as the style says."""
        status = self.status()
        if not status or status.text.casefold() in when.text.casefold():
            return when or status
        if not when:
            return upper(status) if self.style.status == "before" else status
        typed = self.fields["pubstate"].text
        if self.style.status == "before":
            return join(upper(status), Rich(" "), when)
        if self.style.status == "beside" or typed == "prepublished":
            return join(when, Rich(", "), status)
        return status

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
        return self._stated(dated if said == dated.text else Rich(said))

    def _dated(self, date: Date, end: Date | None) -> Rich:
        exact = "day" if date.day else "month" if self.month(date) else "year"
        days = self.words.day(date.day) if not self.words.code.startswith("en") else str(date.day)
        if end and end.day and end.month == date.month:
            days += f"–{end.day}"
        parts = {"year": str(date.year), "month": self.month(date), "day": days}
        if exact == "day" and not self.words.code.startswith("en"):
            parts["month"] = (self.words.day_months or self.words.months)[date.month - 1]
        template = self.style.dates.get(exact, Template((Field("year"),)))
        begins = template.nodes[0] if template.nodes else None
        by_year = isinstance(begins, Field) and begins.name == "year"
        if not self.words.code.startswith("en") and not by_year and exact != "year":
            return Rich(self.words.dates[exact].format(**parts))
        return Rich(_filled(template, parts))

    def month(self, date: Date | None = None) -> str:
        """Return the name of a month, or what stands for it: a season, a quarter."""
        date = date or self.publication.date
        if date and date.season:
            return self.words.words.get(date.season, date.season.upper())
        if date is None or not date.month:
            return ""
        is_english = self.words.code.startswith("en")
        names = (self.style.months or ENGLISH) if is_english else self.words.months
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
        if typed.text == "published":
            return NOTHING
        return self.word(STATES.get(typed.text.casefold(), typed.text)) or typed


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
