"""TeX of a CV as CommonMark, with its paragraphs and lists, or as a literal name.

A text with a command that nobody knows is kept as TeX (`!tex`); the account says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cvtex.import_.latex.document import Definitions, group
from cvtex.import_.latex.scan import LISTS, Value
from cvtex.import_.latex.text import Reader, address_of, escaped, plain_text
from cvtex.latex import markup
from cvtex.model import Prose as Text
from cvtex.source.syntax.yaml_writer import Raw

_LIST = re.compile(r"\\begin\s*\{(" + "|".join(LISTS) + r")\}(?:\s*\[[^\]]*\])*")
_ITEM = re.compile(r"\\item(?![A-Za-z])")
_PARAGRAPH = re.compile(
    r"\n[ \t]*\n|\\(?:newline|linebreak|par)(?![A-Za-z])(?:\{\})?|\\\\\*?(?:\[[^\]]*\])?"
)
_PLACING = re.compile(
    r"\\(?:begin|end)\s*\{(?:center|quote|quotation|flushleft|flushright|small|footnotesize|"
    r"justify|cvparagraph|fullwidth)\}"
)
"""Environments that only say where their text stands."""


class Paragraph(str):
    """A paragraph in CommonMark, which knows the TeX that it was read from."""

    __slots__ = ("tex",)
    tex: str

    def __new__(cls, text: str, tex: str) -> Paragraph:
        prose = super().__new__(cls, text)
        prose.tex = tex
        return prose


def joined(parts: Sequence[str], by: str = "\n\n") -> str:
    """Return the parts of one text: all of them as TeX where one is kept as TeX."""
    parts = [part for part in parts if part]
    tex = by.join(getattr(part, "tex", part) for part in parts)
    is_raw = any(isinstance(part, Raw) for part in parts)
    return Raw(tex) if is_raw else Paragraph(by.join(parts), tex)


@dataclass(slots=True)
class Prose:
    """A text in CommonMark: its paragraphs, its list (each with those below it), what was not
    understood, what was left out. `blocks` has paragraphs and lists (numbered or not, and their
    items) in order."""

    paragraphs: list[str] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)

    @property
    def row(self) -> str:
        """All of it in one row."""
        return joined([*self.paragraphs, *map(bullet, self.items)], "; ")


def bullet(item: Any) -> str:
    """Return a bullet as one text; those below it follow."""
    if isinstance(item, str):
        return item
    below = joined([bullet(inner) for inner in item["highlights"]], "; ")
    return joined([item["text"], below], ": ")


def plain(value: Value, definitions: Definitions) -> str:
    """Take a value as literal text, without marks."""
    text, missing = plain_text(value.take(), definitions)
    if without := [*missing["unknown"], *missing["dropped"]]:
        value.ledger.note(value.path, value.scalar, f"without {_names(without)}")
    return text


def address(value: Value, definitions: Definitions) -> tuple[str, str]:
    r"""Take a name that may be an `\href`, as its text and its address."""
    match = re.match(r"\s*\\href\s*(?=\{)", value.tex)
    if not match:
        return plain(value, definitions), ""
    start, end = group(value.tex, match.end())
    return plain(value, definitions), address_of(value.tex[start:end])


def prose(value: Value, definitions: Definitions) -> Prose:
    """Take a value as CommonMark: paragraphs and bullets."""
    found = pieces(value.take(), definitions)
    if found.unknown:
        what = f"kept as TeX, for {_names(found.unknown)} is not understood"
        value.ledger.note(value.path, value.scalar, what)
    elif found.dropped:
        value.ledger.note(value.path, value.scalar, f"without {_names(found.dropped)}")
    return found


def _names(commands: Sequence[str]) -> str:
    return ", ".join(f"\\{name}" for name in dict.fromkeys(commands))


def pieces(tex: str, definitions: Definitions) -> Prose:
    r"""Return paragraphs and bullets of TeX; a piece with what nobody knows stays TeX.

    An `\item` that stands in no list, as between a command for its begin and one for its end,
    is a bullet.
    """
    found = Prose()
    rest = _PLACING.sub("\n\n", tex)
    while match := _LIST.search(rest):
        _say(rest[: match.start()], found, definitions)
        inside, rest = _environment(rest, match[1], match.end())
        _list(inside, match[1] == "enumerate", found, definitions)
    _say(rest, found, definitions)
    return found


def _say(tex: str, found: Prose, definitions: Definitions) -> None:
    if item := _ITEM.search(tex):
        _say(tex[: item.start()], found, definitions)
        _list(tex[item.start() :], False, found, definitions)
        return
    for part in _PARAGRAPH.split(tex):
        reader = Reader(definitions)
        text = " ".join(reader.read(part).split())
        written = " ".join(part.split())
        found.dropped += reader.dropped
        if reader.unknown:
            found.unknown += reader.unknown
            found.paragraphs.append(Raw(written))
        elif text:
            found.paragraphs.append(Paragraph(_sound(text, part, definitions), written))
        if reader.unknown or text:
            found.blocks.append(found.paragraphs[-1])


def _sound(text: str, tex: str, definitions: Definitions) -> str:
    """Return a text whose marks CommonMark reads; where it does not, the text without marks."""
    if not re.search(r"[*`\[]", text):
        return text
    meant = plain_text(tex, definitions)[0]
    return text if markup.plain(Text(text)) == meant else escaped(meant)


def _list(inside: str, numbered: bool, found: Prose, definitions: Definitions) -> None:
    begun = len(found.items)
    for item in _items(inside):
        inner = pieces(item, definitions)
        found.unknown += inner.unknown
        found.dropped += inner.dropped
        text = joined(inner.paragraphs, "; ")
        if text or inner.items:
            found.items.append({"text": text, "highlights": inner.items} if inner.items else text)
    found.blocks.append((numbered, found.items[begun:]))


def _environment(tex: str, name: str, at: int) -> tuple[str, str]:
    """Return the inside of an environment, and what follows it."""
    depth = 1
    for match in re.finditer(rf"\\(begin|end)\s*\{{{name}\}}", tex[at:]):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return tex[at : at + match.start()], tex[at + match.end() :]
    return tex[at:], ""


def _items(inside: str) -> list[str]:
    r"""Return what stands after each `\item` of a list, not of those within it; a label of
    words is said before it, in bold letters."""
    rows = r"\\(begin|end)\s*\{[^{}]*\}|\\item(?![A-Za-z])\s*(?:\[([^\]]*)\])?"
    depth, items = 0, []
    for match in re.finditer(rows, inside):
        if match[1]:
            depth += 1 if match[1] == "begin" else -1
        elif not depth:
            items.append(match)
    ends = [*(item.start() for item in items[1:]), len(inside)]
    return [
        _label(item[2] or "") + _bare(inside[item.end() : end])
        for item, end in zip(items, ends, strict=False)
    ]


def _label(tex: str) -> str:
    words = re.sub(r"\\[A-Za-z]+", "", tex)
    return rf"\textbf{{{tex}}} " if re.search(r"\w", words) else ""


def _bare(item: str) -> str:
    """Return an item without the one pair of braces in which all of it stands."""
    item = item.strip()
    start, end = group(item, 0)
    return item[start:end] if start and end == len(item) - 1 else item
