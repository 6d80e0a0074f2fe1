"""Pages of a PDF as pictures, by PDFium."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path


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


def _png(picture: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)  # type: ignore[attr-defined]
    return made.getvalue()
