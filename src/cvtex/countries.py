"""Names of countries in the language of a CV, for the codes that stand in its places."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cvtex.model import Location, Text

TABLE = Path(__file__).with_name("countries.tsv")
"""A row a country, a column a language: names as Unicode CLDR has them. Hong Kong and Macao are
not in it: what CLDR calls them is no line of an address."""


@cache
def name(code: str, language: str) -> str | None:
    """Return what a country of a code (ISO 3166-1 alpha-2: `DE`) is called in a language
    (BCP 47), None where the code is none, or the language has no name of it."""
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        return None
    rows = [row for row in TABLE.read_text("utf-8").splitlines() if not row.startswith("#")]
    languages = rows[0].split("\t")
    column = next((tag for tag in (language, language.partition("-")[0]) if tag in languages), None)
    found = next((row for row in rows[1:] if row.startswith(f"{code.upper()}\t")), None)
    return found.split("\t")[languages.index(column)] or None if found and column else None


def line(place: Location, language: str) -> tuple[Text, ...]:
    """Return the parts of an address, as `Location.line` does, with a name for the country's code.

    The code stays where the city or the region has the country's name (Singapore, SG).
    """
    parts, code = place.line, place.country_code
    called = name(str(code), language) if code and not code.tex else None
    if not (code and called) or called in (place.city, place.region):
        return parts
    return (*parts[:-1], Text(called, code.source))
