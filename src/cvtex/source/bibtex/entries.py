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
    names the fields that came from another entry; `plain` is for `_is_same`.
    """

    key: str
    type: str
    source: Source
    offset: int
    fields: dict[str, str]
    offsets: dict[str, int]
    inherited: set[str] = field(default_factory=set)
    plain: dict[str, str] = field(default_factory=dict)


def read_entries(
    complaints: Complaints,
    known: Mapping[str, str] = MONTHS,
    first: dict[str, list[Entry]] | None = None,
) -> tuple[Entry, ...]:
    """Return the entries of the file at hand, each work once, before inheritance.

    `known` are abbreviations that are defined already. A repeated key is a warning: the
    same work is left out, another one is kept, as nothing refers to keys here. `first`
    holds the entries by key that were met before, and takes those of this file.
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
        entry = Entry(
            block.key,
            block.type,
            source,
            block.start,
            {name: join(value, macros, complaints) for name, value in block.fields.items()},
            {name: value.offset for name, value in block.fields.items()},
        )
        if block.key and not _is_new(entry, first.setdefault(block.key, []), complaints):
            continue
        entries.append(entry)
    return tuple(entries)


def _is_new(entry: Entry, others: list[Entry], complaints: Complaints) -> bool:
    """Tell whether an entry is another work than those under the same key, which it joins."""
    same = next((other for other in others if _is_same(entry, other)), None)
    used = same or (others[0] if others else None)
    if used:
        where = f"line {used.source.line}"
        if used.source.file != entry.source.file:
            where += f" of {used.source.file}"
        message = f"the entry {entry.key} is given again; the one of {where} is used"
        if not same:
            message = f"{entry.key} is the key of another work, too, at {where}; both are listed"
        complaints.warning(message, entry.offset, None if same else "give each a key of its own")
    if not same and len(others) < 100:
        others.append(entry)
    return not same


_DISTINCTIONS = ("doi", "eprint", "isbn", "year", "date", "volume", "number", "pages")


def _is_same(first: Entry, second: Entry) -> bool:
    """Tell whether two entries are one work: of one title, and nothing tells them apart."""

    left, other = _plain(first), _plain(second)
    if left["title"] != other["title"] and left["title"]:
        return False
    return all(
        not (a := left[field]) or not (b := other[field]) or a == b for field in _DISTINCTIONS
    )


def _plain(entry: Entry) -> dict[str, str]:
    """Return the letters and digits of the fields that tell works apart."""
    if not entry.plain:
        for field in ("title", *_DISTINCTIONS):
            typed = entry.fields.get(field, "").casefold()
            entry.plain[field] = "".join(filter(str.isalnum, typed))
    return entry.plain


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
    line of an abstract) is skipped, and what it swallowed is looked at again. A line between
    blocks that begins as one, and is none, is an error: BibTeX stops there, too.
    """
    text, position = complaints.text, 0
    gaps = [0]  # where text between blocks begins and ends, in turn
    for start, end, kind in (*_spans(text), (len(text), len(text), "")):
        if start < position:
            continue
        for stray in STRAY.finditer(text, position, start):
            found = text.index("@", stray.start())
            if found < position:
                continue
            if (after := _commented(text, position, found)) or not (
                block := read_block(text, found, complaints)
            ):
                position = after or position
                continue
            position = block.end
            gaps += (found, position)
            yield block
        if start < position:
            continue
        if kind and (after := _commented(text, position, start)):
            position = after
            continue
        if kind == "preamble":
            complaints.note("the @preamble is not used: cvtex runs no TeX of a .bib file", start)
        if kind in ("comment", "preamble"):
            position = end
            gaps += (start, position)
        elif block := read_block(text, start, complaints):
            position = block.end
            gaps += (start, position)
            yield block
    for begin, end in zip(gaps[::2], (*gaps[1::2], len(text)), strict=True):
        for unread in _UNREAD.finditer(text, begin, end):
            if not HEAD.match(text, unread.start(1)):
                message = "an entry begins with @, its type and {: this one is not read"
                hint = "put % before it if it is none"
                complaints.error(message, unread.start(1), hint)


_UNREAD = re.compile(r"^[ \t]*(@)[ \t]*(?!comment\b)[A-Za-z{(]", re.MULTILINE | re.IGNORECASE)


def _commented(text: str, position: int, start: int) -> int:
    """Return where the comment ends in which a block starts, 0 if it starts in none.

    Between blocks a `%` comments out the rest of its line, as in biber (btparse's manual,
    "bt_language"); `position` is where the block before ends.
    """
    line = max(position, text.rfind("\n", 0, start) + 1)
    if text.find("%", line, start) < 0:
        return 0
    end = text.find("\n", start)
    return end + 1 if end >= 0 else len(text)


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
