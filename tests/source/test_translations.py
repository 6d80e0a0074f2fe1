"""One source in several languages: which text is taken, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import source
from cvtex.model import Resume
from shared import Program

CV = """
basics:
  name: Ana
  label: {en: Engineer, de: Ingenieurin}
  summary:
    de: Ich baue *Pumpen*.
    en: I build *pumps*.
  location: {city: {en: Munich, de: München}, countryCode: DE}
work:
  - name: Acme
    highlights: {en: [One, Two], de: [Eins]}
    keywords: {en: [steam], de: [Dampf, Kessel]}
  - name: {en: Only English}
talks:
  title: {en: Talks, de: Vorträge}
  entries: [{description: {en: At home., de: Daheim.}}]
meta:
  languages: [en, de]
  sections: [{work: {en: Posts, de: Stellen}}]
  words: {keywords: {en: Skills, de: Kenntnisse}}
"""


def read(folder: Path, text: str, language: str = "", *overrides: str) -> tuple[Resume, list[str]]:
    (folder / "cv.yaml").write_text(text, encoding="utf-8")
    project = source.find(
        folder / "cv.yaml", public=True, language=language, overrides=overrides, environ={}
    )
    reading = source.read(project)
    assert reading.resume
    return reading.resume, [f"{d.source}: {d.message}; {d.hint}" for d in reading.diagnostics]


def test_the_first_language_is_taken(tmp_path: Path) -> None:
    resume, told = read(tmp_path, CV)
    assert told == []
    assert (resume.meta.language, resume.meta.languages) == ("en", ("en", "de"))
    assert (resume.basics.label, resume.basics.summary) == ("Engineer", "I build *pumps*.")
    assert [h.text for h in resume.work[0].highlights] == ["One", "Two"]


@pytest.mark.parametrize(
    ("language", "overrides"), [("de", ()), ("", ("meta.language=de",)), ("de-AT", ())]
)
def test_another(tmp_path: Path, language: str, overrides: tuple[str, ...]) -> None:
    resume, told = read(tmp_path, CV, language, *overrides)
    assert resume.meta.language == (language or "de")
    assert (resume.basics.label, resume.basics.summary) == ("Ingenieurin", "Ich baue *Pumpen*.")
    assert resume.basics.location is not None and "München" in str(resume.basics.location)
    assert [h.text for h in resume.work[0].highlights] == ["Eins"]
    assert resume.work[0].keywords == ("Dampf", "Kessel")
    assert (resume.custom[0].title, getattr(resume.custom[0].entries[0], "description", None)) == (
        "Vorträge",
        "Daheim.",
    )
    assert resume.meta.sections[0].title == "Stellen"
    assert resume.meta.words["keywords"] == "Kenntnisse"
    assert resume.work[1].name == "Only English"
    assert told == [
        f"cv.yaml:13:11: a text is not in {language or 'de'}, and set in en; see cv.yaml: 13"
    ]


def test_lines_are_told_together(tmp_path: Path) -> None:
    text = "basics: {name: A, label: {de: B}}\nwork:\n- name: {de: C, en: ''}\n"
    text += "meta: {languages: [en, de]}\n"
    _, told = read(tmp_path, text)
    assert told == ["cv.yaml:1:26: 2 texts are not in en, and set in de; see cv.yaml: 1, 3"]


def test_what_is_no_translation(tmp_path: Path) -> None:
    """Keys of records are not languages, nor is `id` alone; without `languages` nothing is."""
    text = "basics: {name: A}\nwork: [{x-id: a, name: B}]\nmeta: {languages: [en, id]}\n"
    resume, told = read(tmp_path, text)
    assert resume.work[0].name == "B"
    resume, told = read(tmp_path, "basics: {name: A, label: {en: X, de: Y}}\n")
    assert resume.basics.label is None
    hint = "for texts in several languages write meta.languages: [en, de]"
    assert told == [f"cv.yaml:1:26: label takes text, not a mapping; {hint}"]
    text = "basics: {name: A, label: {en: X, fr: Y}}\nmeta: {languages: [en, de]}\n"
    assert read(tmp_path, text)[0].basics.label is None


def test_a_language_without_words(tmp_path: Path) -> None:
    _, told = read(tmp_path, CV, "xx")
    assert any("--language: no words for the language" in line for line in told)


def test_the_program(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ana\nlabel: {en: Engineer, de: Baumeister}\n")
    (tmp_path / "data/meta.yaml").write_text("languages: [en, de]\n")
    for language, said in (("de", "Baumeister"), ("en", "Engineer")):
        run = cvtex("build", "--no-pdf", "--language", language, cwd=tmp_path)
        assert run.status == 0, run.err
        assert said in (tmp_path / f"build/classic.{language}/cv.tex").read_text()
    assert cvtex("validate", "--language", "de", "--strict", cwd=tmp_path).status == 0
    assert cvtex("validate", "--language", "xx", cwd=tmp_path).status == 1
