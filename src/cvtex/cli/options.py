"""The options that verbs share: each word means the same wherever it stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cvtex.cli.completions import keys_to_set, language_codes, theme_names, variant_names

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

THERE = click.Path(exists=True, path_type=Path)
ENGINES = ("pdflatex", "xelatex", "lualatex")
PATH = click.argument("path", type=THERE, default=Path())


class Target(click.Path):
    """Where something is written: a file, a folder, or `-` for standard output."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; an empty one is none."""
        if not str(value):
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


def output(metavar: str, text: str, **more: Any) -> Decorator:
    """Return the option `-o`; `text` is a full sentence."""
    return click.option(
        "-o", "--output", type=Target(path_type=Path), metavar=metavar, help=text, **more
    )


THEMES = click.option(
    "--theme",
    "themes",
    multiple=True,
    metavar="NAME|FOLDER",
    shell_complete=theme_names,
    help="Take this theme instead of the one in the data; may be given more than once.",
)
THEME = click.option(
    "--theme",
    metavar="NAME|FOLDER",
    shell_complete=theme_names,
    help="Take this theme instead of the one in the data.",
)
PROJECT = click.option(
    "--project",
    "path",
    type=THERE,
    default=Path(),
    metavar="PATH",
    help="Work on the project in PATH instead of the one in the current folder.",
)
SET = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=keys_to_set,
    help="Set a value over the data, such as basics.label=Engineer; may be given more than once.",
)
STRICT = click.option("--strict", is_flag=True, help="Count every warning as an error.")
NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    help="Keep and use nothing in your cache: take the plain way through TeX.",
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Print text for people, or JSON for programs.",
)


def _form(context: click.Context, parameter: click.Parameter, form: str) -> str:
    """Remember how problems are told."""
    from cvtex.commands import FORM

    context.meta[FORM] = form
    return form


PROBLEMS = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    expose_value=False,
    callback=_form,
    help="Print problems as text for people, as JSON for programs (an object a line), or as "
    "annotations at the lines of a GitHub workflow.",
)
REPORT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    callback=_form,
    help="Print problems as text for people, as JSON for programs, or as annotations at the "
    "lines of a GitHub workflow.",
)
ASCII = click.option(
    "--ascii",
    "latin",
    is_flag=True,
    help="Name the file in plain Latin letters, where a host or a form takes no others.",
)


LANGUAGE = click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE|all",
    shell_complete=language_codes,
    help="Set the CV in this language (de, en-GB) instead of the one in the data: its words, "
    "and the texts that the data has in it; or in all that meta.languages names; "
    "may be given more than once.",
)


def public(default: bool) -> Decorator:
    """Return the options `--public` and `--private`, with what holds where neither is given."""
    return click.option(
        "--public/--private",
        default=default,
        help="Leave out what data/private.yaml and the variables CVTEX_PRIVATE_… add, "
        f"or take it in.  [default: {'public' if default else 'private'}]",
    )


def _trust(context: click.Context, parameter: click.Parameter, given: bool) -> None:
    """Trust for this run: what `CVTEX_TRUST=1` does, here and in the processes started."""
    if given:
        os.environ["CVTEX_TRUST"] = "1"


def _sandbox(context: click.Context, parameter: click.Parameter, given: str | None) -> None:
    """Confine engines as `CVTEX_SANDBOX` says, here and in the processes started."""
    if given:
        os.environ["CVTEX_SANDBOX"] = given


SANDBOX = click.option(
    "--sandbox",
    type=click.Choice(["auto", "require", "off"]),
    callback=_sandbox,
    expose_value=False,
    help="Confine TeX to its own folder and files where the system can (auto), or run none "
    "that is not confined (require), or run it as any program (off).  [default: auto]",
)
TRUST = click.option(
    "--trust",
    is_flag=True,
    callback=_trust,
    expose_value=False,
    help="Let the themes that the project brings run: they are programs.",
)
VARIANTS = click.option(
    "--variant",
    "variants",
    multiple=True,
    metavar="NAME|all",
    shell_complete=variant_names,
    help="Take this variant of the CV, or all of them; may be given more than once.",
)
FIT = click.option(
    "--fit",
    type=click.IntRange(1),
    metavar="N",
    help="Set the CV as loosely as it can be on N pages, instead of what the data says.",
)
RELEASE = click.option(
    "--release",
    is_flag=True,
    help="Take the variants that the data names in meta.release; the whole CV if it names none.",
)
