"""The usual character of a glyph that stands for several."""

from __future__ import annotations

import pikepdf
import pytest

from cvtex.pdf import usual


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("beginbfchar\n<00AD> <2010>\nendbfchar", "beginbfchar\n<00AD> <002D>\nendbfchar"),
        # a code that looks like a character: it stays
        ("beginbfchar\n<00A9> <0144>\n<00AD> <0061>\nendbfchar", None),
        (
            "beginbfchar\n<01> <02bc>\n<2010> <0041>\nendbfchar",
            "beginbfchar\n<01> <2019>\n<2010> <0041>\nendbfchar",
        ),
        (
            "beginbfrange\n<05> <05> <00AD>\nendbfrange",
            "beginbfrange\n<05> <05> <002D>\nendbfrange",
        ),
        ("beginbfrange\n<05> <06> <00AD>\nendbfrange", None),
        ("beginbfrange\n<05> <05> [<00AD>]\nendbfrange", None),
        ("begincodespacerange\n<0000> <2010>\nendcodespacerange", None),
    ],
)
def test_the_usual_character_is_told(before: str, after: str | None) -> None:
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(before.encode())
        pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=pdf.make_indirect(stream))
        )
        usual.restore(pdf)
        assert stream.read_bytes().decode() == (after or before)
