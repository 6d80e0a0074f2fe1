"""The words of a text, held against those that may stand there."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from cvtex.contract.wanted import Expected

SIGNS = set(',;:.()•·–/+“”„‘’‚«»"[]&|-*†‡')
"""Signs that stand between values; a word is never made of them."""


def squeeze(value: str) -> str:
    """Return a text without what a page may change: spaces, capitals, an apostrophe's form."""
    value = unicodedata.normalize("NFC", value).replace("’", "'")
    return re.sub(r"\s+", "", value).casefold()


def bare(word: str) -> str:
    """Return a word squeezed, without the signs around it."""
    return squeeze(word).strip("".join(SIGNS))


def unexplained(layer: str, expected: Expected) -> list[str]:
    """Return the words of a text layer that data, titles, dates and furniture do not explain."""
    explained = expected.explained | {bare(w) for v in expected.values for w in v.split()}
    left = []
    words = layer.split()
    while words:
        for length in range(8, 0, -1):  # the longest: a broken word may begin with another
            together = bare("".join(words[:length]))
            if together in explained or not together:
                del words[:length]
                break
        else:
            left.append(words.pop(0))
    return left


def joined(wanted: tuple[str, ...]) -> set[str]:
    """Return what two, three and four words of a value in a row are without their spaces."""
    found: set[str] = set()
    for value in wanted:
        words = [squeeze(word) for word in value.split()]
        found |= {a + b for a, b in pairwise(words)}
        for length in (3, 4):
            rows = zip(*(words[start:] for start in range(length)), strict=False)
            found.update(map("".join, rows))
    return found
