"""Runs tests over and over, each time in a process that has read pytest, but not the code, already.

A line of standard input asks for a run: the seconds it may take and, after a space, the arguments
of pytest as JSON. The answer is a line with its exit status, or "late".
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path

READ_BEFORE = ("pytest", "hypothesis", "coverage", "yaml", "click", "bibtexparser", "pylatex")


def answer(seconds: float, arguments: list[str], temporary: Path) -> str:
    """Run the tests in a process of their own, with an empty folder for what is temporary."""
    for path in temporary.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    Path(os.environ["HOME"]).mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if not child:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        said = os.open(temporary / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        status = 3
        try:
            import pytest

            status = int(pytest.main(arguments))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    late = time.monotonic() + seconds
    while time.monotonic() < late:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return str(os.waitstatus_to_exitcode(status))
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "late"


def main() -> None:
    """Answer until the input ends."""
    for name in READ_BEFORE:
        importlib.import_module(name)
    for line in sys.stdin:
        seconds, _, arguments = line.partition(" ")
        said = answer(float(seconds), json.loads(arguments), Path(os.environ["TMPDIR"]))
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
