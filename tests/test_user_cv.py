"""The main job: the user's CV, whole, in both themes and by all four engines.

`expected/user-cv.txt` is the paper that the CV was given on, not our output.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from shared import ENGINES, ROOT, Program, words

EXPECTED = ROOT / "tests" / "expected" / "user-cv.txt"
THEMES = ("classic", "moderncv")
FOLD = str.maketrans({"–": "-", "“": '"', "”": '"', "’": "'", "‘": "'"})
SEPARATORS = set("|•·,;:.-*()")
"""Signs that a theme may set between texts; a word is never made of them."""


def squeeze(text: str) -> str:
    """Return a text without spaces, cases, and kinds of dashes and quotes."""
    return re.sub(r"\s+", "", text.translate(FOLD)).casefold()


def records() -> list[list[str]]:
    """Return the expected texts, record by record."""
    text = re.sub(r"^#.*\n", "", EXPECTED.read_text(encoding="utf-8"), flags=re.M)
    return [block.split("\n") for block in text.strip().split("\n\n")]


@pytest.mark.tex
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("theme", THEMES)
def test_all_of_it_and_nothing_else(
    theme: str,
    engine: str,
    project: Path,
    cvtex: Program,
    engine_options: Callable[[str], list[str]],
) -> None:
    run = cvtex("build", "--theme", theme, *engine_options(engine), cwd=project)
    assert run.status == 0, run.err
    pdf = project / "build" / f"{theme}.pdf"
    assert run.out.strip() == f"build/{theme}.pdf"
    furniture = furniture_of(project, theme)
    pages = PdfReader(pdf).pages
    if theme == "classic":
        assert len(pages) == 2
    for text in (words(pdf), "\n".join(page.extract_text() for page in pages)):
        found = squeeze(text)
        missing = [unit for record in records() for unit in record if squeeze(unit) not in found]
        assert not missing
        anchors = [squeeze("".join(record[:1])) for record in records()]
        place = -1
        for anchor in anchors:
            place = found.find(anchor, place + 1)
            assert place >= 0, f"{anchor} is out of order"
        units = sorted({squeeze(u) for record in records() for u in record}, key=len, reverse=True)
        for unit in units:
            found = found.replace(unit, "\n")
        for word in furniture:
            found = found.replace(squeeze(word), "\n")
        left = "".join(c for c in found if c not in SEPARATORS).split()
        assert not left, f"unexplained: {left}"


def furniture_of(project: Path, theme: str) -> tuple[str, ...]:
    """Return the words that a theme says it adds."""
    from cvtex import source
    from cvtex.latex import Setting, themes

    kind = themes.find(theme, project).load()
    return kind(kind.Options(), Setting(engine="xelatex", words=source.words("en"))).furniture()


def test_the_paper_holds_no_phone() -> None:
    assert not re.search(r"\+\d\d", EXPECTED.read_text(encoding="utf-8"))
