"""`cvtex publications`: what was understood of a list of publications, and what is odd in it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex import disk
from cvtex.commands import report
from cvtex.diagnostics import CvtexError, Diagnostic, Severity, Source, error, note, with_excerpts

if TYPE_CHECKING:
    from cvtex.citation import Catalogue, Span
    from cvtex.model import Basics, Name, Publication, PublicationSettings, Words

FORMS = ("text", "bib", "csl-json", "json")


def publications(
    path: Path,
    *,
    form: str = "text",
    style: str | None = None,
    check: bool = False,
    strict: bool = False,
) -> int:
    """Print the publications of a `.bib` file or of a project; return 1 on an error.

    `form` is one of `FORMS`: `text` are citations in a style (the project's own,
    else `plain`) with the owner between `**`, `bib` BibTeX with every field, `csl-json` an
    array by the CSL 1.0.2 schema, `json` everything that was understood. With `check` only
    what is likely wrong is printed: missing fields, duplicates, bad check digits; then
    warnings return 1 if `strict`. Problems go to standard error.
    """
    found, problems, basics, settings, words, inputs = _read(path)
    if check:
        from cvtex.citation.lint import lint
        from cvtex.source import bibtex

        bibs = {name: text for name, text in inputs.items() if name.lower().endswith(".bib")}
        problems = (*problems, *bibtex.doubts(bibs), *lint(found, basics, settings))
    if style and style.startswith("csl:"):
        problems = (*problems, note(f"{style} is approximate"))
    problems = with_excerpts(problems, inputs)
    report(problems, path if path.is_dir() else path.parent / "x")
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    failed = any(d.severity in bad for d in problems)
    if check:
        click.echo(_count(found, problems))
    elif form == "csl-json":
        from cvtex.commands.export import csl

        click.echo(csl(found), nl=False)
    elif form == "bib":
        from cvtex.latex.bibliography import entry

        taken: set[str] = set()
        click.echo("\n".join(entry(publication, taken) for publication in found), nl=False)
    else:
        from cvtex.citation import catalogue, find
        from cvtex.model import Text

        folders = (path / "styles",) if path.is_dir() else (path.parent / "styles",)
        settings = dataclasses.replace(settings, style=Text(style)) if style else settings
        chosen = find(str(settings.style), folders, settings.style.source)
        if basics is None:
            from cvtex.model import Basics

            basics = Basics(name=Text(""))
        listed = catalogue(found, settings, basics, words, chosen)
        if form == "json":
            click.echo(json.dumps(_whole(listed), indent=2, ensure_ascii=False))
        else:
            click.echo(_lines(listed), nl=False)
    return 1 if failed else 0


Read = tuple[
    "tuple[Publication, ...]",
    tuple[Diagnostic, ...],
    "Basics | None",
    "PublicationSettings",
    "Words",
    Mapping[str, str],
]


def _read(path: Path) -> Read:
    """Read a `.bib` file alone, or a project with its owner and settings."""
    from cvtex import source
    from cvtex.model import PublicationSettings

    if path.suffix.lower() == ".bib":
        from cvtex.source import bibtex

        text, strange = bibtex.decode(_bytes(path), path.name)
        found, problems = bibtex.read(text, path.name)
        words = source.words("en")
        inputs = {path.name: text}
        return found, (*strange, *problems), None, PublicationSettings(), words, inputs
    reading = source.read(source.find(path, public=True))
    resume = reading.resume
    if resume is None:
        raise CvtexError(with_excerpts(reading.diagnostics, reading.inputs))
    meta = resume.meta
    return (
        resume.publications,
        reading.diagnostics,
        resume.basics,
        meta.publications,
        source.words(meta.language, meta.words),
        reading.inputs,
    )


def _bytes(path: Path) -> bytes:
    try:
        from cvtex.source.publications import LIMIT

        return disk.read(path, LIMIT, pipe=True)
    except OSError as failure:
        message = f"this file cannot be read: {failure.strerror}"
        raise CvtexError([error(message, Source(path.name))]) from None


def _count(found: Sequence[Publication], problems: Sequence[Diagnostic]) -> str:
    number, wrong = len(found), len(problems)
    many = f"{number} publication{'' if number == 1 else 's'}"
    return f"{many}, {wrong or 'no'} problem{'' if wrong == 1 else 's'}"


def _lines(listed: Catalogue) -> str:
    """Return the list as lines: titles of groups, numbers, citations, the legend."""
    lines: list[str] = []
    for group in listed.groups:
        if group.title:
            lines += ["", group.title, ""] if lines else [group.title, ""]
        for item in group.items:
            lines.append(
                f"{item.label}. {_marked(item.spans)}" if item.label else _marked(item.spans)
            )
    for spans in (listed.legend, listed.metrics):
        if spans:
            lines += ["", _marked(spans)]
    return "".join(f"{line}\n" for line in lines)


def _marked(spans: Sequence[Span]) -> str:
    """Return spans as text, the owner's name between `**`."""
    return "".join(
        f"**{_plain_text(span)}**" if span.bold or span.underline else _plain_text(span)
        for span in spans
    )


def _plain_text(span: Span) -> str:
    return span.text.text.replace("\u00a0", " ")


def _whole(listed: Catalogue) -> list[dict[str, object]]:
    """Return everything that is known of each publication."""
    return [
        {
            "citation": "".join(map(_plain_text, item.spans)),
            **({"group": group.title} if group.title else {}),
            **({"number": item.label} if item.label else {}),
            **_plain(item.publication),
        }
        for group in listed.groups
        for item in group.items
    ]


def _plain(publication: Publication) -> dict[str, object]:
    from cvtex.citation.arrange import kind, status

    roles = {"author": publication.authors, "editor": publication.editors, **publication.people}
    people = {role: [_person(name) for name in names] for role, names in roles.items() if names}
    known: dict[str, object] = {
        "key": publication.key,
        "type": publication.type,
        "kind": kind(publication),
        "status": status(publication),
        "title": publication.title.text,
        "date": str(publication.date) if publication.date else "",
        "endDate": str(publication.end_date) if publication.end_date else "",
        "people": people,
        "moreAuthors": publication.more_authors,
        "links": [
            {"label": link.label, **({"url": link.url} if link.url else {})}
            for link in publication.links
        ],
        "keywords": sorted(publication.keywords),
        "selected": publication.selected,
        "fields": {name: text.text for name, text in sorted(publication.fields.items())},
        "file": publication.source.file,
        "line": publication.source.line,
    }
    return {name: value for name, value in known.items() if value not in ("", [], {}, False, 0)}


def _person(name: Name) -> dict[str, object]:
    parts: dict[str, object] = {
        "given": name.given.text,
        "prefix": name.prefix.text,
        "family": name.family.text,
        "suffix": name.suffix.text,
        "marks": sorted(name.marks),
    }
    return {part: value for part, value in parts.items() if value}
