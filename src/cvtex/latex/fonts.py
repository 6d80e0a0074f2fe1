r"""Which font files a document is set in, and how each engine is told.

No TeX ligatures (`--` must not become –) and, in XeTeX, no common ones either: it
would leave U+FB01 and its like in the PDF's text layer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from pylatex.utils import NoEscape

from cvtex.records import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """A family by the names of its OpenType files, as `kpsewhich` knows them.

    `role` is fontspec's: the main (roman), sans or mono font. `small_caps` is a file of
    small capitals, where they are not a feature of the regular one.

    `carried` names a family of which TeX knows nothing: its files lie beside the document,
    for pdfLaTeX what is made of them. `weights` are further ones: NFSS's series (`l`, `sb`),
    the upright and the italic file. `sans` is whether it is one without serifs. `oldstyle` asks
    for old-style figures, where the font has them. `origins` are the files of a family of the
    user's own, by name, and where each lies.
    """

    role: str = "main"
    regular: str
    bold: str
    italic: str
    bold_italic: str
    small_caps: str = ""
    carried: str = ""
    sans: bool = False
    oldstyle: bool = False
    weights: tuple[tuple[str, str, str], ...] = ()
    origins: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the family's files, each once."""
        caps = (self.small_caps,) if self.small_caps else ()
        more = (file for _, upright, italic in self.weights for file in (upright, italic))
        four = (self.regular, self.bold, self.italic, self.bold_italic)
        return tuple(dict.fromkeys((*four, *caps, *more)))

    def less(self, series: Collection[str]) -> FontFamily:
        """Return the family with those of its further weights that are among some series."""
        kept = tuple(weight for weight in self.weights if weight[0] in series)
        return self if kept == self.weights else dataclasses.replace(self, weights=kept)


def package_of(family: FontFamily) -> str:
    r"""Return the LaTeX package that declares to pdfLaTeX a family that it does not have as it
    is wanted (`cvface-lato`)."""
    name = family.carried or family.regular.partition(".")[0]
    return f"cvface-{name}{'-old' if family.oldstyle else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """A font for what the main font lacks: one script, one file.

    `file` is a file name in the build folder (the pipeline copies it there), so
    that every engine, Tectonic and Overleaf find it without a system font; `bold`
    likewise where there is one. `script` is letters only. `characters` are those
    that the font sets, letters with their combining marks among them; empty, it sets all of its
    script. `part` counts from 0 the
    fonts that share a script, `index` those in the one file of a collection. pdfLaTeX
    has no file but a `family` of its own: `lmr`.
    """

    script: str
    file: str
    bold: str | None = None
    characters: frozenset[str] = field(default=frozenset(), repr=False)
    part: int = 0
    italic: str | None = None
    bold_italic: str | None = None
    index: int = 0
    family: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files, each once."""
        given = (self.file, self.bold, self.italic, self.bold_italic)
        return tuple(dict.fromkeys(name for name in given if name))

    @property
    def macro(self) -> str:
        r"""The macro that sets its argument in this font (`\cvtexgreek`)."""
        return rf"\cvtex{self.script}{'x' * self.part}"


LATIN_MODERN = (
    FontFamily(
        role="main",
        regular="lmroman10-regular.otf",
        bold="lmroman10-bold.otf",
        italic="lmroman10-italic.otf",
        bold_italic="lmroman10-bolditalic.otf",
    ),
    FontFamily(
        role="sans",
        regular="lmsans10-regular.otf",
        bold="lmsans10-bold.otf",
        italic="lmsans10-oblique.otf",
        bold_italic="lmsans10-boldoblique.otf",
    ),
    FontFamily(
        role="mono",
        regular="lmmono10-regular.otf",
        bold="lmmonolt10-bold.otf",
        italic="lmmono10-italic.otf",
        bold_italic="lmmonolt10-boldoblique.otf",
    ),
)
"""What stands for each role that a theme does not name."""

SPACED = frozenset({"han"})
"""Scripts whose lines may break between any two characters; Korean breaks at its spaces."""

SAME_HEIGHT = frozenset({"latin", "greek", "cyrillic", "armenian", "georgian"})
"""Scripts set as high as the Latin letters beside them."""

# Glyphs of the T1 and TS1 fonts whose names pdfTeX reads wrongly or not at all.
GLYPH_NAMES = {
    "permyriad": "2031",
    "naira": "20A6",
    "peso": "20B1",
    "published": "2117",
    "recipe": "211E",
    "servicemark": "2120",
}

_PDFLATEX = (
    r"\usepackage[T1]{fontenc}",
    r"\usepackage{lmodern,textcomp}",
    "".join(rf"\pdfglyphtounicode{{{name}}}{{{code}}}" for name, code in GLYPH_NAMES.items()),
)
LONG_WORDS = (
    r"\protected\def\cvtexbreak{\penalty5000 }% a long word may end its line here"
    "\n"
    r"\protected\def\cvtexjoint{\penalty4980 }% and better here"
)
_POINTS = (r"\cvtexbreak", r"\cvtexjoint")
_COMMANDS = {"main": r"\setmainfont", "sans": r"\setsansfont", "mono": r"\setmonofont"}
# fontspec's own NoCommon warns of every font that has no ligatures to switch off.
_LIGATURES = {"xelatex": "Ligatures=TeXOff,RawFeature=-liga", "lualatex": "Ligatures=TeXOff"}

# No line starts with a closing mark or ends with an opening one (kinsoku shori: JIS X 4051,
# GB/T 15834; the classes CL, EX, NS, CJ, IN, PO and OP, PR of UAX 14).
CLOSING = (
    "、。，．・：；！？‼⁇⁈⁉”’）〕］｝〉》」』】〙〗〟｠｡｣､･"
    "ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ々〻ゝゞヽヾ゛゜"
    "〜～…‥％‰℃¢￠"
)
OPENING = "“‘（〔［｛〈《「『【〘〖〝｟｢＄￥￡"
GAP = r"\cvtexgap"
"""The macro between Chinese or Japanese and other text where a line may break."""
_BREAKS = (
    rf"\protected\def{GAP}{{\hskip 0pt plus .05em\relax}}",
    r"\ExplSyntaxOn",
    rf"\tl_const:Nn \c_cvtex_closing_tl {{{CLOSING}}}",
    rf"\tl_const:Nn \c_cvtex_opening_tl {{{OPENING}}}",
    r"\bool_new:N \l_cvtex_open_bool",
    r"\cs_new_protected:Npn \cvtexspread #1 {",
    r"  \bool_set_true:N \l_cvtex_open_bool",
    r"  \tl_map_inline:nn {#1} {",
    r"    \bool_if:NF \l_cvtex_open_bool",
    r"      { \tl_if_in:NnF \c_cvtex_closing_tl {##1} { \hskip 0pt plus .05em \relax } }",
    r"    ##1",
    r"    \tl_if_in:NnTF \c_cvtex_opening_tl {##1}",
    r"      { \bool_set_true:N \l_cvtex_open_bool } { \bool_set_false:N \l_cvtex_open_bool }",
    r"  } }",
    r"\ExplSyntaxOff",
)


def declare(families: Sequence[FontFamily], fallbacks: Sequence[Fallback], engine: str) -> NoEscape:
    r"""Return the lines of the preamble that load the fonts.

    XeLaTeX and LuaLaTeX get the families by file name, Latin Modern for a role
    that none has, and a macro per fallback (`\cvtexgreek{…}`), of which
    hyperref's bookmarks take only the argument. pdfLaTeX gets T1 and Latin Modern,
    and the Unicode of some glyphs that it does not know. All get `\cvtexbreak` and
    `\cvtexjoint`, which `text` writes into long words.
    """
    if engine == "pdflatex":
        macros = (*_POINTS, *(f.macro for f in fallbacks))
        own = (
            rf"\protected\def{f.macro}#1{{{{\fontfamily{{{f.family}}}\selectfont #1}}}}"
            for f in fallbacks
        )
        return NoEscape("\n".join((*_PDFLATEX, *own, LONG_WORDS, _unmarked(macros))))
    lines = [r"\usepackage{fontspec}"]
    roles = {family.role: family for family in (*LATIN_MODERN, *families)}
    for role, family in roles.items():
        features = (
            f"BoldFont={family.bold}",
            f"ItalicFont={family.italic}",
            f"BoldItalicFont={family.bold_italic}",
            *([f"SmallCapsFont={family.small_caps}"] if family.small_caps else []),
            *(
                f"FontFace={{{series}}}{{{shape}}}{{Font={file}}}"
                for series, *both in family.weights
                for shape, file in zip(("n", "it"), both, strict=True)
            ),
            *(["RawFeature=+onum"] if family.oldstyle else []),
            _LIGATURES[engine],
        )
        lines.append(f"{_COMMANDS[role]}{{{family.regular}}}[{','.join(features)}]")
    if any(fallback.script in SPACED for fallback in fallbacks):
        lines += _BREAKS
    for fallback in fallbacks:
        lines += _fallback(fallback, _LIGATURES[engine])
    gaps = (GAP,) if any(fallback.script in SPACED for fallback in fallbacks) else ()
    macros = (*_POINTS, *gaps, *(fallback.macro for fallback in fallbacks))
    return NoEscape("\n".join((*lines, LONG_WORDS, _unmarked(macros))))


def _unmarked(macros: Sequence[str]) -> str:
    """Return the line that keeps macros out of the PDF's own strings."""
    off = "".join(rf"\let{macro}\empty" for macro in macros)
    return rf"\AddToHook{{package/hyperref/after}}{{\pdfstringdefDisableCommands{{{off}}}}}"


def _fallback(fallback: Fallback, ligatures: str) -> tuple[str, ...]:
    face = fallback.macro.replace(r"\cvtex", r"\cvtexfont")
    features = [
        f"ItalicFont={fallback.italic or fallback.file}",
        f"BoldFont={fallback.bold or fallback.file}",
        f"BoldItalicFont={fallback.bold_italic or fallback.bold or fallback.file}",
        ligatures,
    ]
    if any(len(character) > 1 for character in fallback.characters):
        features.append("RawFeature=-ccmp")  # its marks would become glyphs without a character
    if fallback.file.endswith(".ttc"):
        features.append(f"FontIndex={fallback.index}")
    if not fallback.bold:
        features += ["BoldFeatures={FakeBold=2}", "BoldItalicFeatures={FakeBold=2}"]
    em = ""
    if fallback.script in SAME_HEIGHT:
        features.append("Scale=MatchLowercase")
        em = r"\xdef\cvtexem{\the\dimexpr1em\relax}"  # of a drawn bar's gap, in cvmarks
    body = r"\cvtexspread{#1}" if fallback.script in SPACED else "#1"
    return (
        rf"\newfontfamily{face}{{{fallback.file}}}[{','.join(features)}]",
        rf"\protected\def{fallback.macro}#1{{\ifmmode\expandafter\mbox\fi{{{face} {body}{em}}}}}",
    )
