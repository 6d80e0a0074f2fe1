r"""A LaTeX document as a row of calls, environments and text, with the places of all of them.

Groups are balanced, comments and definitions known; `\input` is followed within the folder.
Nothing is expanded but what the document itself defines, and nothing is run.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cvtex.diagnostics import CvtexError, Source, error
from cvtex.import_.ledger import Entry, Ledger
from cvtex.source.syntax.nodes import Scalar

DEPTH = 50
LARGEST = 1_000_000
"""Characters that a document may have, with all that it inputs."""

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_INPUT = re.compile(r"\\(?:input|include)\s*\{([^{}]+)\}")
_NAME = re.compile(r"\\([A-Za-z@]+)\*?|\\(.)", re.DOTALL)
_DEFINED = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\s*\\([A-Za-z@]+)\s*\}?\s*(?:\[(\d)\])?\s*(\[[^\]]*\])?\s*(?=\{)"
    r"|\\(?:providecommand)\*?\s*\{?\s*\\([A-Za-z@]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z@]+)\s*((?:#\d)*)\s*(?=\{)"
)


@dataclass(slots=True)
class Value:
    """An argument, or text that stands between: TeX, and where it begins."""

    tex: str
    source: Source
    path: str
    ledger: Ledger
    scalar: Scalar = field(init=False)

    def __post_init__(self) -> None:
        self.scalar = Scalar(self.tex.strip(), self.source, '"')
        if re.search(r"\w", self.tex):
            self.ledger.everything.append((self.path, self.scalar))

    def __bool__(self) -> bool:
        return bool(self.tex.strip())

    def take(self) -> str:
        """Take the TeX."""
        self.ledger.taken[id(self.scalar)] = self.scalar
        return self.tex.strip()

    def divide(self) -> str:
        """Take the TeX to be accounted for piece by piece."""
        everything = self.ledger.everything
        everything[:] = [one for one in everything if one[1] is not self.scalar]
        return self.take()

    def became(self, what: str) -> str:
        """Take the TeX, which has its place in another form."""
        self.ledger.note(self.path, self.scalar, what)
        return self.take()

    def lose(self, why: str) -> None:
        """List it as lost, for a reason."""
        if self and id(self.scalar) not in self.ledger.taken:
            self.ledger.taken[id(self.scalar)] = self.scalar
            self.ledger.lost.append(Entry(self.path, self.scalar.text, self.source, why))


@dataclass(slots=True)
class Call:
    r"""What stands in the text: a command with its arguments (optional ones by themselves),
    `begin` or `end` of an environment with its name, or plain `text`."""

    kind: str
    name: str
    args: list[Value] = field(default_factory=list)
    options: list[Value] = field(default_factory=list)
    source: Source = field(default_factory=lambda: Source(""))

    def arg(self, number: int) -> Value:
        return self.args[number]


class Document:
    """A document with all that it inputs, as one text without comments."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self.starts: list[int] = []
        self.places: list[tuple[str, int]] = []
        parts: list[str] = []
        self._read(path, parts, 0)
        self.text = "".join(parts)
        self.definitions = definitions(self.text)
        head, begin, _ = self.text.partition(r"\begin{document}")
        self.body_start = len(head) + len(begin) if begin else 0
        end = self.text.find(r"\end{document}", self.body_start)
        self.body_end = end if end >= 0 else len(self.text)

    def _read(self, path: Path, parts: list[str], depth: int) -> None:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as failure:
            raise CvtexError(
                [error(f"cannot read it: {failure.strerror}", Source(path.name))]
            ) from None
        if depth > DEPTH or sum(map(len, parts)) + len(text) > LARGEST:
            raise CvtexError(
                [error("the document is too large, or inputs itself", Source(path.name))]
            )
        text = _COMMENT.sub(lambda m: m[1], text.replace("\r\n", "\n"))
        done = 0
        for match in _INPUT.finditer(text):
            self._add(path.name, text, done, match.start(), parts)
            inner = self.folder / match[1].strip()
            inner = inner if inner.suffix else inner.with_suffix(".tex")
            try:
                inside = inner.resolve().is_relative_to(self.folder.resolve())
            except OSError:
                inside = False
            if inside and inner.is_file():
                self._read(inner, parts, depth + 1)
            done = match.end()
        self._add(path.name, text, done, len(text), parts)

    def _add(self, file: str, text: str, start: int, end: int, parts: list[str]) -> None:
        offset = sum(map(len, parts))
        line = text.count("\n", 0, start) + 1
        for piece in text[start:end].splitlines(keepends=True):
            self.starts.append(offset)
            self.places.append((file, line))
            parts.append(piece)
            offset += len(piece)
            line += piece.endswith("\n")

    def place(self, offset: int) -> Source:
        """Return the file, line and column of a character."""
        row = bisect.bisect_right(self.starts, offset) - 1
        if row < 0:
            return Source("")
        file, line = self.places[row]
        return Source(file, line, offset - self.starts[row] + 1)

    def offset(self, source: Source) -> int:
        """Return the place in the whole text of a line and column."""
        row = self.places.index((source.file, source.line))
        return self.starts[row] + source.column - 1

    def calls(
        self, signatures: Mapping[str, str], ledger: Ledger, start: int, end: int
    ) -> Iterator[Call]:
        r"""Yield what stands between two places, in order.

        `signatures` say which commands have which arguments: `o` an optional one, `m` one in
        braces, `s` a star. Of other commands only the arguments are seen, as text.
        """
        at = text_from = start
        while at < end:
            character = self.text[at]
            if character != "\\":
                at += 1
                continue
            match = _NAME.match(self.text, at)
            name = (match[1] or match[2]) if match else ""
            following = match.end() if match else at + 1
            if name in ("begin", "end") or name in signatures:
                yield from self._text(text_from, at, ledger)
                if name in ("begin", "end"):
                    call, at = self._environment(name, following, signatures, ledger)
                else:
                    call, at = self._command(name, at, following, signatures[name], ledger)
                yield call
                text_from = at
            else:
                at = following
        yield from self._text(text_from, end, ledger)

    def _text(self, start: int, end: int, ledger: Ledger) -> Iterator[Call]:
        text = self.text[start:end]
        if text.strip():
            begin = start + len(text) - len(text.lstrip())
            place = self.place(begin)
            yield Call("text", "", [Value(text, place, "text", ledger)], source=place)

    def _environment(
        self, kind: str, at: int, signatures: Mapping[str, str], ledger: Ledger
    ) -> tuple[Call, int]:
        start, end = group(self.text, at)
        name = self.text[start:end].strip()
        place = self.place(at)
        call = Call(kind, name, source=place)
        at = end + 1
        if kind == "begin":
            inner, at = self._command(name, at, at, signatures.get(f"begin {name}", ""), ledger)
            call.args, call.options = inner.args, inner.options
        return call, at

    def _command(
        self, name: str, start: int, at: int, signature: str, ledger: Ledger
    ) -> tuple[Call, int]:
        place = self.place(start)
        call = Call("command", name, source=place)
        for number, kind in enumerate(signature):
            here = _space(self.text, at)
            path = rf"\{name}[{len(call.args) + 1}]"
            if kind == "o":
                begin = end = at
                if self.text[here : here + 1] == "[":
                    begin, end = here + 1, _bracket(self.text, here)
                    at = end + 1
                call.options.append(Value(self.text[begin:end], self.place(begin), path, ledger))
            elif self.text[here : here + 1] == "{":
                begin, end = group(self.text, here)
                at = end + 1
                call.args.append(Value(self.text[begin:end], self.place(begin), path, ledger))
            else:
                call.args.append(Value("", place, f"{path}.{number}", ledger))
        return call, at


def definitions(text: str) -> dict[str, tuple[int, str]]:
    """Return the commands that a document defines: how many arguments each has, and its body."""
    found = {}
    for match in _DEFINED.finditer(text):
        name = match[1] or match[4] or match[6]
        count = int(match[2] or match[5] or len(match[7] or "") // 2)
        start, end = group(text, match.end())
        if not match[3]:  # with a default argument it is left alone
            found[name] = (count, text[start:end])
    return found


def group(text: str, at: int) -> tuple[int, int]:
    """Return where the inside of the group that begins at the next brace starts and ends."""
    at = _space(text, at)
    if text[at : at + 1] != "{":
        return at, at
    depth, place = 0, at
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return at + 1, place
        place += 1
    return at + 1, len(text)


def _bracket(text: str, at: int) -> int:
    """Return where the bracket that opens at a place is closed."""
    depth, place = 0, at + 1
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        depth += (text[place] == "{") - (text[place] == "}")
        if text[place] == "]" and depth <= 0:
            return place
        place += 1
    return len(text)


def _space(text: str, at: int) -> int:
    """Return the next place that is no white space; a blank line ends the search for arguments."""
    lines = 0
    while at < len(text) and text[at].isspace():
        lines += text[at] == "\n"
        if lines > 2:
            return at
        at += 1
    return at
