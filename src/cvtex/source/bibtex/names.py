"""Names by BibTeX's rules: `author` to names, a name to first, von, last and jr.

After "Tame the BeaST" §11 and `bibtex.web` ("name.ptr"), with three things done
better than BibTeX 0.99d: letters beyond ASCII have a case, `\\~n` is a letter and
no space, and biblatex's `family=…, given=…` names are understood.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cvtex.source.bibtex.words import words


class NameParts(NamedTuple):
    """A name's four parts, still TeX. BibTeX calls them First, von, Last and Jr."""

    given: str = ""
    prefix: str = ""
    family: str = ""
    suffix: str = ""


_AND = re.compile(r"\s+and(?=\s)\s*", re.IGNORECASE)
_EDGE = re.compile(r"[{}\s]")
_KEYED = re.compile(r'\s*"?\s*(family|given|prefix|suffix|id|useprefix)\s*=', re.IGNORECASE)
_KEYED_PART = re.compile(r'\s*"?\s*([a-z-]+)\s*=\s*(.*?)"?\s*', re.IGNORECASE | re.DOTALL)
_QUOTED_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_SPECIAL_WORD = re.compile(r"\{\\([A-Za-z]+|.)", re.DOTALL)
_LOWER_LETTERS = frozenset(words("i j o oe ae aa l ss dj dh th ng ij"))
_UPPER_LETTERS = frozenset(["O", "OE", "AE", "AA", "L", "SS", "DJ", "DH", "TH", "NG", "IJ"])


def split_names(field: str) -> tuple[str, ...]:
    """Return the names that ` and ` separates outside braces."""
    if "{" not in field:
        parts = _AND.split(field.strip() + " ")
        return tuple(part.strip() for part in parts if part.strip())
    names, depth, start, position = [], 0, 0, 0
    field = field.strip() + " "
    while edge := _EDGE.search(field, position):
        position = edge.end()
        if edge[0] == "{":
            depth += 1
        elif edge[0] == "}":
            depth -= 1
        elif depth <= 0 and (found := _AND.match(field, edge.start())):
            names.append(field[start : edge.start()].strip())
            # one space is given back, for an empty name between two `and`s
            start = found.end()
            position = found.end() - 1
    names.append(field[start:].strip())
    return tuple(name for name in names if name)


def parse_name(name: str) -> tuple[NameParts, str | None]:
    """Return a name's parts, and a complaint if it has too many commas."""
    if _KEYED.match(name):
        return _keyed(name), None
    parts = _split(name, ",")
    while len(parts) > 1 and not parts[-1].strip(" ~"):
        parts.pop()
    if len(parts) == 1:
        return _plain(_words(parts[0])), None
    problem = "a name has too many commas" if len(parts) > 3 else None
    prefix, family = _von_last(_words(parts[0]))
    given = " ".join(_words(" ".join(parts[1 if len(parts) == 2 else 2 :])))
    suffix = " ".join(_words(parts[1])) if len(parts) > 2 else ""
    return NameParts(given, prefix, family, suffix), problem


def is_literal(name: str) -> bool:
    """Tell whether a name is one braced group: a body such as `{CERN}`."""
    name = name.strip()
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for index, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if not depth:
            return index == len(name) - 1
    return False


def _keyed(name: str) -> NameParts:
    """Read biblatex's extended name format (its manual, §3.6)."""
    found: dict[str, str] = {}
    for part in _QUOTED_COMMA.split(name) if '"' in name else _split(name, ","):
        match = _KEYED_PART.fullmatch(part)
        if match:
            value = match[2].strip()
            found[match[1].lower()] = value
    return NameParts(*(found.get(part, "") for part in NameParts._fields))


def _split(name: str, separator: str) -> list[str]:
    """Split at a sign outside braces."""
    if separator not in name:
        return [name]
    parts, depth, start = [], 0, 0
    for mark in re.finditer(rf"[{{}}{separator}]", name):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if mark[0] == separator and depth <= 0:
            parts.append(name[start : mark.start()])
            start = mark.end()
    return [*parts, name[start:]]


def _words(text: str) -> list[str]:
    """Split at white space and `~` outside braces; `\\~n` stays a letter."""
    if "{" not in text and "\\" not in text:
        return text.replace("~", " ").split()
    words, current, depth = [], "", 0
    for character in text:
        depth = max(0, depth + (character == "{") - (character == "}"))
        accent = current.endswith("\\") and not current.endswith("\\\\")
        if depth == 0 and (character.isspace() or (character == "~" and not accent)):
            if current:
                words.append(current)
            current = ""
        else:
            current += character
    return [*words, current] if current else words


def _plain(words: list[str]) -> NameParts:
    """`First von Last`: the last word is family, lower-case words before it are von."""
    if len(words) < 2:
        return NameParts(family=" ".join(words))
    lower = [i for i, word in enumerate(words[:-1]) if is_lower(word)]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return NameParts(" ".join(words[:first]), " ".join(words[first:last]), " ".join(words[last:]))


def _von_last(words: list[str]) -> tuple[str, str]:
    """`von Last`: all up to the last lower-case word but one is von."""
    lower = [i for i, word in enumerate(words[:-1]) if is_lower(word)]
    end = lower[-1] + 1 if lower else 0
    return " ".join(words[:end]), " ".join(words[end:])


def is_lower(word: str) -> bool:
    """Tell whether a word's first letter outside braces is a small one.

    A "special character" (`{\\'e}`) counts as its letter; a braced word has no case.
    """
    if not ("{" in word or "\\" in word):
        for character in word:
            if character.isalpha():
                return character.islower()
        return False
    depth = 0
    for index, character in enumerate(word):
        if character == "{":
            if depth == 0 and word.startswith("{\\", index):
                return _special_is_lower(word, index)
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth == 0 and character.isalpha():
            return character.islower()
    return False


def _special_is_lower(word: str, start: int) -> bool:
    """Tell the case of the special character that opens at `start`."""
    match = _SPECIAL_WORD.match(word, start)
    if not match:
        return False
    if match[1] in _LOWER_LETTERS or match[1] in _UPPER_LETTERS:
        return match[1] in _LOWER_LETTERS
    depth = 1
    for character in word[match.end() :]:
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return False
        if character.isalpha():
            return character.islower()
    return False
