"""The values of a CV as RenderCV has them: Markdown, dates, places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cvtex import dateforms, model
from cvtex.diagnostics import Diagnostic, Source, note
from cvtex.latex import markup
from cvtex.model import Date, Place, Prose, Resume, Text, Words

Fields = dict[str, Any]
"""What stands in the file, by RenderCV's keys."""


class Writer:
    """What writes the values of one CV; `notes` fills with what loses its own place."""

    def __init__(self, resume: Resume, words: Words) -> None:
        self.resume, self.words = resume, words
        self.notes: list[Diagnostic] = []

    def tell(self, what: str, where: Text | Source | None) -> None:
        source = where.source if isinstance(where, Text) else where
        self.notes.append(note(what, source if source and source.file else None))

    # --- texts ----------------------------------------------------------------------------

    def plain(self, value: str | None) -> str:
        """Return a literal value as it reads."""
        if isinstance(value, Text) and value.tex:
            from cvtex.source.bibtex.tex import rich

            return rich(str(value))[0].text
        return str(value or "")

    def literal(self, value: str | None, url: str | None = None) -> str:
        """Return a literal value as Markdown that reads the same, leading somewhere."""
        said = self.plain(value)
        if said and markup.plain(Prose(said)) != said:
            said = re.sub(r"([\\`*_\[\]])", r"\\\1", said)
        return f"[{said}]({url})" if url and said else said

    def prose(self, value: Prose) -> str:
        """Return prose; " - " would begin a bullet below a bullet there."""
        if value.tex:
            return self.literal(value)
        return str(value)

    def bullet(self, highlight: model.Highlight, deep: bool = False) -> str:
        """Return a bullet with those below it after " - ", all on one level."""
        said = " ".join(self.prose(highlight.text).split()).replace(" - ", r" \- ")
        for below in highlight.highlights:
            if deep:
                self.tell("bullets stand on two levels at most", below.text)
            said += f" - {self.bullet(below, deep=True)}"
        return said

    def texts(self, value: Prose) -> list[str]:
        return [self.prose(value)] if value.tex else re.split(r"\n\s*\n", str(value).strip())

    def place(self, place: Place | None) -> str:
        if isinstance(place, model.Location):
            return ", ".join(map(self.literal, place.line))
        return self.literal(place)

    def dates(self, start: Date | None, end: Date | None) -> Fields:
        """Return the dates: ends where both are ISO 8601, else the words that are printed."""
        ends = dateforms.ends(start, end)
        if not ends:
            return {}
        exact = [_exact(date) for date in ends]
        if len(ends) == 2 and all(exact) and exact[0] != "present":
            until = {"end_date": exact[1]} if end else {}  # without one it is now, there too
            return {"start_date": exact[0], **until}
        if len(ends) == 1 and exact[0] and exact[0] != "present":
            return {"date": exact[0]}
        said = [dateforms.shown(date, self.words) for date in ends]
        return {"date": dateforms.span(said[0], said[-1])}

    def common(self, record: Any, bullets: Sequence[str] = (), before: str = "") -> Fields:
        """Return what most entries have: dates, place, summary, highlights."""
        start = getattr(record, "start_date", None)
        end = getattr(record, "end_date", None) or getattr(record, "date", None)
        summary = getattr(record, "summary", None)
        said = [before] if before else []
        said += [self.prose(summary)] if summary else []
        highlights = [self.bullet(highlight) for highlight in getattr(record, "highlights", ())]
        found = {
            **self.dates(start, end),
            "location": self.place(getattr(record, "location", None)),
            "summary": "\n\n".join(said),
            "highlights": [*highlights, *bullets],
        }
        return {key: value for key, value in found.items() if value}

    def labelled(self, key: str, values: Sequence[Text]) -> list[str]:
        """Return values as one more bullet after the language's word, and say so."""
        if not values:
            return []
        self.tell(f"{key} stand among the highlights", values[0])
        return [f"{self.words.words[key]}: {', '.join(map(self.literal, values))}"]

    def joined(self, what: str, *values: Text | None) -> str:
        """Return values in a row that have no place of their own, and say so."""
        there = [value for value in values if value]
        if there:
            self.tell(f"{what} stands in the summary", there[0])
        return ", ".join(map(self.literal, there))


def _exact(date: Date) -> str:
    """Return a date as RenderCV calculates with it; "" for one that only words can say."""
    if date.is_present:
        return "present"
    said = (date.text, date.season, date.sense, date.other, date.end)
    if any(said) or not date.year:
        return ""
    return "-".join([f"{date.year:04}", *(f"{n:02}" for n in (date.month, date.day) if n)])
