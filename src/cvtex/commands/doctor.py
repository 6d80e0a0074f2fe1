"""`cvtex doctor`: which TeX is here, what each theme lacks, and what brings it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex.diagnostics import CvtexError
from cvtex.trust import UntrustedError, may_ask

if TYPE_CHECKING:
    from cvtex.latex.themes import ThemeFolder
    from cvtex.toolchain.setup.doctor import Needs, Report


def doctor(path: Path, form: str) -> int:
    """Examine the toolchains and every theme of the project at `path`, print what is found.

    Returns 0 if each theme can be built, else 1.
    """
    from cvtex import toolchain
    from cvtex.toolchain.setup.doctor import examine

    themes, broken = needs(path if path.is_dir() else path.parent)
    refusal = next((failure for failure in broken if isinstance(failure, UntrustedError)), None)
    if refusal and may_ask():
        raise refusal
    report = examine(toolchain.find(), themes)
    if form == "json":
        click.echo(json.dumps(_plain(report), indent=2, ensure_ascii=False))
    else:
        for line in _lines(report):
            click.echo(line)
    if refusal:
        raise refusal
    if broken:
        raise CvtexError([d for failure in broken for d in failure.diagnostics])
    return 0 if report.ok else 1


def needs(root: Path) -> tuple[dict[str, Needs], list[CvtexError]]:
    """Return what each theme of a project needs, and the errors of those that do not load."""
    from cvtex.latex import themes

    found: dict[str, Needs] = {}
    broken: list[CvtexError] = []
    for name, folder in themes.themes(root).items():
        try:
            found[name] = needs_of(folder)
        except CvtexError as failure:
            broken.append(failure)
    return found, broken


def needs_of(folder: ThemeFolder) -> Needs:
    """Return what a theme needs beyond the files that it brings."""
    from cvtex import source
    from cvtex.pipeline import engines
    from cvtex.toolchain.setup.doctor import Needs

    kind = folder.load()
    with folder.blamed():
        able = kind.engines()
        families = engines.families(kind, kind.Options(), source.words("en"), able) if able else ()
    own = {file.name for file in folder.files()}
    fonts = dict.fromkeys(f for family in families if not family.carried for f in family.files)
    return Needs(
        kind.engines(),
        tuple(file for file in kind.requires if file not in own),
        tuple(file for file in fonts if file not in own),
        tuple(kind.packages),
        kind.refusals(),
    )


def _lines(report: Report) -> Iterator[str]:
    yield "programs"
    for program in report.programs:
        what = f"{program.version}  {program.path}".strip() if program.path else "not here"
        yield f"  {program.name:10} {what}"
    if report.bundle:
        yield f"  {'bundle':10} {report.bundle}"
    yield f"  {'sandbox':10} {report.sandbox}"
    yield "themes"
    for theme in report.themes:
        parts = [f"built by {', '.join(theme.engines)}" if theme.engines else "cannot be built"]
        if theme.lacking:
            parts.append(f"TeX Live lacks {', '.join(theme.lacking)}")
        parts += [f"not by {engine}: {why}" for engine, why in theme.unfit.items()]
        yield f"  {theme.name:10} {'; '.join(parts)}"
    yield "faces that TeX does not have"
    for face in report.faces:
        yield f"  {face.name:12} {face.state}"
    yield "fonts for other scripts"
    for font in report.fonts:
        yield f"  {font.script:10} {font.state}"
    if report.command:
        yield f"to bring what lacks: {report.command}"


def _plain(report: Report) -> Mapping[str, object]:
    return {
        "ok": report.ok,
        "programs": [
            {"name": p.name, "path": p.path and str(p.path), "version": p.version or None}
            for p in report.programs
        ],
        "bundle": report.bundle,
        "sandbox": report.sandbox,
        "themes": [
            {
                "name": t.name,
                "engines": t.engines,
                "unfit": t.unfit,
                "lacking": t.lacking,
                "command": t.command,
            }
            for t in report.themes
        ],
        "faces": {
            face.name: {
                "here": face.here,
                "covers": face.covers,
                "upright": face.upright,
                "commands": face.commands,
            }
            for face in report.faces
        },
        "fonts": {font.script: font.path and str(font.path) for font in report.fonts},
        "font_packages": {font.script: font.package for font in report.fonts},
        "command": report.command,
    }
