"""Dates in words, read: "Fall 2023", "expected May 2027", "2019 or 2020", "seit März 2019".

The words are those of the table below, in every language of it whatever the CV's own
is: a person who changes `meta.language` does not write the dates anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

_SEASONS: Mapping[str, str] = {
    "spring": "spring frühling frühjahr printemps primavera lente",
    "summer": "summer sommer été verano estate verão zomer",
    "autumn": "autumn herbst automne otoño autunno outono herfst",
    "fall": "fall",
    "winter": "winter hiver invierno inverno",
}
SEASONS: Mapping[str, str] = {
    name: key for key, names in _SEASONS.items() for name in names.split()
}
_SENSES: Mapping[str, tuple[str, ...]] = {
    "expected": ("expected", "exp.", "anticipated", "voraussichtlich", "vorauss.", "prévu",
                 "prévu en", "previsto", "verwacht"),
    "since": ("since", "seit", "depuis", "desde", "dal", "da", "sinds"),
    "until": ("until", "bis", "jusqu’à", "jusqu'à", "jusqu’en", "jusqu'en", "hasta", "fino al",
              "fino a", "até", "tot"),
    "about": ("about", "around", "circa", "ca.", "c.", "etwa", "vers", "hacia", "cerca de"),
}  # fmt: skip
SENSES: Mapping[str, str] = {name: key for key, names in _SENSES.items() for name in names}
_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro",
    "february feb februar février févr febrero febbraio februari fevereiro fev",
    "march mar märz mär mars marzo maart mrt março",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
MONTHS: Mapping[int, tuple[str, ...]] = {
    number: tuple(names.split()) for number, names in enumerate(_MONTHS, start=1)
}
OR = ("or", "oder", "ou", "o", "of")
_NUMBERS = {name: number for number, names in MONTHS.items() for name in names}
FAULT = "a date is written 2021, 2021-12, 2021-12-05 or present"


class Said(NamedTuple):
    """What was said of a date: `point` by ISO 8601, the rest as in `cvtex.dates.Date`."""

    point: str
    season: str = ""
    sense: str = ""
    other: Said | None = None
    end: Said | None = None


def parse(text: str) -> Said:
    """Read a date in words, two dates to choose from, or a range; nothing asks the calendar.

    Raises `ValueError` for what is no date.
    """
    text = " ".join(text.split())
    if text.startswith(("../", "/")):  # the open ranges of EDTF
        return _either(text.lstrip("./"))._replace(sense="until")
    if text.endswith(("/..", "/")):
        return _either(text.rstrip("./"))._replace(end=Said("present"))
    start, *rest = _TO.split(text)
    if len(rest) > 1:
        raise ValueError(FAULT)
    if not rest:
        return _either(start)
    end = Said("present") if rest[0].lower() == "present" else _either(rest[0])
    return _either(start)._replace(end=end)


def _either(text: str) -> Said:
    first, *rest = _OR.split(text)
    if len(rest) > 1:
        raise ValueError(FAULT)
    return _sensed(first)._replace(other=_sensed(rest[0])) if rest else _sensed(first)


def _sensed(text: str) -> Said:
    match = _sensed_point().fullmatch(text)
    if match is None:
        raise ValueError(FAULT)
    named = match["before"] or match["after"]
    sense = SENSES[named.lower()] if named else "about" if match["circa"] else ""
    said = {name.rstrip("0123456789"): part for name, part in match.groupdict().items() if part}
    season = (
        f"q{said['quarter']}"
        if "quarter" in said
        else SEASONS.get(said.get("season", "").lower(), "")
    )
    parts = [said.get("iso") or said["year"]]
    if "month" in said:
        parts.append(f"{_NUMBERS[said['month'].lower()]:02}")
    if "day" in said:
        parts.append(f"{int(said['day']):02}")
    return Said("-".join(parts), season, sense)


def _any(words: Iterable[str]) -> str:
    """Return the alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_YEAR = "[12][0-9]{3}"
_TO = re.compile(
    r"(?<![QTK][1-4]) ?/ ?| [-–—] |[–—]|(?<! or)(?<! oder) (?:to|bis) |(?<=[0-9]{4})-(?=[0-9]{4})",
    re.IGNORECASE,
)
_OR = re.compile(f" (?:{_any(OR)}) ", re.IGNORECASE)


@cache
def _sensed_point() -> re.Pattern[str]:
    """Return the pattern of one date with what is said of it; groups differ by their numbers."""
    month, sense = rf"{_any(_NUMBERS)})\.?,?(?: de)?", _any(SENSES)
    return re.compile(
        rf"(?:(?P<before>{sense}):? )?(?:"
        r"(?P<iso>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?P<circa>~)?"
        rf"|(?P<month1>{month} (?P<year1>{_YEAR})"
        rf"|(?P<month2>{month} (?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>{_YEAR})"
        rf"|(?P<day3>[0-9]{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?(?: de)? (?P<month3>{month}"
        rf" (?P<year3>{_YEAR})"
        rf"|(?P<season4>{_any(SEASONS)}),?(?: de)? (?P<year4>{_YEAR})"
        rf"|[QTK](?P<quarter5>[1-4]),?(?:/| (?:de )?)(?P<year5>{_YEAR})"
        rf"|(?P<year6>{_YEAR})[ -]?[QTK](?P<quarter6>[1-4])"
        rf"|(?P<quarter7>[1-4])\. Quartal (?P<year7>{_YEAR})"
        rf")(?: \((?P<after>{sense})\))?",
        re.IGNORECASE,
    )


def schema_pattern() -> str:
    """Return a pattern of dates for a JSON Schema (ECMA 262, which knows no flags).

    Every date fits it, its words in lower case or with a capital. It knows the words and
    the forms of numbers, not which of them follow which.
    """
    names = [*SEASONS, *SENSES, *_NUMBERS, *OR, "to", "quartal", "present", "de"]
    words = _any(dict.fromkeys(form for name in names for form in (name, name.capitalize())))
    words = words.replace(r"\ ", " ")  # which ECMA 262 lets nobody escape in a Unicode pattern
    iso = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
    day = r"[0-9]{1,2}(?:st|nd|rd|th|er|º|°|\.)?(?=,? )"
    part = rf"(?:{words}|{iso}|{day}|[QTKqtk][1-4])"
    between = r"[.,:)~]*(?: ?[-–—/] ?| )\(?"
    year = r"(?=[^\n]*[0-9]{4})"  # somewhere
    return rf"[Pp]resent|{year}(?:\.\.)?/?{part}(?:{between}{part})*[.)~]*(?:/(?:\.\.)?)?"
