"""What can be asked of a build, and the request that this becomes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click

from cvtex.cli.completions import theme_names
from cvtex.cli.options import (
    ENGINES,
    FIT,
    LANGUAGE,
    NO_CACHE,
    PATH,
    QUIET,
    SANDBOX,
    SET,
    STRICT,
    TRUST,
    VARIANTS,
    output,
    public,
)
from cvtex.toolchains import NAMES, OWN, ROWS, TABLE

if TYPE_CHECKING:
    from cvtex.request import Request


P = ParamSpec("P")
BUILDING = (
    click.option(
        "--theme",
        "themes",
        multiple=True,
        metavar="NAME|FOLDER|all",
        shell_complete=theme_names,
        help="Take this theme instead of the one in the data, or all of them; "
        "may be given more than once.",
    ),
    VARIANTS,
    output(
        "FILE.pdf|FOLDER|-",
        "Write the PDF there instead of into build/; - is standard output.",
    ),
    SET,
    LANGUAGE,
    public(default=False),
    STRICT,
    click.option(
        "--open", "show", is_flag=True, help="Open the PDF in the viewer of your desktop."
    ),
    click.option(
        "--engine",
        type=click.Choice(["auto", *ENGINES]),
        default="auto",
        show_default=True,
        help="Set the CV by this TeX engine; auto takes the first that has all characters.",
    ),
    click.option(
        "--toolchain",
        type=click.Choice(["auto", *NAMES]),
        default="auto",
        show_default=True,
        help=f"Run TeX by {' or '.join(f'{row.title} ({row.name})' for row in TABLE)}; "
        "auto takes what is here.",
    ),
    click.option(
        "--bundle",
        metavar="FOLDER|ZIP",
        help="Let Tectonic take its files from there instead of the net.",
    ),
    TRUST,
    SANDBOX,
    click.option(
        "--standard",
        type=click.Choice(["plain", "ua", "archive"]),
        help="Make the PDF as TeX writes it, PDF/UA, or PDF/UA and PDF/A (archive), "
        "instead of what the data says.",
    ),
    FIT,
    click.option(
        "--embed", is_flag=True, help="Put what is printed into the PDF as data, for `extract`."
    ),
    NO_CACHE,
    QUIET,
)
"""What can be asked of a build, and of a watch."""


def building(command: Callable[Concatenate[Request, P], int]) -> Callable[..., int]:
    """Give a verb all that can be asked of a build; it is called with the request."""

    @functools.wraps(command)
    def run(
        path: Path,
        themes: tuple[str, ...],
        variants: tuple[str, ...],
        output: Path | None,
        overrides: tuple[str, ...],
        languages: tuple[str, ...],
        public: bool,
        strict: bool,
        engine: str,
        toolchain: str,
        bundle: str | None,
        standard: str | None,
        fit: int | None,
        embed: bool,
        no_cache: bool,
        *own: P.args,
        **more: P.kwargs,
    ) -> int:
        from cvtex.request import Request

        if toolchain in OWN and engine not in ("auto", OWN[toolchain]):
            row = ROWS[toolchain]
            raise click.UsageError(f"{row.title} is {row.family}: it has no {engine}")
        request = Request(
            path=path,
            themes=themes,
            variants=variants,
            output=output,
            overrides=overrides,
            languages=languages,
            public=public,
            strict=strict,
            engine=engine,
            toolchain=toolchain,
            bundle=bundle,
            standard=standard,
            fit=fit,
            embed=embed,
            cache=not no_cache,
        )
        return command(request, *own, **more)

    wrapped: Callable[..., int] = PATH(run)
    for option in reversed(BUILDING):
        wrapped = option(wrapped)
    return wrapped
