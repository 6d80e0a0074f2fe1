"""What the characters of a Type 1 font are, where the PDF does not say it: by their names.

LuaTeX writes no ToUnicode map for the fonts of formulas. Such a font's own encoding names its
glyphs (Adobe Type 1 Font Format, 2.2), and the Adobe Glyph List says what the names mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_NAMED = re.compile(rb"\bdup\s+(\d{1,3})\s*/([\w.]+)\s+put\b")


def complete(pdf: pikepdf.Pdf) -> None:
    """Give each Type 1 font that lacks one its ToUnicode map, if all of its names are known."""
    import pikepdf

    fonts: dict[tuple[int, int], Any] = {
        font.objgen: font
        for page in pdf.pages
        for font in _fonts(page)
        if font.get("/Subtype") == "/Type1" and "/ToUnicode" not in font
    }
    for font in fonts.values():
        file = font.get("/FontDescriptor", {}).get("/FontFile")
        if file is None or isinstance(font.get("/Encoding"), pikepdf.Dictionary):
            continue
        if texts := _texts(file.read_bytes()):
            font.ToUnicode = pdf.make_stream(_map(texts))


def _fonts(page: Any) -> list[Any]:
    return list(page.obj.get("/Resources", {}).get("/Font", {}).values())


def _texts(program: bytes) -> dict[int, str]:
    """Return what each code of a font program reads as; nothing if one of them is not known."""
    from fontTools import agl

    names: dict[int, Any] = {}
    for code, name in _NAMED.findall(program.partition(b"eexec")[0]):
        names[int(code)] = name.decode()
    texts = {code: agl.toUnicode(name) for code, name in names.items() if name != ".notdef"}
    return texts if all(texts.values()) else {}


def _map(texts: dict[int, str]) -> bytes:
    """Return a ToUnicode map (ISO 32000-1, 9.10.3) of codes of one byte each."""
    rows = "\n".join(
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in texts.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /cvtex def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{len(texts)} beginbfchar\n{rows}\nendbfchar\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
