"""Which fonts may stand in for what a face lacks: the table of them, by script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from cvtex.records import dataclass
from cvtex.toolchain.fonts.files import code_points


@dataclass(frozen=True, slots=True)
class Font:
    """A font that may stand in: its files, and the Debian package that brings them.

    A collection (`.ttc`) has its forms of Chinese characters in the order of `CJK`.
    """

    regular: str
    bold: str | None
    package: str
    italic: str | None = None
    bold_italic: str | None = None


CJK: Mapping[str, int] = {"ja": 0, "ko": 1, "zh": 2, "zh-Hant": 3}
"""Where the forms of a language stand in the collections of Noto."""
_SERIF = (
    Font("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "fonts-dejavu-core"),
    Font("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "fonts-noto-core"),
    Font(
        *("FreeSerif.otf", "FreeSerifBold.otf", "fonts-freefont-otf"),
        *("FreeSerifItalic.otf", "FreeSerifBoldItalic.otf"),
    ),
    Font("FreeSerif.ttf", "FreeSerifBold.ttf", "fonts-freefont-ttf"),
)
_SANS = (
    Font("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "fonts-dejavu-core"),
    Font("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "fonts-noto-core"),
    Font(
        *("FreeSans.otf", "FreeSansBold.otf", "fonts-freefont-otf"),
        *("FreeSansOblique.otf", "FreeSansBoldOblique.otf"),
    ),
    Font("FreeSans.ttf", "FreeSansBold.ttf", "fonts-freefont-ttf"),
)
_ALIKE: Mapping[str, Font] = {
    "lmroman": Font("cmunrm.ttf", "cmunbx.ttf", "fonts-cmu", "cmunti.ttf", "cmunbi.ttf"),
    "lmsans": Font("cmunss.ttf", "cmunsx.ttf", "fonts-cmu", "cmunsi.ttf", "cmunso.ttf"),
    "texgyretermes": _SERIF[2],
    "texgyreheros": _SANS[2],
}
"""Greek and Cyrillic of the design of a face, by how the names of its files begin."""
_CJK_SERIF = Font("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "fonts-noto-cjk")
_CJK = Font("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "fonts-noto-cjk")
FONTS: Mapping[str, tuple[Font, ...]] = {
    "han": (
        _CJK,
        Font("DroidSansFallbackFull.ttf", None, "fonts-droid-fallback"),
        Font("DroidSansFallback.ttf", None, "fonts-droid-fallback"),
        Font("ipag.ttf", None, "fonts-ipafont-gothic"),
        Font("wqy-zenhei.ttc", None, "fonts-wqy-zenhei"),
    ),
    "hangul": (
        _CJK,
        Font("NanumGothic.ttf", "NanumGothicBold.ttf", "fonts-nanum"),
        Font("UnDotum.ttf", "UnDotumBold.ttf", "fonts-unfonts-core"),
    ),
    "symbols": (
        Font("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "fonts-dejavu-core"),
        Font("Symbola_hint.ttf", None, "fonts-symbola"),
        Font("Symbola.ttf", None, "fonts-symbola"),
        Font("NotoSansSymbols2-Regular.ttf", None, "fonts-noto-core"),
        Font("NotoSansMath-Regular.ttf", None, "fonts-noto-core"),
    ),
}
"""Fonts by script, the preferred first; alphabets have theirs with and without serifs."""
ALPHABETS = ("latin", "greek", "cyrillic", "armenian", "georgian")
# What Latin Modern and TeX Gyre have in common, for where their files are not at hand
# (Tectonic keeps them in its bundle). From their character maps, versions 2.005 and 2.004.
LATIN = (
    "20-7e a0-137 139-148 14a-165 168-17f 18e 192 1a0-1a1 1af-1b0 1cd-1d4 1d7-1dd 1e6-1e7 "
    "1ea-1eb 1f0 1f4-1f5 1fa-1ff 218-21b 237 2c6-2c7 2d8-2dd 1e0c-1e0d 1e24-1e25 1e2a-1e2b "
    "1e36-1e39 1e42-1e47 1e58-1e5d 1e62-1e63 1e6c-1e6f 1e80-1e85 1e92-1e93 1e97 1ea0-1ef9 "
    "2010-2011 2013-2014 2016 2018-201a 201c-201e 2020-2022 2026 2030 2039-203b 2044 20a9 "
    "20ab-20ac 20b1 2103 2116 2122 2190-2193 2212 221a ."
)
SYMBOLS: Mapping[str, str] = {
    "fonts-dejavu-core": (
        "2044-20b5 20b8-20ba 20bd 2100-2144 214b 2190-2311 2318-2319 231c-2321 2324-232c "
        "2373-2375 237a 237d 2387 2394 239b-23ae 23ce-23cf 23e3 23e5 23e8 2422-2423 "
        "2500-269c 269e-26b8 26c0-26c3 26e2 2701-2704 2706-2709 270c-2727 2729-274b 274d "
        "274f-2752 2756 2758-275e 2761-2794 2798-27af 27b1-27be 27e0 27f0-28ff 2906-2907 "
        "290a-290b 2940-2941 29ce-29d5 29eb 29fa-29fb 2a00-2a02 2a0c-2a1c 2a2f 2a6a-2a6b "
        "2a7d-2aa0 2aae-2aba 2af9-2afa 2b00-2b1a 2b1f-2b24 2b53-2b54 4dc0-4dff a708-a716 "
        "a789-a78a fb29 fffc-fffd 1d300-1d356 1f030-1f0be 1f0c1-1f0df 1f311-1f318 "
        "1f42d-1f42e 1f431 1f435 1f600-1f623 1f625-1f62b 1f62d-1f640 1f643 ."
    ),
    "fonts-symbola": (
        "2044-20bf 2100-2b95 2b98-2bb9 2bbd-2bc8 2bca-2bd2 2bec-2bef 2ce5-2cea 3297 3299 "
        "4dc0-4dff a720-a78a ab5b fffc-1019b 101a0-101fc 1d000-1d1e8 1d200-1d7c3 1f000-1f0f5 "
        "1f110-1f12e 1f130-1f16b 1f170-1f1ac 1f1e6-1f6d4 1f6e0-1f6f8 1f700-1f7d4 1f800-1f8ad "
        "1f900-1f90b 1f910-1f93e 1f940-1f94c 1f950-1f96b 1f980-1f997 1f9c0 1f9d0-1f9e6 ."
    ),
    "fonts-noto-core": (
        "2140 2190-22ff 2310 2316 2318-2321 2324-232b 2336-237f 2394-2395 239b-23b6 "
        "23ce-23d0 23dc-23e1 23e9-23ea 23ed-23ef 23f1-244a 25a0-2609 260e-2612 2614-2623 "
        "2630-2637 263c 2654-2668 266d-266f 267f-268f 269e-26a1 26aa-26ac 26bd-26cd "
        "26cf-26e1 2700-2704 2706-2709 270b-271c 2722-2727 2729-274b 274d 274f-2753 "
        "2756-2794 2798-27af 27b1-27be 27c0-2bff 4dc0-4dff 10179-101fc 1d300-1d7c3 "
        "1eef0-1f0f5 1f30d-1f30f 1f315 1f31c 1f321-1f32c 1f336 1f378 1f37d 1f393-1f39f 1f3a7 "
        "1f3ac-1f3ae 1f3c2 1f3c4 1f3c6 1f3ca-1f3ce 1f3d4-1f3e0 1f3ed 1f3f1-1f3f3 1f3f5-1f3f7 "
        "1f408 1f415 1f41f 1f426 1f43f 1f441-1f442 1f446-1f449 1f44c-1f44e 1f453 1f46a 1f47d "
        "1f4a3 1f4b0 1f4b3 1f4b9 1f4bb 1f4bf 1f4c8-1f4cb 1f4da 1f4df 1f4e4-1f4e6 1f4ea-1f4ed "
        "1f4f7 1f4f9-1f4fb 1f4fd-1f4fe 1f503 1f507-1f50a 1f50d 1f512-1f513 1f53e-1f545 1f54a "
        "1f550-1f579 1f57b-1f594 1f597-1f5a3 1f5a5-1f5fa 1f650-1f67f 1f687 1f68d 1f691 1f694 "
        "1f698 1f6ad 1f6b2 1f6b9-1f6ba 1f6bc 1f6c6-1f6cb 1f6cd-1f6cf 1f6d3-1f6d7 1f6e0-1f6ea "
        "1f6f0-1f6f3 1f6f7-1f6fc 1f780-1f7eb 1f800-1f8b1 1f93b 1f946 1fa00-1fa7a 1fa80-1faa8 "
        "1fab0-1fab6 1fac0-1fac2 1fad0-1fad6 1fb00-1fbca ."
    ),
}
"""Which symbols the fonts of a package have, where they are not here to be asked: their
character maps in Debian 12 (a range counts over code points that are no symbols)."""


def having(packages: Iterable[str], characters: Iterable[str]) -> list[str]:
    """Return those of the packages whose fonts have all of some symbols; of other
    characters nothing is known here, and they count as had."""
    wanted = {ord(c) for c in characters if c > "\u2000" and unicodedata.category(c)[0] == "S"}
    return [name for name in packages if wanted <= set(code_points(SYMBOLS[name]))]


def for_script(script: str, sans: bool, like: str = "") -> tuple[Font, ...]:
    """Return the fonts that may stand in for a script, the preferred first.

    `like` is the file of the face that they stand beside.
    """
    if script in ("han", "hangul"):
        return FONTS[script] if sans else (_CJK_SERIF, *FONTS[script])
    if script in FONTS:
        return FONTS[script]
    if script in ("greek", "cyrillic"):
        alike = tuple(font for begin, font in _ALIKE.items() if like.startswith(begin))
        return tuple(dict.fromkeys((*alike, *((*_SANS, *_SERIF) if sans else (*_SERIF, *_SANS)))))
    if script in ALPHABETS:
        return (*_SANS, *_SERIF) if sans else (*_SERIF, *_SANS)
    return FONTS["symbols"] if script == "common" else ()
