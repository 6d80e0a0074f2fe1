"""The PDF itself: its structure and metadata, reading it back, and where each place came from.

TeX writes marks into the PDF's content (`cvmarks.sty`); all else is made of them here.
pikepdf is loaded while TeX runs (`preload`), since it takes as long as a small CV.
"""

from __future__ import annotations

import threading
from typing import Literal

from cvtex.records import dataclass

Standard = Literal["plain", "ua", "archive"]
"""What a PDF is to be: as TeX wrote it, PDF/UA-1, or PDF/UA-1 and PDF/A-2b."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a PDF says of itself, and what its structure is to hold.

    `language` is a BCP 47 tag. `photo` describes the photo, "" if the CV has none;
    `sections` are how many titles the CV has.
    """

    title: str
    author: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "en"
    photo: str = ""
    sections: int = 0


def preload() -> None:
    """Begin to load what finishing a PDF needs, beside whatever else runs; returns at once."""
    threading.Thread(target=_load, name="pdf", daemon=True).start()


def _load() -> None:
    import cvtex.pdf.finish  # noqa: F401
