"""The verbs that tell of a CV and write none: validate, lines, variants."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import options
from cvtex.cli.help import Verb
from cvtex.commands import reporting


@click.command(cls=Verb, examples=["cvtex validate", "cvtex validate --strict --format json"])
@options.PATH
@options.THEMES
@options.VARIANTS
@options.SET
@options.LANGUAGE
@options.public(default=False)
@options.STRICT
@options.REPORT
@options.TRUST
def validate(
    path: Path,
    themes: tuple[str, ...],
    variants: tuple[str, ...],
    overrides: tuple[str, ...],
    languages: tuple[str, ...],
    public: bool,
    strict: bool,
    form: str,
) -> int:
    """Print every problem of the data in PATH, without running TeX.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file. What its
    variants lay over the data is checked always; --variant has one checked to the last word.
    """
    from cvtex.commands.validate import validate as run
    from cvtex.request import Request

    with reporting(path):
        request = Request(
            path=path,
            themes=themes,
            variants=variants,
            public=public,
            overrides=overrides,
            languages=languages,
        )
        return run(request, strict=strict, form=form)


@click.command(cls=Verb, examples=["cvtex lines", "cvtex lines --variant backend --fit 1"])
@options.PATH
@options.THEME
@options.VARIANTS
@options.SET
@options.LANGUAGE
@options.FIT
@options.public(default=False)
@options.FORMAT
@options.TRUST
def lines(
    path: Path,
    theme: str | None,
    variants: tuple[str, ...],
    overrides: tuple[str, ...],
    languages: tuple[str, ...],
    fit: int | None,
    public: bool,
    form: str,
) -> int:
    """Print how many lines each paragraph of the CV has, and where one can be won.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file. A row
    has the place in the data, the page, the lines, how full the last one is, and how many
    characters less save a line. It is measured from the PDF; nothing is published.
    """
    from cvtex.commands.lines import lines as run
    from cvtex.request import Request

    with reporting(path):
        request = Request(
            path=path,
            themes=(theme,) if theme else (),
            variants=variants,
            overrides=overrides,
            languages=languages,
            fit=fit,
            public=public,
        )
        return run(request, form)


@click.command(cls=Verb, examples=["cvtex variants", "cvtex variants --explain backend"])
@options.PATH
@options.SET
@options.LANGUAGE
@options.public(default=False)
@click.option("--explain", metavar="NAME", help="Print what this variant leaves out, and why.")
@options.FORMAT
def variants(
    path: Path,
    overrides: tuple[str, ...],
    languages: tuple[str, ...],
    public: bool,
    explain: str | None,
    form: str,
) -> int:
    """Print the variants of the CV in PATH, and what is odd about them.

    A line has the variant's name, theme and language, the pages of the last build, and how
    much of the CV it keeps.
    """
    from cvtex.commands.variants import variants as run
    from cvtex.request import Request

    with reporting(path):
        request = Request(path=path, public=public, overrides=overrides, languages=languages)
        return run(request, explain=explain, form=form)
