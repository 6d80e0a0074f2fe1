"""Whether all that was read is in the document: nothing of a CV is lost in silence.

This asks neither the table of kinds nor the renderer, but walks the records as they were
read and looks for each one's source mark in the finished LaTeX. A kind of record that the
renderer forgot, or that a theme sets as nothing, is found here.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from cvtex.citation import list_settings
from cvtex.diagnostics import Diagnostic, error
from cvtex.latex.marks import beginning, beginnings
from cvtex.model import CustomSection, Publication, PublicationSettings, Record, Resume


def missing(resume: Resume, tex: str, theme: str) -> list[Diagnostic]:
    """Return an error for each section of which a record is not in the LaTeX.

    Left out of the count is what the CV itself leaves out: the sections that `meta.hide`
    names, and the publications that `meta.publications` does not ask for. What has no
    place in any file (a record made by a program) cannot be looked for.
    """
    there = Counter(beginnings(tex))
    found = []
    for name, records in _sections(resume):
        lost = []
        for record in records:
            begin = beginning(record.source)
            if there[begin] > 0:
                there[begin] -= 1
            elif record.source.file:
                lost.append(record)
        if not lost:
            continue
        if len(lost) == len(records):
            message = f"the section {name} is not in the document"
        else:
            message = f"{len(lost)} of {len(records)} records of {name} are not in the document"
        hint = f"the theme {theme} does not set it; leave it out yourself by meta.hide: [{name}]"
        found.append(error(message, lost[0].source, hint))
    return found


def _sections(resume: Resume) -> Iterator[tuple[str, list[Record]]]:
    """Yield each section of the CV that is to be seen, and its records to be seen."""
    for field in dataclasses.fields(resume):
        value = getattr(resume, field.name)
        for section in value if isinstance(value, tuple) else ():
            if isinstance(section, CustomSection) and section.name not in resume.meta.hide:
                yield section.name, _wanted(list_settings(resume, section.name), section.entries)
        if isinstance(value, tuple) and field.name not in resume.meta.hide:
            yield field.name, _wanted(resume.meta.publications, value)


def _wanted(settings: PublicationSettings, records: tuple[object, ...]) -> list[Record]:
    """Return the records of a section without the publications that are not asked for."""
    return [
        record
        for record in records
        if isinstance(record, Record)
        and not (isinstance(record, Publication) and not settings.lists(record))
    ]
