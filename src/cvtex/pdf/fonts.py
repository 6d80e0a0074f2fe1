"""A PDF's fonts as a reader needs them: the text and the width of each code of a string."""

from __future__ import annotations

import functools
import re
from codecs import charmap_decode
from collections.abc import Iterator, Mapping
from math import fsum
from typing import TYPE_CHECKING, Any

from cvtex.records import dataclass, field

if TYPE_CHECKING:
    import pikepdf

UNKNOWN = "\ufffd"
"""What a code reads as that its font gives no Unicode for."""

Piece = tuple[str, float, int]
"""A text, its width in thousandths of the font's size, and how many codes show it."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font: what each code reads as, and how wide it is, in thousandths of its size.

    `wide` tells whether a code has two bytes; `default` is the width of those that `widths`
    has not. `known` is the reader's: what it has made of strings as they stand in the content;
    fonts that read alike have it in common, such as those of a document that is made again.
    """

    name: str
    wide: bool
    texts: Mapping[int, str]
    widths: Mapping[int, float]
    default: float
    embedded: bool = True
    unicode: bool = True
    known: dict[bytes, tuple[Piece, ...]] = field(default_factory=dict, compare=False, repr=False)

    def pieces(self, data: bytes) -> tuple[Piece, ...]:
        """Return the stretches of a string without spaces, and its spaces (" "), each with its
        width and its count of codes."""
        widths, default = self.widths, self.default
        if not self.wide:  # most strings have no space, and are read at once
            text = charmap_decode(data, "replace", self.texts)[0]
            if text.split() == [text]:
                return ((text, fsum([widths.get(code, default) for code in data]), len(data)),)
        found: list[Piece] = []
        text, wide, count = "", 0.0, 0
        for code in _pairs(data) if self.wide else data:
            shown, width = self.texts.get(code, UNKNOWN), widths.get(code, default)
            if shown.isspace():
                if count:
                    found.append((text, wide, count))
                found.append((" ", width, 1))
                text, wide, count = "", 0.0, 0
            else:
                text, wide, count = text + shown, wide + width, count + 1
        if count:
            found.append((text, wide, count))
        return tuple(found)


@functools.lru_cache(maxsize=64)
def _known(
    wide: bool, cmap: bytes, widths: tuple[tuple[int, float], ...], default: float
) -> dict[bytes, tuple[Piece, ...]]:
    """Return what is known of the strings of fonts that read so."""
    return {}


def _pairs(data: bytes) -> Iterator[int]:
    """Yield the codes of two bytes each that a string holds."""
    return ((high << 8) | low for high, low in zip(data[::2], data[1::2], strict=False))


def mapped(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Yield each font of a PDF that has a ToUnicode map, and the map's stream."""
    import pikepdf

    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == pikepdf.Name.Font:
            stream: Any = font.get("/ToUnicode")
            if isinstance(stream, pikepdf.Stream):
                yield font, stream


def load(font: Any) -> Font:
    """Return a font of a page's resources (a pikepdf dictionary), with its ToUnicode map."""
    name = str(font.get("/BaseFont", "/")).lstrip("/")
    name = name[7:] if re.match(r"[A-Z]{6}\+", name) else name
    wide = font.get("/Subtype") == "/Type0"
    cmap = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
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
        widths = {first + n: width * scale for n, width in enumerate(_floats(font))}
    descriptor = inner.get("/FontDescriptor", {})
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    known = _known(wide, cmap, tuple(widths.items()), default)
    texts = to_unicode(cmap)
    return Font(name, wide, texts, widths, default, embedded, "/ToUnicode" in font, known)


def _floats(font: Any) -> list[float]:
    """Return a simple font's `/Widths`."""
    given = font.get("/Widths", [])
    try:  # at once, where none of them is a reference
        return [float(number) for number in given.unparse().strip(b"[] ").split()]
    except (AttributeError, ValueError):
        return [float(number) for number in given]


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


@functools.lru_cache(maxsize=64)
def to_unicode(cmap: bytes) -> Mapping[int, str]:
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


_SURROGATES = frozenset(b"%02X" % byte for byte in range(0xD8, 0xE0))


def _text(digits: bytes) -> str:
    if len(digits) == 4 and digits[:2].upper() not in _SURROGATES and digits.isalnum():
        return chr(int(digits, 16))
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
