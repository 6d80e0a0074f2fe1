"""A library of all kinds of entries: what is read of each, and how each style sets it.

As it was when somebody last read it: a change of these files is a change of users' lists of
publications. `pytest --renew tests/citation/test_library.py` writes them anew, and the difference
is read before it is committed. `~` is a space at which no line ends.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cvtex import source
from cvtex.citation import cite, names
from cvtex.citation.lint import lint
from cvtex.citation.span import Span
from cvtex.diagnostics import Diagnostic
from cvtex.model import Basics, Name, Publication, PublicationSettings, Rich, Text
from cvtex.source.bibtex import doubts, read
from shared import ROOT

LIBRARY = ROOT / "tests" / "expected" / "library"
TEXT = (LIBRARY / "library.bib").read_text("utf-8")
BASICS = Basics(name=Text("Ada Lovelace"))
ABROAD = [(style, code) for style in ("full", "chicago") for code in ("de", "fr", "ja", "hu")]
SETTINGS = {
    "three": PublicationSettings(style=Text("plain"), max_authors=3),
    "three-counted": PublicationSettings(style=Text("ieee"), max_authors=3, count_others=True),
    "one-underlined": PublicationSettings(style=Text("apa"), max_authors=1, owner="underline"),
}


def as_read(name: str, text: str, renew: bool) -> None:
    """Compare a text with the file that was read, or write that anew."""
    file = LIBRARY / f"{name}.txt"
    if renew:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text("utf-8")


def both(text: Rich) -> str:
    """Return a text, and its TeX where that is another."""
    return text.text if text.tex in (None, text.text) else f"{text.text} [{text.tex}]"


def person(name: Name) -> str:
    """Return the four parts of a name, or a body; and its marks."""
    parts = "|".join(both(part) for part in (name.given, name.prefix, name.family, name.suffix))
    shown = f"{{{both(name.family)}}}" if name.literal else parts
    return " ".join((shown, *(f"+{mark}" for mark in sorted(name.marks))))


def lines(publication: Publication) -> Iterator[str]:
    """Yield the lines that show what was read of an entry."""
    yield f"{publication.source.line}: {publication.type}: {both(publication.title)}"
    roles = {"author": publication.authors, "editor": publication.editors, **publication.people}
    for role, people in roles.items():
        yield from (f"  {role}: {person(name)}" for name in people)
    if publication.more_authors:
        yield "  and others" + ", the owner too" * publication.owner_among_others
    if publication.date:
        end = f" to {publication.end_date}" if publication.end_date else ""
        yield f"  date: {publication.date}{end}"
    yield from (f"  {name}: {both(text)}" for name, text in publication.fields.items() if text)
    yield from (f"  link: {link.label} {link.kind} {link.url}" for link in publication.links)
    if publication.keywords:
        yield f"  keywords: {', '.join(sorted(publication.keywords))}"
    if publication.selected or publication.parent:
        yield "  selected" if publication.selected else "  a parent"


def shown(spans: tuple[Span, ...]) -> str:
    """Return a citation with marks for what is bold, italic, a link or in another language."""
    line = ""
    for span in spans:
        piece = both(span.text).replace("\u00a0", "~")
        for tag, is_so in {"b": span.bold, "i": span.italic, "u": span.underline}.items():
            piece = f"<{tag}>{piece}</{tag}>" if is_so else piece
        piece = f"<{span.language}>{piece}</{span.language}>" if span.language else piece
        line += f"<{span.url}>{piece}</>" if span.url else piece
    return line


def told(diagnostics: tuple[Diagnostic, ...]) -> str:
    return "".join(
        f"{d.source}: {d.severity}: {d.message}{f' ({d.hint})' if d.hint else ''}\n"
        for d in diagnostics
    )


@pytest.fixture(scope="module")
def library() -> tuple[Publication, ...]:
    return read(TEXT, "library.bib")[0]


def test_what_is_read(library: tuple[Publication, ...], renew: bool) -> None:
    entries = (f"{one.key}:{line}\n" for one in library for line in lines(one))
    as_read("read", "".join(entries), renew)


def test_what_is_told(library: tuple[Publication, ...], renew: bool) -> None:
    parts = (read(TEXT, "library.bib")[1], doubts({"library.bib": TEXT}), tuple(lint(library)))
    as_read("told", "\n".join(map(told, parts)), renew)


def cited(library: tuple[Publication, ...], settings: PublicationSettings, code: str) -> str:
    words = source.words(code)
    return "".join(f"{p.key}: {shown(cite(p, settings, BASICS, words))}\n" for p in library)


@pytest.mark.parametrize("style", names())
def test_each_style(library: tuple[Publication, ...], style: str, renew: bool) -> None:
    as_read(style, cited(library, PublicationSettings(style=Text(style)), "en"), renew)


@pytest.mark.parametrize(("style", "code"), ABROAD)
def test_other_languages(
    library: tuple[Publication, ...], style: str, code: str, renew: bool
) -> None:
    settings = PublicationSettings(style=Text(style))
    as_read(f"{style}.{code}", cited(library, settings, code), renew)


@pytest.mark.parametrize("name", SETTINGS)
def test_lists_cut_short(library: tuple[Publication, ...], name: str, renew: bool) -> None:
    long = tuple(p for p in library if len(p.authors) > 1 or p.more_authors)
    as_read(name, cited(long, SETTINGS[name], "en"), renew)
