"""The verbs that write the CV in another form."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import options
from cvtex.cli.help import Verb, Verbs
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


@export.command(
    name="json-resume",
    examples=["cvtex export json-resume", "cvtex export json-resume -o resume.json"],
)
@options.PATH
@options.THEME
@options.output("FILE.json|FOLDER|-", "Write the file there; - is standard output.")
@options.ASCII
@options.SET
@options.public(default=True)
@options.TRUST
def json_resume(
    path: Path,
    theme: str | None,
    output: Path | None,
    latin: bool,
    overrides: tuple[str, ...],
    public: bool,
) -> int:
    """Write what the CV prints as JSON Resume, which other tools and cvtex read.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file. Tags,
    ids and what is hidden stay out; what JSON Resume cannot say stands in meta.x-cvtex.
    """
    from cvtex.commands.json_resume import json_resume as run
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


@click.command(cls=Verb, examples=["cvtex extract cv.pdf -o data-of-cv"])
@click.argument("pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.output("FOLDER", "Write the files there, not into the current folder.")
def extract(pdf: Path, output: Path | None) -> int:
    """Take the data out of a PDF that was built with --embed.

    That is resume.json, which cvtex and tools for JSON Resume read, and publications.bib.
    Nothing that is there is written over.
    """
    from cvtex.commands.extract import extract as run

    with reporting(Path()):
        return run(pdf, output)
