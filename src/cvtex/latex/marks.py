"""Source marks: comments in the LaTeX that say which input a stretch came from.

The `.tex` is its own map: nothing else is kept to find an input line again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pylatex import NoEscape

from cvtex import names
from cvtex.diagnostics import Source

_BEGIN = re.compile(r"%% begin (.+?)(?::(\d+)(?:-(\d+))?)?$")
_END = "%% end"


def mark(source: Source, body: str) -> NoEscape:
    """Return the body between marks, each on a line of its own.

    Not for use inside a macro's argument: TeX reports the closing line of an
    argument, so a finer mark would name the wrong line with confidence.
    """
    if not source.file or not body.strip():
        return NoEscape(body)
    return NoEscape(f"{beginning(source)}\n{body.strip(chr(10))}\n{_END}\n")


def beginning(source: Source) -> str:
    """Return the comment that begins what came from a place."""
    place = names.in_comment(source.file)
    if source.line:
        place += f":{source.line}"
        if source.end > source.line:
            place += f"-{source.end}"
    return f"%% begin {place}"


def beginnings(tex: str) -> Iterator[str]:
    """Yield the comment that begins each marked stretch in which something is set."""
    begun: list[str] = []
    for line in tex.split("\n"):
        if line.startswith("%% begin "):
            begun.append(line)
        elif not line.startswith("%") and line.strip():
            yield from begun
            begun.clear()
        elif line == _END and begun:
            begun.pop()


def locator(tex: str) -> Callable[[int], Source | None]:
    """Return a function from a line of the LaTeX (from 1) to the innermost input place.

    None for a line outside all marks. Lines beyond the end have no place either.
    """
    places: list[Source | None] = []
    stack: list[Source] = []
    for line in tex.split("\n"):
        if match := _BEGIN.match(line):
            first = int(match[2] or 0)
            stack.append(Source(names.from_comment(match[1]), first, 0, int(match[3] or first)))
        places.append(stack[-1] if stack else None)
        if line == _END and stack:
            stack.pop()

    def locate(line: int) -> Source | None:
        return places[line - 1] if 0 < line <= len(places) else None

    return locate
