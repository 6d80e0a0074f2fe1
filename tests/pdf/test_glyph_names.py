"""Fonts of formulas say what their characters are, as far as all their names are known."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from cvtex.pdf import glyph_names
from cvtex.pdf.fonts import load


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({11: "alpha", 33: "arrowright"}, {11: "α", 33: "→"}),
        ({0: ".notdef", 65: "A"}, {65: "A"}),
        ({11: "alpha", 12: "a name of nobody".replace(" ", "")}, None),
        ({}, None),
    ],
)
def test_a_font_gets_its_map(names: dict[int, str], expected: dict[int, str] | None) -> None:
    program = "\n".join(f"dup {code} /{name} put" for code, name in names.items())
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    file = pdf.make_stream(f"%!PS-AdobeFont-1.1: CMMI10\n{program}\neexec".encode())
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+CMMI10"), FirstChar=0,
        Widths=Array([500] * 70), FontDescriptor=Dictionary(FontFile=file),
    )  # fmt: skip
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    glyph_names.complete(pdf)
    out = io.BytesIO()
    pdf.save(out)
    with pikepdf.open(out) as saved:
        found = load(saved.pages[0].obj.Resources.Font.F1)
    assert found.unicode == (expected is not None)
    for code, text in (expected or {}).items():
        assert (found.texts[code], found.widths[code]) == (text, 500)
