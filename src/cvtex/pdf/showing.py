"""What a string of a page's content shows: words with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

from cvtex.pdf.fonts import Font

SPACE = 0.16
"""A gap of this many ems between two glyphs is a space between words."""
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, ...]


class Word(NamedTuple):
    """What stands between two gaps of a line, by points from the page's lower left corner.

    `y` is the baseline; `colour` has 1 (grey), 3 (RGB) or 4 (CMYK) parts of 0 to 1.
    `glued` tells that the word follows the one before it without a gap.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    font: str
    colour: Colour
    glued: bool = False


STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
_PIECE = re.compile(rb"(" + STRING + rb")|<([0-9A-Fa-f\s]*+)>|([-+.\d]++)", re.DOTALL)
NUMBER = re.compile(rb"[-+.\d]++")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def number_of(digits: bytes) -> float:
    """Return a number as PDF writes it, 0 for what is none."""
    try:
        return float(digits)
    except ValueError:
        return 0.0


def show(
    operands: bytes,
    font: Font,
    size: float,
    colour: Colour,
    matrix: Matrix,
    last: tuple[float, float, float] | None,
    spread: float,
    word_spread: float,
    scale: float,
) -> tuple[tuple[Word, ...], float, tuple[float, float, float] | None]:
    """Return the words of one showing, how far it moves in text space, and where it ended."""
    a, b, _, _, e, f = matrix
    across = a if not b else (a * a + b * b) ** 0.5
    points = abs(size * across)  # as it is seen
    unit = size / 1000 * scale
    name = font.name
    words: list[Word] = []
    at = begun = 0.0  # in text space
    text = ""
    glued = False
    if last is not None:
        x, y, before = last
        most = max(points, before)
        same = abs(f - y) < most * 0.5
        glued = same and -most < e - x < SPACE * min(points, before)
    gap = -SPACE * 1000
    known = font.known

    def word() -> Word:
        x0, x1 = e + begun * across, e + at * across
        return Word(text, x0, x1, f + begun * b, points, name, colour, glued)

    for literal, digits, number in _PIECE.findall(operands):
        if number:
            value = number_of(number)
            if text and value < gap:
                words.append(word())
                text = ""
            if value < gap:
                glued = False
            at -= value * unit
            if not text:
                begun = at
            continue
        pieces = known.get(literal or digits)
        if pieces is None:
            data = _literal(literal) if literal else _digits(digits)
            pieces = known[literal or digits] = font.pieces(data)
        for shown, width, count in pieces:
            if shown == " ":
                if text:
                    words.append(word())
                text, glued = "", False
                at += width * unit + (spread + word_spread) * scale
                begun = at
            else:
                text += shown
                at += width * unit + count * spread * scale
    end = at
    if text:
        words.append(word())
    if words:
        last = (e + end * across, f + end * b, points) if text else None  # a gap ends it
    return tuple(words), end, last


def _literal(string: bytes) -> bytes:
    """Return the bytes of a literal string (ISO 32000-1, 7.3.4.2)."""
    inner = string[1:-1]
    if b"\\" not in inner:
        return inner

    def plain(match: re.Match[bytes]) -> bytes:
        octal, newline, other = match.groups()
        if octal:
            return bytes((int(octal, 8) & 255,))
        return b"" if newline else _ESCAPED.get(other, other)

    return _ESCAPE.sub(plain, inner)


def _digits(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
