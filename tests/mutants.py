"""How many small faults in the code the tests would see: `make mutants`.

A mutant is the code with one thing changed: a comparison, a number, a truth value, an
operator, a condition, a value returned, a call left out (no texts: tables of names are data).
It is killed if a test that runs the changed line fails. Which tests run a line is found out
once, by coverage, for the code as it is (`--map`, kept in `build/mutants/`); then a random
sample of mutants is tried, each with its own tests, cheapest first; a line that only an import
runs is tried with the tests of its module. With `--near` there is no map: a mutant is tried
with the tests without TeX that name its module or lie in its room's folder, which takes
minutes instead of hours and can only count too few as killed. The files are changed in place
and put back: do not work in the tree meanwhile. What was tried is kept in
`build/mutants/tried.jsonl`; a run that was ended goes on from there.

    python tests/mutants.py --count 200 --seed 1
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
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
WHOLE = ("tests/test_kinds.py", "tests/latex/test_golden.py")
"""Tests without TeX that run all of the line."""
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


def near(file: Path) -> list[str]:
    """Return the files of tests that name a module, and those of its room, nearest first."""
    module = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )
    room, _, name = module.rpartition(".")
    named = re.compile(
        rf"\b{re.escape(module)}\b|from {re.escape(room)} import [^\n]*\b{re.escape(name)}\b"
    )
    folder = file.relative_to(PACKAGE).parent
    while not (ROOT / "tests" / folder).is_dir():
        folder = folder.parent
    own = ROOT / "tests" / folder
    found: list[tuple[int, str]] = [(3, test) for test in WHOLE]
    for test in sorted((ROOT / "tests").rglob("test_*.py")):
        text = test.read_text(encoding="utf-8")
        place = test.relative_to(ROOT).as_posix()
        if test.stem == f"test_{file.stem}" and test.parent == own:
            found.append((0, place))
        elif named.search(text):
            found.append((1, place))
        elif own != ROOT / "tests" and test.is_relative_to(own):
            found.append((2, place))
    return list(dict.fromkeys(place for _, place in sorted(found)))


def tried(mutant: Mutant, tests: list[str], options: Sequence[str] = ()) -> bool:
    """Tell whether one of the tests fails with the mutant in place."""
    original, state = mutant.file.read_bytes(), mutant.file.stat()
    lines = original.splitlines(keepends=True)
    line = lines[mutant.line - 1]
    lines[mutant.line - 1] = line[: mutant.start] + mutant.new.encode() + line[mutant.end :]
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        mutant.file.write_bytes(b"".join(lines))
        done = subprocess.run(
            [*command, *options, *tests],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            timeout=LONGEST * 3,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"{mutant}: stopped after {LONGEST * 3} seconds, and counted as killed", flush=True)
        return True
    finally:
        mutant.file.write_bytes(original)
        os.utime(mutant.file, ns=(state.st_atime_ns, state.st_mtime_ns))  # its bytecode is good
    return done.returncode != 0


def chosen(mutant: Mutant, ran: Mapping[int, set[str]], cost: Mapping[str, float]) -> list[str]:
    """Return the tests that run a mutant's line, cheapest first, as many as `LONGEST` allows."""
    there = ran.get(mutant.line) or set().union(*ran.values())
    budget = float(LONGEST)
    found: list[str] = []
    for test in sorted(there, key=lambda test: cost.get(test, 1.0)):
        budget -= cost.get(test, 1.0)
        if budget < 0 and found:
            break
        found.append(test)
    return found


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which sample of them")
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    parser.add_argument("--map", action="store_true", help="find out anew which tests run a line")
    parser.add_argument("--near", action="store_true", help="the nearest tests without TeX, no map")
    parser.add_argument("--again", action="store_true", help="try all that survived once more")
    parser.add_argument("options", nargs="*", help="options of pytest for --map")
    return parser.parse_args()


def known(file: Path, again: bool) -> dict[str, bool]:
    """Return which mutants were tried already, and whether they were killed."""
    found = {}
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        mutant, is_killed = json.loads(line)
        found[mutant] = is_killed
    return {mutant: is_killed for mutant, is_killed in found.items() if is_killed or not again}


def main() -> None:
    """Try a sample of mutants, print those that no test kills, and the share that was killed."""
    given = arguments()
    KEPT.mkdir(parents=True, exist_ok=True)
    data, cost = coverage.CoverageData(str(KEPT / "coverage.data")), {}
    if not given.near:
        if given.map or not (KEPT / "coverage.data").is_file():
            mapped(given.options)
        data.read()
        cost = durations()
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if given.only in file.as_posix()]
    every = [mutant for file in files for mutant in mutants(file)]
    sample = random.Random(given.seed).sample(every, min(given.count, len(every)))
    results = known(KEPT / "tried.jsonl", given.again)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "src", "tests"], cwd=ROOT, check=True)
    lines: dict[Path, dict[int, set[str]]] = {}
    begun = time.monotonic()
    for number, mutant in enumerate(sample, 1):
        key = f"{mutant}  @{mutant.start}"
        if key not in results:
            if given.near:
                tests, options = near(mutant.file), ["-m", "not tex"]
            else:
                if mutant.file not in lines:
                    lines[mutant.file] = tests_by_line(mutant.file, data)
                tests, options = chosen(mutant, lines[mutant.file], cost), []
            results[key] = bool(tests) and tried(mutant, tests, options)
            with (KEPT / "tried.jsonl").open("a", encoding="utf-8") as record:
                record.write(json.dumps([key, results[key]]) + "\n")
            if not results[key]:
                print(f"{mutant}{'' if tests else '  (no test runs this line)'}", flush=True)
        if number % 20 == 0:
            print(f"{number} of {len(sample)} tried", file=sys.stderr, flush=True)
    killed = sum(results[f"{mutant}  @{mutant.start}"] for mutant in sample)
    share = killed / len(sample) if sample else 1.0
    spent = time.monotonic() - begun
    print(
        f"{killed} of {len(sample)} mutants killed: {share:.0%}; {len(every)} in all, {spent:.0f} s"
    )


if __name__ == "__main__":
    main()
