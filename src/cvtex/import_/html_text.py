"""HTML as editors of web forms write it -> CommonMark."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
BLOCKS = {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}


def is_html(text: str) -> bool:
    """Tell whether a text holds tags of HTML."""
    return bool(
        re.search(r"</?(?:p|div|br|ul|ol|li|strong|b|em|i|a|code|span|u|h\d)\b[^<>]*>", text)
    )


def markdown(text: str) -> tuple[str, list[str]]:
    """Return a text in HTML as CommonMark's text, and its list items (outermost ones).

    Paragraphs are parted by a blank line; items of lists stand apart from the text. A line
    ends where a `br` stands in a paragraph.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return "\n\n".join(reader.paragraphs), reader.items


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.items: list[str] = []
        self.now: list[str] = []
        self.depth = 0
        self.address = ""

    def flush(self) -> None:
        text = re.sub(r"[^\S\v]+", " ", "".join(self.now)).strip()
        text = re.sub(r" *\v *", " " if self.depth else "\n", text)
        self.now = []
        if text:
            (self.items if self.depth else self.paragraphs).append(text)

    def _block(self, tag: str) -> None:
        """End what stands before a block; the paragraphs of an item are one text."""
        if tag == "p" and self.depth:
            self.now.append(" ")
        else:
            self.flush()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._block(tag)
            self.depth += tag in ("ul", "ol")
        elif tag == "br":
            self.now.append("\v")
        elif tag in MARKS:
            self.now.append(MARKS[tag])
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
            self.now.append("[" if self.address else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._block(tag)
            self.depth -= tag in ("ul", "ol") and self.depth > 0
        elif tag in MARKS:
            self.now.append(MARKS[tag])
        elif tag == "a":
            self.now.append(f"]({self.address})" if self.address else "")

    def handle_data(self, data: str) -> None:
        self.now.append(re.sub(r"([\\*_`\[\]])", r"\\\1", data))
