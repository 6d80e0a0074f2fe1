"""Names as exporters and people really write them, made what BibTeX's rules expect.

`names` reads what stands there as BibTeX does. This puts right, before and after, what
BibTeX would take for something else: wrong separators, a font around a name, titles and
degrees, homonym numbers, initials without stops, family names first without a comma,
and particles or suffixes at the wrong end.
"""

from __future__ import annotations

import re

from cvtex.source.bibtex import symbols
from cvtex.source.bibtex.names import NameParts, parse_name, split_names
from cvtex.source.bibtex.words import words

OTHERS = re.compile(r"others|et\.?\s+al\.?|\.\.\.|…|\\ldots|\\dots|\{others\}", re.IGNORECASE)
"""What stands for more names."""

PARTICLES = frozenset(
    words(
        """van von der den de het ter ten te tot 't op la le las los lo du des di da do dos das
    del della dello degli dalla zu zum zur vom vander vande af av al el bin ibn ben della y e"""
    )
)
"""Small words before a family name that some lists put behind the given names."""

_SUFFIX = re.compile(r"(?:Jr|Sr|Jun|Sen)\.?|II|III|IV|2nd|3rd")
_TITLE = re.compile(r"(?:(?:Prof|Dr|PD|Mr|Mrs|Ms)\.|Professor|Dr|Prof|Mr|Mrs|Ms)\s+(?=\S)")
_DEGREE = re.compile(
    r"(?:(?:Ph\.?\s?D|D\.?\s?Phil|M\.?\s?Sc|B\.?\s?Sc|M\.?\s?D|M\.?\s?P\.?\s?H|M\.?\s?B\.?\s?A"
    r"|R\.?\s?N|Dr\.-Ing|Ed\.?\s?D|D\.?\s?Sc|J\.?\s?D|FRS|FACS|FRCP|BS|MS|MA|BA|MPhil)\.?)"
    r"(?:\s*,\s*|\s+|$)"
)
_PLAIN_DEGREE = re.compile(r"Ph\.?\s?D\.?|D\.?\s?Phil\.?|M\.?\s?Sc\.?|B\.?\s?Sc\.?|Ed\.?\s?D\.?")
_NUMBER = re.compile(r"\s+0\d{3}(?=\s*(?:,|$))")
_WRAPPED = re.compile(r"\{?\s*\\([A-Za-z]+)\s*(\{?)")
_FONT = re.compile(
    r"\\(?:" + "|".join((*symbols.WRAPPERS, "uline", "ul", "hl", "bm")) + r")\s*(?=\{)"
)
_SWITCH = re.compile(r"\{\s*\\(?:" + "|".join(symbols.SWITCHES) + r")(?![A-Za-z])\s*")
_INITIALS = re.compile(r"[A-Z]{1,3}|[B-DF-HJ-NP-TV-XZ]{4}")
_PARTICLE_INITIAL = re.compile(r"[a-z]{1,2}\.")
_FAMILY_FIRST = re.compile(
    r"(?P<family>(?:[^\s,{}\\.]+\s+){1,3})(?P<initials>[A-Z]{1,3}|(?:[A-Z]\.[\s-]?){1,3})"
)
_VOWELS = frozenset("AEIOUY")


def split(field: str) -> tuple[list[str], str]:
    """Return the names of a field, and the wrong separator between them ("" for none)."""
    names: list[str] = []
    wrong = ""
    for name in split_names(field):
        parts = [name]
        if ";" in name:
            parts = _cut(name, ";")
            wrong = ";" if len(parts) > 1 else wrong
        for part in parts:
            both = re.split(r"\s+(?:\\&|&|\{\\&\})\s+", part)
            if len(both) > 1 and all(_is_whole(half) for half in both):
                wrong = "&"
                names += both
                continue
            commas = _cut(part, ",") if part.count(",") else [part]
            if len(commas) > 1 and _are_names(commas):
                wrong = ","
                names += [re.sub(r"^and\s+", "", piece) for piece in commas]
                continue
            names.append(part)
    return names, wrong


def _cut(text: str, separator: str) -> list[str]:
    """Return what a sign separates outside braces, without what is empty."""
    parts, depth, start = [], 0, 0
    for mark in re.finditer(rf"[{{}}{separator}]", text):
        if mark[0] == separator:
            if depth <= 0:
                parts.append(text[start : mark.start()])
                start = mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _is_whole(name: str) -> bool:
    return "," in name or len(name.split()) > 1


def _are_names(parts: list[str]) -> bool:
    """Tell whether what commas part are names of their own: `J. Smith, B. Jones`."""
    if any(_SUFFIX.fullmatch(part) or _DEGREE.fullmatch(part) for part in parts):
        return False
    if any(len(part.replace("~", " ").split()) < 2 or "=" in part for part in parts):
        return False
    begins = re.match(r"[A-Z]\.", parts[0]) is not None
    return begins or len(parts) > 2


def undressed(name: str) -> str:
    """Return a name without fonts, titles, degrees and the homonym numbers of DBLP."""
    name = name.strip()
    if "\\" in name:
        name = _without_fonts(name)
    if "0" in name:
        name = _NUMBER.sub("", name)
    for _ in range(4):
        title = _TITLE.match(name)
        if not title or " " not in name[title.end() :].strip():
            break
        name = name[title.end() :]
    name = re.sub(rf",\s*{_TITLE.pattern}", ", ", name)
    head, comma, tail = name.rpartition(",")
    for _ in range(4):
        if not comma or not _is_degree(head, tail.strip()):
            break
        name = head.strip()
        head, comma, tail = name.rpartition(",")
    return name


def _is_degree(head: str, tail: str) -> bool:
    if _PLAIN_DEGREE.fullmatch(tail):
        return True
    # `Smith, MD` has the initials M. D.
    full = "," in head or len([word for word in head.split() if word[:1].isupper()]) > 1
    return full and bool(re.fullmatch(rf"(?:{_DEGREE.pattern})+", tail))


def _without_fonts(name: str) -> str:
    """Return a name without the commands that only say how it looks."""
    for _ in range(8):
        found = _WRAPPED.match(name)
        if not found or not found[0].strip():
            break
        command, brace = found[1], found[2]
        known = command in symbols.ACCENTS or command in symbols.SYMBOLS
        if known or not (brace or command in symbols.SWITCHES):
            break
        inner = _whole_group(name, found)
        if inner is None:
            break
        name = inner.strip()
    name = _FONT.sub("", name)
    return _SWITCH.sub("{", name)


def _whole_group(name: str, found: re.Match[str]) -> str | None:
    """Return what a command at the start is about, if that is the whole name."""
    outer = found[0].startswith("{")
    if outer and not (name.endswith("}") and _closes(name, 0) == len(name) - 1):
        return None
    body = name[:-1] if outer else name
    if found[1] in symbols.SWITCHES and not found[2]:
        return body[found.end(1) :] if outer else None
    start = found.end() - 1
    return body[start + 1 : -1] if _closes(body, start) == len(body.rstrip()) - 1 else None


def _closes(text: str, start: int) -> int:
    """Return where the group that opens at `start` closes, -1 if nowhere."""
    depth = 0
    for mark in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if mark[0] == "{" else -1
        if not depth:
            return mark.start()
    return -1


def family_first(names: list[str]) -> frozenset[int]:
    """Return which of a field's names are written as PubMed does, `Smith JA`.

    Two or three capitals may be a family name (`Wei XU`), unless one group of capitals in
    the list can be none: a single letter, or one without a vowel.
    """
    found = {i: match for i, name in enumerate(names) if (match := _FAMILY_FIRST.fullmatch(name))}
    groups = {i: match["initials"] for i, match in found.items() if _has_small(match["family"])}
    if any("." in g or len(g) == 1 or not _VOWELS & set(g) for g in groups.values()):
        return frozenset(groups)
    return frozenset()


def _has_small(text: str) -> bool:
    return any(character.islower() for character in text)


def parse(name: str, turned: bool = False) -> tuple[NameParts, str | None]:
    """Return a name's parts, `turned` where its family name stands first without a comma."""
    if turned and (match := _FAMILY_FIRST.fullmatch(name)):
        name = f"{match['family'].strip()}, {match['initials'].strip()}"
    suffix = ""
    head, comma, tail = name.rpartition(",")
    if comma and _SUFFIX.fullmatch(tail.strip()) and "," not in head and len(head.split()) > 1:
        name, suffix = head.strip(), tail.strip()  # `John Smith, Jr.`
    parts, problem = parse_name(name)
    if "=" in name:
        return parts, problem
    given, prefix, family = parts.given, parts.prefix, parts.family
    suffix = parts.suffix or suffix
    if not suffix:
        given, prefix, family, suffix = _suffixed(given, prefix, family, "," in name)
    given, prefix = _prefixed(given, prefix)
    return NameParts(_dotted(given, family), prefix, family, suffix), problem


def _suffixed(given: str, prefix: str, family: str, comma: bool) -> tuple[str, str, str, str]:
    """Return the parts with a suffix in its place: `John Smith III`, `Smith Jr, John`."""
    front, _, last = family.rpartition(" ")
    if front and _SUFFIX.fullmatch(last):
        return given, prefix, front, last
    if not comma and _SUFFIX.fullmatch(family) and (given or prefix):
        again = parse_name(f"{given} {prefix}".strip())[0]
        return again.given, again.prefix, again.family, family
    front, _, last = given.rpartition(" ")
    if comma and front and _SUFFIX.fullmatch(last):
        return front, prefix, family, last
    return given, prefix, family, ""


def _prefixed(given: str, prefix: str) -> tuple[str, str]:
    """Return given names and particle, with particles behind the given names taken there."""
    if prefix:
        return given, prefix
    typed = given.replace("~", " ").split()
    end = len(typed)
    while end > 1 and (typed[end - 1] in PARTICLES or _PARTICLE_INITIAL.fullmatch(typed[end - 1])):
        end -= 1
    return " ".join(typed[:end]) if end < len(typed) else given, " ".join(typed[end:])


def _dotted(given: str, family: str) -> str:
    """Return given names that are initials without stops with stops: `JD` as `J. D.`"""
    typed = given.split()
    if not typed or not all(_INITIALS.fullmatch(part) for w in typed for part in w.split("-")):
        return given
    if not any(len(part) > 1 for word in typed for part in word.split("-")):
        return given
    if family.isupper() and len(family) > 1:
        return given  # `DOE, JO`: all in capitals
    return " ".join(
        "-".join(" ".join(f"{letter}." for letter in part) for part in word.split("-"))
        for word in typed
    )
