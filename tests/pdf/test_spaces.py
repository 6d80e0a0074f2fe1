"""Every font tells how wide its space is, for readers that find words by the gaps."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from cvtex.pdf import spaces
from cvtex.pdf.fonts import load

MAP = "begincmap\n1 beginbfchar\n<{code}> <0041>\nendbfchar\nendcmap\n"


def font(pdf: pikepdf.Pdf, cmap: str, **given: Any) -> Any:
    """Return a font of a PDF with a ToUnicode map."""
    stream = pdf.make_stream(cmap.encode())
    return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=stream, **given))


@pytest.mark.parametrize(
    ("code", "first", "widths", "place"),
    [
        ("41", 65, [700], 0x20),
        ("1B", 27, [500, 600], 0x20),  # ligatures stand before the space
        ("1B", 27, [500, 1, 2, 3, 4, 0, 6], 0x20),
        ("20", 32, [700], 0xA0),  # another glyph stands there
    ],
)
def test_a_simple_font_gets_a_space_beside_what_it_has(
    code: str, first: int, widths: list[int], place: int
) -> None:
    with pikepdf.new() as pdf:
        simple = font(
            pdf, MAP.format(code=code), Subtype=pikepdf.Name.Type1, FirstChar=first,
            LastChar=first + len(widths) - 1, Widths=pikepdf.Array(widths),
        )  # fmt: skip
        spaces.tell(pdf)
        read = load(simple)
        assert read.texts == {int(code, 16): "A", place: " "}
        expected = {first + n: float(width) for n, width in enumerate(widths)}
        expected[place] = 230.0
        assert {code: read.widths[code] for code in expected} == expected
        assert simple.LastChar - simple.FirstChar + 1 == len(simple.Widths)
        before = simple.ToUnicode.read_bytes()
        spaces.tell(pdf)
        assert simple.ToUnicode.read_bytes() == before  # once is enough


def test_a_composite_font_gets_a_space_beside_what_it_has() -> None:
    with pikepdf.new() as pdf:
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, W=pikepdf.Array([34, pikepdf.Array([700])])
        )
        composite = font(
            pdf, MAP.format(code="0022"), Subtype=pikepdf.Name.Type0,
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
        )  # fmt: skip
        spaces.tell(pdf)
        read = load(composite)
        assert read.texts == {0x22: "A", 0xFFFF: " "}
        assert read.widths == {34: 700.0, 0xFFFF: 230.0}


@pytest.mark.parametrize("said", ["<03> <0020>", "<03> <00A0>"])
def test_a_font_that_tells_of_a_space_stays_as_it_is(said: str) -> None:
    with pikepdf.new() as pdf:
        cmap = f"begincmap\n1 beginbfchar\n{said}\nendbfchar\nendcmap\n"
        simple = font(
            pdf, cmap, Subtype=pikepdf.Name.Type1, FirstChar=3, LastChar=3,
            Widths=pikepdf.Array([250]),
        )  # fmt: skip
        spaces.tell(pdf)
        assert (simple.ToUnicode.read_bytes() == cmap.encode()) == ("0020" in said)


def test_a_map_without_an_end_stays_as_it_is() -> None:
    assert spaces.with_space(b"1 beginbfchar\n<41> <0041>\nendbfchar", False, False)[0] is None


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("sign", ["2423", "0020"])
def test_the_sign_of_a_space_is_one_where_no_glyph_is_drawn_for_it(sign: str, drawn: bool) -> None:
    with pikepdf.new() as pdf:
        cmap = f"begincmap\n2 beginbfchar\n<20> <{sign}>\n<41> <0041>\nendbfchar\nendcmap\n"
        glyphs = "/A/visiblespace" if drawn else "/A"
        simple = font(
            pdf, cmap, Subtype=pikepdf.Name.Type1, FirstChar=32, LastChar=33,
            Widths=pikepdf.Array([500, 300]),
            FontDescriptor=pikepdf.Dictionary(CharSet=pikepdf.String(glyphs)),
        )  # fmt: skip
        spaces.tell(pdf)
        read = load(simple)
        if drawn:
            assert read.widths[0x20] == 500.0
            assert read.texts[0x20] == chr(int(sign, 16))
        else:
            assert (read.texts[0x20], read.widths[0x20]) == (" ", 230.0)
