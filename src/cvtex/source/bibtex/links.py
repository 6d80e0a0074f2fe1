"""Where a publication can be read: its links, from the fields that hold addresses."""

from __future__ import annotations

import re

from cvtex.model import Link, Rich, Url
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.entries import Entry

FIELDS = {
    "url": "url",
    "html": "html",
    "supp": "supplement",
    "supplement": "supplement",
    "blog": "blog",
    "pdf": "pdf",
    "pdfurl": "pdf",
    "codeurl": "code",
    "code": "code",
    "github": "code",
    "dataurl": "data",
    "slidesurl": "slides",
    "slides": "slides",
    "videourl": "video",
    "video": "video",
    "posterurl": "poster",
    "poster": "poster",
    "website": "project",
    "projecturl": "project",
    "project": "project",
    "blogurl": "blog",
    "suppurl": "supplement",
    "preprinturl": "preprint",
}
"""Fields that hold an address, and the kind of link each is."""

EPRINTS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "hal": "https://hal.science/{}",
    "biorxiv": "https://doi.org/10.1101/{}",
    "medrxiv": "https://doi.org/10.1101/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "hdl": "https://hdl.handle.net/{}",
    "iacr": "https://eprint.iacr.org/{}",
    "googlebooks": "https://books.google.com/books?id={}",
}
"""Archives that an `eprint` can be in, and where."""

ORDER = (
    *("url", "html", "doi", "biorxiv", "medrxiv", "arxiv", "pubmed", "pmcid", "hal", "jstor"),
    *("hdl", "iacr", "googlebooks", "pdf", "preprint", "supplement", "blog"),
)
"""Links to the paper itself come first."""

_TILDE = re.compile(
    r"\{?\\textasciitilde\s*(?:\{\})?\}?|\{\\~\s*(?:\{\})?\}|\\~\s*(?:\{\})?|\$\\sim\$"
)
_WRAPPED = re.compile(r"\\(?:url|href|nolinkurl)\s*\{([^{}]*)\}(?:\{.*\})?")
_LABEL = re.compile(r"\[([^\[\]]+)\]")
_DOI = re.compile(r"(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:https?://)?(?:arxiv\.org/(?:abs|pdf)/|arxiv:\s*)(\S+?)(?:\.pdf)?", re.IGNORECASE
)


def clean_address(typed: str) -> str:
    """Return an address without the TeX that BibTeX files wrap around it."""
    if not re.search(r"[\\{<$]", typed):
        return typed.strip()
    address = _TILDE.sub("~", typed.strip())
    address = re.sub(r"\{?\\textunderscore\s*(?:\{\})?\}?", "_", address)
    if wrapped := _WRAPPED.fullmatch(address):
        address = wrapped[1].strip()
    if address[:1] + address[-1:] in ("{}", "<>"):
        address = address[1:-1]
    return re.sub(r"\\([%&#_{}~$/-])", r"\1", address)


def read_links(
    entry: Entry, complaints: Complaints, addendum: Rich | None
) -> tuple[tuple[Link, ...], Rich | None]:
    """Return an entry's links, and its addendum if that is no label.

    An addendum `[Paper Link]` is the label of the entry's address; without an
    address it is a label alone.
    """
    found: dict[str, str] = {}
    for field, kind in FIELDS.items():
        if kind in found or not entry.fields.get(field):
            continue
        typed = clean_address(entry.fields[field])
        if field == "url":
            typed = _one_address(entry, typed, complaints)
            if not typed:
                continue
        elif not re.match(r"https?://", typed):
            continue  # a file's name, or a word
        try:
            found[kind] = Url.parse(typed)
        except ValueError as problem:
            complaints.warning(f"{problem}: {typed}", entry.offsets.get(field, entry.offset))
    found |= _numbers(entry)
    labels = _LABEL.findall(addendum.text) if addendum else []
    if labels and not _LABEL.sub("", addendum.text if addendum else "").strip(" ,;"):
        urls = _in_order(found)
        shown = []
        for label in labels:
            kind, url = urls.pop(0) if urls else ("", "")
            shown.append(Link(label, url or None, kind))
        return (*shown, *(Link(kind, url) for kind, url in urls)), None
    return tuple(Link(kind, url) for kind, url in _in_order(found)), addendum


def _one_address(entry: Entry, typed: str, complaints: Complaints) -> str:
    """Return the first of several addresses; a DOI instead of one becomes the entry's `doi`."""
    if re.fullmatch(r"(?:doi:|(?:dx\.)?doi\.org/)?\s*10\.\d{4,9}/\S+", typed, re.IGNORECASE):
        entry.fields.setdefault("doi", typed)
        return ""
    several = typed.split()
    if len(several) > 1 and all(re.match(r"https?://\S", address) for address in several):
        if "url" not in entry.inherited:
            place = entry.offsets.get("url", entry.offset)
            complaints.doubt("there are several addresses; the first is used", place)
        return several[0]
    return typed


def _in_order(found: dict[str, str]) -> list[tuple[str, str]]:
    rank = {kind: index for index, kind in enumerate(ORDER)}
    return sorted(found.items(), key=lambda item: rank.get(item[0], len(rank)))


def _numbers(entry: Entry) -> dict[str, str]:
    """Return the addresses that follow from a DOI or the number in an archive."""
    from urllib.parse import quote

    found = {}
    doi = _DOI.sub("", clean_address(entry.fields.get("doi", ""))).strip()
    if doi:
        found["doi"] = "https://doi.org/" + quote(doi, safe="/:;()._-")
    for name in ("arxiv", "hal", "biorxiv", "medrxiv"):  # al-folio's
        number = clean_address(entry.fields.get(name, ""))
        if name == "arxiv":
            number = _ARXIV.sub(r"\1", number)
        if re.match(r"https?://", number):
            found[name] = number
        elif number and not re.search(r"\s", number):
            address = "https://doi.org/{}" if number.startswith("10.") else EPRINTS[name]
            found[name] = address.format(quote(number, safe="/:._-"))
    eprint = clean_address(entry.fields.get("eprint", ""))
    archive = (entry.fields.get("eprinttype") or entry.fields.get("archiveprefix") or "").lower()
    journal = entry.fields.get("journaltitle") or entry.fields.get("journal") or ""
    in_journal = re.search(
        r"arxiv(?: preprint)?[:\s]+(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7})",
        journal,
        re.I,
    )
    if eprint and _ARXIV.fullmatch(eprint):
        archive, eprint = "arxiv", _ARXIV.sub(r"\1", eprint)
    elif not eprint and in_journal:
        archive, eprint = "arxiv", in_journal[1]
    elif eprint and not archive and re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?|[a-z.-]+/\d{7}", eprint):
        archive = "arxiv"
    if eprint and archive in EPRINTS:
        found[archive] = EPRINTS[archive].format(quote(eprint, safe="/:._-"))
    for field, kind in (("pmid", "pubmed"), ("pmcid", "pmcid")):
        number = entry.fields.get(field, "").strip()
        if re.fullmatch(r"(PMC)?\d+", number):
            found.setdefault(kind, EPRINTS[kind].format(number))
    return found


def record_links(url: Url | None) -> tuple[Link, ...]:
    """Return the link of a publication in YAML."""
    return (Link("url", str(url)),) if url else ()
