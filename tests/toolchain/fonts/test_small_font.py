"""A font drawn here, made into pdfLaTeX's files, and read back by fontTools: all of it is known."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T1CharString
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.t1Lib import T1Font
from fontTools.tfmLib import TFM
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st

from cvtex.toolchain.fonts.opentype import encodings, tfm, type1
from cvtex.toolchain.fonts.opentype.conversion import convert
from cvtex.toolchain.fonts.opentype.encodings import OLD_STYLE, T1
from cvtex.toolchain.fonts.opentype.model import Converted, Unfit

LETTERS = [chr(c) for c in (*range(65, 91), *range(97, 123))]
SLOT = {c: slot for slot, c in T1.items()}
UNITS = 2000
"""Of the em: two make a thousandth of the type size."""

NAMES = {
    "familyName": "Small Test Face 3",
    "styleName": "Bold Italic",
    "copyright": "(c) it\\is é!",
}
FEATURES = """
languagesystem latn dflt;
feature liga { sub f f by f_f; sub f f i by f_f_i; sub f i by fi; sub a b by fi; } liga;
feature smcp { sub [a b c x y z] by [a.sc b.sc c.sc x.sc y.sc z.sc]; } smcp;
feature lnum { sub one by one.lnum; } lnum;
feature onum { sub one.lnum by one.onum; } onum;
feature kern {
  pos A V -160; pos A y -41; pos V A -30; pos A a.sc 90;
  pos [A B] [V W] -50; pos [T] [o e] 0;
} kern;
"""


@cache
def drawn(
    features: str = FEATURES,
    *,
    lacking: str = "",
    italic: float = 0,
    fixed: bool = False,
    widest: int = 1000,
    top: int = 1400,
    units: int = UNITS,
) -> bytes:
    """Return a font in which each glyph is a box of a width of its own, the round ones a little
    higher; those with a tail go below the line."""
    variants = [f"{c}.sc" for c in "abcxyz"]
    joined = ["f_f", "f_f_i", "fi", "one.lnum", "one.onum"]
    characters = {ord(c): c for c in LETTERS if c not in lacking}
    characters |= {0x20: "space", 0x31: "one", 0xE9: "eacute", 0x2E: "period"}
    names = [".notdef", *dict.fromkeys(characters.values()), *variants, *joined]
    widths = {name: 300 + 10 * n for n, name in enumerate(names)} | {
        "M": widest,
        "l": 160,
        "space": 500,
    }
    glyphs = {}
    for name in names:
        pen = T2CharStringPen(widths[name], None)
        low = -401 if name in "gjpqy" else -21 if name in "oO" else 0
        high = (top if name[0].isupper() else 901) + (19 if name in "oO" else 0)
        left, right = 33, widths[name] + (71 if name == "f" else -33)
        if name != "space":
            pen.moveTo((left, low))
            pen.lineTo((right, low))
            pen.curveTo((right, low + 100), (right - 20, high), (left + 60, high))
            pen.lineTo((left, high))
            pen.closePath()
        glyphs[name] = pen.getCharString()
    builder = FontBuilder(units, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(characters)
    builder.setupCFF("Small", {}, glyphs, {})
    builder.setupHorizontalMetrics({name: (widths[name], 33) for name in names})
    builder.setupHorizontalHeader(ascent=1500, descent=-500)
    builder.setupNameTable(NAMES)
    builder.setupOS2()
    builder.setupPost(italicAngle=italic, isFixedPitch=int(fixed))
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


made = cache(convert)


def width(glyph: str, data: bytes | None = None) -> float:
    """Return how wide a glyph is in thousandths of the type size."""
    with TTFont(io.BytesIO(data or drawn())) as font:
        return float(font["hmtx"][glyph][0]) * 1000 / float(font["head"].unitsPerEm)


def metrics(data: bytes) -> TFM:
    return TFM(io.BytesIO(data))


def thousandths(value: float) -> int:
    return round(value * 1000)


def ligatures(data: bytes) -> dict[str, int]:
    """Return which slot stands for two characters, by both."""
    found = metrics(data).ligatures
    return {
        T1.get(a, f"<{a}>") + T1[b]: slot
        for a, row in found.items()
        for b, (_, slot) in row.items()
    }


def kerns(data: bytes) -> dict[str, int]:
    found = metrics(data).kerning
    return {T1[a] + T1[b]: thousandths(kern) for a, row in found.items() for b, kern in row.items()}


def outlines(font: Converted, folder: Path) -> Any:
    file = folder / "small.pfb"
    file.write_bytes(font.pfb)
    found = T1Font(file)
    found.parse()
    return found


# ---- what is made of a whole font ------------------------------------------------------------


def test_ligatures_are_made_two_by_two() -> None:
    """TeX joins f and f, then that and i; what T1 has no slot for is not joined, and where only
    the whole of three is known, no half of it is."""
    slots = encodings.LIGATURES
    found = ligatures(made(drawn()).t1)
    assert found == {"ff": slots["ff"], "fi": slots["fi"], f"<{slots['ff']}>i": slots["ffi"]}
    alone = "languagesystem latn dflt; feature liga { sub f f l by f_f_i; sub f l by fi; } liga;"
    assert ligatures(made(drawn(alone)).t1) == {"fl": slots["fl"]}
    assert not ligatures(made(drawn()).ts1)


def test_a_pair_is_kerned_by_the_first_rule_that_knows_it() -> None:
    """The classes of the font's rules come behind its pairs; small capitals have their own."""
    assert kerns(made(drawn()).t1) == {
        "AV": -80, "Ay": -20, "VA": -15, "AW": -25, "BV": -25, "BW": -25,
    }  # fmt: skip
    capitals = kerns(made(drawn()).sc)
    assert capitals["Aa"] == 45
    assert "Ay" not in capitals


def test_rules_of_several_lookups_add_up() -> None:
    several = """languagesystem latn dflt;
    lookup one { pos A V -100; } one; lookup two { pos A V -20; pos A W 8; } two;
    feature kern { lookup one; lookup two; } kern;"""
    assert kerns(made(drawn(several)).t1) == {"AV": -60, "AW": 4}


@pytest.mark.parametrize("kind", ["latn", "DFLT", "cyrl"])
def test_rules_are_those_for_latin_letters(kind: str) -> None:
    system = f"languagesystem {kind} dflt;"
    rules = "feature kern { pos A V -100; } kern; feature liga { sub f i by fi; } liga;"
    font = made(drawn(system + rules))
    expected = {} if kind == "cyrl" else {"AV": -50}
    assert kerns(font.t1) == expected
    assert bool(ligatures(font.t1)) is bool(expected)


def test_rules_for_another_language_alone_are_none() -> None:
    rules = """languagesystem latn dflt; languagesystem latn TRK;
    feature liga { script latn; language TRK exclude_dflt; sub f i by fi; } liga;"""
    assert not ligatures(made(drawn(rules)).t1)


def test_figures_are_lining_ones_and_old_ones_stand_in_ts1() -> None:
    font = made(drawn())
    t1, ts1 = metrics(font.t1), metrics(font.ts1)
    assert thousandths(t1.chars[ord("1")]["width"]) == width("one.lnum")
    (slot,) = (slot for slot, c in OLD_STYLE.items() if c == "1")
    assert thousandths(ts1.chars[slot]["width"]) == width("one.onum")
    assert (b"/one\n" in font.t1_enc, font.oldstyle) == (True, False)


def test_old_style_figures_stand_in_t1_where_they_are_wanted_and_there(tmp_path: Path) -> None:
    font = convert(drawn(), oldstyle=True)
    assert thousandths(metrics(font.t1).chars[ord("1")]["width"]) == width("one.onum")
    assert thousandths(metrics(font.sc).chars[ord("1")]["width"]) == width("one.onum")
    assert b"/one.oldstyle\n" in font.t1_enc, "which readers take for a 1"
    assert "one.oldstyle" in outlines(font, tmp_path).getGlyphSet()
    assert font.encoding("t1") != made(drawn()).encoding("t1"), "two files of one name differ"
    without = convert(drawn("feature liga { sub f i by fi; } liga;"), oldstyle=True)
    assert (b"/one\n" in without.t1_enc, without.oldstyle) == (True, False)
    only_lining = convert(drawn("feature lnum { sub one by one.lnum; } lnum;"), oldstyle=True)
    assert thousandths(metrics(only_lining.t1).chars[ord("1")]["width"]) == width("one")


def test_small_capitals_are_there_if_the_font_has_them() -> None:
    sc = metrics(made(drawn()).sc)
    assert thousandths(sc.chars[ord("b")]["width"]) == width("b.sc")
    assert thousandths(sc.chars[ord("B")]["width"]) == width("B")
    assert thousandths(sc.chars[ord("q")]["width"]) == width("q")
    assert not set(encodings.LIGATURES.values()) & sc.chars.keys()
    few = FEATURES.replace("[a b c x y z] by [a.sc b.sc c.sc x.sc y.sc z.sc]", "a by a.sc")
    assert made(drawn(few)).sc == b""
    assert made(drawn("")).sc == b""


def test_heights_and_depths_are_those_drawn() -> None:
    chars = metrics(made(drawn()).t1).chars
    for letter, height, depth in (("A", 700, 0), ("g", 450, 200), ("O", 710, 10), (".", 450, 0)):
        assert thousandths(chars[ord(letter)].get("height", 0)) == height
        assert thousandths(chars[ord(letter)].get("depth", 0)) == pytest.approx(depth, abs=1)


def test_what_leans_over_counts_in_an_italic_alone() -> None:
    upright, italic = made(drawn()), made(drawn(italic=-12))
    assert "italic" not in metrics(upright.t1).chars[ord("f")]
    chars = metrics(italic.t1).chars
    assert thousandths(chars[ord("f")]["italic"]) == 36
    assert {c for c in LETTERS if "italic" in chars[ord(c)]} == {"f"}
    slant = math.tan(math.radians(12))
    assert metrics(italic.t1).fontdimens["SLANT"] == pytest.approx(slant, abs=0.001)
    assert metrics(upright.t1).fontdimens["SLANT"] == 0
    steep = metrics(made(drawn(italic=80)).t1).fontdimens["SLANT"]
    assert steep == -1, "not steeper than a half of a right angle"


def test_the_parameters_of_a_font() -> None:
    found = metrics(made(drawn()).t1).fontdimens
    assert {name: thousandths(value) for name, value in found.items()} == {
        "SLANT": 0, "SPACE": 250, "STRETCH": 125, "SHRINK": 83, "XHEIGHT": 450, "QUAD": 1000,
        "EXTRASPACE": 83,
    }  # fmt: skip


def test_a_type_1_font_says_what_it_is(tmp_path: Path) -> None:
    font = outlines(made(drawn(italic=-12, fixed=True)), tmp_path).font
    info, private = font["FontInfo"], font["Private"]
    assert font["FontName"] == info["FullName"] == "CvtexSTF3-BoldItalic"
    assert info["Notice"] == "c itis !"
    assert (info["ItalicAngle"], info["isFixedPitch"]) == (-12, True)
    assert font["FontBBox"] == (16, -200, 484, 710)
    assert private["BlueValues"] == [-10, 0, 450, 460, 700, 710]
    assert font["FontMatrix"] == [0.001, 0, 0, 0.001, 0, 0]
    assert private["StdVW"] == [64 - 16], "the stem of l"
    assert not outlines(made(drawn()), tmp_path).font["FontInfo"]["isFixedPitch"]


def test_every_glyph_is_drawn_as_it_was(tmp_path: Path) -> None:
    font = made(drawn())
    found = outlines(font, tmp_path).getGlyphSet()
    with TTFont(io.BytesIO(drawn())) as original:
        glyphs, codes = original.getGlyphSet(), original.getBestCmap()
        sources = {encodings.glyph_name(chr(code)): glyph for code, glyph in codes.items()}
        del sources["space"]
        sources |= {"f_f": "f_f", "f_i": "fi", "f_f_i": "f_f_i", "b.sc": "b.sc", "one": "one.lnum"}
        for name, glyph in sources.items():
            ours, theirs = RecordingPen(), RecordingPen()
            found[name].draw(ours)
            glyphs[glyph].draw(theirs)
            points = [[p for _, given in pen.value for p in given] for pen in (ours, theirs)]
            assert [kind for kind, _ in ours.value] == [kind for kind, _ in theirs.value]
            for (x, y), (a, b) in zip(*points, strict=True):
                assert (x, y) == pytest.approx((a / 2, b / 2), abs=0.51), name
            assert found[name].width == width(glyph)
    found[".notdef"].draw(RecordingPen())
    assert found[".notdef"].width == width(".notdef")


def test_the_encodings_name_each_glyph() -> None:
    """As pdfTeX reads them: 256 names, each the one that the font has for that slot."""
    font = made(drawn())
    for text, name, slots in (
        (font.t1_enc, "cvtext1", {65: "A", 27: "f_f", 0xE9: "eacute", 24: ".notdef", 49: "one"}),
        (
            font.sc_enc,
            "cvtexsc",
            {65: "A", 97: "a.sc", 0xE9: "eacute.sc", 49: "one", 27: ".notdef"},
        ),
        (font.ts1_enc, "cvtexts1", {49: "one.oldstyle", 191: "Euro", 65: ".notdef"}),
    ):
        first, *rows, last, end = text.decode().split("\n")
        assert (first, last, end) == (f"/{name} [", "] def", "")
        assert len(rows) == 256
        assert {slot: rows[slot] for slot in slots} == {s: f"/{n}" for s, n in slots.items()}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"lacking": "z", "features": ""}, "it has no Latin letters"),
        ({"widest": 16002}, "a glyph's width is out of bounds"),
        ({"top": 32003}, "a glyph is out of bounds"),
    ],
)
def test_what_makes_a_font_unfit(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(Unfit, match=why):
        convert(drawn(**changed))


@pytest.mark.parametrize(
    "changed", [{"lacking": "w", "features": ""}, {"widest": 16000}, {"top": 31900}]
)
def test_what_a_font_may_be(changed: dict[str, Any]) -> None:
    assert made(drawn(**changed)).name == "CvtexSTF3-BoldItalic"


@pytest.mark.parametrize(("units", "fits"), [(15, False), (16, True), (16384, True)])
def test_the_unit_of_a_font_has_bounds(units: int, fits: bool) -> None:
    """OpenType's own: 16 to 16384 to the em."""
    with TTFont(io.BytesIO(drawn())) as font:
        font["head"].unitsPerEm = units
        for name, glyph in font["hmtx"].metrics.items():
            font["hmtx"][name] = (min(glyph[0], units), glyph[1])
        out = io.BytesIO()
        font.save(out)
    if not fits:
        with pytest.raises(Unfit, match="its unit is out of bounds"):
            convert(out.getvalue())
    elif units == 16384:
        assert convert(out.getvalue())
    else:
        with pytest.raises(Unfit, match="a glyph is out of bounds"):
            convert(out.getvalue())


# ---- a charstring ----------------------------------------------------------------------------

NUMBERS = st.sampled_from([0, 0, 1, 107, 108, -107, -108, 363, 1131, 1132, -1131, -1132, 4000])
POINTS = st.tuples(NUMBERS, NUMBERS)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("lineTo"), POINTS),
        st.tuples(st.just("curveTo"), POINTS, POINTS, POINTS),
    ),
    min_size=1,
    max_size=6,
)


@given(POINTS, STEPS, NUMBERS, st.sampled_from([1.0, 0.5]))
@example((0, 0), [("lineTo", (0, 0))], 0, 1.0)
def test_any_outline_is_read_as_it_was_drawn(
    start: tuple[int, int], steps: list[Any], wide: int, scale: float
) -> None:
    pen, wanted, bounds = type1.Outline(None, scale, wide), RecordingPen(), ControlBoundsPen(None)
    for to in (pen, wanted, bounds):
        to.moveTo(start)
        for name, *points in steps:
            getattr(to, name)(*points)
        to.closePath()
    read = RecordingPen()
    charstring = T1CharString(bytes(pen.code) + b"\x0e", subrs=[])
    charstring.draw(read)

    def path(recorded: list[Any], by: float) -> list[Any]:
        """The points that a line or a curve is drawn to; no line that goes nowhere."""
        found: list[Any] = []
        for name, points in recorded:
            row = (name, *((round(x * by), round(y * by)) for x, y in points))
            if not (name == "lineTo" and found and found[-1][-1] == row[-1]):
                found.append(row)
        return found

    assert path(read.value, 1) == path(wanted.value, scale)
    assert charstring.width == wide
    assert pen.bounds() == tuple(round(v * scale) for v in bounds.bounds)


def test_a_blank_has_no_bounds() -> None:
    assert type1.Outline(None, 1, 250).bounds() == (0, 0, 0, 0)


# ---- metrics ---------------------------------------------------------------------------------

CODES = st.integers(0, 255)
SIZES = st.integers(-900, 1500)


@given(
    st.dictionaries(CODES, st.tuples(SIZES, SIZES, SIZES, SIZES), min_size=1, max_size=14),
    st.dictionaries(CODES, st.dictionaries(CODES, SIZES, max_size=4), max_size=6),
    st.dictionaries(CODES, st.dictionaries(CODES, CODES, max_size=3), max_size=3),
    st.lists(SIZES, max_size=9),
)
def test_metrics_are_read_as_they_were_written(
    sizes: dict[int, tuple[int, ...]],
    kerned: dict[int, dict[int, int]],
    joined: dict[int, dict[int, int]],
    parameters: list[int],
) -> None:
    """By fontTools, all that fits: kerns between characters of the font that are no ligature."""
    characters = {
        code: tfm.Character(width=w, height=h, depth=d, italic=i)
        for code, (w, h, d, i) in sizes.items()
    }
    font = metrics(
        tfm.write(
            tfm.Metrics(
                characters=characters, kerns=kerned, ligatures=joined, parameters=parameters
            )
        )
    )
    found = {
        code: tuple(thousandths(c.get(key, 0)) for key in ("width", "height", "depth", "italic"))
        for code, c in font.chars.items()
    }
    assert found == sizes
    assert [thousandths(value) for value in font.fontdimens.values()] == parameters
    assert font.designsize == 10
    wanted = {
        a: {b: k for b, k in row.items() if k and b in sizes and b not in joined.get(a, {})}
        for a, row in kerned.items()
        if a in sizes
    }
    kerns_ = {a: {b: thousandths(k) for b, k in row.items()} for a, row in font.kerning.items()}
    assert kerns_ == {a: row for a, row in wanted.items() if row}
    pairs = {a: {b: ("LIG", c) for b, c in row.items()} for a, row in joined.items() if row}
    assert font.ligatures == {a: row for a, row in pairs.items() if a in sizes}


def test_many_kerns_are_told_apart() -> None:
    """More than a byte can count, in a run that begins beyond what a byte can tell."""
    characters = {code: tfm.Character(width=500) for code in range(256)}
    kerned = {a: {b: a * 8 + b + 1 for b in range(0, 256, 16)} for a in range(40)}
    font = metrics(tfm.write(tfm.Metrics(characters=characters, kerns=kerned)))
    assert {
        a: {b: thousandths(k) for b, k in row.items()} for a, row in font.kerning.items()
    } == kerned


@pytest.mark.parametrize(("key", "most"), [("width", 255), ("height", 15), ("italic", 63)])
def test_as_many_sizes_as_a_file_can_hold_are_exact(key: str, most: int) -> None:
    """One more, and the two nearest are one."""

    def off(count: int) -> int:
        sizes = [100 + 3 * n + (n == 7) for n in range(count)]
        characters = {
            code: tfm.Character(**{"width": 500, key: size}) for code, size in enumerate(sizes)
        }
        found = metrics(tfm.write(tfm.Metrics(characters=characters))).chars
        return sum(abs(thousandths(found[code][key]) - size) > 0 for code, size in enumerate(sizes))

    assert off(most) == 0
    assert off(most + 1) > 0


def test_kerns_are_left_out_where_the_file_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the last characters, whole; the file is as large as it may be, and no larger."""
    characters = {code: tfm.Character(width=500) for code in range(65, 91)}
    kerned = {a: {b: a * 100 + b for b in range(65, 91)} for a in range(65, 91)}
    font = tfm.Metrics(characters=characters, kerns=kerned, parameters=(0, 1, 2))
    whole = len(tfm.write(font)) // 4

    def left(most: int) -> list[int]:
        monkeypatch.setattr(tfm, "MOST_WORDS", most)
        data = tfm.write(font)
        assert len(data) // 4 <= most
        return sorted(metrics(data).kerning)

    assert left(whole) == list(range(65, 91))
    assert left(whole - 1) == list(range(65, 90))
    assert left(whole // 2) == list(range(65, 65 + len(left(whole // 2))))
    assert left(60) == []


BAD: dict[str, Callable[[], bytes]] = {"nothing": lambda: b"", "words": lambda: b"no font"}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_font(kind: str) -> None:
    with pytest.raises(Unfit, match="it is damaged"):
        convert(BAD[kind]())
