"""`cvtex schema`: the JSON Schema of the data, for editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvtex.commands import report
from cvtex.diagnostics import CvtexError

if TYPE_CHECKING:
    from cvtex.diagnostics import Diagnostic
    from cvtex.latex.themes import ThemeFolder
    from cvtex.source.schema.options import Themed


def schema(section: str | None = None, path: Path = Path()) -> int:
    """Print the schema of a whole source, or of one file of `data/` by its name.

    It knows the options of every theme that is shipped or installed, and of those of the
    project at `path` that are trusted already: nobody is asked, and of the others it knows
    the names. Returns 0, or 1 if a theme does not load, which hides no other.

    For the YAML language server, save it (`cvtex schema --section work >
    .cvtex/work.json`) and name it in the first line of the data:
    `# yaml-language-server: $schema=../.cvtex/work.json`.
    """
    from cvtex.source.schema.schema import names_themes
    from cvtex.source.schema.schema import schema as make_schema

    known: Mapping[str, Themed] = {}
    faults: list[Diagnostic] = []
    if names_themes(section):
        from cvtex.latex.themes import themes

        known, faults = options(themes(path).values())
    click.echo(json.dumps(make_schema(section, known), indent=2, ensure_ascii=False))
    report(faults, path)
    return 1 if faults else 0


def page() -> int:
    """Print every key of every record as a page in Markdown; return 0."""
    from cvtex.source.schema.reference import page as make_page

    click.echo(make_page(), nl=False)
    return 0


def for_new(section: str) -> dict[str, Any]:
    """Return the schema of one file of `data/` as a new project has it: with shipped themes."""
    from cvtex.source.schema.schema import names_themes
    from cvtex.source.schema.schema import schema as make_schema

    if not names_themes(section):
        return make_schema(section)
    from cvtex.latex.themes import themes

    known, faults = options(theme for theme in themes(None).values() if theme.is_shipped())
    assert not faults
    return make_schema(section, known)


def options(
    themes: Iterable[ThemeFolder],
) -> tuple[dict[str, Themed], list[Diagnostic]]:
    """Return what themes take, by their names, and why one could not be loaded.

    One that may not run is not run: its options are not known.
    """
    from cvtex.source.schema.options import Themed, options_of

    known: dict[str, Themed] = {}
    faults: list[Diagnostic] = []
    for theme in themes:
        known[theme.name] = Themed()
        if theme.is_trusted():
            try:
                kind = theme.load()
                with theme.blamed():
                    known[theme.name] = Themed(
                        summary=kind.summary, options=options_of(kind.Options)
                    )
            except CvtexError as failure:
                faults += failure.diagnostics
    return known, faults
