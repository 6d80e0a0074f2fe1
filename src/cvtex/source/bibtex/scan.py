"""One BibTeX block: a key and its fields, by the grammar of BibTeX 0.99d.

bibtexparser finds where blocks stand; this reads what is in one. It follows
BibTeX's own scanner (`bibtex.web`, "Reading the database file"): a value is
strings, numbers and macros joined by `#`; braces count even after a backslash;
a `"` ends a quoted string only outside braces. Where BibTeX would skip the rest
of an entry, it complains and reads on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cvtex.records import dataclass, field
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.journals import ABBREVIATIONS

HEAD = re.compile(r"@\s*([^\s\"#%'(),={}@]+)\s*([{(])")
"""A block's start: its type and its opening delimiter."""

NEXT_BLOCK = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][^\s\"#%'(),={}@]*\s*[{(]", re.MULTILINE)
"""Where reading goes on after a block that is never closed."""

STRAY = re.compile(
    NEXT_BLOCK.pattern + r"|(?<!\w)@\s*[A-Za-z][^\s\"#%'(),={}@]*\s*[{(]\s*[^\s,{}()=\"]+\s*,",
    re.MULTILINE,
)
"""A block that bibtexparser's splitter overlooks: `@`, its type or `{` on another line."""

_IDENTIFIER = re.compile(r"[^\s\"#%'(),={}0-9][^\s\"#%'(),={}]*")
_MACRO = re.compile(r"[^\s\"#%'(),={}]+")
_SPACE = re.compile(r"\s*")
_SPACE_OR_COMMENT = re.compile(r"(?:\s+|%[^\n]*)*")
_KEY = {"{": re.compile(r"[^,}\n]*"), "(": re.compile(r"[^,\n]*?(?=[,\n]|\)\s*$)", re.MULTILINE)}
_MARK = re.compile(r'[{}"]')
_FIELD_AHEAD = re.compile(r"\s*[^\s\"#%'(),={}0-9][^\s\"#%'(),={}]*\s*=")
_WHITE = re.compile(r"[ \t\n\r\f\v]+")
_SIMPLE = re.compile(
    r"\s*([A-Za-z][\w+-]*)\s*=\s*"
    r"(?:\{((?:[^{}]++|\{[^{}]*+\})*+)\}|\"((?:[^{}\"]++|\{[^{}]*+\})*+)\"|(\d+))\s*,"
)
"""Nearly every field of nearly every file, whole: `name = {value},`"""

LONGEST, MOST = 1_000_000, 64_000_000
"""How many characters a value, and all values of a file, may have once they are joined."""

Piece = tuple[str, str, int]
"""A part of a value: `text` or `macro`, what stands there, and its offset."""


class Value(NamedTuple):
    """A field's value as typed: the pieces that `#` joins, and where it starts."""

    pieces: tuple[Piece, ...]
    offset: int


@dataclass(slots=True)
class Block:
    """An entry (`fields` by lower-case name, first of each), or a `@string`."""

    type: str
    key: str
    start: int
    end: int
    fields: dict[str, Value] = field(default_factory=dict)


def read_block(text: str, start: int, complaints: Complaints) -> Block | None:
    """Read the entry or `@string` whose `@` stands at `start`; None if there is none.

    `Block.end` is the offset behind it.
    """
    head = HEAD.match(text, start)
    if not head:
        return None
    kind, opening = head[1].lower(), head[2]
    closing = "}" if opening == "{" else ")"
    block = Block(kind, "", start, head.end())
    position = head.end()
    if kind != "string":
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        key = _KEY[opening].match(text, position)
        typed = key[0].strip() if key else ""
        if without := re.match(r"([^\s=]+)\s+[^\s=]+\s*=", typed):
            block.key = without[1]
            position += len(block.key)
            complaints.warning("a comma is missing after the key", position)
        elif "=" in typed:
            complaints.warning("the entry has no key", start, f"write @{kind}{opening}key, …")
        else:
            block.key = typed
            position += len(key[0]) if key else 0
            position = _SPACE_OR_COMMENT.match(text, position).end()  # type: ignore[union-attr]
            if text[position : position + 1] == ",":
                position += 1
            elif text[position : position + 1] != closing:
                complaints.warning("a comma is missing after the key", position)
    block.end = _fields(text, position, closing, block, complaints)
    return block


def _fields(text: str, position: int, closing: str, block: Block, complaints: Complaints) -> int:
    """Read `name = value` until the closing delimiter; return the offset behind it."""
    while True:
        if simple := _SIMPLE.match(text, position):
            label, group = simple[1].lower(), simple.lastindex or 0
            if label not in block.fields:
                piece = ("text", simple[group], simple.start(group))
                # a value starts at its brace or quotation mark
                start = piece[2] - (group < 4)
                block.fields[label] = Value((piece,), start)
                position = simple.end()
                continue
        position = _SPACE_OR_COMMENT.match(text, position).end()  # type: ignore[union-attr]
        character = text[position : position + 1]
        if character == closing:
            return position + 1
        if character == ",":
            complaints.warning("there is a comma too many", position)
            position += 1
            continue
        name = _IDENTIFIER.match(text, position)
        equals = _SPACE.match(text, name.end()).end() if name else position  # type: ignore[union-attr]
        if not name or text[equals : equals + 1] != "=":
            return _lost(text, position, block, complaints)
        value, position, closed = _value(text, equals + 1, complaints)
        label = name[0].lower()
        if label in block.fields:
            complaints.warning(f"the field {label} is given twice; the first is used", name.start())
        else:
            block.fields[label] = value
        if not closed:
            return position
        position = _SPACE_OR_COMMENT.match(text, position).end()  # type: ignore[union-attr]
        character = text[position : position + 1]
        if character == ",":
            position += 1
        elif character != closing:
            if not _FIELD_AHEAD.match(text, position):
                return _lost(text, position, block, complaints)
            behind = position
            while text[behind - 1].isspace():
                behind -= 1
            complaints.warning(f"a comma is missing after the field {label}", behind)


def _lost(text: str, position: int, block: Block, complaints: Complaints) -> int:
    """Complain about what is no field, and return where the next block starts."""
    if position >= len(text):
        complaints.warning(
            f"the entry {block.key} is never closed", block.start, "add the closing brace"
        )
        return len(text)
    found = text[position : position + 20].split("\n")[0]
    follower = NEXT_BLOCK.match(text, text.rfind("\n", 0, position) + 1)
    if follower and text[position] == "@":
        complaints.warning(
            f"the entry {block.key} is not closed before the next one",
            block.start,
            "add the closing brace",
        )
        return position
    complaints.error(f"a field is expected here, not '{found}'", position, "write name = {value},")
    return _resume(text, position)


def _resume(text: str, position: int) -> int:
    follower = NEXT_BLOCK.search(text, position)
    return follower.start() if follower else len(text)


def _value(text: str, position: int, complaints: Complaints) -> tuple[Value, int, bool]:
    """Read a value; return it, the offset behind it, and whether it was closed."""
    pieces: list[Piece] = []
    first = _SPACE.match(text, position).end()  # type: ignore[union-attr]
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        character = text[position : position + 1]
        if character in ("{", '"') and character:
            end = _string_end(text, position, complaints)
            if end < 0:
                named = "brace" if character == "{" else "quotation mark"
                complaints.error(f"this {named} is never closed", position)
                return Value(tuple(pieces), first), _resume(text, position), False
            pieces.append(("text", text[position + 1 : end], position + 1))
            position = end + 1
        elif macro := _MACRO.match(text, position):
            kind = "text" if macro[0].isdecimal() else "macro"
            pieces.append((kind, macro[0], position))
            position = macro.end()
        else:
            complaints.error("a value is expected here", position, "write name = {value},")
            return Value(tuple(pieces), first), position, True
        after = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        if text[after : after + 1] != "#":
            return Value(tuple(pieces), first), position, True
        position = after + 1


def _string_end(text: str, start: int, complaints: Complaints) -> int:
    """Return the offset of what closes the string that opens at `start`, -1 for none.

    A line that starts a new block while braces are open would swallow the rest of
    the file, so a string that is never closed in the file is not closed at all.
    """
    partners = complaints.braces()
    if text[start] == "{":
        return partners.get(start, -1)
    position = start + 1
    while mark := _MARK.search(text, position):
        if mark[0] != "{":
            return mark.start() if mark[0] == '"' else -1
        position = partners.get(mark.start(), -1) + 1
        if not position:
            return -1
    return -1


def join(
    value: Value, macros: dict[str, str], complaints: Complaints, compress: bool = True
) -> str:
    """Return a value's text: pieces joined, macros put in, white space made one space.

    An undefined macro counts as nothing, as in BibTeX, with a complaint; but one that is
    the whole value stands for itself. What is longer than `LONGEST`, or would make the
    file's values longer than `MOST` together, is an error and counts as nothing.
    """
    parts = []
    for kind, content, offset in value.pieces:
        if kind == "text":
            parts.append(content)
        elif content.lower() in macros:
            parts.append(macros[content.lower()])
        elif len(value.pieces) == 1 and content.lower() in ABBREVIATIONS:
            parts.append(ABBREVIATIONS[content.lower()])
        else:
            alone = len(value.pieces) == 1 and any(map(str.isalpha, content))
            parts.append(content if alone else "")
            complaints.warning(
                f"the abbreviation '{content}' is not defined" + ("; its name is set" * alone),
                offset,
                f'put text in braces: {{{content}}}, or define it: @string{{{content} = "…"}}',
            )
    length = sum(map(len, parts))
    complaints.expanded += length
    if length > LONGEST or complaints.expanded > MOST:
        if complaints.expanded - length <= MOST:
            what = "this value has" if length > LONGEST else "the values so far have"
            complaints.error(
                f"{what} {min(length, complaints.expanded):,} characters once its parts are joined",
                value.offset,
                f"a value may have {LONGEST:,}, those of a file {MOST:,}",
            )
        return ""
    joined = parts[0] if len(parts) == 1 else "".join(parts)
    if not compress:
        return joined
    if "\n" in joined or "  " in joined or "\t" in joined:
        joined = _WHITE.sub(" ", joined)
    return joined.strip(" ")
