"""The verb `letter`, and `export letter`."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from cvtex.cli import options
from cvtex.cli.export import export
from cvtex.cli.help import Verb
from cvtex.commands import reporting


def letter_names(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the names of a project's letters that begin so, for a shell."""
    folder = Path(context.params.get("path") or ".", "data", "letters")
    names = sorted(file.stem for file in folder.glob("*.y*ml") if "." not in file.stem)
    taken = context.params.get(parameter.name or "") or ()
    return [CompletionItem(n) for n in names if n.startswith(begun) and n not in taken]


NAMES = click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=letter_names)
WITH_CV = click.option("--with-cv", is_flag=True, help="Make one PDF of the letter and its CV.")


@click.command(
    cls=Verb,
    examples=[
        "cvtex letter --new acme",
        "cvtex letter acme --open",
        "cvtex letter acme --with-cv -o application.pdf",
        "cvtex letter base --from companies.csv -o letters/",
    ],
)
@NAMES
@options.PROJECT
@click.option(
    "--new", "fresh", metavar="NAME", help="Begin data/letters/NAME.yaml, and build nothing."
)
@click.option(
    "--from",
    "series",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Make a letter of each row: a column named organization fills {organization}.",
)
@WITH_CV
@options.THEME
@options.LANGUAGE
@options.output(
    "FILE.pdf|FOLDER|-",
    "Write the PDF there instead of into build/letters/; - is standard output.",
)
@click.option("--open", "show", is_flag=True, help="Open the PDF in the viewer of your desktop.")
@click.option("--watch", "again", is_flag=True, help="Build again at every save, until Ctrl-C.")
@click.option("--no-pdf", is_flag=True, help="Write the LaTeX only, and print where it is.")
@click.option(
    "--engine",
    type=click.Choice(["auto", *options.ENGINES]),
    default="auto",
    show_default=True,
    help="Set the letter by this TeX engine; auto takes the first that has all characters.",
)
@options.SET
@options.public(default=False)
@options.STRICT
@options.PROBLEMS
@options.TRUST
@options.SANDBOX
@options.NO_CACHE
@options.QUIET
def letter(
    names: tuple[str, ...],
    path: Path,
    fresh: str | None,
    series: Path | None,
    with_cv: bool,
    theme: str | None,
    languages: tuple[str, ...],
    output: Path | None,
    show: bool,
    again: bool,
    no_pdf: bool,
    engine: str,
    overrides: tuple[str, ...],
    public: bool,
    strict: bool,
    no_cache: bool,
    quiet: bool,
) -> int:
    """Build the letters of data/letters/ under the head of the CV, and print where they are.

    NAME is data/letters/NAME.yaml; without one all are built, but for those that others
    extend and fill.
    """
    from cvtex.request import ALL, Request

    if fresh:
        from cvtex.commands.letter import new

        if names or series:
            raise click.UsageError("--new begins one letter, and builds none")
        with reporting(path):
            return new(path, fresh)
    if series and len(names) != 1:
        raise click.UsageError("--from takes the name of one letter, which its rows fill")
    if again and no_pdf:
        raise click.UsageError("--watch and --no-pdf exclude each other")
    request = Request(
        path=path,
        letters=names or (ALL,),
        series=series,
        with_cv=with_cv,
        themes=(theme,) if theme else (),
        languages=languages,
        output=output,
        pdf=not no_pdf,
        engine=engine,
        overrides=overrides,
        public=public,
        strict=strict,
        cache=not no_cache,
    )
    with reporting(path, quiet=quiet):
        if again:
            from cvtex.commands.watch import watch

            return watch(request, show=show, quiet=quiet)
        from cvtex.commands.build import build

        return build(request, show=show, quiet=quiet, verbose=False)


@export.command(
    name="letter", examples=["cvtex export letter acme", "cvtex export letter --private -o out/"]
)
@NAMES
@options.PROJECT
@WITH_CV
@options.THEME
@options.LANGUAGE
@options.output("FILE.pdf|FOLDER|-", "Write the PDF there; - is standard output.")
@options.ASCII
@options.SET
@options.public(default=True)
@options.PROBLEMS
@options.TRUST
def export_letter(
    names: tuple[str, ...],
    path: Path,
    with_cv: bool,
    theme: str | None,
    languages: tuple[str, ...],
    output: Path | None,
    latin: bool,
    overrides: tuple[str, ...],
    public: bool,
) -> int:
    """Build letters to hand out, named after the person: Firstname-Lastname-Letter-NAME.pdf.

    NAME is data/letters/NAME.yaml; without one all are built, but for those that others
    extend and fill.
    """
    from cvtex.commands.letter import handed_out
    from cvtex.request import ALL, Request

    request = Request(
        path=path,
        letters=names or (ALL,),
        with_cv=with_cv,
        themes=(theme,) if theme else (),
        languages=languages,
        overrides=overrides,
        public=public,
    )
    with reporting(path):
        return handed_out(request, output=output, latin=latin)
