"""Which tests run which line of the code, by coverage: a plugin of pytest, and what it found.

Kept in a folder: `coverage.data`, with the name of a test as the context of each line it ran, in
its own process or in one it started; and `tests.json`, with the seconds of each test that passed
and whether it needs TeX.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import coverage
import pytest

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
    """Run the tests that `options` of pytest ask for, and add what they run to the map."""
    kept.mkdir(parents=True, exist_ok=True)
    settings = kept / "coveragerc"
    settings.write_text(SETTINGS % (kept / "coverage.data"))
    coverage_ = [sys.executable, "-m", "coverage"]
    environment = os.environ | {
        "PYTHONPATH": f"{tree / 'src'}:{tree / 'tests'}",
        "CVTEX_MUTANT_MAP": str(kept / "tests.json"),
        "CI": "1",  # the same inputs of property tests each time
    }
    subprocess.run(
        [*coverage_, "run", f"--rcfile={settings}", "-m", "pytest", "-q", "-p", "mutation.reached",
         *options],
        cwd=tree, env=environment, check=False,
    )  # fmt: skip
    subprocess.run(
        [*coverage_, "combine", "--append", f"--rcfile={settings}", "--quiet"],
        cwd=tree, env=environment, check=True,
    )  # fmt: skip


class Reach:
    """What was measured: the tests that run a line of a module."""

    def __init__(self, kept: Path) -> None:
        self.tests = {n: Test(*t) for n, t in json.loads((kept / "tests.json").read_text()).items()}
        self.data = coverage.CoverageData(str(kept / "coverage.data"))
        self.data.read()
        self.known: dict[Path, dict[int, set[str]]] = {}

    def by_line(self, file: Path) -> dict[int, set[str]]:
        """Return the tests that passed and run each line of a module."""
        if file not in self.known:
            found = self.known[file] = {}
            for line, contexts in self.data.contexts_by_lineno(str(file)).items():
                # a static context, of a program that a test ran, ends with the step ("… (call)")
                names = {p.rpartition(" (")[0] or p for c in contexts for p in c.split("|")}
                found[line] = names & self.tests.keys()
        return self.known[file]
