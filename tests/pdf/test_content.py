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
        # a gap of .16 em is a space, one letter's kern is none; what moves back over it is none
        (b"BT /F1 10 Tf [(a)-160(b)]TJ ET", [("ab", 0, 0, False)]),
        (b"BT /F1 10 Tf [(a)-161(b)-20(c)]TJ ET", [("a", 0, 0, False), ("bc", 6.61, 0, False)]),
        (b"BT /F1 10 Tf [-1000(a)200(b)]TJ ET", [("ab", 10, 0, False)]),
        (b"BT /F1 10 Tf [(a)-900 -100(b)]TJ ET", [("a", 0, 0, False), ("b", 15, 0, False)]),
        (b"BT /F1 10 Tf (a) Tj [-200(b)]TJ ET", [("a", 0, 0, False), ("b", 7, 0, False)]),
        (b"BT /F1 10 Tf (a) Tj [-160(b)]TJ ET", [("a", 0, 0, False), ("b", 6.6, 0, True)]),
        (b"BT /F1 10 Tf (a) Tj [-20(b)]TJ ET", [("a", 0, 0, False), ("b", 5.2, 0, True)]),
        # a word that goes on: on one line, where the last one ended
        (b"BT /F1 10 Tf (a) Tj 0 4 Td (b) Tj 5 0 Td (c) Tj ET",
         [("a", 0, 0, False), ("b", 0, 4, True), ("c", 5, 4, True)]),
        (b"BT /F1 10 Tf (a) Tj 5 5 Td (b) Tj ET", [("a", 0, 0, False), ("b", 5, 5, False)]),
        (b"BT /F1 10 Tf (a) Tj 5 -4.9 Td (b) Tj ET", [("a", 0, 0, False), ("b", 5, -4.9, True)]),
        (b"BT /F1 10 Tf (a) Tj 5 -5 Td (b) Tj ET", [("a", 0, 0, False), ("b", 5, -5, False)]),
        (b"BT /F1 10 Tf (a) Tj -4.9 0 Td (b) Tj ET", [("a", 0, 0, False), ("b", -4.9, 0, True)]),
        (b"BT /F1 10 Tf (a) Tj -5 0 Td (b) Tj ET", [("a", 0, 0, False), ("b", -5, 0, False)]),
        (b"BT /F1 10 Tf (a) Tj 6.5 0 Td (b) Tj ET", [("a", 0, 0, False), ("b", 6.5, 0, True)]),
        (b"BT /F1 10 Tf (a) Tj 6.7 0 Td (b) Tj ET", [("a", 0, 0, False), ("b", 6.7, 0, False)]),
        (b"BT /F1 10 Tf (a) Tj /F1 5 Tf 6 0 Td (b) Tj ET",
         [("a", 0, 0, False), ("b", 6, 0, False)]),
        (b"BT /F1 10 Tf (a ) Tj (b) Tj ET", [("a", 0, 0, False), ("b", 7.5, 0, False)]),
        (b"BT /F1 10 Tf [(a)-300]TJ (b) Tj ET", [("a", 0, 0, False), ("b", 8, 0, False)]),
        (b"BT /F1 10 Tf [(a)-30]TJ (b) Tj ET", [("a", 0, 0, False), ("b", 5.3, 0, True)]),
        (b"BT /F1 10 Tf (a) Tj ( ) Tj (b) Tj ET", [("a", 0, 0, False), ("b", 7.5, 0, False)]),
        # what is set beside the font and its size (ISO 32000-1, 9.3)
        (b"BT /F1 10 Tf 1 Tc (ab) Tj (c) Tj ET", [("ab", 0, 0, False), ("c", 12, 0, True)]),
        (b"BT /F1 10 Tf 1 Tc 2 Tw (a b) Tj ET", [("a", 0, 0, False), ("b", 11.5, 0, False)]),
        (b"BT /F1 10 Tf 50 Tz 2 Tc 4 Tw [(a b)-400(c)]TJ ET",
         [("a", 0, 0, False), ("b", 7.75, 0, False), ("c", 13.25, 0, False)]),
        (b"BT /F1 10 Tf 3 Ts (a) Tj 0 Ts (b) Tj ET", [("a", 0, 3, False), ("b", 5, 0, True)]),
        (b"BT /F1 10 Tf 1 2 Td (a) Tj 3 -14 TD (b) Tj T* (c) Tj ET",
         [("a", 1, 2, False), ("b", 4, -12, False), ("c", 4, -26, False)]),
        (b'BT /F1 10 Tf 7 TL (a) Tj (b) " ET', [("a", 0, 0, False), ("b", 0, -7, False)]),
        (b"BT /F1 10 Tf 5 6 Td (a) Tj ET BT (b) Tj ET", [("a", 5, 6, False), ("b", 0, 0, False)]),
        # turned and mirrored
        (b"BT /F1 10 Tf 0 1 -1 0 5 5 Tm (a) Tj 0 -2 Td (b) Tj ET",
         [("a", 5, 5, False), ("b", 7, 5, False)]),
        (b"BT /F1 10 Tf 3 4 -4 3 1 2 Tm (a b) Tj ET",
         [("a", 1, 2, False), ("b", 38.5, 32, False)]),
        (b"BT /F1 10 Tf 3 4 -4 3 1 2 Tm (a) Tj (b) Tj ET",
         [("a", 1, 2, False), ("b", 16, 22, True)]),
        (b"2 0 0 2 0 0 cm BT /F1 10 Tf (a) Tj (b) Tj ET",
         [("a", 0, 0, False), ("b", 10, 0, True)]),
        (b"q 1 2 3 4 5 6 cm 2 1 1 3 7 8 cm BT /F1 1 Tf 1 1 Td (a) Tj ET Q",
         [("a", 51, 74, False)]),
        # strings (7.3.4): a digit that lacks is 0, escapes of one to three digits, lines that go on
        (b"BT /F1 10 Tf <6 1\n6> Tj ET", [("a`", 0, 0, False)]),
        (rb"BT /F1 10 Tf (\101\0612\501\53x) Tj ET", [("A12A+x", 0, 0, False)]),
        (b"BT /F1 10 Tf (a\\\nb\\\r\nc\\d) Tj ET", [("abcd", 0, 0, False)]),
        # operands that lack, or are no numbers, are nothing; a font that is not there shows nothing
        (b"BT /F1 10 Tf 1 2 3 Td (a) Tj ET", [("a", 2, 3, False)]),
        (b"BT /F1 10 Tf 3 Td (a) Tj ET", [("a", 0, 3, False)]),
        (b"BT /F1 10 Tf 1.2.3 4 Td (a) Tj ET", [("a", 0, 4, False)]),
        (b"BT /F9 10 Tf (a) Tj /F1 10 Tf (b) Tj ET", [("b", 0, 0, False)]),
        (b"Q BT (a) Tj /F1 10 Tf (b) Tj ET", [("b", 0, 0, False)]),
        (b"BI /W 1 ID no end of it BT /F1 10 Tf (a) Tj ET", [("a", 0, 0, False)]),
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


@pytest.mark.parametrize(
    "setting",
    [b"1 0 0 1 9 9 cm", b"/F1 20 Tf", b"1 0 0 rg", b"3 Tc", b"4 Tw", b"50 Tz", b"6 Ts", b"/F9 1 Tf",
     b"30 TL"],
)  # fmt: skip
def test_what_is_set_is_forgotten_where_it_was_to_be(setting: bytes) -> None:
    """Between `q` and `Q`, all that the graphics state has (8.4.2)."""
    before = b"/F1 10 Tf 7 TL 0.5 g "
    shown = b"BT (a b) Tj T* (c) Tj ET"
    plain = [e.words for e in content.read(before + shown, FONTS) if e.kind == "show"]
    there = before + b"q " + setting + b" " + shown + b" Q " + shown
    found = [e.words for e in content.read(there, FONTS) if e.kind == "show"]
    assert [[w._replace(glued=False) for w in words] for words in found[-2:]] == [
        [w._replace(glued=False) for w in words] for words in plain
    ]
    assert found[:-2] != plain


@pytest.mark.parametrize(
    ("setting", "colour"),
    [
        (b"", (0,)),
        (b".5 g", (0.5,)),
        (b"0 .25 1 rg", (0, 0.25, 1)),
        (b"0 0 0 1 k", (0, 0, 0, 1)),
        (b".1 .2 .3 sc", (0.1, 0.2, 0.3)),
        (b".7 scn", (0.7,)),
        (b"1 0 0 RG", (0,)),
    ],
)
def test_a_colour_is_that_of_what_is_filled(setting: bytes, colour: tuple[float, ...]) -> None:
    data = b"BT /F1 9 Tf " + setting + b" (a) Tj ET"
    assert [w.colour for e in content.read(data, FONTS) for w in e.words] == [colour]


def test_sizes_and_ends_are_those_seen() -> None:
    data = b"BT /F1 -10 Tf 1 0 0 -2 0 0 Tm (ab) Tj /F1 5 Tf 3 4 -4 3 0 0 Tm (a) Tj ET"
    found = [(w.size, round(w.end - w.x, 3)) for e in content.read(data, FONTS) for w in e.words]
    assert found == [(10, -10), (25, 12.5)]


def test_text_says_which_marked_content_it_is_in() -> None:
    """The innermost that has a number; also behind one that has none."""
    data = b"""BT /F1 9 Tf (a) Tj /P <</MCID 7>> BDC (b) Tj /Span BMC (c) Tj
    /Q <</MCID 12>> BDC (d) Tj EMC EMC (e) Tj EMC (f) Tj EMC (g) Tj ET"""
    shown = [e for e in content.read(data, FONTS) if e.kind == "show"]
    assert [(e.words[0].text, e.mcid) for e in shown] == [
        ("a", None), ("b", 7), ("c", 7), ("d", 12), ("e", 7), ("f", None), ("g", None),
    ]  # fmt: skip


def test_all_that_is_painted_is_an_event() -> None:
    """A path from its first point to what paints it, images, shadings, images in the content."""
    data = b"""0 0 1 1 re 2 2 3 3 re f* n q 2 0 0 3 4 5 cm /Sh1 sh
    BI /W 1 /H 1 ID \x00 EI Q /Im2 Do /P MP /cv.x MP"""
    found = [(e.kind, data[e.start : e.stop], e.name) for e in content.read(data, {})]
    assert found == [
        ("paint", b"0 0 1 1 re 2 2 3 3 re f*", ""),
        ("paint", b"n", ""),
        ("image", b"/Sh1 sh", ""),
        ("image", b"BI /W 1 /H 1 ID \x00 EI", ""),
        ("image", b"/Im2 Do", "/Im2"),
        ("mark", b"/cv.x MP", "x"),
    ]
    images = [e.matrix for e in content.read(data, {}) if e.kind == "image"]
    assert images == [(2, 0, 0, 3, 4, 5), (2, 0, 0, 3, 4, 5), (1, 0, 0, 1, 0, 0)]


def test_a_page_may_have_its_content_in_parts_or_none() -> None:
    import pikepdf

    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        del page.obj["/Contents"]
        assert content.content(page) == b""
        page.obj["/Contents"] = pdf.make_stream(b"q Q")
        assert content.content(page) == b"q Q"
        page.obj["/Contents"] = pikepdf.Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q")])
        assert content.content(page) == b"q\nQ"


def test_a_font_is_read_once_for_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number in the file; one that stands in the page itself has none."""
    import pikepdf

    loaded: list[object] = []

    def load(font: object) -> object:
        loaded.append(font)
        return font

    monkeypatch.setattr(content, "load", load)
    with pikepdf.new() as pdf:
        shared = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        fonts = content.Fonts()
        for _ in range(2):
            page = pdf.add_blank_page()
            page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=shared))
            assert set(fonts.of(page)) == {b"/F1"}
        assert len(loaded) == 1
        for number in range(2):
            page = pdf.add_blank_page()
            own = pikepdf.Dictionary(Type=pikepdf.Name.Font, Number=number)
            page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F2=own))
            assert fonts.of(page)[b"/F2"].Number == number  # type: ignore[attr-defined]
        assert fonts.of(pdf.add_blank_page()) == {}


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
