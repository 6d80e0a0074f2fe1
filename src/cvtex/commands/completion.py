"""`cvtex completion`: what makes a shell complete what is typed after `cvtex`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


def completion(program: click.Command, shell: str) -> int:
    """Print the script for `bash`, `zsh` or `fish`; return the exit status."""
    kind = get_completion_class(shell)
    assert kind
    # `source()` of bash starts a bash to ask its version; the shell that reads this knows it
    script = kind(program, {}, "cvtex", "_CVTEX_COMPLETE")
    click.echo(script.source_template % script.source_vars())
    return 0
