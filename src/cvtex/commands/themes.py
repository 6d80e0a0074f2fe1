"""`cvtex themes`: the themes that a project can be set in, and their options."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cvtex.commands import report
from cvtex.diagnostics import CvtexError


def themes(path: Path) -> int:
    """Print each theme of the project at `path` with its options, what they take, and what
    they are if nobody says; return 0, or 1 if a theme does not load."""
    from cvtex.latex import themes as latex_themes

    root = path if path.is_dir() else path.parent
    status = 0
    for name, folder in latex_themes.themes(root).items():
        try:
            theme = folder.load()
        except CvtexError as failure:
            report(failure.diagnostics, path)
            status = 1
            continue
        click.echo(f"{name}: {theme.summary}" if theme.summary else name)
        for line in options(theme.Options):
            click.echo(f"  {line}")
    return status


def options(kind: type) -> Iterator[str]:
    """Yield a line an option: its name, what it takes, and its default."""
    from cvtex.source.reader import keys

    default = kind()
    rows = [
        (key, takes(hint), getattr(default, name)) for key, (name, hint, _) in keys(kind).items()
    ]
    width = max((len(key) for key, _, _ in rows), default=0)
    for key, what, value in rows:
        yield f"{key:{width}}  {what}" + (f"  [{_shown(value)}]" if _shown(value) else "")


def takes(hint: Any) -> str:
    """Return what may be typed for a type: its words, or what it is called."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " | ".join(map(str, inner))
    if origin in (typing.Union, types.UnionType):
        return " | ".join(takes(part) for part in inner if part is not type(None))
    if origin is tuple:
        return f"a list of {takes(inner[0])}"
    if hint is bool:
        return "true | false"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", hint.__name__).lower()


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
