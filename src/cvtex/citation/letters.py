"""Capitals of titles: sentence case and headline case, protected letters left alone."""

from __future__ import annotations

import re

from cvtex.model import Rich

SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "or",
        "nor",
        "for",
        "as",
        "at",
        "by",
        "in",
        "of",
        "on",
        "to",
        "per",
        "vs",
        "via",
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "among",
        "around",
        "before",
        "behind",
        "between",
        "down",
        "during",
        "from",
        "into",
        "off",
        "onto",
        "over",
        "through",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "with",
        "within",
        "without",
    ]
)
"""Words that headlines leave small (Chicago Manual of Style, 17th ed., §8.159)."""

# As text, a pattern is compiled when it is first used; most builds never do.
_PIECE = r"(?s)\\[A-Za-z]+|\\.|\$[^$]*\$|[{}]|\d\w*|[^\W\d_]+(?:[’'][^\W\d_]+)*|."


def sentence(title: Rich) -> Rich:
    """Return a title with capitals only where a sentence has them.

    Kept are the first letter, the first after `:`, `?`, `!` or `.`, words with a
    capital within, single capitals but `A`, and what braces protect. A title that
    already is a sentence, or that was typed as plain text, is not touched.
    """
    if title.tex is None or _is_sentence(title.text):
        return title
    return _changed(title.tex, _small)


def headline(title: Rich) -> Rich:
    """Return a title with a capital on every word but the small ones, which have one only at the
    start, at the end and after a colon (`Proc. of the 3rd Conf. on Engines` has abbreviations)."""
    tex = title.tex
    return _changed(tex if tex is not None else title.text, _capital, plain=tex is None)


def _is_sentence(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text)[1:] if len(word) > 3]
    small = [word for word in words if word[0].islower()]
    return len(small) * 2 > len(words)


def _small(word: str, start: bool, _last: bool) -> str:
    if start or any(c.isupper() for c in word[1:]) or (len(word) == 1 and word != "A"):
        return word
    return word.lower()


def _capital(word: str, start: bool, last: bool) -> str:
    if word[0].isupper() or (word.lower() in SMALL and not (start or last)):
        return word
    if any(c.isupper() for c in word):
        return word
    return word[0].upper() + word[1:]


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece[0] == "$"


def _changed(tex: str, change, plain: bool = False) -> Rich:  # type: ignore[no-untyped-def]
    """Change the words outside braces, commands and formulas."""
    pieces = re.findall(_PIECE, tex)
    starting = ":?!—" if change is _capital else ":?!—."
    final = max((i for i, piece in enumerate(pieces) if _is_word(piece)), default=-1)
    depth, start = 0, True
    out: list[str] = []
    for index, piece in enumerate(pieces):
        depth += (piece == "{") - (piece == "}")
        if piece[0].isalpha():
            out.append(piece if depth > 0 else change(piece, start, index == final))
        else:
            out.append(piece)
        if _is_word(piece):
            start = False
        elif piece in starting and depth == 0:
            start = True
    joined = "".join(out)
    if plain:
        return Rich(joined)
    from cvtex.source.bibtex.tex import rich  # most styles leave titles as they are

    return rich(joined)[0]
