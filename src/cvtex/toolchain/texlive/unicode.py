"""XeLaTeX and LuaLaTeX run directly: as few passes as needed, the first one perhaps by an
engine that was started ahead.

The result is the document that latexmk makes, or none: `compile` returns None on any
doubt, and the plain path is taken.
"""

from __future__ import annotations

import contextlib
import functools
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cvtex.toolchain import outcome
from cvtex.toolchain.engine import Run, Started, finish, start, stop
from cvtex.toolchain.model import JOB, Job, Outcome, Toolchain
from cvtex.toolchain.texlive import (
    ahead_unicode,
    document,
    latexmk,
    luafonts,
    passes,
    unpacked,
)
from cvtex.toolchain.texlive.ahead_unicode import Ahead

ENGINES = ("xelatex", "lualatex")


def compile(toolchain: Toolchain, job: Job) -> Outcome | None:
    """Compile `folder/cv.tex`; None where the plain path must be taken.

    `job.ahead` is used if it is the engine that is needed. Raises nothing but
    `KeyboardInterrupt`.
    """
    program = toolchain.engines.get(job.engine)
    if job.engine not in ENGINES or program is None:
        return None
    try:
        result = _compile(program, job)
    except (OSError, UnicodeError):
        result = None
    if not result:
        outcome.forget(job.folder)
    return result


def _compile(program: Path, job: Job) -> Outcome | None:
    folder, epoch, limits = job.folder, job.epoch, job.limits
    ahead = job.ahead if isinstance(job.ahead, Ahead) else None
    tex = (folder / f"{JOB}.tex").read_text("utf-8")
    preamble = document.split(tex)
    if preamble is None:
        return None
    own = document.own_files(folder)
    if program.name == "lualatex":
        job.progress("the fonts for lualatex")
        luafonts.prepare(folder, program)
    environ = ahead_unicode.surroundings(program, folder, epoch)
    deadline = time.monotonic() + limits.seconds
    waits = [ahead] if ahead and ahead.is_for(program, folder, preamble, own, epoch) else []

    def engine_pass(number: int) -> Outcome:
        job.progress(f"{program.name}, pass {number}")
        left = replace(limits, seconds=max(deadline - time.monotonic(), 1))
        engine = waits.pop() if waits else None
        if engine and engine.release():
            ended = _finish(replace(engine.started, limits=left), program, job.meanwhile)
            if not engine.is_fresh():
                return engine_pass(number)
            engine.hand_over(folder)
        else:
            command = ahead_unicode.command(program, f"{JOB}.tex")
            more = ahead_unicode.access(program)
            started = start(command, folder, environ, left, more=more)
            if isinstance(started, Run):
                ended = started
            else:
                make = functools.partial(unpacked.make, program, folder, environ)
                ended = _finish(started, program, job.meanwhile, make)
        return outcome.judge(ended, folder, _reads(program, folder), folded=False)

    def attempt() -> Outcome:
        return passes.guessing(program, folder, lambda: passes.until_settled(folder, engine_pass))

    result = outcome.settle(folder, attempt)
    if not result.ok:
        return None
    if program.name == "lualatex":
        luafonts.keep(folder, program)
    ahead_unicode.note(folder, program, epoch)
    return result


def _finish(
    started: Started,
    program: Path,
    meanwhile: Callable[[], None],
    make: Callable[[], object] | None = None,
) -> Run:
    """Return how a pass ended; check its format meanwhile, or `make` one for the next pass."""
    try:
        format = unpacked.find(program)
        if make and not format:
            with contextlib.suppress(OSError):
                make()
        whole = not format or format.is_whole(program)
        meanwhile()
    except BaseException:
        stop(started)
        raise
    ended = finish(started)
    if not whole:
        unpacked.remove(program)
        raise OSError("the format is damaged")
    return ended


def _reads(program: Path, folder: Path) -> tuple[str, ...]:
    """Return the files that the last run read, TeX Live's own format for the unpacked one."""
    format = unpacked.find(program)
    found = []
    for file in latexmk.reads(folder):
        name = os.path.basename(file)
        if name == unpacked.NAME and format:
            found.append(format.source)
        elif name.endswith(".fmt") and format and file != format.source:
            unpacked.remove(program)  # the engine takes another one
            found.append(file)
        elif name != ahead_unicode.PREAMBLE:
            found.append(file)
    return tuple(found)
