"""What a style and a language call things: words in the number that a publication asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cvtex.citation.style import Style
from cvtex.model import Publication, Rich, Words

NOTHING = Rich("")
_COUNTED = {"eds": "editor", "trs": "translator", "pp": "pages", "invs": "author"}
"""Words that have a plural, and whose number it follows."""


class Called:
    """One publication in a style and a language, and the words for what it has."""

    def __init__(self, publication: Publication, style: Style, words: Words) -> None:
        self.publication = publication
        self.fields = publication.fields
        self.style = style
        self.words = words

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
