"""`cvtex completion`: what makes a shell complete what is typed after `cvtex`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class
from click.shell_completion import get_completion_class as completion_class

if TYPE_CHECKING:
    from cvtex.source.schema.options import Themed

# `$commandAst` is what stands on the line: it is handed on whole, and split here as Python's
# shlex does, up to the cursor.
POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition)
    $env:COMP_LINE = $line
    $env:COMP_WORD = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    try {
        %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new(
                $value, $value, "ParameterValue", $help)
        }
    } finally {
        Remove-Item Env:COMP_LINE, Env:COMP_WORD, Env:%(complete_var)s
    }
}
"""


class PowerShell(ShellComplete):
    """Completion for PowerShell 5.1 and newer (`Register-ArgumentCompleter`)."""

    name = "powershell"
    source_template = POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is begun, and that one."""
        begun = os.environ.get("COMP_WORD", "")
        line = os.environ.get("COMP_LINE", "")
        words = click.shell_completion.split_arg_string(line.removesuffix(begun))
        return words[1:], begun

    def format_completion(self, item: CompletionItem) -> str:
        """Return a line of what is offered: the text, a tab, what it means."""
        return f"{item.value}\t{item.help}" if item.help else str(item.value)


add_completion_class(PowerShell)


def completion(program: click.Command, shell: str) -> int:
    """Print the script for `bash`, `zsh`, `fish` or `powershell`; return the exit status."""
    kind = completion_class(shell)
    assert kind
    # `source()` of bash starts a bash to ask its version; the shell that reads this knows it
    script = kind(program, {}, "cvtex", "_CVTEX_COMPLETE")
    click.echo(script.source_template % script.source_vars())
    return 0


def keys(begun: str) -> list[str]:
    """Return the keys of `--set` that begin so, one name further: `meta.` has `meta.theme`."""
    from cvtex.source.schema.schema import schema

    parent, dot, last = begun.rpartition(".")
    form: dict[str, Any] = schema(themes=_themes() if begun.startswith("meta.themes") else None)
    definitions = form.get("$defs", {})
    at: Any = form
    for name in parent.split(".") if dot else []:
        at = dict(_below(at, definitions)).get(name)
        if at is None:
            return []
    found = {name: value for name, value in _below(at, definitions) if name.startswith(last)}
    return [
        f"{parent}{dot}{name}{'.' if any(True for _ in _below(value, definitions)) else '='}"
        for name, value in sorted(found.items())
    ]


def _themes() -> dict[str, Themed]:
    """Return the options of the themes that come with cvtex; nobody else's program is run."""
    from cvtex.commands.schema import options
    from cvtex.latex.themes import themes

    return options(theme for theme in themes(None).values() if theme.is_shipped())[0]


def _below(form: Any, definitions: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a mapping in a schema, wherever it allows one."""
    if not isinstance(form, dict):
        return
    if "$ref" in form:
        yield from _below(definitions.get(form["$ref"].rpartition("/")[2]), definitions)
    for choice in (*form.get("anyOf", ()), *form.get("oneOf", ()), *form.get("allOf", ())):
        yield from _below(choice, definitions)
    if form.get("type") != "array":
        yield from form.get("properties", {}).items()
