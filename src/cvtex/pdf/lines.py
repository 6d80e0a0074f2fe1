"""The lines of paragraphs, as they stand on the pages: how many, and how full the last is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cvtex.diagnostics import Source
from cvtex.pdf.locate import Map, Placed
from cvtex.records import dataclass

SHORT = 2
"""Words of a last line that are so few that the line can be won."""
PART = 0.25
"""Of a last line: one that is filled less can be won, too."""
COLUMN = 40.0
"""Points by which paragraphs of one column may be indented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text that was typed at `source`, and its lines.

    `fill` is the part (0 to 1) of the last line that it takes, `last` are the words there.
    """

    source: Source
    text: str
    page: int
    lines: int
    fill: float
    last: tuple[str, ...]

    def may_win(self) -> bool:
        """Tell whether a few letters less make it a line shorter."""
        return self.lines > 1 and (len(self.last) <= SHORT or self.fill < PART)

    def cost(self) -> int:
        """Return how many characters less make it a line shorter, or a few more."""
        return sum(map(len, self.last)) + len(self.last)

    def advice(self) -> str:
        """Return how a line can be won."""
        return (
            f"its last line is “{' '.join(self.last)}”: {self.cost()} characters less save a line"
        )


def paragraphs(located: Map, is_prose: Callable[[Source], bool]) -> list[Paragraph]:
    """Return the paragraphs of what was typed where `is_prose` says so, as they are read."""
    rows = []
    for found in located.found:
        if not is_prose(found.value.source):
            continue
        words = [located.words[n] for first, stop in found.stretches for n in range(first, stop)]
        if words:
            rows.append((found.stretches[0][0], found.value, in_lines(words)))
    rows.sort(key=lambda row: row[0])
    sides = [(_left(lines), max(line[-1].word.end for line in lines)) for _, _, lines in rows]
    result = []
    for (_, value, lines), (left, _) in zip(rows, sides, strict=True):
        right = max(end for other, end in sides if abs(other - left) < COLUMN)
        result.append(
            Paragraph(
                source=value.source,
                text=value.text,
                page=lines[0][0].page,
                lines=len(lines),
                fill=min(1.0, (lines[-1][-1].word.end - left) / max(right - left, 1)),
                last=tuple(_words(lines[-1])),
            )
        )
    return result


def _left(lines: Sequence[Sequence[Placed]]) -> float:
    return min(line[0].word.x for line in lines)


def _words(line: Sequence[Placed]) -> list[str]:
    found: list[str] = []
    for placed in line:
        if placed.word.glued and found:
            found[-1] += placed.word.text
        else:
            found.append(placed.word.text)
    return found


def in_lines(words: Sequence[Placed]) -> list[list[Placed]]:
    """Return words that are read one after the other by the lines that they stand on."""
    lines: list[list[Placed]] = []
    for placed in words:
        before = lines[-1][-1] if lines else None
        if before is None or _is_new(before, placed):
            lines.append([])
        lines[-1].append(placed)
    return lines


def _is_new(before: Placed, placed: Placed) -> bool:
    size = max(before.word.size, placed.word.size)
    away = abs(before.word.y - placed.word.y) > 0.6 * size
    return before.page != placed.page or away or placed.word.x < before.word.x - size


def beyond(words: Sequence[Placed], pages: int) -> int:
    """Return how many lines stand on pages after so many."""
    places = {(w.page, round(w.word.y)) for w in words if w.page >= pages}
    return len(places)


def on_last(words: Sequence[Placed]) -> int:
    """Return how many lines the last page has, those beside each other apart."""
    last = max((w.page for w in words), default=0)
    return len(in_lines([w for w in words if w.page == last]))


def empty(words: Sequence[Placed], height: float) -> float:
    """Return which part (0 to 1) of the last page is empty below its text.

    The page's text ends as far from its foot as it begins from its head.
    """
    if not words:
        return 1.0
    last = max(w.page for w in words)
    top = max(w.word.y + w.word.size for w in words)
    foot = min(min(w.word.y for w in words), height - top)
    low = min(w.word.y for w in words if w.page == last)
    return max(0.0, (low - foot) / max(top - foot, 1))
