"""Dates of the data: ISO 8601, in words, or as `{text: …, sort: 2020-06}`."""

from __future__ import annotations

import re
from typing import Any

from cvtex.dates import Date
from cvtex.model import Text
from cvtex.source.records.scalars import WRONG, plain, text
from cvtex.source.syntax.nodes import Map, Node, Problems, Scalar, absent, quoted

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9]{2}:?[0-9]{2}[0-9:.,]* ?(?:[Zz]|[+-][0-9:]+)?"
)
_NOW = ("now", "today", "current", "currently", "ongoing", "heute", "jetzt", "aktuell")
KEYS = ("text", "sort")


def date(node: Node, name: str, problems: Problems) -> Any:
    """Read a date; `WRONG` if it is none.

    In JSON, which other tools write, what is doubtful is a warning: it is read as far as
    it is sure, and else set as it was typed.
    """
    if isinstance(node, Map):
        return _worded(node, name, problems)
    value = plain(node, name, "a date", problems)
    if value is None:
        return WRONG
    typed = value.strip()
    if found := _TIME.fullmatch(typed):
        if not problems.is_lenient(node.source):
            problems.warning(
                f"the time in {name} {quoted(typed, node.source)} is left out",
                node.source,
                None if node.source.private else f"write {found[1]}",
            )
        typed = found[1]
    try:
        return Date.parse(typed)
    except ValueError as stop:
        return _doubtful(typed, str(stop), node, name, problems)


def _doubtful(typed: str, fault: str, node: Node, name: str, problems: Problems) -> Any:
    meant = likely(typed)
    shown = quoted(typed, node.source)
    lenient = problems.is_lenient(node.source)
    if lenient and typed.startswith("0000"):  # what databases have for none
        problems.warning(f"{name} {shown}: {fault}", node.source, "it is left out")
        return WRONG
    if lenient:
        read = meant or _cut(typed)
        as_what = f"it is read as {read}" if read else "it is set as it stands"
        problems.warning(f"{name} {shown}: {fault}", node.source, as_what)
        return read or Date.worded(Text(typed, node.source))
    if node.source.private:
        problems.error(f"{shown} is not a date", node.source)
    else:
        problems.error(f"{name} {shown}: {fault}", node.source, _hint(typed, fault, meant))
    return WRONG


def _hint(typed: str, fault: str, meant: Date | None) -> str | None:
    if meant:
        return f"write {meant}"
    if found := re.fullmatch(r"([0-9]{4})-(2[1-4]|3[3-6])", typed):
        code = int(found[2])
        seasons = ("Spring", "Summer", "Autumn", "Winter")
        return f"write {f'Q{code - 32}' if code > 32 else seasons[code - 21]} {found[1]}"
    if "is before" in fault:
        return "were they swapped?"
    if not fault.startswith("a date is written"):
        return None
    own = f'"{typed}"' if re.search(r"[^\w ]", typed) else typed
    if len(own) > 40 or '"' in own[1:-1] or "\\" in own:
        own = "…"
    return f"to set it as it stands, write {{text: {own}, sort: 2020-06}}"


def _worded(node: Map, name: str, problems: Problems) -> Any:
    """Read `{text: Easter term 2020, sort: 2020-04}`."""
    found: dict[str, Node] = {}
    for key, (typed, inner) in node.pairs.items():
        if key in KEYS and not absent(inner):
            found[key] = inner
        elif key not in KEYS and not key.startswith("x-"):
            problems.error(
                f"unknown key {quoted(key, typed.source)} in {name}",
                typed.source,
                "a date in your own words is {text: …, sort: 2020-06}",
            )
    if "text" not in found:
        problems.error(
            f"text is missing in {name}",
            node.source,
            "a date in your own words is {text: …, sort: 2020-06}",
        )
        return WRONG
    words = text(found["text"], Text, f"text in {name}", problems)
    if words is WRONG:
        return WRONG
    sort = None
    if "sort" in found:
        sort = _sort(found["sort"], problems)
        if sort is WRONG:
            return WRONG
    return Date.worded(words, sort)


def _sort(node: Node, problems: Problems) -> Any:
    value = date(node, "sort", problems) if isinstance(node, Scalar) else None
    if isinstance(value, Date) and not value.is_present and value.text is None:
        return value
    if value is not WRONG:
        problems.error("sort takes a date: 2020, 2020-06 or 2020-06-30", node.source)
    return WRONG


def _cut(typed: str) -> Date | None:
    """Return the year, or year and month, of a date whose rest is not in the calendar."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?", typed):
        return None
    for part in (typed.rpartition("-")[0], typed[:4]):
        try:
            return Date.parse(part)
        except ValueError:
            continue
    return None


def likely(typed: str) -> Date | None:
    """Return what a date typed in another form must mean, None where that is not sure."""
    word = typed.casefold()
    if word in _NOW:
        return Date.PRESENT
    if match := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?", word):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(?:([0-9]{1,2})[-/. ])?([0-9]{1,2})[-/. ]([0-9]{4})", word):
        day, month, year = match.groups()
        if day and int(day) <= 12:
            return None  # 03.04. and 03/04 are two days, by country
        if int(month) > 12 and day:
            return None
    else:
        return None
    try:
        return Date.checked(int(year), int(month), int(day) if day else None)
    except ValueError:
        return None
