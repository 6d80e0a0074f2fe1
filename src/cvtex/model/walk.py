"""The texts of a CV, in reading order."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from cvtex.diagnostics import Source
from cvtex.texts import Text


def texts(value: object) -> tuple[Text, ...]:
    """Return every text typed in a record, or in whatever holds records, in reading order."""
    found: list[Text] = []
    _gather(value, found)
    return tuple(found)


_NOT_SHOWN = ("id", "tags", "variants")
_names: dict[type, tuple[str, ...] | None] = {Source: ()}
"""The fields of each class that was met: none of what holds no text, None of what is no record."""


def _gather(value: object, found: list[Text]) -> None:
    kind = type(value)
    names = _names[kind] if kind in _names else _met(kind)
    if names is not None:
        for name in names:
            _gather(getattr(value, name), found)
    elif isinstance(value, Text):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, found)
    elif isinstance(value, Mapping):
        for part in value.values():
            _gather(part, found)


def _met(kind: type) -> tuple[str, ...] | None:
    holds = issubclass(kind, (Text, tuple, Mapping))
    if dataclasses.is_dataclass(kind) and not holds:
        fields = (part.name for part in dataclasses.fields(kind))
        _names[kind] = tuple(name for name in fields if name not in _NOT_SHOWN)
    else:
        _names[kind] = None if holds else ()
    return _names[kind]
