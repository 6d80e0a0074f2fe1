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
    for document in result.built:
        file = document.pdf or document.tex
        if verbose:
            by = f"{document.engine} {document.toolchain}".strip()
            how = "unchanged" if document.unchanged else by
            say(f"{document.theme}: {how}, {document.pages} pages", err=True)
        if piped:
            to_stdout(file.read_bytes())
        elif not quiet:
            say(file)
        if show and document.pdf:
            opened(document.pdf)
    return 0
