"""What a citation style makes of a publication: a line of spans."""

from __future__ import annotations

from cvtex.model import Rich
from cvtex.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a citation. `text` in both its forms (`tex` None: literal); `language` is a
    BCP 47 tag where it is not the CV's own, else ""."""

    text: Rich
    bold: bool = False
    italic: bool = False
    underline: bool = False
    url: str | None = None
    language: str = ""

    # written out: a list of publications makes these by the ten thousand
    def __init__(
        self,
        *,
        text: Rich,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        url: str | None = None,
        language: str = "",
    ) -> None:
        put = object.__setattr__
        put(self, "text", text)
        put(self, "bold", bold)
        put(self, "italic", italic)
        put(self, "underline", underline)
        put(self, "url", url)
        put(self, "language", language)
