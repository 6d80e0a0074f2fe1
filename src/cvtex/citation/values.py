"""What a publication has to say under each name that a template can use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cvtex.citation.called import NOTHING, is_range
from cvtex.citation.dated import Dated
from cvtex.citation.forms import dashes, ordinal
from cvtex.citation.people import join
from cvtex.model import Rich

PEOPLE = ("authors", "editors", "leading")
"""Lists of names; `leading` are editors who stand where authors stand."""


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


class Values(Dated):
    """The values of one publication in a style and a language."""

    def get(self, name: str) -> Rich:
        """Return a value, empty for none."""
        if name in SPECIAL:
            return SPECIAL[name](self)
        if name in self.fields:
            return self.fields[name]
        return self.word(name)

    def title(self) -> Rich:
        """Return the title with its subtitle, and what is added to it."""
        title, addon = self.titled("title", "subtitle"), self.fields.get("titleaddon", NOTHING)
        if not (title and addon):
            return title
        return join(title, Rich(" " if title.text[-1] in ".?!:" else ". "), addon)

    def publisher(self) -> Rich:
        """Return who published it; a manual and a booklet name that otherwise (btxdoc, §3.1)."""
        named = {"manual": "organization", "booklet": "howpublished"}
        own = named.get(self.publication.type, "")
        return self.fields.get("publisher") or self.fields.get(own, NOTHING)

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
        if number is None:
            return Rich(english_form)
        forms = pattern.split("|")  # the last is that of all that follow
        form = forms[min(int(number[1]), len(forms)) - 1]
        return Rich(re.sub("[0-9]", number[1], form))

    def foreign(self) -> str:
        """Return the BCP 47 code of the work's language where it is not the CV's, else ""."""
        from cvtex.citation.csl_text import foreign

        said = any(field in self.fields for field in ("langid", "language"))
        return foreign(self.fields, self.words.code) if said else ""

    def is_english(self) -> bool:
        """Tell whether its titles may take English capitals: by its language, else the CV's."""
        for field in ("langid", "language"):
            if typed := self.fields.get(field, NOTHING).text.strip().casefold():
                return typed.startswith(ENGLISHES)
        return self.words.code.startswith("en")


TITLES = frozenset(("title", "booktitle", "maintitle"))
"""What of a publication is in its language, whatever the CV's is."""

ENGLISHES = (
    *("en", "american", "british", "usenglish", "ukenglish", "canadian", "australian"),
    "newzealand",
)
"""How the names of English begin, in `langid` and `language`."""

ROOM = 40
"""How many letters of a DOI have room in a line."""


def _pages(values: Values) -> Rich:
    typed = values.fields.get("pages", NOTHING)
    return dashes(typed) if is_range(typed.text) else typed


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
    "publisher": Values.publisher,
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
