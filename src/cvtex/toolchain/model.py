"""What a toolchain is, what it may use, and what becomes of a compilation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from cvtex import disk
from cvtex.diagnostics import Severity
from cvtex.records import dataclass, field
from cvtex.toolchains import ROWS

Progress = Callable[[str], None]
"""Is told what a long step does now, in a few words ("pass 2")."""


def silent(step: str) -> None:
    """Tell nobody of a step."""


def idle() -> None:
    """Do nothing."""


JOB = "cv"
"""The name of every job, so that no name of the user's ever reaches TeX."""

LUA = ".lua"
"""The folder beside a document in which LuaLaTeX keeps the fonts that it has read."""

BUNDLE_VARIABLE = "CVTEX_TECTONIC_BUNDLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one compilation may use. `seconds` is for the whole of it by the clock; where the
    system can (Linux), the rest is set, too: `cpu_seconds` and `file_size` for each process,
    `memory` for each and for all together, and what all may have in the run's folder."""

    seconds: float = 120
    cpu_seconds: int = 60
    memory: int = 4 * 1024**3  # bytes of address space; of all together, those in use
    file_size: int = 100 * 1024**2  # bytes of any one file
    processes: int = 32
    files: int = 10_000
    room: int = 500 * 1024**2  # bytes of all files


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A way to make a PDF. `engines` are those it can run, by name.

    `bundle` is the offline bundle (a folder or zip) that Tectonic takes its
    files from, None for its own online one.
    """

    name: str  # a row of `cvtex.toolchains`
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
    `reads` are the paths of the files that the run read, for a cache's key.
    """

    ok: bool
    pdf: Path | None = None
    pages: int = 0
    log: str = ""
    messages: tuple[Message, ...] = field(default=())
    reads: tuple[str, ...] = field(default=())
    reason: str | None = None


class Waiting(Protocol):
    """An engine that was started ahead and waits for a document. It ends by itself when the
    process that started it does."""

    def stop(self) -> None:
        """End it and delete what is its own. May be called twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A compilation of `folder/cv.tex`; see `cvtex.toolchain.compile`."""

    engine: str
    folder: Path
    epoch: int
    limits: Limits = field(default_factory=Limits)
    bundle: str | None = None
    progress: Progress = silent
    cache: bool = True
    ahead: Waiting | None = None
    meanwhile: Callable[[], None] = idle


class Runner(Protocol):
    """What a module must have that runs a toolchain; its row in `cvtex.toolchains` names it."""

    def find(self, bundle: str | None) -> list[Toolchain]:
        """Return the toolchain if it is here. Starts no process."""

    def compile(self, toolchain: Toolchain, job: Job) -> Outcome:
        """Compile a document. Raises nothing for what TeX does."""

    def start_ahead(self, engine: str, folder: Path) -> Waiting | None:
        """Start the engine that the next build in `folder` will probably need, None if that
        is not known or not possible. Raises nothing."""

    def lacking(self, files: Sequence[str]) -> tuple[str, ...]:
        """Return those of TeX's files that are not there; none where that is not known before
        TeX asks for them."""


def runner(name: str) -> Runner:
    """Return the module that runs a toolchain."""
    return cast(Runner, import_module(ROWS[name].module))


def _stamp(file: Path) -> str:
    return f"{file} {disk.stamp(file) or '-'}"
