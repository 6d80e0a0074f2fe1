"""The bytes of a `.bib` file as text."""

from __future__ import annotations

import codecs

from cvtex.diagnostics import Diagnostic, Source, warning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, file: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return a file's text, line ends as `\\n`, without a byte-order mark.

    UTF-8 is expected; what is none is read as Latin-1 (more exactly Windows-1252,
    its superset), as old files are, with a warning at the first such line.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    problems: tuple[Diagnostic, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        hint = "save it as UTF-8"
        message = "the file is not UTF-8 here; it is read as Latin-1"
        problems = (warning(message, Source(file, line), hint),)
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems
