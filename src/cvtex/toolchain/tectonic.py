"""Tectonic: one program that brings its own TeX and fetches what it lacks."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

from cvtex.toolchain import (
    JOB,
    Limits,
    Outcome,
    Progress,
    Toolchain,
    cache_folder,
    outcome,
)
from cvtex.toolchain.engine import Run, environment, run

# --keep-logs: else there is nothing to read. -Z continue-on-errors: all errors in one pass.
# --untrusted: no shell escape; it does not stop absolute paths (tectonic pull request 814).
OPTIONS = ("--keep-logs", "--untrusted", "-Z", "continue-on-errors", "--color", "never")

RULES = f"{JOB}.rules"  # a Makefile rule: what the run read

UNREACHABLE = re.compile(
    r"couldn't get it from the internet|error sending request|failed to download|dns error"
)


def installed() -> Path:
    """Return where `cvtex toolchain install tectonic` puts the program."""
    return cache_folder() / "tectonic" / "tectonic"


def find(bundle: str | None = None) -> list[Toolchain]:
    """Return Tectonic, from the PATH or from the user's cache, if it is there."""
    program = shutil.which("tectonic")
    if program is None and os.access(installed(), os.X_OK):
        program = str(installed())
    if program is None:
        return []
    return [Toolchain("tectonic", Path(program), {"xelatex": Path(program)}, bundle)]


def compile(
    toolchain: Toolchain,
    folder: Path,
    *,
    epoch: int,
    limits: Limits,
    bundle: str | None,
    progress: Progress | None,
) -> Outcome:
    """Compile `folder/cv.tex`; see `cvtex.toolchain.compile`."""
    if problem := outcome.prepare(folder):
        return Outcome(False, reason=problem)
    if bundle and not Path(bundle).exists():
        return Outcome(False, reason=f"the bundle {bundle} is not there")
    ended = _run(toolchain, folder, epoch, limits, bundle, progress)
    if bundle is None and ended.reason is None and UNREACHABLE.search(ended.output):
        # No network: what earlier runs fetched may be enough.
        ended = _run(toolchain, folder, epoch, limits, bundle, progress, ("--only-cached",))
    result = outcome.judge(ended, folder, reads(folder), folded=True)
    if not result.ok and UNREACHABLE.search(ended.output):
        return replace(result, reason="tectonic cannot fetch its files: there is no network")
    return result


def _run(
    toolchain: Toolchain,
    folder: Path,
    epoch: int,
    limits: Limits,
    bundle: str | None,
    progress: Progress | None,
    more: tuple[str, ...] = (),
) -> Run:
    def on_line(line: str) -> None:
        # "note: Running TeX ...", "note: downloading article.cls"
        if progress and line.startswith("note: "):
            progress(line.removeprefix("note: ").strip())

    command = [
        str(toolchain.program),
        *OPTIONS,
        *more,
        *(("--bundle", str(Path(bundle).absolute())) if bundle else ()),
        "--makefile-rules",
        RULES,
        "--outdir",
        ".",
        f"{JOB}.tex",
    ]
    environ = environment(folder, epoch, toolchain.program)
    return run(command, folder, environ, limits, on_line)


def reads(folder: Path) -> tuple[Path, ...]:
    """Return the files outside the bundle that the last run read (Makefile rules)."""
    try:
        text = (folder / RULES).read_text("utf-8", "surrogateescape")
    except OSError:
        return ()
    _, _, files = text.replace("\\\n", " ").partition(":")
    names = re.findall(r"(?:\\.|[^\s\\])+", files)
    return tuple(folder / re.sub(r"\\(.)", r"\1", name) for name in dict.fromkeys(names))
