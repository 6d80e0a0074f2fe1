"""The CV as plain text, one field a line: for web forms, mails and whatever takes no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvtex.export.document import (
    Block,
    Bullet,
    Cited,
    Document,
    Entry,
    Group,
    Inline,
    Item,
    Line,
    Listing,
    Point,
    Remark,
    Section,
    items_in_row,
    plain,
)
from cvtex.latex.text import upper


def write(document: Document) -> str:
    """Return the text; paragraphs are lines of any length, as forms want them."""
    head = [document.name, document.label, document.place]
    head += [contact.text for contact in document.contacts]
    parts = ["\n".join(filter(None, head)), *_blocks(document.summary)]
    for section in document.sections:
        parts += _section(section, document.words.code)
    parts += _blocks(document.footer)
    return "\n\n".join(parts) + "\n"


def _section(section: Section, code: str) -> Iterator[str]:
    """Yield the parts of a section, between which lines stay empty."""
    title = upper(section.title, code)
    yield f"\n{title}"
    yield from _blocks(section.summary)
    for kind, items in items_in_row(section.items):
        said = [_item(item) for item in items]
        if kind in (Line, Point):
            yield "\n".join(said)
        else:
            yield from said


def _item(item: Item) -> str:
    match item:
        case Entry():
            return "\n".join(_entry(item))
        case Line():
            return item.colon.join(filter(None, (_said(item.label), _said(item.body))))
        case Point():
            return f"- {_said(item.text)}"
        case Cited():
            number = f"{item.number}. " if item.number else ""
            return "\n".join((number + _said(item.text), *_blocks(item.body)))
        case Group():
            return item.title
        case Remark():
            return _said(item.text)


def _entry(entry: Entry) -> Iterator[str]:
    for text in (entry.title, entry.subtitle, entry.detail):
        if text:
            yield plain(text)
    yield from filter(None, (entry.place, entry.dates, _address(entry)))
    yield from _blocks(entry.body)
    yield from _bullets(entry.bullets)
    for labelled in entry.labelled:
        yield f"{labelled.label}{labelled.colon}{labelled.text}"
    for role in entry.roles:
        yield ""
        yield from _entry(role)


def _address(entry: Entry) -> str:
    """Return the address of what has a name: without one the title is the address."""
    shown = entry.url.removeprefix("https://").removesuffix("/")
    return "" if shown in plain(entry.title) else entry.url


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield "\n".join(_listing(block)) if isinstance(block, Listing) else _said(block)


def _listing(listing: Listing) -> Iterator[str]:
    yield from _bullets(listing.bullets, listing.first)


def _bullets(bullets: Sequence[Bullet], first: int | None = None) -> Iterator[str]:
    for count, bullet in enumerate(bullets):
        sign = "- " if first is None else f"{first + count}. "
        yield sign + _said(bullet.text)
        for inner in bullet.lists:
            yield from (f"  {line}" for line in _listing(inner))


def _said(text: Inline) -> str:
    """Return a text with the addresses of its links after their words."""
    said = ""
    for number, run in enumerate(text):
        said += run.text
        ends = number + 1 == len(text) or text[number + 1].url != run.url
        if run.url and ends and not _names(said, run.url):
            said += f" ({run.url.removeprefix('mailto:').removeprefix('tel:')})"
    return said


def _names(said: str, url: str) -> bool:
    """Tell whether a text ends with the address that it leads to, as a reader is shown it."""
    bare = url.partition("://")[2].removeprefix("www.").removesuffix("/") or url.partition(":")[2]
    return bool(bare) and (said.endswith(bare) or url.startswith("tel:"))
