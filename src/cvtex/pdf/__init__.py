"""The PDF itself: its structure and metadata, reading it back, and where each place came from.

TeX writes marks into the PDF's content (`cvmarks.sty`); all else is made of them here.
pikepdf is loaded while TeX runs (`preload`), since it takes as long as a small CV.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path


def preload() -> None:
    """Begin to load what finishing a PDF needs, beside whatever else runs; returns at once."""
    threading.Thread(target=_load, name="pdf", daemon=True).start()


def _load() -> None:
    with contextlib.suppress(Exception):  # who needs it will meet the same fault, and tell it
        import cvtex.pdf.finish  # noqa: F401


def count(pdf: Path) -> int:
    """Return how many pages a PDF has, 0 for what is none."""
    import pikepdf

    try:
        # a stream, for a path's name need not be UTF-8
        with pdf.open("rb") as stream, pikepdf.open(stream) as opened:
            return len(opened.pages)
    except (OSError, pikepdf.PdfError):
        return 0
