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
_names: dict[type, tuple[str, ...]] = {Source: ()}


def _gather(value: object, found: list[Text]) -> None:
    kind = type(value)
    if kind is str:
        return
    if isinstance(value, Text):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, found)
    elif isinstance(value, Mapping):
        for part in value.values():
            _gather(part, found)
    else:
        if kind not in _names:
            fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
            names = (part.name for part in fields)
            _names[kind] = tuple(name for name in names if name not in _NOT_SHOWN)
        for name in _names[kind]:
            _gather(getattr(value, name), found)
