"""`cvtex lines`: how many lines each paragraph has, and where one can be won."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvtex.commands import progress, say

if TYPE_CHECKING:
    from cvtex.request import Request

WIDTH = 40
"""Characters of a text that are shown."""


def lines(request: Request) -> int:
    """Print a line for each paragraph, and how many could be won; return the exit status."""
    from cvtex.pipeline import lines

    step = progress()
    try:
        found = lines(request, step)
    finally:
        step("")
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
