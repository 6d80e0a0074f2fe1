"""A theme's options as editors and readers of `cvtex themes` are told of them."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from cvtex.records import dataclass
from cvtex.source.records.keys import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: its key, its type, its default as plain data, and what it is for.

    The default is a text, a truth value, a number, a list of those, or None for nothing
    and for what is none of these.
    """

    key: str
    hint: Any
    default: Any
    meaning: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed:
    """What the schema is told of a theme: without options (None), any may be written."""

    summary: str = ""
    options: tuple[Option, ...] | None = None


def options_of(kind: type) -> tuple[Option, ...]:
    """Return the options that a theme's dataclass declares, those of its bases first.

    What an option is for is said by the docstring below its field, in the class itself
    or the nearest of its bases that has one.
    """
    default = kind()
    meanings: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        meanings |= _docstrings(base)
    return tuple(
        Option(
            key=name,
            hint=key.hint,
            default=_plain(getattr(default, key.field)),
            meaning=meanings.get(key.field),
        )
        for name, key in keys(kind).items()
    )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return str(value)  # no longer a `Text`
    return value if isinstance(value, bool | int) else None


@cache  # themes have bases in common; one that is loaded anew is another class
def _docstrings(kind: type) -> Mapping[str, str]:
    """Return the docstrings that stand below a class's fields; none where it has no file."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[kind.__module__]))
    except (KeyError, OSError, TypeError, SyntaxError):
        return {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__:
            return {
                field.target.id: " ".join(inspect.cleandoc(below.value.value).split())
                for field, below in zip(node.body, node.body[1:], strict=False)
                if isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
                and isinstance(below.value.value, str)
            }
    return {}
