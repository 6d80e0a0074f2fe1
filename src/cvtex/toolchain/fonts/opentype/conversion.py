"""One OpenType font as pdfLaTeX's files: a Type 1 font, and metrics in T1 and TS1.

A glyph is named after its character, so that the PDF's text layer tells it; figures are
lining or old-style ones, as asked for, ligatures those of `liga`, kerning that of `kern`.
"""

from __future__ import annotations

import functools
import logging
import math
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from cvtex.toolchain.fonts.opentype import encodings, layout, tfm, type1
from cvtex.toolchain.fonts.opentype.encodings import LIGATURES, OLD_STYLE, T1, TS1, glyph_name
from cvtex.toolchain.fonts.opentype.model import Converted, Unfit


def convert(data: bytes, oldstyle: bool = False) -> Converted:
    """Convert a font file, with old-style figures if they are wanted and it has some.

    Raises Unfit for what is no font, or one without Latin letters.
    """
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # it tells of harmless oddities
    try:
        with TTFont(BytesIO(data), lazy=True, fontNumber=0) as font:
            return _convert(font, oldstyle)
    except Unfit:
        raise
    except RecursionError:
        raise Unfit("its glyphs refer to one another without end") from None
    except Exception as failure:  # a damaged font fails in ways that fontTools does not list
        raise Unfit(f"it is damaged ({type(failure).__name__})") from failure


def _convert(font: Any, oldstyle: bool) -> Converted:
    if not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
        raise Unfit("it has no outlines, as a font of bitmaps has none")
    glyphs = _Glyphs(font)
    chosen = {c: glyphs.of(c) for c in dict.fromkeys((*T1.values(), *TS1.values()))}
    have = {c: glyph for c, glyph in chosen.items() if glyph}
    if not set("ABCXYZabcxyz") <= have.keys():
        raise Unfit("it has no Latin letters")
    figures = [c for c in OLD_STYLE.values() if c in have]
    lining, old = (layout.substitutes(font, feature) for feature in ("lnum", "onum"))
    usual = {c: have[c] for c in figures}
    have |= {c: lining.get(have[c], have[c]) for c in figures}
    hanging = {c: old.get(usual[c], old.get(have[c], usual[c])) for c in figures}
    if not (old or lining):
        hanging = {}
    names = {c: glyph_name(c) for c in have}
    joined = {
        text: glyph
        for parts, glyph in layout.ligatures(font).items()
        if (text := "".join(_letter_of(part, have) for part in parts)) in LIGATURES
    }
    normal = {code: (names[c], have[c]) for code, c in T1.items() if c in have}
    normal |= {LIGATURES[text]: ("_".join(text), glyph) for text, glyph in joined.items()}
    companion = {code: (names[c], have[c]) for code, c in TS1.items() if c in have}
    ranging = {code: (_old(c), hanging[c]) for code, c in OLD_STYLE.items() if c in hanging}
    companion |= ranging
    if oldstyle:
        normal |= ranging
    small = layout.substitutes(font, "smcp")
    caps: dict[int, tuple[str, str]] = {}
    if set("abcxyz") <= {c for c in have if have[c] in small}:
        caps = {
            code: (f"{name}.sc", small.get(glyph, glyph)) if T1[code].islower() else (name, glyph)
            for code, (name, glyph) in normal.items()
            if code not in LIGATURES.values()
        }
    drawn = {
        name: glyphs.draw(glyph)
        for name, glyph in {
            **dict(normal.values()),
            **dict(companion.values()),
            **dict(caps.values()),
        }.items()
    }
    outlines = {name: bytes(outline.code) for name, outline in drawn.items()}
    outlines[".notdef"] = bytes(glyphs.draw(".notdef", blank=True).code)
    sets = (normal, companion, caps)
    kerns = layout.kerning(font, {glyph for slots in sets for _, glyph in slots.values()})
    metrics = _Measured(font, glyphs, drawn, kerns)
    return Converted(
        name=_name(font),
        pfb=type1.write(metrics.face(), outlines),
        t1=metrics.tfm(normal, joined),
        ts1=metrics.tfm(companion, {}),
        sc=metrics.tfm(caps, {}) if caps else b"",
        **_encodings(oldstyle and bool(hanging)),
        characters="".join(sorted(have)),
        oldstyle=oldstyle and bool(hanging),
    )


@functools.cache
def _encodings(oldstyle: bool) -> Mapping[str, bytes]:
    """Return the files that tell pdfTeX where each glyph of a converted font stands."""
    ranging = {code: _old(c) for code, c in OLD_STYLE.items()}
    names = {code: glyph_name(c) for code, c in T1.items()} | (ranging if oldstyle else {})
    normal = names | {slot: "_".join(text) for text, slot in LIGATURES.items()}
    caps = {code: f"{name}.sc" if T1[code].islower() else name for code, name in names.items()}
    companion = {code: glyph_name(c) for code, c in TS1.items()}
    companion |= ranging
    end = "old" if oldstyle else ""
    return {
        "t1_enc": encodings.enc(f"cvtext1{end}", normal),
        "ts1_enc": encodings.enc("cvtexts1", companion),
        "sc_enc": encodings.enc(f"cvtexsc{end}", caps),
    }


def _old(figure: str) -> str:
    return f"{glyph_name(figure)}.oldstyle"


def _letter_of(glyph: str, have: Mapping[str, str]) -> str:
    return next((c for c in "fil" if have.get(c) == glyph), "?")


class _Glyphs:
    """A font's glyphs, by character, and drawn."""

    def __init__(self, font: Any) -> None:
        self.codes: Mapping[int, str] = font.getBestCmap() or {}
        self.set = font.getGlyphSet()
        units = font["head"].unitsPerEm
        if not 16 <= units <= 16384:
            raise Unfit("its unit is out of bounds")
        self.scale = 1000 / units

    def of(self, character: str) -> str:
        """Return the glyph of a character, or of one that looks like it; "" for none."""
        for c in (character, *encodings.ALIKE.get(character, ())):
            if (glyph := self.codes.get(ord(c))) and glyph in self.set:
                return glyph
        return ""

    def width(self, glyph: str) -> int:
        """Return how far a glyph moves on, in thousandths."""
        width: int = round(self.set[glyph].width * self.scale)
        if not 0 <= width <= 8000:
            raise Unfit("a glyph's width is out of bounds")
        return width

    def draw(self, glyph: str, blank: bool = False) -> type1.Outline:
        """Return a glyph's outline."""
        if blank and glyph not in self.set:
            return type1.Outline(self.set, self.scale, 500)
        pen = type1.Outline(self.set, self.scale, self.width(glyph))
        if not blank:
            self.set[glyph].draw(pen)
        if max(map(abs, pen.bounds())) > 16000:
            raise Unfit("a glyph is out of bounds")
        return pen


class _Measured:
    """What is measured of a whole font."""

    def __init__(
        self,
        font: Any,
        glyphs: _Glyphs,
        drawn: Mapping[str, type1.Outline],
        kerns: Mapping[str, Mapping[str, int]],
    ) -> None:
        self.font, self.glyphs, self.drawn, self.kerns = font, glyphs, drawn, kerns
        self.angle = max(-45.0, min(45.0, float(font["post"].italicAngle)))

    def _top(self, character: str) -> int:
        return self.drawn[glyph_name(character)].bounds()[3]

    def tfm(self, slots: Mapping[int, tuple[str, str]], joined: Mapping[str, str]) -> bytes:
        """Return the metrics of an encoding: glyphs by slot, ligatures by what they stand for."""
        if not slots:
            slots = {32: (".notdef", ".notdef")}
        characters = {}
        for code, (name, glyph) in slots.items():
            outline = self.drawn.get(name)
            _, low, right, high = outline.bounds() if outline else (0, 0, 0, 0)
            width = self.glyphs.width(glyph)
            slanted = max(0, right - width) if self.angle else 0
            characters[code] = tfm.Character(
                width=width, height=max(0, high), depth=max(0, -low), italic=min(slanted, 500)
            )
        by_glyph: dict[str, list[int]] = {}
        for code, (_, glyph) in slots.items():
            by_glyph.setdefault(glyph, []).append(code)
        kerns = {
            code: {
                after: round(value * self.glyphs.scale)
                for second, value in row.items()
                for after in by_glyph.get(second, ())
            }
            for first, row in self.kerns.items()
            for code in by_glyph.get(first, ())
        }
        return tfm.write(
            tfm.Metrics(
                characters=characters,
                kerns=kerns,
                ligatures=_steps(joined),
                parameters=self._parameters(),
            )
        )

    def _parameters(self) -> tuple[int, ...]:
        """Return TeX's seven: slant, space, its stretch and shrink, x-height, quad, extra."""
        space = self.glyphs.codes.get(32)
        width = self.glyphs.width(space) if space and space in self.glyphs.set else 250
        slant = round(1000 * math.tan(math.radians(-self.angle)))
        return (slant, width, width // 2, width // 3, self._top("x"), 1000, width // 3)

    def face(self) -> type1.Face:
        """Return what the Type 1 font says of itself."""
        bounds = [outline.bounds() for outline in self.drawn.values()]
        under = min(0, self.drawn["o"].bounds()[1])
        zones = sorted({(self._top("x"), self._top("o")), (self._top("H"), self._top("O"))})
        blues = [max(under, -40), 0]
        for flat, round_ in zones:
            if blues[-1] + 3 < flat <= round_ <= flat + 40:
                blues += [flat, round_]
        left, _, right, _ = self.drawn["l"].bounds()
        lows, highs = [b[:2] for b in bounds], [b[2:] for b in bounds]
        return type1.Face(
            name=_name(self.font),
            notice=_said(self.font, 0),
            italic_angle=round(self.angle, 2),
            fixed_pitch=bool(self.font["post"].isFixedPitch),
            bounds=(
                min(x for x, _ in lows),
                min(y for _, y in lows),
                max(x for x, _ in highs),
                max(y for _, y in highs),
            ),
            blues=blues,
            stem=max(20, min(300, right - left)),
        )


def _steps(joined: Iterable[str]) -> dict[int, dict[int, int]]:
    """Return T1's ligatures as TeX makes them, two by two: f+f, ff+i."""
    slots = {**LIGATURES, "f": ord("f")}
    pairs: dict[int, dict[int, int]] = {}
    for text in joined:
        if text[:-1] == "f" or text[:-1] in joined:
            pairs.setdefault(slots[text[:-1]], {})[ord(text[-1])] = LIGATURES[text]
    return pairs


def _said(font: Any, number: int) -> str:
    record = font["name"].getDebugName(number) if "name" in font else None
    return str(record or "")


def _name(font: Any) -> str:
    """Return the name in the PDF: of the family its initials, as a converted font must not
    bear a reserved name (SIL OFL 1.1, 3), and the style."""
    family = _said(font, 16) or _said(font, 1) or "Own"
    style = _said(font, 17) or _said(font, 2) or "Regular"
    initials = "".join(word[0] for word in re.findall(r"[A-Z][A-Za-z]*|[0-9]+", family, re.ASCII))
    style = re.sub("[^A-Za-z]", "", style)[:24]
    return f"Cvtex{initials[:8]}-{style or 'Regular'}"
