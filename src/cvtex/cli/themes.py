"""The verbs of themes."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import completions, options
from cvtex.cli.help import Listing
from cvtex.commands import reporting
from cvtex.toolchains import OWN


@click.group(
    cls=Listing,
    examples=["cvtex themes", "cvtex themes show moderncv", "cvtex themes preview -o themes.png"],
)
def themes() -> None:
    """List the themes; show, make, check or picture one."""


@themes.command("list", examples=["cvtex themes list", "cvtex themes my-cv --format json"])
@options.PATH
@options.FORMAT
@options.TRUST
def list_themes(path: Path, form: str) -> int:
    """List the themes that the project in PATH can be set in, one a line."""
    from cvtex.commands.themes import themes as run

    with reporting(path):
        return run(path, form)


@themes.command("show", examples=["cvtex themes show moderncv"])
@click.argument("name", metavar="NAME|FOLDER", shell_complete=completions.theme_names)
@options.PROJECT
@options.FORMAT
@options.TRUST
def show_theme(name: str, path: Path, form: str) -> int:
    """Show all of one theme, by its NAME or FOLDER: what it is, what sets it, its options."""
    from cvtex.commands.themes import show as run

    with reporting(path):
        return run(name, path, form)


@themes.command(
    "new", examples=["cvtex themes new mine", "cvtex themes new mine --based-on classic"]
)
@click.argument("name")
@options.PROJECT
@click.option(
    "--based-on",
    "base",
    metavar="THEME",
    shell_complete=completions.theme_names,
    help="Begin with a copy of this theme instead of a small one with comments.",
)
def new_theme(name: str, path: Path, base: str | None) -> int:
    """Write a theme of your own, NAME, into the themes/ of a project."""
    from cvtex.commands.themes.new import new as run

    with reporting(path):
        return run(name, path, base)


@themes.command(
    "check", examples=["cvtex themes check mine --quick", "cvtex themes check ./my-theme"]
)
@click.argument("theme", metavar="NAME|FOLDER", shell_complete=completions.theme_names)
@options.PROJECT
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice([*options.ENGINES, *OWN]),
    help="Try this engine; all that need no network if absent.",
)
@click.option("--quick", is_flag=True, help="Try the whole sample only, as it is.")
@options.TRUST
def check_theme(theme: str, path: Path, engines: tuple[str, ...], quick: bool) -> int:
    """Hold a theme, by its NAME or FOLDER, against what every theme must do."""
    from cvtex.commands.themes.check import check as run

    with reporting(path):
        return run(theme, path, engines=engines, quick=quick)


@themes.command(
    "preview",
    examples=["cvtex themes preview moderncv -o moderncv.png", "cvtex themes preview -o all.png"],
)
@click.argument(
    "names", nargs=-1, metavar="[NAME|FOLDER]...", shell_complete=completions.theme_names
)
@options.PROJECT
@options.output("FILE.png", "Write the picture there.", required=True)
@click.option(
    "--width",
    type=click.IntRange(50, 5000),
    default=420,
    show_default=True,
    help="Make a page so many pixels wide.",
)
@options.public(default=True)
@options.TRUST
def preview_themes(
    names: tuple[str, ...], path: Path, output: Path, width: int, public: bool
) -> int:
    """Make a picture of the first page of the CV in each theme.

    Each NAME or FOLDER is a theme; without any, all are pictured.
    """
    from cvtex.commands.themes.preview import preview as run

    with reporting(path):
        return run(names, path, output=output, width=width, public=public)
