"""Values of an entry that are none, or that stand in the wrong field: put right in place.

What exporters write where there is nothing (`n/a`, `1-1`), pages that are no pages, the
Extra field of Zotero in `note`, an address alone in `howpublished`. What is changed is told
to `cvtex publications check`.
"""

from __future__ import annotations

import re

from cvtex.source.bibtex import vocabulary
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.entries import Entry
from cvtex.source.bibtex.web_markup import as_tex, has_markup
from cvtex.source.bibtex.words import words

LONGEST = 20_000
"""How many characters a field of text may have."""

SET = frozenset(
    words(
        """title subtitle titleaddon booktitle booksubtitle maintitle mainsubtitle journaltitle
    journalsubtitle shortjournal series volume number eid pages edition version publisher
    institution organization location venue eventtitle note addendum award howpublished type
    collaboration"""
    )
)
"""Fields that a style sets; others may be as long as they like, and are passed over then."""

NOTHING = frozenset(
    (
        *("n/a", "n.a.", "null", "undefined", "nan", "none", "tba", "tbd", "-", "--", "---", "–"),
        *("—", "?", "??", "???", "(missing)", "[missing]", "not available", "no volume"),
    )
)
"""What stands for no value, in small letters."""

_NEVER_NOTHING = frozenset(words("title subtitle booktitle author editor key sortkey options"))
_PREFIX = re.compile(r"(?:pages?|pp?|S|Seiten?)\s*\.?\s*(?:~\s*)?(?=[\dA-Za-z]*\d)", re.IGNORECASE)
_TWICE = re.compile(r"\s*(\w+)\s*(?:-{1,3}|–|—)\s*(\w+)\s*")
_TOTAL = re.compile(r"\s*(\d+)\s*(?:pages|pp?\.?|Seiten|S\.)\s*", re.IGNORECASE)
_ARXIV = re.compile(
    r"\s*arxiv\s*:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7})(?:\s*\[.*\])?\s*", re.I
)
_STATE = (
    ("inpress", r"(?:in press|to appear|accepted|im druck)"),
    ("submitted", r"(?:submitted|under review|in review|eingereicht)"),
    ("forthcoming", r"forthcoming"),
)
_ADDRESS = re.compile(
    r"\s*(?:\\url\s*\{\s*(\S+?)\s*\}|\\href\s*\{\s*(\S+?)\s*\}\s*\{\s*\\?(?:url|nolinkurl)?"
    r"\s*\{?\s*https?:\S+\s*\}?\s*\}|<?(https?://[^\s<>]*[^\s<>.])>?)\s*\.?\s*"
)
_EXTRA = (
    "Number|Publisher|Section|Place|Distributor|Institution|_eprint|Citation Key|PMID|PMCID|DOI"
    "|ADS Bibcode|ZSCC|Journal Abbreviation|Cc_license_type|Cg_type|Primary_atype|Subject_term"
    "|Subject_term_id|Bandiera_abtest|Conference Name|Container-title|event-place|Page Version ID"
    "|Read_Status|Read_Status_Date|QID|titleTranslation|Archive Location|Series Title|ISBN|ISSN"
    "|Reporter|Company|Original Date|Type|Version|Medium|License|Accepted|Language|tex\\.\\w+|arXiv"
)
_ZOTERO = re.compile(rf"\s*(?:{_EXTRA}): ?\S")
_ZOTERO_PART = re.compile(rf"(?:^|\s)({_EXTRA}):\s*(.*?)(?=\s(?:{_EXTRA}):|$)")


def tidy(entry: Entry, complaints: Complaints) -> None:
    """Put an entry's fields right, in place."""
    for name in list(entry.fields):
        if name not in vocabulary.FIELD_ALIASES:
            _value(entry, name, complaints)
    _pages(entry, complaints)
    if _ZOTERO.match(entry.fields.get("note", "")):
        _extra(entry, complaints)
    for name in ("howpublished", "note"):
        _lone_address(entry, name)
    if "eid" in entry.fields and entry.fields["eid"] == entry.fields.get("pages"):
        del entry.fields["eid"]


def _doubt(entry: Entry, name: str, message: str, complaints: Complaints, hint: str = "") -> None:
    if name not in entry.inherited:
        offset = entry.offsets.get(name, entry.offset)
        complaints.doubt(message, offset, hint or None)


def _value(entry: Entry, name: str, complaints: Complaints) -> None:
    """Take a value off that is none; HTML becomes TeX; what is too long is an error."""
    typed = entry.fields[name]
    bare = typed.strip("{} ")
    if not bare:
        if name not in vocabulary.PLUMBING:
            _doubt(entry, name, f"the field {name} is empty", complaints, "leave it out")
        return
    if bare.lower() in NOTHING and name not in _NEVER_NOTHING:
        _doubt(entry, name, f"'{bare}' is no {name}", complaints, "leave the field out")
        del entry.fields[name]
        return
    if name in vocabulary.VERBATIM or name.endswith("url") or "+an" in name:
        return
    is_text = name not in vocabulary.NO_TEXT
    if is_text and len(typed) > LONGEST:
        if name in SET:
            complaints.error(
                f"the field {name} has {len(typed):,} characters",
                entry.offsets.get(name, entry.offset),
                f"at most {LONGEST:,} can be set",
            )
        del entry.fields[name]
    elif (is_text or name in vocabulary.NAME_FIELDS) and has_markup(typed):
        _doubt(
            entry, name, f"there is HTML in the field {name}", complaints, "write TeX or Unicode"
        )
        entry.fields[name] = " ".join(as_tex(typed).split())


def _pages(entry: Entry, complaints: Complaints) -> None:
    """Make pages what they are: a range, a number, a total, an article's number, or nothing."""
    for name in ("pages", "eid", "volume", "number"):
        typed = entry.fields.get(name, "").strip("{} ")
        if not typed:
            continue
        if found := _ARXIV.fullmatch(typed):
            del entry.fields[name]
            if not entry.fields.get("eprint"):
                entry.fields["eprint"], entry.fields["eprinttype"] = found[1], "arxiv"
            continue
        state = next((s for s, pattern in _STATE if re.fullmatch(pattern, typed, re.I)), None)
        if state:
            del entry.fields[name]
            entry.fields.setdefault("pubstate", state)
    typed = entry.fields.get("pages", "")
    if not typed:
        return
    if total := _TOTAL.fullmatch(typed):
        del entry.fields["pages"]
        entry.fields.setdefault("pagetotal", total[1])
        return
    bare = _PREFIX.sub("", typed, count=1) if _PREFIX.match(typed) else typed
    if twice := _TWICE.fullmatch(bare):
        if twice[1] == twice[2]:
            bare = twice[1]
        placed = entry.fields.get("volume") or entry.fields.get("number")
        if twice[1] == twice[2] == "1" and not placed:
            bare = ""
        if twice[1] == twice[2] == "0":
            bare = ""
    if bare != typed:
        _doubt(entry, "pages", f"'{typed}' are no pages", complaints, "write 12--15")
        entry.fields["pages"] = bare
        if not bare:
            del entry.fields["pages"]


def _extra(entry: Entry, complaints: Complaints) -> None:
    """Take off a note that is Zotero's Extra field, and keep the numbers in it."""
    _doubt(
        entry,
        "note",
        "the note is what Zotero keeps in its field Extra; it is left out",
        complaints,
        "empty Extra, or leave the field note out",
    )
    for part in _ZOTERO_PART.finditer(entry.fields.pop("note")):
        name, value = part[1], part[2].strip()
        if name in ("PMID", "PMCID", "DOI"):
            entry.fields.setdefault(name.lower(), value)
        elif name == "arXiv" and not entry.fields.get("eprint"):
            entry.fields["eprint"] = value.partition(" ")[0]
            entry.fields["eprinttype"] = "arxiv"


def _lone_address(entry: Entry, name: str) -> None:
    """Make an address that is all of a field the entry's address, where it has none."""
    typed = entry.fields.get(name, "")
    if typed and (found := _ADDRESS.fullmatch(typed)):
        del entry.fields[name]
        if not entry.fields.get("url"):
            entry.fields["url"] = next(part for part in found.groups() if part)
            entry.offsets.setdefault("url", entry.offsets.get(name, entry.offset))
