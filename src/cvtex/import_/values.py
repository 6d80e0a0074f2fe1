"""Values of other tools in cvtex's form: dates, marked-up names, keywords, profiles."""

from __future__ import annotations

import re
from typing import Any

from cvtex.import_.ledger import Given
from cvtex.latex import markup
from cvtex.model import Date, Prose

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NOW = {"present", "now", "current", "currently", "today", "ongoing", "to date", "till date"}

Record = dict[str, Any]
"""A record of cvtex's data: texts, lists and mappings by key."""


def date(given: Given) -> Any:
    """Take a date: ISO where it is one, as it is typed where cvtex reads it ("Fall 2023"), else
    the text that was typed, with its year to sort by.

    Numbers with two readings (03/04/2020) stay the text that they are.
    """
    written = given.peek()
    if not written:
        return None
    found = iso(written)
    if found == written:
        return given.text()
    if found:
        given.became("a date in figures", found)
        return found
    given.text()
    return in_words(written)


def in_words(written: str) -> Any:
    """Return a date that is not ISO: as it is typed where cvtex reads it, else as a text."""
    years = re.findall(r"\b(?:19|20)\d\d\b", written)
    try:
        Date.parse(written)
    except ValueError:
        return {"text": written, "sort": years[-1]} if years else {"text": written}
    return written


def iso(written: str) -> str:
    """Return a date that people write in figures or in English as cvtex has it; "" for none."""
    text = " ".join(written.replace(",", " ").split()).lower().rstrip(".")
    if text in NOW:
        return "present"
    cut = re.fullmatch(r"(\d{4}-\d\d-\d\d)t.*", text)
    text = cut[1] if cut else text
    parts: tuple[str, str, str] | None = None
    if match := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", text):
        parts = (match[1], match[2] or "", match[3] or "")
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text):
        parts = (match[2], match[1], "")
    elif match := re.fullmatch(r"([a-z]{3})[a-z]*\.? (?:(\d{1,2})(?:st|nd|rd|th)? )?(\d{4})", text):
        if match[1] in MONTHS:
            parts = (match[3], str(MONTHS.index(match[1]) + 1), match[2] or "")
    elif (
        match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3})[a-z]*\.? (\d{4})", text)
    ) and match[2] in MONTHS:
        parts = (match[3], str(MONTHS.index(match[2]) + 1), match[1])
    if parts is None:
        return _in_other_words(written)
    found = "-".join(part.zfill(2) for part in parts if part)
    try:
        Date.parse(found)
    except ValueError:
        return ""
    return found


def _in_other_words(written: str) -> str:
    """Return a date in the words of another language ("janv. 2019", "heute") in figures."""
    try:
        said = Date.parse(written)
    except ValueError:
        return ""
    if said.is_present:
        return "present"
    if said.season or said.sense or said.other or said.end or said.text or not said.month:
        return ""
    return "-".join(f"{part:02}" for part in (said.year, said.month, said.day) if part)


def span(record: Record, start: Any, end: Any) -> None:
    """Set the dates of a record, as far as there are any."""
    if start:
        record["startDate"] = start
    if end:
        record["endDate"] = end


def split_range(written: str) -> tuple[str, str]:
    """Return both ends of a range as people write it ("Sep. 2023 - Mar. 2024"); no end for one."""
    parts = re.split(
        r"\s*(?:--+|–|—|\bto\b|\buntil\b|(?<=\s)-(?=\s))\s*", written.strip(), maxsplit=1
    )
    return (parts[0], parts[1]) if len(parts) == 2 else (parts[0], "")


def named(given: Given) -> tuple[str, str]:
    """Take a text that may be marked up, as a literal name and the address that it links to."""
    written = given.peek()
    if not re.search(r"[*_`\[\\]", written):
        return given.text(), ""
    pieces = list(markup.parse(written))
    address = ""
    for piece in list(pieces):
        if piece.kind == "link" and not address:
            address = piece.url
    text = markup.plain(Prose(written))
    if text == written:
        return given.text(), ""
    now = f"{text}, url: {address}" if address else text
    given.became("a name without mark-up, which cvtex sets as it is typed", now)
    return text, address


def colour(given: Given) -> str:
    """Take a colour of the web as cvtex's options have it; "" where it is none in figures."""
    written = given.peek()
    code = ""
    if match := re.fullmatch(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?[\d.]+)?\)", written):
        code = "".join(f"{min(int(part), 255):02X}" for part in match.groups())
    elif match := re.fullmatch(r"#([0-9A-Fa-f]{6})", written):
        code = match[1].upper()
    elif match := re.fullmatch(r"#([0-9A-Fa-f]{3})", written):
        code = "".join(digit * 2 for digit in match[1].upper())
    if code:
        given.became("the accent, a colour", code)
    return code


def keywords(written: str) -> list[str]:
    """Return what commas and semicolons part; brackets hold together what they hold."""
    parts, depth, begun = [], 0, ""
    for character in written:
        depth += (character in "([{") - (character in ")]}")
        if character in ",;" and depth <= 0:
            parts.append(begun)
            begun = ""
        else:
            begun += character
    return [part.strip() for part in [*parts, begun] if part.strip()]


def put(record: Record, **values: Any) -> Record:
    """Set what has a value; returns the record."""
    record.update({key.rstrip("_"): value for key, value in values.items() if value})
    return record


def person(basics: Given) -> Record:
    """Take who a CV is of, in the words that YAMLResume and Reactive Resume share."""
    return put(
        {},
        name=basics["name"].text(),
        label=basics["headline"].text(),
        email=basics["email"].text(),
        phone=basics["phone"].text(),
    )
