"""The guide to writing a theme is followed to the letter: its files written, its commands run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shared import ROOT, words

GUIDE = (ROOT / "docs/themes.md").read_text(encoding="utf-8")
STEP = re.compile(r"^```\w+ (?:(run)|(file|add|above)=(\S+))\n(.*?)^```$", re.M | re.S)


def write(file: Path, how: str, text: str) -> None:
    """Write what the guide says: a whole `file`, or what to `add` to it.

    Of what goes `above` something, the last line is there already.
    """
    old = file.read_text(encoding="utf-8") if how != "file" else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    if how == "above":
        line = text.splitlines(keepends=True)[-1]
        assert old.count(line) == 1, line
        file.write_text(old.replace(line, text), encoding="utf-8")
    else:
        file.write_text(old + text, encoding="utf-8")


@pytest.mark.tex
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.rare)])
def test_who_follows_the_guide_has_themes_that_pass(whole: bool, tmp_path: Path) -> None:
    program = tmp_path / "bin/cvtex"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cvtex "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"}
    folder, told = tmp_path, ""
    for _, how, name, text in STEP.findall(GUIDE):
        if how:
            write(folder / name, how, text)
            continue
        # By one engine the whole check takes half of the time, of three samples a fifth.
        by = "--engine pdflatex" if whole else "--engine pdflatex --quick"
        text = text.replace("check mine", f"check mine {by}")
        done = subprocess.run(
            ["sh", "-euxc", text],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told += done.stdout
        for moved in re.findall(r"^cd (\S+)", text, re.M):
            folder /= moved
    assert "plain: 3 samples in pdflatex, xelatex, lualatex: no problems" in told
    assert re.search(r"^mine: \d+ samples? in pdflatex: no problems$", told, re.M)
    assert "iso: classic, with dates as the data have them: 2021-03\n" in told
    assert "2021-03 – Present" in words(tmp_path / "my-cv/build/iso.pdf")
    assert r"\cvbar{2mm}" in (tmp_path / "my-cv/build/mine/cv.tex").read_text(encoding="utf-8")
    mine = words(tmp_path / "my-cv/build/mine.pdf")
    assert "German (B1)" in mine
    assert (tmp_path / "my-cv/themes.png").read_bytes().startswith(b"\x89PNG")


def test_every_python_of_the_guide_is_run() -> None:
    assert len(re.findall(r"^```\w+", GUIDE, re.M)) == len(STEP.findall(GUIDE)) + 1  # toml
