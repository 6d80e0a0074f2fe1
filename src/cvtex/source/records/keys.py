"""The keys of a record: what may stand in a mapping of the data, by the record's fields."""

from __future__ import annotations

import dataclasses
import inspect  # dataclasses has loaded it already
import sys
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from cvtex.diagnostics import Source
from cvtex.records import dataclass


def camel(name: str) -> str:
    """Return a field's name as a key: `start_date` -> `startDate`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@dataclass(frozen=True, slots=True)
class Key:
    """A record's key: the field that it stands for, and whether it must be given.

    The field's type is written as `annotation` in `module`.
    """

    field: str
    required: bool
    annotation: Any
    module: str

    @property
    def hint(self) -> Any:
        """The field's type."""
        return _hint(self.annotation, self.module)


@cache  # the same few types stand in many records
def _hint(annotation: Any, module: str) -> Any:
    holder = types.SimpleNamespace(__annotations__={"field": annotation})
    return typing.get_type_hints(holder, vars(sys.modules[module]))["field"]


COMMON = ("id", "tags", "priority")
"""What many records have: named after what is each one's own."""


@cache
def keys(kind: type) -> Mapping[str, Key]:
    """Return a record's keys by name. A type that nobody asks for is not made out."""
    homes = {
        name: base.__module__
        for base in reversed(kind.__mro__)
        for name in inspect.get_annotations(base)
    }
    found = {}
    for field in sorted(dataclasses.fields(kind), key=lambda field: field.name in COMMON):
        required = (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        key = Key(field.name, required, field.type, homes[field.name])
        if field.name != "source" or key.hint is not Source:
            found[camel(field.name)] = key
    return found
