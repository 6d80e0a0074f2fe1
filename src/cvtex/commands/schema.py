"""`cvtex schema`: the JSON Schema of the data, for editors."""

from __future__ import annotations

import json

import click


def schema(section: str | None = None) -> int:
    """Print the schema of a whole source, or of one file of `data/` by its name.

    For the YAML language server, save it (`cvtex schema --section work >
    .cvtex/work.json`) and name it in the first line of the data:
    `# yaml-language-server: $schema=../.cvtex/work.json`.
    """
    from cvtex.source.schema import schema as made

    click.echo(json.dumps(made(section), indent=2, ensure_ascii=False))
    return 0
