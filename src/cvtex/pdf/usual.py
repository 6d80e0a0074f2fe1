"""The usual character where a font's glyph stands for several.

XeTeX's driver tells of a glyph the last of its characters: the hyphen of Source Serif or Lato
would read as U+2010, the apostrophe as U+02BC, and neither is what was typed.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cvtex.pdf.fonts import mapped

if TYPE_CHECKING:
    import pikepdf

USUAL = {
    b"00A0": b"0020",
    b"00AD": b"002D",
    b"2010": b"002D",
    b"2011": b"002D",
    b"02BB": b"2018",
    b"02BC": b"2019",
    b"02C9": b"00AF",
    b"02CA": b"00B4",
    b"02CB": b"0060",
    b"2219": b"00B7",
}
"""What is meant, by what a ToUnicode map may say in its stead (UTF-16, in hexadecimal)."""

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CHAR = re.compile(rb"(<[0-9A-Fa-f\s]*>\s*)<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"(<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>\s*)(?:<([0-9A-Fa-f]*)>|\[[^]]*\])")


def restore(pdf: pikepdf.Pdf) -> None:
    """Let every font's map tell the usual characters."""
    for _, stream in mapped(pdf):
        before = stream.read_bytes()
        after = restored(before)
        if after != before:
            stream.write(after)


@functools.lru_cache(maxsize=64)
def restored(cmap: bytes) -> bytes:
    """Return a ToUnicode map that tells the usual characters."""
    return _BLOCK.sub(_changed, cmap)


def _changed(block: re.Match[bytes]) -> bytes:
    """Return a block of a map, its codes taken one by one, or range by range, as they stand."""
    if block[1] == b"char":
        return _CHAR.sub(lambda m: m[1] + b"<" + _usual(m[2]) + b">", block[0])
    return _RANGE.sub(
        lambda m: m[1] + b"<" + _usual(m[4]) + b">" if m[4] and m[2] == m[3] else m[0], block[0]
    )


def _usual(character: bytes) -> bytes:
    return USUAL.get(character.upper(), character)
