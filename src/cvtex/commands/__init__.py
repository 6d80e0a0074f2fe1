"""One module a verb, with one function of the same name; and how they all print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cvtex.diagnostics import Diagnostic
    from cvtex.trust import UntrustedError

FORM = "cvtex.form"
"""The key of click's `Context.meta` for how problems are told: `text`, `json`, `github`."""
COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}


def say(text: object, *, err: bool = False, **style: Any) -> None:
    """Print a line of cvtex's own: a path, a count, a step; whatever a name in it holds, it
    steers no terminal. What a verb is asked for (`--format json`) goes to `click.echo`."""
    from cvtex.names import printable

    click.secho("\n".join(map(printable, str(text).split("\n"))), err=err, **style)


class Again(Exception):
    """The user has answered a question: the same command is to run from its start."""


def _ask(refusal: UntrustedError) -> None:
    """Ask whether a theme's folder is trusted, once: yes is remembered, no is for this run."""
    from cvtex import trust
    from cvtex.names import printable

    folder = os.path.realpath(refusal.folder)
    say(f"{refusal.file} is a program that this project brings and runs as you.", err=True)
    if click.confirm(f"Do you trust the themes in {printable(folder)}?", err=True):
        if not trust.remember(refusal.folder):
            os.environ[trust.VARIABLE] = "1"
            say(f"this could not be written to {trust.state_file()}", err=True)
    else:
        os.environ[trust.VARIABLE] = "0"


@contextmanager
def reporting(path: Path, quiet: bool = False) -> Iterator[None]:
    """Print the problems that a verb raises, and exit with 1, or with 2 for wrong usage.

    For a theme that nobody trusts yet ask, where somebody is there to answer, and raise
    `Again`.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as failure:
        from cvtex import disk

        said = f"{failure.filename or 'system'}: {disk.reason(failure)}"
        say(f"error: {said}", err=True)
        raise click.exceptions.Exit(1) from failure
    except Exception as failure:
        from cvtex.diagnostics import CvtexError, UsageError

        if not isinstance(failure, CvtexError):
            raise
        from cvtex import trust

        if isinstance(failure, trust.UntrustedError) and trust.may_ask():
            _ask(failure)
            raise Again from None
        report(failure.diagnostics, path, quiet)
        raise click.exceptions.Exit(2 if isinstance(failure, UsageError) else 1) from failure


def report(diagnostics: Iterable[Diagnostic], path: Path, quiet: bool = False) -> None:
    """Print diagnostics to standard error, files as seen from here; errors only if quiet.

    As JSON each is an object on a line of its own. Where annotations are asked for, files are as
    seen from the root of GitHub's workspace.
    """
    if not diagnostics:
        return
    import json

    from cvtex.diagnostics import Severity, format_annotation, format_diagnostic, gathered

    context = click.get_current_context(silent=True)
    form = context.meta.get(FORM) if context else None
    prefix = way_to(path, os.environ.get("GITHUB_WORKSPACE") if form == "github" else None)
    for diagnostic in gathered(diagnostics):
        if quiet and diagnostic.severity is not Severity.ERROR:
            continue
        if form == "github":
            click.echo(format_annotation(diagnostic, prefix), err=True)
            continue
        if form == "json":
            click.echo(json.dumps(diagnostic.json(prefix), ensure_ascii=False), err=True)
            continue
        shown = format_diagnostic(diagnostic, prefix)
        head, *rest = shown.split("\n")
        mark = f"{diagnostic.severity}: "
        before, found, after = head.partition(mark)
        if found:
            color = COLORS[diagnostic.severity]
            head = before + click.style(mark, fg=color, bold=True) + after
        click.echo("\n".join([head, *rest]), err=True)


def way_to(path: Path, start: str | None = None) -> str:
    """Return what goes before the files of a project, as seen from a folder: from here if none."""
    root = path if path.is_dir() else path.parent
    prefix = os.path.relpath(root, start or None).replace(os.sep, "/") + "/"
    return "" if prefix == "./" else prefix


def to_stdout(content: bytes) -> None:
    """Write a file's bytes to standard output."""
    click.echo(content, nl=False)


def opened(pdf: Path) -> None:
    """Show a PDF in the viewer of the desktop; say and do nothing where there is none."""
    import shutil
    import subprocess

    from cvtex import programs

    desktop = any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
    )
    names = ("open",) if sys.platform == "darwin" else ("wslview", "xdg-open") if desktop else ()
    viewer = next((program for name in names if (program := shutil.which(name))), None)
    if viewer:
        nowhere = subprocess.DEVNULL
        with suppress(OSError):
            process = programs.start(
                [viewer, str(pdf.absolute())], needs=programs.SHOWN,
                stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True,
            )  # fmt: skip
            process.returncode = 0  # nobody waits for it


def progress(quiet: bool = False, verbose: bool = False) -> Callable[[str], None]:
    """Return what shows a step on standard error: a line each if verbose, else one
    line that is rewritten at a terminal; nothing elsewhere. "" ends it."""
    if verbose:
        return lambda step: say(step, err=True) if step else None
    if quiet or not sys.stderr.isatty():
        return lambda step: None
    from cvtex.names import printable

    return lambda step: click.echo(f"\r\x1b[K{printable(step)}", nl=False, err=True)
