"""docs/adding.md is followed to the letter, in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from shared import ROOT

PAGE = (ROOT / "docs/adding.md").read_text(encoding="utf-8")
STEP = re.compile(r"^```\w+ (?:(run)|(file|after|above)=(\S+))\n(.*?)^```$", re.M | re.S)


def write(file: Path, how: str, text: str) -> None:
    """Write a whole file, or lines after the first one shown, or above the last one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if how == "file":
        file.write_text(text, encoding="utf-8")
        return
    lines = text.splitlines(keepends=True)
    known = lines[0] if how == "after" else lines[-1]
    old = file.read_text(encoding="utf-8")
    assert old.count(known) == 1, (file, known)
    file.write_text(old.replace(known, text), encoding="utf-8")


def test_who_follows_the_page_gets_there(tmp_path: Path) -> None:
    for name in ("src", "themes"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    for name, call in (("cvtex", "-m cvtex "), ("python", "")):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {call}"$@"\n')
        program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "PYTHONPATH": str(tmp_path / "src"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }

    def run(script: str) -> str:
        done = subprocess.run(
            ["sh", "-eu", "-c", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    assert str(tmp_path) in run("python -c 'import cvtex; print(cvtex.__file__)'")
    run("cvtex new my-cv")
    for is_run, how, name, text in STEP.findall(PAGE):
        if is_run:
            run(text)
        else:
            write(tmp_path / name, how, text)


def test_every_block_is_a_step_and_every_file_is_there() -> None:
    assert len(STEP.findall(PAGE)) == len(re.findall(r"^```\w", PAGE, re.M))
    for name in re.findall(r"`((?:src|tests|themes)/[\w./-]+)`", PAGE):
        assert (ROOT / name).exists(), name


def test_no_task_takes_more_than_three_files() -> None:
    """What the table says is what the steps write; a theme is a folder that a command writes."""
    rows = re.findall(r"^\| (an? [\w ]+?) \| (\d|a folder)", PAGE, re.M)
    sections = dict(re.findall(r"^## (An? .+?)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))
    assert len(rows) == len(sections) == 10
    for (task, said), text in zip(rows, sections.values(), strict=True):
        written = {name for _, _, name, _ in STEP.findall(text) if name.startswith(("src", "them"))}
        written |= set(re.findall(r"^cp \S+ (src/\S+)$", text, re.M))
        assert len(written) <= 3, task
        assert said == (str(len(written)) if written else "a folder"), task
