"""Cases of bad input: files, and what must be said of them.

A case is one text file under `tests/errors/`. Text before the first header
says what it is about. A header `-- data/work.yaml --` begins a file; with
`(escaped)` before the last dashes its Python escapes (`\\xff`) are bytes. Two
headers are no files: `-- given --` holds a line for each of `path: resume.json`,
`set: basics.label=x`, `env: CVTEX_PRIVATE_PHONE=…`, `public`; and
`-- expected --` holds the diagnostics in reading order, each hint below its own;
`{kinds}` there stands for the names of all kinds of record.
A project without `data/basics.yaml` gets one that is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cvtex.diagnostics import Diagnostic
from cvtex.model import KINDS

FOLDER = Path(__file__).parent / "errors"
BASICS = b"name: Ada Lovelace\n"
_HEADER = re.compile(r"^-- (.+?)( \(escaped\))? --\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    name: str
    about: str
    files: dict[str, bytes]
    expected: str
    path: str = "."
    overrides: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    public: bool = False


def load(file: Path) -> Case:
    """Read one case file."""
    about, *parts = _HEADER.split(file.read_text("utf-8"))
    files: dict[str, bytes] = {}
    given: list[tuple[str, str]] = []
    expected = ""
    for name, escaped, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if name == "expected":
            expected = body.strip().replace("{kinds}", ", ".join(KINDS))
        elif name == "given":
            given = [
                (key.strip(), value.strip())
                for key, _, value in (line.partition(":") for line in body.splitlines() if line)
            ]
        elif escaped:
            files[name] = body.encode().decode("unicode_escape").encode("latin-1")
        else:
            files[name] = body.encode()
    path = next((value for key, value in given if key == "path"), ".")
    if path == ".":
        files.setdefault("data/basics.yaml", BASICS)
    return Case(
        name=file.stem,
        about=about.strip(),
        files=files,
        expected=expected,
        path=path,
        overrides=tuple(value for key, value in given if key == "set"),
        environ=dict(value.split("=", 1) for key, value in given if key == "env"),
        public=any(key == "public" for key, _ in given),
    )


def cases() -> list[Case]:
    """Return all cases, by name."""
    return [load(file) for file in sorted(FOLDER.glob("*.txt"))]


def write(case: Case, folder: Path) -> Path:
    """Write a case's files into a folder; return the PATH to give to `cvtex`."""
    for name, content in case.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / case.path


def shown(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics in the form of `expected`, without input lines."""
    lines = []
    for d in diagnostics:
        place = f"{d.source}: " if d.source else ""
        lines.append(f"{place}{d.severity}: {d.message}")
        if d.hint:
            lines.append(f"  hint: {d.hint}")
    return "\n".join(lines)
