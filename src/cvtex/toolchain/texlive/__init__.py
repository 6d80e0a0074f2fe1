"""TeX Live: its engines run by cvtex itself where that gives the same document, else by latexmk."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cvtex.toolchain.model import Job, Outcome, Toolchain, Waiting


def find(bundle: str | None = None) -> list[Toolchain]:
    """Return latexmk with the engines of the PATH, if it and at least one is there."""
    from cvtex.toolchain.texlive import latexmk

    return latexmk.find()


def compile(toolchain: Toolchain, job: Job) -> Outcome:
    """Compile a document; see `cvtex.toolchain.compile`."""
    return quickly_or_plainly(toolchain, job, _quickly, _plainly)


def quickly_or_plainly(
    toolchain: Toolchain,
    job: Job,
    quick: Callable[[Toolchain, Job], Outcome | None],
    plain: Callable[[Toolchain, Job], Outcome],
) -> Outcome:
    """Compile the `quick` way, or where that may not make the same document the `plain` one, in
    the time that is left."""
    if job.cache:
        began = time.monotonic()
        if outcome := quick(toolchain, job):
            return outcome
        left = job.limits.seconds - (time.monotonic() - began)
        if left <= 0:
            return Outcome(False, reason=f"stopped after {job.limits.seconds:g} seconds")
        job = replace(job, limits=replace(job.limits, seconds=left))
    return plain(toolchain, job)


def _plainly(toolchain: Toolchain, job: Job) -> Outcome:
    from cvtex.toolchain.texlive import latexmk

    return latexmk.compile(toolchain, job)


def _quickly(toolchain: Toolchain, job: Job) -> Outcome | None:
    """Compile without latexmk, None where that may not make the same document."""
    if job.engine == "pdflatex":
        from cvtex.toolchain.texlive import pdflatex

        return pdflatex.compile(toolchain, job)
    from cvtex.toolchain.texlive import unicode

    return unicode.compile(toolchain, job)


def start_ahead(engine: str, folder: Path) -> Waiting | None:
    """Start the engine that the next build in `folder` will probably need, None if unknown."""
    if engine == "pdflatex":
        from cvtex.toolchain.texlive import ahead_pdflatex

        return ahead_pdflatex.begin(folder)
    from cvtex.toolchain.texlive import ahead_unicode

    return ahead_unicode.begin(folder)


def lacking(files: Sequence[str]) -> tuple[str, ...]:
    """Return those of the files that kpathsea does not find; all where it is not here."""
    import shutil

    from cvtex import programs

    wanted = tuple(dict.fromkeys(files))
    program = shutil.which("kpsewhich")
    if not wanted or not program:
        return wanted
    command = [program, "--", *wanted]
    found = programs.run(command, capture_output=True, text=True, check=False).stdout
    names = {Path(line).name for line in found.splitlines()}
    return tuple(name for name in wanted if Path(name).name not in names)
