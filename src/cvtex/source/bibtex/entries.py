"""A `.bib` file as entries: its blocks, its abbreviations, its values evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cvtex.diagnostics import Source
from cvtex.records import dataclass, field
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.scan import HEAD, STRAY, Block, join, read_block
from cvtex.source.bibtex.words import words

MONTHS = {m: m for m in words("jan feb mar apr may jun jul aug sep oct nov dec")}
"""The abbreviations that every BibTeX style defines; here they stay as they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its values evaluated: strings joined, white space made one space.

    `fields` and `offsets` (where each value starts in the file) go by the field's
    name in lower case; `type` is in lower case too, `key` as typed. `inherited`
    names the fields that came from another entry.
    """

    key: str
    type: str
    source: Source
    offset: int
    fields: dict[str, str]
    offsets: dict[str, int]
    inherited: set[str] = field(default_factory=set)


def read_entries(
    complaints: Complaints,
    known: Mapping[str, str] = MONTHS,
    first: dict[str, Source] | None = None,
) -> tuple[Entry, ...]:
    """Return the entries of the file at hand, each key once, before inheritance.

    `known` are abbreviations that are defined already. A repeated key is a warning,
    and the first entry is used, as in BibTeX; `first` holds where each key stands
    that was met before, and takes those of this file.
    """
    macros = dict(known)
    entries: list[Entry] = []
    first = {} if first is None else first
    for block in _blocks(complaints):
        if block.type == "string":
            for name, value in block.fields.items():
                macros[name] = join(value, macros, complaints, compress=False)
            continue
        line, last = complaints.line(block.start), complaints.line(block.end - 1)
        source = Source(complaints.file, line, 0, last if last != line else 0)
        if block.key and (used := first.setdefault(block.key, source)) != source:
            where = f"line {used.line}" + (f" of {used.file}" if used.file != source.file else "")
            message = f"the entry {block.key} is given again; the one of {where} is used"
            complaints.warning(message, block.start)
            continue
        entries.append(
            Entry(
                block.key,
                block.type,
                source,
                block.start,
                {name: join(value, macros, complaints) for name, value in block.fields.items()},
                {name: value.offset for name, value in block.fields.items()},
            )
        )
    return tuple(entries)


def read_abbreviations(complaints: Complaints, known: Mapping[str, str]) -> dict[str, str]:
    """Return the `@string`s of the file at hand, with those known already."""
    macros = dict(known)
    if not re.search(r"@\s*string\b", complaints.text, re.IGNORECASE):
        return macros
    for block in _blocks(complaints):
        if block.type == "string":
            for name, value in block.fields.items():
                macros[name] = join(value, macros, complaints, compress=False)
    return macros


def _blocks(complaints: Complaints) -> Iterator[Block]:
    """Yield the entries and `@string`s of the file.

    What the splitter takes for the start of a block within the block before it (a
    line of an abstract) is skipped, and what it swallowed is looked at again.
    """
    text, position = complaints.text, 0
    for start, end, kind in (*_spans(text), (len(text), len(text), "")):
        if start < position:
            continue
        for stray in STRAY.finditer(text, position, start):
            found = text.index("@", stray.start())
            if found >= position and (block := read_block(text, found, complaints)):
                position = block.end
                yield block
        if start < position:
            continue
        if kind == "preamble":
            complaints.note("the @preamble is not used: cvtex runs no TeX of a .bib file", start)
        if kind in ("comment", "preamble"):
            position = end
        elif block := read_block(text, start, complaints):
            position = block.end
            yield block


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where blocks start and end, and their type, by bibtexparser's splitter.

    Its own reading of a block is not used: it cuts a value at a `"` within braces,
    gives up on an abstract with a line that starts with `@word{`, does not join
    `#`, and knows no columns.
    """
    import logging

    from bibtexparser import model as bibtex
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    position = 0
    for block in Splitter(text).split().blocks:
        raw = block.raw
        if not raw or isinstance(block, bibtex.ImplicitComment):
            continue
        start = text.find(raw, position)
        if start >= 0:
            head = HEAD.match(raw)
            position = start + 1
            yield start, start + len(raw), head[1].lower() if head else ""
