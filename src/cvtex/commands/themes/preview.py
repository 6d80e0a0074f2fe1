"""`cvtex themes preview`: the first page of the CV in each theme, as one picture."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from cvtex.commands import progress, report, say

COLUMNS = 3


def preview(
    names: Sequence[str], path: Path, *, output: Path, width: int = 420, public: bool = True
) -> int:
    """Make the picture of the themes named, or of all; print its path, return the exit status.

    One theme's picture is its page alone, `width` pixels wide; several stand in a grid
    with their names. Without what is private if `public`.
    """
    from cvtex.output import put
    from cvtex.pdf import draw
    from cvtex.pipeline import build
    from cvtex.request import Request

    if output.suffix.lower() != ".png":
        raise click.BadParameter(f"{output} does not end in .png")
    step = progress()
    with tempfile.TemporaryDirectory(prefix="cvtex-preview-") as scratch:
        place = Path(scratch)
        request = Request(
            path=path, themes=tuple(names) or ("all",), public=public, folder=place / "build"
        )
        try:
            result = build(request, step)
            report([d for d in result.diagnostics if "left out" in d.message], path)
            pages = {document.theme: document.pdf for document in result.built if document.pdf}
            drawn = {name: draw.first(pdf, width) for name, pdf in pages.items()}
        finally:
            step("")
    [*pictures] = drawn.values()
    put(output, draw.small(pictures[0] if len(drawn) == 1 else draw.grid(drawn, COLUMNS)))
    say(output)
    return 0
