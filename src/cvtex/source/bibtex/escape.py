"""Literal text and addresses as TeX."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cvtex.source.bibtex.symbols import ESCAPES

_ESCAPED = re.compile("[" + re.escape("".join(ESCAPES)) + "]")
LIGATES = re.compile(r"(?<=[-–,’‘])(?=[-,’‘])")
"""Where two signs would become one in a T1 font."""


def escape(text: str) -> str:
    """Return literal text as TeX that sets it letter by letter, in every engine."""
    text = _ESCAPED.sub(lambda match: ESCAPES[match[0]], text)
    return LIGATES.sub("{}", text)


def escape_address(url: str) -> str:
    """Return an address as it may stand in `\\href`, also within another argument.

    `$` there would send pdfTeX into a loop, so it is percent-encoded, as is all
    that RFC 3986 does not allow.
    """
    encoded = []
    for character in url.strip():
        if character in "\\{}^$<>\"|`'[] " or not "!" <= character <= "~":
            encoded.append("".join(f"%{byte:02X}" for byte in character.encode()))
        else:
            encoded.append(character)
    return re.sub(r"([%&#_])", r"\\\1", "".join(encoded))


Both = tuple[str, str]
"""A piece as text and as TeX."""


def join(pieces: Iterable[Both]) -> Both:
    """Return pieces as one; signs that a font would draw together are kept apart."""
    texts: list[str] = []
    texs: list[str] = []
    for text, tex in pieces:
        texts.append(text)
        if not tex:
            continue
        last = texs[-1] if texs else ""
        if LIGATES.search(last[-1:] + tex[0]) and not last.endswith(("\\-", "\\,")):
            texs.append("{}")
        texs.append(tex)
    return "".join(texts), "".join(texs)
