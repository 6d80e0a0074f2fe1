"""The verbs that write the CV in another form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvtex.cli import options
from cvtex.cli.help import Verb, Verbs
from cvtex.commands import reporting
from cvtex.export import FORMS, Form

if TYPE_CHECKING:
    from cvtex.request import Request


@click.group(
    cls=Verbs,
    examples=["cvtex export pdf", "cvtex export docx -o cv.docx", "cvtex export text -o -"],
)
def export() -> None:
    """Write the CV in another form, to hand it out.

    What is private stays out, unless you say --private. The file is named after the
    person, Firstname-Lastname-CV, and its path is printed.
    """


def _each(request: Request, ending: str, own: dict[str, Any]) -> list[Request]:
    """Return a request for each variant in each language that is asked for."""
    import dataclasses

    from cvtex.filenames import place
    from cvtex.pipeline import languages, letters, variants
    from cvtex.request import RELEASE

    names = variants(request)
    codes = languages(request)
    output = own.get("output")
    sent: tuple[str, ...] = ()
    if ending == ".pdf" and RELEASE in request.variants:
        sent = letters(dataclasses.replace(request, variants=(), letters=(RELEASE,)))
    if (
        (len(names) + len(sent)) * len(codes) > 1
        and output
        and (str(output) == "-" or place(output, f"x{ending}") == output)
    ):
        what = "documents" if sent else "variants" if len(names) > 1 else "languages"
        raise click.UsageError(f"there are several {what}, and {output} is one; name a folder")
    if len(names) * len(codes) > 1 and own.get("folder"):
        raise click.UsageError("a site shows one variant in one language: name it")
    return [
        dataclasses.replace(
            request, variants=(name,) if name else (), languages=(code,) if code else ()
        )
        for name in names
        for code in codes
    ] + [dataclasses.replace(request, variants=(), letters=(name,)) for name in sent]


def exporting(ending: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a verb what can be asked of every export; it is called with the request."""

    def given(command: Callable[..., int]) -> Callable[..., int]:
        def run(
            path: Path,
            theme: str | None,
            variants: tuple[str, ...],
            release: bool,
            languages: tuple[str, ...],
            overrides: tuple[str, ...],
            public: bool,
            **own: Any,
        ) -> int:
            from cvtex.request import RELEASE, Request

            if release and variants:
                raise click.UsageError("--release and --variant exclude each other")

            request = Request(
                path=path,
                themes=(theme,) if theme else (),
                variants=(RELEASE,) if release else variants,
                languages=languages,
                public=public,
                overrides=overrides,
            )
            with reporting(path):
                return max(command(each, **own) for each in _each(request, ending, own))

        run.__doc__ = command.__doc__
        run.__name__ = command.__name__
        wrapped: Callable[..., int] = options.TRUST(options.PROBLEMS(run))
        for option in (
            options.public(default=True),
            options.SET,
            options.LANGUAGE,
            options.RELEASE,
            options.VARIANTS,
            options.ASCII,
            options.output(f"FILE{ending}|FOLDER|-", "Write it there; - is standard output."),
            options.THEME,
            options.PATH,
        ):
            wrapped = option(wrapped)
        return wrapped

    return given


@export.command(examples=["cvtex export pdf", "cvtex export pdf --private -o release/"])
@exporting(".pdf")
def pdf(request: Request, output: Path | None, latin: bool) -> int:
    """Build the PDF to hand out, named after the person: Firstname-Lastname-CV.pdf.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file. With
    --release the letters that meta.release names are built, too.
    """
    if request.letters:
        from cvtex.commands.letter import handed_out

        return handed_out(request, output=output, latin=latin)
    from cvtex.commands.pdf import pdf as run

    return run(request, output=output, latin=latin)


@export.command(examples=["cvtex export png", "cvtex export png --only 1 -o cv.png"])
@click.option("--only", "page", type=click.IntRange(1), metavar="N", help="Write this page only.")
@click.option(
    "--dpi",
    "dots",
    type=click.IntRange(36, 600),
    default=150,
    show_default=True,
    metavar="N",
    help="Draw so many dots to the inch.",
)
@exporting(".png")
def png(request: Request, output: Path | None, latin: bool, page: int | None, dots: int) -> int:
    """Build the PDF and write its pages as pictures, a file for each.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file.
    """
    from cvtex.commands.png import png as run

    return run(request, output=output, latin=latin, page=page, dots=dots)


@export.command(examples=["cvtex export overleaf", "cvtex export overleaf -o cv.zip"])
@exporting(".zip")
def overleaf(request: Request, output: Path | None, latin: bool) -> int:
    """Write a zip for Overleaf, which plain latexmk compiles as well.

    PATH is a project's folder (the current one if absent), or one YAML or JSON file. The
    zip holds the document, what the theme ships, the publications, and a latexmkrc that
    picks the engine.
    """
    from cvtex.commands.overleaf import overleaf as run

    return run(request, output=output, latin=latin)


PATH_HELP = "PATH is a project's folder (the current one if absent), or one YAML or JSON file."
MORE = {
    "json-resume": "Tags, ids and what is hidden stay out; what JSON Resume cannot say stands in "
    "meta.x-cvtex, which cvtex reads. With --private that is all of the data, tags, variants "
    "and languages included: cvtex import makes the same project of it.",
    "rendercv": "It is valid for RenderCV 2; what has no place there is listed.",
    "text": "Titles are in capitals; addresses of links stand in brackets.",
    "html": "No script, no font from elsewhere; light and dark, and fit for print and telephones.",
    "docx": "Headings, lists, links and dates at the right are Word's own; there are no tables.",
    "bib": "Fields that are not printed stay out.",
}
"""What more the help says of a form."""


def _text_form(form: Form) -> click.Command:
    """Return the verb of a form that needs no TeX."""

    def command(
        request: Request,
        output: Path | None,
        latin: bool,
        template: Path | None = None,
        folder: Path | None = None,
    ) -> int:
        from cvtex.commands import export as run

        if folder:
            if output:
                raise click.UsageError("--site writes a folder: there is no -o")
            return run.site(request, folder, latin)
        return run.export(form.name, request, output=output, latin=latin, template=template)

    command.__doc__ = f"{form.summary}\n\n{PATH_HELP} {MORE.get(form.name, '')}".rstrip()
    wrapped: Callable[..., Any] = exporting(form.ending)(command)
    if form.name == "docx":
        wrapped = click.option(
            "--template",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="FILE.docx",
            help="Take the page and the styles of this document.",
        )(wrapped)
    if form.name == "html":
        wrapped = click.option(
            "--site",
            "folder",
            type=click.Path(path_type=Path),
            metavar="FOLDER",
            help="Write a small site there: the page, the PDF, a vCard, a picture for cards.",
        )(wrapped)
    own = {"html": f"cvtex export {form.name} --site site"}
    own |= {"docx": f"cvtex export {form.name} --template my-styles.docx"}
    second = own.get(form.name, f"cvtex export {form.name} -o cv{form.ending}")
    examples = [f"cvtex export {form.name}", second]
    return click.command(form.name, cls=Verb, examples=examples)(wrapped)


for _form in FORMS.values():
    export.add_command(_text_form(_form))


@click.command(cls=Verb, examples=["cvtex extract cv.pdf -o data-of-cv"])
@click.argument("pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.output("FOLDER", "Write the files there, not into the current folder.")
@options.PROBLEMS
def extract(pdf: Path, output: Path | None) -> int:
    """Take the data out of a PDF that was built with --embed.

    That is resume.json, which cvtex and tools for JSON Resume read, and publications.bib.
    Nothing that is there is written over.
    """
    from cvtex.commands.extract import extract as run

    with reporting(Path()):
        return run(pdf, output)
