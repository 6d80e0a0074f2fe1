"""Values that a theme's options take besides texts, words and numbers."""

from __future__ import annotations

import re
from typing import ClassVar

from cvtex.model import Text


class Length(Text):
    """A length as TeX writes it: `17mm`, `1.5 cm`, `12pt`, `0.75in`."""

    __slots__ = ()
    UNITS: ClassVar = ("mm", "cm", "in", "pt", "em", "ex")

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the length without spaces, with a point in its number."""
        match = re.fullmatch(r"\+?(\d{0,3}(?:[.,]\d{1,4})?) ?([a-z]{2})", text.strip())
        if not match or not match[1] or match[2] not in cls.UNITS:
            raise ValueError(f"a length is written 17mm, with one of {', '.join(cls.UNITS)}")
        return match[1].replace(",", ".") + match[2]


class Colour(Text):
    """A colour as the web writes it: `#1F4E79`, `1f4e79`, `#069`."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> str:
        """Return six hexadecimal digits in capitals, as xcolor's model `HTML` takes them."""
        digits = text.strip().removeprefix("#")
        if not re.fullmatch(r"[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}", digits):
            raise ValueError("a colour is written as six hexadecimal digits, such as 1F4E79")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return digits.upper()


class SectionName(Text):
    """A section by its name: one of the standard's, or that of a section of one's own.

    That there is one of that name is checked against the CV, before it is rendered.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the name."""
        name = text.strip()
        if not re.fullmatch(r"\w[\w-]*", name):
            raise ValueError("a section is named as its file is, such as skills")
        return name
