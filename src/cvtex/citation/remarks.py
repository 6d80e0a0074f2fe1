"""What is said of how a CV lists its publications, though it can be set as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvtex.citation.arrange import arrange, fits, list_settings
from cvtex.diagnostics import Diagnostic, Source, note, warning
from cvtex.model import Publication, PublicationSettings, Resume

SHOWN = 3


def remarks(resume: Resume) -> tuple[Diagnostic, ...]:
    """Return what is doubtful in the groups of publications, and in their stars.

    A group that takes all, entries that stand in two groups, and stars at names of which
    nobody has said what they mean.
    """
    main = resume.meta.publications
    found = [*_groups(resume.publications, main), *_stars(resume.publications, main)]
    for section in resume.custom:
        if section.kind == "publications" and section.list_settings.groups:
            entries = [e for e in section.entries if isinstance(e, Publication)]
            settings = list_settings(resume, section.name)
            found += _groups(entries or resume.publications, settings)
    return tuple(found)


def _groups(
    publications: Sequence[Publication], settings: PublicationSettings
) -> Iterator[Diagnostic]:
    shown = arrange(publications, settings)
    placed: dict[int, str] = {}
    for number, group in enumerate(settings.groups):
        inside = [p for p in shown if fits(p, group)]
        if len(shown) > 1 and len(inside) == len(shown) and len(settings.groups) > 1:
            hint = "say which with types, keywords, status or selected"
            message = f"the group “{group.title}” takes all {len(shown)} publications"
            yield warning(message, group.source, hint)
            continue
        again = [p for p in inside if id(p) in placed]
        if again:
            first = placed[id(again[0])]
            keys = ", ".join(p.key or p.title.text[:30] for p in again[:SHOWN])
            more = ", …" if len(again) > SHOWN else ""
            many = "1 publication stands" if len(again) == 1 else f"{len(again)} stand"
            yield note(f"{many} in “{first}” and in “{group.title}”: {keys}{more}", group.source)
        for publication in inside:
            placed.setdefault(id(publication), str(settings.groups[number].title))


def _stars(
    publications: Sequence[Publication], settings: PublicationSettings
) -> Iterator[Diagnostic]:
    if settings.stars or not settings.legend:
        return
    starred = [p for p in publications if any("star" in name.marks for name in p.authors)]
    if starred and starred[0].source != Source(""):
        entries = "1 entry has" if len(starred) == 1 else f"{len(starred)} entries have"
        hint = "say it in data/meta.yaml: publications: {stars: equal}, or student, corresponding"
        message = f"{entries} stars at names, and nothing says what a star means"
        yield note(message, starred[0].source, hint)
