"""Pictures of pages, looked at point by point."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from cvtex.pdf import draw

RED, GREEN, WHITE = (255, 0, 0), (0, 128, 0), (255, 255, 255)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two pages, 200 by 300 points: a red square at the upper left corner of the first."""
    file = tmp_path / "a.pdf"
    with pikepdf.new() as made:
        for content in (b"1 0 0 rg 0 200 100 100 re f", b""):
            page = made.add_blank_page(page_size=(200, 300))
            page.obj.Contents = made.make_stream(content)
        made.save(file)
    return file


def opened(data: bytes) -> Any:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("dots", [72, 144, 36])
def test_a_page_has_so_many_dots_to_the_inch(dots: int, pdf: Path) -> None:
    pictures = [opened(data) for data in draw.pages(pdf, dots)]
    assert [picture.size for picture in pictures] == [(200 * dots // 72, 300 * dots // 72)] * 2
    middle = 50 * dots // 72
    assert pictures[0].getpixel((middle, middle)) == RED
    assert pictures[1].getpixel((middle, middle)) == WHITE


def test_the_top_and_the_first_page_are_as_wide_as_is_asked(pdf: Path) -> None:
    top = opened(draw.top(pdf, 400, 210))
    assert top.size == (400, 210)
    assert top.getpixel((190, 190)) == RED
    assert top.getpixel((210, 190)) == top.getpixel((190, 205)) == WHITE
    first = draw.first(pdf, 100)
    assert (first.mode, first.size) == ("RGB", (100, 150))
    assert first.getpixel((45, 45)) == RED


def test_pages_stand_in_rows_each_in_a_frame_with_its_name() -> None:
    pictures = {name: Image.new("RGB", (180, 240), RED) for name in "abc"}
    pictures["c"] = Image.new("RGB", (180, 200), GREEN)
    sheet = draw.grid(pictures, 2)
    gap, label = 10, 12
    assert sheet.size == (2 * (180 + gap) + gap, 2 * (240 + label + gap) + gap)
    for column in range(2):
        x = gap + column * 190
        for place in ((x, gap), (x + 179, gap + 239)):
            assert sheet.getpixel(place) == RED
        frame = (0xBB, 0xBB, 0xBB)
        assert sheet.getpixel((x - 1, gap - 1)) == sheet.getpixel((x + 180, gap + 240)) == frame
        assert sheet.getpixel((x - 2, gap)) == sheet.getpixel((x + 181, gap)) == WHITE
        name = sheet.crop((x, gap + 241, x + 180, gap + 240 + label + gap - 1))
        assert name.getextrema()[0][0] == 0, "the name in black"
    below = gap + 240 + label + gap
    assert sheet.getpixel((gap, below)) == sheet.getpixel((gap + 179, below + 199)) == GREEN
    assert sheet.getpixel((gap + 190, below)) == WHITE
    assert draw.grid({"a": pictures["a"]}, 4).size == (200, 240 + label + 2 * gap)
    assert opened(draw.small(pictures["a"])).getpixel((5, 5)) == RED
