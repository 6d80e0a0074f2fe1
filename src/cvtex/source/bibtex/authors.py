"""Fields of names: people with what is said about each (`author+an`, stars)."""

from __future__ import annotations

import re

from cvtex.model import Name, Rich
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.entries import Entry
from cvtex.source.bibtex.name_forms import OTHERS, family_first, parse, split, undressed
from cvtex.source.bibtex.names import NameParts, is_literal
from cvtex.source.bibtex.tex import rich

STAR = "star"
"""The mark of a star at a name: what it means, `meta.publications.stars` says."""

SIGNS = {
    "*": "star",
    "∗": "star",
    "⁎": "star",
    "＊": "star",
    "†": "dagger",
    "‡": "ddagger",
    "§": "section",
    "¶": "paragraph",
    "\\ast": "star",
    "\\star": "star",
    "\\textasteriskcentered": "star",
    "\\dag": "dagger",
    "\\dagger": "dagger",
    "\\textdagger": "dagger",
    "\\ddag": "ddagger",
    "\\ddagger": "ddagger",
    "\\textdaggerdbl": "ddagger",
}
"""Signs typed at a name, and the mark each stands for."""

_SIGN = (
    r"(?:[*∗⁎＊†‡§¶]"
    r"|\\(?:ast|star|textasteriskcentered|d?dag(?:ger)?|textdagger(?:dbl)?)(?![a-zA-Z]))"
)
_SIGNS = rf"((?:\s*{_SIGN}(?:\{{\}})?[\s,]*)+)"
_MARKED = re.compile(
    rf"\$\s*\^?\s*\{{?{_SIGNS}\}}?\s*\$"
    rf"|\{{?\\textsuperscript\s*\{{{_SIGNS}\}}\}}?"
    rf"|\^?\{{{_SIGNS}\}}|\^?((?:{_SIGN})+)"
)
OTHER_SIGNS = {"&": "ampersand", "^": "caret"}
"""Signs of al-folio's, which are set only where the settings give them a sign."""

_OTHER = re.compile(r"(?<=\w)(?:\\&|&|\^(?!\s*\{))(?=\s*(?:[,*†]|$))")
_HAS_SIGN = re.compile(r"[*∗⁎＊†‡§¶&^]|\\(?:ast|star|d?dag|textd|textast)")
_ANNOTATION = re.compile(r"\s*(\d*)(?::[\w-]+)?\s*=\s*(.*?)\s*", re.DOTALL)


def read_names(entry: Entry, field: str, complaints: Complaints) -> tuple[tuple[Name, ...], bool]:
    """Return the people of a field, and whether it ends in `and others`."""
    annotations = read_annotations(entry, field)
    typed_names, separator = split(entry.fields[field])
    own = field not in entry.inherited
    place = entry.offsets.get(field, entry.offset)
    if len(typed_names) > MOST or max(map(len, typed_names), default=0) > LONGEST_OF_ALL:
        if own:
            message = f"the field {field} has {len(typed_names):,} names"
            if len(typed_names) <= MOST:
                message = f"a name in the field {field} has more than {LONGEST_OF_ALL:,} characters"
            hint = "names are separated by ' and ', and have the form: Family, Given"
            complaints.error(message, place, f"at most {MOST:,} can be set; {hint}")
        return (), False
    if separator and own:
        hint = "names are separated by ' and ', and have the form: Family, Given"
        complaints.doubt(f"names are separated by '{separator}' here", place, hint)
    people: list[Name] = []
    more = False
    marked = [_strip_signs(typed) for typed in typed_names]
    bare_names = [undressed(bare) if len(bare) < LONGEST else bare for bare, _ in marked]
    turned = family_first(bare_names)
    for index, bare in enumerate(bare_names, start=1):
        if OTHERS.fullmatch(bare):
            more = True
            continue
        parts, problem = parse(bare, index - 1 in turned)
        if problem and own:
            hint = "names are separated by ' and ', and have the form: Family, Given"
            complaints.warning(f"{problem}: {bare}", place, hint)
        elif own:
            _doubt_name(typed_names[index - 1], bare, parts, index - 1 in turned, place, complaints)
        marks = marked[index - 1][1] | annotations.get(index, frozenset())
        people.append(_name(parts, is_literal(bare), marks))
    if own and len(people) == 1 and len(typed_names) == 1 and _are_two(bare_names[0], people[0]):
        message = f"'{bare_names[0]}' may be two names"
        complaints.doubt(message, place, "names are separated by ' and '")
    return tuple(people), more


LONGEST, LONGEST_OF_ALL = 1000, 20_000
"""How long a name is that is looked at closely, and one that is looked at."""
MOST = 20_000
"""How many names a field may have; the longest lists of authors have some 15 000."""


def _doubt_name(
    typed: str, bare: str, parts: NameParts, turned: bool, place: int, complaints: Complaints
) -> None:
    """Note a name that was read otherwise than BibTeX would."""
    if turned:
        message, hint = (
            f"'{bare}' has its family name first",
            f"write {f'{parts.prefix} {parts.family}'.strip()}, {parts.given}",
        )
    elif parts.suffix and parts.suffix not in bare.split(",")[1:2] and "," not in bare:
        message, hint = (
            f"'{bare}' ends in a suffix",
            f"write {parts.family}, {parts.suffix}, {parts.given}",
        )
    elif re.search(r"\b0\d{3}\b", typed) and not re.search(r"\b0\d{3}\b", bare):
        message, hint = f"'{typed}' has DBLP's number of a homonym", "leave the number out"
    elif re.search(r"(?i)\bPh\.?D|\b(?:Dr|Prof|MD|MSc)\b", typed) and bare != typed.strip():
        message, hint = f"'{typed}' has a title or degree", "leave it out"
    elif re.fullmatch(r"[A-Z]{1,3}", parts.family) and re.search("[a-z]", parts.given):
        message, hint = f"'{bare}' has a family name of capitals only", "write Family, Given"
    elif re.search(r"[;&]|\\&|\d", re.sub(r"\{[^{}]*\}", "", bare)):
        message, hint = f"'{bare}' is hardly one name", "names are separated by ' and '"
    else:
        return
    complaints.doubt(message, place, hint)


def _are_two(bare: str, name: Name) -> bool:
    """Tell whether `Given Family, Given Family` is more likely two names than one."""
    family, comma, given = bare.partition(",")
    full = [part.split() for part in (family, given)]
    return bool(comma) and all(
        len(part) == 2 and all(re.fullmatch(r"[A-Z][a-z]+", word) for word in part) for part in full
    )


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
    marks |= {OTHER_SIGNS[sign[-1]] for sign in _OTHER.findall(name)}
    bare = _OTHER.sub("", _MARKED.sub("", name))
    return re.sub(r"\s+(?=,|$)", "", bare).strip(), frozenset(marks)


def read_annotations(entry: Entry, field: str) -> dict[int, frozenset[str]]:
    """Return what biblatex's data annotations say of each item, counted from 1 (0: of all).

    The grammar is `1=me, equal; 2:family=student` (biblatex manual, §3.7), also in
    named annotations (`author+an:role`).
    """
    found: dict[int, frozenset[str]] = {}
    for name, value in entry.fields.items():
        if not re.fullmatch(rf"{field}\+an(:[\w-]+)?", name):
            continue
        for part in value.split(";"):
            match = _ANNOTATION.fullmatch(part)
            if match:
                words = (word.strip().strip('"') for word in match[2].split(","))
                item = int(match[1][:6] or 0)
                found[item] = found.get(item, frozenset()) | frozenset(w for w in words if w)
    return found


def literal_name(name: str) -> Name:
    """Return a name typed as text (`Ada Lovelace`, `Lovelace, Ada`, `A. Lovelace*`)."""
    bare, marks = _strip_signs(name)
    parts, _ = parse(undressed(bare))
    given, prefix, family, suffix = (Rich(part) for part in parts)
    return Name(given=given, prefix=prefix, family=family, suffix=suffix, marks=marks)
