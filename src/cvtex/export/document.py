"""A CV as plain parts, before it has a form: what every writer of this floor works from.

Texts are rows of runs; nothing here knows Markdown, HTML or Word. What is absent is "" or ().
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cvtex.model import Kind, Words
from cvtex.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike; those of `BREAK` end a line. `url` is where they lead."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    underline: bool = False
    url: str = ""


BREAK = Run("\n")
Inline = tuple[Run, ...]
"""A text in a row: a paragraph, a title, a bullet's words."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list, and the lists below it."""

    text: Inline
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of bullets, or of numbers that count from `first`."""

    bullets: tuple[Bullet, ...]
    first: int | None = None


Block = Inline | Listing
"""A paragraph, or a list among paragraphs."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Values after one of the language's words: "Courses: Optics, Lasers"."""

    key: Literal["score", "courses", "keywords"]
    label: str
    values: tuple[str, ...]
    colon: str = ": "
    comma: str = ", "

    @property
    def text(self) -> str:
        """The values in a row, as the language parts them."""
        return self.comma.join(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A dated record: a post, a degree, a project. Each piece is what `latex.Entry` has.

    `dates` are words, `start` and `end` the same as ISO 8601 has them ("" for now and for
    what it cannot say). Keywords, courses and the score are `labelled`.
    """

    kind: Kind
    title: Inline = ()
    subtitle: Inline = ()
    detail: Inline = ()
    dates: str = ""
    start: str = ""
    end: str = ""
    place: str = ""
    body: tuple[Block, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    labelled: tuple[Labelled, ...] = ()
    roles: tuple[Entry, ...] = ()
    url: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text below the head: paragraphs, then the bullets as a list."""
        return (*self.body, Listing(self.bullets)) if self.bullets else self.body


@dataclass(frozen=True, slots=True)
class Line:
    """A record that is a line such as "Languages: Python, C++"; either side may be absent."""

    label: Inline
    body: Inline
    colon: str = ": "


@dataclass(frozen=True, slots=True)
class Point:
    """A record that is one bullet by itself."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication in the citation style, with its `number` ("" for none) and what follows."""

    number: str
    text: Inline
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The title of some of a section's publications, which follow it."""

    title: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a whole list of publications: counts, what signs mean."""

    text: Inline


Item = Entry | Line | Point | Cited | Group | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section: its title, the text below that, and its items."""

    name: str
    title: str
    kind: Kind
    summary: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the person; `kind` is `phone`, `email`, `web` or a network (`github`)."""

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """The person's picture, upright: a JPEG or a PNG, and what is said of it."""

    data: bytes
    alt: str

    @property
    def media_type(self) -> str:
        return "image/png" if self.data.startswith(b"\x89PNG") else "image/jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole CV as it is handed out, in one language, variant and order, private or not."""

    name: str
    label: str = ""
    place: str = ""
    contacts: tuple[Contact, ...] = ()
    summary: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    footer: tuple[Block, ...] = ()
    title: str = ""
    paper: str = "a4"
    words: Words = field(repr=False)
    photo: Photo | None = None


def plain(text: Inline, line_end: str = " ") -> str:
    """Return what a text reads like; `line_end` stands for each end of a line in it."""
    return "".join(line_end if run == BREAK else run.text for run in text)


def items_in_row(items: Sequence[Item]) -> Iterator[tuple[type, list[Item]]]:
    """Yield the items in runs of one class, as lists of points and lines are set."""
    from itertools import groupby

    for kind, row in groupby(items, key=type):
        yield kind, list(row)
