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
        click.echo(json.dumps([_facts(one) for one in found], indent=2, ensure_ascii=False))
        return 0
    rows = []
    for one in found:
        text = " ".join(one.text.split())
        text = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
        many = f"{one.lines} line{'' if one.lines == 1 else 's'}"
        win = f"{one.cost()} characters less save a line" if one.may_win() else ""
        place = "‹private›" if one.source.private else str(one.source)
        text = "‹private›" if one.source.private else text
        rows.append((place, f"page {one.page + 1}", many, f"{one.fill:.0%}", text, win))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())
    short = sum(one.may_win() for one in found)
    say(f"{sum(one.lines for one in found)} lines, {short} could be won", err=True)
    return 0


def _facts(one: Paragraph) -> dict[str, object]:
    """Return what a program is told of a paragraph; pages and lines count from 1."""
    known = not one.source.private
    return {
        "file": one.source.file if known else None,
        "line": one.source.line if known else None,
        "text": " ".join(one.text.split()) if known else None,
        "page": one.page + 1,
        "lines": one.lines,
        "fill": round(one.fill, 3),
        "characters": one.cost() if one.may_win() else None,
    }
