"""What the fields of a `.bib` come to, by files of questions and answers (`answers.py`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import answers
from cvtex.citation.forms import FORMS
from cvtex.citation.lint import lint
from cvtex.diagnostics import Diagnostic
from cvtex.model import Basics, Name, Publication, PublicationSettings, Rich, Text
from cvtex.source.bibtex import doubts, read
from cvtex.source.bibtex.owner import owners
from cvtex.source.bibtex.tex import rich


def entry(fields: str) -> Publication:
    (publication,), _ = read(f"@misc{{a, {fields}}}", "a.bib")
    return publication


def told(text: str) -> Iterator[str]:
    """Yield what is said of a `.bib`, and what `publications check` says beyond that."""
    found: tuple[Diagnostic, ...] = (*read(text, "a.bib")[1], *doubts({"a.bib": text}))
    for one in found:
        place = f"{one.source.line}:{one.source.column}" if one.source else ""
        yield f"{place} {one.severity}: {one.message}" + (f" ({one.hint})" if one.hint else "")


def both(text: Rich) -> str:
    return text.text if text.tex in (None, text.text) else f"{text.text}   [{text.tex}]"


def parts(name: Name) -> str:
    """Return given name, particle, family name and suffix, or a body; and the marks."""
    shown = " | ".join(both(part) for part in (name.given, name.prefix, name.family, name.suffix))
    return " +".join((f"{{{both(name.family)}}}" if name.literal else shown, *sorted(name.marks)))


def a_field(field: str) -> Iterator[str]:
    text, findings = rich(field)
    yield both(text)
    for found in findings:
        hint = f" ({found.hint})" if found.hint else ""
        yield f"{found.severity} at {found.token}: {found.message}{hint}"


def a_formula(formula: str) -> Iterator[str]:
    yield from a_field(f"${formula}$")


def names(field: str) -> Iterator[str]:
    publication = entry(f"author = {{{field}}}")
    yield from map(parts, publication.authors)
    if publication.more_authors:
        yield "and others"
    yield from told(f"@misc{{a,\n author = {{{field}}}}}")


def dates(fields: str) -> Iterator[str]:
    publication = entry(fields)
    end = f" to {publication.end_date}" if publication.end_date else ""
    yield f"{publication.date}{end}"
    if year := publication.fields.get("year"):
        yield f"year: {both(year)}"
    yield from told(f"@misc{{a, {fields}}}")


def links(fields: str) -> Iterator[str]:
    publication = entry(fields)
    yield from (f"{link.label} {link.kind} {link.url}" for link in publication.links)
    if addendum := publication.fields.get("addendum"):
        yield f"addendum: {both(addendum)}"
    yield from told(f"@misc{{a, {fields}}}")


def tidy(fields: str) -> Iterator[str]:
    publication = entry(fields)
    shown = {"title": publication.title, **publication.fields}
    yield from (f"{name}: {both(text)}" for name, text in shown.items() if text)
    yield from map(parts, publication.authors)
    yield from (f"{link.label} {link.kind} {link.url}" for link in publication.links)
    yield from told(f"@misc{{a, {fields}}}")


def owner(question: str) -> Iterator[str]:
    name, _, authors = question.partition(" = ")
    listed = entry(f"author = {{{authors}}}").authors
    found = owners(listed, Basics(name=Text(name)))
    yield ", ".join(str(number + 1) for number in sorted(found)) or "nobody"


def title(field: str) -> Iterator[str]:
    text, _ = rich(field)
    for form in ("sentence", "headline"):
        yield f"{form}: {both(FORMS[form](text))}"
    yield f"headline of plain text: {both(FORMS['headline'](Rich(text.text)))}"


def pages(field: str) -> Iterator[str]:
    if field.startswith("edition: "):
        yield FORMS["ordinal"](Rich(field.removeprefix("edition: "))).text
        return
    for form in ("minimal", "two-digits", "chicago", "dashes"):
        yield f"{form}: {FORMS[form](Rich(field)).text}"


def bibliography(text: str) -> Iterator[str]:
    """Yield what is read of a `.bib`, an entry a line, and what is said of it."""
    for one in read(text, "a.bib")[0]:
        fields = {"title": one.title, **one.fields}
        people = {"author": one.authors, "editor": one.editors, **one.people}
        shown = [f"{name}={both(value)}" for name, value in fields.items() if value]
        shown += [f"{role}={parts(name)}" for role, them in people.items() for name in them]
        shown += [f"date={one.date}"] * bool(one.date) + [f"#{k}" for k in sorted(one.keywords)]
        flags = {"others": one.more_authors, "me too": one.owner_among_others}
        flags |= {"selected": one.selected, "parent": one.parent}
        shown += [f"({name})" for name, said in flags.items() if said]
        place = f"{one.source.line}-{one.source.end or one.source.line}"
        yield f"@{one.type} {one.key!r} {place}: {'; '.join(shown)}"
    yield from told(text)


def doubtful(text: str) -> Iterator[str]:
    """Yield what is likely wrong in a list of publications of Ada Lovelace's."""
    found, _ = read(text, "a.bib")
    stars = PublicationSettings(stars="equal")
    plain = lint(found)
    owned = [one for one in lint(found, Basics(name=Text("Ada Lovelace"))) if one not in plain]
    starred = [one for one in lint(found, None, stars) if one not in plain]
    for kind, some in (("", plain), ("owner: ", owned), ("equal stars: ", starred)):
        for one in some:
            place = one.source.line if one.source else ""
            hint = f" ({one.hint})" if one.hint else ""
            yield f"{kind}{place} {one.severity}: {one.message}{hint}"


ASKED = {
    "lint": doubtful,
    "bibs": bibliography,
    "fields": a_field,
    "formulas": a_formula,
    "names": names,
    "dates": dates,
    "links": links,
    "tidy": tidy,
    "owner": owner,
    "titles": title,
    "pages": pages,
}


@pytest.mark.parametrize("name", ASKED)
def test_the_answers_are_as_they_were_read(name: str, renew: bool) -> None:
    answers.check(name, ASKED[name], renew)
