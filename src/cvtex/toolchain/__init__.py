"""Running TeX: find a toolchain, compile a folder, read the log.

This page is the floor's contract; the rooms behind it are loaded when they are
called, because most runs of `cvtex` need no TeX.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from cvtex.diagnostics import Diagnostic, Source
from cvtex.toolchain.model import (
    BUNDLE_VARIABLE,
    JOB,
    Limits,
    Message,
    Outcome,
    Progress,
    Toolchain,
    Wanted,
)

if TYPE_CHECKING:
    from cvtex.model import Text
    from cvtex.toolchain.texlive import ahead_pdflatex, ahead_unicode

    Waiting: TypeAlias = ahead_pdflatex.Ahead | ahead_unicode.Ahead


def find(wanted: Wanted = "auto", bundle: str | None = None) -> tuple[Toolchain, ...]:
    """Return the toolchains that are there, the preferred first; starts no process.

    latexmk comes before Tectonic unless a `bundle` is asked for. Without one,
    `CVTEX_TECTONIC_BUNDLE` names Tectonic's.
    """
    found: list[Toolchain] = []
    if wanted in ("auto", "latexmk"):
        from cvtex.toolchain.texlive import latexmk

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
    from cvtex.toolchain.texlive import latexmk

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
        from cvtex.toolchain.texlive import ahead_pdflatex, pdflatex

        mine = ahead if isinstance(ahead, ahead_pdflatex.Ahead) else None
        return pdflatex.compile(toolchain, engine, folder, ahead=mine, **job)
    from cvtex.toolchain.texlive import ahead_unicode, unicode

    its = ahead if isinstance(ahead, ahead_unicode.Ahead) else None
    return unicode.compile(toolchain, engine, folder, ahead=its, **job)


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
    "Limits",
    "Message",
    "Outcome",
    "Progress",
    "Toolchain",
    "Wanted",
    "compile",
    "diagnose",
    "find",
]
