"""`cvtex validate`: every problem of the data, without TeX."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cvtex.commands import report, way_to
from cvtex.diagnostics import CvtexError, Diagnostic, Severity
from cvtex.trust import UntrustedError

if TYPE_CHECKING:
    from cvtex.request import Request


def validate(request: Request, *, strict: bool = False, form: str = "text") -> int:
    """Print the problems of a CV and its letters; return 1 if one is an error.

    With `strict` a warning counts as one.

    As text they go to standard error, and a line that there are none, or how
    many, to standard output. As `json` standard output has one list of objects
    with `severity`, `message`, and where known `file`, `line`, `column`, `hint`.
    """
    from cvtex.pipeline import check_all

    found: tuple[Diagnostic, ...]
    try:
        found = check_all(request)
    except UntrustedError:
        raise
    except CvtexError as failure:
        found = failure.diagnostics
    if form == "json":
        problems = [d.json(way_to(request.path)) for d in found]
        click.echo(json.dumps(problems, indent=2, ensure_ascii=False))
    else:
        report(found, request.path)
        click.echo(_count(found, strict))
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return 1 if any(d.severity in bad for d in found) else 0


def _count(found: Sequence[Diagnostic], strict: bool) -> str:
    """Return how many errors and warnings there are, and why warnings alone may fail."""
    parts = []
    for severity in (Severity.ERROR, Severity.WARNING):
        number = sum(d.severity is severity for d in found)
        if number:
            parts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    only_warnings = strict and parts and not any(d.severity is Severity.ERROR for d in found)
    why = ", and --strict lets none pass" if only_warnings else ""
    return (", ".join(parts) or "no problems") + why
