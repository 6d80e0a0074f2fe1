"""The verb of the languages that cvtex has the words of."""

from __future__ import annotations

from pathlib import Path

import click

from cvtex.cli import options
from cvtex.cli.help import Verb
from cvtex.commands import reporting


@click.command(cls=Verb, examples=["cvtex languages", "cvtex languages --format json"])
@options.FORMAT
def languages(form: str) -> int:
    """List the languages: code, name, words that lack, and the face for another script.

    What is not here of a face is named by the Debian package that has it; `cvtex toolchain
    install --language CODE` brings it.
    """
    from cvtex.commands.languages import languages as run

    with reporting(Path()):
        return run(form)
