"""`make bench`: thirty PDFs of one source by one command, beside thirty builds of one each.

    python tests/benchmarks/one_source.py

The engineer's five variants in six themes, and the designer's five variants in three languages
and two themes. Both ways begin without any output, with the formats of the themes at hand. The
status is 1 where one command takes more than `MOST` of the time of thirty.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 0.4
MATRICES = {
    "tests/people/engineer": {
        "--variant": ("short", "backend", "platform", "lead", "speaker"),
        "--theme": ("academic", "classic", "jake", "linear", "moderncv", "sidebar"),
    },
    "tests/tongues/designer": {
        "--variant": ("short", "access", "lead", "mobile", "museum"),
        "--language": ("de", "en", "fr"),
        "--theme": ("classic", "moderncv"),
    },
}
"""What is asked for of each project, by option."""


def build(project: Path, *options: str) -> float:
    """Return how many seconds a command takes."""
    command = [sys.executable, "-m", "cvtex", "build", "-q", "--engine", "pdflatex", *options]
    began = time.perf_counter()
    subprocess.run(command, cwd=project, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def compared(project: Path, matrix: Mapping[str, Sequence[str]]) -> tuple[int, float, float]:
    """Return how many PDFs there are, and the seconds of one command and of one for each."""
    cells = list(itertools.product(*([(name, v) for v in matrix[name]] for name in matrix)))
    every = [part for name, values in matrix.items() for v in values for part in (name, v)]
    seconds = []
    for commands in (
        [every],
        [every],
        [[part for pair in cell for part in pair] for cell in cells],
    ):
        shutil.rmtree(project / "build", ignore_errors=True)
        seconds.append(sum(build(project, *options) for options in commands))
        assert len(list((project / "build").glob("*.pdf"))) == len(cells)
    _, one, each = seconds  # the first made the formats
    return len(cells), one, each


def main() -> int:
    """Print a line for each project; return 1 where one is too slow."""
    slow = False
    with tempfile.TemporaryDirectory(prefix="cvtex-bench-") as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        for name, matrix in MATRICES.items():
            project = Path(place, Path(name).name)
            shutil.copytree(ROOT / name, project)
            count, one, each = compared(project, matrix)
            met = one <= MOST * each
            slow = slow or not met
            print(
                f"{name}: {count} PDFs in {one:.1f} s, one by one in {each:.1f} s: "
                f"{one / each:.2f} (required ≤ {MOST}: {'met' if met else 'MISSED'}; "
                f"load {os.getloadavg()[0]:.1f})"
            )
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
