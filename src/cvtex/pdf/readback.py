"""A PDF read back: its words with places, fonts, sizes and colours, its links, its structure.

Words come in the order of the content, as `pdftotext -raw` gives them. Of a PDF that was
tagged each word has the types of structure that it is in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from cvtex.pdf import content
from cvtex.pdf.showing import Word
from cvtex.records import dataclass

__all__ = ["Link", "Page", "Word", "lines", "read", "text"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Link:
    """A link's address, and where it is: left, low, right, high, in points."""

    url: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its size in points. `tags` has what each word is in, the outermost first
    (`("Document", "L", "LI", "LBody")`); it is empty for an artifact, and where nothing is tagged.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    tags: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]

    def text(self) -> str:
        """Return the page's text, line by line."""
        return text(self.words)


def read(pdf: Path | bytes) -> tuple[Page, ...]:
    """Return what the pages of a PDF say. Raises `pikepdf.PdfError` for what is no PDF."""
    # a stream, for a path's name need not be UTF-8
    with pikepdf.open(io.BytesIO(pdf if isinstance(pdf, bytes) else pdf.read_bytes())) as opened:
        fonts, owners = content.Fonts(), _owners(opened)
        return tuple(
            _page(page, fonts.of(page), owners.get(number, {}))
            for number, page in enumerate(opened.pages)
        )


def attached(pdf: Path) -> dict[str, bytes] | str:
    """Return the files of cvtex that a PDF holds, by name; or why it cannot be read."""
    from cvtex.pdf.attached import extract

    try:
        return extract(pdf)
    except pikepdf.PasswordError:
        return "it is encrypted"
    except pikepdf.PdfError:
        return "it is no PDF, or a damaged one"
    except OSError as failure:
        return failure.strerror or str(failure)
    except ValueError as failure:
        return str(failure)


def _page(page: Any, fonts: Any, owners: dict[int, tuple[str, ...]]) -> Page:
    words: list[Word] = []
    tags: list[tuple[str, ...]] = []
    for event in content.read(content.content(page), fonts):
        words += event.words
        owner = () if event.mcid is None else owners.get(event.mcid, ())
        tags += [owner] * len(event.words)
    left, low, right, high = (float(side) for side in page.mediabox)
    return Page(right - left, high - low, tuple(words), tuple(tags), tuple(_links(page)))


def _links(page: Any) -> Iterator[Link]:
    for note in page.obj.get("/Annots", ()):
        address = note.get("/A", {}).get("/URI")
        if note.get("/Subtype") == "/Link" and address is not None:
            left, low, right, high = (float(side) for side in note.Rect)
            yield Link(str(address), (left, low, right, high))


def _owners(pdf: pikepdf.Pdf) -> dict[int, dict[int, tuple[str, ...]]]:
    """Return, by page and MCID, the types of structure that content is in."""
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        return {}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found: dict[int, dict[int, tuple[str, ...]]] = {}

    def walk(node: Any, above: tuple[str, ...], page: int | None) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid, above, page)
        elif isinstance(node, pikepdf.Dictionary):
            at = numbers[node.Pg.objgen] if "/Pg" in node else page
            if "/S" in node:
                walk(node.get("/K"), (*above, str(node.S)[1:]), at)
            elif "/MCID" in node and at is not None:
                found.setdefault(at, {})[int(node.MCID)] = above
        elif isinstance(node, int) and page is not None:
            found.setdefault(page, {})[node] = above

    walk(tree.get("/K"), (), None)
    return found


def lines(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield the lines of words that follow each other in the content."""
    line: list[Word] = []
    for word in words:
        if line and _is_below(line[-1], word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _is_below(last: Word, word: Word) -> bool:
    """Tell whether a word begins another line than the one before it."""
    size = max(last.size, word.size)
    return abs(word.y - last.y) > 0.5 * size or word.x < last.end - size


def text(words: Sequence[Word]) -> str:
    """Return words as text, a line for each line of the page."""
    return "\n".join(
        "".join(w.text if w.glued or w is line[0] else " " + w.text for w in line)
        for line in lines(words)
    )
