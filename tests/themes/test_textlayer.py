"""The reading of PDFs that the contract stands on finds what it is there to find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from themes.textlayer import font_faults, links


def font(kind: str, *, file: bool, unicode: bool, composite: bool = False) -> dict[str, Any]:
    bearer: dict[str, Any] = {"/Type": Name.Font, "/Subtype": Name(f"/{kind}")}
    bearer["/FontDescriptor"] = Dictionary({"/FontFile3": String("")} if file else {})
    made = {"/Subtype": Name.Type0, "/DescendantFonts": Array([Dictionary(bearer)])}
    made = {"/BaseFont": Name.Some, **(made if composite else bearer)}
    return made | ({"/ToUnicode": String("")} if unicode else {})


@pytest.mark.parametrize(
    ("made", "faults"),
    [
        (font("Type1", file=True, unicode=True), []),
        (font("CIDFontType0", file=True, unicode=True, composite=True), []),
        (font("Type1", file=False, unicode=True), ["/Some: not embedded"]),
        (font("Type1", file=True, unicode=False), ["/Some: no ToUnicode"]),
        (font("Type3", file=True, unicode=True), ["/Some: Type 3"]),
        (font("CIDFontType0", file=False, unicode=True, composite=True), ["/Some: not embedded"]),
    ],
)
def test_fonts_and_links(made: dict[str, Any], faults: list[str], tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Resources = Dictionary({"/Font": Dictionary({"/F1": Dictionary(made)})})
        link = {
            "/Subtype": Name.Link,
            "/A": Dictionary({"/URI": String("https://example.org/%20")}),
        }
        page.Annots = Array([Dictionary(link), Dictionary({"/Subtype": Name.Text})])
        pdf.save(path)
    assert font_faults(path) == faults
    assert links(path) == {"https://example.org/%20"}
