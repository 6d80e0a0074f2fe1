"""How dark the text of a PDF stands against what is painted behind it (WCAG 2.1, 1.4.3).

Read from the pages' content: the fill colour of each string, and the last filled rectangle
below it, white where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

Colour = tuple[float, float, float]
Matrix = tuple[float, float, float, float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
ONE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, its parts from 0 to 1."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faint(file: Path, least: float = 4.5) -> list[str]:
    """Return the colours of text of less contrast than `least`, each with where it stands."""
    found: dict[tuple[Colour, Colour], str] = {}
    with pikepdf.open(file) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for text, behind, place in _strings(page):
                if contrast(text, behind) < least:
                    ratio = f"{contrast(text, behind):.2f}"
                    said = f"page {number} at {place}: {_hex(text)} on {_hex(behind)}, {ratio}:1"
                    found.setdefault((text, behind), said)
    return list(found.values())


def _hex(colour: Colour) -> str:
    return "".join(f"{round(255 * part):02X}" for part in colour)


def _strings(page: Any) -> Iterator[tuple[Colour, Colour, str]]:
    fill: Colour = (0.0, 0.0, 0.0)
    at = line = text = ONE
    kept: list[tuple[Colour, Matrix]] = []
    path: list[tuple[float, float, float, float]] = []
    painted: list[tuple[tuple[float, float, float, float], Colour]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "q":
            kept.append((fill, at))
        elif name == "Q" and kept:
            fill, at = kept.pop()
        elif name == "cm":
            at = _times(_numbers(operands), at)
        elif name in ("g", "rg", "k", "sc", "scn"):
            fill = _colour(_floats(operands)) or fill
        elif name == "re":
            x, y, width, height = _floats(operands)
            corners = [_point(at, x, y), _point(at, x + width, y + height)]
            xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
            path.append((xs[0], ys[0], xs[1], ys[1]))
        elif name in ("f", "F", "f*", "B", "B*"):
            painted += [(box, fill) for box in path]
            path = []
        elif name in ("S", "s", "n", "b", "b*"):
            path = []
        elif name == "BT":
            line = text = ONE
        elif name in ("Td", "TD"):
            x, y = _floats(operands)
            line = text = _times((1.0, 0.0, 0.0, 1.0, x, y), line)
        elif name == "Tm":
            line = text = _numbers(operands)
        elif name in ("Tj", "TJ", "'"):
            x, y = _point(_times(text, at), 0.5, 0.5)
            behind = [colour for (a, b, c, d), colour in painted if a <= x <= c and b <= y <= d]
            yield fill, (behind or [WHITE])[-1], f"{x:.0f},{y:.0f}"


def _floats(operands: Sequence[Any]) -> list[float]:
    return [float(one) for one in operands if not isinstance(one, pikepdf.Name)]


def _numbers(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = _floats(operands)
    return a, b, c, d, e, f


def _colour(parts: Sequence[float]) -> Colour | None:
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        c, m, y, k = parts
        return (1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)
    return None


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
