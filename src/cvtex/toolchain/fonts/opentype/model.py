"""What is made of an OpenType font for pdfLaTeX."""

from __future__ import annotations

from cvtex.records import dataclass

VERSION = 3
"""Of what is made of a font: with another one it is made anew."""


class Unfit(ValueError):
    """Says what makes a font one that cannot be converted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A font's files: `pfb`, and for each encoding (`t1`, `ts1`, `sc`) its metrics, and what
    tells pdfTeX where each glyph stands.

    `oldstyle` is whether the figures of T1 are old-style ones.
    `sc`, T1 with small capitals, is empty where the font has none. `name` is the font's in
    the PDF; `characters` are those of T1 and TS1 that it has.
    """

    name: str
    characters: str
    pfb: bytes
    t1: bytes
    ts1: bytes
    sc: bytes
    t1_enc: bytes
    ts1_enc: bytes
    sc_enc: bytes
    oldstyle: bool = False

    def encoding(self, which: str) -> str:
        """Return what one of its encodings is called: fonts of the same one share a file."""
        return f"cvtex-{which}{'old' if self.oldstyle and which != 'ts1' else ''}"


PARTS = ("pfb", "t1", "ts1", "sc", "t1_enc", "ts1_enc", "sc_enc")
"""The files of one."""
