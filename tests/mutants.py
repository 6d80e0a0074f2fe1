"""How many small faults in the code the tests would see: `make mutants`.

A mutant is the code with one thing changed (`mutation/operators.py`). It is killed if a test that
runs the changed line fails. Which tests run a line is found out once, by coverage, for the code as
it is (`mutation/reached.py`); then a random sample of mutants is tried, each with its own tests,
cheapest first. All runs in copies of the tree (`mutation/place.py`), with a home, a cache and a
folder for temporary files of their own: mutants may write anywhere. A test that fails with a mutant
must pass without it, in the same place, or it counts for nothing.

All is kept in `build/mutants/`: the map, the tests that a run may trust, and in `tried.jsonl` what
was tried, so that a run that was ended goes on from there.

    python tests/mutants.py --map -- -m 'not tex'    # the map of the tests without TeX
    python tests/mutants.py --map -- tests/contract  # more tests, or changed ones, added to it
    python tests/mutants.py --count 200 --seed 1     # a sample of 200 mutants
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from zlib import crc32

from mutation.operators import Change, changes
from mutation.place import Place
from mutation.reached import Reach, measure

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src") / "cvtex"
KEPT = ROOT / "build" / "mutants"


@dataclass(frozen=True)
class Mutant:
    """A module, from the root of the repository, and what is changed in it."""

    module: Path
    change: Change

    def __str__(self) -> str:
        change = self.change
        return f"{self.module.as_posix()}:{change.line}: {change.old} -> {change.new}"


def mutants(only: str) -> list[Mutant]:
    """Return all mutants of the modules whose path holds a text."""
    modules = (file.relative_to(ROOT) for file in sorted((ROOT / PACKAGE).rglob("*.py")))
    return [
        Mutant(module, change)
        for module in modules
        if only in module.as_posix()
        for change in changes((ROOT / module).read_bytes())
    ]


def chosen(mutant: Mutant, reach: Reach, budget: float) -> list[str]:
    """Return the tests that run a mutant's line, in the order they are worth their time.

    What only an import runs may matter to each test that runs code of its module. Of a test with
    many inputs a few come first; what goes beyond the budget, in seconds, is left out.
    """
    lines = reach.by_line(mutant.module)
    change = mutant.change
    if change.in_function and change.line in lines:
        statement = range(change.begin, change.line + 1)
        there = lines[change.line] or set[str]().union(*(lines.get(n, ()) for n in statement))
    else:
        there = set[str]().union(*lines.values())
    of_function: Counter[str] = Counter()
    ranked = []
    for name in sorted(there, key=lambda name: (reach.tests[name].seconds, name)):
        function = name.partition("[")[0]
        of_function[function] += 1
        seconds = reach.tests[name].seconds
        ranked.append(((seconds + 0.01) * of_function[function], name))
    found: list[str] = []
    for _, name in sorted(ranked):
        budget -= reach.tests[name].seconds
        if budget < 0 and found:
            break
        found.append(name)
    return found


def outcome(mutant: Mutant, place: Place, reach: Reach, budget: float) -> str:
    """Return by what a mutant was killed, or why it survived, in a few words."""
    tests = chosen(mutant, reach, budget)
    if not tests:
        return "survived: no test runs this line"
    file = place.tree / mutant.module
    original = file.read_bytes()
    while tests:
        with place.changed(file, mutant.change.applied(original)):
            failed = place.run(tests, budget * 4 + 60)
        if failed is None:
            break
        if failed not in tests:
            return f"killed: {failed}"  # no test could be read, or it took too long
        if place.is_sound(failed):
            kind = "with TeX" if reach.tests[failed].is_tex else "without TeX"
            return f"killed: {kind}: {failed}"
        tests = tests[tests.index(failed) + 1 :]
    return f"survived: {len(tests)} tests"


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=0, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which sample of them")
    parser.add_argument("--only", default="", help="only modules whose path holds this text")
    parser.add_argument("--map", action="store_true", help="find out which tests run a line")
    parser.add_argument("--again", action="store_true", help="try all that survived once more")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at once")
    parser.add_argument("--seconds", type=float, default=60, help="of tests, for one mutant")
    parser.add_argument("options", nargs="*", help="options of pytest for --map")
    return parser.parse_args()


def known(file: Path, again: bool) -> dict[str, str]:
    """Return what became of the mutants that were tried already."""
    found = {}
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        mutant, result = json.loads(line)
        found[mutant] = result
    return {m: result for m, result in found.items() if not again or result.startswith("killed")}


def tried(sample: list[Mutant], given: argparse.Namespace) -> Iterator[tuple[Mutant, str]]:
    """Yield what becomes of each mutant of a sample; what is known already is not tried again."""
    reach, record = Reach(KEPT / "tree", KEPT), KEPT / "tried.jsonl"
    results, lock, places = known(record, given.again), threading.Lock(), Queue[Place]()
    for number in range(given.jobs):
        places.put(Place(KEPT, KEPT / f"tree.{number}", KEPT / "tree"))

    def result(mutant: Mutant) -> tuple[Mutant, str]:
        text = (ROOT / mutant.module).read_bytes()
        key = f"{mutant} @{mutant.change.start} of {crc32(text):x}"
        if key in results:
            return mutant, results[key]
        place = places.get()
        try:
            found = outcome(mutant, place, reach, given.seconds)
        finally:
            places.put(place)
        with lock, record.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, found]) + "\n")
        return mutant, found

    with ThreadPoolExecutor(given.jobs) as pool:
        yield from pool.map(result, sample)
    for place in places.queue:
        place.end()


def main() -> None:
    """Make the map, or try a sample, print what no test kills, and the share that was killed."""
    given = arguments()
    begun = time.monotonic()
    KEPT.mkdir(parents=True, exist_ok=True)
    Place.fill(ROOT, KEPT / "tree")
    if given.map or not (KEPT / "maps").is_dir():
        measure(KEPT / "tree", KEPT, given.options)
    every = mutants(given.only)
    sample = random.Random(given.seed).sample(every, min(given.count, len(every)))
    found: Counter[str] = Counter()
    for number, (mutant, result) in enumerate(tried(sample, given) if sample else (), 1):
        kind, _, reason = result.partition(": ")
        found[kind if kind == "survived" else reason.partition(": ")[0]] += 1
        if kind == "survived":
            print(f"{mutant}  ({reason})", flush=True)
        if number % 20 == 0:
            print(f"{number} of {len(sample)} tried", file=sys.stderr, flush=True)
    if sample:
        killed = len(sample) - found["survived"]
        ways = ", ".join(f"{n} {way}" for way, n in sorted(found.items()) if way != "survived")
        print(f"{killed} of {len(sample)} mutants killed: {killed / len(sample):.0%} ({ways});")
        print(f"{len(every)} in all; seed {given.seed}; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
