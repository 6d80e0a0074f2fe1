"""The verb that makes many CVs."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import options
from cvtex.cli.help import Verb
from cvtex.commands import reporting


@click.command(
    cls=Verb, examples=["cvtex batch people/ -o out", "cvtex batch 'people/*.json' --jobs 4"]
)
@click.argument("where", metavar="FOLDER|GLOB")
@options.THEMES
@options.VARIANTS
@options.output(
    "FOLDER",
    "Write the PDFs and report.json there.",
    default=Path("build/batch"),
    show_default=True,
)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Build N at a time; one a core if absent."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Let the Dask cluster at this address do the work."
)
@options.SET
@options.LANGUAGE
@options.public(default=False)
@options.STRICT
@options.PROBLEMS
@options.TRUST
@options.NO_CACHE
@options.QUIET
def batch(
    where: str,
    themes: tuple[str, ...],
    variants: tuple[str, ...],
    output: Path,
    jobs: int | None,
    scheduler: str | None,
    overrides: tuple[str, ...],
    languages: tuple[str, ...],
    public: bool,
    strict: bool,
    no_cache: bool,
    quiet: bool,
) -> int:
    """Build every CV of FOLDER, or all that GLOB names, on all cores.

    Those that are done already are skipped; one that fails stops no other. A PDF is named
    after its project, and its theme and variant where several are asked for.
    """
    from cvtex.commands.batch import batch as run
    from cvtex.request import Request

    if "all" in themes:
        raise click.UsageError("a batch takes each theme by its name")
    request = Request(
        themes=themes,
        variants=variants,
        overrides=overrides,
        languages=languages,
        public=public,
        strict=strict,
        cache=not no_cache,
    )
    with reporting(Path(), quiet=quiet):
        return run(where, request, output=output, jobs=jobs, scheduler=scheduler, quiet=quiet)
