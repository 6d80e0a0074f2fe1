"""A résumé parser that knows a page by its geometry alone, for tests.

It does what published parsers do, and is made of nothing of cvtex's: pdfminer's letters with
their places and fonts. What stands between wide gaps is one item; items on a baseline are a
line, across the page (`rows`) or as far as they follow each other in the file, which is how
those read that are built on pdf.js (`file`); a line of one item, bold and in capitals, or of at
most two words of which one is known, is a section's title; within a section an entry begins
after a text, where lines are further apart or the head is bold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

ITEM = 0.6
"""A gap of so many ems begins a new item (pdf.js)."""
KNOWN = re.compile(
    r"experience|employment|education|skill|project|publication|award|certificate|language|"
    r"interest|reference|volunteer|talk|summary|profile|patent|grant|membership|teaching|service",
    re.I,
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATE = re.compile(rf"(?:{MONTH}\s+)?\b(?:19|20)\d\d\b|\bPresent\b", re.I)
BULLETS = "•◦▪∙·"


@dataclass(frozen=True)
class Item:
    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool


@dataclass
class Entry:
    """What was found of one job or degree: the items before its first bullet, and its dates."""

    items: list[Item] = field(default_factory=list)

    @property
    def dates(self) -> list[str]:
        return [item.text for item in self.items if DATE.search(item.text)]

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.items if not DATE.search(item.text)]


@dataclass
class Parsed:
    name: str
    email: str
    sections: dict[str, list[Entry]]


Order = Literal["rows", "file"]


def parse(pdf: Path, order: Order = "rows") -> Parsed:
    """Return what a parser finds in a CV."""
    lines = [line for page in pages(pdf, order) for line in page]
    head: list[list[Item]] = []
    sections: dict[str, list[list[Item]]] = {}
    current = head
    for number, line in enumerate(lines):
        if number > 1 and is_title(line):
            current = sections.setdefault(line[0].text, [])
        else:
            current.append(line)
    largest = max((item.size for line in head for item in line), default=0)
    name = next((i.text for line in head for i in line if i.size > largest - 0.5), "")
    text = " ".join(item.text for line in head for item in line)
    found = re.search(r"[\w.+-]+@[\w-]+\.[\w.-]+", text)
    entries = {title: list(divided(rows)) for title, rows in sections.items()}
    return Parsed(name, found[0] if found else "", entries)


def is_title(line: list[Item]) -> bool:
    if len(line) != 1:
        return False
    text = line[0].text
    if line[0].bold and text.isupper() and any(c.isalpha() for c in text):
        return True
    words = text.split()
    return len(words) <= 2 and bool(KNOWN.search(text)) and text[0].isupper()


def divided(lines: list[list[Item]]) -> Iterator[Entry]:
    """Yield the entries of a section: one begins with the first head after a text or bullet."""
    entry: Entry | None = None
    in_text = True
    gaps = [a[0].y - b[0].y for a, b in pairwise(lines) if a[0].y > b[0].y]
    usual = Counter(round(gap) for gap in gaps).most_common(1)[0][0] if gaps else 0
    before: float | None = None
    for line in lines:
        is_text = line[0].text[0] in BULLETS or (
            len(line) == 1 and len(line[0].text.split()) > 9 and not line[0].bold
        )
        apart = before is not None and (before - line[0].y > usual * 1.4 or line[0].y > before)
        before = line[0].y
        if is_text:
            in_text = True
            continue
        is_head = len(line) > 1 or line[0].bold or apart
        if in_text and not is_head:
            continue
        if in_text or (apart and entry and entry.dates):
            if entry:
                yield entry
            entry, in_text = Entry(), False
        assert entry is not None
        entry.items += line
    if entry:
        yield entry


def pages(pdf: Path, order: Order = "rows") -> Iterator[list[list[Item]]]:
    """Yield each page's lines, from its top or in the order of the file."""
    for layout in _layouts(pdf):
        letters = [c for c in _characters(layout) if c.get_text().strip()]
        rows: list[list[LTChar]] = []
        if order == "file":
            for letter in letters:
                if rows and _goes_on(rows[-1][-1], letter):
                    rows[-1].append(letter)
                else:
                    rows.append([letter])
            yield [list(_items(row)) for row in rows]
            continue
        for letter in letters:
            row = next(
                (r for r in rows if abs(_base(r[0]) - _base(letter)) < 0.35 * letter.size), None
            )
            if row is None:
                rows.append([letter])
            else:
                row.append(letter)
        rows.sort(key=lambda row: -_base(row[0]))
        yield [list(_items(sorted(row, key=lambda c: c.x0))) for row in rows]


def _layouts(pdf: Path) -> Iterator[LTPage]:
    """Yield pages whose letters stand as they do in the file."""
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager)
    interpreter = PDFPageInterpreter(manager, device)
    with pdf.open("rb") as file:
        for page in PDFPage.get_pages(file):
            interpreter.process_page(page)
            yield device.get_result()


def _goes_on(last: LTChar, letter: LTChar) -> bool:
    near = abs(_base(last) - _base(letter)) < 0.35 * max(last.size, letter.size)
    return near and letter.x0 > last.x0


def _base(letter: LTChar) -> float:
    return float(letter.matrix[5])


def _characters(layout: object) -> Iterator[LTChar]:
    if isinstance(layout, LTChar):
        yield layout
    elif hasattr(layout, "__iter__") and not isinstance(layout, str):
        for part in layout:
            yield from _characters(part)


def _items(letters: list[LTChar]) -> Iterator[Item]:
    """Yield the items of a line: what stands between gaps that are wider than ITEM."""
    run: list[LTChar] = []
    for letter in letters:
        if run and letter.x0 - run[-1].x1 > ITEM * letter.size:
            yield _item(run)
            run = []
        run.append(letter)
    if run:
        yield _item(run)


def _item(run: list[LTChar]) -> Item:
    text = run[0].get_text()
    for a, b in pairwise(run):
        text += (" " if b.x0 - a.x1 > 0.15 * b.size else "") + b.get_text()
    bold = sum("bx" in c.fontname or "Bold" in c.fontname or "bold" in c.fontname
               or "lmb" in c.fontname.lower() for c in run)  # fmt: skip
    first = run[0]
    return Item(text, first.x0, run[-1].x1, _base(first), first.size, bold * 2 > len(run))
