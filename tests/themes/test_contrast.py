"""The measure of contrast itself: it finds what is too light, on paper and on a panel."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from themes.contrast import contrast, faint


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((0x77 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("BT 0.2 g 1 0 0 1 50 50 Tm (a) Tj ET", []),
        ("BT 0.6 g 1 0 0 1 50 50 Tm (a) Tj ET", ["page 1 at 50,50: 999999 on FFFFFF, 2.85:1"]),
        ("0 0 0.3 rg 0 0 100 100 re f BT 1 g 1 0 0 1 50 50 Tm (a) Tj ET", []),
        ("0 0 0.3 rg 0 0 40 100 re f BT 1 g 1 0 0 1 50 50 Tm (a) Tj ET",
         ["page 1 at 50,50: FFFFFF on FFFFFF, 1.00:1"]),
        ("q 1 g Q BT 50 50 Td [(a)] TJ ET", []),
        ("q .5 0 0 .5 10 10 cm 1 g 0 0 0 0 k BT 80 80 Td (a) Tj ET Q",
         ["page 1 at 50,50: FFFFFF on FFFFFF, 1.00:1"]),
    ],
)  # fmt: skip
def test_what_is_faint(tmp_path: Path, content: str, said: list[str]) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.pages[0].Contents = pdf.make_stream(content.encode())
        pdf.save(tmp_path / "a.pdf")
    assert faint(tmp_path / "a.pdf") == said
