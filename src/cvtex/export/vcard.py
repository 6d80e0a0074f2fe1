"""The person's contacts as a vCard 3.0 (RFC 2426), which every address book reads."""

from __future__ import annotations

import re

from cvtex.export.document import Document

WIDTH = 75
"""Bytes of a line; longer ones go on after a line's end and a space (RFC 2425, 5.8.1)."""


def write(document: Document) -> str:
    """Return the card: only what the CV itself shows."""
    name = _escaped(document.name)
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{name};;;", f"FN:{name}"]
    if document.label:
        lines.append(f"TITLE:{_escaped(document.label)}")
    for contact in document.contacts:
        text = _escaped(contact.text)
        if contact.kind == "phone":
            lines.append(f"TEL;TYPE=VOICE:{text}")
        elif contact.kind == "email":
            lines.append(f"EMAIL;TYPE=INTERNET:{text}")
        elif contact.url:
            lines.append(f"URL:{contact.url}")  # an address is no text: nothing in it is escaped
    if document.place:
        lines.append(f"ADR:;;;{_escaped(document.place)};;;")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _escaped(value: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", " ".join(value.split()))


def _folded(line: str) -> str:
    parts, begun = [], ""
    for character in line:
        if len((begun + character).encode()) > WIDTH:
            parts.append(begun)
            begun = " "
        begun += character
    return "\r\n".join([*parts, begun])
