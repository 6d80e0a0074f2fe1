"""`make bench`: what a face costs beside Latin Modern, by processor time and by the clock.

    python tests/benchmarks/faces.py [--rounds 8] [--theme classic] [--engine pdflatex] [--first 3]

`first` is the first build with a face by a user who has built in Latin Modern before; `changed` a
build after one change of the data, the faces by turns, and of each the median. A ratio is of
processor time, cvtex and TeX together, as that of the clock says more about what else runs. Then
the same of justified text, which hangs its marks into the margin, beside ragged text. The status
is 1 where a changed build takes more than `MOST` of one in Latin Modern.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import get_args

from cvtex.latex.typefaces import TYPEFACES, Known
from cvtex.toolchain.fonts import sources

ROOT = Path(__file__).resolve().parents[2]
MOST = 1.5
PLAIN = "lmodern"


class Desk:
    """A project, and builds of it with a cache of its own."""

    def __init__(self, place: Path, theme: str, engine: str) -> None:
        self.cache, self.theme, self.edits = place / "cache", theme, 0
        self.project = place / "cv"
        source = ROOT / "tests" / "people" / "engineer"
        shutil.copytree(source, self.project, ignore=shutil.ignore_patterns("build"))
        self.command = [sys.executable, "-m", "cvtex", "build", ".", "--theme", theme]
        self.command += ["--toolchain", "latexmk", "--engine", engine]

    def build(self, cache: Path | None = None, **options: str) -> tuple[float, float]:
        """Return the seconds of processor time and of the clock of a build after a change."""
        self.edits += 1
        more = [f"meta.themes.{self.theme}.{name}={value}" for name, value in options.items()]
        more.append(f"basics.label=Engineer {self.edits}")
        command = [*self.command, *(part for one in more for part in ("--set", one))]
        environ = {**os.environ, "XDG_CACHE_HOME": str(cache or self.cache)}
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            command, cwd=self.project, env=environ, check=True, stdout=subprocess.DEVNULL
        )
        clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return used, clock


def first(desk: Desk, face: str, turns: int, place: Path) -> tuple[float, float]:
    """Return the medians of first builds with a face, each with a copy of the cache."""
    found = []
    for _ in range(turns):
        cache = place / "first"
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(desk.cache, cache, symlinks=True)
        found.append(desk.build(cache, font=face))
    processor, clock = zip(*found, strict=True)
    return statistics.median(processor), statistics.median(clock)


def is_here(face: Known) -> bool:
    """Tell whether the files of a face are on this machine."""
    family = TYPEFACES[face].family
    carried = family.carried if family else ""
    return not (family and carried) or all(sources.find(carried, name) for name in family.files)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--first", type=int, default=3, help="turns of the first use; 0 for none")
    parser.add_argument("--theme", default="classic")
    parser.add_argument("--engine", default="pdflatex")
    parser.add_argument("--faces", nargs="*", default=get_args(Known))
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as for a user
    with tempfile.TemporaryDirectory(prefix="cvtex-bench-") as scratch:
        place = Path(scratch)
        desk = Desk(place, options.theme, options.engine)
        for _ in range(2):
            desk.build(font=PLAIN)
        faces = [face for face in options.faces if face != PLAIN and is_here(face)]
        load = os.getloadavg()[0]
        firsts = {face: first(desk, face, options.first, place) for face in faces if options.first}
        asked = {face: {"font": face} for face in (PLAIN, *faces)}
        asked |= {"ragged": {"justified": "false"}, "justified": {"justified": "true"}}
        samples: dict[str, list[float]] = {}
        for turn in range(options.rounds + 2):
            for name, own in asked.items():
                used, _ = desk.build(**own)
                if turn > 1:  # the first ones make and unpack a format
                    samples.setdefault(name, []).append(used)
    medians = {name: statistics.median(values) for name, values in samples.items()}
    print(
        f"theme {options.theme}, {options.engine}, {options.rounds} rounds by turns, "
        f"load {load:.1f} to {os.getloadavg()[0]:.1f}"
    )
    print(f"{'face':<14}{'first, s':>10}{'by clock':>10}{'changed, ms':>13}{'/ lmodern':>11}")
    if absent := [face for face in options.faces if face not in (PLAIN, *faces)]:
        print(f"not here: {', '.join(absent)}")
    for face in (PLAIN, *faces):
        told = [f"{value:.2f}" for value in firsts.get(face, ())] or ["", ""]
        ratio = medians[face] / medians[PLAIN]
        print(f"{face:<14}{told[0]:>10}{told[1]:>10}{medians[face] * 1000:>13.0f}{ratio:>11.2f}")
    ratio = medians["justified"] / medians["ragged"]
    print(f"justified / ragged: {ratio:.3f}")
    return int(any(medians[face] > MOST * medians[PLAIN] for face in faces))


if __name__ == "__main__":
    sys.exit(main())
