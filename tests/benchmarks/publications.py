"""How long publications take to be read and set, against bibtexparser's own parse.

`python tests/benchmarks/publications.py`: made-up lists of 4 to 10 000 entries of
about 1 kB, each measured in turn, the fastest of some rounds, imports left out.
"""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections.abc import Callable

import bibtexparser

from cvtex import source
from cvtex.citation import catalogue
from cvtex.model import Basics, PublicationSettings, Text
from cvtex.source.bibtex import read

TARGETS = {4: 0.010, 1000: 0.5, 10_000: 5.0}
"""Seconds that reading and setting so many entries may take."""

WORDS = (
    *("learning", "deep", "model", "of", "the", "for", "neural", "graph", "{BERT}", "data"),
    *("analysis", "robust", "invariant", "don't", "user's", "via", "$\\alpha$", "A--B"),
)
FAMILIES = ("Smith", 'M{\\"u}ller', "Krishna", "García", "O'Brien", "Chen", "{\\L}uk", "Novák")
GIVEN = ("Anna", "Bob", "Carla D.", "Emil", "Shubham", "Jean-Luc")
TYPES = ("article", "inproceedings", "book", "phdthesis")


def bib(count: int) -> str:
    """Return a `.bib` of so many entries."""
    chosen = random.Random(1)
    entries = []
    for number in range(count):
        people = (
            f"{chosen.choice(FAMILIES)}, {chosen.choice(GIVEN)}"
            for _ in range(chosen.randint(1, 6))
        )
        entries.append(
            f"@{TYPES[number % 4]}{{key{number},\n"
            f"  author = {{{' and '.join(people)}}},\n"
            f"  title = {{{' '.join(chosen.choices(WORDS, k=9))}}},\n"
            f"  journal = {{Journal of {chosen.choice(WORDS)}}},\n"
            f"  booktitle = {{Proc. of {chosen.choice(WORDS)}}},\n"
            f"  year = {chosen.randint(1990, 2026)}, month = {chosen.choice(['jan', 'feb'])},\n"
            f"  volume = {{{number % 30}}}, pages = {{{number}--{number + 9}}},\n"
            f"  doi = {{10.1000/{number}}}, url = {{https://example.org/{number}}},\n"
            f"  abstract = {{{' '.join(chosen.choices(WORDS, k=100))}}}\n}}\n"
        )
    return "".join(entries)


def timed(work: Callable[[], object]) -> float:
    """Return the processor's seconds for something."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--style", default="plain")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    settings = PublicationSettings(style=Text(options.style))
    owner, words = Basics(name=Text("Shubham Krishna")), source.words("en")
    catalogue(read(bib(1), "a.bib")[0], settings, owner, words)
    print(f"{'entries':>8} {'read ms':>9} {'set ms':>9} {'parser ms':>9} {'ratio':>6}")
    for count in (4, 100, 1000, 10_000):
        text = bib(count)
        best = [float("inf")] * 3
        for number in range(options.rounds if count < 10_000 else 1):
            publications, problems = read(text, "a.bib")
            assert not problems
            rounds = (
                timed(lambda: read(text + "\n", f"{number}.bib")),  # noqa: B023
                timed(lambda: catalogue(publications, settings, owner, words)),  # noqa: B023
                timed(lambda: bibtexparser.entrypoint.parse_string(text)),  # noqa: B023
            )
            best = [min(pair) for pair in zip(best, rounds, strict=True)]
        reading, setting, parser_alone = best
        whole = reading + setting
        target = TARGETS.get(count)
        verdict = "" if target is None or whole <= target else f"  over {target * 1000:.0f} ms"
        print(
            f"{count:>8} {reading * 1000:>9.1f} {setting * 1000:>9.1f} "
            f"{parser_alone * 1000:>9.1f} {whole / parser_alone:>6.1f}{verdict}"
        )


if __name__ == "__main__":
    main()
