r"""A LaTeX document as a row of calls, environments and text, with the places of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cvtex.diagnostics import CvtexError, Source, error
from cvtex.import_.latex.document import Passage, bracket, group, space
from cvtex.import_.ledger import Entry, Ledger
from cvtex.source.syntax.nodes import Scalar

LISTS = {"itemize", "enumerate", "cvitems", "tightitemize", "compactitem", "description"}
"""Environments that are lists of the text that they stand in."""
MOVES = {"hspace", "vspace", "setlength", "addtolength"}
"""Commands that may stand among calls and in any text."""
_NAME = re.compile(r"\\([A-Za-z@]+|.?)\*?", re.DOTALL)
_MOST = 2000
"""Commands of the document's own that are followed in it."""


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
        everything[:] = [value for value in everything if value[1] is not self.scalar]
        return self.take()

    def became(self, what: str, now: str = "") -> str:
        """Take the TeX, which has its place in another form."""
        self.ledger.note(self.path, self.scalar, what, now)
        return self.take()

    def lose(self, why: str) -> None:
        """List it as lost, for a reason."""
        self._list(self.ledger.lost, why)

    def lay_aside(self, why: str) -> None:
        """List it as a setting of the page."""
        self._list(self.ledger.settings, why)

    def _list(self, entries: list[Entry], why: str) -> None:
        if self and id(self.scalar) not in self.ledger.taken:
            self.ledger.taken[id(self.scalar)] = self.scalar
            if re.search(r"\w", self.tex):
                entries.append(Entry(self.path, self.scalar.text, self.source, why))


@dataclass(slots=True)
class Call:
    r"""What stands in the text: a command with its arguments (optional ones by themselves),
    `begin` or `end` of an environment with its name, or plain `text`."""

    kind: str
    name: str
    offset: int
    args: list[Value] = field(default_factory=list)
    options: list[Value] = field(default_factory=list)

    def arg(self, number: int) -> Value:
        return self.args[number]


def calls(
    passage: Passage, signatures: Mapping[str, str], ledger: Ledger, start: int, end: int
) -> Iterator[Call]:
    r"""Yield what stands between two places of a passage, in order.

    `signatures` say which commands have which arguments: `o` an optional one, `m` one in
    braces. Of other commands only the arguments are seen, as text; a command of the document's
    own is one of those that it is made of. Lists are part of the text, but where `signatures`
    have the beginning of one.
    """
    return _Reader(passage, signatures, ledger).calls(start, end)


class _Reader:
    def __init__(
        self,
        passage: Passage,
        signatures: Mapping[str, str],
        ledger: Ledger,
        within: tuple[str, ...] = (),
        followed: list[str] | None = None,
    ) -> None:
        self.passage, self.signatures, self.ledger = passage, signatures, ledger
        self.within = within
        self.followed = [] if followed is None else followed
        self.text = passage.text
        names = [name for name, kinds in signatures.items() if kinds and name not in MOVES]
        self._known = re.compile(r"\\(?:" + "|".join(map(re.escape, names)) + r")(?![A-Za-z@])")

    def calls(self, start: int, end: int) -> Iterator[Call]:
        at = text_from = start
        while (at := self.text.find("\\", at, end)) >= 0:
            if at in self.passage.defining:
                yield from self._text(text_from, at)
                at = text_from = self.passage.defining[at]
                continue
            match = _NAME.match(self.text, at)
            assert match, "a name may be empty"
            name, following = match[1], match.end()
            if name == "begin" and (stop := self._list_end(following)):
                at = stop
            elif name in ("begin", "end") or name in self.signatures:
                yield from self._text(text_from, at)
                if name in ("begin", "end"):
                    call, at = self._environment(name, following)
                else:
                    call, at = self._command(name, at, following, self.signatures[name])
                yield call
                text_from = at
            elif self._stands_for_calls(name):
                yield from self._text(text_from, at)
                inner, at = self._expanded(name, at, following)
                yield from inner
                text_from = at
            else:
                at = following
        yield from self._text(text_from, end)

    def _list_end(self, at: int) -> int:
        """Return where a list ends that is text, and whose items hold no calls; 0 for none."""
        start, end = group(self.text, at)
        name = self.text[start:end].strip()
        if name not in LISTS or "begin itemize" in self.signatures:
            return 0
        depth = 1
        for match in re.compile(rf"\\(begin|end)\s*\{{{name}\}}").finditer(self.text, end):
            depth += 1 if match[1] == "begin" else -1
            if depth == 0:
                inside = self.text[end : match.start()]
                return 0 if self._known.search(inside) else match.end()
        return 0

    def _stands_for_calls(self, name: str) -> bool:
        found = self.passage.definitions.get(name)
        if name in self.within or len(self.followed) >= _MOST:
            return False  # it stands for itself, or for too much
        return bool(found and self._known.search(found.body))

    def _expanded(self, name: str, start: int, at: int) -> tuple[Iterator[Call], int]:
        self.followed.append(name)
        body, stop = self.passage.definitions[name].expanded(self.text, at)
        inner = Passage(body, self.passage.definitions, self.passage.place(start))
        reader = _Reader(inner, self.signatures, self.ledger, (*self.within, name), self.followed)
        found = list(reader.calls(0, len(body)))
        for call in found:
            call.offset = start
        return iter(found), stop

    def _text(self, start: int, end: int) -> Iterator[Call]:
        text = self.text[start:end]
        if text.strip():
            begin = start + len(text) - len(text.lstrip())
            place = self.passage.place(begin)
            value = Value(text, place, "text", self.ledger)
            yield Call("text", "", begin, [value])

    def _environment(self, kind: str, at: int) -> tuple[Call, int]:
        start, end = self._group(at)
        name = self.text[start:end].strip()
        call = Call(kind, name, at)
        at = end + 1
        if kind == "begin":
            inner, at = self._command(name, at, at, self.signatures.get(f"begin {name}", ""))
            call.args, call.options = inner.args, inner.options
        return call, at

    def _command(self, name: str, start: int, at: int, signature: str) -> tuple[Call, int]:
        call = Call("command", name, start)
        for kind in signature:
            here = space(self.text, at)
            begin = end = at  # it is left out
            if kind == "o" and self.text.startswith("[", here):
                begin, end = here + 1, bracket(self.text, here)
            elif kind == "m" and self.text.startswith("{", here):
                begin, end = self._group(here)
            if begin != at:
                at = end + 1
            path = rf"\{name}[{len(call.args) + 1}]"
            value = Value(self.text[begin:end], self.passage.place(begin), path, self.ledger)
            (call.options if kind == "o" else call.args).append(value)
        return call, at

    def _group(self, at: int) -> tuple[int, int]:
        start, end = group(self.text, at)
        if end == len(self.text):
            place = self.passage.place(start - 1)
            hint = "each { needs its }; LaTeX stops there, too"
            raise CvtexError([error("this brace is not closed", place, hint)])
        return start, end
