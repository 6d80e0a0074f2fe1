"""Which files of TeX Live an engine reads to set some samples.

They are what kpathsea finds for it and its driver while they work (`KPATHSEA_DEBUG`, kpathsea
manual, "Debugging"), and what `-recorder` tells.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cvtex.diagnostics import Severity
from cvtex.toolchain import outcome
from cvtex.toolchain.engine import Run, run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.messages import log
from cvtex.toolchain.model import JOB, Limits, Progress

Files = dict[str, Path]
"""Files by the name, or the sub-path, that they were asked for by."""

PASSES = 3  # at most: as many as references need to settle
LIMITS = Limits(seconds=300)

_FOUND = re.compile(r"search\(\[?([^\]\n]*?)\]?\) =>\s*(/.*)")
_RECORDED = re.compile(r"INPUT (/.*)")

# What belongs to the machine and not to the document: formats, file lists, font caches.
_MACHINE = re.compile(r"\.(?:fmt|cnf|luc|lua)$|/ls-R$|/aliases$|/fontconfig/")


def of_format(engine: str) -> Files:
    """Return what goes into an engine's format. Raises OSError where it cannot be made."""
    name = Path(engine).name
    with tempfile.TemporaryDirectory(prefix="cvtex-bundle-") as scratch:
        command = [engine, "-ini", "-etex", f"\\input {name}.ini"]
        ended, found = _record(command, Path(scratch))
    if ended.status != 0:
        raise OSError(f"the format of {name} cannot be made: {_last(ended)}")
    return found


def of_samples(
    engine: str, driver: str | None, samples: Sequence[Path], tell: Progress
) -> tuple[Files, list[str]]:
    """Set each sample, a folder with a `cv.tex` and what lies beside it, in a copy.

    A `driver` makes the PDF where the engine does not. Returns what was found outside the
    samples, and why one failed.
    """
    files: Files = {}
    problems: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        recorded = pool.map(lambda sample: _of_sample(engine, driver, sample), samples)
        for number, (sample, (found, problem)) in enumerate(zip(samples, recorded, strict=True), 1):
            tell(f"{sample.name} ({number} of {len(samples)})")
            files |= found
            if problem:
                problems.append(f"{sample.name}: {problem}")
    return files, problems


def _of_sample(engine: str, driver: str | None, sample: Path) -> tuple[Files, str | None]:
    with tempfile.TemporaryDirectory(prefix="cvtex-bundle-") as scratch:
        folder = Path(scratch) / "sample"
        shutil.copytree(sample, folder, ignore=shutil.ignore_patterns(f"{JOB}.[!t]*"))
        files, problem = _passes(engine, driver, folder)
        own = folder.resolve()
        return {n: file for n, file in files.items() if own not in file.parents}, problem


def _passes(engine: str, driver: str | None, folder: Path) -> tuple[Files, str | None]:
    files: Files = {}
    command = [engine, *(("-no-pdf",) if driver else ()), "-recorder", f"{JOB}.tex"]
    for _ in range(PASSES):
        ended, found = _record(command, folder)
        files |= found
        text = outcome.read_log(folder / f"{JOB}.log")
        if ended.status != 0:
            errors = [
                message.text + (f" ({message.hint})" if message.hint else "")
                for message in log.read(text, folded=False)
                if message.severity is Severity.ERROR
            ]
            title = {"xelatex": "XeLaTeX", "pdflatex": "pdfLaTeX"}[Path(engine).name]
            return files, f"{title} fails on it: {errors[0] if errors else _last(ended)}"
        if not re.search(r"Rerun to|undefined references|has changed\. *\n?.*Rerun", text):
            break
    if not driver:
        return files, None
    ended, found = _record([driver, "-q", f"{JOB}.xdv"], folder)
    return files | found, f"xdvipdfmx fails on it: {_last(ended)}" if ended.status else None


def _record(command: Sequence[str], folder: Path) -> tuple[Run, Files]:
    """Run a program of TeX Live and return the files that it found."""
    found: Files = {}

    def on_line(line: str) -> None:
        # A search for all files of a name lists several; the first is the one that counts.
        if hit := _FOUND.search(line):
            _add(found, hit[1].split(), hit[2].split(" /")[0].strip())

    if command[0].endswith("latex"):
        command = [command[0], "-interaction=batchmode", *command[1:]]
    environ = {**environment(folder, 0), "KPATHSEA_DEBUG": "32"}
    ended = run(command, folder, environ, LIMITS, on_line)
    recorded = folder / f"{JOB}.fls"
    if recorded.is_file():
        for hit in _RECORDED.finditer(recorded.read_text("utf-8", "surrogateescape")):
            _add(found, (), hit[1])
    return ended, found


def _add(found: Files, asked: Iterable[str], path: str) -> None:
    """Note a file under its name, or under the sub-path it was asked for by."""
    if _MACHINE.search(path) or not Path(path).is_file():
        return
    by_folder = [name for name in asked if "/" in name and path.endswith("/" + name)]
    name = by_folder[0] if by_folder else Path(path).name
    found.setdefault(name, Path(path).resolve() if "/updmap/" in path else Path(path))


def _last(ended: Run) -> str:
    lines = [
        line for line in ended.output.splitlines() if line.strip() and not line.startswith("kdebug")
    ]
    return ended.reason or (lines[-1][:200] if lines else f"status {ended.status}")
