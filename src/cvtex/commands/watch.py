"""`cvtex watch`: build on every save."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from cvtex.commands import report, say


def watch(
    path: Path,
    *,
    themes: tuple[str, ...],
    output: Path | None,
    no_cache: bool,
    show: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Build on every save until Ctrl-C; show what changed, what is wrong, and the seconds."""
    import gc

    from cvtex.request import Request
    from cvtex.watch import watch as rebuilds

    gc.enable()  # a day is long
    request = Request(path=path, themes=themes, output=output, cache=not no_cache, **options)
    for rebuild in rebuilds(request):
        report(rebuild.diagnostics, path, quiet)
        now = time.strftime("%H:%M:%S")
        why = ", ".join(rebuild.changed[:3]) or "started"
        more = f" and {len(rebuild.changed) - 3} more" if len(rebuild.changed) > 3 else ""
        if rebuild.result is None:
            say(f"{now} {why}{more}: the PDF stays as it was", fg="red", err=True)
            continue
        for one in rebuild.result.built:
            if not quiet:
                pages = "1 page" if one.pages == 1 else f"{one.pages} pages"
                say(f"{now} {why}{more}: {one.pdf}, {pages}, {rebuild.seconds:.2f} s")
            if show and one.pdf:
                click.launch(str(one.pdf))
                show = False
    return 0
