"""The forms a template can ask a value for: case, page ranges, ordinals, quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cvtex.citation.letters import headline, sentence
from cvtex.model import Rich

# As text, a pattern is compiled when it is first used; most builds never do.
_PAGES = r"([A-Za-z]*)(\d+)–([A-Za-z]*)(\d+)"
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_SINGLE = r"‘((?:[^‘’]|’(?=\w))*)’(?!\w)"


def _same(text: Rich, change: Callable[[str], str]) -> Rich:
    """Return a text with both its forms changed alike."""
    return Rich(change(text.text), None if text.tex is None else change(text.tex))


def inner(text: Rich) -> Rich:
    """Return a text as it stands within quotation marks: its own become single."""
    if "“" not in text.text:
        return text

    def turned(pair: re.Match[str]) -> str:
        # an apostrophe is no closing mark: only pairs are turned
        return "‘" + re.sub(_SINGLE, r"“\1”", pair[1]) + "’"

    return _same(text, lambda s: re.sub(r"“([^“”]*)”", turned, s))


def dashes(text: Rich) -> Rich:
    """Return page numbers with an en dash in ranges."""
    return _same(text, lambda s: re.sub(r"(?<=\w)\s*(?:-{1,2}|—)\s*(?=\w)", "–", s))


def _ranges(shorten: Callable[[str, str], str], dash: str) -> Callable[[Rich], Rich]:
    """Return the form that shortens the second number of each range."""

    def short(match: re.Match[str]) -> str:
        letters, start, others, end = match.groups()
        last = others + (shorten(start, end) if letters == others else end)
        return letters + start + dash + last

    return lambda text: _same(text, lambda s: re.sub(_PAGES, short, s))


def minimal(start: str, end: str) -> str:
    """`284`, `287`: `7`; as few digits as possible (ICMJE)."""
    if len(start) != len(end):
        return end
    common = next((i for i, (a, b) in enumerate(zip(start, end, strict=True)) if a != b), len(end))
    return end[common:] or end


def two_digits(start: str, end: str) -> str:
    """`131`, `148`: `48`; two digits at least (MLA Handbook, 9th ed., §3.11)."""
    short = minimal(start, end)
    return end[-max(len(short), 2) :]


def chicago(start: str, end: str) -> str:
    """`167`, `195`: `95`; `105`, `107`: `7`; `100`, `104` in full (CMOS 17, §9.61)."""
    number = int(start)
    if len(start) != len(end) or number < 100 or number % 100 == 0:
        return end
    if number % 100 < 10:
        return minimal(start, end)
    short = minimal(start, end)
    if len(start) == 4 and len(short) == 3:
        return end
    return end[-max(len(short), 2) :]


def ordinal(text: Rich) -> Rich:
    """Return `2` or `Second` as `2nd`; other words as they are."""
    word = text.text.strip().removesuffix(" edition").removesuffix(" ed.")
    lowered = word.lower().rstrip(".")
    if lowered in _ORDINALS:
        word = str(_ORDINALS.index(lowered) + 1)
    if not word.isdecimal():
        return Rich(word) if word != text.text else text
    number = int(word)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Rich(word + ("th" if number % 100 in (11, 12, 13) else ending))


def lower(text: Rich) -> Rich:
    """Return a text with a small first letter, unless an abbreviation begins it."""
    if text.text[:1].isupper() and text.text[1:2].islower():
        return _same(text, lambda s: s[:1].lower() + s[1:])
    return text


def upper(text: Rich) -> Rich:
    """Return a text with a capital first letter."""
    return _same(text, lambda s: s[:1].upper() + s[1:])


def start(text: Rich) -> Rich:
    """Return a note with a capital first letter, where a word in small letters begins it."""
    word = re.split(r"[\s,;.(]", text.text, maxsplit=1)[0]
    plain = word.isalpha() and word.islower() and (text.tex or word)[0] == word[0]
    return upper(text) if plain else text


def title(text: Rich) -> Rich:
    """Return a style's word with a capital on each of its words: `Technical Report`."""
    return _same(text, lambda s: re.sub(r"(?<![\w’.])[a-z]", lambda m: m[0].upper(), s))


FORMS: Mapping[str, Callable[[Rich], Rich]] = {
    "sentence": sentence,
    "headline": headline,
    "inner": inner,
    "dashes": dashes,
    "minimal": _ranges(minimal, "-"),
    "two-digits": _ranges(two_digits, "–"),
    "chicago": _ranges(chicago, "–"),
    "ordinal": ordinal,
    "lower": lower,
    "upper": upper,
    "start": start,
    "title": title,
    "bare": lambda text: Rich(re.sub(r"^https?://", "", text.text)),
    "hyphen": lambda text: _same(text, lambda s: s.replace("–", "-")),
}
"""Every form by its name in templates."""
