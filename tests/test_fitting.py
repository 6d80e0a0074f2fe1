"""Pages that fit: the search for a density, what may go for it, and from data to pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cvtex as library
from cvtex.diagnostics import CvtexError, Source
from cvtex.model import Basics, Highlight, Position, Prose, Resume, Text, Work
from cvtex.pipeline.fitting import DENSEST, fewest, loosest, nearly_empty
from cvtex.select import least, without

DENSITIES = st.integers(0, DENSEST)


@given(first=st.integers(0, DENSEST + 1), low=DENSITIES, held=st.none() | DENSITIES)
def test_the_loosest_density_that_fits_in_seven_tries(
    first: int, low: int, held: int | None
) -> None:
    tried: list[int] = []

    def fits(density: int) -> bool:
        tried.append(density)
        return density >= first

    found = loosest(fits, low, held)
    assert len(tried) <= 7 and len(set(tried)) == len(tried)
    assert min(tried) >= low
    if held is not None and held > low and held >= first:
        assert (found, tried) == (held, [held])  # kept while the pages fit
    else:
        assert found == (max(first, low) if first <= DENSEST else None)


@given(needed=st.integers(1, 40), most=st.integers(0, 30))
def test_no_more_goes_than_must(needed: int, most: int) -> None:
    assert fewest(lambda count: count >= needed, most) == (needed if needed <= most else None)


def test_what_goes_first() -> None:
    def bullet(text: str, priority: int, line: int) -> Highlight:
        return Highlight(text=Prose(text), priority=priority, source=Source("w", line))

    roles = (Position(position=Text("a"), priority=1, source=Source("w", 9)),)
    jobs = (
        Work(
            name=Text("A"),
            source=Source("w", 1),
            highlights=(bullet("x", 2, 2), bullet("y", 5, 3), bullet("z", 2, 4)),
        ),
        Work(name=Text("B"), source=Source("w", 8), positions=roles),
    )
    resume = Resume(basics=Basics(name=Text("Ada")), work=jobs)
    first, second, third = least(resume)
    assert (first, second.text, third.text) == (roles[0], "z", "x")
    left = without(resume, [first, second]).work
    assert [job.name for job in left] == ["A"]  # B had no other role
    assert [b.text for b in left[0].highlights] == ["x", "y"]


TEXT = "Kept the engines of the mill running, and wrote down how, so that others could go on. "


def project(tmp_path: Path, jobs: int, **meta: Any) -> Path:
    bullets: list[dict[str, Any]] = [{"text": TEXT + f"Number {n}."} for n in range(3)]
    bullets.append({"text": TEXT + TEXT + "Least.", "priority": 1})
    work = [{"name": f"Mill {n}", "highlights": bullets} for n in range(jobs)]
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    for name, value in {"basics": {"name": "Ada"}, "work": work, "meta": meta}.items():
        (data / f"{name}.yaml").write_text(json.dumps(value, indent=1))
    return tmp_path


@pytest.mark.tex
def test_pages_that_fit(tmp_path: Path) -> None:
    options: dict[str, Any] = {"theme": "classic", "engine": "pdflatex", "public": True}
    cv = project(tmp_path, 9)
    [loose] = library.build(cv, **options).built
    assert loose.pages == 2 and loose.density is None
    [fitted] = library.build(cv, fit=1, **options).built
    assert fitted.pages == 1 and fitted.density is not None and 0 < fitted.density <= DENSEST
    assert loose.pdf and fitted.pdf == loose.pdf
    assert rf"\cvdensity{{{fitted.density}}}" in fitted.tex.read_text()
    looser = f"meta.themes.classic.density={fitted.density - 1}"
    [other] = library.build(cv, overrides=(looser,), **options).built
    assert other.pages == 2, "one step looser is a page too many"

    cv = project(tmp_path, 11, fit=1)
    with pytest.raises(CvtexError) as failure:
        library.build(cv, **options)
    told = failure.value.diagnostics
    assert any("does not fit 1 page" in d.message and d.source for d in told)
    assert sum("priority 1" in d.message for d in told) == 10

    cv = project(tmp_path, 11, fit={"pages": 1, "drop": True})
    result = library.build(cv, **options)
    assert result.built[0].pages == 1
    gone = [d for d in result.diagnostics if "left out to fit 1 page" in d.message]
    assert 0 < len(gone) < 11
    assert result.built[0].tex.read_text().count("Least.") == 11 - len(gone)


@pytest.mark.parametrize(
    ("pages", "lines", "said"),
    [(1, 1, []), (2, 4, []), (2, 3, ["the last page of jake has 3 lines"]),
     (3, 1, ["the last page of jake has 1 line"])],
)  # fmt: skip
def test_a_last_page_of_a_few_lines_is_told(pages: int, lines: int, said: list[str]) -> None:
    found = list(nearly_empty(pages, lines, "jake"))
    assert [problem.message for problem in found] == said
    less = "1 page" if pages == 2 else f"{pages - 1} pages"
    assert all(problem.hint and f"sets it on {less}," in problem.hint for problem in found)
