"""Prose as CommonMark's inline rules read it: emphasis, strong, code, links, escapes.

Nothing else of CommonMark is markup here: HTML, entities, images and autolinks
are literal, a newline is a space, and a link without a target, or with one that a
CV may not link to, stays as it was typed. (https://spec.commonmark.org, "Inlines".)
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from cvtex.diagnostics import Diagnostic, Source, error, warning
from cvtex.model import Prose, Url
from cvtex.records import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Kind = Literal["text", "code", "emphasis", "strong", "link"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of prose: text or code with `text`, or a wrapper around `pieces`."""

    kind: Kind
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    url: str = ""
    title: str = ""


_MARKUP = re.compile(r"\*.*\*|_.*_|`.*`|\]\(|\\[!-/:-@\[-`{-~\n]", re.DOTALL)
"""Whatever is markup contains this; most prose does not, and needs no parser."""

_BLANK = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_GUARD = "\ufdd0"  # a noncharacter: it keeps `&amp;` from being read as an entity


def split(value: str) -> tuple[str, ...]:
    """Return the paragraphs of a value: what stands between its blank lines."""
    return tuple(part for part in _BLANK.split(value.strip()) if part)


def parse(value: str) -> tuple[Piece, ...]:
    """Return one paragraph as pieces; blank lines and newlines in it are spaces."""
    return _read(value)[0]


def plain(value: str) -> str:
    """Return what a value reads like with its markup taken off.

    Of a value tagged `!tex` this is only the value itself.
    """
    if not isinstance(value, Prose) or value.tex:
        return re.sub(r"[ \t]*\n[ \t]*", " ", value)
    return _plain(parse(value))


def problems(value: Prose) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the links of a prose value.

    A link whose target a CV may not have (see `model.Url`) is an error; a link's
    title, which a PDF has no place for, is a warning.
    """
    if value.tex or not _MARKUP.search(value) or "](" not in value:
        return ()
    found = []
    for paragraph in split(value):
        pieces, refused = _read(paragraph)
        for piece in _walk(pieces):
            if piece.title:
                message = f'a link has no room for a title: "{piece.title}"'
                hint = f"write [text]({piece.url})"
                found.append(warning(message, _place(value, piece.title), hint))
        for url in dict.fromkeys(refused):
            try:
                Url.parse(url)
            except ValueError as reason:
                hint = r"write \[ where no link is meant"
                found.append(error(f'link "{url}": {reason}', _place(value, url), hint))
    return tuple(found)


def _place(value: Prose, part: str) -> Source:
    """Return where a part of a value stands, as near as one can tell.

    How a value of several lines was folded is not known here: then it is the
    value's own place.
    """
    place = value.source
    offset = value.find(part)
    if place.column and offset > 0 and not place.end and "\n" not in value:
        return replace(place, column=place.column + offset)
    return place


def _plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text or _plain(piece.pieces) for piece in pieces)


def _walk(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        yield from _walk(piece.pieces)


def _read(value: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Return one paragraph as pieces, and the link targets that were refused."""
    value = _BLANK.sub("\n", value.strip(" \t\n"))
    if not _MARKUP.search(value):
        return (Piece("text", re.sub(r"[ \t]*\n[ \t]*", " ", value)),), ()
    parser, refused = _parser()
    refused.clear()
    tokens = parser.parseInline(_ENTITY.sub("&" + _GUARD, value))[0].children or []
    return _pieces(iter(tokens)), tuple(refused)


_WRAPPERS: dict[str, Kind] = {
    "em_open": "emphasis",
    "strong_open": "strong",
    "link_open": "link",
}


def _pieces(tokens: Iterator[Token]) -> tuple[Piece, ...]:
    """Return the pieces up to the end of the tokens or of the wrapper they stand in."""
    pieces: list[Piece] = []
    text = ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            text += token.content.replace(_GUARD, "")
            continue
        if token.type in ("softbreak", "hardbreak"):
            text += " "
            continue
        if text:
            pieces.append(Piece("text", text))
            text = ""
        if token.nesting < 0:
            return tuple(pieces)
        if token.type == "code_inline":
            pieces.append(Piece("code", token.content.replace(_GUARD, "")))
            continue
        inner = _pieces(tokens)
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
    parser.enable(["newline", "escape", "backticks", "emphasis", "link"])
    return parser, refused
