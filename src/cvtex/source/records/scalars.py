"""Scalars of a form: texts, addresses, numbers, choices."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any, Final

from cvtex.diagnostics import Severity
from cvtex.model import Prose, Text
from cvtex.source import languages
from cvtex.source.records import foreign
from cvtex.source.syntax import characters
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    called,
    in_json,
    nearest,
    place_of,
    quoted,
)

WRONG: Final = object()
"""What a reading returns where nothing could be made of the node (it has complained)."""

Convert = Callable[[Node, str, Problems], Any]
"""Reads a node (never an absent one) under the name that messages use."""

MANY = 20
"""How many characters of one text are complained of one by one."""

LONGEST = {False: 5_000, True: 20_000}
"""How many characters a text may have, and how many prose."""

TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def text(node: Node, kind: type[Text], name: str, problems: Problems) -> Any:
    """Read a text: normalised, with its place; `WRONG` if it is no text."""
    if isinstance(node, List) and problems.is_lenient(node.source):
        prose = issubclass(kind, Prose)
        if joined := foreign.one_text(node, prose):
            hint = "its items are set as " + ("paragraphs" if prose else "one text with commas")
            problems.warning(f"{name} takes text, not a list", node.source, hint)
            node = joined
    if not isinstance(node, Scalar):
        not_a_text(node, name, problems)
        return WRONG
    most = LONGEST[issubclass(kind, Prose)]
    if len(node.text) > most:
        message = f"{name} has {len(node.text):,} characters; it may have {most:,}"
        problems.error(message, node.source, "a CV's text is shorter: is this another file's?")
        return WRONG
    value, findings = characters.normalise(node.text)
    for finding in findings[:MANY]:
        place = place_of(node, finding.character, finding.occurrence)
        if finding.severity is Severity.ERROR:
            problems.error(finding.message, place)
        else:
            problems.warning(finding.message, place)
    if any(finding.severity is Severity.ERROR for finding in findings):
        if all(finding.severity is not Severity.ERROR for finding in findings[:MANY]):
            problems.error("characters that no text may hold", node.source)
        return WRONG
    if len(findings) > MANY:
        problems.warning(f"{len(findings) - MANY} more characters are left out", node.source)
    if node.tex:
        return kind(value.strip("\n"), node.source, True, node.language)
    if issubclass(kind, Prose):
        return kind(paragraphs(value, node), node.source, False, node.language)
    line = " ".join(value.split("\n")).strip() if "\n" in value else value.strip(" ")
    return kind(line, node.source, False, node.language)


def paragraphs(value: str, node: Scalar) -> str:
    """Return prose with one blank line between paragraphs, and line feeds where lines break.

    YAML folds a typed blank line into a single line feed, but in a `|` block it
    stands as typed; so do the escapes of a string on one line. Lines of a `|` block
    that are as full as its longest lets them be were wrapped by an editor: no break.
    """
    if "\n" not in value:
        return value.strip(" ")
    folded = node.style != "|" and "\n" in node.raw
    paragraphs: list[list[str]] = [[]]
    for line in value.split("\n"):
        if line.strip(" ") and not (folded and paragraphs[-1]):
            paragraphs[-1].append(line)
        elif line.strip(" "):
            paragraphs.append([line])
        elif paragraphs[-1]:
            paragraphs.append([])
    joined = (_unwrapped(p) if node.style == "|" else "\n".join(p) for p in paragraphs if p)
    return "\n\n".join(joined).strip(" ")


_ITEM = re.compile(r" *([-+*]|\d{1,9}[.)]) ")
FILLED = 50
"""How many characters a paragraph's longest line has at least where its lines were wrapped."""


def _unwrapped(lines: list[str]) -> str:
    """Return a paragraph without the line ends at which an editor wrapped it."""
    prose = list(itertools.takewhile(lambda line: not _ITEM.match(line), lines))
    width = max(map(len, prose), default=0)
    full = [
        len(line) + 1 + len(after.strip().partition(" ")[0]) > width >= FILLED
        and not line.endswith(("\\", "  "))
        for line, after in itertools.pairwise(prose)
    ]
    if sum(full) == 1 and len(full) > 1:  # the longest of several that were ended on purpose
        full = []
    text = "".join(lines[:1])
    for wrapped, line in itertools.zip_longest(full, lines[1:], fillvalue=False):
        text += f" {str(line).lstrip(' ')}" if wrapped else f"\n{line}"
    return text


def not_a_text(node: Node, name: str, problems: Problems) -> None:
    """Complain of a list or mapping where a text is due, and guess how it came."""
    hint = None
    if isinstance(node, Map) and node.pairs and all(map(languages.is_known, node.pairs)):
        known = ", ".join(node.pairs)
        hint = f"for texts in several languages write meta.languages: [{known}]"
        if known == "id":
            hint = "id alone is the key of a record: write the text itself, or a second language"
    elif in_json(node.source):
        pass  # what follows is about YAML
    elif isinstance(node, Map) and len(node.pairs) == 1 and not node.flow:
        [(key, (_, value))] = node.pairs.items()
        whole = f"{key}: {value.text}" if isinstance(value, Scalar) else f"{key}: …"
        hint = "a colon and a space make a key; put a text that holds them in quotes"
        if not node.source.private and len(whole) < 60 and '"' not in whole:
            hint += f': "{whole}"'
    elif isinstance(node, List | Map) and node.flow:
        hint = "put a text that begins with a bracket in quotes"
    problems.error(f"{name} takes text, not {called(node)}", node.source, hint)


def plain(node: Node, name: str, takes: str, problems: Problems) -> str | None:
    """Return the text of a scalar that has a form of its own, None (and an error) else."""
    if not isinstance(node, Scalar):
        problems.error(f"{name} takes {takes}, not {called(node)}", node.source)
        return None
    if node.tex:
        problems.error(f"{name} takes {takes}; !tex is for texts only", node.source)
        return None
    value = text(node, Text, name, problems)
    return None if value is WRONG else str(value)


def form(kind: Any) -> Convert:
    """Return the reading of a class with `parse`: addresses, mail addresses, lengths."""

    takes = {"Url": "an address", "Email": "a mail address"}.get(kind.__name__, "a text")

    def read(node: Node, name: str, problems: Problems) -> Any:
        value = plain(node, name, takes, problems)
        if value is None:
            return WRONG
        try:
            parsed = kind.parse(value)
        except ValueError as stop:
            if node.source.private:
                message = f"{quoted(value, node.source)} is not {takes}"
            else:
                message = f"{name} {quoted(value, node.source)}: {stop}"
            if not problems.is_lenient(node.source):
                problems.error(message, node.source)
                return WRONG
            taken = foreign.repaired(kind, value)
            hint = taken[1] if taken else "it is left out"
            problems.warning(message, node.source, hint)
            if not taken:
                return WRONG
            parsed = taken[0]
        return kind(parsed, node.source) if issubclass(kind, Text) else parsed

    return read


def truth(node: Node, name: str, problems: Problems) -> Any:
    """Read true or false."""
    value = plain(node, name, "true or false", problems)
    if value is None:
        return WRONG
    if value.casefold() not in TRUTH:
        problems.error(f"{name} takes true or false, not {quoted(value, node.source)}", node.source)
        return WRONG
    return TRUTH[value.casefold()]


def number(node: Node, name: str, problems: Problems) -> Any:
    """Read a whole number."""
    value = plain(node, name, "a whole number", problems)
    if value is None:
        return WRONG
    if not re.fullmatch(r"[+-]?\d{1,9}", value, re.ASCII):
        problems.error(
            f"{name} takes a whole number, not {quoted(value, node.source)}", node.source
        )
        return WRONG
    return int(value)


def choice(values: tuple[str, ...]) -> Convert:
    """Return the reading of one of several words."""

    def read(node: Node, name: str, problems: Problems) -> Any:
        value = plain(node, name, "one of " + ", ".join(values), problems)
        if value is None:
            return WRONG
        if value not in values:
            guess = nearest(value, list(values), {})
            problems.error(
                f"{name} cannot be {quoted(value, node.source)}",
                node.source,
                f"did you mean {guess}?" if guess else "it is one of " + ", ".join(values),
            )
            return WRONG
        return value

    return read
