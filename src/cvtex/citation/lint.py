"""What is likely wrong in a list of publications though it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cvtex import contacts
from cvtex.diagnostics import Diagnostic, note, warning
from cvtex.model import Basics, Publication, PublicationSettings, Rich
from cvtex.source.bibtex.owner import fold, owners

REQUIRED = {
    "article": ("author", "title", "journaltitle", "date"),
    "book": ("author|editor", "title", "date"),
    "collection": ("editor", "title", "date"),
    "dataset": ("author|editor", "title", "date"),
    "inbook": ("author", "title", "booktitle", "date"),
    "incollection": ("author", "title", "booktitle", "date"),
    "inproceedings": ("author", "title", "booktitle|eventtitle", "date"),
    "manual": ("author|editor|organization", "title", "date"),
    "online": ("author|editor|organization", "title", "url|doi|eprint"),
    "patent": ("author", "title", "number", "date"),
    "periodical": ("editor", "title", "date"),
    "proceedings": ("title", "date"),
    "report": ("author", "title", "type", "institution", "date"),
    "software": ("author|editor|organization", "title"),
    "thesis": ("author", "title", "type", "institution", "date"),
    "unpublished": ("author", "title", "date"),
}
"""Fields that a type needs, alternatives with `|` (biblatex manual 3.18, §2.1.1)."""

VENUES = ("journaltitle", "booktitle", "eventtitle", "publisher", "institution")


def lint(
    publications: Sequence[Publication],
    basics: Basics | None = None,
    settings: PublicationSettings | None = None,
) -> tuple[Diagnostic, ...]:
    """Return what is likely wrong, each at its entry, in the order of the list.

    With `basics`, also papers that the owner of the CV is not an author of.
    """
    found = [problem for p in publications for problem in (*_missing(p), *_numbers(p))]
    found += _duplicates(publications)
    found += _venues(publications)
    found += _stars(publications, settings)
    if basics:
        found += _owner(publications, basics)
    return tuple(found)


def _stars(
    publications: Iterable[Publication], settings: PublicationSettings | None
) -> Iterator[Diagnostic]:
    """Yield entries of which one author alone bears the mark of an equal contribution, and
    those whose note says that a star means something else."""
    means = (settings.stars if settings else None) or ""
    for publication in publications:
        marks = [name.marks for name in publication.authors]
        equal = sum("equal" in own or ("star" in own and means == "equal") for own in marks)
        if equal == 1 and not publication.more_authors:
            message = f"one author alone of {_called(publication)} has an equal contribution"
            hint = "say what a star means: publications: {stars: student} in data/meta.yaml"
            yield warning(message, publication.source, hint)
        notes = " ".join(publication.fields.get(f, Rich("")).text for f in ("note", "addendum"))
        starred = any("star" in own for own in marks) and "*" in notes
        meaning = next((m for word, m in _MEANINGS if starred and word in notes.casefold()), "")
        if meaning and means != meaning:
            message = f"the note of {_called(publication)} says that a star means {meaning}"
            hint = f"say it: publications: {{stars: {meaning}}}"
            if means:
                hint = f"the settings say {means}"
            yield warning(message, publication.source, hint)


_MEANINGS = (
    ("correspond", "corresponding"),
    ("equal", "equal"),
    ("student", "student"),
    ("mentee", "student"),
)
"""Words of notes by which a star explains itself, and the mark that they mean."""


def _has(publication: Publication, field: str) -> bool:
    if field == "author":
        return bool(publication.authors)
    if field == "editor":
        return bool(publication.editors)
    if field == "title":
        return bool(publication.title)
    if field == "date":
        typed = ("year", "pubstate")
        return publication.date is not None or any(name in publication.fields for name in typed)
    if field in ("url", "doi", "eprint") and any(link.url for link in publication.links):
        return True
    return bool(publication.fields.get(field))


def _missing(publication: Publication) -> Iterator[Diagnostic]:
    for wanted in REQUIRED.get(publication.type, ("title",)):
        if not any(_has(publication, field) for field in wanted.split("|")):
            what = " or ".join(wanted.split("|"))
            hint = f"an entry of the type {publication.type} has one" if publication.key else None
            yield warning(f"{_called(publication)} has no {what}", publication.source, hint)


def _called(publication: Publication) -> str:
    return publication.key or f"“{publication.title.text[:40]}”"


def _numbers(publication: Publication) -> Iterator[Diagnostic]:
    fields = publication.fields
    for name, check, form in (
        ("doi", is_doi, "10.1000/xyz"),
        ("isbn", is_isbn, "978-3-16-148410-0"),
        ("issn", is_issn, "0378-5955"),
        ("orcid", is_orcid, "0000-0002-1825-0097"),
    ):
        typed = fields.get(name, Rich("")).text.strip()
        for number in re.split(r"\s*[,;]\s*|\s+and\s+", typed) if name == "isbn" else [typed]:
            if number and not check(number):
                yield warning(
                    f"{_called(publication)}: {number} is no {name.upper()}",
                    publication.source,
                    f"its form is {form}, and its check digit must fit"
                    if name != "doi"
                    else f"its form is {form}",
                )
    eprint = fields.get("eprint", Rich("")).text.strip()
    archive = fields.get("eprinttype", Rich("")).text.lower()
    if eprint and archive == "arxiv" and not is_arxiv(eprint):
        yield warning(
            f"{_called(publication)}: {eprint} is no number of arXiv",
            publication.source,
            "its form is 2101.00001 or math/0101001",
        )


def is_doi(text: str) -> bool:
    """Tell whether a text has the form of a DOI, bare or as an address."""
    bare = re.sub(r"^(https?://)?(dx\.)?doi\.org/|^doi:\s*", "", text, flags=re.IGNORECASE)
    return bool(re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S+", bare.replace("\\", "")))


def is_arxiv(text: str) -> bool:
    """Tell whether a text is a number of arXiv, old or new, with or without version."""
    bare = re.sub(r"^(https?://arxiv\.org/(abs|pdf)/|arxiv:)", "", text, flags=re.IGNORECASE)
    return bool(re.fullmatch(r"(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?", bare))


def is_isbn(text: str) -> bool:
    """Tell whether a text is an ISBN of 10 or 13 digits, the last one right (ISO 2108)."""
    digits = re.sub(r"[\s–‐-]", "", re.sub(r"^isbn(-1[03])?:?\s*", "", text, flags=re.I))
    if re.fullmatch(r"\d{9}[\dXx]", digits):
        values = [10 if d in "Xx" else int(d) for d in digits]
        return sum((10 - i) * value for i, value in enumerate(values)) % 11 == 0
    if re.fullmatch(r"\d{13}", digits):
        return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    return False


def is_issn(text: str) -> bool:
    """Tell whether a text is an ISSN, its last digit right (ISO 3297)."""
    digits = text.replace("-", "").replace("–", "").strip()
    if not re.fullmatch(r"\d{7}[\dXx]", digits):
        return False
    values = [10 if d in "Xx" else int(d) for d in digits]
    return sum((8 - i) * value for i, value in enumerate(values)) % 11 == 0


def is_orcid(text: str) -> bool:
    """Tell whether a text is an ORCID iD, its last digit right (ISO 7064, mod 11-2)."""
    digits = re.sub(r"^https?://orcid\.org/", "", text).replace("-", "")
    return bool(re.fullmatch(r"\d{15}[\dXx]", digits)) and contacts.is_orcid(digits)


def _plain(text: str) -> str:
    """Return a text's words, small and without accents, to compare it with others."""
    return " ".join(fold(re.sub(r"[^\w\s]", " ", text.replace("&", " and ")))[0])


def _duplicates(publications: Sequence[Publication]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], Publication] = {}
    for publication in publications:
        title = _plain(publication.title.text)
        year = str(publication.date.year) if publication.date else ""
        numbers = [
            (link.kind or link.label, link.url.lower())
            for link in publication.links
            if link.url and (link.kind or link.label) in ("doi", "arxiv")
        ]
        same = [("title", f"{title} {year} {publication.type}")] if len(title) > 10 else []
        first = next((seen[mark] for mark in (*numbers, *same) if mark in seen), None)
        if first:
            line = f" of line {first.source.line}" if first.source.line else ""
            message = f"{_called(publication)} is likely the same as {_called(first)}{line}"
            yield warning(message, publication.source, "leave one of them out")
        for mark in (*numbers, *same):
            seen.setdefault(mark, publication)


def _venues(publications: Iterable[Publication]) -> Iterator[Diagnostic]:
    spellings: dict[tuple[str, str], str] = {}
    for publication in publications:
        for field in VENUES:
            typed = publication.fields.get(field, Rich("")).text
            if not typed:
                continue
            plain = re.sub(r"^the ", "", _plain(typed))
            first = spellings.setdefault((field, plain), typed)
            if first != typed:
                yield note(
                    f"{_called(publication)}: '{typed}' is spelt '{first}' elsewhere",
                    publication.source,
                    "spell it one way",
                )


def _owner(publications: Iterable[Publication], basics: Basics) -> Iterator[Diagnostic]:
    for publication in publications:
        authors = publication.authors or publication.editors
        found = owners(authors, basics)
        if authors and not found and not publication.more_authors:
            hint = "add the spelling to `aliases` in data/basics.yaml, or mark the author `me`"
            message = f"{basics.name} is not among the authors of {_called(publication)}"
            yield warning(message, publication.source, hint)
        elif len(found) > 1:
            hint = "mark the right one: author+an = {1=me}"
            message = f"two authors of {_called(publication)} could be {basics.name}"
            yield warning(message, publication.source, hint)
