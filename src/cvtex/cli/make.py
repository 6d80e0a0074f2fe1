"""The verbs that make a CV: new, import, build, watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex.cli import completions, options
from cvtex.cli.building import building
from cvtex.cli.help import Verb
from cvtex.commands import reporting

if TYPE_CHECKING:
    from cvtex.request import Request


@click.command(
    cls=Verb,
    examples=[
        "cvtex new my-cv",
        "cvtex new my-cv --language fr",
        "cvtex new my-cv --from resume.json",
        "cvtex new to-learn --example variants",
        "cvtex new --ci github",
    ],
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--ci",
    type=click.Choice(["github"]),
    help="Add a workflow that builds the PDF at every push and releases it for a tag; "
    "to a CV that is there already, add nothing else.",
)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Begin with your own CV in a file of another tool: what `cvtex import FILE` makes.",
)
@click.option(
    "--language",
    metavar="CODE",
    shell_complete=completions.language_codes,
    help="Write the sample in this language; where cvtex has none in it, its words alone.",
)
@click.option(
    "--example",
    type=click.Choice(["variants"]),
    help="Write a project to learn from: one source with variants and letters.",
)
def new(
    folder: Path, ci: str | None, file: Path | None, language: str | None, example: str | None
) -> int:
    """Start a CV of your own in FOLDER, with an invented person's data to change.

    Without FOLDER it is the current one. Nothing that is there is ever overwritten.
    """
    from cvtex.commands.new import new as run

    if file and language:
        raise click.UsageError("--language is the sample's; a CV of your own has its language")
    if example and (file or language):
        raise click.UsageError("an example is whole as it is: take --example alone")
    if file:
        from cvtex.commands.import_ import import_

        with reporting(file):
            import_(file, folder)
            return run(folder, ci) if ci else 0
    with reporting(folder):
        return run(folder, ci, language or "en", example or "")


@click.command(
    "import",
    cls=Verb,
    examples=["cvtex import John_Doe_CV.yaml -o my-cv", "cvtex import resume.tex"],
)
@click.argument("file", type=click.Path(path_type=Path))
@options.output(
    "FOLDER", "Write the project to this new folder; by default it is named after the file."
)
@options.FORMAT
def import_file(file: Path, output: Path | None, form: str) -> int:
    """Make a project of another tool's file.

    FILE is a JSON Resume, a file of RenderCV, YAMLResume or Reactive Resume, LinkedIn's data
    export (the ZIP), LaTeX by moderncv, Awesome-CV, AltaCV or Jake's résumé, or a PDF that
    cvtex built with --embed. Every value of it has its place in the project, or is listed
    with its line and what became of it.
    """
    from cvtex.commands.import_ import import_ as run

    with reporting(file):
        return run(file, output, form=form)


@click.command(
    cls=Verb,
    examples=[
        "cvtex build",
        "cvtex build my-cv --theme moderncv --open",
        "cvtex build resume.json -o cv.pdf",
        "cvtex build --set basics.label='Data Engineer' -o data-engineer.pdf",
    ],
)
@building
@options.PROBLEMS
@click.option("--no-pdf", is_flag=True, help="Write the LaTeX only, and print where it is.")
@click.option("--watch", "again", is_flag=True, help="Build again at every save, as cvtex watch.")
@click.option("-v", "--verbose", is_flag=True, help="Print what each step does.")
def build(
    request: Request, show: bool, quiet: bool, no_pdf: bool, again: bool, verbose: bool
) -> int:
    """Build the PDF of the CV in PATH, and print where it is.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file.
    Where nothing has changed, nothing is done.
    """
    import dataclasses

    if quiet and verbose:
        raise click.UsageError("-q and -v exclude each other")
    if again and no_pdf:
        raise click.UsageError("--watch and --no-pdf exclude each other")
    if again:
        return _watch(request, show, quiet)
    from cvtex.commands.build import build as run

    with reporting(request.path, quiet=quiet):
        request = dataclasses.replace(request, pdf=not no_pdf)
        return run(request, show=show, quiet=quiet, verbose=verbose)


@click.command(cls=Verb, examples=["cvtex watch --open", "cvtex watch --letter acme"])
@building
@click.option(
    "--letter",
    "letters",
    multiple=True,
    metavar="NAME|all",
    help="Build this letter instead of the CV, or all of them; may be given more than once.",
)
@options.PROBLEMS
def watch(request: Request, show: bool, quiet: bool, letters: tuple[str, ...]) -> int:
    """Build the CV in PATH now and at every save, until Ctrl-C.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file.
    """
    import dataclasses

    if letters and request.variants:
        raise click.UsageError("a letter says itself which variant it goes with")
    return _watch(dataclasses.replace(request, letters=letters), show, quiet)


def _watch(request: Request, show: bool, quiet: bool) -> int:
    from cvtex.commands.watch import watch as run

    with reporting(request.path, quiet=quiet):
        return run(request, show=show, quiet=quiet)
