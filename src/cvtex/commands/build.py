"""`cvtex build`: data to PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cvtex.commands import progress, report, say


def build(
    path: Path,
    *,
    themes: tuple[str, ...],
    output: Path | None,
    no_pdf: bool,
    no_cache: bool,
    show: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> int:
    """Build, print the diagnostics and the path of each PDF, return the exit status."""
    from cvtex.pipeline import build
    from cvtex.request import Request

    request = Request(
        path=path, themes=themes, output=output, pdf=not no_pdf, cache=not no_cache, **options
    )
    step = progress(quiet, verbose)
    try:
        result = build(request, step)
    finally:
        step("")
    report(result.diagnostics, path, quiet)
    for one in result.built:
        made = one.pdf or one.tex
        if verbose:
            how = "unchanged" if one.unchanged else f"{one.engine} {one.toolchain}".strip()
            say(f"{one.theme}: {how}, {one.pages} pages", err=True)
        if not quiet:
            say(made)
        if show and one.pdf:
            click.launch(str(one.pdf))
    return 0
