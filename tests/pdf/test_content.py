"""Reading a page's content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.pdf import content
from cvtex.pdf.fonts import Font, to_unicode
from cvtex.pdf.profile import srgb

TEXTS = {code: chr(code) for code in range(32, 127)}
FONTS = {b"/F1": Font("Plain", False, TEXTS, dict.fromkeys(TEXTS, 500.0) | {32: 250.0}, 0)}


def words(data: bytes) -> list[tuple[str, float, float, bool]]:
    """Return text, place and whether it is glued, of all words."""
    events = content.read(data, FONTS)
    return [(w.text, round(w.x, 3), round(w.y, 3), w.glued) for e in events for w in e.words]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"BT /F1 10 Tf 1 2 Td (ab) Tj ET", [("ab", 1, 2, False)]),
        (b"BT/F1 10 Tf 1 2 Td[(a)-300(b)]TJ ET", [("a", 1, 2, False), ("b", 9, 2, False)]),
        (b"BT /F1 10 Tf [(a)-50(b)]TJ ET", [("ab", 0, 0, False)]),  # a kern
        (b"BT /F1 10 Tf (a b) Tj ET", [("a", 0, 0, False), ("b", 7.5, 0, False)]),
        (b"BT /F1 10 Tf <6162> Tj ET", [("ab", 0, 0, False)]),
        (rb"BT /F1 10 Tf (\(\141\\) Tj (b(c)d) Tj ET",
         [("(a\\", 0, 0, False), ("b(c)d", 15, 0, True)]),
        (b"q 2 0 0 2 5 5 cm BT /F1 10 Tf 1 1 Td (a) Tj ET Q", [("a", 7, 7, False)]),
        (b"BT /F1 10 Tf 12 TL (a) Tj T* (b) Tj (c) ' ET",
         [("a", 0, 0, False), ("b", 0, -12, False), ("c", 0, -24, False)]),
        (b"BT /F1 10 Tf 1 0 0 1 3 4 Tm (a) Tj 5 0 Td (b) Tj ET",
         [("a", 3, 4, False), ("b", 8, 4, True)]),
        (b"% (not text) Tj\nBT /F1 10 Tf (a) Tj ET", [("a", 0, 0, False)]),
        (b"BI /W 1 /H 1 ID \x00(x) Tj\x01 EI BT /F1 10 Tf (a) Tj ET", [("a", 0, 0, False)]),
        (b"/Span <</ActualText (x)>> BDC BT /F1 10 Tf (a) Tj ET EMC", [("a", 0, 0, False)]),
    ],
)  # fmt: skip
def test_words_have_places(data: bytes, expected: list[object]) -> None:
    assert words(data) == expected


def test_events_keep_their_places() -> None:
    data = b"0 g /cv.H2 MP BT /F1 9 Tf (a) Tj ET 1 2 m 3 4 l S q 5 0 0 6 7 8 cm /Im1 Do Q"
    found = [(e.kind, data[e.start : e.stop]) for e in content.read(data, FONTS)]
    assert found == [
        ("mark", b"/cv.H2 MP"),
        ("begin", b"BT"),
        ("show", b"(a) Tj"),
        ("end", b"ET"),
        ("paint", b"1 2 m 3 4 l S"),
        ("image", b"/Im1 Do"),
    ]


def test_colour_and_size_are_those_seen() -> None:
    data = b"q .5 0 0 .5 0 0 cm 1 0 0 rg BT /F1 20 Tf (a) Tj ET Q BT /F1 8 Tf (b) Tj ET"
    found = [(w.colour, w.size) for e in content.read(data, FONTS) for w in e.words]
    assert found == [((1, 0, 0), 10), ((0,), 8)]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_any_string_is_read_as_it_was_written(text: str) -> None:
    escaped = "".join("\\" + c if c in "()\\" else c for c in text)
    assert "".join(w[0] for w in words(f"BT /F1 9 Tf ({escaped}) Tj ET".encode())) == text


@given(st.binary())
def test_whatever_stands_there_is_read_without_a_fault(data: bytes) -> None:
    list(content.read(data, FONTS))


@given(st.lists(st.sampled_from(b"(a) <61> [ ] /F1 1 -2 .5 Tf Td TJ Tj Tm cm q Q BT ET".split())))
def test_operators_may_lack_their_operands(pieces: list[bytes]) -> None:
    list(content.read(b" ".join(pieces), FONTS))


def test_a_map_of_characters() -> None:
    cmap = b"""2 beginbfchar <01> <00660066> <0002> <D83DDE00> endbfchar
    2 beginbfrange <03> <05> <0041> <06> <07> [<0058> <0059>] endbfrange"""
    expected = {1: "ff", 2: "\U0001f600", 3: "A", 4: "B", 5: "C", 6: "X", 7: "Y"}
    assert to_unicode(cmap) == expected


def test_the_profile_is_srgb() -> None:
    """Held against what a colour management system makes of it: lcms, by Pillow."""
    image_cms = pytest.importorskip("PIL.ImageCms")
    from io import BytesIO

    from PIL import Image

    ours, theirs = image_cms.ImageCmsProfile(BytesIO(srgb())), image_cms.createProfile("sRGB")
    colours = bytes(value for n in range(0, 256, 5) for value in (n, 255 - n, n * 7 % 256))
    image = Image.frombytes("RGB", (len(colours) // 3, 1), colours)
    converted = image_cms.profileToProfile(image, ours, theirs).tobytes()
    assert max(abs(a - b) for a, b in zip(colours, converted, strict=True)) <= 1


def test_the_end_of_a_sequence_that_never_began() -> None:
    events = list(content.read(b"EMC /P <</MCID 3>> BDC EMC EMC", {}))
    assert [event.kind for event in events] == ["edge"] * 4
