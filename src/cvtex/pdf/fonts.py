"""A PDF's fonts as a reader needs them: the text and the width of each code of a string."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cvtex.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = "\ufffd"
"""What a code reads as that its font gives no Unicode for."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font: `codes` give what a code reads as and how wide it is, in thousandths of its size.

    `wide` tells whether a code has two bytes. `known` is the reader's: what it has made of
    strings as they stand in the content.
    """

    name: str
    wide: bool
    codes: dict[int, tuple[str, float]]
    default: float
    embedded: bool = True
    unicode: bool = True
    known: dict[bytes, tuple[tuple[str, float, int], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def pieces(self, data: bytes) -> Iterator[tuple[str, float, int]]:
        """Yield the stretches of a string without spaces, and its spaces (" "), each with its
        width and its count of codes."""
        text, wide, count = "", 0.0, 0
        for code in _pairs(data) if self.wide else data:
            shown, width = self.codes.get(code, (UNKNOWN, self.default))
            if shown.isspace():
                if count:
                    yield text, wide, count
                yield " ", width, 1
                text, wide, count = "", 0.0, 0
            else:
                text, wide, count = text + shown, wide + width, count + 1
        if count:
            yield text, wide, count


def _pairs(data: bytes) -> Iterator[int]:
    """Yield the codes of two bytes each that a string holds."""
    return ((high << 8) | low for high, low in zip(data[::2], data[1::2], strict=False))


def load(font: Any) -> Font:
    """Return a font of a page's resources (a pikepdf dictionary), with its ToUnicode map."""
    name = str(font.get("/BaseFont", "/")).lstrip("/")
    name = name[7:] if re.match(r"[A-Z]{6}\+", name) else name
    wide = font.get("/Subtype") == "/Type0"
    texts = to_unicode(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {}
    widths: dict[int, float]
    inner = font
    if wide:
        inner = font["/DescendantFonts"][0]
        default = float(inner.get("/DW", 1000))
        widths = dict(_wide_widths(inner.get("/W", [])))
    else:
        default = 0.0
        first = int(font.get("/FirstChar", 0))
        scale = 1.0
        if font.get("/Subtype") == "/Type3":
            scale = 1000 * float(font["/FontMatrix"][0])
        given = font.get("/Widths", [])
        widths = {first + n: float(width) * scale for n, width in enumerate(given)}
    codes = {
        code: (texts.get(code, UNKNOWN), widths.get(code, default))
        for code in {*texts, *widths}
    }  # fmt: skip
    descriptor = inner.get("/FontDescriptor", {})
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return Font(name, wide, codes, default, embedded, "/ToUnicode" in font)


def _wide_widths(given: Any) -> Iterator[tuple[int, float]]:
    """Yield the widths of a CID font's `/W` (ISO 32000-1, 9.7.4.3)."""
    import pikepdf

    items = list(given)
    place = 0
    while place + 1 < len(items):
        first, second = int(items[place]), items[place + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
            place += 2
        else:
            width = float(items[place + 2])
            yield from ((code, width) for code in range(first, int(second) + 1))
            place += 3


_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:\[([^\]]*)\]|<([0-9A-Fa-f\s]+)>)")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")


def to_unicode(cmap: bytes) -> dict[int, str]:
    """Return what each code of a ToUnicode map reads as (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for block in _CHARS.findall(cmap):
        for code, text in _PAIR.findall(block):
            found[int(code, 16)] = _text(text)
    for block in _RANGES.findall(cmap):
        for first, last, each, start in _RANGE.findall(block):
            begin, end = int(first, 16), int(last, 16)
            if each:
                texts = map(_text, _HEX.findall(each))
                found.update(zip(range(begin, end + 1), texts, strict=False))
            else:
                text = _text(start)
                for code in range(begin, end + 1):
                    found[code] = text[:-1] + chr(ord(text[-1]) + code - begin)
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
