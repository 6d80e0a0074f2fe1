"""Plain data -> YAML as a person would write it: no quotes where none are needed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Data = str | None | Sequence["Data"] | Mapping[str, "Data"]
"""What a project's files hold: texts, lists and mappings; None is YAML's null."""

WIDTH = 96
_SPECIAL = re.compile(
    r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|: |:$| #|^$|\s$|^(~|null|Null|NULL)$|^---|^\.\.\."
)
_PRINTABLE = re.compile(r"[^\x09\x0a\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Raw(str):
    """A text that is TeX: it is tagged `!tex`."""

    __slots__ = ()


def dump(value: Data, indent: int = 0) -> str:
    """Return data as YAML whose every scalar reads back letter by letter."""
    return "\n".join(_lines(value, indent)) + "\n"


def _lines(value: Data, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(value, str):
        return [pad + _scalar(value, indent)]
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, part in value.items():
            written = _double(key) if "\n" in key else _scalar(key, indent)
            lines += _pair(written, part, indent)
        return lines or [pad + "{}"]
    for item in value or ():
        if isinstance(item, str):
            lines.append(f"{pad}- {_scalar(item, indent + 2)}")
        else:
            first, *rest = _lines(item, indent + 2)
            lines += [f"{pad}- {first.lstrip()}", *rest]
    return lines or [pad + "[]"]


def _pair(key: str, value: Data, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(value, str):
        return [f"{pad}{key}: {_scalar(value, indent + 2)}"]
    if value is None:
        return [f"{pad}{key}: null"]
    if not value:
        return [f"{pad}{key}: {'{}' if isinstance(value, Mapping) else '[]'}"]
    if isinstance(value, Mapping):
        return [f"{pad}{key}:", *_lines(value, indent + 2)]
    if all(isinstance(item, str) and _is_short(item) for item in value):
        row = f"{pad}{key}: [{', '.join(_flow(str(item)) for item in value)}]"
        if len(row) <= WIDTH:
            return [row]
    return [f"{pad}{key}:", *_lines(value, indent + 2)]


def _is_short(text: str) -> bool:
    """Tell whether a text may stand in a row with others."""
    return "\n" not in text and len(text) < 30 and not isinstance(text, Raw)


def _scalar(text: str, indent: int) -> str:
    """Return a text in the plainest form that YAML reads back the same."""
    if isinstance(text, Raw):
        return f"!tex {_scalar(str(text), indent)}"
    is_block = "\n" in text and not _PRINTABLE.search(text) and text.strip() == text
    if is_block and not _looks_wrapped(text):
        pad = " " * indent
        lines = [pad + line if line else "" for line in text.split("\n")]
        block = "\n".join(["|-", *lines])
        if not text.startswith(" ") and _reads_back(f"x: {block}\n", text):
            return block
    elif not _SPECIAL.search(text) and _reads_back(f"x: {text}", text):
        return text
    single = "'" + text.replace("'", "''") + "'"
    if "\n" not in text and not _PRINTABLE.search(text) and _reads_back(f"x: {single}", text):
        return single
    return _double(text)


_ITEM = re.compile(r" *(?:[-+*]|\d{1,9}[.)]) ")
FILLED = 50  # as in `records.scalars`


def _looks_wrapped(text: str) -> bool:
    """Tell whether a reader might take an end of a line in a block for an editor's wrap."""
    for paragraph in text.split("\n\n"):
        lines = list(itertools.takewhile(lambda line: not _ITEM.match(line), paragraph.split("\n")))
        if len(lines) > 1 and max(map(len, lines)) >= FILLED:
            return True
    return False


def _flow(text: str) -> str:
    """Return a text as it may stand in brackets."""
    plain = _scalar(text, 0)
    if plain == text and re.search(r"[,\[\]{}]", text):
        return "'" + text.replace("'", "''") + "'"
    return plain


def _double(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        code = ord(match[0])
        if match[0] in '"\\':
            return "\\" + match[0]
        if match[0] == "\n":
            return "\\n"
        return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"

    return (
        '"' + re.sub(rf'["\\\n\t\x85\u2028\u2029\ufeff]|{_PRINTABLE.pattern}', escaped, text) + '"'
    )


def _reads_back(document: str, text: str) -> bool:
    try:
        return bool(yaml.load(document, LOADER) == {"x": text})
    except yaml.YAMLError:
        return False
