"""Which font files a document is set in, and how XeLaTeX and LuaLaTeX are told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """A family by the names of its OpenType files, as `kpsewhich` knows them.

    `role` is fontspec's: the main (roman), sans or mono font.
    """

    role: str = "main"
    regular: str
    bold: str
    italic: str
    bold_italic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """A font for what the main font lacks: one script, one file.

    `file` is a file name in the build folder (the pipeline copies it there), so
    that every engine, Tectonic and Overleaf find it without a system font.
    """

    script: str
    file: str
