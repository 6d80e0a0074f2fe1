"""Names of countries in the language of a CV, for the codes that stand in its places."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cvtex.model import Location, Text

TABLE = Path(__file__).with_name("countries.tsv")
"""A row a country, a column a language: names as Unicode CLDR has them. Hong Kong and Macao are
not in it: what CLDR calls them is no line of an address."""


def name(code: str, language: str) -> str | None:
    """Return what a country of a code (ISO 3166-1 alpha-2: `DE`) is called in a language
    (BCP 47), None where the code is none, or the language has no name of it."""
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        return None
    return _names(language).get(code.upper()) or None


@cache
def _names(language: str) -> dict[str, str]:
    """Return the names of countries in a language, by their codes; none if it is not known."""
    text = TABLE.read_text("utf-8")
    head, *rows = (row.split("\t") for row in text.splitlines() if not row.startswith("#"))
    known = (tag for tag in (language, language.partition("-")[0]) if tag in head)
    column = next(known, None)
    return {row[0]: row[head.index(column)] for row in rows} if column else {}


def line(place: Location, language: str) -> tuple[Text, ...]:
    """Return the parts of an address, as `Location.line` does, with a name for the country's code.

    The code stays where the city or the region has the country's name (Singapore, SG).
    """
    parts, code = place.line, place.country_code
    called = name(str(code), language) if code and not code.tex else None
    if not (code and called) or called in (place.city, place.region):
        return parts
    return (*parts[:-1], Text(called, code.source))
