"""`cvtex completion`: what makes a shell complete what is typed after `cvtex`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cvtex.source.schema.options import Themed


def completion(program: click.Command, shell: str) -> int:
    """Print the script for `bash`, `zsh`, `fish` or `powershell`; return the exit status."""
    from click.shell_completion import get_completion_class

    from cvtex.commands import shells  # noqa: F401  (click learns them)

    kind = get_completion_class(shell)
    assert kind
    script = kind(program, {}, "cvtex", "_CVTEX_COMPLETE")
    click.echo(script.source_template % script.source_vars())
    return 0


def keys(begun: str) -> list[str]:
    """Return how a value of `--set` goes on: the keys that begin so, one name further (`meta.`
    has `meta.theme=`), behind the `=` the values that are known."""
    from cvtex.source.schema.schema import schema

    key, given, value = begun.partition("=")
    parent, dot, last = (key, "", "") if given else key.rpartition(".")
    form: dict[str, Any] = schema(themes=_themes() if key.startswith("meta.the") else None)
    definitions = form.get("$defs", {})
    at: Any = form
    for name in parent.split(".") if parent else []:
        at = dict(_below(at, definitions)).get(name)
        if at is None:
            return []
    if given:
        return [f"{key}={known}" for known in _values(at, definitions) if known.startswith(value)]
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


def _values(form: Any, definitions: dict[str, Any]) -> list[str]:
    """Return the values that a schema lists."""
    if not isinstance(form, dict):
        return []
    found = [value for value in form.get("enum", ()) if isinstance(value, str)]
    if "$ref" in form:
        found += _values(definitions.get(form["$ref"].rpartition("/")[2]), definitions)
    for choice in (*form.get("anyOf", ()), *form.get("oneOf", ()), *form.get("allOf", ())):
        found += _values(choice, definitions)
    return [value for value in dict.fromkeys(found) if value]
