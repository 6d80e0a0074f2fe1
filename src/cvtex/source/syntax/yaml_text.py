"""YAML text -> nodes with positions, through PyYAML's event parser (C where present).

Events, not PyYAML's own composer: that one walks a nested text on the C stack
and dies of a thousand brackets, knows no duplicate key and forgets anchors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cvtex.diagnostics import Severity, Source
from cvtex.source.syntax import yaml_warnings
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar, called, quoted

DEPTH = 64
BUDGET = 100_000
"""How many nodes (values and keys) a file may have with its aliases written out."""

# What PyYAML's reader refuses as a whole; set aside as private-use characters
# of plane 16 so that the text can be parsed and each be reported at its place.
_REFUSED = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_STAND_INS = {
    code: 0x10FE00 + number
    for number, code in enumerate(
        [*range(1, 9), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF]
    )
}
_BACK = {stand_in: code for code, stand_in in _STAND_INS.items()}
_PROPERTY = re.compile(r"(?:[&!]\S*\s+)*(!\S*)")


def read(
    text: str, file: str, problems: Problems, *, private: bool = False, value: bool = False
) -> Node | None:
    """Return the tree of a YAML text; None where it is empty or (with an error) no YAML.

    `private` marks every node so. `value` tells that the text is one value from
    the command line: its nodes then have no line. No scalar gets a type.
    """
    import yaml

    try:
        text.encode()
    except UnicodeEncodeError as lone:
        line = text.count("\n", 0, lone.start) + 1
        problems.error("the text is not UTF-8", Source(file, 0 if value else line, 0, 0, private))
        return None
    composer = _Composer(text, file, problems, private, value)
    loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    shown = text.translate(_STAND_INS) if composer.translated else text
    try:
        return composer.document(yaml.parse(shown, Loader=loader))
    except _TooMuch as stop:
        problems.error(stop.message, stop.source)
    except yaml.MarkedYAMLError as stop:
        from cvtex.source.syntax import yaml_hints
        from cvtex.source.syntax.yaml_layout import QUOTE

        opened = composer.opened[-1] if composer.opened else None
        found = yaml_hints.explain(text, stop, opened, composer.last)
        problems.diagnostics[:] = [  # warnings may come of the same misreading
            d
            for d in problems.diagnostics
            if d.severity is Severity.ERROR or not d.source or d.source.file != file
        ]
        place = Source(file, *((0, 0) if value else (found.line, found.column)), 0, private)
        problems.error(found.message, place, QUOTE if private and found.quotes else found.hint)
    except (yaml.YAMLError, ValueError, RecursionError) as stop:
        reason = "" if private else f": {str(stop).splitlines()[0]}" if str(stop) else ""
        problems.error(f"this is not YAML{reason}", Source(file, private=private))
    return None


class _TooMuch(Exception):
    def __init__(self, message: str, source: Source) -> None:
        self.message, self.source = message, source


class _Composer:
    """Builds nodes from events; knows the anchors met so far."""

    def __init__(
        self, text: str, file: str, problems: Problems, private: bool, value: bool
    ) -> None:
        from yaml import events

        self.kinds = events
        self.text, self.file, self.problems = text, file, problems
        self.private, self.value = private, value
        self.translated = bool(_REFUSED.search(text))
        self.anchors: dict[str, tuple[Node, int] | None] = {}
        self.unused: dict[str, Source] = {}
        self.last: Any = None  # the last scalar's event
        self.opened: list[Any] = []  # where the brackets stand that are open
        self.size = 0

    def document(self, events: Iterator[Any]) -> Node | None:
        """Compose the one document of a stream."""
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, self.kinds.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _TooMuch(
                        "a second YAML document begins here; a file holds one",
                        self.place(event.start_mark),
                    )
                node, _ = self.node(next(events), events, 0, key=False)
        for name, source in self.unused.items():
            self.problems.warning(
                f"{quoted('&' + name, source)} names a value that no alias uses, and is not text",
                source,
                "put the value in quotes if the & belongs to it",
            )
        return node

    def place(self, mark: Any, last: int = 0) -> Source:
        """Return the source of a mark; `last` is the last line, from 1."""
        if self.value:
            return Source(self.file, private=self.private)
        line = mark.line + 1
        return Source(self.file, line, mark.column + 1, last if last > line else 0, self.private)

    def node(self, event: Any, events: Iterator[Any], depth: int, key: bool) -> tuple[Node, int]:
        """Return the node that begins with an event, and its last line."""
        self.size += 1
        if self.size > BUDGET:
            message = f"this file has more than {BUDGET:,} values and keys, and is not read further"
            raise _TooMuch(message, self.place(event.start_mark))
        if depth > DEPTH:
            raise _TooMuch(f"nested deeper than {DEPTH} levels", self.place(event.start_mark))
        if isinstance(event, self.kinds.AliasEvent):
            return self.alias(event), self.place(event.start_mark).line
        name = event.anchor
        before = self.size
        if name is not None:
            self.anchors[name] = None
            self.unused[name] = self.place(event.start_mark)
        node: Node
        if isinstance(event, self.kinds.ScalarEvent):
            node, last = self.scalar(event, key)
        else:
            if event.tag is not None:
                self.tag(event)
            inner = self.items if isinstance(event, self.kinds.SequenceStartEvent) else self.pairs
            if event.flow_style:
                self.opened.append(event.start_mark)
            node, last = inner(event, events, depth)
            if event.flow_style:
                self.opened.pop()
        if name is not None:
            self.anchors[name] = (node, self.size - before + 1)
        return node, last

    def alias(self, event: Any) -> Node:
        source = self.place(event.start_mark)
        shown = quoted("*" + event.anchor, source)
        if event.anchor not in self.anchors:
            self.problems.error(
                f"{shown} refers to nothing",
                source,
                "a value that begins with * is an alias; put it in quotes if it is text",
            )
            return self.nothing(source)
        self.unused.pop(event.anchor, None)
        known = self.anchors[event.anchor]
        if known is None:
            self.problems.error(f"{shown} stands inside the value that it refers to", source)
            return self.nothing(source)
        self.size += known[1]
        if self.size > BUDGET:
            raise _TooMuch(f"the aliases make more than {BUDGET} values when written out", source)
        return known[0]

    def nothing(self, source: Source) -> Scalar:
        """Return what stands for a value that an alias failed to bring."""
        self.problems.dead.add(source)
        return Scalar("?", source, '"')

    def scalar(self, event: Any, key: bool) -> tuple[Scalar, int]:
        self.last = event
        start, end = event.start_mark, event.end_mark
        raw = self.text[start.index : end.index]
        last = start.line + 1 + raw.rstrip().count("\n")
        source = self.place(start, last)
        style = event.style or ""
        text = event.value.translate(_BACK) if self.translated else event.value
        tex = event.tag is not None and self.tag(event)
        if not key:
            yaml_warnings.check(self.text, raw, end.index, style, source, self.problems)
        return Scalar(text, source, style, tex, raw), last

    def tag(self, event: Any) -> bool:
        """Tell whether a node is tagged `!tex`; any other tag is an error."""
        if event.tag == "!tex" and isinstance(event, self.kinds.ScalarEvent):
            return True
        if event.tag == "tag:yaml.org,2002:str":
            return False
        source = self.place(event.start_mark)
        typed = _PROPERTY.match(self.text, event.start_mark.index)
        shown = quoted(typed[1] if typed else event.tag, source)
        if event.tag == "!tex":
            self.problems.error("!tex stands before a text only", source)
        else:
            self.problems.error(
                f"unknown tag {shown}",
                source,
                "only !tex is known; put the value in quotes if it begins with !",
            )
        return False

    def items(self, event: Any, events: Iterator[Any], depth: int) -> tuple[List, int]:
        items: list[Node] = []
        last = event.start_mark.line + 1
        for inner in events:
            if isinstance(inner, self.kinds.SequenceEndEvent):
                if event.flow_style:
                    last = self.place(inner.end_mark).line
                break
            node, last = self.node(inner, events, depth + 1, key=False)
            items.append(node)
        return List(tuple(items), self.place(event.start_mark, last), bool(event.flow_style)), last

    def pairs(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Map, int]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        merged: list[Map] = []
        last = event.start_mark.line + 1
        for inner in events:
            if isinstance(inner, self.kinds.MappingEndEvent):
                if event.flow_style:
                    last = self.place(inner.end_mark).line
                break
            where = self.place(inner.start_mark)
            key, _ = self.node(inner, events, depth + 1, key=True)
            value, last = self.node(next(events), events, depth + 1, key=False)
            if not isinstance(key, Scalar):
                self.problems.error(
                    f"a key is text, not {called(key)}",
                    where,
                    "put a value that begins with { or [ in quotes",
                )
            elif key.text == "<<" and key.style == "":
                merged += self.sources(value)
            elif key.text in pairs:
                first = pairs[key.text][0].source.line
                self.problems.error(
                    f"the key {quoted(key.text, key.source)} stands twice",
                    key.source,
                    f"it is already on line {first}",
                )
            else:
                pairs[key.text] = (key, value)
        for other in merged:
            for name, pair in other.pairs.items():
                pairs.setdefault(name, pair)
        return Map(pairs, self.place(event.start_mark, last), bool(event.flow_style)), last

    def sources(self, value: Node) -> list[Map]:
        """Return what a merge key `<<` brings in: a mapping, or a list of them."""
        found = list(value.items) if isinstance(value, List) else [value]
        maps = [node for node in found if isinstance(node, Map)]
        if len(maps) < len(found):
            self.problems.error("<< takes a mapping or a list of mappings", value.source)
        return maps
