r"""TeX of a CV as text: literal, or with CommonMark's marks.

`\textbf`, `\emph`, `\texttt` and `\href` become marks; accents, signs and formulas are read
as those of a `.bib`; commands that only move things are left out; those of the document's own
are what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.import_.latex.document import Definitions, bracket, group, space
from cvtex.source.bibtex import tex as fields

MARKS = {
    "textbf": "**", "emph": "*", "textit": "*", "textsl": "*", "texttt": "`",
    "bfseries": "**", "bf": "**", "itshape": "*", "it": "*", "em": "*", "ttfamily": "`", "tt": "`",
}  # fmt: skip
SWITCHES = {"bfseries", "bf", "itshape", "it", "em", "ttfamily", "tt"}
THROUGH = {
    "underline", "mbox", "hbox", "textrm", "textsf", "textmd", "textup", "textsc", "textnormal",
    "uline", "small", "footnotesize", "large", "Large", "LARGE", "huge", "Huge", "normalsize",
    "ensuremath", "text", "nth", "acr", "makebox", "centerline", "smash", "underbar", "ul",
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
    "raisebox": 1, "divider": 0, "hphantom": 1, "vphantom": 1, "looseness": 0, "sloppy": 0,
    "hrule": 0, "hrulefill": 0, "dotfill": 0, "nopagebreak": 0, "enspace": 0, "thinspace": 0,
    "begingroup": 0, "endgroup": 0, "parskip": 0, "parsep": 0, "topsep": 0, "hline": 0,
    "pagestyle": 1, "thispagestyle": 1, "columnbreak": 0, "samepage": 0, "flushleft": 0,
}  # fmt: skip
"""Commands that only move, size or colour, and how many arguments they have."""
MEASURED = {"vskip", "hskip", "kern", "itemsep", "parskip", "parsep", "topsep", "looseness"}
"""Those of them behind which a length or a number stands."""
SIGNS = {"cdotp": "·", "cdot": "·", "textbar": "|", "checkmark": "✓", "bigstar": "★"}
BREAKS = {"newline", "linebreak", "tabularnewline"}
CITES = {"cite", "citep", "citet", "footcite", "fullcite", "parencite", "autocite", "nocite", "ref"}
"""Commands that point elsewhere; what they print is not in the text."""
RAISED = dict(zip("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", strict=True))
LOWERED = dict(zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True))
MOST = 2000
"""Commands of the document's own that are followed in one text."""
_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?[ \t]*\n?[ \t]*|\\(.)|([{}]|\$[^$]*\$?)", re.DOTALL)
_SPECIAL = re.compile(r"([\\*`\[\]]|(?<!\w)_|_(?!\w))")
_LENGTH = re.compile(r"\s*=?\s*-?(?:[\d.]+\s*(?:pt|em|ex|mm|cm|in|\\[A-Za-z]+)?|\\[A-Za-z]+)")
_SIZE = re.compile(r"\*?(?:\[[^\]]*\])?")
_VERBATIM = re.compile(r"\s*([^\w\s*])(.*?)\1")


class Reader:
    """Reads TeX into text: with CommonMark's marks, or without.

    `unknown` has the commands that nobody knows, `dropped` those that are left out.
    """

    def __init__(self, definitions: Definitions, marked: bool = True) -> None:
        self.definitions, self.marked = definitions, marked
        self.unknown: list[str] = []
        self.dropped: list[str] = []
        self.depth = self.followed = 0

    def read(self, tex: str) -> str:
        """Return the text of TeX."""
        self.depth += 1
        if self.depth > 40:
            self.unknown.append("…")
            self.depth -= 1
            return ""
        found = _Pass(self, tex).read()
        self.depth -= 1
        return found

    def escaped(self, text: str) -> str:
        return escaped(text) if self.marked else text

    def marks(self, name: str, inner: str) -> str:
        """Return a text in the marks of a command, which stand close to its letters."""
        sign, core = MARKS[name], inner.strip()
        if not self.marked or not core or sign in core:
            return inner
        return _spaced(f"{sign}{core}{sign}", inner)

    def code(self, tex: str) -> str:
        """Return TeX as code, in which CommonMark knows no escapes."""
        plain = Reader(self.definitions, marked=False)
        text = plain.read(tex)
        self.unknown += plain.unknown
        return self.verbatim(text)

    def verbatim(self, text: str) -> str:
        return self.marks("texttt", text) if "`" not in text else self.escaped(text)


class _Pass:
    """One way through a piece of TeX."""

    def __init__(self, reader: Reader, tex: str) -> None:
        self.reader, self.tex = reader, tex
        self.out: list[str] = []
        self.held = ""  # TeX that the reader of .bib fields understands
        self.at = 0

    def read(self) -> str:
        while match := _COMMAND.search(self.tex, self.at):
            self.held += self.tex[self.at : match.start()]
            self.at = match.end()
            if match[1]:
                self._command(match[1], match.start())
            elif match[2]:
                self._symbol(match[2], match)
            elif match[3] == "{":
                self._group(match.start())
            elif match[3] != "}":  # a formula
                self.held += match[3]
        self.held += self.tex[self.at :]
        self._release()
        return "".join(self.out)

    def _release(self) -> None:
        """Set what is held: letters, accents, signs and formulas, its outer blanks kept."""
        tex, self.held = self.held, ""
        if not tex.strip():
            self.out.append(" " if tex else "")
            return
        text = fields.rich(" ".join(tex.split()))[0].text
        self.out.append(_spaced(self.reader.escaped(text), tex))

    def _say(self, text: str) -> None:
        self._release()
        self.out.append(text)

    def _argument(self) -> str:
        """Return the next argument; "" where no brace stands."""
        if not self._braced():
            return ""
        start, end = group(self.tex, self.at)
        self.at = end + 1
        return self.tex[start:end]

    def _braced(self) -> bool:
        return self.tex.startswith("{", space(self.tex, self.at))

    def _group(self, begin: int) -> None:
        start, end = group(self.tex, begin)
        inner = self.tex[start:end]
        switch = re.match(r"\s*\\(" + "|".join(SWITCHES) + r")\b\s*", inner)
        if switch and MARKS[switch[1]] == "`":
            self._say(self.reader.code(inner[switch.end() :]))
        elif switch:
            self._say(self.reader.marks(switch[1], self.reader.read(inner[switch.end() :])))
        else:
            self._say(self.reader.read(inner))
        self.at = end + 1

    def _symbol(self, symbol: str, match: re.Match[str]) -> None:
        if symbol == "\\":
            self.held += " "
            self._skip(_SIZE)
        elif symbol in "'`^\"~=.":
            braced, end = self._braced(), group(self.tex, self.at)[1]
            stop = end + 1 if braced else self.at + 1
            self.held += self.tex[match.start() : stop]
            self.at = stop
        else:
            self.held += match[0]

    def _command(self, name: str, begin: int) -> None:
        reader = self.reader
        if name in ("texttt", "verb"):
            verbatim = _VERBATIM.match(self.tex, self.at) if name == "verb" else None
            if verbatim:
                self.at = verbatim.end()
                self._say(reader.verbatim(verbatim[2]))
            else:
                self._say(reader.code(self._argument()))
        elif name in MARKS and name not in SWITCHES:
            self._say(reader.marks(name, reader.read(self._argument())))
        elif name in THROUGH and self._braced():
            self._say(reader.read(self._argument()))
        elif name in ("textsuperscript", "textsubscript", "up"):
            signs = LOWERED if name == "textsubscript" else RAISED
            said = reader.read(self._argument())
            self._say("".join(signs.get(c, c) for c in said) if set(said) <= set(signs) else said)
        elif name in ("href", "url", "nolinkurl", "path"):
            self._link(name)
        elif name == "footnote":
            self._say(f" ({reader.read(self._argument())})")
        elif name in MOVING or (name.startswith("fa") and name[2:3].isupper()):
            self._moved(name)
        elif name == "textcolor":
            self._bracketed()
            self._argument()
            self._say(reader.read(self._argument()))
        elif name in CITES:
            reader.dropped.append(name)
            self._bracketed()
            self._argument()
        elif name in BREAKS:
            self.held += " "
        elif name in SIGNS:
            self._say(SIGNS[name])
        elif name in reader.definitions and reader.followed < MOST:
            reader.followed += 1
            body, self.at = reader.definitions[name].expanded(self.tex, self.at)
            self._say(reader.read(body))
        else:
            self._other(name, begin)

    def _bracketed(self) -> None:
        while self.tex[self.at : self.at + 1] == "[":
            self.at = bracket(self.tex, self.at) + 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.tex, self.at):
            self.at = found.end()

    def _link(self, name: str) -> None:
        self._bracketed()
        url = address_of(self._argument())
        if name != "href":
            self._say(self.reader.escaped(url))
            return
        shown = self.reader.read(self._argument())
        self._say(f"[{shown}]({url})" if self.reader.marked and url else shown)

    def _moved(self, name: str) -> None:
        if name in ("faIcon", "color"):
            self._bracketed()
        for _ in range(MOVING.get(name, 0)):
            self._argument()
        if name == "raisebox":
            self._bracketed()
        if name in MEASURED:
            self._skip(_LENGTH)
        self.held += " "

    def _other(self, name: str, begin: int) -> None:
        """Take a command that a `.bib` may have, or one that nobody knows."""
        while self.tex[self.at : self.at + 1] == "{":
            self.at = group(self.tex, self.at)[1] + 1
        whole = self.tex[begin : self.at]
        rich, findings = fields.rich(whole)
        if findings:
            self.reader.unknown.append(name)
            self._say(self.reader.escaped(rich.text) if "{" in whole else " ")
        else:
            self.held += whole


def address_of(tex: str) -> str:
    r"""Return an address without the escapes that LaTeX may need in it, such as `\_`."""
    tex = re.sub(r"\\textasciitilde(?:\{\}| )?", "~", tex)
    return re.sub(r"\\(?=[%#&_~{}$])", "", tex).strip()


def _spaced(text: str, tex: str) -> str:
    """Return a text with a blank before it, and after it, where the TeX has one or more."""
    return " " * tex[:1].isspace() + text + " " * tex[-1:].isspace()


def escaped(text: str) -> str:
    """Return literal text as CommonMark reads it back."""
    return _SPECIAL.sub(r"\\\1", text)


def plain_text(tex: str, definitions: Definitions) -> tuple[str, Mapping[str, list[str]]]:
    """Return TeX as literal text in one row; and what was unknown in it, and what is left out."""
    reader = Reader(definitions, marked=False)
    text = " ".join(reader.read(tex).split())
    return text, {"unknown": reader.unknown, "dropped": reader.dropped}
