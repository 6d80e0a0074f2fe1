"""What a publication has to say under each name that a template can use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from cvtex.citation.forms import dashes, ordinal, upper
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

_PATENTS = {
    "us": "patentus",
    "usa": "patentus",
    "united states": "patentus",
    "ep": "patenteu",
    "european": "patenteu",
    "de": "patentde",
    "germany": "patentde",
    "german": "patentde",
    "fr": "patentfr",
    "france": "patentfr",
    "french": "patentfr",
    "gb": "patentuk",
    "uk": "patentuk",
    "united kingdom": "patentuk",
    "wo": "patentwo",
    "pct": "patentwo",
}
"""biblatex's types of patents by country, as `number`, `nationality` or `location` name it."""

_NUMBER = r"(US|EP|DE|FR|GB|WO)[\s-]*(?=[\dA-Z])(.+?)(?:\s+[A-CS]\d?)?"


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
        """Return what the style calls something in the CV's language, one or several of it."""
        called = self.called(name)
        if not called:
            return NOTHING
        singular, _, plural = called.partition("|")
        count = self._count(name)
        said = plural if plural and count > 1 else singular
        return Rich(said.replace("{}", "").strip()) if count else NOTHING

    def called(self, name: str) -> str:
        """Return a word: the style's own in this language, the language's, English."""
        local = self.style.languages.get(self.words.code[:2], {}).get(name)
        if local:
            return local
        if name == "pg":  # of one page or several, where a style has one word for both
            return self.style.words.get(name) or self.called("pp").partition("|")[0]
        general = self.words.publications.get(name, "")
        if self.words.code.startswith("en"):
            return self.style.words.get(name) or general or english(name)
        return general or self.style.words.get(name) or english(name)

    def _count(self, name: str) -> int:
        counted = _COUNTED.get(name, "")
        if counted == "editor":
            return len(self.publication.editors)
        if counted == "author":
            return len(self.publication.authors)
        if counted == "pages":
            pages = self.fields.get("pages", NOTHING).text
            return (1 + is_range(pages)) if pages else 0
        return len(self.publication.people.get(counted, ())) if counted else 1

    def title(self) -> Rich:
        """Return the title with its subtitle, and what is added to it."""
        title, addon = self.titled("title", "subtitle"), self.fields.get("titleaddon", NOTHING)
        if not (title and addon):
            return title
        return join(title, Rich(" " if title.text[-1] in ".?!:" else ". "), addon)

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
        if self.publication.type == "patent" and not typed:
            return self.word(self._patent()[0])
        return self.word(typed.text) or typed

    def degree(self) -> Rich:
        """Return the type of a thesis."""
        typed = self.fields.get("type", NOTHING).text
        return (
            self.kind()
            if typed.endswith("thesis") or self.publication.type == "thesis"
            else NOTHING
        )

    def form(self) -> Rich:
        """Return what a talk or manuscript is called, where it is called something itself."""
        typed = self.fields.get("type", NOTHING)
        return self.fields.get("medium", NOTHING) or (NOTHING if self.word(typed.text) else typed)

    def _patent(self) -> tuple[str, str]:
        """Return the type of a patent (a biblatex key) and its number without the country."""
        number = self.fields.get("number", NOTHING).text
        kind = self.fields.get("type", NOTHING).text
        match = re.fullmatch(_NUMBER, number)
        for field in ("nationality", "location"):
            kind = kind or _PATENTS.get(self.fields.get(field, NOTHING).text.lower(), "")
        if match and (not kind or kind == _PATENTS[match[1].lower()]):
            return _PATENTS[match[1].lower()], match[2]
        return kind or "patent", number

    def number(self) -> Rich:
        """Return the number, of a patent without the country that its type tells."""
        typed = self.fields.get("number", NOTHING)
        if self.publication.type != "patent" or not typed:
            return typed
        bare = self._patent()[1]
        return typed if bare == typed.text else Rich(bare)

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
        days = str(date.day)
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

    def named_eid(self) -> Rich:
        """Return an article's number, a bare number with the word for it."""
        typed = self.fields.get("eid", NOTHING)
        return join(self.word("art"), Rich(" "), typed) if typed.text.isdecimal() else typed

    def short_doi(self) -> Rich:
        """Return the DOI where there is room for it as text."""
        doi = self.doi()
        return doi if len(doi.text) <= ROOM else NOTHING

    def edition(self) -> Rich:
        """Return the edition by the language's way to count: `2nd`, `2.`, `2e`."""
        typed = self.fields.get("edition", NOTHING)
        pattern = self.words.publications.get("ordinal", "")
        if not pattern or self.words.code.startswith("en"):
            return typed
        english_form = ordinal(typed).text
        number = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", english_form)
        return Rich(pattern.replace("1", number[1])) if number else typed

    def foreign(self) -> str:
        """Return the BCP 47 code of the work's language where it is not the CV's, else ""."""
        for field in ("langid", "language"):
            if typed := self.fields.get(field, NOTHING).text:
                from cvtex.citation.csl_text import language

                code = language(typed)
                own = self.words.code.partition("-")[0]
                return "" if code.partition("-")[0].lower() == own.lower() else code
        return ""

    def is_english(self) -> bool:
        """Tell whether its titles may take English capitals: by its language, else the CV's."""
        for field in ("langid", "language"):
            if typed := self.fields.get(field, NOTHING).text.strip().casefold():
                return typed.startswith(ENGLISHES)
        return self.words.code.startswith("en")


ENGLISHES = (
    *("en", "american", "british", "usenglish", "ukenglish", "canadian", "australian"),
    "newzealand",
)
"""How the names of English begin, in `langid` and `language`."""

ROOM = 40
"""How many letters of a DOI have room in a line."""

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


@cache
def _english() -> Mapping[str, str]:
    from cvtex.source.records import words

    return words.words("en").publications


def english(name: str) -> str:
    """Return a word in English, "" if there is none."""
    return _english().get(name, "")


def is_range(pages: str) -> bool:
    """Tell whether page numbers are several: a range or a list; `e00326-22` is one number."""
    if re.fullmatch(r"[A-Za-z]+\d{4,}[-–]\d{1,2}", pages):
        return False
    return bool(re.search(r"\w\s*(?:-{1,3}|–|—|,|;|\+|&)\s*\w|\d\s*(?:ff?\.?|\+)$", pages))


def _pages(values: Values) -> Rich:
    typed = values.fields.get("pages", NOTHING)
    return dashes(typed) if is_range(typed.text) else typed


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
    "title": Values.title,
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
    "date-month": lambda v: v.date() if v.month() and not v.status() else NOTHING,
    "eid-named": Values.named_eid,
    "arxiv-linked": lambda v: Rich(f"arXiv:{v.arxiv().text}") if v.arxiv() else NOTHING,
    "urldate": lambda v: v.typed_date("urldate"),
    "eventdate": lambda v: v.typed_date("eventdate"),
    "status": Values.status,
    "pages": _pages,
    "number": Values.number,
    "edition": Values.edition,
    "form": Values.form,
    "doi-short": Values.short_doi,
    "arxiv": Values.arxiv,
    "doi": Values.doi,
    "doi-url": lambda v: v.link("doi"),
    "arxiv-url": lambda v: v.link("arxiv"),
    "url": lambda v: v.link("url"),
    "address": lambda v: v.link("doi", "url", "html", "arxiv", "biorxiv", "medrxiv", "hdl", "pdf"),
}
"""Values that are more than a field."""

ADDRESSES = frozenset(
    ("doi", "doi-short", "arxiv-linked", "doi-url", "arxiv-url", "url", "address")
)
"""Values that are links."""
