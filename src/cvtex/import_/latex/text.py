r"""TeX of a CV as text: literal, or CommonMark with paragraphs and lists.

`\textbf`, `\emph`, `\texttt` and `\href` become marks; accents, signs and formulas are read
as those of a `.bib`; commands that only move things are left out; a command that nobody
knows makes the value one that is kept as TeX (`!tex`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cvtex.import_.latex.scan import Value, group
from cvtex.source.bibtex import tex as fields
from cvtex.source.syntax.yaml_writer import Raw

MARKS = {
    "textbf": "**", "emph": "*", "textit": "*", "textsl": "*", "texttt": "`",
    "bfseries": "**", "bf": "**", "itshape": "*", "it": "*", "em": "*", "ttfamily": "`", "tt": "`",
}  # fmt: skip
SWITCHES = {"bfseries", "bf", "itshape", "it", "em", "ttfamily", "tt"}
THROUGH = {
    "underline", "mbox", "hbox", "textrm", "textsf", "textmd", "textup", "textsc", "textnormal",
    "uline", "small", "footnotesize", "large", "Large", "ensuremath", "text",
}  # fmt: skip
"""Commands whose argument is shown as it is."""
MOVING = {
    "vspace": 1, "hspace": 1, "vskip": 0, "hskip": 0, "color": 1, "noindent": 0, "hfill": 0,
    "vfill": 0, "smallskip": 0, "medskip": 0, "bigskip": 0, "centering": 0, "raggedright": 0,
    "par": 0, "tiny": 0, "scriptsize": 0, "footnotesize": 0, "small": 0, "normalsize": 0,
    "large": 0, "Large": 0, "LARGE": 0, "huge": 0, "Huge": 0, "scshape": 0, "sffamily": 0,
    "rmfamily": 0, "mdseries": 0, "upshape": 0, "normalfont": 0, "newpage": 0, "clearpage": 0,
    "pagebreak": 0, "titlerule": 0, "strut": 0, "null": 0, "leavevmode": 0, "enskip": 0, "quad":
    0, "qquad": 0, "setlength": 2, "addtolength": 2, "label": 1, "phantom": 1, "protect": 0,
    "boldmath": 0, "unskip": 0, "selectfont": 0, "bullet": 0, "textbullet": 0, "faIcon": 1,
    "nobreak": 0, "allowbreak": 0, "kern": 0, "relax": 0, "itemsep": 0, "setlist": 1,
}  # fmt: skip
"""Commands that only move, size or colour, and how many arguments they have."""
BREAKS = {"newline", "linebreak", "tabularnewline"}
LISTS = {"itemize", "enumerate", "cvitems", "tightitemize", "compactitem", "description"}
_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?[ \t]*\n?[ \t]*|\\(.)|([{}$])", re.DOTALL)
_SPECIAL = re.compile(r"([\\*`\[\]]|(?<!\w)_|_(?!\w))")


class Paragraph(str):
    """A paragraph in CommonMark, which knows the TeX that it was read from."""

    __slots__ = ("tex",)
    tex: str


def joined(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs of one text: all of them as TeX where one is kept as TeX."""
    if any(isinstance(paragraph, Raw) for paragraph in paragraphs):
        return Raw("\n\n".join(getattr(one, "tex", one) for one in paragraphs))
    return "\n\n".join(paragraphs)


@dataclass(slots=True)
class Prose:
    """A text in CommonMark: its paragraphs, its list (each with those below it), what was not
    understood. `blocks` has paragraphs and lists (numbered or not, and their items) in order."""

    paragraphs: list[str] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)


def plain(value: Value, definitions: Mapping[str, tuple[int, str]]) -> str:
    """Take a value as literal text, without marks."""
    tex = value.take()
    text, unknown = _Text(definitions, marked=False).read(tex)
    text = " ".join(text.split())
    if unknown:
        value.ledger.note(value.path, value.scalar, f"without \\{', '.join(unknown)}")
    return text


def address(value: Value, definitions: Mapping[str, tuple[int, str]]) -> tuple[str, str]:
    r"""Take a name that may be an `\href`, as its text and its address."""
    match = re.fullmatch(r"\s*\\href\s*", value.tex.partition("{")[0])
    if match:
        start, end = group(value.tex, match.end())
        url = value.tex[start:end].replace("\\", "")
        return plain(value, definitions), url
    return plain(value, definitions), ""


def prose(value: Value, definitions: Mapping[str, tuple[int, str]]) -> Prose:
    """Take a value as CommonMark: paragraphs and bullets."""
    tex = value.take()
    found = pieces(tex, definitions)
    if found.unknown:
        names = ", ".join(f"\\{name}" for name in dict.fromkeys(found.unknown))
        value.ledger.note(value.path, value.scalar, f"kept as TeX, for {names} is not understood")
    return found


def pieces(tex: str, definitions: Mapping[str, tuple[int, str]]) -> Prose:
    """Return paragraphs and bullets of TeX; a piece with what nobody knows stays TeX."""
    found = Prose()

    def say(piece: str) -> None:
        for part in re.split(
            r"\n[ \t]*\n|\\(?:newline|linebreak|par)\b(?:\{\})?|\\\\(?:\[[^\]]*\])?", piece
        ):
            text, unknown = _Text(definitions).read(part)
            text = " ".join(text.split())
            if unknown:
                found.unknown += unknown
                found.paragraphs.append(Raw(" ".join(part.split())))
            elif text:
                paragraph = Paragraph(text)
                paragraph.tex = " ".join(part.split())
                found.paragraphs.append(paragraph)
            if unknown or text:
                found.blocks.append(found.paragraphs[-1])

    rest = tex
    while match := re.search(r"\\begin\s*\{(" + "|".join(LISTS) + r")\}(?:\[[^\]]*\])*", rest):
        say(rest[: match.start()])
        inside, rest = _environment(rest, match[1], match.end())
        begun = len(found.items)
        for item in _items(inside):
            inner = pieces(item, definitions)
            found.unknown += inner.unknown
            text = (
                "; ".join(inner.paragraphs)
                if len(inner.paragraphs) > 1
                else "".join(inner.paragraphs)
            )
            if any(isinstance(one, Raw) for one in inner.paragraphs):
                text = Raw(" ".join(item.split()))
            if text or inner.items:
                found.items.append(
                    {"text": text, "highlights": inner.items} if inner.items else text
                )
        found.blocks.append((match[1] == "enumerate", found.items[begun:]))
    say(rest)
    return found


def _environment(tex: str, name: str, at: int) -> tuple[str, str]:
    """Return the inside of an environment, and what follows it."""
    depth = 1
    for match in re.finditer(rf"\\(begin|end)\s*\{{{name}\}}", tex[at:]):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return tex[at : at + match.start()], tex[at + match.end() :]
    return tex[at:], ""


def _items(inside: str) -> list[str]:
    r"""Return what stands after each `\item` of a list, not of those within it."""
    found: list[str] = []
    depth, begun = 0, -1
    for match in re.finditer(
        r"\\(begin|end)\s*\{[^{}]*\}|\\item(?![A-Za-z])\s*(?:\[([^\]]*)\])?", inside
    ):
        if match[1]:
            depth += 1 if match[1] == "begin" else -1
        elif depth == 0:
            if begun >= 0:
                found.append(inside[begun : match.start()])
            begun = match.end()
            if match[2]:  # a label of its own is said before the text
                begun = match.start(2)
                inside = inside[:begun] + inside[begun:].replace("]", " ", 1)
    if begun >= 0:
        found.append(inside[begun:])
    return [
        one.strip().removeprefix("{").removesuffix("}") if _whole(one) else one for one in found
    ]


def _whole(item: str) -> bool:
    """Tell whether all of an item stands in one pair of braces."""
    item = item.strip()
    if not item.startswith("{"):
        return False
    start, end = group(item, 0)
    return end == len(item) - 1 and start == 1


class _Text:
    """Reads TeX into text: with CommonMark's marks, or without."""

    def __init__(self, definitions: Mapping[str, tuple[int, str]], marked: bool = True) -> None:
        self.definitions, self.marked = definitions, marked
        self.unknown: list[str] = []
        self.depth = 0

    def read(self, tex: str) -> tuple[str, list[str]]:
        return self._read(tex), self.unknown

    def _read(self, tex: str) -> str:
        self.depth += 1
        if self.depth > 40:
            self.unknown.append("…")
            return ""
        out: list[str] = []
        held = ""  # TeX that the reader of .bib fields understands
        at = 0
        while match := _COMMAND.search(tex, at):
            held += tex[at : match.start()]
            name, sign = match[1], match[3]
            at = match.end()
            if sign == "$":
                end = tex.find("$", at)
                end = end if end >= 0 else len(tex)
                held += tex[match.start() : end + 1]
                at = end + 1
                continue
            if sign == "{":
                start, end = group(tex, match.start())
                switch = re.match(r"\s*\\(" + "|".join(SWITCHES) + r")\b\s*", tex[start:end])
                inner = tex[start:end]
                out.append(self._plain(held))
                held = ""
                if switch:
                    out.append(self._mark(switch[1], self._read(inner[switch.end() :])))
                else:
                    out.append(self._read(inner))
                at = end + 1
                continue
            if sign or name is None:
                symbol = match[2] or ""
                if symbol == "\\":
                    held += " "
                elif symbol in "'`^\"~=." and symbol:
                    start, end = group(tex, at)
                    stop = end + 1 if tex[_skip(tex, at) : _skip(tex, at) + 1] == "{" else at + 1
                    held += tex[match.start() : stop]
                    at = stop
                elif symbol != "":
                    held += match[0]
                continue
            if (name in MARKS and name not in SWITCHES) or (
                name in THROUGH and tex[_skip(tex, at) : _skip(tex, at) + 1] == "{"
            ):
                start, end = group(tex, at)
                out.append(self._plain(held))
                held = ""
                inner = self._read(tex[start:end])
                out.append(self._mark(name, inner) if name in MARKS else inner)
                at = end + 1
            elif name in ("href", "url", "nolinkurl"):
                out.append(self._plain(held))
                held = ""
                start, end = group(tex, at)
                url = tex[start:end].replace("\\", "").strip()
                at = end + 1
                if name == "href":
                    start, end = group(tex, at)
                    shown = self._read(tex[start:end])
                    at = end + 1
                    out.append(f"[{shown}]({url})" if self.marked and url else shown)
                else:
                    out.append(_escaped(url) if self.marked else url)
            elif name in MOVING or (name.startswith("fa") and name[2:3].isupper()):
                for _ in range(MOVING.get(name, 0)):
                    if tex[_skip(tex, at) : _skip(tex, at) + 1] == "{":
                        at = group(tex, at)[1] + 1
                held += " "
            elif name == "textcolor":
                at = group(tex, at)[1] + 1
                start, end = group(tex, at)
                out += [self._plain(held), self._read(tex[start:end])]
                held, at = "", end + 1
            elif name in ("cite", "citep", "citet", "footcite", "fullcite", "ref"):
                self.unknown.append(name)
                at = group(tex, at)[1] + 1
            elif name in BREAKS:
                held += " "
            elif name in self.definitions:
                count, body = self.definitions[name]
                for number in range(1, count + 1):
                    start, end = group(tex, at)
                    body = body.replace(f"#{number}", tex[start:end])
                    at = end + 1
                out += [self._plain(held), self._read(body)]
                held = ""
            else:
                stop = at
                while tex[stop : stop + 1] == "{":
                    stop = group(tex, stop)[1] + 1
                whole = tex[match.start() : stop]
                rich, findings = fields.rich(whole)
                if findings:
                    self.unknown.append(name)
                held += whole if not findings else ""
                out += [self._plain(held)] if findings else []
                held = held if not findings else ""
                if findings:
                    out.append(_escaped(rich.text) if self.marked else rich.text)
                at = stop
        held += tex[at:]
        out.append(self._plain(held))
        self.depth -= 1
        return "".join(out)

    def _plain(self, tex: str) -> str:
        """Return TeX of letters, accents, signs and formulas as text, its outer blanks kept."""
        if not tex.strip():
            return " " if tex else ""
        text = fields.rich(" ".join(tex.split()))[0].text
        lead = " " if tex[0].isspace() else ""
        tail = " " if tex[-1].isspace() else ""
        return lead + (_escaped(text) if self.marked else text) + tail

    def _mark(self, name: str, inner: str) -> str:
        sign = MARKS[name]
        core = inner.strip()
        if not self.marked or not core or sign in core:
            return inner
        lead = " " if inner[0].isspace() else ""
        tail = " " if inner[-1].isspace() else ""
        return f"{lead}{sign}{core}{sign}{tail}"


def _skip(tex: str, at: int) -> int:
    while at < len(tex) and tex[at] in " \t\n":
        at += 1
    return at


def _escaped(text: str) -> str:
    """Return literal text as CommonMark reads it back."""
    return _SPECIAL.sub(r"\\\1", text)
