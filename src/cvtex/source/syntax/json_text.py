"""JSON text -> nodes with positions (RFC 8259)."""

from __future__ import annotations

import re

from cvtex.diagnostics import Source
from cvtex.records import dataclass
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar, quoted

DEPTH = 64
BUDGET = 100_000
"""How many values a file may have."""
_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?[A-Za-z0-9_.+$-]+")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_RUN = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


class _Syntax(Exception):
    def __init__(self, at: int, message: str, hint: str | None = None) -> None:
        self.at, self.message, self.hint = at, message, hint


def read(text: str, file: str, problems: Problems) -> Node | None:
    """Return the tree of a JSON text, None (and an error) where it is not JSON.

    Surrogate pairs are joined as JSON means them. A key that stands twice in
    one object and nesting beyond 64 levels are errors.
    """
    scan = _Scan(text, file, problems)
    try:
        node = scan.value(scan.space(0), 0)
        at = scan.space(scan.at)
        if at < len(text):
            raise _Syntax(at, "something stands after the end of the JSON value")
    except _Syntax as stop:
        problems.error(stop.message, scan.place(min(stop.at, len(text.rstrip()))), stop.hint)
        return None
    return node


@dataclass(slots=True)
class _Scan:
    text: str
    file: str
    problems: Problems
    at: int = 0
    line: int = 1
    line_start: int = 0
    counted: int = 0
    size: int = 0

    def place(self, at: int, end: int = 0) -> Source:
        """Return line and column of an offset; offsets mostly rise, so counting is cheap."""
        if at < self.counted:
            self.line, self.line_start, self.counted = 1, 0, 0
        new = self.text.count("\n", self.counted, at)
        if new:
            self.line += new
            self.line_start = self.text.rfind("\n", self.counted, at) + 1
        self.counted = at
        last = self.line + self.text.count("\n", at, end) if end else 0
        return Source(
            self.file, self.line, at - self.line_start + 1, last if last > self.line else 0
        )

    def space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, depth: int) -> Node:
        if depth > DEPTH:
            raise _Syntax(at, f"nested deeper than {DEPTH} levels")
        self.size += 1
        if self.size > BUDGET:
            raise _Syntax(at, f"this file has more than {BUDGET:,} values, and is not read further")
        first = self.text[at : at + 1]
        if first == "{":
            return self.object(at, depth)
        if first == "[":
            return self.array(at, depth)
        if first == '"':
            return self.string(at)
        return self.word(at)

    def word(self, at: int) -> Scalar:
        match = _WORD.match(self.text, at)
        word = match[0] if match else ""
        self.at = at + len(word)
        if word in ("null", "true", "false") or _NUMBER.fullmatch(word):
            return Scalar(word, self.place(at), "", raw=word)
        if not self.text[at:]:
            raise _Syntax(at, "the file ends before the JSON value is complete")
        if self.text[at] == "'":
            raise _Syntax(at, "a string in single quotes", "JSON's strings stand in double quotes")
        self.no_comment(at)
        if self.text[at] in "]}":
            raise _Syntax(
                at, f'a value is missing before "{self.text[at]}"', "take away the comma before it"
            )
        shown = quoted(word or self.text[at], Source(""))
        raise _Syntax(
            at,
            f"{shown} is no JSON value",
            "a text stands in double quotes" if word else None,
        )

    def no_comment(self, at: int) -> None:
        if self.text.startswith(("//", "/*", "#"), at):
            raise _Syntax(at, "a comment", "JSON has no comments; a YAML file may have them")

    def string(self, at: int) -> Scalar:
        parts: list[str] = []
        position = at + 1
        while True:
            match = _RUN.match(self.text, position)
            assert match  # the pattern matches nothing as well
            parts.append(match[0])
            position = match.end()
            character = self.text[position : position + 1]
            if character == '"':
                break
            if character == "\\":
                position = self.escape(position, parts)
            elif character in ("", "\n"):
                raise _Syntax(
                    at,
                    "a string is not closed on its line",
                    'end it with ", and write a line break as \\n',
                )
            elif character == "\t":
                parts.append(character)
                position += 1
            else:
                raise _Syntax(position, f"a control character (U+{ord(character):04X}) in a string")
        self.at = position + 1
        return Scalar("".join(parts), self.place(at), '"', raw=self.text[at : self.at])

    def escape(self, at: int, parts: list[str]) -> int:
        letter = self.text[at + 1 : at + 2]
        if letter in _ESCAPES and letter:
            parts.append(_ESCAPES[letter])
            return at + 2
        code = self.unit(at)
        if code is None:
            raise _Syntax(
                at, f"\\{letter} is no escape of JSON", "a backslash itself is written \\\\"
            )
        if 0xD800 <= code < 0xDC00:
            low = self.unit(at + 6)
            if low is not None and 0xDC00 <= low < 0xE000:
                parts.append(chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)))
                return at + 12
        parts.append(chr(code))
        return at + 6

    def unit(self, at: int) -> int | None:
        """Return the code unit of a `\\uXXXX` at the offset."""
        match = re.compile(r"\\u([0-9A-Fa-f]{4})").match(self.text, at)
        return int(match[1], 16) if match else None

    def array(self, at: int, depth: int) -> List:
        items: list[Node] = []
        position = self.space(at + 1)
        if self.text[position : position + 1] == "]":
            self.at = position + 1
            return List((), self.place(at), flow=False)
        start = self.place(at)
        while True:
            items.append(self.value(position, depth + 1))
            position = self.after(at, "]")
            if position < 0:
                break
        return List(tuple(items), self.ended(start), flow=False)

    def object(self, at: int, depth: int) -> Map:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        start = self.place(at)
        position = self.space(at + 1)
        if self.text[position : position + 1] == "}":
            self.at = position + 1
            return Map({}, start)
        while True:
            if self.text[position : position + 1] != '"':
                self.no_comment(position)
                raise _Syntax(
                    position,
                    "a key in double quotes is missing here",
                    "JSON's strings stand in double quotes" if position < len(self.text) else None,
                )
            key = self.string(position)
            position = self.space(self.at)
            if self.text[position : position + 1] != ":":
                raise _Syntax(position, f"a colon is missing after the key {_shown(key)}")
            value = self.value(self.space(position + 1), depth + 1)
            if key.text in pairs:
                first = pairs[key.text][0].source.line
                self.problems.warning(
                    f"the key {_shown(key)} stands twice",
                    key.source,
                    f"it is already on line {first}; the last one counts, as other tools have it",
                )
            pairs[key.text] = (key, value)
            position = self.after(at, "}")
            if position < 0:
                break
        return Map(pairs, self.ended(start))

    def after(self, opened: int, close: str) -> int:
        """Return where the next item begins, -1 after the closing bracket."""
        position = self.space(self.at)
        character = self.text[position : position + 1]
        if character == close:
            self.at = position + 1
            return -1
        if character == ",":
            position = self.space(position + 1)
            if self.text[position : position + 1] == close:
                raise _Syntax(position, f'a comma before "{close}"', "take the comma away")
            return position
        if not character:
            raise _Syntax(opened, f'"{self.text[opened]}" is never closed by "{close}"')
        self.no_comment(position)
        raise _Syntax(position, f'a comma or "{close}" is missing here')

    def ended(self, start: Source) -> Source:
        last = self.place(self.at - 1).line
        return Source(start.file, start.line, start.column, last if last > start.line else 0)


def _shown(key: Scalar) -> str:
    return quoted(key.text, key.source)
