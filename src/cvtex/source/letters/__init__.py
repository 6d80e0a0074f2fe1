"""`data/letters/<name>.yaml`: a letter, what it extends, and the values that fill its texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cvtex.diagnostics import Source
from cvtex.filenames import ALL
from cvtex.model import Letter, Recipient, Text
from cvtex.names import is_part
from cvtex.records import dataclass
from cvtex.source import languages, overlay, series
from cvtex.source.letters.filling import filled, listed
from cvtex.source.project import Project
from cvtex.source.records.check_resume import image
from cvtex.source.records.convert import converter
from cvtex.source.records.scalars import WRONG
from cvtex.source.records.words import hint_of
from cvtex.source.syntax.nodes import (
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    called,
    nearest,
    quoted,
)

Load = Callable[[Path, str], Node | None]
"""Reads a file under its name in messages: a tree, or None (and it has complained)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letter that was asked for and those that it extends, as they were typed.

    `chain` has the names, that of the letter first; `known` all that there are.
    """

    project: Project
    chain: tuple[str, ...]
    nodes: Mapping[str, Map]
    known: tuple[str, ...]

    def placed(self, root: Map) -> Map:
        """Return the data with the letters among them, for what is laid over the data."""
        pairs: dict[str, tuple[Scalar, Node]] = {
            name: (Scalar(name, node.source), node) for name, node in self.nodes.items()
        }
        source = Source("data/letters")
        return Map(
            {**root.pairs, "letters": (Scalar("letters", source), Map(pairs, source))}, root.source
        )

    def said(self, key: str) -> Text | None:
        """Return what the letter, or one that it extends, says of the CV that it goes with."""
        for name in self.chain:
            node = self.nodes[name].get(key)
            if isinstance(node, Scalar) and not absent(node):
                return Text(node.text.strip(), node.source)
        return None

    def language(self) -> str:
        """Return the language of the letter, "" for that of the CV."""
        said = self.said("language")
        return said if said and languages.is_known(said) else ""

    def variant(self) -> Text:
        """Return the variant that the letter goes with, "" for the whole CV."""
        return self.said("variant") or Text("")

    def read(self, typed: Node, problems: Problems) -> Letter | None:
        """Return the letter with its texts filled, None (and errors) where it is none.

        `typed` is what stands among the data under `letters`, private values laid over it.
        """
        if not self.chain:
            return None
        assert isinstance(typed, Map)
        self._check_private(typed, problems)
        merged: Node = Map({}, self.nodes[self.chain[0]].source)
        for name in reversed(self.chain):
            merged = overlay.merge(merged, listed(typed.pairs[name][1]))
        assert isinstance(merged, Map)
        name = self.chain[0]
        node = filled(merged, self._values(merged, problems), name, problems)
        source = self.nodes[name].source
        letter = converter(Letter)(Map(node.pairs, source), f"the letter {name}", problems)
        if letter is WRONG:
            return None
        assert isinstance(letter, Letter)
        return _checked(letter, self.project, problems)

    def _check_private(self, typed: Map, problems: Problems) -> None:
        for name, (key, _) in typed.pairs.items():
            if name not in self.known:
                problems.warning(f"there is no letter {quoted(name, key.source)}", key.source)

    def _values(self, merged: Map, problems: Problems) -> dict[str, Text]:
        """Return the values that fill the letter; those of a row of a series win."""
        found: dict[str, Text] = {}
        typed = merged.get("values")
        if isinstance(typed, Map):
            for name, (key, node) in typed.pairs.items():
                if isinstance(node, Scalar):
                    if node.tex:
                        problems.error("a value is no raw TeX", node.source)
                    found[name] = Text("" if absent(node) else node.text.strip(), node.source)
                if not re.fullmatch(r"[A-Za-z_][\w-]*", name):
                    hint = "it is a word of letters, digits, hyphens and underscores"
                    shown = quoted(name, key.source)
                    problems.error(f"{shown} cannot be a value's name", key.source, hint)
        if self.project.series:
            path, row = self.project.series
            rows = series.read(path, self.project.root, problems)
            if row <= len(rows):
                found |= rows[row - 1].values
        return found


def load(root: Map, project: Project, read: Load, problems: Problems) -> Letters:
    """Return the letter that the project asks for and those that it extends.

    They stand in files of their own, or under `letters` in a source of one file. What is
    wrong with other letters is not looked at.
    """
    inline = root.get("letters")
    own = inline.pairs if isinstance(inline, Map) else {}
    known = tuple(dict.fromkeys([*project.letters, *own]))
    chain: list[str] = []
    nodes: dict[str, Map] = {}
    asked = Text(project.letter, Source("cvtex letter"))
    while asked:
        if asked in chain:
            circle = " → ".join([*chain[chain.index(asked) :], asked])
            problems.error(f"letters extend one another: {circle}", asked.source)
            break
        if asked not in known:
            _unknown(asked, known, problems)
            break
        path = project.letters.get(asked)
        source = Source(project.name(path)) if path else own[asked][0].source
        if not is_part(asked) or asked == ALL:
            hint = "give it a name of letters, digits and hyphens"
            problems.error(f"{quoted(asked, source)} cannot be a letter's name", source, hint)
            break
        before = len(problems.diagnostics)
        node = read(path, source.file) if path else own[asked][1]
        if not isinstance(node, Map):
            if len(problems.diagnostics) == before:
                what = "nothing" if node is None or absent(node) else called(node)
                problems.error(f"a letter is a mapping with a body, not {what}", source)
            break
        chain.append(str(asked))
        nodes[str(asked)] = node
        extends = node.get("extends")
        stated = isinstance(extends, Scalar) and not absent(extends)
        asked = Text(extends.text.strip(), extends.source) if stated else Text("")  # type: ignore[union-attr]
    sound = not asked
    return Letters(project=project, chain=tuple(chain) if sound else (), nodes=nodes, known=known)


def check_released(names: Sequence[Text], known: Sequence[str], problems: Problems) -> None:
    """Complain of letters that a release attaches and that there are not."""
    for name in names:
        if name not in known and name != ALL:
            _unknown(name, known, problems)


def _unknown(asked: Text, known: Sequence[str], problems: Problems) -> None:
    guess = nearest(asked, list(known), {})
    hint = f"did you mean {guess}?" if guess else "known are " + ", ".join(known)
    if not known:
        hint = f"`cvtex letter --new {asked}` begins one"
    problems.error(f"there is no letter {quoted(asked, asked.source)}", asked.source, hint)


MOST_LINES = 9
"""How many lines the window of an envelope shows (DIN 5008)."""


def _given(to: Recipient) -> list[Text]:
    return [line for line in (to.name, to.title, to.organization, to.email) if line]


def _checked(letter: Letter, project: Project, problems: Problems) -> Letter:
    """Complain of what a letter's fields cannot be; return it with what is sound."""
    import dataclasses

    if letter.language and not languages.is_known(letter.language):
        problems.error(
            f"no words for the language {quoted(letter.language, letter.language.source)}",
            letter.language.source,
            hint_of(letter.language),
        )
    if (to := letter.to) and len(to.address) + len(_given(to)) > MOST_LINES:
        lines = len(to.address) + len(_given(to))
        message = f"the address has {lines} lines, and an envelope's window {MOST_LINES}"
        problems.warning(message, to.source, "leave out the mail address, or join lines")
    if letter.date and letter.date.is_present:
        problems.error("a letter has a date, not present", letter.source)
    if letter.signature:
        found = image(letter.signature, project.root, False, problems, "signature")
        letter = dataclasses.replace(letter, signature=found)
    return letter
