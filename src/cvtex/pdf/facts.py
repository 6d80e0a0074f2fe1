"""What a PDF is to be, and what it says of itself."""

from __future__ import annotations

from typing import Literal

from cvtex.records import dataclass

Standard = Literal["plain", "ua", "archive"]
"""What a PDF is to be: as TeX wrote it, PDF/UA-1, or PDF/UA-1 and PDF/A-2b."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a PDF says of itself, and what its structure is to hold.

    `language` is a BCP 47 tag. `photo` describes the photo, "" if the CV has none, and
    `signature` that of a letter, which stands before it;
    `sections` are how many titles the CV has, `longest` the letters of the longest (0: not known),
    `heads` how often the name stands above it all: twice where a letter stands before it.
    """

    title: str
    author: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "en"
    photo: str = ""
    signature: str = ""
    sections: int = 0
    longest: int = 0
    heads: int = 1
