"""`cvtex watch`: build on every save."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex.commands import opened, report, say

if TYPE_CHECKING:
    from cvtex.request import Request


def watch(
    request: Request,
    *,
    show: bool,
    quiet: bool,
) -> int:
    """Build on every save until Ctrl-C; show what changed, what is wrong, and the seconds."""
    import gc

    from cvtex.request import why_not
    from cvtex.watch import watch as rebuilds

    if why := why_not(request):
        raise click.UsageError(why)
    if request.output == Path("-"):
        raise click.UsageError("a watch writes a file again and again; name it")
    gc.enable()  # a day is long
    for rebuild in rebuilds(request):
        report(rebuild.diagnostics, request.path, quiet)
        now = time.strftime("%H:%M:%S")
        why = ", ".join(rebuild.changed[:3]) or "started"
        more = f" and {len(rebuild.changed) - 3} more" if len(rebuild.changed) > 3 else ""
        if rebuild.result is None:
            say(f"{now} {why}{more}: the PDF stays as it was", fg="red", err=True)
            continue
        for document in rebuild.result.built:
            if not quiet:
                pages = "1 page" if document.pages == 1 else f"{document.pages} pages"
                say(f"{now} {why}{more}: {document.pdf}, {pages}, {rebuild.seconds:.2f} s")
            if show and document.pdf:
                opened(document.pdf)
                show = False
    return 0
