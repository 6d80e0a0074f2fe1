"""What was read of a project, as one variant or letter has it, and what stops a build."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cvtex.diagnostics import (
    CvtexError,
    Diagnostic,
    Severity,
    Source,
    error,
    has_errors,
    warning,
    with_excerpts,
)
from cvtex.pipeline.asked import project_of, variants
from cvtex.request import (
    Request,
)

if TYPE_CHECKING:
    from cvtex.model import Letter, Resume
    from cvtex.source import Project, Reading


EPOCH = 946684800
"""The document's date where nobody gives one (2000-01-01): equal inputs, equal bytes."""


def read_part(request: Request, project: Project, variant: str = "") -> Reading:
    """Return what was read of a project, as the variant has it.

    Of what goes with a letter alone that is the head.
    """
    from cvtex import source

    reading = source.read(project, cache=request.cache, variant=variant)
    _stop_at_foreign(project, reading)
    resume = reading.resume
    if resume is None or has_errors(reading.diagnostics):
        return reading
    from cvtex import select

    if reading.variant:
        resume = select.select(resume, reading.variant).resume
    if reading.letter:
        resume = select.sender(resume, reading.letter, request.with_cv)
        reading = _with_date(reading, reading.letter)
    return dataclasses.replace(reading, resume=resume)


FOREIGN = {"cv", "content", "sections"}
"""Keys of other tools' files, one of which each of those has that `import_` tells by them."""


def _stop_at_foreign(project: Project, reading: Reading) -> None:
    """Raise `CvtexError` for one file that another tool wrote, which is not built as it is."""
    if not project.single or not reading.tree or not FOREIGN & reading.tree.pairs.keys():
        return
    from cvtex import import_

    name = import_.recognise(reading.tree)
    if name in ("", "JSON Resume"):
        return
    file = project.single.name
    hint = f"`cvtex import {file} -o my-cv` makes a project of it"
    raise CvtexError([error(f"this is a file of {name}", Source(file), hint)])


def _with_date(reading: Reading, letter: Letter) -> Reading:
    """Return what was read with the document's date for that of a letter that has none."""
    if letter.date:
        return reading
    import datetime

    from cvtex.model import Date

    when = epoch(reading)
    day = datetime.datetime.fromtimestamp(when, datetime.UTC).date()
    if when != EPOCH:
        dated = dataclasses.replace(letter, date=Date.parse(day.isoformat()))
        return dataclasses.replace(reading, letter=dated)
    hint = "write `date: 2026-03-05` in the letter, or meta.lastModified"
    undated = warning("the letter has no date", letter.source, hint)
    return dataclasses.replace(reading, diagnostics=(*reading.diagnostics, undated))


def read(request: Request) -> Resume:
    """Return the CV's records; raises `CvtexError` if there is an error in them."""

    project = project_of(request)
    [name] = variants(request, project)
    reading = read_part(request, project, name)
    stop_at_errors(reading.diagnostics, reading, strict=False)
    assert reading.resume is not None
    return reading.resume


def epoch(reading: Reading) -> int:
    """Return the document's date: `SOURCE_DATE_EPOCH`, `meta.lastModified`, or a fixed one."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not re.fullmatch(r"\d{1,12}", given, re.ASCII) or int(given) > 253402300799:
            hint = "seconds since 1970, such as `git log -1 --format=%ct` prints"
            raise CvtexError([error(f"SOURCE_DATE_EPOCH is {given!r}, no date", hint=hint)])
        return int(given)
    stamp = reading.resume.meta.last_modified if reading.resume else None
    if stamp:
        import datetime

        with contextlib.suppress(ValueError):
            when = datetime.datetime.fromisoformat(stamp)
            if when.tzinfo is None:
                when = when.replace(tzinfo=datetime.UTC)
            return max(0, int(when.timestamp()))
    return EPOCH


def line_of(reading: Reading, key: str) -> Source | None:
    """Return the line of a key of `meta`, for values that carry no source themselves."""
    if reading.resume is None or not reading.resume.meta.source.file:
        return None
    where = reading.resume.meta.source
    lines = reading.inputs.get(where.file, "").splitlines()
    for number, line in enumerate(lines[max(0, where.line - 1) :], max(1, where.line)):
        if key in line:
            return Source(where.file, number, line.index(key) + 1)
    return where


def has_warnings(found: Sequence[Diagnostic]) -> bool:
    """Tell whether there is a warning among these."""
    return any(d.severity is Severity.WARNING for d in found)


def stop_at_errors(
    found: Sequence[Diagnostic], reading: Reading, strict: bool
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics as shown; raise them if one of them, or `strict`, stops the build."""
    shown = with_excerpts(found, reading.inputs, reading.secrets)
    warnings = sum(d.severity is Severity.WARNING for d in shown)
    if strict and warnings and not has_errors(shown):
        them = "a warning" if warnings == 1 else f"{warnings} warnings"
        shown = (*shown, error(f"{them}, and --strict lets none pass"))
    if has_errors(shown):
        raise CvtexError(shown)
    return shown
