"""Every case of `tests/errors/` through `cvtex build`: what is said, and what is kept.

`tests/source/test_errors.py` compares each case to the letter as values; here
the program prints them, exits, and leaves the last good PDF alone: as a process of its own in
one case of ten.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cases
from cvtex import filenames
from shared import Program

OLD = b"%PDF-1.5 the last good one"
STOPPED = [case for case in cases.cases() if re.search(r"(^|: )error: ", case.expected, re.M)]
PLACE = re.compile(r"^(\S+?:\d+:\d+: error: .*)$", re.M)


def test_there_are_enough() -> None:
    assert len(STOPPED) >= 40


@pytest.mark.parametrize("case", STOPPED, ids=lambda case: case.name)
def test_the_build_stops_and_the_last_pdf_stays(
    case: cases.Case, tmp_path: Path, cvtex: Program, cvtex_inside: Program
) -> None:
    program = cvtex if STOPPED.index(case) % 10 == 0 else cvtex_inside
    project = tmp_path / "project"
    project.mkdir()
    path = cases.write(case, project)
    # a lone file's is below its name, in the folder that we are in
    pdf = project / filenames.build_folder(path) / "classic.pdf"
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(OLD)
    arguments = [f"--set={value}" for value in case.overrides]
    if case.public:
        arguments.append("--public")
    run = program("build", path, *arguments, cwd=project, **case.environ)
    assert run.status == (1 if path.exists() else 2)
    assert run.out == ""
    assert "Traceback" not in run.err
    root = path if path.is_dir() else path.parent
    prefix = "" if root == project else f"{root.relative_to(project)}/"
    for expected in PLACE.findall(case.expected):
        assert prefix + expected in run.err
    assert pdf.read_bytes() == OLD
