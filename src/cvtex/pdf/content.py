"""A page's content, read once: its text with places, what is drawn, and the marks between.

The reader keeps the bytes' offsets, so that structure can be written into the content without
taking it apart (ISO 32000-1, 8 and 9 say what the operators mean).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from cvtex.pdf.fonts import Font, load
from cvtex.pdf.showing import NUMBER, STRING, Colour, Matrix, Word, number_of, show

MARK = b"/cv."
"""What the name of a mark of `cvmarks.sty` begins with, an operand of `MP`."""


class Event(NamedTuple):
    """Something that happens in a page's content, from one byte offset to another.

    `begin` and `end` are of a text object; `show` shows `words`; `paint` is a path;
    `image` draws the XObject `name` by `matrix`; `mark` is a mark of ours, of that name;
    `edge` is where a marked-content sequence begins or ends that was there before.
    """

    kind: Literal["begin", "end", "show", "paint", "image", "mark", "edge"]
    start: int
    stop: int
    words: tuple[Word, ...] = ()
    name: str = ""
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    mcid: int | None = None


_OPERAND = (
    rb"(?:[-+.\d]++|" + STRING + rb"|/[^\s()<>\[\]{}/%]*+|<<(?:[^<>]|<[^<>]*+>|"
    rb"<<(?:[^<>]|<[^<>]*+>)*+>>)*+>>|<[^<>]*+>|\[|\]|%[^\r\n]*+)"
)
_INSTRUCTION = re.compile(
    rb"((?:\s*+" + _OPERAND + rb")*+)\s*+([A-Za-z'\"][A-Za-z\d*]*+)", re.DOTALL
)
_INLINE_IMAGE = re.compile(rb"\sID\s.*?\sEI(?=\s)", re.DOTALL)
_MCID = re.compile(rb"/MCID\s+(\d+)")

_PATH = frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re"))
_PAINT = frozenset((b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"n"))
_FILL = frozenset((b"g", b"rg", b"k", b"sc", b"scn"))


def content(page: Any) -> bytes:
    """Return the whole content of a page (a `pikepdf.Page`)."""
    import pikepdf

    found = page.obj.get("/Contents")
    if found is None:
        return b""
    if isinstance(found, pikepdf.Array):
        return b"\n".join(part.read_bytes() for part in found)
    return bytes(found.read_bytes())


class Fonts:
    """The fonts of a document, each loaded once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], Font] = {}

    def of(self, page: Any) -> dict[bytes, Font]:
        """Return the fonts of a page by the names that its content has for them."""
        found = {}
        for name, font in page.obj.get("/Resources", {}).get("/Font", {}).items():
            key = font.objgen
            if key not in self.known or key == (0, 0):
                self.known[key] = load(font)
            found[name.encode("latin-1", "replace")] = self.known[key]
        return found


def read(data: bytes, fonts: Mapping[bytes, Font]) -> Iterator[Event]:
    """Yield what happens in a page's content, in its order."""
    ctm: Matrix = (1, 0, 0, 1, 0, 0)
    tm = tlm = ctm
    stack: list[tuple[Any, ...]] = []
    font: Font | None = None
    colour: Colour = (0.0,)
    size, leading, spread, word_spread, scale, rise = 0.0, 0.0, 0.0, 0.0, 1.0, 0.0
    path: int | None = None
    last: tuple[float, float, float] | None = None  # where the text before ended, and its size
    sequences: list[int | None] = []
    place = 0
    while match := _INSTRUCTION.match(data, place):
        operands, operator = match[1], match[2]
        start, place = match.start(), match.end()
        start += len(operands) - len(operands.lstrip()) if operands else match.start(2) - start
        if operator in _PATH:
            path = start if path is None else path
        elif operator in (b"TJ", b"Tj", b"'", b'"'):
            if operator in (b"'", b'"'):
                tlm = tm = _moved(0, -leading, tlm)
            if font is None:
                continue
            words, advance, last = show(
                operands, font, size, colour, _moved(0, rise, _times(tm, ctm)),
                last, spread, word_spread, scale,
            )  # fmt: skip
            tm = _moved(advance, 0, tm)
            mcid = next((m for m in reversed(sequences) if m is not None), None)
            yield Event("show", start, place, words, mcid=mcid)
        elif operator == b"Td":
            x, y = _numbers(operands, 2)
            tlm = tm = _moved(x, y, tlm)
        elif operator == b"TD":
            x, y = _numbers(operands, 2)
            leading = -y
            tlm = tm = _moved(x, y, tlm)
        elif operator == b"Tm":
            tlm = tm = _numbers(operands, 6)  # type: ignore[assignment]
        elif operator == b"T*":
            tlm = tm = _moved(0, -leading, tlm)
        elif operator == b"Tf":
            name = (operands.split(None, 1) or [b""])[0]
            font, (size,) = fonts.get(name), _numbers(operands[len(name) :], 1)
        elif operator in _FILL:
            colour = _numbers(operands, len(NUMBER.findall(operands)))
        elif operator == b"q":
            stack.append((ctm, font, size, colour, leading, spread, word_spread, scale, rise))
        elif operator == b"Q":
            if stack:
                ctm, font, size, colour, leading, spread, word_spread, scale, rise = stack.pop()
        elif operator == b"cm":
            ctm = _times(_numbers(operands, 6), ctm)  # type: ignore[arg-type]
        elif operator in _PAINT:
            yield Event("paint", start if path is None else path, place)
            path = None
        elif operator == b"MP":
            if operands.strip().startswith(MARK):
                yield Event("mark", start, place, name=operands.strip()[4:].decode())
        elif operator == b"BT":
            tm = tlm = (1, 0, 0, 1, 0, 0)
            yield Event("begin", start, place)
        elif operator == b"ET":
            yield Event("end", start, place)
        elif operator in (b"BMC", b"BDC"):
            known = _MCID.search(operands)
            sequences.append(int(known[1]) if known else None)
            yield Event("edge", start, place)
        elif operator == b"EMC":
            if sequences:
                sequences.pop()
            yield Event("edge", start, place)
        elif operator in (b"Do", b"sh"):
            name = operands.strip().decode("latin-1") if operator == b"Do" else ""
            yield Event("image", start, place, name=name, matrix=ctm)
        elif operator == b"BI":
            if ended := _INLINE_IMAGE.search(data, place):
                place = ended.end()
            yield Event("image", start, place, matrix=ctm)
        elif operator in (b"Tc", b"Tw", b"Tz", b"TL", b"Ts"):
            (value,) = _numbers(operands, 1)
            if operator == b"Tc":
                spread = value
            elif operator == b"Tw":
                word_spread = value
            elif operator == b"Tz":
                scale = value / 100
            elif operator == b"TL":
                leading = value
            else:
                rise = value


def _numbers(operands: bytes, count: int) -> tuple[float, ...]:
    """Return the last numbers of an operator's operands, 0 for what lacks."""
    with suppress(ValueError):
        numbers = tuple(map(float, operands.split()))
        if len(numbers) == count:
            return numbers
    found = [0.0] * count + [number_of(digits) for digits in NUMBER.findall(operands)]
    return tuple(found[len(found) - count :])


def _times(first: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def _moved(x: float, y: float, matrix: Matrix) -> Matrix:
    """Return a matrix whose origin is moved so far in its own space."""
    a, b, c, d, e, f = matrix
    return a, b, c, d, x * a + y * c + e, x * b + y * d + f
