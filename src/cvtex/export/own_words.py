"""A CV's values in cvtex's own words, as plain data for JSON."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from cvtex.latex.printed import UNSEEN
from cvtex.model import (
    Date,
    Highlight,
    Prose,
    Text,
)
from cvtex.source.records.keys import camel


def as_plain(value: Any) -> Any:
    """Return a value in cvtex's own words, as plain data."""
    if isinstance(value, Text):
        return as_text(value)
    if isinstance(value, Date):
        return str(value) if value.text is None else {"text": str(value.text)}
    if isinstance(value, tuple):
        return [as_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): as_plain(part) for key, part in value.items()}
    if isinstance(value, Highlight) and not value.highlights:
        return as_text(value.text)
    if dataclasses.is_dataclass(value):
        return {
            camel(field.name): as_plain(part)
            for field in dataclasses.fields(value)
            if field.name not in UNSEEN and (part := getattr(value, field.name)) not in ((), None)
            and part is not False and part != ""
        }  # fmt: skip
    return value


_MARKUP = re.compile(r"([\\*_`\[\]<&])")


def as_text(value: Text) -> str:
    """Return a text; of LaTeX what it reads like."""
    if not value.tex:
        return str(value)
    from cvtex.source.bibtex.tex import rich

    said = rich(str(value))[0].text
    return _MARKUP.sub(r"\\\1", said) if isinstance(value, Prose) else said
