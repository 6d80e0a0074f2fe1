"""What a shell completes an argument with: names of themes, styles, variants, languages, keys."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem


def theme_names(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the names of themes that begin so, for a shell; no theme is run for it."""
    from cvtex.latex.themes import themes

    given = context.params.get("path") or Path()
    root = given if given.is_dir() else given.parent
    names = [*themes(root), *(["all"] if parameter.name == "themes" else [])]
    found = [CompletionItem(name) for name in names if name.startswith(begun)]
    return found or [CompletionItem(begun, type="dir")]


def style_names(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the names of citation styles that begin so, for a shell."""
    from cvtex.citation.styles import names

    return [CompletionItem(name) for name in names() if name.startswith(begun)]


def variant_names(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the names of a project's variants that begin so, for a shell."""
    import re

    from cvtex import disk

    try:
        file = Path(context.params.get("path") or ".", "data", "variants.yaml")
        text = disk.read(file, 1 << 20).decode("utf-8", "replace")
    except OSError:
        text = ""
    names = [*re.findall(r"^([\w-]+):", text, re.MULTILINE), "all"]
    return [CompletionItem(name) for name in names if name.startswith(begun)]


def language_codes(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the codes of languages that begin so, for a shell."""
    from cvtex.source.languages import codes

    names = [*codes(), *(["all"] if "all" in str(parameter.metavar) else [])]
    return [CompletionItem(name) for name in names if name.startswith(begun)]


def keys_to_set(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the keys of the data that begin so, for a shell."""
    from cvtex.commands.completion import keys

    return [CompletionItem(key) for key in keys(begun)]


def font_names(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the typefaces that can be brought and begin so, for a shell."""
    from cvtex.latex import CARRIED

    return [CompletionItem(name) for name in sorted(CARRIED) if name.startswith(begun)]
