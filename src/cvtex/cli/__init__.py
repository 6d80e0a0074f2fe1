"""The command line: what can be asked, how it is printed, and the exit status.

A verb's module is loaded when the verb is called. Exit status: 0 good, 1 the
input or TeX failed, 2 wrong usage, 130 Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys

import click

from cvtex.cli.help import GROUPS, MEANT, Later, Verbs
from cvtex.commands import Again
from cvtex.home import program_path

__all__ = ["cvtex", "main"]


def main() -> None:
    """Run `cvtex` and exit with its status."""
    import gc
    import signal

    gc.disable()  # a run is short: looking for rubbish is a tenth of it
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda number, _: sys.exit(128 + number))
    os.environ["PATH"] = program_path(os.environ.get("PATH", ""))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name need not be UTF-8
    try:
        try:
            status = cvtex.main(prog_name="cvtex", standalone_mode=False)
        except Again:
            status = cvtex.main(prog_name="cvtex", standalone_mode=False)
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
    except (MemoryError, RuntimeError) as failure:
        if isinstance(failure, RuntimeError) and "new thread" not in str(failure):
            raise
        click.echo("error: there is not enough memory", err=True)
        status = 1
    gc.freeze()  # nor at the end
    sys.exit(status if isinstance(status, int) else 0)


COLOURS = False if os.environ.get("NO_COLOR") else None
"""No colours where the user wants none (https://no-color.org), else those of a terminal."""


VERBS = {
    "new": "make",
    "import": "make.import_file",
    "build": "make",
    "letter": "letters",
    "watch": "make",
    "validate": "show",
    "variants": "show",
    "lines": "show",
    "export": "letters.export",  # which has one more verb there
    "extract": "export",
    "batch": "batch",
    "themes": "themes",
    "publications": "publications",
    "languages": "languages",
    "doctor": "care",
    "toolchain": "care",
    "cache": "care",
    "schema": "care",
    "completion": "care",
}
"""The room of this folder that each verb is in, and its name there if that is another."""


@click.group(
    cls=Verbs,
    commands=Later(__name__, VERBS),
    groups=GROUPS,
    meant=MEANT,
    context_settings={"color": COLOURS},
    examples=["cvtex new my-cv", "cvtex build my-cv --theme moderncv", "cvtex build --help"],
)
@click.version_option(
    package_name="cvtex", message="cvtex %(version)s", help="Print the version and exit."
)
def cvtex() -> None:
    """Turn career data in YAML and BibTeX into a PDF, by LaTeX.

    A CV is a folder with data/ in it (PATH, or the current folder), or one YAML or JSON
    file. Each verb below tells more: cvtex VERB --help.
    """
