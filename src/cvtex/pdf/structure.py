"""The structure of a document, made of its marks in the order of the content (pure)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from cvtex.records import dataclass

Kid: TypeAlias = "Element | Content | Annotation"


@dataclasses.dataclass(slots=True, eq=False)
class Content:
    """A stretch of a page's content: the page's number from 0, its MCID there, its text."""

    page: int
    mcid: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's annotation on a page, a pikepdf object."""

    page: int
    object: Any


@dataclasses.dataclass(slots=True, eq=False)
class Element:
    """An element of the tree: `tag` is a standard structure type (ISO 32000-1, 14.8.4).

    `place` (page, x, y) is that of a heading, for the bookmarks; `box` that of a picture.
    """

    tag: str
    kids: list[Kid] = dataclasses.field(default_factory=list)
    alt: str = ""
    language: str = ""
    place: tuple[int, float, float] | None = None
    box: tuple[float, float, float, float] | None = None

    def add(self, tag: str) -> Element:
        """Return a new kid."""
        kid = Element(tag)
        self.kids.append(kid)
        return kid

    def elements(self) -> Iterator[Element]:
        """Yield this and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def text(self) -> str:
        """Return the text of this and of what is below it, in order."""
        return "".join(self._texts()).strip()

    def _texts(self) -> Iterator[str]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid._texts()
            elif isinstance(kid, Content):
                yield kid.text


@dataclasses.dataclass(slots=True)
class _Level:
    """A list that is open: the list, its last item, and that item's body."""

    list: Element
    item: Element
    body: Element | None = None


class _Flow:
    """One stream of text: what the next text is of, and the lists that are open."""

    def __init__(self, home: Element) -> None:
        self.home = home
        self.wanted = "P"
        self.block: Element | None = None
        self.levels: list[_Level] = []
        self.heading = 1  # the level of the last heading
        self.item = 0  # the depth of a list of which an item has begun, without text so far

    def mark(self, name: str) -> None:
        """What follows is of that kind; it becomes an element when there is text."""
        self.wanted, self.block = name, None
        if name.startswith("Lbl"):
            self.item = int(name[3:])
        elif not name.startswith("LBody"):
            self.item = 0

    def current(self) -> Element:
        """Return the element that text belongs to now."""
        if self.block is None:
            self.block = self._begun()
        return self.block

    def _begun(self) -> Element:
        kind = self.wanted.rstrip("0123456789")
        depth = int(self.wanted[len(kind) :] or 0)
        if kind == "Lbl":
            return self._item(depth).add("Lbl")
        if kind == "LBody" and depth == self.item:
            self._item(depth)
        if kind == "LBody" and 0 < depth <= len(self.levels):
            del self.levels[depth:]
            level = self.levels[-1]
            level.body = level.body or level.item.add("LBody")
            return level.body
        self.levels.clear()
        if kind == "H":
            # A level is never passed over (ISO 14289-1, 7.4.2).
            self.heading = min(depth, self.heading + 1) if depth > 1 else 1
            return self.home.add(f"H{self.heading}")
        return self.home.add("P")

    def _item(self, depth: int) -> Element:
        """Return a new item of the list of that depth, or of a new one."""
        self.item = 0
        del self.levels[depth:]
        if len(self.levels) < depth:
            above = self.levels[-1] if self.levels else None
            if above:
                above.body = above.body or above.item.add("LBody")
            home = above.body if above and above.body else self.home
            listed = home.add("L")
            self.levels.append(_Level(listed, listed.add("LI")))
        else:
            level = self.levels[-1]
            level.item, level.body = level.list.add("LI"), None
        return self.levels[-1].item


KNOWN = re.compile(r"H[1-6]|P|(?:Lbl|LBody)[1-6]")


class Builder:
    """Makes the tree of marks and of the stretches of content between them."""

    def __init__(self) -> None:
        self.document = Element("Document")
        self._flows = {"": _Flow(self.document)}
        self._flow = self._flows[""]
        self._artifact = 0
        self._link: Element | None = None
        self._in_link = False
        self._language = ""
        self._run: Element | None = None  # a stretch of another language

    def page(self) -> None:
        """Begin a page: what a page's end left open is no part of the next."""
        self._artifact, self._flow = 0, self._flows[""]

    def mark(self, name: str) -> None:
        """Take a mark; one that is not known says nothing."""
        if name == "Art":
            self._artifact += 1
        elif name == "EndArt":
            self._artifact = max(0, self._artifact - 1)
        elif name.startswith("Flow"):
            if name not in self._flows:
                self._flows[name] = _Flow(self.document.add("Sect"))
            self._flow = self._flows[name]
        elif name == "EndFlow":
            self._flow = self._flows[""]
        elif name == "Link":
            self._in_link, self._link, self._run = True, None, None
        elif name == "EndLink":
            self._in_link, self._link, self._run = False, None, None
        elif name.startswith("Lang.") or name == "EndLang":
            self._language, self._run = name[5:] if name[0] == "L" else "", None
        elif KNOWN.fullmatch(name) and not self._artifact:
            self._flow.mark(name)
            self._link = self._run = None

    @property
    def block(self) -> Element | None:
        """The block that text belongs to now."""
        return self._flow.block

    @property
    def link(self) -> Element | None:
        """The link that text belongs to now."""
        return self._link

    def element(self) -> Element | None:
        """Return the element that text belongs to now; None for an artifact."""
        if self._artifact:
            return None
        home = self._flow.current()
        if self._in_link:
            home = self._link = self._link or home.add("Link")
        if self._language:
            if self._run is None:
                self._run = home.add("Span")
                self._run.language = self._language
            home = self._run
        return home

    def figure(self, alt: str) -> Element | None:
        """Return a new figure where the content is now; None within an artifact."""
        if self._artifact:
            return None
        figure = self._flow.home.add("Figure")
        figure.alt = alt
        return figure
