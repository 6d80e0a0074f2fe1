"""What is made of an OpenType font for pdfLaTeX, against other programs' reading of both."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.t1Lib import T1Font
from fontTools.tfmLib import TFM
from fontTools.ttLib import TTFont, newTable

from cvtex.latex.typefaces import CARRIED, TYPEFACES
from cvtex.toolchain.fonts import carried, sources
from cvtex.toolchain.fonts.opentype import encodings, tfm
from cvtex.toolchain.fonts.opentype.conversion import convert
from cvtex.toolchain.fonts.opentype.model import Converted, Unfit

OURS = ("source-sans", "source-serif")
"""The faces that come with cvtex."""


def path_of(face: str) -> Path:
    family = TYPEFACES[face].family  # type: ignore[index]
    assert family
    path = sources.find(face, family.regular)
    assert path, f"{face} is a dependency of cvtex"
    return path


@pytest.fixture(scope="module", params=OURS)
def both(request: pytest.FixtureRequest) -> Iterator[tuple[TTFont, Converted]]:
    path = path_of(request.param)
    with TTFont(path, lazy=True) as font:
        yield font, convert(path.read_bytes())


def read(data: bytes) -> TFM:
    return TFM(io.BytesIO(data))


def test_every_carried_face_has_a_source() -> None:
    assert sources.SOURCES.keys() == CARRIED


def test_the_metrics_are_those_of_the_font(both: tuple[TTFont, Converted]) -> None:
    font, made = both
    metrics = read(made.t1)
    codes, widths = font.getBestCmap(), font["hmtx"]
    scale = 1000 / font["head"].unitsPerEm
    for slot, character in encodings.T1.items():
        if character in made.characters and not character.isdigit():
            wanted = widths[codes[ord(character)]][0] * scale
            assert metrics.chars[slot]["width"] * 1000 == pytest.approx(wanted, abs=0.6)
    assert set(map(chr, range(33, 127))) < set(made.characters)
    assert set("áčďęğłńőřşšţůžÅØßþ€•†™") < set(made.characters)


def test_kerning_and_ligatures_are_those_that_harfbuzz_finds(
    both: tuple[TTFont, Converted],
) -> None:
    """In HarfBuzz's own shaping of each pair, figures and ligatures left alone."""
    import uharfbuzz as harfbuzz

    font, made = both
    shaper = harfbuzz.Font(harfbuzz.Face(Path(font.reader.file.name).read_bytes()))
    units = font["head"].unitsPerEm

    def width(text: str) -> float:
        buffer = harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        features = {"liga": False, "clig": False, "calt": False, "ccmp": False, "locl": False}
        harfbuzz.shape(shaper, buffer, features)
        return int(sum(p.x_advance for p in buffer.glyph_positions)) * 1000 / float(units)

    kerns = pairs(made.t1)
    slots = {c: slot for slot, c in encodings.T1.items()}
    some = "ATVWYLPFarotvwyzf.,-’“ÁÖŁčśžø"
    kerned = 0
    for a in some:
        for b in some:
            wanted = width(a + b) - width(a) - width(b)
            found = kerns.get((slots[a], slots[b]), 0)
            assert found == pytest.approx(wanted, abs=0.6), a + b
            kerned += wanted != 0
    assert kerned > 50


def pairs(data: bytes) -> dict[tuple[int, int], float]:
    """Return a file's kerns in thousandths, read as `tftopl.web` says."""
    import struct

    half = struct.unpack(">12H", data[:24])
    _, lh, bc, ec, nw, nh, nd, ni, nl, nk = half[:10]
    at = 24 + 4 * lh
    infos = [data[at + 4 * i : at + 4 * i + 4] for i in range(ec - bc + 1)]
    at += 4 * (ec - bc + 1 + nw + nh + nd + ni)
    steps = [data[at + 4 * i : at + 4 * i + 4] for i in range(nl)]
    at += 4 * nl
    kerns = struct.unpack(f">{nk}i", data[at : at + 4 * nk])
    found = {}
    for code, info in enumerate(infos, bc):
        if info[2] & 3 == 1:
            i = info[3]
            if steps[i][0] > 128:
                i = steps[i][2] * 256 + steps[i][3]
            while True:
                skip, after, kind, rest = steps[i]
                if kind >= 128:
                    found[code, after] = kerns[256 * (kind - 128) + rest] * 1000 / (1 << 20)
                if skip >= 128:
                    break
                i += skip + 1
    return found


def test_the_outlines_are_those_of_the_font(both: tuple[TTFont, Converted], tmp_path: Path) -> None:
    font, made = both
    file = tmp_path / "font.pfb"
    file.write_bytes(made.pfb)
    type1 = T1Font(file)
    type1.parse()
    drawn, original = type1.getGlyphSet(), font.getGlyphSet()
    scale = 1000 / font["head"].unitsPerEm
    for character in "AQgß&@ŁţÅ€•":
        pen, wanted = BoundsPen(drawn), BoundsPen(original)
        drawn[encodings.glyph_name(character)].draw(pen)
        original[font.getBestCmap()[ord(character)]].draw(wanted)
        assert pen.bounds == pytest.approx([v * scale for v in wanted.bounds], abs=1)
    assert type1.font["FontName"] == made.name
    assert "Source" not in made.name, "a reserved name (OFL 1.1, 3)"


def test_the_same_font_makes_the_same_bytes() -> None:
    data = path_of("source-sans").read_bytes()
    assert convert(data) == convert(data)


def test_a_file_holds_no_more_than_tex_reads() -> None:
    """More kerns, widths and heights than a file can hold: the nearest, and those that fit."""
    characters = {
        code: tfm.Character(width=400 + 7 * code, height=code * 3, depth=code, italic=code * 2)
        for code in range(256)
    }
    kerns = {a: {b: (a * 257 + b * 31) % 9000 for b in range(256)} for a in range(256)}
    data = tfm.write(tfm.Metrics(characters=characters, kerns=kerns, parameters=(0, 250)))
    assert len(data) // 4 <= tfm.MOST_WORDS
    metrics = read(data)
    for code, character in characters.items():
        assert metrics.chars[code]["width"] * 1000 == pytest.approx(character.width, abs=8)
        height = metrics.chars[code].get("height", 0) * 1000
        assert height == pytest.approx(character.height, abs=80)


@pytest.mark.parametrize("spoil", ["cut", "zeros", "text", "empty", "flipped"])
def test_what_is_no_font_is_unfit(spoil: str) -> None:
    whole = path_of("source-sans").read_bytes()
    data = {
        "cut": whole[: len(whole) // 2],
        "zeros": bytes(5000),
        "text": b"\\input evil",
        "empty": b"",
        "flipped": whole[:4000] + bytes(b ^ 0x55 for b in whole[4000:]),
    }[spoil]
    with pytest.raises(Unfit):
        convert(data)


def test_what_is_kept_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    family = TYPEFACES["source-sans"].family
    assert family
    places = {name: sources.find("source-sans", name) for name in family.files}
    known = {name: path for name, path in places.items() if path}
    first = carried.for_pdflatex(family, known)
    entries = sorted(carried.folder().iterdir())
    assert len(entries) == len(family.files)
    assert all(entry.stat().st_mode & 0o077 == 0 for entry in entries)
    assert carried.for_pdflatex(family, known) == first
    entries[0].write_bytes(entries[0].read_bytes()[:-1] + b"x")
    entries[1].write_bytes(b"")
    assert carried.for_pdflatex(family, known) == first
    carried.folder().chmod(0o777)  # others can write there: it is not believed
    assert carried.for_pdflatex(family, known) == first


def test_what_a_face_lacks() -> None:
    assert carried.lacking("aé€→α漢", frozenset("é")) == {"€", "→"}


def composed(parts: int) -> bytes:
    """Return a font in which each glyph is made of the one before, twice, the first of itself
    where there is but one."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    def made_of(name: str, times: int) -> Glyph:
        glyph = Glyph()
        glyph.numberOfContours = -1
        glyph.components = []
        for _ in range(times):
            component = GlyphComponent()
            component.glyphName, component.x, component.y, component.flags = name, 0, 0, 0x0004
            glyph.components.append(component)
        return glyph

    letters = [chr(c) for c in (*range(65, 91), *range(97, 123))]
    names = [".notdef", *(f"part{i}" for i in range(parts)), *letters]
    glyphs = {name: made_of(f"part{parts - 1}", 1) for name in letters} | {".notdef": Glyph()}
    glyphs |= {f"part{i}": made_of(f"part{i - 1}", 2) for i in range(1, parts)}
    glyphs["part0"] = made_of("part0", 1) if parts == 1 else Glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): letter for letter in letters})
    builder.font["glyf"] = table = newTable("glyf")
    table.glyphs, table.glyphOrder = glyphs, names
    builder.font["loca"] = newTable("loca")
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Bomb", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font["maxp"].recalc = lambda font: None
    for glyph in glyphs.values():
        glyph.xMin = glyph.yMin = glyph.xMax = glyph.yMax = 0
        glyph.recalcBounds = lambda *_, **__: None
    out = io.BytesIO()
    builder.font.recalcBBoxes = False
    builder.font.save(out)
    return out.getvalue()


@pytest.mark.parametrize("parts", [1, 40], ids=["of itself", "of 2 to the power of 40"])
def test_glyphs_made_of_glyphs_end(parts: int) -> None:
    with pytest.raises(Unfit):
        convert(composed(parts))


def test_a_font_with_any_bytes_changed_is_converted_or_unfit() -> None:
    import random

    whole = path_of("source-sans").read_bytes()
    dice = random.Random(18)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 20, 400))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            convert(bytes(data))
        except Unfit as failure:
            assert str(failure)
