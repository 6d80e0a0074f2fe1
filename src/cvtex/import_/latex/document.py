r"""A LaTeX document with all that it inputs, as one text without comments, and where it stands.

`\input` is followed within the folder. Nothing is run, and nothing is expanded but what the
document itself defines.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cvtex import disk
from cvtex.diagnostics import CvtexError, Source, error

DEPTH = 50
LARGEST = 1_000_000
"""Characters that a document may have, with all that it inputs."""

_SKIPPED = re.compile(
    r"(?P<kept>\\(?:url|href|nolinkurl|path)\s*\{[^{}\n]*\}|\\verb\*?(?P<sign>[^\w\s*]).*?(?P=sign)"
    r"|\\begin\{(?P<raw>verbatim|lstlisting)\}.*?\\end\{(?P=raw)\}|\\[^A-Za-z])"
    r"|%[^\n]*|\\begin\{comment\}.*?\\end\{comment\}|\\iffalse(?![A-Za-z]).*?\\fi(?![A-Za-z])",
    re.DOTALL,
)
"""Comments, and (as `kept`) where a percent sign begins none."""
_INPUT = re.compile(
    r"\\(?:input|include|subfile)\s*\{([^{}]+)\}|\\input\s+([\w./-]+)"
    r"|\\(?:sub)?import\*?\s*\{([^{}]*)\}\s*\{([^{}]+)\}"
)
_SIGNS = re.compile(r"\\.|[{}\]]", re.DOTALL)
_ENCODING = re.compile(r"\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}")
_CODECS = {"latin1": "cp1252", "latin9": "iso8859-15", "latin2": "iso8859-2", "ansinew": "cp1252",
           "cp1252": "cp1252", "cp1250": "cp1250", "applemac": "mac-roman",
           "koi8-r": "koi8-r", "cp1251": "cp1251"}  # fmt: skip
_DEFINED = re.compile(
    r"\\(?:(?:re)?new|provide)command\*?\s*\{?\s*\\(?P<name>[A-Za-z@]+)\s*\}?\s*(?:\[(?P<count>\d)\])?"
    r"\s*(?:\[(?P<default>[^\]]*)\])?\s*(?=\{)"
    r"|\\DeclareRobustCommand\*?\s*\{?\s*\\(?P<robust>[A-Za-z@]+)\s*\}?\s*(?:\[(?P<args>\d)\])?\s*(?=\{)"
    r"|\\def\s*\\(?P<def>[A-Za-z@]+)\s*(?P<marks>(?:#\d)*)\s*(?=\{)"
    r"|\\(?:New|Renew|Provide)DocumentCommand\s*\{?\s*\\(?P<document>[A-Za-z@]+)\s*\}?\s*"
    r"\{(?P<kinds>(?:[^{}]|\{[^{}]*\})*)\}\s*(?=\{)"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A command of the document's own: how many arguments it has, its body, and what the first
    argument is where it stands in brackets and is left out (None where it is a plain one)."""

    count: int
    body: str
    default: str | None = None

    def expanded(self, text: str, at: int) -> tuple[str, int]:
        """Return the body with the arguments that stand at a place, and where those end."""
        body = self.body
        for number in range(1, self.count + 1):
            here = space(text, at)
            if number == 1 and self.default is not None:
                value = self.default
                if text[here : here + 1] == "[":
                    end = bracket(text, here)
                    value, at = text[here + 1 : end], end + 1
            elif text[here : here + 1] == "{":
                start, end = group(text, here)
                value, at = text[start:end], end + 1
            else:  # one letter, or a command
                match = re.compile(r"\\[A-Za-z@]+|\\.|[^\s\\{}]").match(text, here)
                value, at = (match[0], match.end()) if match else ("", at)
            body = body.replace(f"#{number}", value)
        return body, at


Definitions = Mapping[str, Definition]


class Passage:
    """A text that has a place: a document, or what a command of its own stands for."""

    def __init__(self, text: str, definitions: Definitions, source: Source) -> None:
        self.text, self.definitions, self.source = text, definitions, source
        self.defining: Mapping[int, int] = {}

    def place(self, offset: int) -> Source:
        """Return the file, line and column of a character."""
        return self.source


class Document(Passage):
    """A document with all that it inputs. `missing` has the files that it names and that are
    not there, or not within its folder."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self.starts: list[int] = []
        self.places: list[tuple[str, int]] = []
        self.missing: list[tuple[str, Source]] = []
        self.codec = ""
        parts: list[str] = []
        self._read(path, parts, 0)
        text = "".join(parts)
        super().__init__(text, definitions(text), Source(path.name, 1))
        self.defining = {match.start(): group(text, match.end())[1] + 1 for match in defined(text)}
        head, begin, _ = text.partition(r"\begin{document}")
        self.body_start = len(head) + len(begin) if begin else 0
        self.body_end = len(text.partition(r"\end{document}")[0])

    def _read(self, path: Path, parts: list[str], depth: int) -> None:
        try:
            content = disk.read(path, LARGEST)
        except OSError as failure:
            message = f"cannot read it: {failure.strerror}"
            raise CvtexError([error(message, Source(path.name))]) from None
        if depth > DEPTH or sum(map(len, parts)) + len(content) > LARGEST:
            message = "the document is too large, or inputs itself"
            raise CvtexError([error(message, Source(path.name))])
        text = self._decoded(content, path.name).replace("\r\n", "\n").replace("\r", "\n")
        text = _SKIPPED.sub(lambda m: m["kept"] or "\n" * m[0].count("\n"), text)
        done = 0
        for match in _INPUT.finditer(text):
            self._add(path.name, text, done, match.start(), parts)
            name = "/".join(filter(None, (match[3], match[1] or match[2] or match[4])))
            if inner := self._inside(name.strip()):
                self._read(inner, parts, depth + 1)
            else:
                line = text[: match.start()].count("\n") + 1
                self.missing.append((name.strip(), Source(path.name, line)))
            done = match.end()
        self._add(path.name, text, done, len(text), parts)

    def _inside(self, name: str) -> Path | None:
        """Return a file that the document inputs, if it lies in its folder."""
        file = self.folder / name
        try:
            found = next(
                (f for f in (file.with_name(f"{file.name}.tex"), file) if f.is_file()), None
            )
            within = found and found.resolve().is_relative_to(self.folder.resolve())
        except (OSError, ValueError):
            return None
        return found if within else None

    def _decoded(self, content: bytes, name: str) -> str:
        """Return a file's text: in UTF-8, or as the document says that it is encoded."""
        if b"\0" in content:
            raise CvtexError([error("this is no text, but a program's file", Source(name))])
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as failure:
            said = _ENCODING.search(content.decode("latin-1"))
            self.codec = (_CODECS.get(said[1].lower(), "") if said else "") or self.codec
            if self.codec:
                return content.decode(self.codec, "replace")
            line = content[: failure.start].count(b"\n") + 1
            hint = "save it as UTF-8, or say how it is encoded: \\usepackage[latin1]{inputenc}"
            raise CvtexError([error("the text is not UTF-8", Source(name, line), hint)]) from None

    def _add(self, file: str, text: str, start: int, end: int, parts: list[str]) -> None:
        offset = sum(map(len, parts))
        line = text[:start].count("\n") + 1
        for piece in text[start:end].splitlines(keepends=True):
            self.starts.append(offset)
            self.places.append((file, line))
            parts.append(piece)
            offset += len(piece)
            line += piece.endswith("\n")

    def place(self, offset: int) -> Source:
        row = bisect.bisect_right(self.starts, offset) - 1
        file, line = self.places[row]
        return Source(file, line, offset - self.starts[row] + 1)


def defined(text: str) -> Iterator[re.Match[str]]:
    """Yield where a text defines commands: matches that end before the body's brace."""
    return _DEFINED.finditer(text)


def definitions(text: str) -> dict[str, Definition]:
    """Return the commands that a text defines, by their names."""
    found = {}
    for match in defined(text):
        start, end = group(text, match.end())
        body = text[start:end]
        if match["document"]:
            kinds = re.findall(r"[mo]|O\{[^{}]*\}", match["kinds"])
            default = kinds[0][2:-1] if kinds and kinds[0] != "m" else None
            if all(kind == "m" for kind in kinds[1:]):
                found[match["document"]] = Definition(len(kinds), body, default)
            continue
        name = match["name"] or match["robust"] or match["def"]
        count = int(match["count"] or match["args"] or len(match["marks"] or "") // 2)
        found[name] = Definition(count, body, match["default"] if count else None)
    return found


def group(text: str, at: int) -> tuple[int, int]:
    """Return where the inside of the group that begins at the next brace starts and ends."""
    at = space(text, at)
    return (at + 1, _closed(text, at, "}")) if text.startswith("{", at) else (at, at)


def bracket(text: str, at: int) -> int:
    """Return where the bracket that opens at a place is closed."""
    return _closed(text, at, "]")


def _closed(text: str, at: int, sign: str) -> int:
    """Return where a sign closes what begins at a place; braces hold together what they hold."""
    depth = 0
    for match in _SIGNS.finditer(text, at + 1):
        if match[0] == sign and depth <= 0:
            return match.start()
        depth += (match[0] == "{") - (match[0] == "}")
    return len(text)


def space(text: str, at: int) -> int:
    """Return the next place that is no white space (a line with a comment alone is a blank one)."""
    while text[at : at + 1].isspace():
        at += 1
    return at
