"""`cvtex build`: data to PDF."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex.commands import opened, progress, report, say, to_stdout

if TYPE_CHECKING:
    from cvtex.request import Request


def build(request: Request, *, show: bool, quiet: bool, verbose: bool) -> int:
    """Build, print the diagnostics and the path of each PDF, return the exit status.

    Where the output is `-` the PDF itself goes to standard output.
    """
    from cvtex.pipeline import build
    from cvtex.request import why_not

    if why := why_not(request):
        raise click.UsageError(why)
    piped = request.output == Path("-")
    if piped:
        request = dataclasses.replace(request, output=None)
    step = progress(quiet, verbose)
    try:
        result = build(request, step)
    finally:
        step("")
    report(result.diagnostics, request.path, quiet)
    if piped and len(result.built) != 1:
        raise click.UsageError("there are several PDFs, and one standard output; name a folder")
    for one in result.built:
        made = one.pdf or one.tex
        if verbose:
            how = "unchanged" if one.unchanged else f"{one.engine} {one.toolchain}".strip()
            say(f"{one.theme}: {how}, {one.pages} pages", err=True)
        if piped:
            to_stdout(made.read_bytes())
        elif not quiet:
            say(made)
        if show and one.pdf:
            opened(one.pdf)
    return 0
