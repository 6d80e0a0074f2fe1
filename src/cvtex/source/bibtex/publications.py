"""An entry of the `.bib` as a `Publication`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.model import Publication, PublicationRecord, Rich
from cvtex.source.bibtex import vocabulary
from cvtex.source.bibtex.authors import literal_name, read_annotations, read_names
from cvtex.source.bibtex.collector import no_collecting
from cvtex.source.bibtex.complaints import MANY, Complaints
from cvtex.source.bibtex.dates import read_dates
from cvtex.source.bibtex.entries import MONTHS, Entry, read_abbreviations, read_entries
from cvtex.source.bibtex.escape import escape
from cvtex.source.bibtex.inherit import inherit
from cvtex.source.bibtex.journals import MACROS
from cvtex.source.bibtex.links import read_links, record_links
from cvtex.source.bibtex.scan import HEAD
from cvtex.source.bibtex.tex import rich
from cvtex.source.bibtex.tidy import tidy
from cvtex.source.syntax.characters import normalise

_JOURNAL = re.compile(r"\{?\s*\\([A-Za-z]+)\s*(?:\{\})?\s*\}?")
_FALSE = frozenset(("", "no", "false", "0"))
MOST_ENTRIES = 20_000
BROKEN = 100
"""From how many errors in the form of its entries on a file is read no closer."""


def read_all(files: Mapping[str, str]) -> tuple[tuple[Publication, ...], tuple[Diagnostic, ...]]:
    """Return the publications of several `.bib` texts by file name, and what is wrong with them.

    In their own order; entries that others inherit from are `parent`, unless their
    `options` say `skipbib=false`; those that say `skipbib` or `dataonly` are left out.
    """
    publications, sheets = _read(files)
    return publications, tuple(d for sheet in sheets for d in sheet.diagnostics())


def doubts(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return what in several `.bib` texts was read as it was likely meant, not as typed."""
    return tuple(d for sheet in _read(files)[1] for d in sheet.doubts)


def _read(files: Mapping[str, str]) -> tuple[tuple[Publication, ...], tuple[Complaints, ...]]:
    with no_collecting():
        sheets = {file: _sheet(text, file) for file, text in files.items()}
        known: Mapping[str, str] = MONTHS
        if len(sheets) > 1:
            for sheet in sheets.values():
                # its faults are told when its entries are read
                known = read_abbreviations(Complaints(sheet.text, sheet.file), known)
        seen: dict[str, list[Entry]] = {}
        entries = [e for sheet in sheets.values() for e in _entries(sheet, known, seen)]
        parents, _ = inherit(entries, sheets, vocabulary.TYPE_ALIASES)
        publications = tuple(
            _publication(entry, sheets[entry.source.file], listed == "parent")
            for entry in entries
            if (listed := _listed(entry, parents)) and not sheets[entry.source.file].untold
        )
        return publications, tuple(sheets.values())


def _sheet(typed: str, file: str) -> Complaints:
    """Return a file's text as it can be set, with complaints of what was left out."""
    text, strange = normalise(typed)
    sheet = Complaints(text, file)
    as_typed = Complaints(typed, file) if strange else sheet
    before: dict[str, int] = {}
    for finding in strange[:MANY]:
        at = before[finding.character] = typed.find(
            finding.character, before.get(finding.character, -1) + 1
        )
        sheet.found.append(Diagnostic(finding.severity, finding.message, as_typed.place(at)))
    sheet.untold = max(len(strange) - MANY, 0)
    return sheet


def _entries(
    sheet: Complaints, known: Mapping[str, str], seen: dict[str, list[Entry]]
) -> tuple[Entry, ...]:
    """Return a file's entries; none, with an error, where they are too many or too broken for
    their fields to be worth a look."""
    heads = [head.start() for head in islice(HEAD.finditer(sheet.text), MOST_ENTRIES + 1)]
    if len(heads) > MOST_ENTRIES:
        sheet.error(
            f"this file has more than {MOST_ENTRIES:,} entries, and is not read",
            heads[-1],
            "keep those of the CV in a file of their own",
        )
        return ()
    entries = read_entries(sheet, known, seen)
    if sheet.errors() < BROKEN and not sheet.untold:
        return entries
    message = "so much is wrong here that the fields of the entries were not looked at"
    sheet.found.insert(0, Diagnostic(Severity.ERROR, message, Source(sheet.file)))
    return ()


def _listed(entry: Entry, parents: frozenset[str]) -> str:
    """Return `yes`, `parent` (only if it is the owner's own work), or nothing."""
    if entry.type in vocabulary.UNLISTED:
        return ""
    options = {
        part.partition("=")[0].strip(): part.partition("=")[2].strip() or "true"
        for part in entry.fields.get("options", "").split(",")
    }
    for option in ("skipbib", "dataonly"):
        if option in options:
            return "" if options[option] == "true" else "yes"
    return "parent" if entry.key in parents else "yes"


def _publication(entry: Entry, complaints: Complaints, parent: bool) -> Publication:
    """Return one entry as a publication; what is wrong in its fields is noted."""
    for old, new in vocabulary.FIELD_ALIASES.items():
        if old in entry.fields and not entry.fields.get(new):
            entry.fields[new] = entry.fields[old]
            entry.offsets[new] = entry.offsets.get(old, entry.offset)
            if old == "assignee" and not entry.fields[new].startswith("{"):
                entry.fields[new] = f"{{{entry.fields[new]}}}"
    tidy(entry, complaints)
    fields: dict[str, Rich] = {}
    for name, value in entry.fields.items():
        if not value or name in vocabulary.FIELD_ALIASES or "+an" in name:
            continue
        if name in vocabulary.VERBATIM or name.endswith("url"):
            fields[name] = Rich(value)
        elif name not in vocabulary.NO_TEXT:
            fields[name] = _text(entry, name, value, complaints)
    macro = _JOURNAL.fullmatch(entry.fields.get("journaltitle", ""))
    if macro and macro[1] in MACROS and "shortjournal" not in fields:
        short = MACROS[macro[1]][1]
        fields["shortjournal"] = Rich(short, escape(short))
    subtype = vocabulary.SUBTYPES.get(entry.type)
    if subtype and "type" not in fields:
        fields["type"] = Rich(subtype, subtype)
    people = {
        name: read_names(entry, name, complaints)
        for name in entry.fields
        if name in vocabulary.NAME_FIELDS
    }
    authors, more = people.pop("author", ((), False))
    editors, _ = people.pop("editor", ((), False))
    among = more and "me" in read_annotations(entry, "author").get(0, frozenset())
    dates = read_dates(entry.fields)
    if not dates.start and not dates.words and "pubstate" not in entry.fields:
        event = read_dates({"date": entry.fields.get("eventdate", "")})
        dates = event if event.start else dates
    if dates.problem:
        complaints.warning(dates.problem, entry.offsets.get(dates.field, entry.offset))
    if dates.words:
        fields["year"] = _text(entry, "year", dates.words, complaints)
    links, addendum = read_links(entry, complaints, fields.pop("addendum", None))
    if addendum:
        fields["addendum"] = addendum
    return Publication(
        key=entry.key,
        type=vocabulary.TYPE_ALIASES.get(entry.type, entry.type),
        authors=authors,
        more_authors=more,
        owner_among_others=among,
        editors=editors,
        people={name: names for name, (names, _) in people.items() if names},
        title=fields.pop("title", Rich("")),
        date=dates.start,
        end_date=dates.end,
        links=links,
        keywords=_keywords(entry.fields),
        priority=_priority(entry.fields.get("priority", "")),
        selected=entry.fields.get("selected", "").strip().lower() not in _FALSE,
        fields=fields,
        parent=parent,
        source=entry.source,
    )


def _priority(typed: str) -> int:
    """Return a priority of 0 to 9; what another program has written there (prio1) is none."""
    return int(typed) if re.fullmatch("[0-9]", typed.strip(), re.ASCII) else 5


def _keywords(fields: dict[str, str]) -> frozenset[str]:
    typed = ",".join((fields.get("keywords", ""), fields.get("keyword", "")))
    return frozenset(word.strip() for word in re.split(r"[,;]", typed) if word.strip())


def _text(entry: Entry, name: str, value: str, complaints: Complaints) -> Rich:
    """Return a field's text; complaints stand where the TeX at fault does."""
    text, findings = rich(value)
    if findings and name not in entry.inherited:
        start = entry.offsets.get(name, entry.offset)
        end = max(entry.offsets.get(name, 0), *entry.offsets.values()) + len(value)
        for finding in dict.fromkeys(findings):
            at = complaints.text.find(finding.token, start, max(end, start + 2 * len(value)))
            note = complaints.error if finding.severity is Severity.ERROR else complaints.warning
            note(finding.message, at if at >= 0 else start, finding.hint)
    return text


PUBLISHER_IS = {
    "article": "journaltitle",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
    "thesis": "institution",
    "report": "institution",
    "software": "publisher",
    "unpublished": "note",
    "patent": "note",
}
"""What JSON Resume's one word, `publisher`, holds of each type: the field that styles show."""


def from_record(record: PublicationRecord) -> Publication:
    """Return a publication of `publications.yaml`, its text literal."""
    date, fields = record.release_date, {}
    kind = vocabulary.TYPE_ALIASES.get(record.type or "", record.type or "misc")
    if record.publisher:
        fields[PUBLISHER_IS.get(kind, "publisher")] = Rich(record.publisher)
    if date and date.text is not None:  # in words: set where the year stands
        fields["year"] = Rich(date.text)
        date = replace(date, text=None) if date.year else None
    return Publication(
        type=kind,
        title=Rich(record.name or ""),
        authors=tuple(literal_name(author) for author in record.authors if not _others(author)),
        more_authors=any(_others(author) for author in record.authors),
        date=date and replace(date, end=None),
        end_date=date.end if date else None,
        links=record_links(record.url),
        fields=fields,
        summary=record.summary,
        selected=record.selected,
        keywords=frozenset(map(str, record.keywords)),
        source=record.source,
        id=record.id,
        tags=record.tags,
        priority=record.priority,
    )


def _others(author: str) -> bool:
    return author.strip().lower() in ("others", "et al", "et al.")
