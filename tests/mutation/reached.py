"""Which tests run which line of the code, by coverage: a plugin of pytest, and what it found.

Kept in a folder for each time it was measured: `coverage.data`, with the name of a test as the
context of each line it ran, in its own process or in one it started; `tests.json`, with the seconds
of each test that passed and whether it needs TeX; and the code as it was, `src/`, from which lines
that have moved since are found again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

import coverage
import pytest
from coverage import CoverageData

SETTINGS = """[run]
source = cvtex
branch = false
parallel = true
patch = subprocess, _exit
context = ${PYTEST_CURRENT_TEST-}
data_file = %s
disable_warnings = module-not-imported, no-data-collected
"""


class Test(NamedTuple):
    """How long a test takes, and whether it runs a TeX engine."""

    seconds: float
    is_tex: bool


class Plugin:
    """Tells coverage which test is running, and keeps how long each took.

    With `CVTEX_MUTANT_TESTS`, a file of names, only those run, in that order; the name of the first
    that fails is written beside it.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.others: set[str] = set()
        self.tex: set[str] = set()
        self.file = os.environ.get("CVTEX_MUTANT_TESTS")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if measuring := coverage.Coverage.current():
            measuring.switch_context(item.nodeid)
        return (yield)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.file:
            place = {name: n for n, name in enumerate(Path(self.file).read_text().splitlines())}
            items[:] = sorted(
                (item for item in items if item.nodeid in place),
                key=lambda item: place[item.nodeid],
            )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid
        self.seconds[name] = self.seconds.get(name, 0.0) + report.duration
        if not report.passed:
            self.others.add(name)
            if self.file and report.failed:
                Path(self.file).with_suffix(".failed").write_text(name)
        if "tex" in report.keywords:
            self.tex.add(name)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        kept = os.environ.get("CVTEX_MUTANT_MAP")
        if kept and not hasattr(session.config, "workerinput"):
            found = {
                name: [round(seconds, 3), name in self.tex]
                for name, seconds in self.seconds.items()
                if name not in self.others
            }
            file = Path(kept)
            before = json.loads(file.read_text()) if file.is_file() else {}
            file.write_text(json.dumps(before | found))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Plugin())


def measure(tree: Path, kept: Path, options: Sequence[str]) -> None:
    """Run the tests that `options` of pytest ask for, and keep what they run, with the code."""
    place = kept / "maps" / str(len(list(kept.glob("maps/*"))) + 1)
    place.mkdir(parents=True)
    shutil.copytree(tree / "src", place / "src")
    settings = place / "coveragerc"
    settings.write_text(SETTINGS % (place / "coverage.data"))
    coverage_ = [sys.executable, "-m", "coverage"]
    environment = os.environ | {
        "PYTHONPATH": f"{tree / 'src'}:{tree / 'tests'}",
        "CVTEX_MUTANT_MAP": str(place / "tests.json"),
        "CI": "1",  # the same inputs of property tests each time
    }
    subprocess.run(
        [*coverage_, "run", f"--rcfile={settings}", "-m", "pytest", "-q", "-p", "mutation.reached",
         *options],
        cwd=tree, env=environment, check=False,
    )  # fmt: skip
    subprocess.run(
        [*coverage_, "combine", f"--rcfile={settings}", "--quiet"],
        cwd=tree, env=environment, check=True,
    )  # fmt: skip


class Reach:
    """What was measured: the tests that run a line of a module, as the module is now."""

    def __init__(self, tree: Path, kept: Path) -> None:
        self.tree = tree
        maps = sorted((kept / "maps").iterdir(), key=lambda place: int(place.name))
        measured = [json.loads((place / "tests.json").read_text()) for place in maps]
        self.tests = {n: Test(*told) for tests in measured for n, told in tests.items()}
        self.data = {place: CoverageData(str(place / "coverage.data")) for place in maps}
        for data in self.data.values():
            data.read()

    @cache  # noqa: B019
    def by_line(self, module: Path) -> dict[int, set[str]]:
        """Return the tests that passed and run each line of a module, `src/cvtex/….py`.

        Of a line that is not there nothing is known; one that no test runs has none.
        """
        found: dict[int, set[str]] = {}
        now = (self.tree / module).read_text("utf-8").splitlines()
        for place, data in self.data.items():
            before = _before(module, now, place)
            old = (place / before).read_text("utf-8").splitlines()
            ran = data.contexts_by_lineno(str(self.tree / before))
            for begun, at, length in SequenceMatcher(None, old, now, False).get_matching_blocks():
                for n in range(1, length + 1):
                    # a context of a program that a test ran ends with the step ("… (call)")
                    parts = (p for context in ran.get(begun + n, ()) for p in context.split("|"))
                    names = {part.rpartition(" (")[0] or part for part in parts}
                    found.setdefault(at + n, set()).update(names & self.tests.keys())
        return found


def _before(module: Path, now: list[str], place: Path) -> Path:
    """Return what a module was when a map was made: the one with most of its lines."""
    if (place / module).is_file():
        return module
    lines = {line for line in now if line.strip()}
    files = sorted((place / "src" / "cvtex").rglob("*.py"))
    most = max(files, key=lambda file: len(lines & set(file.read_text("utf-8").splitlines())))
    return most.relative_to(place)
