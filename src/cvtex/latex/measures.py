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


class Colour(Text):
    """A colour as the web writes it: `#1F4E79`, `1f4e79`, `#069`.

    To an editor `000000` and `0E4194` are numbers, whose digits it does not tell.
    """

    __slots__ = ()
    FORM: ClassVar = "#?(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "type": ["string", "number"],
        "pattern": rf"^\s*{FORM}\s*$",
        "minimum": 0,
    }

    @classmethod
    def parse(cls, text: str) -> str:
        """Return six hexadecimal digits in capitals, as xcolor's model `HTML` takes them."""
        if not re.fullmatch(cls.FORM, text.strip()):
            raise ValueError("a colour is written as six hexadecimal digits, such as 1F4E79")
        digits = text.strip().removeprefix("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return digits.upper()


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
