"""How many small faults in the code the tests would see: `make mutants`.

A mutant is the code with one thing changed: a comparison, a number, a truth value, an
operator, a condition, a value returned, a call left out (no texts: tables of names are data).
It is killed if a test that runs the changed line fails. Which tests run a line is found out
once, by coverage, for the code as it is (`--map`, kept in `build/mutants/`); then a random
sample of mutants is tried, each with its own tests, cheapest first; a line that only an import
runs is tried with the tests of its module. The files are changed in place and put back: do
not work in the tree meanwhile.

    python tests/mutants.py --count 200 --seed 1
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "cvtex"
KEPT = ROOT / "build" / "mutants"
SETTINGS = """[run]
source = cvtex
branch = false
parallel = true
patch = subprocess, _exit
context = ${PYTEST_CURRENT_TEST-}
data_file = %s
disable_warnings = module-not-imported, no-data-collected
"""
DECLARED = {"__all__", "__slots__"}
LONGEST = 180
"""Seconds of tests that one mutant is given; the dearest of its tests are left out beyond that."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REPLACED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A file, the place of what is changed in it (line and columns from 1 and 0), its new text."""

    file: Path
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        place = f"{self.file.relative_to(ROOT).as_posix()}:{self.line}"
        return f"{place}: {self.old} -> {self.new}"


def mutants(file: Path) -> Iterator[Mutant]:
    """Yield the mutants of a file: all that stand on one line, outside types and docstrings."""
    text = file.read_text(encoding="utf-8")
    lines = text.encode().splitlines()

    def made(node: ast.expr | ast.stmt, new: str) -> Iterator[Mutant]:
        if node.lineno == node.end_lineno and node.end_col_offset is not None:
            old = lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode()
            if old != new:
                yield Mutant(file, node.lineno, node.col_offset, node.end_col_offset, old, new)

    for node in _code(ast.parse(text)):
        match node:
            case ast.Compare(left, [op], [right]) if type(op) in COMPARED:
                yield from made(
                    node, ast.unparse(ast.Compare(left, [COMPARED[type(op)]()], [right]))
                )
            case ast.BoolOp(op, values):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield from made(node, f"({ast.unparse(ast.BoolOp(other, values))})")
            case ast.UnaryOp(ast.Not(), operand):
                yield from made(node, f"({ast.unparse(operand)})")
            case ast.BinOp(left, op, right) if type(op) in REPLACED:
                new = ast.BinOp(left, REPLACED[type(op)](), right)
                yield from made(node, f"({ast.unparse(new)})")
            case ast.Constant(bool() as value):
                yield from made(node, repr(not value))
            case ast.Constant(int() as value):
                yield from made(node, repr(value + 1))
            case ast.If(test) | ast.IfExp(test) | ast.While(test):
                yield from made(test, f"(not ({ast.unparse(test)}))")
            case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
                yield from made(value, "None")
            case ast.Expr(ast.Call()):
                yield from made(node, "pass")
            case ast.Break():
                yield from made(node, "continue")
            case ast.Continue():
                yield from made(node, "break")


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run and matter: no annotation, docstring, name of a slot or import."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_comment", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) in DECLARED:
                continue
            yield child
            yield from _code(child)


class Contexts:
    """The pytest plugin that tells coverage which test is running."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        measuring = coverage.Coverage.current()
        if measuring:
            measuring.switch_context(item.nodeid)
        return (yield)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Contexts())


def mapped(options: list[str]) -> None:
    """Run all tests once, and keep which of them run which line, and how long each takes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("coverage*"):
        old.unlink()
    settings = KEPT / "coveragerc"
    settings.write_text(SETTINGS % (KEPT / "coverage.data"))
    command = ["coverage", "run", f"--rcfile={settings}", "-m", "pytest", "-q", "-p", "mutants"]
    times = KEPT / "times.xml"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    report = ["-o", "junit_family=xunit1", "--junit-xml", str(times)]
    subprocess.run(
        [sys.executable, "-m", *command, *report, *options],
        cwd=ROOT, env=environment, check=False,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "coverage", "combine", f"--rcfile={settings}", "--quiet"],
        cwd=ROOT, check=True,
    )  # fmt: skip


def durations() -> dict[str, float]:
    """Return how long each test took, by its node ID."""
    from xml.etree import ElementTree  # our own file

    found = {}
    for case in ElementTree.parse(KEPT / "times.xml").iter("testcase"):
        found[f"{case.get('file')}::{case.get('name')}"] = float(case.get("time") or 0)
    return found


def tests_by_line(file: Path, data: coverage.CoverageData) -> dict[int, set[str]]:
    """Return the IDs of the tests that run each line of a file."""
    found = {}
    for line, contexts in data.contexts_by_lineno(str(file)).items():
        # a static context, of a program that a test ran, ends with the step ("… (call)")
        ids = {part.rpartition(" (")[0] or part for one in contexts for part in one.split("|")}
        found[line] = ids - {""}
    return found


def tried(mutant: Mutant, tests: list[str]) -> bool:
    """Tell whether one of the tests fails with the mutant in place."""
    original = mutant.file.read_bytes()
    lines = original.splitlines(keepends=True)
    line = lines[mutant.line - 1]
    lines[mutant.line - 1] = line[: mutant.start] + mutant.new.encode() + line[mutant.end :]
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        mutant.file.write_bytes(b"".join(lines))
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            timeout=LONGEST * 3,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        mutant.file.write_bytes(original)
    return done.returncode != 0


def main() -> None:
    """Try a sample of mutants, print those that no test kills, and the share that was killed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which sample of them")
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    parser.add_argument("--map", action="store_true", help="find out anew which tests run a line")
    parser.add_argument("options", nargs="*", help="options of pytest for --map")
    given = parser.parse_args()
    if given.map or not (KEPT / "coverage.data").is_file():
        mapped(given.options)
    data = coverage.CoverageData(str(KEPT / "coverage.data"))
    data.read()
    cost = durations()
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if given.only in file.as_posix()]
    every = [mutant for file in files for mutant in mutants(file)]
    sample = random.Random(given.seed).sample(every, min(given.count, len(every)))
    killed, survivors = 0, []
    lines: dict[Path, dict[int, set[str]]] = {}
    begun = time.monotonic()
    for number, mutant in enumerate(sample, 1):
        if mutant.file not in lines:
            lines[mutant.file] = tests_by_line(mutant.file, data)
        ran = lines[mutant.file]
        there = ran.get(mutant.line) or set().union(*ran.values())
        ids = sorted(there, key=lambda one: cost.get(one, 1.0))
        budget, chosen = LONGEST, []
        for one in ids:
            budget -= cost.get(one, 1.0)
            if budget < 0 and chosen:
                break
            chosen.append(one)
        if chosen and tried(mutant, chosen):
            killed += 1
        else:
            survivors.append(f"{mutant}{'' if chosen else '  (no test runs this line)'}")
            print(survivors[-1], flush=True)
        if number % 20 == 0:
            print(f"{number} of {len(sample)}, {killed} killed", file=sys.stderr, flush=True)
    report = {"tried": len(sample), "of": len(every), "killed": killed, "survivors": survivors}
    (KEPT / "report.json").write_text(json.dumps(report, indent=1))
    share = killed / len(sample) if sample else 1.0
    spent = time.monotonic() - begun
    print(
        f"{killed} of {len(sample)} mutants killed: {share:.0%}; {len(every)} in all, {spent:.0f} s"
    )


if __name__ == "__main__":
    main()
