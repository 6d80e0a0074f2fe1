"""What each font of a PDF says of its space, which TeX never sets.

TeX leaves gaps between words, and a reader takes a gap for a space where it is half as wide as
the font's space at least. Where the font tells of none, readers guess: pypdf takes the width of
some other glyph, and joins words. So each font is given a space, for which no glyph is drawn.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import pikepdf

from cvtex.pdf.fonts import mapped, to_unicode

WIDTH = 230
"""Of a space, in thousandths of the font's size: no theme sets a narrower one (`cvhead.sty`)."""

_SIGN = re.compile(rb"(<20>\s*)<2423>")


def tell(pdf: pikepdf.Pdf) -> None:
    """Let every font that has a ToUnicode map, and no space in it, have one."""
    for font, stream in mapped(pdf):
        is_composite = font.get("/Subtype") == pikepdf.Name.Type0
        is_free = not is_composite and not _has_space(font)
        code, cmap = with_space(stream.read_bytes(), is_composite, is_free)
        if code is None:
            continue
        stream.write(cmap)
        if is_composite:
            for descendant in font.DescendantFonts:
                widths: Any = descendant.get("/W", [])
                descendant.W = pikepdf.Array([*widths, code, pikepdf.Array([WIDTH])])
        else:
            _widen(font, code)


@functools.lru_cache(maxsize=64)
def with_space(cmap: bytes, is_composite: bool, is_free: bool) -> tuple[int | None, bytes]:
    """Return a ToUnicode map that tells of a space, and the code that the space has there; None
    and the map as it was where it has a glyph, or where no code is left for one.

    `is_free` tells that no glyph is drawn for code 32, whatever the encoding has there: in T1
    it is the sign of a space (U+2423), half an em wide.
    """
    texts = to_unicode(cmap)
    if is_free and texts.get(0x20) in (" ", "\u2423"):
        return 0x20, _SIGN.sub(rb"\1<0020>", cmap)
    wanted = (0xFFFF, 0xFFFE) if is_composite else (0x20, 0xA0)
    code = next((code for code in wanted if code not in texts), None)
    end = cmap.rfind(b"endcmap")
    if " " in texts.values() or code is None or end < 0:
        return None, cmap
    said = b"1 beginbfchar\n<%0*X> <0020>\nendbfchar\n" % (4 if is_composite else 2, code)
    return code, cmap[:end] + said + cmap[end:]


def _has_space(font: Any) -> bool:
    """Tell whether a simple font may have a glyph for a space, or for the sign of one."""
    names = str(font.get("/FontDescriptor", {}).get("/CharSet", "/space"))
    return any(name in names for name in ("space", "2423"))


def _widen(font: Any, code: int) -> None:
    """Let a simple font have a width for a code that it does not use."""
    first, widths = int(font.get("/FirstChar", 0)), list(font.get("/Widths", []))
    if not widths:
        return  # one of those that every reader knows
    if code < first:
        widths = [*[0] * (first - code), *widths]
        first = code
    widths += [0] * (code - first - len(widths) + 1)
    widths[code - first] = WIDTH
    font.FirstChar, font.LastChar = first, first + len(widths) - 1
    font.Widths = pikepdf.Array(widths)
