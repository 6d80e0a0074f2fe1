r"""Which characters pdfLaTeX can set, and how an engine is helped with the others.

Values keep their characters in the LaTeX. One pass over the finished body,
`set_glyphs`, writes commands for those that need one.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cvtex.latex.fonts import CLOSING, GAP, OPENING, SPACED, Fallback

# Measured by tests/latex/measure_glyphs.py: T1 and TS1 in Latin Modern and TeX Gyre,
# upright, bold and italic; read back by pdftotext and pypdf.
_AS_TYPED = (
    "¡¢£¤¥¦§¨©ª«¬®¯°±´µ¶·¸º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóô"
    "õö÷øùúûüýþÿĂăĄąĆćČčĎďđĘęĚěĞğİıĲĳĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽžƒȷˇ˘˙˝‐"
    "‑–—‖‘’‚“”„†‡•‰‱‹›※‽⁄₡₤₦₩₫€₱℃№℗℞℠™℮←↑→↓〈〉◦♪"
)
_COMMANDS = {
    "Γ": r"\ensuremath{\Gamma}",
    "Θ": r"\ensuremath{\Theta}",
    "Λ": r"\ensuremath{\Lambda}",
    "Ξ": r"\ensuremath{\Xi}",
    "Π": r"\ensuremath{\Pi}",
    "Σ": r"\ensuremath{\Sigma}",
    "Φ": r"\ensuremath{\Phi}",
    "Ψ": r"\ensuremath{\Psi}",
    "Ω": r"\ensuremath{\Omega}",
    "α": r"\ensuremath{\alpha}",
    "β": r"\ensuremath{\beta}",
    "γ": r"\ensuremath{\gamma}",
    "δ": r"\ensuremath{\delta}",
    "ε": r"\ensuremath{\varepsilon}",
    "ζ": r"\ensuremath{\zeta}",
    "η": r"\ensuremath{\eta}",
    "θ": r"\ensuremath{\theta}",
    "ι": r"\ensuremath{\iota}",
    "κ": r"\ensuremath{\kappa}",
    "λ": r"\ensuremath{\lambda}",
    "μ": r"\textmu{}",
    "ν": r"\ensuremath{\nu}",
    "ξ": r"\ensuremath{\xi}",
    "π": r"\ensuremath{\pi}",
    "ρ": r"\ensuremath{\rho}",
    "σ": r"\ensuremath{\sigma}",
    "τ": r"\ensuremath{\tau}",
    "υ": r"\ensuremath{\upsilon}",
    "φ": r"\ensuremath{\varphi}",
    "χ": r"\ensuremath{\chi}",
    "ψ": r"\ensuremath{\psi}",
    "ω": r"\ensuremath{\omega}",
    "…": r"...",
    "↔": r"\ensuremath{\leftrightarrow}",
    "⇒": r"\ensuremath{\Rightarrow}",
    "⇔": r"\ensuremath{\Leftrightarrow}",
    "∂": r"\ensuremath{\partial}",
    "∇": r"\ensuremath{\nabla}",
    "∈": r"\ensuremath{\in}",
    "−": r"\textminus{}",
    "∗": r"\textasteriskcentered{}",
    "√": r"\textsurd{}",
    "∞": r"\ensuremath{\infty}",
    "∼": r"\ensuremath{\sim}",
    "≈": r"\ensuremath{\approx}",
    "≡": r"\ensuremath{\equiv}",
    "≤": r"\ensuremath{\leq}",
    "≥": r"\ensuremath{\geq}",
    "△": r"\ensuremath{\triangle}",
}

SPACES = {
    "\u2002": r"\enspace{}",
    "\u2003": r"\quad{}",
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u202f": r"\,",
    "\ufe0e": "",
    "\ufe0f": "",
}
"""Spaces that fonts lack, and emoji's variation selectors, which are not set: for every engine."""

READS_AS = {"…": "...", "‐": "-", "‑": "-", "μ": "µ"}
"""What pdfLaTeX's text layer has in a character's stead: no T1 font has a glyph for it."""

PDFLATEX: Mapping[str, str] = {c: c for c in _AS_TYPED} | _COMMANDS | SPACES
"""Each character beyond ASCII that pdfLaTeX can set and readers give back, and its LaTeX."""

UNICODE: Mapping[str, str] = SPACES | {c: _COMMANDS[c] for c in "↔⇒⇔∂∇∈∼≈≡≤≥"}
"""What XeLaTeX and LuaLaTeX set by commands: spaces, and signs that text fonts often lack."""

_BY_NAME = {
    "LATIN": "latin",
    "GREEK": "greek",
    "CYRILLIC": "cyrillic",
    "ARMENIAN": "armenian",
    "GEORGIAN": "georgian",
    "CJK": "han",
    "IDEOGRAPHIC": "han",
    "HIRAGANA": "han",
    "KATAKANA": "han",
    "KATAKANA-HIRAGANA": "han",
    "BOPOMOFO": "han",
    "FULLWIDTH": "han",
    "HALFWIDTH": "han",
    "HANGUL": "hangul",
    "HEBREW": "hebrew",
    "ARABIC": "arabic",
    "SYRIAC": "syriac",
    "THAANA": "thaana",
    "NKO": "nko",
}
RIGHT_TO_LEFT = frozenset({"hebrew", "arabic", "syriac", "thaana", "nko"})


# Combining marks, for patterns: the blocks of Unicode that Latin letters have them from.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"


def is_mark(character: str) -> bool:
    """Tell whether a character is a combining mark, which is set over or under a letter."""
    return unicodedata.combining(character) != 0


def marked(text: str, start: int) -> str:
    """Return the character of a text at an index, with the marks that follow it."""
    end = start + 1
    while end < len(text) and is_mark(text[end]):
        end += 1
    return text[start:end]


def settable(table: Mapping[str, str] = PDFLATEX) -> frozenset[str]:
    """Return every character that an engine with this table sets, ASCII and nbsp included."""
    return frozenset(table) | {chr(c) for c in range(0x20, 0x7F)} | {"\u00a0"}


@functools.cache
def script_of(character: str) -> str:
    """Return a character's script, by its Unicode name, in lower-case letters.

    `common` for marks, spaces and Latin-1 punctuation, `symbols` for other signs, `han`
    for all that stands in Chinese and Japanese lines.
    """
    category = unicodedata.category(character)
    if category[0] == "M":
        return "common"
    first, _, rest = unicodedata.name(character, "").partition(" ")
    if first in _BY_NAME:
        return _BY_NAME[first]
    if "\u3000" <= character <= "\u303f":
        return "han"
    if character <= "\u00bf":
        return "common"
    if category[0] == "L" and category != "Lm" and not "\u2100" <= character <= "\u214f":
        name = re.sub("[^a-z]", "", first.lower())
        return name if rest and name and name != "mathematical" else "symbols"
    return "common" if category[0] in "PZ" or character in "×÷" else "symbols"


def set_glyphs(
    tex: str, engine: str, fallbacks: Sequence[Fallback] = (), names: Sequence[str] = ()
) -> str:
    r"""Return LaTeX with a command for each character that its engine needs help with.

    pdfLaTeX gets its table's commands. All get each run of a
    fallback's characters in its macro (`\cvtexgreek{Ελλάς}`), the spaces between
    its words included; no word is in two faces, nor is one of the `names`. Control
    sequences and comments stay as they are.
    """
    if tex.isascii():
        return tex
    if engine == "pdflatex":
        tex = _wrapped(tex, fallbacks, names)
        return _replace(tex, {c: way for c, way in PDFLATEX.items() if way != c})
    return _wrapped(_replace(tex, UNICODE), fallbacks, names)


_SKIP = r"\\(?:[A-Za-z@]+|[\s\S])|(?<![^\n])%[^\n]*"
# As text, a pattern is compiled when it is first used; most builds never do.
_PART = _SKIP + r"|([^\\{}\n]+)"


def _wrapped(tex: str, fallbacks: Sequence[Fallback], names: Sequence[str]) -> str:
    if not fallbacks:
        return tex
    whole = [name for name in names if any(map(_is_latin, _owners(name, fallbacks)))]
    return re.sub(_PART, lambda m: _wrap(m[1], fallbacks, whole) if m[1] else m[0], tex)


def _is_latin(owner: Fallback | None) -> bool:
    return owner is not None and owner.script == "latin"


def _replace(tex: str, table: Mapping[str, str]) -> str:
    present = table.keys() & set(tex)
    if not present:
        return tex
    wanted = re.compile(_SKIP + "|([" + re.escape("".join(sorted(present))) + "])")
    return wanted.sub(lambda m: table[m[1]] if m[1] else m[0], tex)


def _wrap(text: str, fallbacks: Sequence[Fallback], names: Sequence[str] = ()) -> str:
    """Return text without control sequences, the runs of each fallback in its macro."""
    if text.isascii() and not names:
        return text
    owners = _owners(text, fallbacks)
    _widen(text, owners)
    _name_whole(text, owners, fallbacks, names)
    parts: list[str] = []
    before, spread = "", False
    for owner, run in _runs(text, owners):
        is_spread = bool(owner and owner.script in SPACED)
        if (spread or is_spread) and before and _may_break(before, run[0]):
            parts.append(f"{GAP}{{}}")
        parts.append(f"{owner.macro}{{{run}}}" if owner else run)
        before, spread = run[-1], is_spread
    return "".join(parts)


def _may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters, one of them Chinese or Japanese."""
    opens = before in OPENING or unicodedata.category(before) in ("Ps", "Pi")
    closes = after in CLOSING or (unicodedata.category(after)[0] == "P" and after not in OPENING)
    closes = closes and unicodedata.category(after) not in ("Ps", "Pi")
    return not (opens or closes or before.isspace() or after.isspace() or "~" in (before, after))


def _owner(character: str, fallbacks: Iterable[Fallback]) -> Fallback | None:
    if character.isascii():
        return None
    for fallback in fallbacks:
        if character in fallback.characters or (
            not fallback.characters and script_of(character) == fallback.script
        ):
            return fallback
    return None


_WORD = rf"(?:[^\W\d_]|[{_MARKS}])+(?:[’‑-](?:[^\W\d_]|[{_MARKS}])+)*"


def _owners(text: str, fallbacks: Sequence[Fallback]) -> list[Fallback | None]:
    """Return whose each character of a text is; a mark goes with its letter."""
    owners = [_owner(c, fallbacks) for c in text]
    for i, c in enumerate(text):
        if i and unicodedata.category(c)[0] == "M":
            if not is_mark(text[i - 1]):
                letter = marked(text, i - 1)
                placing = (f for f in fallbacks if letter in f.characters)
                owners[i - 1] = next(placing, owners[i - 1])
            owners[i] = owners[i - 1]
    return owners


def _widen(text: str, owners: list[Fallback | None]) -> None:
    """Give a fallback the spaces between its words, and a Latin one whole words."""
    for match in re.finditer(_WORD, text):
        word = range(*match.span())
        latin = next((o for i in word if (o := owners[i]) and o.script == "latin"), None)
        for i in word if latin else ():
            owners[i] = owners[i] or latin
    for i in range(1, len(text) - 1):
        owner = owners[i - 1]
        if text[i] == " " and owner and owner is owners[i + 1] and owner.script not in SPACED:
            owners[i] = owner


def _name_whole(
    text: str,
    owners: list[Fallback | None],
    fallbacks: Sequence[Fallback],
    names: Sequence[str],
) -> None:
    """Give a Latin fallback the whole of a name of which it sets a letter, and what stands alone
    of such a name: all of it is in one face."""
    for name in names:
        latin = next(filter(_is_latin, _owners(name, fallbacks)))
        spans = [match.span() for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
        words = text.casefold().split()
        if words and set(words) <= set(name.casefold().split()):
            spans.append((len(text) - len(text.lstrip()), len(text.rstrip())))
        for start, end in spans:
            for i in range(start, end):
                owners[i] = owners[i] or latin


def _runs(text: str, owners: Sequence[Fallback | None]) -> Iterator[tuple[Fallback | None, str]]:
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or owners[i] is not owners[start]:
            yield owners[start], text[start:i]
            start = i
