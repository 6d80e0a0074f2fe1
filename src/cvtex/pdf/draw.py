"""Pages of a PDF as pictures, by PDFium."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def pages(pdf: Path, dots: float) -> Iterator[bytes]:
    """Yield each page as a PNG with so many dots to the inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield _png(page.render(scale=dots / 72).to_pil())


def top(pdf: Path, width: int, height: int) -> bytes:
    """Return the upper part of the first page as a PNG, so many pixels wide and high."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
        return _png(picture.crop((0, 0, width, height)))


def first(pdf: Path, width: int) -> Any:
    """Return the first page as a picture of Pillow's, so many pixels wide."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        return page.render(scale=width / page.get_width()).to_pil().convert("RGB")


def grid(pictures: Mapping[str, Any], columns: int) -> Any:
    """Return pictures of pages in rows of so many on one sheet, or of fewer where there are fewer,
    each in a thin frame with its name below."""
    from PIL import Image, ImageDraw, ImageFont

    width = max(picture.width for picture in pictures.values())
    height = max(picture.height for picture in pictures.values())
    columns = min(columns, len(pictures))
    gap, label = width // 18, width // 14
    rows = -(-len(pictures) // columns)
    size = (columns * (width + gap) + gap, rows * (height + label + gap) + gap)
    sheet = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(max(12, width // 19))
    for number, (name, picture) in enumerate(pictures.items()):
        row, column = divmod(number, columns)
        x, y = gap + column * (width + gap), gap + row * (height + label + gap)
        pen.rectangle((x - 1, y - 1, x + picture.width, y + picture.height), outline="#BBBBBB")
        sheet.paste(picture, (x, y))
        pen.text((x, y + picture.height + label // 4), name, fill="black", font=font)
    return sheet


def small(picture: Any) -> bytes:
    """Return a picture as a PNG of at most 128 colours."""
    return _png(picture.quantize(128, dither=0))


def _png(picture: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
