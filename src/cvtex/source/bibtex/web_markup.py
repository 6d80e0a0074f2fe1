"""HTML in a `.bib` field, as Crossref, ORCID and Mendeley export it, as TeX.

Only what is HTML beyond doubt is taken for it: entities that end in `;`, and tags of the
names below. All of it is linear in the length of the field.
"""

from __future__ import annotations

import re

from cvtex.source.bibtex.escape import escape
from cvtex.source.bibtex.words import words

KEPT = {
    "i": "textit",
    "em": "textit",
    "italic": "textit",
    "jats:italic": "textit",
    "b": "textbf",
    "strong": "textbf",
    "bold": "textbf",
    "jats:bold": "textbf",
    "sub": "textsubscript",
    "inf": "textsubscript",
    "jats:sub": "textsubscript",
    "sup": "textsuperscript",
    "jats:sup": "textsuperscript",
    "scp": "textsc",
    "sc": "textsc",
    "jats:sc": "textsc",
    "tt": "texttt",
    "code": "texttt",
    "jats:monospace": "texttt",
    "u": "underline",
}
"""Tags that mean a look, and the command for it."""

DROPPED = frozenset(
    words(
        """p span div br a font small big title h1 h2 h3 h4 li ul ol q cite nobr wbr
    jats:p jats:title jats:sec jats:inline-formula jats:tex-math inline-formula tex-math
    math mml:math mml:mi mml:mn mml:mo mml:mrow mml:msub mml:msup mml:msubsup mml:mtext
    mml:mspace mml:mstyle mml:mover mml:munder mml:mfrac mml:msqrt mml:semantics
    mi mn mo mrow msub msup msubsup mtext mspace mstyle mover munder mfrac msqrt"""
    )
)
"""Tags that say nothing here, and whose text stays."""

DEPTH = 16
"""How deep tags may nest; deeper ones are dropped."""


def _sign(name: str, character: str) -> str:
    """Return the pattern of a sign and of what exporters make of it."""
    command = rf"\\text{name}(?:\{{\}}|\s|(?![A-Za-z]))"
    maths = rf"\$\s*(?:\\{name}|{character})\s*\$"
    return rf"(?:{maths}|\{{\\text{name}\s*\}}|{command}|\\{name}\b|{character})"


_SIGNS, _ENDS = _sign("less", "<"), _sign("greater", ">")
_NAMES = "|".join(sorted(map(re.escape, {*KEPT, *DROPPED}), key=len, reverse=True))
_TAG = re.compile(
    rf"{_SIGNS}(/?)({_NAMES})(?:\s+[a-z:-]+=[^<>${{}}]{{0,300}})?\s?/?{_ENDS}", re.IGNORECASE
)
_ENTITY = re.compile(
    r"(?:\{\\&\}|\\&|&)(?:(?:\\#|\{\\#\}|#)(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}))|([A-Za-z][A-Za-z0-9]{1,30}));"
)
_BRACE = re.compile(r"[{}]")
_SPACES = {"\u00a0": "~", "\u2003": " ", "\u2002": " ", "\n": " ", "\u200b": ""}


def has_markup(field: str) -> bool:
    """Tell whether a field holds HTML."""
    if not re.search(r"[&<]|\\less|\\textless", field):
        return False
    return bool(_TAG.search(field) or (";" in field and _ENTITY.search(field)))


def as_tex(field: str) -> str:
    """Return a field with its HTML as TeX: `&amp;` as `\\&`, `<i>x</i>` as `\\textit{x}`.

    A field without HTML is returned as it is. A tag without its partner is dropped.
    """
    if not re.search(r"[&<]|\\less|\\textless", field):
        return field
    if ";" in field:
        for _ in range(2):  # `&amp;lt;` has been encoded twice
            field = _ENTITY.sub(_entity, field)
    return _tags(field)


def _entity(found: re.Match[str]) -> str:
    """Return an entity's character as TeX; what is none stays."""
    decimal, hexadecimal, name = found.groups()
    if name:
        from html.entities import html5

        character = html5.get(f"{name};", "")
    else:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        fits = 32 <= number < 0x110000 and not 0xD800 <= number < 0xE000
        character = chr(number) if fits else ""
    if not character:
        return found[0]
    if character in "<>&":  # they may be half of a tag, or of an entity
        return {"<": "<", ">": ">", "&": "\\&"}[character]
    return _SPACES.get(character) or escape(character)


def _tags(field: str) -> str:
    """Return a field with its tags as commands."""
    tags = list(_TAG.finditer(field))
    if not tags:
        return field
    put = {index: _plain(tag) for index, tag in enumerate(tags)}
    opened: list[tuple[int, str, int]] = []  # which tag, its name, how deep in braces
    lowest: list[int] = []  # how shallow it got within each of them
    depth, position = 0, 0
    for index, tag in enumerate(tags):
        for brace in _BRACE.finditer(field, position, tag.start()):
            depth += 1 if brace[0] == "{" else -1
            if brace[0] == "}" and lowest:
                lowest[-1] = min(lowest[-1], depth)
        position = tag.end()
        name = tag[2].lower()
        if name not in KEPT or tag[0].rstrip("> }$").endswith("/"):
            continue
        if not tag[1]:
            if len(opened) < DEPTH:
                opened.append((index, name, depth))
                lowest.append(depth)
        elif opened and opened[-1][1] == name:
            first, _, before = opened.pop()
            low = lowest.pop()
            if low >= before == depth:
                put[first], put[index] = f"\\{KEPT[name]}{{", "}"
            if lowest:
                lowest[-1] = min(lowest[-1], low)
    parts, position = [], 0
    for index, tag in enumerate(tags):
        parts += [field[position : tag.start()], put[index]]
        position = tag.end()
    return "".join((*parts, field[position:]))


def _plain(tag: re.Match[str]) -> str:
    """Return what stands for a tag that is dropped: a line's or paragraph's end is a space."""
    return " " if tag[2].lower() in ("br", "p", "jats:p", "div", "li") else ""
