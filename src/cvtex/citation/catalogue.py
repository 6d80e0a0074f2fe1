"""The whole list of publications as it is set: groups, numbers, legend, counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cvtex.citation import style, styles
from cvtex.citation.arrange import Group, arrange, group
from cvtex.citation.cite import cite
from cvtex.citation.span import Span
from cvtex.citation.style import Style
from cvtex.dateforms import shown
from cvtex.model import (
    Basics,
    Publication,
    PublicationMetrics,
    PublicationSettings,
    Rich,
    Words,
)
from cvtex.records import dataclass
from cvtex.source.bibtex.collector import no_collecting

MEANINGS = {
    "equal": "equal contribution",
    "supervision": "joint supervision",
    "corresponding": "corresponding author",
    "student": "student",
}
"""What marks mean, in English; a language's word of the same name goes before."""


@dataclass(frozen=True, slots=True)
class Item:
    """One publication as it is set; `label` is its number, empty for none."""

    label: str
    publication: Publication
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A group of items under its title, empty for none."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A list of publications, ready to be set."""

    groups: tuple[Heading, ...]
    legend: tuple[Span, ...] = ()
    metrics: tuple[Span, ...] = ()


def catalogue(
    publications: Iterable[Publication],
    settings: PublicationSettings,
    basics: Basics,
    words: Words,
    chosen: Style | None = None,
) -> Catalogue:
    """Return the list of publications as the settings ask for it.

    CvtexError if there is no such style.
    """
    used = chosen or styles.find(str(settings.style), source=settings.style.source)
    with no_collecting():
        return _catalogue(publications, settings, basics, words, used)


def _catalogue(
    publications: Iterable[Publication],
    settings: PublicationSettings,
    basics: Basics,
    words: Words,
    used: Style,
) -> Catalogue:
    groups = group(arrange(publications, settings), settings, words)
    labels = _labels(groups, settings)
    headings = tuple(
        Heading(
            part.title,
            tuple(
                Item(label, publication, cite(publication, settings, basics, words, used))
                for label, publication in zip(numbers, part.publications, strict=True)
            ),
        )
        for part, numbers in zip(groups, labels, strict=True)
    )
    shown = [p for g in groups for p in g.publications]
    return Catalogue(
        headings,
        legend(shown, settings, words, used) if settings.legend else (),
        metrics(settings.metrics, words) if settings.metrics else (),
    )


def _labels(groups: Sequence[Group], settings: PublicationSettings) -> list[list[str]]:
    """Return the numbers of each group's publications, up or down, in all or in each."""
    total = sum(len(g.publications) for g in groups)
    labels: list[list[str]] = []
    before = 0
    for part in groups:
        count = len(part.publications)
        start, end = (0, count) if settings.number_groups else (before, total)
        numbers = [
            start + i + 1 if settings.numbering == "up" else end - start - i for i in range(count)
        ]
        before += count
        if settings.numbering == "none":
            labels.append([""] * count)
        else:
            labels.append([f"{part.prefix}{number}" for number in numbers])
    return labels


def legend(
    publications: Iterable[Publication], settings: PublicationSettings, words: Words, used: Style
) -> tuple[Span, ...]:
    """Return what the signs at names mean: those that are used and have a meaning."""
    present = {mark for p in publications for author in p.authors for mark in author.marks}
    signs = style.signs(used, settings)
    meanings = [
        f"{sign} {words.words.get(mark, MEANINGS.get(mark, ''))}"
        for mark, sign in signs.items()
        if mark in present and (mark in MEANINGS or mark in words.words)
    ]
    return (Span(text=Rich(", ".join(meanings))),) if meanings else ()


def metrics(found: PublicationMetrics, words: Words) -> tuple[Span, ...]:
    """Return the counts as one line: `h-index 12, 345 citations (Google Scholar, May 2026)`."""
    parts = []
    if found.h_index is not None:
        parts.append(f"{words.words.get('hIndex', 'h-index')} {found.h_index}")
    if found.i10_index is not None:
        parts.append(f"{words.words.get('i10Index', 'i10-index')} {found.i10_index}")
    if found.citations is not None:
        parts.append(f"{found.citations} {words.words.get('citations', 'citations')}")
    date = found.date
    when = ""
    if date is not None:
        when = shown(date, words)
    origin = ", ".join(part for part in (str(found.provider or ""), when) if part)
    line = ", ".join(parts) + (f" ({origin})" if origin else "")
    return (Span(text=Rich(line)),) if parts else ()
