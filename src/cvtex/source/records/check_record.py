"""What must hold between the fields of one record."""

from __future__ import annotations

import re

from cvtex.contacts import NETWORKS, is_orcid, kind_of
from cvtex.diagnostics import Source
from cvtex.model import Date, Meta, Profile, Work
from cvtex.source.syntax.nodes import Map, Problems, quoted


def check(record: object, node: Map, name: str, problems: Problems) -> None:
    """Complain of what does not fit together in a record that was read from a node."""
    if hasattr(record, "start_date"):
        _dates(record.start_date, getattr(record, "end_date", None), node, problems)
    date = getattr(record, "date", None)
    if isinstance(date, Date) and date.is_present:
        problems.doubt("a single date cannot be present", _at(node, "date"), "give year or month")
    if not 0 <= getattr(record, "priority", 5) <= 9:
        problems.error("a priority is 0 to 9; 9 is kept longest", _at(node, "priority"))
    if isinstance(record, Work) and record.positions:
        _positions(record, node, problems)
    if isinstance(record, Profile) and not (record.username or record.url):
        problems.warning("a profile without username and url shows nothing", node.source)
    if isinstance(record, Profile) and kind_of(record.network) == "orcid" and record.username:
        typed = record.username
        if re.fullmatch(NETWORKS["orcid"].name, typed) and not is_orcid(typed):
            shown = quoted(typed, typed.source)
            problems.warning(f"the check digit of the ORCID {shown} is false", typed.source)
    most = getattr(record, "max_authors", None)
    if most is not None and most < 1:
        problems.error("maxAuthors is at least 1", _at(node, "maxAuthors"))
    if isinstance(record, Meta) and record.page_limit is not None and record.page_limit < 1:
        problems.error("pageLimit is at least 1", _at(node, "pageLimit"))
    if isinstance(record, Meta) and record.fit and record.fit.pages < 1:
        problems.error("a CV that is to fit has at least 1 page", _at(node, "fit"))


def _at(node: Map, key: str) -> Source:
    return node.pairs[key][1].source if key in node.pairs else node.source


def _dates(start: Date | None, end: Date | None, node: Map, problems: Problems) -> None:
    if start is None:
        return
    source, last = _at(node, "startDate"), _at(node, "endDate")
    if start.is_present:
        problems.doubt("startDate cannot be present", source)
        return
    if end is not None and (start.end or end.end):
        whole, at = ("startDate", source) if start.end else ("endDate", last)
        message = f"{whole} {quoted(str(start if start.end else end), at)} is a whole range"
        problems.doubt(message, at, "give its two ends to startDate and endDate")
    elif end is not None and _before(end, start):
        shown = f"{quoted(str(end), last)} is before startDate {quoted(str(start), source)}"
        problems.doubt(f"endDate {shown}", last, "were they swapped?")
    import datetime

    today = datetime.date.today()
    if start.sense != "expected" and _before(Date(today.year, today.month, today.day), start):
        problems.warning(f"startDate {quoted(str(start), source)} is in the future", source)


def _before(first: Date, second: Date) -> bool:
    """Compare as far as both are known: 2021 is not before 2021-05."""
    if first.is_present or not first.year or not second.year:
        return False
    return first.latest < second.earliest


def _positions(work: Work, node: Map, problems: Problems) -> None:
    """An employer with `positions` has no role and dates of its own: each position has."""
    for key, value in (
        ("position", work.position),
        ("startDate", work.start_date),
        ("endDate", work.end_date),
    ):
        if value is not None and key in node.pairs:
            problems.error(
                f"{key} stands beside positions",
                node.pairs[key][0].source,
                f"move it into one of the positions: each has its own {key}",
            )
