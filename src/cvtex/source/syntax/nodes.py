"""The tree between a file's syntax and the model: scalars, lists and maps with positions.

YAML and JSON both become these nodes; the private overlay and `--set` are
merged as nodes; the reader makes records of them. Every scalar is the text
that was typed: no type is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cvtex.diagnostics import Diagnostic, Source, error, warning
from cvtex.records import dataclass, field
from cvtex.veil import PRIVATE

NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `style` is YAML's: "" (plain), `'`, `"`, `|` or `>`; JSON's strings have `"`.

    `tex` tells that it was tagged `!tex`. `raw` is how it stands in the file,
    quotes and escapes included, and serves to find a character's place. `language` is
    set where it is not the one that was asked for.
    """

    text: str
    source: Source
    style: str = ""
    tex: bool = False
    raw: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list. `flow` tells that it was written in brackets."""

    items: tuple[Node, ...]
    source: Source
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping: each key with its own node, and the value."""

    pairs: Mapping[str, tuple[Scalar, Node]]
    source: Source
    flow: bool = False

    def get(self, *path: str) -> Node | None:
        """Return what stands at a path of keys, None where there is nothing."""
        node: Node | None = self
        for key in path:
            if not isinstance(node, Map) or key not in node.pairs:
                return None
            node = node.pairs[key][1]
        return node


Node = Scalar | List | Map


GUESSES = 500
"""After how many complaints no more likely words are looked for."""


@dataclass(slots=True)
class Problems:
    """Complaints as they are made, node in hand."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    dead: set[Source] = field(default_factory=set)
    """Places of values that could not be had at all; no more is said of them."""
    lenient: set[str] = field(default_factory=set)
    """The files that keep to JSON Resume rather than to cvtex's rules."""

    def error(self, message: str, source: Source | None, hint: str | None = None) -> None:
        """Add what stops the build."""
        if source in self.dead:
            return
        self.diagnostics.append(error(message, source, hint))

    def is_lenient(self, source: Source) -> bool:
        """Tell whether a file keeps to JSON Resume: other tools' keys are to be expected there."""
        return in_json(source) or source.file in self.lenient

    def doubt(self, message: str, source: Source, hint: str | None = None) -> None:
        """Add what stops the build in `data/`, and what is only doubtful in a JSON Resume."""
        (self.warning if self.is_lenient(source) else self.error)(message, source, hint)

    def warning(self, message: str, source: Source | None, hint: str | None = None) -> None:
        """Add what does not stop the build."""
        self.diagnostics.append(warning(message, source, hint))

    def guess(
        self, word: str, known: Mapping[str, object] | list[str], also: Mapping[str, str]
    ) -> str:
        """Return the `nearest` known word; "" after `GUESSES` complaints: it takes its time."""
        return nearest(word, known, also) if len(self.diagnostics) < GUESSES else ""


def in_json(source: Source) -> bool:
    """Tell whether a place is in a JSON file: hints speak its language."""
    return source.file.lower().endswith(".json")


def absent(node: Node) -> bool:
    """Tell whether a value counts as not given: null, `~`, or nothing but space."""
    if not isinstance(node, Scalar):
        return False
    return (node.style == "" and node.text in NULLS) or not node.text.strip()


def blank(node: Node) -> bool:
    """Tell whether nothing is given by all that a node holds, but for the user's own keys."""
    if isinstance(node, Scalar):
        return absent(node)
    if isinstance(node, List):
        return all(map(blank, node.items))
    return all(key.startswith("x-") or blank(value) for key, (_, value) in node.pairs.items())


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar value below a node (not the keys)."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, List):
        for item in node.items:
            yield from scalars(item)
    else:
        for _, value in node.pairs.values():
            yield from scalars(value)


def keys(node: Node) -> Iterator[str]:
    """Yield every key below a node, as it was typed."""
    if isinstance(node, List):
        for item in node.items:
            yield from keys(item)
    elif isinstance(node, Map):
        for key, value in node.pairs.values():
            yield key.text
            yield from keys(value)


def quoted(text: str, source: Source, limit: int = 40) -> str:
    """Return a text as a message quotes it: short, in print, and never a private one."""
    if source.private:
        return PRIVATE
    text = "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" for c in " ".join(text[: 4 * limit].split())
    )
    return f'"{text[: limit - 1]}…"' if len(text) > limit else f'"{text}"'


def called(node: Node) -> str:
    """Return what a person calls such a node."""
    return {Scalar: "text", List: "a list", Map: "a mapping"}[type(node)]


def bare(text: str) -> str:
    """Return a word without spaces, hyphens and capitals, to compare it."""
    return re.sub(r"[\s_-]", "", text).casefold()


def nearest(word: str, known: Mapping[str, object] | list[str], also: Mapping[str, str]) -> str:
    """Return the known word that was most likely meant, or "" for none.

    `also` maps words of other vocabularies to ours (several with spaces between).
    """

    wanted = bare(word)
    by_bare = {bare(k): k for k in known}
    if wanted in by_bare:
        return by_bare[wanted]
    for synonym in also.get(wanted, "").split():
        if synonym in known:
            return synonym
    import difflib

    close = difflib.get_close_matches(wanted[:80], list(by_bare), n=1, cutoff=0.7)
    return by_bare[close[0]] if close else ""


def place_of(node: Scalar, character: str, occurrence: int) -> Source:
    """Return where the `occurrence`-th (from 0) such character of a scalar stands.

    It may stand there as itself or as an escape (`\\u200b`, `\\x07`); the
    scalar's own place is returned where it cannot be found.
    """
    code = ord(character)
    forms = [re.escape(character), rf"\\U{code:08x}"]
    if code > 0xFFFF:
        high, low = 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)
        forms.append(rf"\\u{high:04x}\\u{low:04x}")
    else:
        forms.append(rf"\\u{code:04x}")
    if code < 0x100:
        forms.append(rf"\\x{code:02x}")
    short = {0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 27: "e"}
    if code in short:
        forms.append(r"\\" + short[code])
    for count, match in enumerate(re.finditer("|".join(forms), node.raw, re.IGNORECASE)):
        if count == occurrence:
            before = node.raw[: match.start()]
            lines = before.count("\n")
            column = len(before) - (before.rfind("\n") + 1) + 1
            if not lines:
                column += node.source.column - 1
            return Source(
                node.source.file, node.source.line + lines, column, private=node.source.private
            )
    return node.source
