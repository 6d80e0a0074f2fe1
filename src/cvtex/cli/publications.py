"""The verbs of the list of publications."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import completions, options
from cvtex.cli.help import Listing
from cvtex.commands import reporting

LIST = click.argument("path", type=options.THERE, default=Path(), metavar="[FILE.bib|PATH]")


@click.group(
    cls=Listing,
    examples=[
        "cvtex publications",
        "cvtex publications papers.bib --style apa",
        "cvtex publications check",
    ],
)
def publications() -> None:
    """Print what was understood of the publications, or check them."""


@publications.command("list", examples=["cvtex publications list papers.bib --format csl-json"])
@LIST
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bib", "csl-json", "json"]),
    default="text",
    show_default=True,
    help="Print citations as text, BibTeX, an array by the CSL schema, or JSON with all that is "
    "known.",
)
@click.option(
    "--style",
    metavar="NAME",
    shell_complete=completions.style_names,
    help="Cite in this style instead of the one that the CV names.",
)
def list_publications(path: Path, form: str, style: str | None) -> int:
    """Print the publications of FILE.bib, or of the project in PATH."""
    from cvtex.commands.publications import publications as run

    with reporting(path):
        return run(path, form=form, style=style)


@publications.command("check", examples=["cvtex publications check papers.bib --strict"])
@LIST
@options.STRICT
@options.PROBLEMS
def check_publications(path: Path, strict: bool) -> int:
    """Print what is likely wrong: missing fields, duplicates, wrong check digits.

    FILE.bib is a list of publications by itself, PATH a project.
    """
    from cvtex.commands.publications import publications as run

    with reporting(path):
        return run(path, check=True, strict=strict)
