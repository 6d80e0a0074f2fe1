"""Fields of names: people with what is said about each (`author+an`, stars)."""

from __future__ import annotations

import re

from cvtex.model import Name, Rich
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.entries import Entry
from cvtex.source.bibtex.names import NameParts, is_literal, parse_name, split_names
from cvtex.source.bibtex.tex import rich

SIGNS = {
    "*": "equal",
    "†": "dagger",
    "‡": "ddagger",
    "§": "section",
    "¶": "paragraph",
    "\\ast": "equal",
    "\\star": "equal",
    "\\textasteriskcentered": "equal",
    "\\dag": "dagger",
    "\\dagger": "dagger",
    "\\textdagger": "dagger",
    "\\ddag": "ddagger",
    "\\ddagger": "ddagger",
    "\\textdaggerdbl": "ddagger",
}
"""Signs typed at a name, and the mark each stands for."""

_SIGN = (
    r"(?:[*†‡§¶]|\\(?:ast|star|textasteriskcentered|d?dag(?:ger)?|textdagger(?:dbl)?)(?![a-zA-Z]))"
)
_SIGNS = rf"((?:\s*{_SIGN}(?:\{{\}})?[\s,]*)+)"
_MARKED = re.compile(
    rf"\$\s*\^?\s*\{{?{_SIGNS}\}}?\s*\$"
    rf"|\{{?\\textsuperscript\s*\{{{_SIGNS}\}}\}}?"
    rf"|\^?\{{{_SIGNS}\}}|\^?((?:{_SIGN})+)"
)
_HAS_SIGN = re.compile(r"[*†‡§¶]|\\(?:ast|star|d?dag|textd|textast)")
_ANNOTATION = re.compile(r"\s*(\d*)(?::[\w-]+)?\s*=\s*(.*?)\s*", re.DOTALL)


def read_names(entry: Entry, field: str, complaints: Complaints) -> tuple[tuple[Name, ...], bool]:
    """Return the people of a field, and whether it ends in `and others`."""
    annotations = read_annotations(entry, field)
    people: list[Name] = []
    more = False
    for index, typed in enumerate(split_names(entry.fields[field]), start=1):
        if typed == "others":
            more = True
            continue
        bare, marks = _strip_signs(typed)
        parts, problem = parse_name(bare)
        if problem and field not in entry.inherited:
            hint = "names are separated by ' and ', and have the form: Family, Given"
            complaints.warning(f"{problem}: {typed}", entry.offsets[field], hint)
        people.append(_name(parts, is_literal(bare), marks | annotations.get(index, frozenset())))
    return tuple(people), more


def _name(parts: NameParts, is_body: bool, marks: frozenset[str]) -> Name:
    given, prefix, family, suffix = (rich(part)[0] if part else Rich("") for part in parts)
    return Name(
        given=given, prefix=prefix, family=family, suffix=suffix, literal=is_body, marks=marks
    )


def _strip_signs(name: str) -> tuple[str, frozenset[str]]:
    """Take stars and daggers off a name, and say what they mean."""
    if not _HAS_SIGN.search(name):
        return name, frozenset()
    marks = {
        SIGNS[sign] for match in _MARKED.finditer(name) for sign in re.findall(_SIGN, match[0])
    }
    bare = _MARKED.sub("", name)
    return re.sub(r"\s+(?=,|$)", "", bare).strip(), frozenset(marks)


def read_annotations(entry: Entry, field: str) -> dict[int, frozenset[str]]:
    """Return what biblatex's data annotations say of each item, counted from 1.

    The grammar is `1=me, equal; 2:family=student` (biblatex manual, §3.7), also in
    named annotations (`author+an:role`).
    """
    found: dict[int, frozenset[str]] = {}
    for name, value in entry.fields.items():
        if not re.fullmatch(rf"{field}\+an(:[\w-]+)?", name):
            continue
        for part in value.split(";"):
            match = _ANNOTATION.fullmatch(part)
            if match and match[1]:
                words = (word.strip().strip('"') for word in match[2].split(","))
                item = int(match[1])
                found[item] = found.get(item, frozenset()) | frozenset(w for w in words if w)
    return found


def literal_name(name: str) -> Name:
    """Return a name typed as text (`Ada Lovelace`, `Lovelace, Ada`, `A. Lovelace*`)."""
    bare, marks = _strip_signs(name)
    parts, _ = parse_name(bare)
    given, prefix, family, suffix = (Rich(part) for part in parts)
    return Name(given=given, prefix=prefix, family=family, suffix=suffix, marks=marks)
