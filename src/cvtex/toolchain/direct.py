"""XeLaTeX and LuaLaTeX run directly: as few passes as needed, the first one perhaps by an
engine that was started ahead.

The result is the document that latexmk makes, or none: `compile` returns None on any
doubt, and the plain path is taken.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from cvtex.toolchain import (
    JOB,
    Limits,
    Outcome,
    Progress,
    Toolchain,
    formats,
    latexmk,
    outcome,
    passes,
    preloaded,
)
from cvtex.toolchain.engine import environment, finish, run
from cvtex.toolchain.preloaded import Preloaded

ENGINES = ("xelatex", "lualatex")


def compile(
    toolchain: Toolchain,
    engine: str,
    folder: Path,
    *,
    epoch: int,
    limits: Limits,
    progress: Progress | None = None,
    ahead: Preloaded | None = None,
) -> Outcome | None:
    """Compile `folder/cv.tex`; None where the plain path must be taken.

    `ahead` is used if it is the engine that is needed. Raises nothing but
    `KeyboardInterrupt`.
    """
    program = toolchain.engines.get(engine)
    if engine not in ENGINES or program is None:
        return None
    try:
        result = _compile(program, folder, epoch, limits, progress, ahead)
    except (OSError, UnicodeError):
        result = None
    if not result:
        outcome.forget(folder)
    return result


def _compile(
    program: Path,
    folder: Path,
    epoch: int,
    limits: Limits,
    progress: Progress | None,
    ahead: Preloaded | None,
) -> Outcome | None:
    tex = (folder / f"{JOB}.tex").read_text("utf-8")
    preamble = formats.split(tex)
    if preamble is None:
        return None
    own = formats.own_files(folder)
    environ = environment(folder, epoch, program)
    deadline = time.monotonic() + limits.seconds
    waits = [ahead] if ahead and ahead.is_for(program, folder, preamble, own, epoch) else []

    def one(number: int) -> Outcome:
        if progress:
            progress(f"{program.name}, pass {number}")
        left = replace(limits, seconds=max(deadline - time.monotonic(), 1))
        engine = waits.pop() if waits else None
        if engine and engine.release():
            ended = finish(replace(engine.started, limits=left))
            if not engine.is_fresh():
                return one(number)
            engine.hand_over(folder)
        else:
            ended = run(preloaded.command(program, f"{JOB}.tex"), folder, environ, left)
        reads = (file for file in latexmk.reads(folder) if file.name != preloaded.PREAMBLE)
        return outcome.judge(ended, folder, tuple(reads), folded=False)

    def attempt() -> Outcome:
        return passes.guessing(program, folder, lambda: passes.until_settled(folder, one))

    with latexmk.font_cache_of_ones_own(program.name, environ):
        result = outcome.settle(folder, attempt)
    if not result.ok:
        return None
    preloaded.note(folder, program, epoch)
    return result
