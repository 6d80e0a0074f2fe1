"""The texts of a CV: literal text, prose, addresses. Each knows where it was typed."""

from __future__ import annotations

import contextlib
import re
from typing import ClassVar, Self

from cvtex.diagnostics import Source

NOWHERE = Source("")


class Text(str):
    """Literal text, in NFC, that knows where it was typed.

    Equal to any string of the same letters. `tex` is true where the value was
    tagged `!tex`: then it is LaTeX and passes as it is. `language` is a BCP 47 tag
    where it is not the CV's own, else "".
    """

    __slots__ = ("language", "source", "tex")
    source: Source
    tex: bool
    language: str

    def __new__(
        cls, value: str, source: Source = NOWHERE, tex: bool = False, language: str = ""
    ) -> Self:
        text = super().__new__(cls, value)
        text.source = source
        text.tex = tex
        text.language = language
        return text

    def __getnewargs__(self) -> tuple[str, Source, bool, str]:  # type: ignore[override]
        return (str(self), self.source, self.tex, self.language)


class Prose(Text):
    """Text with CommonMark's inline markup. A blank line in it makes a paragraph
    in `summary` and `description`, a space elsewhere."""

    __slots__ = ()


class Url(Text):
    """A web address: absolute, of a scheme that a CV may link to."""

    __slots__ = ()
    SCHEMES: ClassVar = ("https", "http", "mailto", "tel", "ftp", "doi")

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the address, with `https://` before a bare host."""
        text = text.strip()
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)", text)
        if scheme and "." in scheme[1]:
            scheme = None  # host:port
        if scheme and scheme[1].lower() not in cls.SCHEMES:
            raise ValueError(f"a link may not use the scheme {scheme[1]}:")
        if re.search(r"[\s\\<>\"{}|^`\x00-\x1f]", text):
            raise ValueError("an address has no spaces, quotes, braces or backslashes")
        if not scheme:
            if not re.match(r"[^\s/:.]+(\.[^\s/:.]+)+([:/?#]|$)", text):
                raise ValueError("an address is written https://example.org/…")
            text = "https://" + text
        return text

    @property
    def shown(self) -> str:
        """The address as a reader is shown it: no scheme, no `www.`, no last slash, its letters
        as letters (RFC 3987)."""
        bare = re.sub(r"^(https?://|mailto:|tel:)(www\.)?", "", str(self))
        bare = re.sub(r"(?:%[0-9A-Fa-f]{2})+", _decoded, bare).removesuffix("/")
        host, slash, rest = bare.partition("/")
        if "xn--" in host:
            with contextlib.suppress(UnicodeError):  # no name that was ever written in letters
                host = host.encode("ascii").decode("idna")
        return host + slash + rest


def _decoded(match: re.Match[str]) -> str:
    """Return what is percent-encoded as the letters it stands for; all else as it is."""
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    signs = (
        c if c.isalnum() or c in "-._~" else "".join(f"%{b:02X}" for b in c.encode()) for c in text
    )
    return "".join(signs)


class Email(Text):
    """A mail address."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> str:
        """Return the address if it has the form of one (not every rule of RFC 5322)."""
        text = text.strip()
        if not re.fullmatch(r"[^\s@<>,;:\"\\()\[\]]+@[^\s@<>,;:\"\\()\[\]]+\.[^\s@.]+", text):
            raise ValueError("a mail address is written name@example.org")
        return text
