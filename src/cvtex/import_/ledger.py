"""An account of every value of a source: where it went, or that it is lost.

An importer takes values out of a `Given`; what it never took is found at the end, with its
path and line. So nothing can be dropped in silence: not to know a key is to list it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cvtex.diagnostics import Source
from cvtex.source.syntax.nodes import List, Map, Node, Scalar, absent


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the source that did not simply find its place.

    `path` is where it stands (`cv.sections.skills[0].label`), `what` what became of it, and
    `now` the form that it has, where that is short.
    """

    path: str
    value: str
    source: Source
    what: str
    now: str = ""


@dataclass(slots=True)
class Ledger:
    """What became of a source's values: `kept` counts those that have their place whole,
    `changed` lists those that have it in another form, `lost` those that have none, and
    `settings` those that say how another program sets its pages, and nothing of the person."""

    kept: int = 0
    changed: list[Entry] = field(default_factory=list)
    lost: list[Entry] = field(default_factory=list)
    settings: list[Entry] = field(default_factory=list)
    taken: dict[int, Scalar] = field(default_factory=dict)
    everything: list[tuple[str, Scalar]] = field(default_factory=list)

    def note(self, path: str, scalar: Scalar, what: str, now: str = "") -> None:
        """List a value that has its place in another form."""
        if not absent(scalar):
            self.changed.append(Entry(path, scalar.text, scalar.source, what, now))

    def close(self) -> None:
        """List as lost what nobody took, and count the rest."""
        for path, scalar in self.everything:
            if id(scalar) in self.taken or absent(scalar):
                continue
            self.lost.append(Entry(path, scalar.text, scalar.source, "cvtex has no place for it"))
        listed = (self.changed, self.lost, self.settings)
        counted = {
            (entry.path, entry.value, entry.source) for entries in listed for entry in entries
        }
        self.kept = sum(
            1 for path, scalar in self.everything
            if not absent(scalar) and (path, scalar.text, scalar.source) not in counted
        )  # fmt: skip
        for entries in listed:
            entries.sort(
                key=lambda entry: (entry.source.file, entry.source.line, entry.source.column)
            )


class Given:
    """A place in a source: its value can be taken once, or what is below it."""

    def __init__(self, node: Node | None, path: str, ledger: Ledger) -> None:
        self.node, self.path, self.ledger = node, path, ledger

    @classmethod
    def root(cls, node: Node, ledger: Ledger, path: str = "") -> Given:
        """Begin with a whole file, whose every scalar is to be counted for."""
        ledger.everything += _scalars(node, path)
        return cls(node, path, ledger)

    def __bool__(self) -> bool:
        return self.node is not None and not absent(self.node)

    def __getitem__(self, key: str) -> Given:
        """Return what stands under a key; nothing where there is none."""
        found = self.node.get(key) if isinstance(self.node, Map) else None
        return Given(found, f"{self.path}.{key}" if self.path else key, self.ledger)

    def first(self, *keys: str) -> Given:
        """Return what stands under the first of several keys that has a value."""
        return next((self[key] for key in keys if self[key]), self[keys[0]])

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping, in their order."""
        return tuple(self.node.pairs) if isinstance(self.node, Map) else ()

    @property
    def is_map(self) -> bool:
        return isinstance(self.node, Map)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, List)

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, Scalar)

    @property
    def source(self) -> Source:
        return self.node.source if self.node else Source("")

    def items(self) -> list[Given]:
        """Return the items of a list, or the one value where no list stands; none for nothing."""
        if isinstance(self.node, List):
            return [
                Given(item, f"{self.path}[{n}]", self.ledger)
                for n, item in enumerate(self.node.items)
            ]
        return [self] if self else []

    def peek(self) -> str:
        """Return a text without taking it."""
        return self.node.text.strip() if isinstance(self.node, Scalar) and self else ""

    def text(self) -> str:
        """Take a text; "" where there is none."""
        if isinstance(self.node, Scalar):
            self.ledger.taken[id(self.node)] = self.node
        return self.peek()

    def became(self, what: str, now: str = "") -> str:
        """Take a text that has its place in another form, and say in which."""
        value = self.text()
        if value:
            self.ledger.changed.append(Entry(self.path, value, self.source, what, now))
        return value

    def leaves(self) -> Iterator[tuple[str, Scalar]]:
        """Yield every scalar that stands here or below, with its path."""
        yield from _scalars(self.node, self.path)

    def lose(self, why: str) -> None:
        """List all that stands here as lost, for a reason."""
        self._list(self.ledger.lost, why)

    def lay_aside(self, why: str) -> None:
        """List all that stands here as settings of another program."""
        self._list(self.ledger.settings, why)

    def _list(self, entries: list[Entry], why: str) -> None:
        for path, scalar in _scalars(self.node, self.path):
            if not absent(scalar) and id(scalar) not in self.ledger.taken:
                self.ledger.taken[id(scalar)] = scalar
                entries.append(Entry(path, scalar.text, scalar.source, why))


def _scalars(node: Node | None, path: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, List):
        for number, item in enumerate(node.items):
            yield from _scalars(item, f"{path}[{number}]")
    elif isinstance(node, Map):
        for key, (_, value) in node.pairs.items():
            yield from _scalars(value, f"{path}.{key}" if path else key)
