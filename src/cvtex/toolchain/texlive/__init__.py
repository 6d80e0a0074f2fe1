"""TeX Live: its engines run by cvtex itself where that gives the same document, else by latexmk."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from cvtex.toolchain.model import Job, Outcome, Toolchain, Waiting


def find(bundle: str | None = None) -> list[Toolchain]:
    """Return latexmk with the engines of the PATH, if it and at least one is there."""
    from cvtex.toolchain.texlive import latexmk

    return latexmk.find()


def compile(toolchain: Toolchain, job: Job) -> Outcome:
    """Compile a document; see `cvtex.toolchain.compile`."""
    if job.cache:
        began = time.monotonic()
        if quick := _quickly(toolchain, job):
            return quick
        left = job.limits.seconds - (time.monotonic() - began)
        if left <= 0:
            return Outcome(False, reason=f"stopped after {job.limits.seconds:g} seconds")
        job = replace(job, limits=replace(job.limits, seconds=left))
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
