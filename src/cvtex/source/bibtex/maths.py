"""A formula of a `.bib` field: the same formula safe to set, and near it in Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from cvtex.source.bibtex import maths_symbols, symbols

DEPTH = 48
"""How deep groups, arguments and what is around the formula may nest."""

OPTION = 20
"""How many tokens an option such as `\\sqrt[3]` may have."""

_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|\^\^|\s+|.", re.DOTALL)

_SPACED = re.compile("[×÷±∓≤≥≠≈∼≃≅≡≪≫∝∈∉⊂⊃⊆⊇→←↔⇒⇐⇔⟶⟵↦∪∩∧∨⊕⊗]")
"""Signs that a formula sets with spaces around."""

_FUNCTIONS = re.compile(r"(?<=[\w)])(?=\ue000)|\ue001 *(?=\w)|\ue001 *(?=\()|[\ue000\ue001]")

SetText = Callable[[str, int], tuple[str, str]]
"""Takes what stands in `\\mbox{…}` and how deep, returns it as text and as TeX."""


class Problem(NamedTuple):
    """A command that is not kept."""

    name: str
    forbidden: bool


def read_maths(
    formula: str, set_text: SetText, depth: int = 0
) -> tuple[str, str, tuple[Problem, ...]]:
    """Return what stands between two `$` as text and as TeX, and what was left out.

    `depth` is how deep the formula itself stands.

    The TeX has balanced braces, all arguments, one superscript and one subscript a
    letter. The text is Unicode where that can say it, else the TeX between `$`.
    """
    reader = _Maths(formula, set_text, depth)
    text, tex = reader.items("")
    tex = tex.strip()
    if text is not None:
        text = _FUNCTIONS.sub(_set_apart, text)
    text = f"${tex}$" if text is None else _SPACED.sub(r" \g<0> ", text)
    return unicodedata.normalize("NFC", " ".join(text.split())), tex, tuple(reader.problems)


def _set_apart(mark: re.Match[str]) -> str:
    """Return the space before a function (`2 sin x`), and behind it unless a bracket opens."""
    behind = mark.string[mark.end() : mark.end() + 1]
    return " " if not mark[0] or (mark[0][0] == "\ue001" and behind.isalnum()) else ""


Both = tuple[str | None, str]
"""A piece as text (None: Unicode cannot say it) and as TeX."""


class _Maths:
    """Reads a formula, token by token."""

    def __init__(self, formula: str, set_text: SetText, depth: int) -> None:
        self.tokens = [match[0] for match in _TOKEN.finditer(formula)]
        self.at = 0
        self.depth = depth
        self.set_text = set_text
        self.problems: list[Problem] = []

    def items(self, stop: str) -> Both:
        """Read up to the token `stop` (a brace or `\\right`) or the end, and over it."""
        texts: list[str | None] = []
        texs: list[str] = []
        raised = lowered = primed = False
        self.depth += 1
        while self.at < len(self.tokens):
            token = self.tokens[self.at].rstrip() or " "
            if token == stop:
                self.at += 1
                break
            if token in ("}", "\\right"):
                if stop == "\\right" or (stop == "}" and token == "}"):
                    break
                self.at += 1
                continue
            if token in ("^", "_", "'"):
                self.at += 1
                clash = lowered if token == "_" else raised and not primed
                if clash or not any(map(str.strip, texs)):  # blanks at the start are cut off
                    texs.append("{}")
                    raised = lowered = False
                text, tex = ("′", "'") if token == "'" else self.script(token)
                raised, lowered = raised or token != "_", lowered or token == "_"
                primed = token == "'"
            else:
                raised = lowered = primed = False
                text, tex = self.item()
            texts.append(text)
            if tex:
                texs.append(tex)
        self.depth -= 1
        text = None if None in texts else "".join(t for t in texts if t is not None)
        return text, "".join(texs)

    def script(self, kind: str) -> Both:
        """Read what stands above or below."""
        text, tex = self.argument()
        table = maths_symbols.SUPERSCRIPTS if kind == "^" else maths_symbols.SUBSCRIPTS
        if kind == "^" and text in ("∘", "′", "∗"):
            return {"∘": "°", "′": "′", "∗": "*"}[text], f"^{{{tex}}}"
        known = text is not None and all(c in table for c in text)
        return "".join(table[c] for c in text or "") if known else None, f"{kind}{{{tex}}}"

    def argument(self) -> Both:
        """Read an argument: a group's inside, or one item."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens) or self.is_deep():
            return "", ""
        token = self.tokens[self.at]
        if token == "{":
            self.at += 1
            return self.items("}")
        if token in ("}", "^", "_", "'", "&") or token.startswith(("\\right", "\\left")):
            return "", ""
        self.depth += 1
        found = self.item()
        self.depth -= 1
        return found

    def is_deep(self) -> bool:
        """Tell whether this is too deep to go on, and note it if it is."""
        if self.depth > DEPTH:
            self.problems.append(Problem("", False))
        return self.depth > DEPTH

    def item(self) -> Both:
        """Read one item: a letter, a group, a command."""
        token = self.tokens[self.at]
        self.at += 1
        if token.isspace():
            return " ", " "
        if token == "{":
            if self.is_deep():
                return "", ""
            text, tex = self.items("}")
            return text, "{" + tex + "}"
        if token == "^^":
            self.problems.append(Problem("^^", True))
            return "", ""
        if token.startswith("\\"):
            return self.command(token)
        if token in ("%", "&", "#"):
            return token, "\\" + token
        if token in ("$", '"', "`"):
            return token, ""
        if token in maths_symbols.FROM_UNICODE:
            return token, maths_symbols.FROM_UNICODE[token]
        if ord(token) > 126:
            return token, f"\\mbox{{{token}}}"
        if token == "~":
            return " ", "~"
        return token, token

    def command(self, token: str) -> Both:
        """Read a command with its arguments."""
        name = token[1:].strip()
        if not name.isalpha():
            if name in maths_symbols.SIGNS:
                return maths_symbols.SIGNS[name], f"\\{name}"
            # a control space may end the formula, where white space is cut off
            return (" ", "~") if token[1:].isspace() else ("", "")
        name = maths_symbols.ALIASES.get(name, name)
        if not name:
            return "", ""
        if name in ("left", "right"):
            return self.fence()
        if name in maths_symbols.CHARACTERS:
            return (maths_symbols.CHARACTERS[name],) * 2
        if name in maths_symbols.SYMBOLS:
            sign = maths_symbols.SYMBOLS[name]
            # set apart from a letter beside it: log n
            return f"\ue000{sign}\ue001" if sign == name else sign, f"\\{name} "
        if name in maths_symbols.WRAPPERS:
            return self.wrapper(name)
        if name in maths_symbols.TEXTS:
            text, tex = self.set_text(self.raw_argument(), self.depth + 1)
            return text, f"\\mbox{{{tex}}}"
        if name in ("begin", "end"):
            name += "{" + self.raw_argument() + "}"
        self.problems.append(Problem(name, name in symbols.FORBIDDEN))
        return "", ""

    def wrapper(self, name: str) -> Both:
        """Read a command's arguments: `\\frac{1}{2}`, `\\hat x`, `\\sqrt[3]{x}`."""
        option = ""
        if name == "sqrt" and self.at < len(self.tokens) and self.tokens[self.at] == "[":
            last = min(self.at + OPTION, len(self.tokens))
            end = next((i for i in range(self.at, last) if self.tokens[i] == "]"), 0)
            inner = "".join(self.tokens[self.at + 1 : end])
            if end and inner.isalnum():
                self.at, option = end + 1, f"[{inner}]"
        arguments = [self.argument() for _ in range(maths_symbols.WRAPPERS[name])]
        tex = f"\\{name}{option}" + "".join("{" + argument[1] + "}" for argument in arguments)
        text = arguments[0][0]
        if text is None:
            return None, tex
        if name in maths_symbols.UPRIGHT:
            return text, tex
        if name in maths_symbols.ACCENTS and len(text) == 1:
            return text + maths_symbols.ACCENTS[name], tex
        if name == "frac" and text.isdecimal() and (arguments[1][0] or "").isdecimal():
            return f"{text}⁄{arguments[1][0]}", tex
        return None, tex

    def fence(self) -> Both:
        """Read `\\left( … \\right)`; one without the other loses its size only."""
        before = self.delimiter()
        if not before[1] or self.is_deep():
            return before[0], "" if before[1] == "." else before[1]
        text, tex = self.items("\\right")
        ended = self.tokens[self.at - 1].rstrip() == "\\right"
        after = self.delimiter() if ended else ("", "")
        inner = None if text is None else f"{before[0]}{text}{after[0]}"
        if ended and after[1]:
            return inner, f"\\left{before[1]}{tex}\\right{after[1]}"
        return inner, ("" if before[1] == "." else before[1]) + tex

    def delimiter(self) -> tuple[str, str]:
        """Read what follows `\\left` or `\\right`."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens):
            return "", ""
        token = self.tokens[self.at].strip()
        if token not in maths_symbols.DELIMITERS:
            return "", ""
        self.at += 1
        if token == ".":
            return "", "."
        if token.startswith("\\"):
            name = token[1:]
            known = maths_symbols.SIGNS if not name.isalpha() else maths_symbols.SYMBOLS
            return known[name], token + (" " if name.isalpha() else "")
        return token, token

    def raw_argument(self) -> str:
        """Read a group as it stands, without its braces."""
        if self.at >= len(self.tokens) or self.tokens[self.at] != "{":
            return ""
        depth, start = 0, self.at + 1
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            depth += (token == "{") - (token == "}")
            self.at += 1
            if not depth:
                return "".join(self.tokens[start : self.at - 1])
        return "".join(self.tokens[start:])
