"""Outlines as a Type 1 font (`.pfb`), which pdfTeX embeds ("Adobe Type 1 Font Format", 1990)."""

from __future__ import annotations

import array
import functools
from collections.abc import Mapping, Sequence
from typing import Any

from fontTools.pens.basePen import BasePen

from cvtex.records import dataclass

_CHARSTRING, _EEXEC = 4330, 55665  # the keys of its ciphers (chapter 7)

LONGEST = 60000
"""Bytes of a charstring: the format's own bound is 65535."""
MOST_COMPONENTS = 500
_THIRDS = 0.66666666666666667


class Outline(BasePen):  # type: ignore[misc]
    """A pen that writes a charstring in thousandths of the type size, and keeps its bounds."""

    def __init__(self, glyphs: Any, scale: float, width: int) -> None:
        super().__init__(glyphs)
        self.scale = scale
        self.at = (0, 0)
        self.code = bytearray(_number(0) + _number(width) + b"\x0d")  # hsbw
        self.xs: list[int] = []
        self.ys: list[int] = []
        self.components = 0

    def addComponent(self, glyphName: str, transformation: Any, **more: Any) -> None:  # noqa: N802, N803
        """Draw a glyph that is a part of this one; raises ValueError where they are too many."""
        self.components += 1
        if self.components > MOST_COMPONENTS:
            raise ValueError("a glyph of too many parts")
        super().addComponent(glyphName, transformation, **more)

    def _to(self, x: float, y: float) -> tuple[int, int]:
        """Go to a point, and return how far away it is, in thousandths."""
        if len(self.code) > LONGEST:
            raise ValueError("a glyph of too many curves")
        to_x, to_y = round(x * self.scale), round(y * self.scale)
        from_x, from_y = self.at
        self.at = (to_x, to_y)
        self.xs.append(to_x)
        self.ys.append(to_y)
        return to_x - from_x, to_y - from_y

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        dx, dy = self._to(*point)
        self.code += _number(dx) + _number(dy) + b"\x15"

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        dx, dy = self._to(*point)
        if not dy:
            self.code += _number(dx) + b"\x06" if dx else b""
        elif not dx:
            self.code += _number(dy) + b"\x07"
        else:
            self.code += _number(dx) + _number(dy) + b"\x05"

    def _curveToOne(self, one: Any, two: Any, three: Any) -> None:  # noqa: N802
        self._curve(*one, *two, *three)

    def _qCurveToOne(self, one: Any, two: Any) -> None:  # noqa: N802
        (x, y), (a, b), (c, d) = self._getCurrentPoint(), one, two
        self._curve(
            x + _THIRDS * (a - x), y + _THIRDS * (b - y),
            c + _THIRDS * (a - c), d + _THIRDS * (b - d), c, d,
        )  # fmt: skip

    def _curve(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        """Draw a cubic curve; the six as in PostScript's `curveto`."""
        if len(self.code) > LONGEST:
            raise ValueError("a glyph of too many curves")
        scale, (x, y) = self.scale, self.at
        x1, y1, x2, y2 = round(a * scale), round(b * scale), round(c * scale), round(d * scale)
        x3, y3 = self.at = round(e * scale), round(f * scale)
        self.xs += (x1, x2, x3)
        self.ys += (y1, y2, y3)
        steps: tuple[int, ...]
        if y1 == y and x3 == x2:
            steps, sign = (x1 - x, x2 - x1, y2 - y1, y3 - y2), b"\x1f"
        elif x1 == x and y3 == y2:
            steps, sign = (y1 - y, x2 - x1, y2 - y1, x3 - x2), b"\x1e"
        else:
            steps, sign = (x1 - x, y1 - y, x2 - x1, y2 - y1, x3 - x2, y3 - y2), b"\x08"
        self.code += b"".join(map(_number, steps)) + sign

    def _closePath(self) -> None:  # noqa: N802
        self.code += b"\x09"

    def _endPath(self) -> None:  # noqa: N802
        self.code += b"\x09"

    def bounds(self) -> tuple[int, int, int, int]:
        """Return the left, lower, right and upper bound; all nothing for a blank."""
        if not self.xs:
            return (0, 0, 0, 0)
        return min(self.xs), min(self.ys), max(self.xs), max(self.ys)


@functools.lru_cache(maxsize=4096)
def _number(value: int) -> bytes:
    if -107 <= value <= 107:
        return bytes((value + 139,))
    if 108 <= value <= 1131:
        value -= 108
        return bytes((247 + (value >> 8), value & 255))
    if -1131 <= value <= -108:
        value = -value - 108
        return bytes((251 + (value >> 8), value & 255))
    return b"\xff" + value.to_bytes(4, "big", signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a Type 1 font says of itself."""

    name: str
    notice: str
    italic_angle: float
    fixed_pitch: bool
    bounds: tuple[int, int, int, int]
    blues: Sequence[int]
    stem: int


def write(face: Face, charstrings: Mapping[str, bytes]) -> bytes:
    """Return the font; `charstrings` are not enciphered yet, and end with their outline."""
    notice = "".join(c for c in face.notice if " " <= c <= "~" and c not in "()\\")[:400]
    plain = f"""%!PS-AdobeFont-1.0: {face.name} 1.0
11 dict begin
/FontInfo 5 dict dup begin
/Notice ({notice}) readonly def
/FullName ({face.name}) readonly def
/ItalicAngle {face.italic_angle:g} def
/isFixedPitch {"true" if face.fixed_pitch else "false"} def
end readonly def
/FontName /{face.name} def
/PaintType 0 def
/FontType 1 def
/FontMatrix [0.001 0 0 0.001 0 0] readonly def
/Encoding StandardEncoding def
/FontBBox {{{" ".join(map(str, face.bounds))}}} readonly def
currentdict end
currentfile eexec
""".encode("ascii")
    private = f"""dup /Private 12 dict dup begin
/RD {{string currentfile exch readstring pop}} executeonly def
/ND {{noaccess def}} executeonly def
/NP {{noaccess put}} executeonly def
/BlueValues [{" ".join(map(str, face.blues))}] def
/StdVW [{face.stem}] def
/MinFeature {{16 16}} def
/password 5839 def
/Subrs 4 array
""".encode("ascii")
    secret = bytearray(private)
    for number, code in enumerate(_SUBRS):
        data = _ciphered(bytes(4) + code, _CHARSTRING)
        secret += b"dup %d %d RD " % (number, len(data)) + data + b" NP\n"
    secret += b"ND\n2 index /CharStrings %d dict dup begin\n" % len(charstrings)
    for name, code in sorted(charstrings.items()):
        data = _ciphered(bytes(4) + code + b"\x0e", _CHARSTRING)
        secret += b"/%s %d RD " % (name.encode("ascii"), len(data)) + data + b" ND\n"
    secret += b"end\nend\nreadonly put\nnoaccess put\ndup/FontName get exch definefont pop\n"
    secret += b"mark currentfile closefile\n"
    hidden = _ciphered(bytes(4) + bytes(secret), _EEXEC)
    end = (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"
    return _segment(1, plain) + _segment(2, hidden) + _segment(1, end) + b"\x80\x03"


# The four that every Type 1 font has (chapter 8): flex, hint replacement.
_SUBRS = (
    b"\x8e\x8b\x0c\x10\x0c\x11\x0c\x11\x0c\x21\x0b",
    b"\x8b\x8c\x0c\x10\x0b",
    b"\x8b\x8d\x0c\x10\x0b",
    b"\x0b",
)


def _segment(kind: int, data: bytes) -> bytes:
    return bytes((0x80, kind)) + len(data).to_bytes(4, "little") + data


def _ciphered(data: bytes, key: int) -> bytes:
    """Encipher data: each byte by a key that follows from all before it."""
    out = bytearray()
    add, following = out.append, _keys()
    for byte in data:
        byte ^= key >> 8
        add(byte)
        key = following[byte + key]
    return bytes(out)


@functools.cache
def _keys() -> Sequence[int]:
    """Return the key that follows, by the sum of a key and a byte (which is quicker asked
    than worked out, for each byte of a font)."""
    return array.array("H", ((n * 52845 + 22719) & 0xFFFF for n in range((1 << 16) + 255)))
