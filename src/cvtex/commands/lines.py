"""`cvtex lines`: how many lines each paragraph has, and where one can be won."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from cvtex.commands import progress, say

if TYPE_CHECKING:
    from cvtex.pdf.lines import Paragraph
    from cvtex.request import Request

WIDTH = 40
"""Characters of a text that are shown."""


def lines(request: Request, form: str = "text") -> int:
    """Print a line for each paragraph, and how many could be won; return the exit status.

    With `form` "json" it is a list of objects; what is private has no text and no place.
    """
    from cvtex.pipeline import lines

    step = progress()
    try:
        found = lines(request, step)
    finally:
        step("")
    if form == "json":
        click.echo(
            json.dumps([_facts(paragraph) for paragraph in found], indent=2, ensure_ascii=False)
        )
        return 0
    rows = []
    for paragraph in found:
        text = " ".join(paragraph.text.split())
        text = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
        many = f"{paragraph.lines} line{'' if paragraph.lines == 1 else 's'}"
        win = f"{paragraph.cost()} characters less save a line" if paragraph.may_win() else ""
        place = "‹private›" if paragraph.source.private else str(paragraph.source)
        text = "‹private›" if paragraph.source.private else text
        rows.append((place, f"page {paragraph.page + 1}", many, f"{paragraph.fill:.0%}", text, win))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())
    short = sum(paragraph.may_win() for paragraph in found)
    say(f"{sum(paragraph.lines for paragraph in found)} lines, {short} could be won", err=True)
    return 0


def _facts(paragraph: Paragraph) -> dict[str, object]:
    """Return what a program is told of a paragraph; pages and lines count from 1."""
    known = not paragraph.source.private
    return {
        "file": paragraph.source.file if known else None,
        "line": paragraph.source.line if known else None,
        "text": " ".join(paragraph.text.split()) if known else None,
        "page": paragraph.page + 1,
        "lines": paragraph.lines,
        "fill": round(paragraph.fill, 3),
        "characters": paragraph.cost() if paragraph.may_win() else None,
    }
