"""What a citation style makes of a publication: a line of spans."""

from __future__ import annotations

from dataclasses import dataclass

from cvtex.model import Rich


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a citation. `text` in both its forms (`tex` None: literal)."""

    text: Rich
    bold: bool = False
    italic: bool = False
    underline: bool = False
    url: str | None = None
