"""The main job: the user's CV, whole, in both themes and by all four engines.

`expected/user-cv.txt` is the paper that the CV was given on, not our output.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
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


@pytest.mark.tex
def test_in_english_and_german(tmp_path: Path, cvtex: Program) -> None:
    """With a translation in `data/de/` the English CV is the same, and the German one whole."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("private.yaml"))
    shutil.copytree(ROOT / "bib", tmp_path / "bib")
    own = cvtex("build", "--no-pdf", "--language", "en", "--public", cwd=tmp_path)
    assert own.status == 0, own.err
    alone = (tmp_path / "build/classic.en/cv.tex").read_text()
    tongues = ROOT / "tests" / "tongues" / "user"
    shutil.copytree(tongues / "de", tmp_path / "data" / "de")
    shutil.copy(tongues / "meta.yaml", tmp_path / "data" / "meta.yaml")
    both = ("--language", "all", "--public", "--strict")
    run = cvtex("build", *both, "--engine", "pdflatex", cwd=tmp_path)
    assert run.status == 0, run.err
    assert (tmp_path / "build/classic.en/cv.tex").read_text() == alone
    german = words(tmp_path / "build/classic.de.pdf")
    flat = squeeze(german).replace("-", "")
    for file in (tongues / "de").glob("*.yaml"):
        for text in all_texts(yaml.load(file.read_text("utf-8"), yaml.BaseLoader)):
            assert squeeze(text).replace("-", "") in flat, text
    for said in ("Dez. 2021 – heute", "BERUFSERFAHRUNG", "Technische Kenntnisse:", "Okt. 2019"):
        assert said in german
    assert "Experience" not in german and "Present" not in german


def all_texts(value: object) -> Iterator[str]:
    """Yield the texts of data that are read; addresses and dates are set otherwise."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("startDate", "endDate", "url", "aliases", "username", "network"):
                yield from all_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from all_texts(part)
    else:
        yield str(value)
