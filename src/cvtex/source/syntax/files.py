"""Bytes of input files -> text, whose lines and columns every reader counts alike."""

from __future__ import annotations

from pathlib import Path

from cvtex import disk
from cvtex.diagnostics import Source
from cvtex.source.syntax.nodes import Problems

LIMIT = 1 << 20
LINES = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def load(path: Path, name: str, problems: Problems, *, private: bool = False) -> str | None:
    """Return a file's text with line feeds for line ends; None (and an error) if it has none.

    Characters that some programs take for a line end, but no editor does,
    become spaces, so that every reader counts the same lines and columns.
    """
    source = Source(name, private=private)
    data = read_bytes(path, source, LIMIT, problems)
    if data is None:
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.error("this file is in UTF-16", source, "save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as stop:
        before = data[: stop.start].decode("utf-8", "replace")
        problems.error("this file is not in UTF-8", _end(before, name, private), "save it as UTF-8")
        return None
    text = one_kind_of_line_end(text)
    if (nul := text.find("\0")) >= 0:
        problems.error(
            "this file is no text: it has a NUL character", _end(text[:nul], name, private)
        )
        return None
    return text


def one_kind_of_line_end(text: str) -> str:
    """Return a text whose lines end in line feeds, and in nothing else that a reader counts."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(LINES)


def read_bytes(path: Path, source: Source, limit: int, problems: Problems) -> bytes | None:
    """Return a file's bytes; None (and an error) if it cannot be read, has more than `limit`,
    or is no regular file: a pipe would wait for ever, a device never end."""
    try:
        return disk.read(path, limit)
    except OSError as stop:
        problems.error(f"this file cannot be read: {stop.strerror}", source)
        return None


def _end(text: str, name: str, private: bool) -> Source:
    """Return the place after a text."""
    line = text.count("\n") + 1
    return Source(name, line, len(text) - text.rfind("\n"), 0, private)
