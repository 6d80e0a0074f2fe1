"""How dates read in the language of a CV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cvtex.dates import Date
from cvtex.model import Words

Form = Literal["full", "months", "numbers", "years"]


def shown(date: Date, words: Words, form: Form = "months", separator: str = "–") -> str:
    """Return a date as it reads in a language.

    `full` has days, `months` ends with the month (Apr 2020), `numbers` is 04/2020 or
    with the day as the language has it, `years` is 2020.
    """
    if date.text is not None:
        return str(date.text)
    if date.is_present:
        return words.words["present"]
    said = _said(date, words, form)
    if date.other:
        other = shown(date.other, words, form, separator)
        said = said if other == said else words.dates["either"].format(date=said, other=other)
    return span(said, shown(date.end, words, form, separator), separator) if date.end else said


def written_out(date: Date, words: Words) -> str:
    """Return a date as a letter bears it: the day, and the month in all its letters."""
    if date.text is not None or date.is_present or not date.day:
        return shown(date, words, "full")
    month = words.long_months[date.month - 1]
    return words.dates["longDay"].format(year=date.year, month=month, day=words.day(date.day))


def span(start: str, end: str, separator: str = "–") -> str:
    """Return a range of dates; one whose ends read alike is one date."""
    return start if start == end else f"{start} {separator} {end}"


def _said(date: Date, words: Words, form: Form) -> str:
    """Return a date with what is said of it; "since" and "until" have cases of months, and
    some languages say them otherwise of a year alone (Italian: dal 2019, da maggio 2019)."""
    bare = form == "years" or not (date.month or date.season)
    if bare and (of_year := words.dates.get(f"{date.sense}Year")):
        return of_year.format(year=date.year)
    months = {"since": words.since_months, "until": words.until_months}.get(date.sense)
    said = _point(date, words, form, months or words.months)
    return words.dates[date.sense].format(date=said) if date.sense else said


def _point(date: Date, words: Words, form: Form, months: Sequence[str]) -> str:
    if form == "years" or not (date.month or date.season):
        return words.dates["year"].format(year=date.year)
    if date.season.startswith("q"):
        return words.dates["quarter"].format(quarter=date.season[1], year=date.year)
    if date.season:
        return words.dates["season"].format(season=words.words[date.season], year=date.year)
    kind, month, day = "month", months[date.month - 1], words.day(date.day)
    if date.day and form != "months":
        kind, month = "day", (words.day_months or words.months)[date.month - 1]
    if form == "numbers":
        kind, month, day = f"numeric{kind.capitalize()}", f"{date.month:02}", f"{date.day:02}"
    return words.dates[kind].format(year=date.year, month=month, day=day)


def cut(date: Date, form: Form) -> Date:
    """Return what a form shows of a date."""
    if form not in ("months", "years") or date.is_present or date.text is not None:
        return date
    other, end = (part and cut(part, form) for part in (date.other, date.end))
    year, sense = date.year, date.sense
    if form == "years":
        return Date(year, sense=sense, other=other, end=end)
    return Date(year, date.month, season=date.season, sense=sense, other=other, end=end)


def ends(start: Date | None, end: Date | None) -> tuple[Date, ...]:
    """Return what is set of a start and an end: two dates, one, or none.

    A start without an end runs until now, unless it says itself how long ("since 2019",
    a range, a date in one's own words) or has not come yet ("expected May 2027").
    """
    if start is None:
        return (end,) if end else ()
    if end is None:
        alone = start.end or start.text is not None or start.sense not in ("", "about")
        return (start,) if alone else (start, Date.PRESENT)
    return (start,) if start.sense == "since" and end.is_present else (start, end)


def bounds(start: Date | None, end: Date | None) -> tuple[Date, Date] | None:
    """Return the first and the last of what lies between a start and an end, to be one range.

    None where that cannot be said: no start, words of one's own, what has not come yet.
    """
    said = ends(start, end)
    if start is None or any(shown.text is not None for shown in said) or start.sense == "expected":
        return None
    last = said[-1].end or said[-1]
    if said == (start,) and start.sense == "since":
        last = Date.PRESENT
    first = Date(start.year, start.month, start.day, start.season)
    return first, last
