"""Every theme × person: the pages that it has, those it is asked for, and what that takes.

    python tests/fits.py [--themes …] [--people …] [--keep FOLDER] [-o FILE.md]

Of each CV as many pages are asked for as it has, and one less: the table says at which density
it has them, after how many runs of TeX and in how many milliseconds (of a machine that may be
busy; the theme is precompiled), or by how many lines it is too long. The status is 1 where a
CV has more pages than were asked for, or took more than seven runs.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cvtex import pipeline
from cvtex.diagnostics import CvtexError
from cvtex.request import Request
from shared import ROOT

THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))
PEOPLE = sorted(path.name for path in (ROOT / "tests" / "people").iterdir())
HEAD = (
    "| person | theme | pages | asked | density | runs | ms | |\n|---|---|---|---|---|---|---|---|"
)
MOST = 7


@dataclass
class Row:
    """What became of one CV of which pages were asked for."""

    person: str
    theme: str
    pages: int
    asked: int
    density: int | None
    runs: int
    seconds: float
    said: str
    wrong: bool

    def __str__(self) -> str:
        density = "–" if self.density is None else self.density
        return (
            f"| {self.person} | {self.theme} | {self.pages} | {self.asked} | {density} | "
            f"{self.runs} | {self.seconds * 1000:.0f} | {self.said} |"
        )


def fitted(person: str, theme: str, pages: int, asked: int, cv: Path, keep: Path | None) -> Row:
    """Ask for pages of a CV."""
    runs: list[str] = []

    def progress(step: str) -> None:
        if "density" in step:
            runs.append(step)

    request = Request(path=cv, themes=(theme,), fit=asked, public=True)
    began = time.perf_counter()
    try:
        result = pipeline.build(request, progress)
    except CvtexError as failure:
        seconds = time.perf_counter() - began
        message = next(d.message for d in failure.diagnostics)
        lines = re.search(r"has (\d+ lines?) too many", message)
        said = f"{lines[1]} too many" if lines else message
        return Row(person, theme, pages, asked, None, len(runs), seconds, said, not lines)
    seconds = time.perf_counter() - began
    [built] = result.built
    said = "; ".join(d.message for d in result.diagnostics if "last page" in d.message)
    said = re.sub(r".* leaves (\d+%) of its last page empty", r"\1 of the last page is empty", said)
    if keep and built.pdf:
        shutil.copy(built.pdf, keep / f"{person}-{theme}-{asked}.pdf")
    wrong = built.pages > asked or len(runs) > MOST
    return Row(person, theme, pages, asked, built.density, len(runs), seconds, said, wrong)


def rows(themes: list[str], people: list[str], place: Path, keep: Path | None) -> Iterator[Row]:
    """Yield what becomes of each."""
    for person in people:
        cv = place / person
        shutil.copytree(ROOT / "tests" / "people" / person, cv)
        for theme in themes:
            whole = Request(path=cv, themes=(theme,), public=True)
            [built] = pipeline.build(whole).built
            for asked in (built.pages, built.pages - 1):
                if asked:
                    yield fitted(person, theme, built.pages, asked, cv, keep)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--themes", nargs="*", default=THEMES)
    parser.add_argument("--people", nargs="*", default=PEOPLE)
    parser.add_argument("--keep", type=Path, help="put the PDFs there")
    parser.add_argument("-o", "--output", type=Path, help="write the table there, too")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    found = []
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="cvtex-fits-") as scratch:
        for row in rows(options.themes, options.people, Path(scratch), options.keep):
            print(row, flush=True)
            found.append(row)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text("\n".join([HEAD, *map(str, found)]) + "\n")
    sys.exit(any(row.wrong for row in found))


if __name__ == "__main__":
    main()
