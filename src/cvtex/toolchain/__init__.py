"""Running TeX: find a toolchain, compile a folder, read the log.

This page is the floor's contract; the rooms behind it are loaded when they are
called, because most runs of `cvtex` need no TeX.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.kept import cache_folder
from cvtex.records import dataclass, field

if TYPE_CHECKING:
    from cvtex.model import Text
    from cvtex.toolchain.preloaded import Preloaded
    from cvtex.toolchain.waiting import Ahead

    Waiting: TypeAlias = Ahead | Preloaded

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


def find(wanted: Wanted = "auto", bundle: str | None = None) -> tuple[Toolchain, ...]:
    """Return the toolchains that are there, the preferred first; starts no process.

    latexmk comes before Tectonic unless a `bundle` is asked for. Without one,
    `CVTEX_TECTONIC_BUNDLE` names Tectonic's.
    """
    found: list[Toolchain] = []
    if wanted in ("auto", "latexmk"):
        from cvtex.toolchain import latexmk

        found += latexmk.find()
    if wanted in ("auto", "tectonic"):
        from cvtex.toolchain import tectonic

        found += tectonic.find(bundle or os.environ.get(BUNDLE_VARIABLE) or None)
    if bundle:
        found.sort(key=lambda toolchain: toolchain.name != "tectonic")
    return tuple(found)


def compile(
    toolchain: Toolchain,
    engine: str,
    folder: Path,
    *,
    epoch: int,
    limits: Limits | None = None,
    bundle: str | None = None,
    progress: Progress | None = None,
    cache: bool = True,
    ahead: Waiting | None = None,
) -> Outcome:
    """Compile `folder/cv.tex`; the PDF, the log and TeX's own files go to `folder` too.

    `engine` is one of `toolchain.engines`. `epoch` is the date of the document
    in seconds since 1970 (`SOURCE_DATE_EPOCH`). With `cache`, precompiled
    preambles are kept and used where that gives the same document; `ahead` is an
    engine that waits for this (`pipeline.start_ahead`). Raises nothing for what TeX does;
    on `KeyboardInterrupt` the whole process group is killed first.
    """
    limits = limits or Limits()
    if cache and toolchain.name == "latexmk":
        began = time.monotonic()
        if quick := _quickly(toolchain, engine, folder, epoch, limits, progress, ahead):
            return quick
        left = limits.seconds - (time.monotonic() - began)
        if left <= 0:
            return Outcome(False, reason=f"stopped after {limits.seconds:g} seconds")
        limits = replace(limits, seconds=left)
    if toolchain.name == "tectonic":
        from cvtex.toolchain import tectonic

        return tectonic.compile(
            toolchain,
            folder,
            epoch=epoch,
            limits=limits,
            bundle=bundle or toolchain.bundle,
            progress=progress,
            cache=cache,
        )
    from cvtex.toolchain import latexmk

    return latexmk.compile(toolchain, engine, folder, epoch=epoch, limits=limits, progress=progress)


def _quickly(
    toolchain: Toolchain,
    engine: str,
    folder: Path,
    epoch: int,
    limits: Limits,
    progress: Progress | None,
    ahead: Waiting | None,
) -> Outcome | None:
    """Compile without latexmk, None where that may not make the same document."""
    job: dict[str, Any] = {"epoch": epoch, "limits": limits, "progress": progress}
    if engine == "pdflatex":
        from cvtex.toolchain import fast, waiting

        mine = ahead if isinstance(ahead, waiting.Ahead) else None
        return fast.compile(toolchain, engine, folder, ahead=mine, **job)
    from cvtex.toolchain import direct, preloaded

    its = ahead if isinstance(ahead, preloaded.Preloaded) else None
    return direct.compile(toolchain, engine, folder, ahead=its, **job)


def diagnose(
    messages: Iterable[Message],
    tex: str,
    locate: Callable[[int], Source | None],
    values: Iterable[Text],
) -> tuple[Diagnostic, ...]:
    """Return the messages as diagnostics at the user's own lines.

    `tex` is the text of `cv.tex`; `locate` gives the record that wrote a line
    of it; `values` are the texts of all records, each with its own source. The
    token or character that TeX named is looked for among the values of that
    record; where it is not found, the record's source stands; a message with
    no place keeps None.
    """
    from cvtex.toolchain import place

    return place.diagnose(messages, tex, locate, values)


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return f"{file} -"
    return f"{file} {found.st_size} {found.st_mtime_ns}"


__all__ = [
    "BUNDLE_VARIABLE",
    "JOB",
    "Limits",
    "Message",
    "Outcome",
    "Progress",
    "Toolchain",
    "Wanted",
    "cache_folder",
    "compile",
    "diagnose",
    "find",
]
