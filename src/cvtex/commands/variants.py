"""`cvtex variants`: which variants a CV has, and what each leaves out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex.commands import report, say
from cvtex.diagnostics import Diagnostic, Source, has_errors, with_excerpts

if TYPE_CHECKING:
    from cvtex.model import Resume
    from cvtex.request import Request


def variants(request: Request, *, explain: str | None, form: str = "text") -> int:
    """Print a line for each variant, or with `explain` what one leaves out and why.

    With `form` "json" it is one object, with the problems in it. Returns the exit status: 1 if
    a variant cannot be read.
    """
    from cvtex import select, source
    from cvtex.filenames import edition
    from cvtex.request import work_folder

    project = source.find(
        request.path,
        public=request.public,
        overrides=request.overrides,
        language=request.language,
    )
    reading = source.read(project)
    whole = reading.resume
    names = [explain] if explain else list(whole.meta.variants) if whole else []
    found = list(reading.diagnostics)
    rows: list[tuple[str, ...]] = []
    facts: list[dict[str, object]] = []
    left: list[select.LeftOut] = []
    for name in names:
        laid = source.read(project, variant=name)
        found += laid.diagnostics
        if laid.resume is None or has_errors(laid.diagnostics):
            continue
        chosen = select.select(laid.resume, name)
        left = list(chosen.left_out)
        resume = chosen.resume
        records, bullets = select.counted(resume)
        variant = select.resolve(resume.meta.variants, name)
        theme = Path(resume.meta.theme).name
        pages = _pages(work_folder(request) / f"{edition(theme, name, request.language)}.pdf")
        counts = (pages, _counted(records, "record"), _counted(bullets, "bullet"))
        facts.append(
            {
                "name": name,
                "about": str(variant.about or ""),
                "theme": theme,
                "language": resume.meta.language,
                "pages": int(pages.split()[0]) if pages[0].isdigit() else None,
                "records": records,
                "bullets": bullets,
            }
        )
        rows.append((name, theme, resume.meta.language, *counts, variant.about or ""))
        found += _empty(name, laid.resume, resume)
    if whole and whole.meta.variants and not explain:
        found += _tags(whole)
    shown = with_excerpts(found, reading.inputs, reading.secrets)
    problems = tuple(dict.fromkeys(shown))
    if form == "json":
        data: dict[str, object] = {"variants": facts}
        if explain:
            data["leftOut"] = [
                {"place": str(thing.source), "what": thing.what, "reason": thing.reason}
                for thing in left
            ]
        data["problems"] = [problem.json() for problem in problems]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return 1 if has_errors(found) else 0
    report(problems, request.path)
    if explain:
        for thing in left:
            say(f"{thing.source}: {thing.what}: {thing.reason}")
    else:
        if not rows and not has_errors(found):
            say("there are no variants: write data/variants.yaml", err=True)
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            say("  ".join(cells).rstrip())
    return 1 if has_errors(found) else 0


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _pages(built: Path) -> str:
    """Return how many pages the PDF of the last build has, "not built" where there is none."""
    if not built.is_file():
        return "not built"
    from cvtex import pdf

    count = pdf.count(built)
    return _counted(count, "page") if count else "unreadable"


def _empty(name: str, before: Resume, after: Resume) -> Iterator[Diagnostic]:
    """Yield a note for each section of which a variant leaves nothing."""
    from cvtex.diagnostics import note
    from cvtex.model import KINDS

    where = after.meta.variants[name].source
    for section in KINDS:
        hidden = section in after.meta.hide
        if getattr(before, section) and not getattr(after, section) and not hidden:
            yield note(f"{name} leaves nothing of {section}", where)
    own = {section.name: section for section in after.custom}
    for custom in before.custom:
        if custom.entries and not own[custom.name].entries:
            yield note(f"{name} leaves nothing of {custom.name}", where)


def _tags(resume: Resume) -> Iterator[Diagnostic]:
    """Yield a note for each tag that no variant names, a warning for each that nobody has."""
    from cvtex import select
    from cvtex.diagnostics import note, warning

    there: dict[str, Source] = {}
    for tag, place in select.tagged(resume):
        there.setdefault(tag, place)
    keywords = {str(word) for p in resume.publications for word in p.keywords}
    named = {
        tag: tag.source for v in resume.meta.variants.values() for tag in (*v.include, *v.exclude)
    }
    for tag, place in there.items():
        if tag not in named:
            yield note(f"no variant names the tag {tag}", place)
    for tag, place in named.items():
        if tag not in there and tag not in keywords:
            yield warning(f"nothing has the tag {tag}", dataclasses.replace(place))
