"""`cvtex export pdf`: the PDF to hand out, named after the person."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from cvtex.commands import progress, report, say

LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "đ": "d"}
    | {"Đ": "D", "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ı": "i"}
)
"""Letters that have no decomposition in Unicode (NFKD)."""


def pdf(
    path: Path,
    *,
    theme: str | None,
    output: Path | None,
    private: bool,
    overrides: tuple[str, ...] = (),
) -> int:
    """Build the PDF, public unless `private`, print its path, return the exit status.

    `output` is a file or a folder, as `place` tells them apart.
    """
    import dataclasses

    from cvtex.pipeline import build, read
    from cvtex.request import Request

    request = Request(
        path=path,
        themes=(theme,) if theme else (),
        public=not private,
        overrides=overrides,
    )
    target = place(output, file_name(read(request).basics.name) + ".pdf")
    step = progress()
    try:
        result = build(dataclasses.replace(request, output=target), step)
    finally:
        step("")
    report(result.diagnostics, path)
    say(target)
    return 0


def file_name(person: str) -> str:
    """Return "Firstname-Lastname-CV" in ASCII, as hosts of releases keep it; "CV" for a name
    without a Latin letter."""
    plain = unicodedata.normalize("NFKD", person.translate(LETTERS))
    parts = re.findall(r"[A-Za-z0-9]+", re.sub(r"['’\u0300-\u036f]", "", plain))
    return "-".join([*parts, "CV"])


def place(output: Path | None, name: str) -> Path:
    """Return where a file of that name goes: `output`, or the name in it if that is a folder
    (one that is there, or a path without a suffix)."""
    if output is None:
        return Path(name)
    return output / name if output.is_dir() or not output.suffix else output
