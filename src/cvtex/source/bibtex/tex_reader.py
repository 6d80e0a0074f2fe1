"""Reading the TeX of a `.bib` field piece by piece; what a command means, its caller says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cvtex.diagnostics import Severity
from cvtex.model import Rich
from cvtex.source.bibtex import symbols
from cvtex.source.bibtex.escape import Both, escape, join
from cvtex.source.bibtex.maths import read_maths

DEPTH = 32
"""How deep groups and commands may nest; real files reach 5."""


class Finding(NamedTuple):
    """What is wrong in a field; `token` is the TeX that it is about."""

    severity: Severity
    message: str
    token: str
    hint: str | None = None


_PLAIN = re.compile(r"(?:[^\\{}$~%&#_^\"<>|\[\]`'\-?!]+|[?!](?!`)|-(?!-))+")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|\\", re.DOTALL)
_LIGATURE = re.compile(r"---?|``|''|[?!]`|[`'~]")
_BRACE = re.compile(r"[{}]")
_SIMPLE_SPECIAL = re.compile(
    r"\\(?:[`'^~=.\"]|(?:[ruvHtcdbkUGCh]|" + "|".join(symbols.LETTERS) + r")(?![A-Za-z]))"
)


Read = Callable[[str, int], "tuple[Rich, tuple[Finding, ...]]"]
"""Reads a field of its own, so deep within another."""

Control = Callable[["Reader", str | None, str | None], Both]
"""Reads a command from behind its name: letters, or a sign."""


class Reader:
    """Reads a field from `at`, piece by piece.

    `control` reads a command, of letters or of a sign; `read` a field within this one.
    """

    def __init__(self, field: str, read: Read, control: Control, depth: int = 0) -> None:
        self.field = field
        self.read = read
        self.control = control
        self.at = 0
        self.outside = depth
        self.depth = depth
        self.nesting = depth
        self.findings: list[Finding] = []
        self.unfenced: set[str] = set()

    def group(self, outermost: bool = False) -> Both:
        """Read until the group's closing brace (or the end) and over it."""
        pieces: list[Both] = []
        self.depth += 1
        while self.at < len(self.field):
            if self.field[self.at] == "}":
                self.at += 1
                if not outermost:
                    break
                continue
            pieces.append(self.piece())
        self.depth -= 1
        return join(pieces)

    def piece(self) -> Both:
        """Read one piece: a run of letters, a command, a group, a formula, a sign."""
        plain = _PLAIN.match(self.field, self.at)
        if plain:
            self.at = plain.end()
            return plain[0].replace("\u00ad", ""), escape(plain[0])
        character = self.field[self.at]
        if character == "\\":
            return self.command()
        if character == "{":
            return self.braces()
        if character == "$":
            return self.maths()
        ligature = _LIGATURE.match(self.field, self.at)
        sign = ligature[0] if ligature else character
        self.at += len(sign)
        text = symbols.LIGATURES.get(sign, sign)
        return text, escape(text)

    def braces(self) -> Both:
        """Read a group. Its braces are kept, as they protect capitals, but for accents."""
        self.at += 1
        if self.depth > DEPTH:
            return self.too_deep()
        special = self.depth == self.outside + 1 and _SIMPLE_SPECIAL.match(self.field, self.at)
        text, tex = self.group()
        if special or tex in ("{[}", "{]}"):
            return text, tex
        return text, "{" + tex + "}"

    def maths(self) -> Both:
        """Read `$…$` (or `$$…$$`); a `$` without a partner is a dollar sign."""
        start = self.at
        fence = "$$" if self.field.startswith("$$", start) else "$"
        end = start + len(fence)
        while (end := self.field.find("$", end)) > 0 and self.field[end - 1] == "\\":
            end += 1
        if end < 0:
            self.at += 1
            self.warn("a $ has no partner", "$", "write \\$ for a dollar sign")
            return "$", "\\$"
        inner = self.field[start + len(fence) : end]
        self.at = end + (len(fence) if self.field.startswith(fence, end) else 1)
        return self.formula(inner)

    def formula(self, inner: str) -> Both:
        """Return the formula between two `$`."""
        text, tex, problems = read_maths(inner, self.inner_text, max(self.depth, self.nesting))
        for name, forbidden in problems:
            if name:
                self.unknown(name, forbidden)
            else:
                self.too_deep()
        return text, f"${tex}$" if tex else ""

    def inner_text(self, field: str, depth: int) -> Both:
        """Return the text within a formula; what is wrong there is noted here."""
        if depth > DEPTH:
            return self.too_deep()
        inner, findings = self.read(field.replace("$", ""), depth)
        self.findings += findings
        return inner.text, inner.tex or ""

    def command(self) -> Both:
        """Read a command with its arguments."""
        match = _COMMAND.match(self.field, self.at)
        assert match
        self.at = match.end()
        name, sign = match[1], match[2]
        self.nesting += 1
        try:
            if self.nesting > DEPTH:
                return self.too_deep()
            return self.control(self, name, sign)
        finally:
            self.nesting -= 1

    def argument(self) -> Both:
        """Read an argument: a group, a command or one character."""
        self.skip_space()
        if self.at >= len(self.field) or self.field[self.at] == "}":
            return "", ""
        character = self.field[self.at]
        if character == "{":
            self.at += 1
            return self.group() if self.depth <= DEPTH else self.too_deep()
        if character == "\\":
            return self.command() if self.depth <= DEPTH else self.too_deep()
        if character == "$":
            return self.maths()
        self.at += 1
        return character, escape(character)

    def raw_argument(self) -> str:
        """Read a group as it stands, without its braces."""
        self.skip_space()
        if self.field[self.at : self.at + 1] != "{":
            return ""
        depth, start = 0, self.at + 1
        for mark in _BRACE.finditer(self.field, self.at):
            depth += 1 if mark[0] == "{" else -1
            if not depth:
                self.at = mark.end()
                return self.field[start : mark.start()]
        self.at = len(self.field)
        return self.field[start:]

    def skip_space(self) -> None:
        while self.at < len(self.field) and self.field[self.at].isspace():
            self.at += 1

    def skip_empty_group(self) -> None:
        if self.field.startswith("{}", self.at):
            self.at += 2

    def warn(self, message: str, token: str, hint: str | None = None) -> None:
        self.findings.append(Finding(Severity.WARNING, message, token, hint))

    def too_deep(self) -> Both:
        """Note that groups or commands nest too deeply, and return nothing."""
        self.warn("groups and commands nest too deeply here; what is within is left out", "")
        return "", ""

    def lone_name(self) -> str:
        """Return the name of the command that is all that the field has, "" if there is none."""
        for index, finding in enumerate(self.findings):
            name = finding.token[1:]
            if finding.severity is Severity.WARNING and name.isalpha():
                message = f"the command \\{name} is not known; its name is set"
                self.findings[index] = finding._replace(message=message)
                return name
        return ""

    def unknown(self, name: str, forbidden: bool) -> None:
        """Note a command that is not kept."""
        if forbidden:
            token = name if name == "^^" else f"\\{name}"
            self.findings.append(
                Finding(
                    Severity.ERROR,
                    f"{token} may not stand in a .bib field",
                    token,
                    "fields hold text, accents, maths and simple markup",
                )
            )
        else:
            self.warn(
                f"the command \\{name} is not known; its argument is kept",
                f"\\{name}",
                "write its text or a Unicode character",
            )
