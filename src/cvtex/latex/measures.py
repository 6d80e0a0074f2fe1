"""Values that a theme's options take besides texts, words and numbers.

Each says with `SCHEMA` (JSON Schema) what editors may let pass: at least what `parse` takes.
Patterns are of what Python and ECMAScript have in common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from cvtex.model import KINDS, Text


class Length(Text):
    """A length as TeX writes it: `17mm`, `1.5 cm`, `12pt`, `0.75in`."""

    __slots__ = ()
    UNITS: ClassVar = ("mm", "cm", "in", "pt", "em", "ex")
    FORM: ClassVar = (
        r"\+?(?:[0-9]{1,3}(?:[.,][0-9]{1,4})?|[.,][0-9]{1,4}) ?(?:" + "|".join(UNITS) + ")"
    )
    SCHEMA: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": rf"^\s*{FORM}\s*$"}

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the length without spaces, with a point in its number."""
        if not re.fullmatch(cls.FORM, text.strip()):
            raise ValueError(f"a length is written 17mm, with one of {', '.join(cls.UNITS)}")
        return text.strip().removeprefix("+").replace(",", ".").replace(" ", "")


class ColumnWidth(Length):
    """A length that leaves room for text in a column at the side, and beside it."""

    __slots__ = ()
    MILLIMETRES: ClassVar = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72.27}

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the length, which is between 45 and 100 mm."""
        length = super().parse(text)
        width = float(length[:-2]) * cls.MILLIMETRES.get(length[-2:], 0)
        if not 45 <= width <= 100:
            raise ValueError("a column at the side is between 45mm and 100mm wide")
        return length


class FontSize(Text):
    """The size of a text: `9pt` to `12pt`, in halves of a point."""

    __slots__ = ()
    FORM: ClassVar = r"\+?(?:(?:9|1[01])(?:[.,][05]0*)?|12(?:[.,]0+)?)(?: ?pt)?"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "type": ["string", "number"],
        "pattern": rf"^\s*{FORM}\s*$",
        "minimum": 9,
        "maximum": 12,
        "multipleOf": 0.5,
    }

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the size with its unit: `9.5pt`."""
        if not re.fullmatch(cls.FORM, text.strip()):
            raise ValueError("the size is written 9pt to 12pt, in halves of a point: 10.5pt")
        points = float(text.strip().removesuffix("pt").replace(",", "."))
        return f"{points:g}pt"

    @property
    def of_class(self) -> str:
        """The option of LaTeX's classes that is nearest below it, or 10pt."""
        return f"{max(10, int(float(self[:-2])))}pt"


class Density(Text):
    """How close all stands: from 0, the theme's own look, to 64, as close as can be read."""

    __slots__ = ()
    MOST: ClassVar = 64
    COMPACT: ClassVar = "32"
    FORM: ClassVar = r"\+?0*(?:[0-9]|[1-5][0-9]|6[0-4])"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "type": ["string", "integer"],
        "pattern": rf"^\s*{FORM}\s*$",
        "minimum": 0,
        "maximum": MOST,
    }

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the number in its digits."""
        if not re.fullmatch(cls.FORM, text.strip()):
            raise ValueError("a density is written as a whole number from 0 to 64")
        return str(int(text))


class Colour(Text):
    """A colour as the web writes it, `#1F4E79`, `1f4e79`, `#069`, or by one of `NAMES`.

    To an editor `000000` and `0E4194` are numbers, whose digits it does not tell.
    """

    __slots__ = ()
    NAMES: ClassVar[Mapping[str, str]] = {
        "black": "000000",
        "blue": "1F4E79",
        "brown": "6B4226",
        "burgundy": "7A1F2B",
        "green": "2A6A33",
        "grey": "555555",
        "navy": "1F3A5F",
        "orange": "A84F00",
        "purple": "5B2A86",
        "red": "B3261E",
        "teal": "14505C",
    }
    """Each is dark enough for text on white: at least 4.5 to 1."""
    FORM: ClassVar = f"(?:#?(?:[0-9A-Fa-f]{{3}}|[0-9A-Fa-f]{{6}})|{'|'.join(NAMES)})"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "type": ["string", "number"],
        "pattern": rf"^\s*{FORM}\s*$",
        "minimum": 0,
    }

    @classmethod
    def parse(cls, text: str) -> str:
        """Return six hexadecimal digits in capitals, as xcolor's model `HTML` takes them."""
        if not re.fullmatch(cls.FORM, text.strip()):
            names = ", ".join(cls.NAMES)
            raise ValueError(
                "a colour is written as six hexadecimal digits, such as 1F4E79,"
                f" or is one of {names}"
            )
        digits = cls.NAMES.get(text.strip(), text.strip()).removeprefix("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return digits.upper()

    @property
    def luminance(self) -> float:
        """How light it is, from 0 to 1: the relative luminance of WCAG 2.1."""
        parts = [int(self[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Colour) -> float:
        """Return the contrast of text in one of two colours on the other, from 1 to 21 (WCAG)."""
        dark, light = sorted((self.luminance, other.luminance))
        return (light + 0.05) / (dark + 0.05)

    @property
    def is_dark(self) -> bool:
        """Whether white text reads better on it than black."""
        return self.contrast(Colour("FFFFFF")) > self.contrast(Colour("000000"))


class SectionName(Text):
    """A section by its name: one of the standard's, or that of a section of one's own.

    That there is one of that name is checked against the CV, before it is rendered.
    """

    __slots__ = ()
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "anyOf": [
            {"enum": list(KINDS)},
            # no space or ASCII sign but - and _: what else is a letter, the dialects tell apart
            {
                "type": "string",
                "pattern": r"^\s*[^\s!-\/:-@\[-\^`{-~](?:[^\s!-,.\/:-@\[-\^`{-~])*\s*$",
            },
            {"type": ["boolean", "number"], "minimum": 0},  # true.yaml, 2024.yaml, 5e-3.yaml
        ]
    }

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the name."""
        name = text.strip()
        if not re.fullmatch(r"\w[\w-]*", name):
            raise ValueError("a section is named as its file is, such as skills")
        return name
