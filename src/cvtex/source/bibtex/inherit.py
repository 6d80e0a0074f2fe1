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
    shorthandintro sortkey key keywords selected addendum note pubstate"""
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
    the entries by key.
    """
    by_key = {entry.key: entry for entry in entries if entry.key}
    folded = {key.lower(): entry for key, entry in by_key.items()}
    parents: set[str] = set()
    done: set[str] = set()

    def resolve(entry: Entry, path: tuple[str, ...]) -> None:
        if entry.key in done:
            return
        for field in ("xdata", "crossref"):
            for wanted in entry.fields.get(field, "").split(","):
                wanted = wanted.strip()
                if not wanted:
                    continue
                parent = by_key.get(wanted) or folded.get(wanted.lower())
                place = entry.offsets.get(field, entry.offset)
                complaints = sheets[entry.source.file]
                if parent is None:
                    complaints.warning(f"there is no entry {wanted} to take fields from", place)
                elif parent.key in (*path, entry.key):
                    complaints.warning(f"the entry {wanted} takes fields from itself", place)
                else:
                    resolve(parent, (*path, entry.key))
                    parents.add(parent.key)
                    _take(entry, parent, field, types)
        done.add(entry.key)

    for entry in by_key.values():
        resolve(entry, ())
    return frozenset(parents), by_key


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
