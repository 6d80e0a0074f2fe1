"""Publications as CSL-JSON, the form that Zotero, pandoc and citeproc exchange.

After the CSL 1.0.2 specification, appendix III (types) and IV (variables).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from cvtex.citation import csl_text
from cvtex.citation.arrange import kind
from cvtex.citation.called import english
from cvtex.model import Date, Name, Publication, Rich

TYPES = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "inproceedings": "paper-conference",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "periodical": "periodical",
    "thesis": "thesis",
    "report": "report",
    "online": "webpage",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "unpublished": "manuscript",
    "preprint": "article",
    "talk": "speech",
    "standard": "standard",
    "review": "review",
    "movie": "motion_picture",
    "video": "motion_picture",
    "audio": "song",
    "music": "song",
    "artwork": "graphic",
    "image": "graphic",
    "letter": "personal_communication",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legal": "legislation",
    "performance": "performance",
}
"""CSL's types; `document` is any other."""

FIELDS = {
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "maintitle": "container-title",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "part": "part",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "chapter": "chapter-number",
    "edition": "edition",
    "version": "version",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "venue": "event-place",
    "eventtitle": "event",
    "shorttitle": "title-short",
    "origtitle": "original-title",
    "reviewtitle": "reviewed-title",
    "note": "note",
    "addendum": "note",
    "pubstate": "status",
    "langid": "language",
    "language": "language",
    "library": "call-number",
    "howpublished": "medium",
    "isbn": "ISBN",
    "issn": "ISSN",
    "ismn": "ISMN",
    "iswc": "ISWC",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
"""CSL's variables for biblatex's fields; the first field that has a value gives it."""

PEOPLE = {
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "director": "director",
    "holder": "recipient",
}


def csl_json(
    publications: Iterable[Publication], *, marked: bool = True
) -> list[dict[str, object]]:
    """Return the items of a CSL-JSON file, valid by the CSL 1.0.2 schema.

    Titles have CSL's HTML (`<i>`, `<sub>`, …) if `marked`, else letters alone.
    """
    show = csl_text.html if marked else _letters
    items = []
    seen: set[str] = set()
    for number, publication in enumerate(publications, start=1):
        item = _item(publication, show)
        identity = publication.key or f"item-{number}"
        while identity in seen:
            identity += "-2"
        seen.add(identity)
        items.append({"id": identity, **item})
    return items


def _letters(text: Rich) -> str:
    return text.text


def _item(publication: Publication, show: Callable[[Rich], str]) -> dict[str, object]:
    fields = publication.fields
    which = kind(publication)
    known = which if which in ("preprint", "talk") else publication.type
    item: dict[str, object] = {"type": TYPES.get(known, "document")}
    if title := _titled(publication.title, fields.get("subtitle"), show):
        addon = fields.get("titleaddon")
        item["title"] = f"{title}. {show(addon)}" if addon else title
    for field, variable in FIELDS.items():
        value = fields.get(field)
        if value and variable not in item:
            subtitle = fields.get(field.removesuffix("title") + "subtitle")
            is_title = field in ("journaltitle", "booktitle", "maintitle")
            item[variable] = _titled(value, subtitle, show) if is_title else value.text
    if number := fields.get("number"):
        in_journal = publication.type in ("article", "periodical", "suppperiodical")
        in_series = "series" in fields and publication.type not in ("report", "patent")
        variable = "issue" if in_journal else "collection-number" if in_series else "number"
        item[variable] = number.text
    if genre := fields.get("type"):
        item["genre"] = english(genre.text) or genre.text
    if status := item.get("status"):
        item["status"] = english(str(status)) or status
    codes = (csl_text.language(fields[f].text) for f in ("langid", "language") if f in fields)
    item.pop("language", None)
    if code := next(filter(None, codes), ""):
        item["language"] = code
    people = {"author": publication.authors, "editor": publication.editors, **publication.people}
    for role, names in people.items():
        if names and (role == "author" or role in PEOPLE):
            item[PEOPLE.get(role, role)] = [_name(name) for name in names]
    item |= _dates(publication)
    item |= _addresses(publication)
    if publication.keywords:
        item["keyword"] = ", ".join(sorted(publication.keywords))
    return item


def _titled(title: Rich, subtitle: Rich | None, show: Callable[[Rich], str]) -> str:
    return f"{show(title)}: {show(subtitle)}" if title and subtitle else show(title)


def _name(name: Name) -> dict[str, object]:
    if name.literal or not (name.given or name.prefix or name.suffix):
        return {"literal": name.family.text} if name.literal else {"family": name.family.text}
    parts = {
        "family": name.family.text,
        "given": name.given.text,
        "non-dropping-particle": name.prefix.text,
        "suffix": name.suffix.text,
    }
    return {part: text for part, text in parts.items() if text}


def _dates(publication: Publication) -> dict[str, object]:
    found: dict[str, object] = {}
    if publication.date:
        ends = [publication.date, *([publication.end_date] if publication.end_date else [])]
        parts = [_parts(end) for end in ends if not end.is_present and end.year]
        if parts:
            found["issued"] = {"date-parts": parts, **_season(publication.date)}
    elif typed := publication.fields.get("year"):
        found["issued"] = {"literal": typed.text}
    for field, variable in (
        ("urldate", "accessed"),
        ("eventdate", "event-date"),
        ("origdate", "original-date"),
    ):
        try:
            days = publication.fields.get(field, Rich("")).text.split("/")
            parts = [_parts(Date.parse(day)) for day in days if day][:2]
            found[variable] = {"date-parts": parts}
        except ValueError:
            continue
        if not days[0] or not all(parts):
            del found[variable]
    return found


def _season(date: Date) -> dict[str, object]:
    """Return a date's season (1 to 4) and whether it is approximate, as CSL-JSON says them."""
    code = date.edtf[5:7] if date.season else ""
    season = {"season": int(code) - 20} if "21" <= code <= "24" else {}
    return {**season, **({"circa": True} if date.sense == "about" else {})}


def _parts(date: Date) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part]


def _addresses(publication: Publication) -> dict[str, object]:
    links: Mapping[str, str] = {
        link.kind or link.label: link.url for link in publication.links if link.url
    }
    found: dict[str, object] = {}
    if "doi" in links:
        found["DOI"] = unquote(links["doi"].partition("doi.org/")[2])
    url = links.get("url") or next(
        (url for label, url in links.items() if label not in ("doi", "arxiv")), ""
    )
    if url or "arxiv" in links:
        found["URL"] = url or links["arxiv"]
    if "arxiv" in links:
        found["archive"] = "arXiv"
        found["archive_location"] = links["arxiv"].partition("/abs/")[2]
    return found
