"""Prose as CommonMark reads it: emphasis, strong, code, links, escapes, lists, line breaks.

Nothing else of CommonMark is markup here: HTML, entities, images and autolinks
are literal, and a link without a target, or with one that a CV may not link to, stays
as it was typed. Lists and line breaks count in `blocks`; in one paragraph (`parse`) a
newline is a space. (https://spec.commonmark.org)
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from cvtex.model import Prose, Url
from cvtex.records import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Kind = Literal["text", "code", "emphasis", "strong", "link", "break"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of prose: text or code with `text`, a line break, or a wrapper around `pieces`."""

    kind: Kind
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its text, and the lists below it."""

    pieces: tuple[Piece, ...]
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, of bullets or of numbers that count from `number`."""

    items: tuple[Item, ...]
    number: int | None = None


Block = tuple[Piece, ...] | Listing
"""A paragraph, or a list."""

DEPTH = 3
"""How deep lists are set in lists; what is deeper stands in the deepest."""

_MARKUP = re.compile(r"\*.*\*|_.*_|`.*`|\]\(|\\[!-/:-@\[-`{-~\n]", re.DOTALL)
"""Whatever is markup contains this; most prose does not, and needs no parser."""

_LIST = re.compile(r"^ {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_GUARD = "\ufdd0"  # a noncharacter: it keeps `&amp;` from being read as an entity


def split(value: str) -> tuple[str, ...]:
    """Return the paragraphs of a value: what stands between its blank lines."""
    paragraphs: list[list[str]] = [[]]
    for line in value.split("\n"):
        if line.strip(" \t"):
            paragraphs[-1].append(line if paragraphs[-1] else line.lstrip(" \t"))
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple("\n".join(lines).rstrip(" \t") for lines in paragraphs if lines)


def parse(value: str) -> tuple[Piece, ...]:
    """Return a value as the pieces of one paragraph; blank lines and newlines are spaces."""
    value = "\n".join(split(value))
    if not _MARKUP.search(value):
        return (Piece("text", _one_line(value)),)
    tokens = _parser()[0].parseInline(_guarded(value))[0].children or []
    return tuple(_spaced(_pieces(iter(tokens))))


def blocks(value: str, soft: str = "") -> tuple[Block, ...]:
    """Return the paragraphs and lists of a value.

    A line break in a paragraph is a break, unless `soft` is what stands for one that is not
    marked so; within a list's item that is a space.
    """
    if _LIST.search(value) and (found := _with_lists(value, soft)):
        return found
    return tuple(_paragraph(paragraph, soft) for paragraph in split(value))


def plain(value: str) -> str:
    """Return what a value reads like with its markup taken off.

    Of a value tagged `!tex` this is only the value itself.
    """
    if not isinstance(value, Prose) or value.tex:
        return _one_line(value)
    return read(parse(value))


def refused(paragraph: str) -> tuple[str, ...]:
    """Return the targets of links in a paragraph that a CV may not have (see `model.Url`)."""
    parser, targets = _parser()
    targets.clear()
    parser.parseInline(_guarded(paragraph))
    return tuple(dict.fromkeys(targets))


def walk(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Yield every piece, and those within it after it."""
    for piece in pieces:
        yield piece
        yield from walk(piece.pieces)


def read(pieces: tuple[Piece, ...]) -> str:
    """Return what pieces read like."""
    return "".join(piece.text or read(piece.pieces) for piece in pieces)


def _paragraph(value: str, soft: str) -> tuple[Piece, ...]:
    if "\n" not in value and not _MARKUP.search(value):
        return (Piece("text", value),)
    return _pieces(iter(_parser()[0].parseInline(_guarded(value))[0].children or ()), soft)


def _with_lists(value: str, soft: str) -> tuple[Block, ...] | None:
    """Return the paragraphs and lists of a value, None if the parser left out a letter
    (as it does of lists in more than fifty others)."""
    found: list[Block] = []
    tokens = iter(_parser()[0].parse(_guarded(value)))
    for token in tokens:
        if token.type == "inline":
            found.append(_pieces(iter(token.children or ()), soft))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            found.append(_listing(token, tokens, 1))
    whole = _letters(read(parse(value)))
    return tuple(found) if whole == sum(map(_letters, map(_said, found))) else None


def _said(block: Block) -> str:
    if not isinstance(block, Listing):
        return read(block)
    return "".join(read(item.pieces) + "".join(map(_said, item.listings)) for item in block.items)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _one_line(value: str) -> str:
    return " ".join(line.strip(" \t") for line in value.split("\n")) if "\n" in value else value


def _guarded(value: str) -> str:
    """Return a value whose entities are no entities."""
    return _ENTITY.sub("&" + _GUARD, value)


def _spaced(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Yield pieces with a space for each break, texts that stand together as one."""
    text = ""
    for piece in pieces:
        if piece.kind in ("text", "break"):
            text += piece.text or " "
            continue
        if text:
            yield Piece("text", text)
            text = ""
        if piece.pieces:
            inner = tuple(_spaced(piece.pieces))
            piece = Piece(piece.kind, "", inner, piece.url, piece.title)
        yield piece
    if text:
        yield Piece("text", text)


def _listing(opened: Token, tokens: Iterator[Token], depth: int) -> Listing:
    """Return the list that a token has opened, up to its end."""
    number = int(opened.attrGet("start") or 1) if opened.type == "ordered_list_open" else None
    items: list[Item] = []
    for token in tokens:
        if token.type == "list_item_open":
            items += (item for item in _item(tokens, depth) if item.pieces or item.listings)
        elif token.nesting < 0:
            break
    return Listing(tuple(items), number)


def _item(tokens: Iterator[Token], depth: int) -> list[Item]:
    """Return an item up to its end; what is nested too deep follows it as items of its own."""
    pieces: list[Piece] = []
    listings: list[Listing] = []
    for token in tokens:
        if token.type == "inline":
            inner = _pieces(iter(token.children or ()), soft=" ")
            pieces += [Piece("break"), *inner] if pieces else inner
        elif token.nesting > 0 and token.type.endswith("list_open"):
            listings.append(_listing(token, tokens, depth + 1))
        elif token.type == "list_item_close":
            break
    if depth < DEPTH:
        return [Item(tuple(pieces), tuple(listings))]
    return [Item(tuple(pieces)), *(item for listing in listings for item in listing.items)]


_WRAPPERS: dict[str, Kind] = {
    "em_open": "emphasis",
    "strong_open": "strong",
    "link_open": "link",
}


def _pieces(tokens: Iterator[Token], soft: str = "") -> tuple[Piece, ...]:
    """Return the pieces up to the end of the tokens or of the wrapper they stand in.

    `soft` is what a line's end is that is not marked as a break; "" makes it one.
    """
    pieces: list[Piece] = []
    text = ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            text += token.content.replace(_GUARD, "")
            continue
        if token.type == "softbreak" and soft:
            text += soft
            continue
        if token.type in ("softbreak", "hardbreak"):
            text = text.rstrip(" ")
        if text:
            pieces.append(Piece("text", text))
            text = ""
        if token.type in ("softbreak", "hardbreak"):
            pieces.append(Piece("break"))
            continue
        if token.nesting < 0:
            return tuple(pieces)
        if token.type == "code_inline":
            pieces.append(Piece("code", token.content.replace(_GUARD, "")))
            continue
        inner = _pieces(tokens, soft)
        url, title = (str(token.attrGet(name) or "") for name in ("href", "title"))
        if token.type == "link_open" and not url:  # as it was typed
            pieces += [Piece("text", "["), *inner, Piece("text", "]()")]
            continue
        url, title = url and Url.parse(url), title.replace(_GUARD, "")
        pieces.append(Piece(_WRAPPERS[token.type], "", inner, url, title))
    return (*pieces, Piece("text", text)) if text else tuple(pieces)


@functools.cache
def _parser() -> tuple[MarkdownIt, list[str]]:
    """Return the parser, and the list in which it keeps the targets it refuses."""
    from markdown_it import MarkdownIt

    refused: list[str] = []

    class Parser(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url.replace(_GUARD, "")

        def validateLink(self, url: str) -> bool:  # noqa: N802
            if not url:
                return False
            try:
                Url.parse(url)
            except ValueError:
                refused.append(url)
                return False
            return True

    parser = Parser("zero", {"maxNesting": 100})
    parser.enable(["list", "newline", "escape", "backticks", "emphasis", "link"])
    return parser, refused
