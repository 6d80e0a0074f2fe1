"""The command line: what can be asked, how it is printed, and the exit status.

A verb's module is loaded when the verb is called. Exit status: 0 good, 1 the
input or TeX failed, 2 wrong usage, 130 Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from cvtex.commands import Again, reporting
from cvtex.home import program_path
from cvtex.toolchains import NAMES, OWN, ROWS, TABLE

THERE = click.Path(exists=True, path_type=Path)
HERE = click.argument("path", type=THERE, default=Path())
PUBLIC = click.option("--public", is_flag=True, help="Leave the private overlay out.")
SET = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="KEY.PATH=VALUE",
    help="Set a value over the data.",
)


def _trust(context: click.Context, parameter: click.Parameter, given: bool) -> None:
    """Trust for this run: what `CVTEX_TRUST=1` does, here and in the processes started."""
    if given:
        os.environ["CVTEX_TRUST"] = "1"


TRUST = click.option(
    "--trust",
    is_flag=True,
    callback=_trust,
    expose_value=False,
    help="Let themes that the project brings run: they are programs.",
)
FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
BUILDING = (
    click.option("--theme", "themes", multiple=True, metavar="NAME|FOLDER", help="Or `all`."),
    click.option(
        "--engine",
        type=click.Choice(["auto", "pdflatex", "xelatex", "lualatex"]),
        default="auto",
        show_default=True,
    ),
    click.option(
        "--toolchain",
        type=click.Choice(["auto", *NAMES]),
        default="auto",
        show_default=True,
    ),
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Where the PDF goes.",
    ),
    SET,
    click.option("--open", "show", is_flag=True, help="Open the PDF."),
    click.option("--strict", is_flag=True, help="Let warnings stop the build."),
    PUBLIC,
    TRUST,
    click.option(
        "--standard",
        type=click.Choice(["plain", "ua", "archive"]),
        help="What the PDF is: as TeX writes it, PDF/UA, or PDF/UA and PDF/A (the default).",
    ),
    click.option("--bundle", metavar="FOLDER|ZIP", help="Tectonic's offline bundle."),
    click.option("--no-cache", is_flag=True, help="Precompile nothing: the plain way through TeX."),
    click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
)
"""What can be asked of a build, and of a watch."""


def main() -> None:
    """Run `cvtex` and exit with its status."""
    import gc
    import signal

    gc.disable()  # a run is short: looking for rubbish is a tenth of it
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["PATH"] = program_path(os.environ.get("PATH", ""))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name need not be UTF-8
    try:
        try:
            status = cvtex.main(standalone_mode=False)
        except Again:
            status = cvtex.main(standalone_mode=False)
    except click.UsageError as misuse:
        misuse.show()
        status = 2
    except click.ClickException as failure:
        failure.show()
        status = failure.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as failure:  # nothing can be printed
        click.echo(f"error: {failure.strerror}", err=True)
        status = 1
    gc.freeze()  # nor at the end
    sys.exit(status if isinstance(status, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cvtex", message="cvtex %(version)s")
def cvtex() -> None:
    """Turn career data in YAML and BibTeX into a PDF, by LaTeX."""


def _building(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command what can be asked of a build."""
    for option in reversed(BUILDING):
        command = option(command)
    return command


@cvtex.command()
@HERE
@_building
@click.option("--no-pdf", is_flag=True, help="Write the LaTeX only.")
@click.option("--watch", is_flag=True, help="Build again on every save.")
@click.option("-v", "--verbose", is_flag=True, help="Print what each step does.")
def build(path: Path, **options: Any) -> int:
    """Build the CV in PATH: a project folder, or one YAML or JSON file."""
    _check(options)
    if options["quiet"] and options["verbose"]:
        raise click.UsageError("-q and -v exclude each other")
    if options.pop("watch"):
        if options.pop("no_pdf"):
            raise click.UsageError("--watch and --no-pdf exclude each other")
        options.pop("verbose")
        return _watch(path, options)
    from cvtex.commands.build import build as run

    with reporting(path, quiet=options["quiet"]):
        return run(path, **options)


@cvtex.command()
@HERE
@_building
def watch(path: Path, **options: Any) -> int:
    """Build the CV in PATH now and on every save, until Ctrl-C."""
    _check(options)
    return _watch(path, options)


@cvtex.command()
@click.argument("where", metavar="FOLDER|GLOB")
@click.option("--theme", "themes", multiple=True, metavar="NAME|FOLDER")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/batch"),
    show_default=True,
    metavar="DIR",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Workers; one a core if absent.")
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster that does the work.")
@SET
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@PUBLIC
@TRUST
@click.option("--no-cache", is_flag=True, help="Precompile nothing: the plain way through TeX.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def batch(where: str, **options: Any) -> int:
    """Build every CV of FOLDER, or all that GLOB names; done ones are skipped."""
    from cvtex.commands.batch import batch as run

    with reporting(Path(), quiet=options["quiet"]):
        return run(where, **options)


@cvtex.group()
def cache() -> None:
    """Look after the precompiled themes in your cache."""


@cache.command()
def show() -> int:
    """Show what is kept precompiled, and how much room it takes."""
    from cvtex.commands.cache import show as run

    return run()


@cache.command()
def clear() -> int:
    """Delete it all; the next build makes what it needs."""
    from cvtex.commands.cache import clear as run

    return run()


def _check(options: Mapping[str, Any]) -> None:
    name, engine = options["toolchain"], options["engine"]
    if name in OWN and engine not in ("auto", OWN[name]):
        row = ROWS[name]
        raise click.UsageError(f"{row.title} is {row.family}: it has no {engine}")


def _watch(path: Path, options: Mapping[str, Any]) -> int:
    from cvtex.commands.watch import watch as run

    with reporting(path, quiet=options["quiet"]):
        return run(path, **options)


@cvtex.command()
@HERE
@click.option("--theme", "themes", multiple=True, metavar="NAME|FOLDER")
@PUBLIC
@TRUST
@SET
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@FORMAT
def validate(path: Path, **options: Any) -> int:
    """Print every problem of the data, without running TeX."""
    from cvtex.commands.validate import validate as run

    with reporting(path):
        return run(path, **options)


@cvtex.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--ci", type=click.Choice(["github"]), help="Add a workflow that releases the PDF.")
def new(folder: Path, ci: str | None) -> int:
    """Start a CV of your own in FOLDER."""
    from cvtex.commands.new import new as run

    with reporting(folder):
        return run(folder, ci)


@cvtex.group()
def export() -> None:
    """Write the CV in another form."""


@export.command()
@HERE
@click.option("--theme", metavar="NAME|FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.zip|FOLDER")
@click.option("--private", is_flag=True, help="Keep the private overlay in.")
@SET
@TRUST
def overleaf(path: Path, **options: Any) -> int:
    """Write a zip for Overleaf; public unless asked otherwise."""
    from cvtex.commands.overleaf import overleaf as run

    with reporting(path):
        return run(path, **options)


@export.command()
@HERE
@click.option("--theme", metavar="NAME|FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.pdf|FOLDER")
@click.option("--private", is_flag=True, help="Keep the private overlay in.")
@SET
@TRUST
def pdf(path: Path, **options: Any) -> int:
    """Build the PDF to hand out, Firstname-Lastname-CV.pdf; public unless asked otherwise."""
    from cvtex.commands.pdf import pdf as run

    with reporting(path):
        return run(path, **options)


class _Listing(click.Group):
    """A group that lists where no verb of it is named: `cvtex themes [PATH]`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            if args and not args[0].startswith("-") and not Path(args[0]).exists():
                ctx.fail(f"{args[0]!r} is neither a path nor one of {', '.join(self.commands)}")
            args = ["list", *args]
        return super().parse_args(ctx, args)


@cvtex.group(cls=_Listing)
def publications() -> None:
    """Print what was understood of the publications, or check them."""


@publications.command("list")
@click.argument("path", type=THERE, default=Path(), metavar="[FILE.bib|PATH]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csl-json", "json"]),
    default="text",
    show_default=True,
)
@click.option("--style", metavar="NAME", help="The citation style; that of the CV if absent.")
def list_publications(path: Path, form: str, style: str | None) -> int:
    """Print the publications of a `.bib` file or of a project."""
    from cvtex.commands.publications import publications as run

    with reporting(path):
        return run(path, form=form, style=style)


@publications.command("check")
@click.argument("path", type=THERE, default=Path(), metavar="[FILE.bib|PATH]")
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
def check_publications(path: Path, strict: bool) -> int:
    """Print what is likely wrong: missing fields, duplicates, wrong check digits."""
    from cvtex.commands.publications import publications as run

    with reporting(path):
        return run(path, check=True, strict=strict)


PROJECT = click.option(
    "--project",
    "path",
    type=THERE,
    default=Path(),
    metavar="PATH",
    help="Of the CV; here if absent.",
)


@cvtex.group(cls=_Listing)
def themes() -> None:
    """List the themes; show, make, check or picture one."""


@themes.command("list")
@HERE
@FORMAT
@TRUST
def list_themes(path: Path, form: str) -> int:
    """List the themes of the project in PATH: what they are, and what they take."""
    from cvtex.commands.themes import themes as run

    with reporting(path):
        return run(path, form)


@themes.command("show")
@click.argument("name", metavar="NAME|FOLDER")
@PROJECT
@FORMAT
@TRUST
def show_theme(name: str, path: Path, form: str) -> int:
    """Show one theme, whole."""
    from cvtex.commands.themes import show as run

    with reporting(path):
        return run(name, path, form)


@themes.command("new")
@click.argument("name")
@HERE
@click.option("--based-on", "base", metavar="THEME", help="The theme to begin with.")
def new_theme(name: str, path: Path, base: str | None) -> int:
    """Write a theme of your own, NAME, into the project in PATH."""
    from cvtex.commands.themes.new import new as run

    with reporting(path):
        return run(name, path, base)


@themes.command("check")
@click.argument("theme", metavar="NAME|FOLDER")
@PROJECT
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(["pdflatex", "xelatex", "lualatex", *OWN]),
    help="All that need no network if absent.",
)
@click.option("--quick", is_flag=True, help="The whole sample only, as it is.")
@TRUST
def check_theme(theme: str, path: Path, **options: Any) -> int:
    """Hold a theme against what every theme must do."""
    from cvtex.commands.themes.check import check as run

    with reporting(path):
        return run(theme, path, **options)


@themes.command("preview")
@click.argument("names", nargs=-1, metavar="[NAME|FOLDER]...")
@PROJECT
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.png")
@click.option(
    "--width",
    type=click.IntRange(50, 5000),
    default=420,
    show_default=True,
    help="Of a page, in pixels.",
)
@click.option("--private", is_flag=True, help="Keep the private overlay in.")
@TRUST
def preview_themes(names: tuple[str, ...], path: Path, **options: Any) -> int:
    """Make a picture of the first page of the CV in each theme."""
    from cvtex.commands.themes.preview import preview as run

    with reporting(path):
        return run(names, path, **options)


@cvtex.command()
@click.option("--section", metavar="NAME", help="Of one file of data/ (`work`).")
def schema(section: str | None) -> int:
    """Print the JSON Schema of the data, for editors."""
    from cvtex.commands.schema import schema as run

    with reporting(Path()):
        return run(section)


@cvtex.command()
@HERE
@FORMAT
@TRUST
def doctor(path: Path, form: str) -> int:
    """Show which TeX is here, what each theme lacks, and what brings it."""
    from cvtex.commands.doctor import doctor as run

    with reporting(path):
        return run(path, form)


@cvtex.group()
def toolchain() -> None:
    """Bring a TeX toolchain, or bundle one for offline use."""


@toolchain.command()
@click.argument("name", type=click.Choice([row.package for row in TABLE]), required=False)
@click.option("--theme", "themes", multiple=True, metavar="NAME|FOLDER", help="What it needs, too.")
@click.option("--engine", "engines", multiple=True, type=click.Choice(["xelatex", "lualatex"]))
@TRUST
def install(name: str | None, **options: Any) -> int:
    """Install TeX Live by the system's package manager, or Tectonic into your cache."""
    from cvtex.commands.toolchain import install as run

    with reporting(Path()):
        return run(name, **options)


@toolchain.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER|ZIP",
    required=True,
    help="Where the bundle goes.",
)
@click.option("--theme", "themes", multiple=True, metavar="NAME|FOLDER")
@TRUST
def bundle(output: Path, themes: tuple[str, ...]) -> int:
    """Make an offline bundle for Tectonic out of the installed TeX Live."""
    from cvtex.commands.toolchain import bundle as run

    with reporting(Path()):
        return run(output, themes)
