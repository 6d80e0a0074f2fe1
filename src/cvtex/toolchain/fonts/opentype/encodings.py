r"""Which character stands where in the encodings T1 and TS1 (LaTeX's `t1enc.def`, `ts1enc.def`),
and the names of their glyphs (Adobe Glyph List)."""

from __future__ import annotations

import functools
from collections.abc import Mapping

LIGATURES: Mapping[str, int] = {"ff": 27, "fi": 28, "fl": 29, "ffi": 30, "ffl": 31}
"""The slots of T1's ligatures, by what they are made of."""


def _t1() -> dict[int, str]:
    slots = dict(enumerate("`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›“”„«»–—"))
    slots |= {25: "ı", 26: "ȷ", 32: "␣", 127: "-"}
    slots |= {code: chr(code) for code in range(33, 127)} | {39: "’", 96: "‘"}
    upper = "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§"
    lower = "ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£"
    slots |= {128 + i: c for i, c in enumerate(upper + lower)}
    latin = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖŒØÙÚÛÜÝÞ"
    slots |= {192 + i: c for i, c in enumerate(latin)}
    slots |= {224 + i: c.lower() for i, c in enumerate(latin)}
    return slots | {255: "ß"}


T1: Mapping[int, str] = _t1()

_TS1 = (
    *((0, "`´ˆ˜¨˝˚ˇ˘¯˙"), (24, "←→"), (36, "$"), (39, "'"), (42, "∗"), (47, "⁄"), (60, "⟨−⟩")),
    *((77, "℧"), (79, "◯"), (87, "Ω"), (91, "⟦"), (93, "⟧↑↓`"), (110, "♪"), (128, "˘ˇ˝")),
    *((132, "†‡‖‰•℃"), (140, "ƒ₡₩₦"), (145, "₱₤℞‽"), (150, "₫™‱¶฿№"), (157, "℮◦℠")),
    *((162, "¢£¤¥¦§¨©ª"), (172, "¬℗®¯°±²³´µ¶·※¹º√¼½¾€"), (214, "×"), (246, "÷")),
)
TS1: Mapping[int, str] = {start + i: c for start, row in _TS1 for i, c in enumerate(row)}
OLD_STYLE: Mapping[int, str] = {48 + i: c for i, c in enumerate("0123456789")}
"""The slots of TS1's old-style figures."""

ALIKE: Mapping[str, tuple[str, ...]] = {
    "µ": ("μ",),
    "⟨": ("〈", "〈"),
    "⟩": ("〉", "〉"),
    "Ω": ("Ω",),
    "∗": ("*",),
    "◯": ("○",),
    "Ţ": ("Ț",),
    "ţ": ("ț",),
    "‖": ("∥",),
    "°": ("˚",),
    "ˇ": ("\u030c",),
}
"""Other characters whose glyph will do where a font lacks the first."""


@functools.cache
def slotted() -> Mapping[str, str]:
    """Return each character that the encodings have a slot for, and which slot's character."""
    found = {c: c for c in (*TS1.values(), *T1.values())}
    found |= {other: c for c, others in ALIKE.items() for other in others if other not in found}
    return found


@functools.cache
def glyph_name(character: str) -> str:
    """Return a character's glyph name, from which PDF readers tell the character."""
    from fontTools.agl import UV2AGL

    code = ord(character)
    name: str | None = UV2AGL.get(code)
    return name or (f"uni{code:04X}" if code < 0x10000 else f"u{code:X}")


def enc(name: str, slots: Mapping[int, str]) -> bytes:
    """Return the file that tells pdfTeX which glyph stands in which slot."""
    lines = [f"/{name} ["]
    lines += [f"/{slots.get(code, '.notdef')}" for code in range(256)]
    return "\n".join([*lines, "] def", ""]).encode("ascii")
