"""Where pages end: a long CV of records of every length, its lines read back by place.

Every word says what it belongs to: `q12p3w4` is the fourth word of part 3 of record 12;
part 0 is the record's head, `s5t` a word of the title of section 5, or of an employer
above several positions.
"""

from __future__ import annotations

import itertools
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex.latex import themes

WHOLE = 7
"""Records of so many lines are not divided, whatever the theme's type."""
EMPTY = 0.3
"""What of a page's height may be left empty at its foot."""
BODIES = ("banking", "casual", "oldstyle", "fancy")
"""The styles of moderncv, one for each of the class's ways to set entries."""
CHOICES: list[tuple[str, tuple[str, ...]]] = [
    (name, ()) for name in sorted(themes.themes(None)) if name != "moderncv"
]
CHOICES += [("moderncv", (f"meta.themes.moderncv.style={style}",)) for style in BODIES]
CHOICES += [
    (name, tuple(f"meta.themes.{name}.{option}" for option in ("fontSize=12pt", "paper=letter")))
    for name in ("classic", "linear")
]


@dataclass(frozen=True)
class Line:
    """A line of one part of a record, or of a title: which page it is on, and where there."""

    page: int
    bottom: float


def words(record: str, part: int, count: int, dice: random.Random) -> str:
    return " ".join(f"{record}p{part}w{n}{'x' * dice.randrange(7)}" for n in range(count))


def cv(seed: int, sections: int) -> dict[str, Any]:
    """Return a CV whose records have from none to nine bullets, of one to eight lines."""
    dice = random.Random(seed)
    numbers, titles = itertools.count(), itertools.count(1000)
    data: dict[str, Any] = {"basics": {"name": "Ada Pages"}}

    def record(kind: str) -> dict[str, Any]:
        q = f"q{next(numbers)}"
        head = {"name": words(q, 0, 2, dice), "startDate": "2020-01", "endDate": "2020-02"}
        if kind == "work":
            head["position"] = words(q, 0, 2, dice)
            if dice.random() < 0.5:
                head["team"] = words(q, 0, 3, dice)
        parts = dice.choice((0, 1, 2, 2, 3, 3, 4, 5, 7, 9))
        texts = [
            words(q, part + 1, dice.choice((4, 6, 9, 20, 40, 60)), dice) for part in range(parts)
        ]
        if texts and dice.random() < 0.3:
            head["summary" if kind == "work" else "description"] = texts.pop(0)
        return {**head, "highlights": texts}

    def employer() -> dict[str, Any]:
        roles = [record("work") for _ in range(dice.randrange(1, 4))]
        names = [role.pop("name") for role in roles]
        for role, name in zip(roles, names, strict=True):
            role["position"] = name
        return {"name": f"s{next(titles)}t Company", "positions": roles}

    def line() -> dict[str, Any]:
        q = f"q{next(numbers)}"
        text = words(q, 1, dice.choice((4, 15, 30, 50)), dice)
        return {"name": text}

    for n in range(sections):
        kind = dice.choice(("work", "work", "projects", "publications"))
        count = dice.randrange(1, 6)
        entries = [line() if kind == "publications" else record(kind) for _ in range(count)]
        if kind == "work":
            entries.insert(1, employer())
        data[f"part-{n}"] = {"title": f"s{n}t Part", "kind": kind, "entries": entries}
    return data


def lines(pdf: Path) -> Iterator[tuple[str, int, Line]]:
    """Yield the lines of each part: `q12` or `s5`, the part's number, where it is."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True)
    page = 0
    seen: dict[tuple[str, int], list[Line]] = {}
    for row in done.stdout.decode().splitlines():
        page += "<page " in row
        found = re.search(r'yMax="([\d.]+)">\W*(?:(q\d+)p(\d+)w|(s\d+)t)', row, re.IGNORECASE)
        if found:
            line = Line(page, float(found[1]))
            key = (found[2] or found[4]).lower(), int(found[3] or 0)
            of_part = seen.setdefault(key, [])
            if all(
                line.page != other.page or abs(line.bottom - other.bottom) > 5 for other in of_part
            ):
                of_part.append(line)
    for (what, part), of_part in seen.items():
        yield from ((what, part, line) for line in of_part)


def faults(pdf: Path) -> Iterator[str]:
    """Yield what is wrong with where the pages end."""
    records: dict[str, dict[int, list[Line]]] = {}
    for what, part, line in lines(pdf):
        records.setdefault(what, {}).setdefault(part, []).append(line)
    following = None
    for what, parts in sorted(records.items(), key=lambda item: place(*item)):
        pages = sorted({line.page for of_part in parts.values() for line in of_part})
        if following and following not in pages:
            yield f"{what} does not begin on page {following}, on which its title stands"
        # one that is a single bullet may be divided where its title would go with it
        counts = bool(0 in parts or not following)
        following = pages[0] if what.startswith("s") else None
        count = sum(len(of_part) for of_part in parts.values())
        if count <= WHOLE and counts and len(pages) > 1:
            yield f"{what}, of {count} lines, is divided after page {pages[0]}"
        if len({line.page for line in parts.get(0, ())}) > 1:
            yield f"the head of {what} is divided after page {pages[0]}"
        if 0 in parts and 1 in parts and parts[0][-1].page != parts[1][0].page:
            yield f"the head of {what} stands alone at the foot of page {pages[0]}"
        for part, of_part in parts.items():
            on = [line.page for line in of_part]
            if len(set(on)) > 1 and min(on.count(page) for page in set(on)) < 2:
                yield f"part {part} of {what} leaves one line on page {on[0]} or the next"
        last = sum(o.page == pages[-1] for p in parts.values() for o in p)
        if len(pages) > 1 and last < 2:
            yield f"one line of {what} stands alone on page {pages[-1]}"
    everything = [
        line for parts in records.values() for of_part in parts.values() for line in of_part
    ]
    top, bottom = min(o.bottom for o in everything), max(o.bottom for o in everything)
    for page in range(1, max(o.page for o in everything)):
        empty = bottom - max(o.bottom for o in everything if o.page == page)
        if empty > EMPTY * (bottom - top):
            yield f"page {page} is left empty by {empty / (bottom - top):.0%}"


def place(what: str, parts: dict[int, list[Line]]) -> tuple[int, float]:
    """Return where a record begins; a title may stand beside its first line."""
    first = parts[min(parts)][0]
    return first.page, first.bottom - 8 * what.startswith("s")


@pytest.mark.tex
@pytest.mark.parametrize(("name", "overrides"), CHOICES)
def test_where_pages_end(name: str, overrides: tuple[str, ...], cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = tmp_path / "cv.yaml"
    data.write_text(yaml.safe_dump(cv(seed=4, sections=60), sort_keys=False), encoding="utf-8")
    pdf = tmp_path / "cv.pdf"
    sets = [word for value in overrides for word in ("--set", value)]
    done = cvtex(
        "build", data, "--theme", name, "--engine", "pdflatex", "--toolchain", "latexmk",
        *sets, "-o", pdf,
    )  # fmt: skip
    assert done.status == 0, done.err
    assert list(faults(pdf)) == []


@pytest.mark.tex
@pytest.mark.parametrize(
    ("name", "lines"), [("linear", 44), ("sidebar", 43), ("columns", 43), ("moderncv", 44)]
)
def test_what_is_said_of_all_publications_stands_above_one(  # type: ignore[no-untyped-def]
    name: str, lines: int, cvtex, tmp_path: Path
) -> None:
    """The title, the counts and the group's title would just have room at the page's foot."""
    paper = {"type": "article", "name": "paper " * 60, "releaseDate": "2019"}
    resume = {
        "basics": {"name": "Ada"},
        "skills": [{"name": "Tools", "keywords": ["Git"]}],
        "work": [{"name": "Mills", "startDate": "2020", "highlights": ["one line"] * lines}],
        "publications": [paper] * 4,
        "meta": {
            "publications": {"groupBy": "type", "metrics": {"hIndex": 7}},
            "themes": {"columns": {"sideSections": ["skills"]}},
        },
    }
    data, pdf = tmp_path / "cv.yaml", tmp_path / "cv.pdf"
    data.write_text(yaml.safe_dump(resume), encoding="utf-8")
    done = cvtex("build", data, "--theme", name, "--engine", "pdflatex", "-o", pdf)
    assert done.status == 0, done.err
    read = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    first, second = read.stdout.split("\f")[:2]
    assert first.count("one line") == lines and "paper" not in first
    for said in ("PUBLICATIONS", "h-index 7", "Journal articles"):
        assert said not in first and said in second
