"""The verbs that write the CV in another form."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import options
from cvtex.cli.help import Verbs
from cvtex.commands import reporting


@click.group(
    cls=Verbs,
    examples=["cvtex export pdf", "cvtex export overleaf -o cv.zip"],
)
def export() -> None:
    """Write the CV in another form, to hand it out.

    What is private stays out, unless you say --private. The file is named after the
    person, Firstname-Lastname-CV, and its path is printed.
    """


@export.command(examples=["cvtex export overleaf", "cvtex export overleaf -o cv.zip"])
@options.PATH
@options.THEME
@options.output("FILE.zip|FOLDER|-", "Write the zip there; - is standard output.")
@options.ASCII
@options.SET
@options.public(default=True)
@options.TRUST
def overleaf(
    path: Path,
    theme: str | None,
    output: Path | None,
    latin: bool,
    overrides: tuple[str, ...],
    public: bool,
) -> int:
    """Write a zip for Overleaf, which plain latexmk compiles as well.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file. The
    zip holds the document, what the theme ships, the publications, and a latexmkrc that
    picks the engine.
    """
    from cvtex.commands.overleaf import overleaf as run
    from cvtex.request import Request

    with reporting(path):
        themes = (theme,) if theme else ()
        request = Request(path=path, themes=themes, public=public, overrides=overrides)
        return run(request, output=output, latin=latin)


@export.command(examples=["cvtex export pdf", "cvtex export pdf --private -o release/"])
@options.PATH
@options.THEME
@options.output("FILE.pdf|FOLDER|-", "Write the PDF there; - is standard output.")
@options.ASCII
@options.SET
@options.public(default=True)
@options.TRUST
def pdf(
    path: Path,
    theme: str | None,
    output: Path | None,
    latin: bool,
    overrides: tuple[str, ...],
    public: bool,
) -> int:
    """Build the PDF to hand out, named after the person: Firstname-Lastname-CV.pdf.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file.
    """
    from cvtex.commands.pdf import pdf as run
    from cvtex.request import Request

    with reporting(path):
        themes = (theme,) if theme else ()
        request = Request(path=path, themes=themes, public=public, overrides=overrides)
        return run(request, output=output, latin=latin)
