"""The CV as a Word document, by python-docx: real styles, headings, tab stops, lists and links.

There is no table and no text box in it: those who read CVs by machine lose both. With a template
of the user's own its page and its styles hold; ours are only added where it lacks one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cvtex.export.document import (
    BREAK,
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
    Run,
    Section,
)
from cvtex.export.docx import parts, styles
from cvtex.latex.text import address

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: equal CVs give equal bytes."""


def write(document: Document, template: bytes | None = None) -> bytes:
    """Return the file. `template` is a .docx of the user's own; its text is not taken.

    Raises `ValueError` where that is no Word document.
    """
    word = styles.opened(template, document)
    writer = _Writer(word, document)
    writer.head()
    for section in document.sections:
        writer.section(section)
    for block in document.footer:
        writer.block(block, "CV Footer")
    packed = io.BytesIO()
    word.save(packed)
    return _dated(packed.getvalue())


def _dated(packed: bytes) -> bytes:
    """Return the zip with one time for all its parts."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return again.getvalue()


class _Writer:
    """Writes parts of a document at the end of a Word document."""

    def __init__(self, word: Any, document: Document) -> None:
        self.word, self.document = word, document
        self.lists = parts.Lists(word)

    def paragraph(self, style: str, text: Inline = ()) -> Paragraph:
        paragraph: Paragraph = self.word.add_paragraph(style=self.word.styles[style])
        self.runs(paragraph, text)
        return paragraph

    def head(self) -> None:
        """Write name, label, contacts, photo and summary."""
        document = self.document
        title = self.paragraph("Title", (Run(document.name),))
        if document.photo:
            parts.photo(title, document.photo)
        if document.label:
            self.paragraph("Subtitle", (Run(document.label),))
        contacts = [Run(contact.text, url=contact.url) for contact in document.contacts]
        if document.place:
            contacts.insert(0, Run(document.place))
        if contacts:
            parted = [piece for run in contacts for piece in (Run(" · "), run)][1:]
            self.paragraph("CV Contacts", tuple(parted))
        for block in document.summary:
            self.block(block)

    def section(self, section: Section) -> None:
        self.paragraph("Heading 1", (Run(section.title),))
        for block in section.summary:
            self.block(block)
        for kind, items in groupby(section.items, key=type):
            if kind is Point:
                points = (Bullet(item.text) for item in items if isinstance(item, Point))
                self.listing(Listing(tuple(points)))
            else:
                for item in items:
                    self.item(item)

    def item(self, item: Item) -> None:
        match item:
            case Entry():
                self.entry(item)
            case Line():
                colon = (Run(item.colon, strong=True),) if item.label and item.body else ()
                label = tuple(Run(run.text, strong=True, url=run.url) for run in item.label)
                self.paragraph("CV Line", (*label, *colon, *item.body))
            case Cited():
                number = (Run(f"{item.number}.\t"),) if item.number else ()
                style = "CV Publication Numbered" if item.number else "CV Publication"
                self.paragraph(style, (*number, *item.text))
                for block in item.body:
                    self.block(block)
            case Group():
                self.paragraph("Heading 2", (Run(item.title),))
            case Remark():
                self.paragraph("CV Remark", item.text)
            case Point():
                self.listing(Listing((Bullet(item.text),)))

    def entry(self, entry: Entry, style: str = "Heading 2") -> None:
        """Write a head with its dates at the right, what stands below it, and its text."""
        second = entry.subtitle if entry.title else ()
        dates = (Run(f"\t{entry.dates}"),) if entry.dates else ()
        self._with_quiet(style, entry.title or entry.subtitle, dates)
        place = (Run(f"\t{entry.place}"),) if entry.place else ()
        if second or place:
            self._with_quiet("CV Subtitle", second, place)
        if entry.detail:
            self.paragraph("CV Detail", entry.detail)
        for block in entry.blocks:
            self.block(block)
        for line in entry.labelled:
            label = Run(line.label + line.colon, emphasis=True)
            self.paragraph("CV Line", (label, Run(line.text)))
        for role in entry.roles:
            self.entry(role, "Heading 3")

    def _with_quiet(self, style: str, text: Inline, at_right: Inline) -> None:
        """Write a line with what stands at its right in a quieter character style."""
        if not text and not at_right:
            return
        paragraph = self.paragraph(style, text)
        for run in at_right:
            paragraph.add_run(run.text, style=self.word.styles["CV Date"])

    def block(self, block: Block, style: str = "Normal") -> None:
        if isinstance(block, Listing):
            self.listing(block)
        else:
            self.paragraph(style, block)

    def listing(self, listing: Listing, level: int = 0) -> None:
        """Write a list; one of numbers begins with its own first number."""
        name = "List Bullet" if listing.first is None else "List Number"
        number = self.lists.number(listing.first, level)
        for bullet in listing.bullets:
            paragraph = self.paragraph(name, bullet.text)
            self.lists.attach(paragraph, number, level)
            for inner in bullet.lists:
                self.listing(inner, min(level + 1, parts.LEVELS - 1))

    def runs(self, paragraph: Paragraph, text: Sequence[Run]) -> None:
        """Write a text into a paragraph, links as such."""
        for url, group in groupby(text, key=lambda run: run.url):
            for run in group:
                if run == BREAK:
                    paragraph.add_run().add_break()
                    continue
                said = paragraph.add_run(run.text)
                said.bold, said.italic = run.strong or None, run.emphasis or None
                said.underline = run.underline or None
                if run.code:
                    said.style = self.word.styles["CV Code"]
                if url:
                    if not run.code:
                        said.style = self.word.styles["Hyperlink"]
                    parts.link(paragraph, said, address(url))
