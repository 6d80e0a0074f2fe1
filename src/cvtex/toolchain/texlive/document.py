"""A document as the fast paths see it: its preamble, the files beside it, what makes it dated."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from cvtex.toolchain.model import JOB

START = r"\begin{document}"

# Packages that set today's date, or a random number, while they are loaded. (As text, a
# pattern is compiled when it is first used; most builds never do.)
_DATED = r"^(?:datetime2?|scrdate|scrtime|isodate|advdate|filemod|gitinfo2?|random|fp-random)\b"
_DATES = r"\\(?:today|year|month|day|time|pdf(?:creationdate|uniformdeviate))\b"
DATA_FILES = (".jpg", ".jpeg", ".png", ".pdf", ".eps", ".svg", ".otf", ".ttf", ".ttc")


def split(tex: str) -> str | None:
    r"""Return what stands before the line that begins with `\begin{document}`, None if unclear."""
    at = tex.find(f"\n{START}")
    preamble = tex[: at + 1]
    return preamble if at >= 0 and START not in preamble else None


def own_files(folder: Path) -> dict[str, str]:
    """Return the files of the build folder that a preamble may read, by SHA-256."""
    found = {}
    for entry in os.scandir(folder):
        name = entry.name
        if not name.startswith((".", f"{JOB}.")) and entry.is_file():
            data = b"" if name.lower().endswith(DATA_FILES) else Path(entry.path).read_bytes()
            found[name] = hashlib.sha256(data).hexdigest()
    return found


def is_dated(preamble: str, folder: Path, own: dict[str, str], inputs: list[str]) -> bool:
    """Tell whether the date may have gone into the format."""
    if any(re.match(_DATED, Path(file).name) for file in inputs):
        return True
    texts = [preamble]
    for name in own:
        if not name.lower().endswith(DATA_FILES):
            texts.append((folder / name).read_text("utf-8", "replace"))
    return any(re.search(_DATES, text) for text in texts)


def class_of(preamble: str) -> str:
    """Return the class that a preamble names, `?` where it names none."""
    found = re.search(r"\\documentclass(?:\[[^]]*\])?\{([^}]*)\}", preamble)
    return found[1] if found else "?"
