"""Dates of a `.bib`: biblatex's `date`, BibTeX's `year`, `month` and `day`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import NamedTuple, cast

from cvtex.dates import Date, Season
from cvtex.source.bibtex.tex import rich

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar janvier enero gennaio",
            "feb februar fevrier febrero",
            "mar märz maerz mars marzo",
            "apr april avril abril",
            "may mai mayo maggio",
            "jun juni juin junio",
            "jul juli juillet julio",
            "aug august août agosto",
            "sep september septembre",
            "oct okt oktober octobre",
            "nov november novembre",
            "dec dez dezember décembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.+Z-]*)?[?~%]?")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


_SEASONS: Mapping[int, Season] = {
    21: "spring",
    22: "summer",
    23: "autumn",
    24: "winter",
    33: "q1",
    34: "q2",
    35: "q3",
    36: "q4",
}
"""The codes of EDTF (ISO 8601-2, level 2) that stand where a month would."""


class Dates(NamedTuple):
    """When something came out, until when, and what is wrong with how it was written.

    `words` is a year that is none ("in press"); `field` names the field at fault.
    """

    start: Date | None = None
    end: Date | None = None
    words: str = ""
    problem: str | None = None
    field: str = ""


def read_dates(fields: dict[str, str]) -> Dates:
    """Return the date of an entry: `date` (ISO 8601, a range with `/`), else `year`."""
    written = fields.get("date", "").strip("{} ")
    if written:
        return _iso(written)
    year = rich(fields.get("year", ""))[0].text
    if not year:
        return Dates()
    found = _YEAR.search(year)
    if not found:
        if re.search(r"\d", year):
            return Dates(words=year, problem=f"there is no year '{year}'", field="year")
        return Dates(words=year)
    month, day, problem = _month(fields.get("month", ""), fields.get("day", ""))
    field = "month" if problem and not problem.startswith("there is no day") else "day"
    date = Date(int(found[1]), month, day, "" if month else _season(fields.get("month", "")))
    if day and not _exists(date):
        date, problem = Date(date.year, month), f"there is no day {day} in {date.year}-{month:02}"
    words = "" if found[0] == year else year
    return Dates(date, None, words, problem, field)


def _iso(written: str) -> Dates:
    ends: list[Date | None] = []
    for part in written.split("/")[:2]:
        part = part.strip()
        if part in ("", "..", "open"):
            ends.append(None)
            continue
        match = _ISO.fullmatch(part)
        if not match:
            return Dates(
                words=written,
                problem=f"the date '{written}' is not understood",
                field="date",
            )
        year, month, day = (int(group or 0) for group in match.groups())
        season = _SEASONS.get(month, "")
        if 21 <= month <= 41:
            month = day = 0  # a season, a quarter, a third or half of the year, by EDTF
        date = Date(year, month, day, season)
        if month > 12 or (match[2] and not month and match[2] == "00") or not _exists(date):
            return Dates(Date(year), None, "", f"there is no date {part}", "date")
        ends.append(date)
    start = ends[0] or (ends[1] if len(ends) > 1 else None)
    return Dates(start, ends[1] if len(ends) > 1 and ends[0] else None)


def _month(month: str, day: str) -> tuple[int, int, str | None]:
    """Return month and day as numbers, 0 where there is none, and a complaint."""
    month = month.strip("{} ").replace("~", " ")
    days = [int(number) for number in re.findall(r"\d+", month)]
    number = 0
    for word in _WORD.findall(month.lower()):
        number = _MONTHS.get(word, _MONTHS.get(word[:3], 0) if word.isascii() else 0)
        if number:
            break
    if not number and days and month.isdecimal():
        number, days = days[0], []
    problem = None
    if month and (not number or number > 12):
        seasons = re.search(r"spring|summer|autumn|fall|winter|michaelmas|q[1-4]", month, re.I)
        number, problem = 0, None if seasons else f"there is no month '{month}'"
    if day.strip("{} ").isdecimal():
        days = [int(day.strip("{} "))]
    elif day.strip("{} "):
        problem = problem or f"there is no day '{day}'"
    return number, days[0] if number and days else 0, problem


def _season(month: str) -> Season:
    found = re.search(r"\b(?:spring|summer|autumn|fall|winter|q[1-4])\b", month.lower())
    return cast(Season, found[0]) if found else ""


def _exists(date: Date) -> bool:
    try:
        datetime.date(date.year, date.month or 1, date.day or 1)
    except ValueError:
        return False
    return True
