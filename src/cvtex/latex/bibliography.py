"""Publications written back as a `.bib`: what a CV shows of them, and no more.

A `.bib` often holds what is nobody's business: notes, abstracts, reviews. What
is printed is found by trial: a part is printed if the citation reads
otherwise without it, whatever the style.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from cvtex.citation import cite, styles
from cvtex.latex import text
from cvtex.latex.render import contents
from cvtex.model import Date, Name, Publication, Resume, Rich, Words
from cvtex.source.bibtex.links import EPRINTS

DOI = "https://doi.org/"
ADDRESSES = {
    "pdf": "pdf",
    "code": "codeurl",
    "data": "dataurl",
    "slides": "slidesurl",
    "video": "videourl",
    "poster": "posterurl",
    "project": "projecturl",
    "blog": "blogurl",
    "preprint": "preprinturl",
}
"""The field of each kind of link, beside `url`, `doi` and `eprint`."""
NUMBERS = {"pubmed": "pmid", "pmcid": "pmcid"}
"""Archives whose numbers have a field of their own."""


def bibliography(resume: Resume, words: Words) -> str:
    """Return the publications that the CV prints as BibTeX (biblatex's names of fields),
    in the order of the CV; "" if there are none."""

    chosen = styles.of(resume)

    def shown(publication: Publication) -> str:
        spans = cite(publication, resume.meta.publications, resume.basics, words, chosen)
        return repr(tuple(spans))

    records = [
        record
        for content in contents(resume, words)
        for record in content.section.records
        if isinstance(record, Publication)
    ]
    seen: list[Publication] = []
    for record in records:
        if record not in seen:
            seen.append(record)
    records = seen
    taken: set[str] = set()
    return "\n".join(entry(printed(record, shown), taken) for record in records)


def printed(publication: Publication, shown: Callable[[Publication], str]) -> Publication:
    """Return a publication without all that can go with `shown` staying as it is."""
    whole = shown(publication)
    for leaner in _leaner(publication):
        smaller = leaner(publication)
        if smaller != publication and shown(smaller) == whole:
            publication = smaller
    return publication


def _leaner(publication: Publication) -> Iterator[Callable[[Publication], Publication]]:
    """Yield ways to take one part off a publication, whole parts before their details."""

    def without(**parts: Any) -> Callable[[Publication], Publication]:
        return lambda p: dataclasses.replace(p, **parts)

    for name in publication.fields:
        yield lambda p, name=name: dataclasses.replace(  # type: ignore[misc]
            p, fields={n: value for n, value in p.fields.items() if n != name}
        )
    for role in publication.people:
        yield lambda p, role=role: dataclasses.replace(  # type: ignore[misc]
            p, people={r: names for r, names in p.people.items() if r != role}
        )
    for link in publication.links:
        yield lambda p, link=link: dataclasses.replace(  # type: ignore[misc]
            p, links=tuple(other for other in p.links if other != link)
        )
    yield without(editors=())
    yield without(authors=(), more_authors=False)
    for mark in sorted({mark for name in publication.authors for mark in name.marks}):
        yield lambda p, mark=mark: dataclasses.replace(  # type: ignore[misc]
            p,
            authors=tuple(
                dataclasses.replace(name, marks=name.marks - {mark}) for name in p.authors
            ),
        )
    yield without(end_date=None)
    if publication.date:
        date = publication.date
        yield without(date=None)
        yield without(date=Date(date.year))
        yield without(date=Date(date.year, date.month))


def entry(publication: Publication, taken: set[str]) -> str:
    """Return one entry; its key, made where it has none, is added to those `taken`."""
    key = publication.key or _key(publication)
    number = 1
    while key in taken:
        number += 1
        key = f"{publication.key or _key(publication)}-{number}"
    taken.add(key)
    lines = (f"  {name} = {{{value}}},\n" for name, value in _fields(publication) if value)
    return f"@{publication.type}{{{key},\n{''.join(lines)}}}\n"


def _fields(publication: Publication) -> Iterator[tuple[str, str]]:
    authors = publication.authors
    yield "author", _names(authors, publication.more_authors)
    marked = enumerate((sorted(name.marks) for name in authors), start=1)
    yield "author+an", "; ".join(f"{n}={','.join(marks)}" for n, marks in marked if marks)
    yield "title", _tex(publication.title)
    yield "editor", _names(publication.editors)
    for role, names in publication.people.items():
        yield role, _names(names)
    for name, value in publication.fields.items():
        if name not in ("url", "doi", "eprint", "eprinttype"):
            yield name, _tex(value)
    if publication.date:
        end = publication.end_date
        until = "" if end and end.is_present else end.edtf if end else None
        yield "date", publication.date.edtf + (f"/{until}" if until is not None else "")
    addenda = []
    urls = []
    for link in publication.links:
        address = link.url or ""
        if link.label in ADDRESSES:
            yield ADDRESSES[link.label], address
        elif link.label == "doi" or (address.startswith(DOI) and link.label != "url"):
            yield "doi", unquote(address.removeprefix(DOI))
        elif link.label in EPRINTS:
            before, _, after = EPRINTS[link.label].partition("{}")
            number = unquote(address.removeprefix(before).removesuffix(after))
            if link.label in NUMBERS:
                yield NUMBERS[link.label], number
            else:
                yield "eprint", number
                yield "eprinttype", link.label
        elif address:
            urls.append(address)
        if link.label not in ("url", "doi", *ADDRESSES, *EPRINTS):
            addenda.append(f"[{text.unbroken(link.label)}]")
    yield "url", urls[0] if urls else ""
    yield "addendum", " ".join(addenda)


def _names(names: Sequence[Name], more: bool = False) -> str:
    return " and ".join([*map(_name, names), *(["others"] if more else [])])


def _name(name: Name) -> str:
    """Return "von Family, Jr, Given", a body in braces."""
    if name.literal:
        return f"{{{_tex(name.family)}}}"
    family = " ".join(filter(None, (_tex(name.prefix), _tex(name.family))))
    return ", ".join(filter(None, (family, _tex(name.suffix), _tex(name.given))))


def _tex(value: Rich) -> str:
    return value.text and (str(text.unbroken(value.text)) if value.tex is None else value.tex)


def _key(publication: Publication) -> str:
    """Return a key of the first family name or title word, and the year."""
    words: Iterable[str] = (name.family.text for name in publication.authors[:1])
    word = next(iter(words), publication.title.text)
    plain = "".join(re.findall(r"[a-z0-9]+", word.lower())[:1])
    return f"{plain or 'entry'}{publication.date.year if publication.date else ''}"
