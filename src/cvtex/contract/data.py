"""The data of a CV as plain values, read by PyYAML alone.

What `cvtex.source` makes of the same files is what is on trial: so nothing here asks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar is the text that was typed; by libyaml, which also takes `{a: b?, c: d}`."""
LANGUAGES = Path(__file__).resolve().parents[1] / "languages"
_INLINE = MarkdownIt("commonmark").disable(["html_inline", "entity", "autolink", "image"])
_BLOCKS = MarkdownIt("zero").enable("list")

PROSE = {"summary", "description", "text", "reference", "highlights", "quote"}
"""The keys whose values are CommonMark."""


def read(path: Path, overrides: Sequence[str] = ()) -> dict[str, Any]:
    """Return the sections of a source by name: a YAML or JSON file, or a project's folder.

    `overrides` are laid over it, as `--set` has them (`meta.language=de`).
    """
    if path.is_dir():
        data = {file.stem: _load(file) for file in sorted((path / "data").glob("*.yaml"))}
        data.pop("private", None)
        data = {name: value for name, value in data.items() if not name.endswith(".example")}
    else:
        data = _load(path)
    for override in overrides:
        place, _, value = override.partition("=")
        *way, last = place.split(".")
        target = data
        for key in way:
            target = target.setdefault(key, {})
        target[last] = yaml.load(value, LOADER)
    return data


def language(code: str) -> dict[str, Any]:
    """Return a language's data file; a regional one (`en-GB`) is its language's."""
    return dict(_load(LANGUAGES / f"{code.partition('-')[0]}.yaml"))


def paragraphs(value: str) -> list[str]:
    """Return how the paragraphs and the items of lists of a text in CommonMark read, by
    markdown-it itself."""
    inline = (token for token in _BLOCKS.parse(value) if token.type == "inline")
    return [_plain(token.content) for token in inline]


def targets(value: str) -> Iterator[str]:
    """Yield the addresses that a text in CommonMark links to."""
    for token in _INLINE.parseInline(value)[0].children or ():
        if token.type == "link_open":
            yield str(token.attrs["href"])


def _plain(paragraph: str) -> str:
    tokens = _INLINE.parseInline(paragraph)[0].children or ()
    return "".join(" " if t.type in ("softbreak", "hardbreak") else t.content for t in tokens)


def _load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), LOADER) or {}


def items(value: object) -> list[Any]:
    """Return a list as it is, a mapping's `entries`, nothing for what is absent."""
    if isinstance(value, Mapping):
        return list(value.get("entries") or ())
    return list(value) if isinstance(value, list) else []
