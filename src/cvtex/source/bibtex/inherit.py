"""What entries inherit: `crossref` and `xdata`, by biblatex's rules.

From the biblatex manual 3.18, appendix B ("Default Inheritance Setup"). They
differ from BibTeX's in the renaming only: a paper takes its proceedings' `title`
as `booktitle`. A parent's own `booktitle`, as BibTeX wants it, goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.entries import Entry
from cvtex.source.bibtex.words import words

NEVER = frozenset(
    words(
        """ids crossref xref xdata entryset entrysubtype execute label options presort related
    relatedoptions relatedstring relatedtype shortauthor shorteditor shorthand
    shorthandintro sortkey key keywords selected priority addendum note pubstate"""
    )
)
"""Fields of a parent that are its own business."""

_BOOK_PARTS = ["inbook", "bookinbook", "suppbook"]
_COLLECTION_PARTS = ["incollection", "inreference", "suppcollection"]
_TITLES = ("title", "subtitle", "titleaddon")
_NO_TITLES = ("shorttitle", "sorttitle", "indextitle", "indexsorttitle")


def _renamed(prefix: str) -> dict[str, str]:
    return {title: prefix + title for title in _TITLES} | dict.fromkeys(_NO_TITLES, "")


def _rules() -> dict[tuple[str, str], dict[str, str]]:
    """Return, by types of parent and child, what fields are called in the child."""
    rules: dict[tuple[str, str], dict[str, str]] = {}
    for parents, children, prefix in (
        (["mvbook"], ["book", *_BOOK_PARTS], "main"),
        (
            ["mvcollection", "mvreference"],
            ["collection", "reference", *_COLLECTION_PARTS],
            "main",
        ),
        (["mvproceedings"], ["proceedings", "inproceedings"], "main"),
        (["book"], _BOOK_PARTS, "book"),
        (["collection", "reference", "book"], _COLLECTION_PARTS, "book"),
        (["proceedings", "book", "collection"], ["inproceedings"], "book"),
        (["periodical"], ["article", "suppperiodical"], "journal"),
    ):
        for parent in parents:
            for child in children:
                rules[parent, child] = _renamed(prefix)
    for child in _BOOK_PARTS:
        rules["book", child]["author"] = "bookauthor"
    return rules


RULES = _rules()


def inherit(
    entries: Iterable[Entry], sheets: Mapping[str, Complaints], types: Mapping[str, str]
) -> tuple[frozenset[str], dict[str, Entry]]:
    """Fill in, in place, the fields that entries have from others.

    `sheets` take the complaints, by file; `types` gives biblatex's name for a type
    where it differs. Return the keys of the entries that others inherit from, and
    the entries by key (the first of those with one key).
    """
    entries = tuple(entries)
    by_key = {entry.key: entry for entry in reversed(entries) if entry.key}
    folded = {entry.key.lower(): entry for entry in reversed(entries) if entry.key}
    parents: set[str] = set()
    done: set[int] = set()
    for begin in entries:
        # parents first, without recursion: a chain may be as long as the file
        open_ones, waiting = {id(begin)}, [begin]
        while waiting:
            entry = waiting[-1]
            found = _parents(entry, by_key, folded)
            new = [p for _, _, p in found if p and id(p) not in done and id(p) not in open_ones]
            if new and id(entry) not in done:
                open_ones.add(id(new[0]))
                waiting.append(new[0])
                continue
            waiting.pop()
            if id(entry) not in done:
                parents |= _fill(entry, found, done, sheets[entry.source.file], types)
            done.add(id(entry))
            open_ones.discard(id(entry))
    return frozenset(parents), by_key


Found = tuple[str, str, "Entry | None"]
"""A field, a key in it, and the entry of that key."""


def _parents(entry: Entry, by_key: Mapping[str, Entry], folded: Mapping[str, Entry]) -> list[Found]:
    """Return what an entry takes fields from, `xdata` first."""
    return [
        (field, key, by_key.get(key) or folded.get(key.lower()))
        for field in ("xdata", "crossref")
        if entry.fields.get(field)
        for key in map(str.strip, entry.fields[field].split(","))
        if key
    ]


def _fill(
    entry: Entry,
    found: Iterable[Found],
    done: set[int],
    complaints: Complaints,
    types: Mapping[str, str],
) -> set[str]:
    """Take the fields of an entry's parents; return the keys of those that gave some."""
    gave = set()
    for field, key, parent in found:
        place = entry.offsets.get(field, entry.offset)
        if parent is None:
            complaints.warning(f"there is no entry {key} to take fields from", place)
        elif id(parent) not in done:
            complaints.warning(f"the entry {key} takes fields from itself", place)
        else:
            gave.add(parent.key)
            _take(entry, parent, field, types)
    return gave


def _take(entry: Entry, parent: Entry, field: str, types: Mapping[str, str]) -> None:
    """Copy the parent's fields that the entry lacks."""
    pair = types.get(parent.type, parent.type), types.get(entry.type, entry.type)
    rule = RULES.get(pair, {}) if field == "crossref" else {}
    # a parent's own booktitle goes before its title under that name
    for name in sorted(parent.fields, key=lambda name: name in rule):
        wanted = rule.get(name, name)
        # the author of a book is that of its parts, too, where they name none
        for taken in ("author", wanted) if wanted == "bookauthor" else (wanted,):
            if not taken or name in NEVER or taken in entry.fields:
                continue
            entry.fields[taken] = parent.fields[name]
            entry.offsets[taken] = entry.offset
            if parent.source.file == entry.source.file:
                entry.offsets[taken] = parent.offsets.get(name, parent.offset)
            entry.inherited.add(taken)
