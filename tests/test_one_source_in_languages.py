"""One source in three languages: five variants in two themes, by one command."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

import selection
from cvtex import source
from cvtex.contract import checks, data
from cvtex.contract.data import paragraphs
from cvtex.contract.expected import of
from cvtex.contract.poppler import addresses, pdftotext
from cvtex.contract.wanted import Expected
from cvtex.contract.words import squeeze
from cvtex.latex import Setting, themes
from shared import ROOT, Program

DESIGNER = ROOT / "tests" / "tongues" / "designer"
THEMES = ("classic", "moderncv")
VARIANTS = ("short", "access", "lead", "mobile", "museum")
LANGUAGES = ("de", "en", "fr")


def in_language(value: Any, code: str, languages: Sequence[str] = LANGUAGES) -> Any:
    """Return data in one language: the law of translations stated a second time."""
    if isinstance(value, dict):
        if value and set(value) <= set(languages):
            return in_language(value[code], code, languages)
        return {key: in_language(part, code, languages) for key, part in value.items()}
    if isinstance(value, list):
        return [in_language(part, code, languages) for part in value]
    return value


def typed(folder: Path, code: str) -> dict[str, Any]:
    """Return the data of a project in a language, its sections from the folder of it, too."""
    found: dict[str, Any] = in_language(data.read(folder), code)
    for file in (folder / "data" / code).glob("*.yaml"):
        found[file.stem] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    found["meta"] = {**found["meta"], "language": code}
    return found


def expected(chosen: Any, theme: str) -> Expected:
    """Return what the data of a variant ask of its PDF in a theme."""
    kind = themes.find(theme, DESIGNER).load()
    words = source.words(chosen["meta"]["language"])
    options = kind.Options(**chosen["meta"].get("themes", {}).get(theme, {}))
    return of(chosen, kind(options, Setting(engine="pdflatex", words=words)))


def said(value: Any) -> set[str]:
    """Return the paragraphs of the texts that a reader sees."""
    return {text for part in selection.texts(value) for text in paragraphs(part)}


def lost_and_foreign(chosen: Any, theme: str, layer: str, foreign: set[str]) -> list[str]:
    """Return what is wrong with the text of a PDF: what is lost, and what is of others."""
    wanted = expected(chosen, theme)
    kept, read = squeeze(" ".join(wanted.values)), squeeze(layer)
    others = [text for text in foreign if " " in text and squeeze(text) not in kept]
    return [*checks.lost(wanted, layer), *(text for text in others if squeeze(text) in read)]


@pytest.mark.tex
def test_thirty_pdfs_each_with_its_own_texts(tmp_path: Path, cvtex: Program) -> None:
    cv = tmp_path / "cv"
    shutil.copytree(DESIGNER, cv)
    asked = [part for theme in THEMES for part in ("--theme", theme)]
    every = ("--variant", "all", "--language", "all", *asked)
    done = cvtex("build", *every, "--engine", "pdflatex", "--strict", cwd=cv)
    assert done.status == 0, done.err
    names = {f"build/{t}.{v}.{c}.pdf" for t in THEMES for v in VARIANTS for c in LANGUAGES}
    assert {line.split(" (")[0] for line in done.out.splitlines()} == names
    whole = {code: typed(DESIGNER, code) for code in LANGUAGES}
    everything = set().union(*map(said, whole.values()))
    for code in LANGUAGES:
        for variant in VARIANTS:
            chosen = selection.chosen(copy.deepcopy(whole[code]), variant)
            foreign = everything - said(chosen)
            assert len(foreign) > 60, "two languages and what the variant leaves out"
            for theme in THEMES:
                pdf = cv / f"build/{theme}.{variant}.{code}.pdf"
                wrong = lost_and_foreign(chosen, theme, pdftotext(pdf, "-raw"), foreign)
                assert wrong == [], pdf.name
                assert addresses(pdf) in (None, expected(chosen, theme).links), pdf.name
                with pikepdf.open(pdf) as opened:
                    assert str(opened.Root.Lang) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_reader_and_a_second_statement_of_the_law_agree(code: str) -> None:
    project = source.find(DESIGNER, public=True, language=code, environ={})
    reading = source.read(project)
    assert reading.resume is not None and reading.diagnostics == ()
    shown = {str(text) for text in source_texts(reading.resume)}
    wanted = {str(text).strip() for text in selection.texts(typed(DESIGNER, code))}
    assert {text for text in wanted if " " in text} <= shown


def source_texts(resume: Any) -> tuple[Any, ...]:
    """Return every text of the records that were read."""
    from cvtex.model import texts

    return texts(resume)
