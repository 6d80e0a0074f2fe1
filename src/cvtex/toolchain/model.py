"""What a toolchain is, what it may use, and what becomes of a compilation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from cvtex.diagnostics import Severity
from cvtex.records import dataclass, field

Wanted = Literal["auto", "latexmk", "tectonic"]
Progress = Callable[[str], None]
"""Is told what a long step does now, in a few words ("pass 2")."""

JOB = "cv"
"""The name of every job, so that no name of the user's ever reaches TeX."""

BUNDLE_VARIABLE = "CVTEX_TECTONIC_BUNDLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one compilation may use. `seconds` is for the whole of it by the
    clock, the others are for each process (set where the system can: Linux)."""

    seconds: float = 120
    cpu_seconds: int = 60
    memory: int = 4 * 1024**3  # bytes of address space
    file_size: int = 100 * 1024**2  # bytes of any one file


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A way to make a PDF. `engines` are those it can run, by name.

    `bundle` is the offline bundle (a folder or zip) that Tectonic takes its
    files from, None for its own online one.
    """

    name: Literal["latexmk", "tectonic"]
    program: Path
    engines: Mapping[str, Path]
    bundle: str | None = None

    def identity(self) -> str:
        """Return what changes when the toolchain does: path, size and time of its files.

        Starts no process.
        """
        files = [self.program, *(self.engines[name] for name in sorted(self.engines))]
        if self.bundle:
            bundle = Path(self.bundle)
            files.append(bundle / "SHA256SUM" if bundle.is_dir() else bundle)
        return "\n".join([self.name, *dict.fromkeys(map(_stamp, files))])


@dataclass(frozen=True, slots=True)
class Message:
    """What a TeX log says once.

    `line` is a line of `cv.tex` (None where TeX named none, or one of another
    file), `file` the file that TeX named if it was another. `near` is the
    token or text that TeX showed at the fault, "" if none.
    """

    severity: Severity
    text: str
    line: int | None = None
    file: str | None = None
    near: str = ""
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a compilation.

    `ok` only when the exit status, the log, and the PDF's page count agree.
    `reason` says why not where that lies outside the document (a limit, a full
    disk, a missing program); the document's own faults are `messages`.
    `reads` are the files that the run read, for a cache's key.
    """

    ok: bool
    pdf: Path | None = None
    pages: int = 0
    log: str = ""
    messages: tuple[Message, ...] = field(default=())
    reads: tuple[Path, ...] = field(default=())
    reason: str | None = None


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return f"{file} -"
    return f"{file} {found.st_size} {found.st_mtime_ns}"
