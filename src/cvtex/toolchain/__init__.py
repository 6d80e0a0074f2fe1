"""Running TeX: find a toolchain, compile a folder, read the log.

This page is the floor's contract; the rooms behind it are loaded when they are
called, because most runs of `cvtex` need no TeX.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.diagnostics import Diagnostic, Source
from cvtex.toolchain.model import (
    BUNDLE_VARIABLE,
    JOB,
    Job,
    Limits,
    Message,
    Outcome,
    Progress,
    Runner,
    Toolchain,
    Waiting,
    idle,
    runner,
    silent,
)
from cvtex.toolchains import NAMES

if TYPE_CHECKING:
    from cvtex.model import Text


def find(wanted: str = "auto", bundle: str | None = None) -> tuple[Toolchain, ...]:
    """Return the toolchains that are there, the preferred first; starts no process.

    `wanted` is one of `cvtex.toolchains.NAMES` or `auto`. They come in the order of the
    table, one that takes a `bundle` first if that is asked for. Without one,
    `CVTEX_TECTONIC_BUNDLE` names Tectonic's.
    """
    asked = bundle or os.environ.get(BUNDLE_VARIABLE) or None
    names = NAMES if wanted == "auto" else (wanted,)
    found = [toolchain for name in names for toolchain in runner(name).find(asked)]
    if bundle:
        found.sort(key=lambda toolchain: toolchain.bundle is None)
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
    meanwhile: Callable[[], None] = idle,
) -> Outcome:
    """Compile `folder/cv.tex`; the PDF, the log and TeX's own files go to `folder` too.

    `engine` is one of `toolchain.engines`. `epoch` is the date of the document
    in seconds since 1970 (`SOURCE_DATE_EPOCH`). With `cache`, precompiled
    preambles are kept and used where that gives the same document; `ahead` is an
    engine that waits for this (`start_ahead`). `meanwhile` is what there is to do beside
    TeX: it may be called once or several times, or not at all. Raises nothing for what TeX
    does; on `KeyboardInterrupt`, and what `meanwhile` raises, the whole process group is
    killed first.
    """
    job = Job(
        engine=engine,
        folder=folder,
        epoch=epoch,
        limits=limits or Limits(),
        bundle=bundle or toolchain.bundle,
        progress=progress or silent,
        cache=cache,
        ahead=ahead,
        meanwhile=meanwhile,
    )
    return runner(toolchain.name).compile(toolchain, job)


def start_ahead(name: str, engine: str, folder: Path) -> Waiting | None:
    """Start the engine of a toolchain that the next build in `folder` will probably need.

    Whoever calls it must `stop` it in the end. None where it is not known which, or
    nothing would be won. Raises nothing.
    """
    return runner(name).start_ahead(engine, folder)


def lacking(name: str, files: Iterable[str]) -> tuple[str, ...]:
    """Return those of TeX's files that a toolchain is known not to have."""
    return runner(name).lacking(tuple(dict.fromkeys(files)))


def is_confined() -> bool:
    """Tell whether an engine that is started now reaches no more than it needs."""
    from cvtex.toolchain import sandbox

    return bool(sandbox.kind())


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
    from cvtex.toolchain.messages import place

    return place.diagnose(messages, tex, locate, values)


__all__ = [
    "BUNDLE_VARIABLE",
    "JOB",
    "Job",
    "Limits",
    "Message",
    "Outcome",
    "Progress",
    "Runner",
    "Toolchain",
    "Waiting",
    "compile",
    "diagnose",
    "find",
    "is_confined",
    "lacking",
    "runner",
    "start_ahead",
]
