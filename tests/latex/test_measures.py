"""Lengths, colours and names of sections: what is one, and that the schema says the same."""

from __future__ import annotations

import re

import pytest

from cvtex.latex.measures import Colour, Density, FontSize, Length, SectionName


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Length, "17mm", "17mm"), (Length, " 1,5 cm ", "1.5cm"), (Length, "+.75in", ".75in"),
        (Length, "0pt", "0pt"), (Length, "17", None), (Length, "mm", None), (Length, "17km", None),
        (Length, "-1mm", None), (Length, "1.mm", None), (Length, "1000mm", None),
        (Length, "1  mm", None), (Length, "١٧mm", None), (Length, "17mm}", None),
        (Colour, "#069", "006699"), (Colour, "1f4e79", "1F4E79"), (Colour, "000000", "000000"),
        (Colour, "##069", None), (Colour, "12345", None), (Colour, "blue", "1F4E79"),
        (Colour, "mauve", None),
        (FontSize, "9pt", "9pt"), (FontSize, " 10,5 pt ", "10.5pt"), (FontSize, "+12.0", "12pt"),
        (FontSize, "11", "11pt"), (FontSize, "8.5pt", None), (FontSize, "12.5pt", None),
        (FontSize, "10.25pt", None), (FontSize, "10mm", None), (FontSize, "", None),
        (Density, "0", "0"), (Density, " +064 ", "64"), (Density, "65", None),
        (Density, "-1", None), (Density, "1.5", None), (Density, "compact", None),
        (SectionName, "skills", "skills"), (SectionName, "vorträge-2", "vorträge-2"),
        (SectionName, "a b", None), (SectionName, "-a", None), (SectionName, "", None),
    ],
)  # fmt: skip
def test_forms(kind: type[Length] | type[Colour], typed: str, value: str | None) -> None:
    forms = kind.SCHEMA.get("anyOf", [kind.SCHEMA])
    [pattern] = [form["pattern"] for form in forms if "pattern" in form]
    assert bool(re.search(pattern, typed)) == (value is not None)
    if value is None:
        with pytest.raises(ValueError, match=r"is (written|named)"):
            kind.parse(typed)
    else:
        assert kind.parse(typed) == value
