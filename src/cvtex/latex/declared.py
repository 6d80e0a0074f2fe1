"""What a theme's class declares, held against what it may: a mistake is an error at its line."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cvtex.diagnostics import Diagnostic, Source, error
from cvtex.latex.pieces import ENGINES
from cvtex.source.records.convert import converter
from cvtex.source.records.keys import keys
from cvtex.toolchains import OWN

if TYPE_CHECKING:
    from cvtex.latex.theme import Theme

DECORATOR = "@dataclass(frozen=True, slots=True, kw_only=True)"
TYPES = (
    "bool, int, Literal[…], latex.Length, latex.Colour, model.Text, model.Prose, "
    "a tuple[…, ...] of these, or one of these | None"
)


def mistakes(theme: type[Theme], code: str, shown: str) -> Iterator[Diagnostic]:
    """Yield engines in `unfit` that are none, and options that nobody could set or read.

    `code` is what its `theme.py` says, and `shown` that file's name in diagnostics.
    """
    for name in theme.unfit:
        if name not in (*ENGINES, *OWN):
            known = f"known are {', '.join(ENGINES)} and {', '.join(OWN)}"
            yield error(f"unfit names {name!r}, which is no engine", Source(shown), known)
    options = theme.Options
    fields = getattr(options, "__dataclass_fields__", {})
    noted = inspect.get_annotations(options)

    def wrong(name: str, message: str, hint: str) -> Diagnostic:
        match = re.search(rf"^[ \t]+{name}[ \t]*[:=]", code, re.MULTILINE)
        line = code.count("\n", 0, match.start()) + 1 if match else 0
        return error(message, Source(shown, line), hint)

    for name in noted:
        if name not in fields and "ClassVar" not in str(noted[name]):
            message = f"{options.__name__} is no dataclass, so {name} is no option"
            yield wrong(name, message, f"write `{DECORATOR}` above the class")
            return
    for name, value in vars(options).items():
        if not (name in noted or name.startswith("_") or hasattr(value, "__get__")):
            like = f"write `{name}: {type(value).__name__} = {value!r}`"
            yield wrong(name, f"{name} has no type, so it is no option", like)
    for key in keys(options).values():  # type: ignore[arg-type]
        name = key.field
        if key.required:
            message = f"the option {name} has no default"
            yield wrong(name, message, "say what it is if nobody says, or `| None` and None")
        try:
            kind: Any = key.hint
            converter(kind)
        except (NameError, TypeError, AttributeError):
            message = f"the option {name} is of a type that no option can be of"
            yield wrong(name, message, f"its type is {TYPES}")
            continue
        default, choices = fields[name].default, typing.get_args(kind)
        if typing.get_origin(kind) is typing.Literal and not (key.required or default in choices):
            message = f"the option {name} is {default!r} by default"
            yield wrong(name, message, f"it is one of {', '.join(map(str, choices))}")
