"""TeX of a `.bib` field to text in both its forms: Unicode, and TeX that is safe to set.

The field is read, never passed on: what comes out is written anew from a list of
known commands, so that no input can reach a file, define a command or leave a
group open. Reading what came out gives the same again.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from cvtex.diagnostics import Severity
from cvtex.model import Rich
from cvtex.source.bibtex import commands, symbols
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


_SPECIAL = re.compile(r"[\\{}$~%&#_^\"<>|\[\]`'\u00a0\u00ad\u2009\u202f\u2212]|--|,,")
_PLAIN = re.compile(r"(?:[^\\{}$~%&#_^\"<>|\[\]`'\-?!]+|[?!](?!`)|-(?!-))+")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|\\", re.DOTALL)
_LIGATURE = re.compile(r"---?|``|''|[?!]`|[`'~]")
_SPACES = re.compile(r" {2,}")
_SIMPLE_SPECIAL = re.compile(
    r"\\(?:[`'^~=.\"]|(?:[ruvHtcdbkUGCh]|" + "|".join(symbols.LETTERS) + r")(?![A-Za-z]))"
)


def rich(field: str) -> tuple[Rich, tuple[Finding, ...]]:
    """Return a field's text in both forms, and what is wrong with it.

    `Rich.text` is NFC Unicode without markup, `Rich.tex` sets it in pdfLaTeX,
    XeLaTeX and LuaLaTeX (with hyperref for links), braces and `$` balanced.
    """
    if not field.isascii():
        field = unicodedata.normalize("NFC", field)
    if not _SPECIAL.search(field):
        return Rich(field, field), ()
    reader = Reader(field)
    text, tex = reader.group(outermost=True)
    if "^^" in field:
        reader.unknown("^^", True)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip(" "))
    return Rich(text, _SPACES.sub(" ", tex).strip(" ")), tuple(reader.findings)


class Reader:
    """Reads a field from `at`, piece by piece."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.at = 0
        self.depth = 0
        self.nesting = 0
        self.findings: list[Finding] = []

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
            return "", ""
        special = self.depth == 1 and _SIMPLE_SPECIAL.match(self.field, self.at)
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
        text, tex, problems = read_maths(inner, self.inner_text)
        for name, forbidden in problems:
            self.unknown(name, forbidden)
        return text, f"${tex}$" if tex else ""

    def inner_text(self, field: str) -> Both:
        """Return the text within a formula; what is wrong there is noted here."""
        inner, findings = rich(field.replace("$", ""))
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
                return "", ""
            return (
                commands.control_symbol(self, sign)
                if sign is not None
                else commands.control_word(self, name)
            )
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
            return self.group() if self.depth <= DEPTH else ("", "")
        if character == "\\":
            return self.command() if self.depth <= DEPTH else ("", "")
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
        for mark in re.finditer(r"[{}]", self.field[self.at :]):
            depth += 1 if mark[0] == "{" else -1
            if not depth:
                end = self.at + mark.start()
                self.at = end + 1
                return self.field[start:end]
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
