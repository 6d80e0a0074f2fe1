"""The veil before private values: no message shows one, whole or in parts.

A part is a word of four letters or digits or more. It is found in upper case too, with
other punctuation, hyphenated, and across the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PRIVATE = "‹private›"
SHORTEST = 3
"""Letters of a value that is hidden whole."""
WORD = re.compile(r"[^\W_]{4,}")
_LETTERS = re.compile(r"[^\W_]+")
_LONG = 6
"""Letters from which on a part is found inside a longer word, and with anything between."""


class Veil:
    """Hides the `secrets` in a text, except for what stands in the `public` texts, too,
    and the words that cvtex itself uses."""

    def __init__(self, secrets: Iterable[str], public: Iterable[str] = ()) -> None:
        wholes = {" ".join(secret.split()) for secret in secrets}
        words = {word for whole in wholes for word in WORD.findall(whole)}
        # A part as typed by its letters alone; the longest first, so that a whole is one.
        parts = {_letters(part): part for part in sorted(words | wholes)}
        self._parts = sorted(
            ((letters, part) for letters, part in parts.items() if len(letters) >= SHORTEST),
            key=lambda known: (-len(known[0]), known),
        )
        self._public = tuple(public)
        self._known: dict[str, bool] = {}

    def hide(self, text: str) -> str:
        """Return the text with `PRIVATE` for each private value and part of one."""
        if not self._parts:
            return text
        letters = _letters(text)
        for part, typed in self._parts:
            if part in letters and self._is_secret(part, typed):
                text = _pattern(part).sub(PRIVATE, text)
        return text

    def _is_secret(self, part: str, typed: str) -> bool:
        if part not in self._known:
            one_word = _LETTERS.fullmatch(typed) is not None
            said = one_word and typed in _own_words()
            pattern = _pattern(part)
            self._known[part] = not said and not any(pattern.search(p) for p in self._public)
        return self._known[part]


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text)).lower()


@cache
def _pattern(letters: str) -> re.Pattern[str]:
    if len(letters) < _LONG and letters.isalpha():
        pattern = rf"(?<![^\W_]){re.escape(letters)}(?![^\W_])"
    else:
        pattern = r"\+?" + r"[\W_]{0,3}".join(map(re.escape, letters))
    return re.compile(pattern, re.IGNORECASE)


@cache
def _own_words() -> frozenset[str]:
    """Return the words of cvtex's own source: its messages are made of them."""
    words: set[str] = set()
    for file in Path(__file__).parent.rglob("*.py"):
        try:
            words.update(WORD.findall(file.read_text("utf-8")))
        except OSError:
            continue
    return frozenset(words)
