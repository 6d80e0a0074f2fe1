"""One source in several languages: which text is taken, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import cvtex as library
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


@pytest.mark.parametrize(
    ("listed", "asked"), [("no", "nb"), ("nb", "no"), ("zh-Hant", "zh-TW"), ("zh", "zh-Hans-CN")]
)
def test_codes_of_the_same_words_are_one_language(tmp_path: Path, listed: str, asked: str) -> None:
    """The Norway problem twice: `no` is a text in YAML here, and the same as `nb`."""
    text = (
        f"basics: {{name: A, label: {{en: X, {listed}: Y}}}}\nmeta: {{languages: [en, {listed}]}}\n"
    )
    resume, told = read(tmp_path, text, asked)
    assert (resume.basics.label, resume.meta.language, told) == ("Y", asked, [])


def test_indonesian_alone(tmp_path: Path) -> None:
    text = "basics: {name: A, label: {id: X}}\nmeta: {languages: [en, id]}\n"
    resume, told = read(tmp_path, text)
    assert resume.basics.label is None
    hint = "id alone is the key of a record: write the text itself, or a second language"
    assert told == [f"cv.yaml:1:26: label takes text, not a mapping; {hint}"]
    text = "basics: {name: A, label: {id: X, is: Y}}\nmeta: {languages: [is, id]}\n"
    assert read(tmp_path, text)[0].basics.label == "Y"
    text = "basics: {name: A}\nwork: [{id: a, name: B}]\nmeta: {languages: [en, id]}\n"
    assert read(tmp_path, text)[0].work[0].id == "a"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jp", "ja (日本語)"), ("german", "de (Deutsch)"), ("Français ", "fr (Français)"),
     ("br", "pt-BR (Português)"), ("nn", "nb (Norsk bokmål)")],
)  # fmt: skip
def test_a_language_that_is_not_known_has_a_near_one(
    tmp_path: Path, typed: str, meant: str
) -> None:
    _, told = read(tmp_path, CV, typed)
    assert len(told) == 1 and f"did you mean {meant}?" in told[0]


def test_lines_of_letters_are_told_apart(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "data/letters").mkdir(parents=True)
    (tmp_path / "data/basics.yaml").write_text("name: Ana\nlabel: {en: X}\n")
    (tmp_path / "data/meta.yaml").write_text("languages: [en, de]\n")
    letter = "to: {name: Bo}\ndate: 2024-05\nopening: H\nbody: {en: Text.}\nclosing: {en: Yours,}\n"
    (tmp_path / "data/letters/acme.yaml").write_text(letter)
    told = cvtex("validate", "--language", "de", cwd=tmp_path)
    assert [line for line in told.err.splitlines() if "hint" in line or "warning" in line] == [
        "data/basics.yaml:2:8: warning: a text is not in de, and set in en",
        "  hint: see data/basics.yaml: 2",
        "data/letters/acme.yaml:4:7: warning: 2 texts are not in de, and set in en",
        "  hint: see data/letters/acme.yaml: 4, 5",
    ]


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


def folders(folder: Path) -> Path:
    """Write a project of two languages, in one text, in one list, and in a whole section."""
    for name, text in {
        "basics.yaml": "name: Ana\nlabel: {en: Engineer, de: Baumeister}\n",
        "meta.yaml": "languages: [en, de]\n",
        "en/skills.yaml": "- English skill\n",
        "de/skills.yaml": "- Deutsche Kenntnis\n",
        "interests.yaml": "- Sailing\n",
        "de/interests.yaml": "- Segeln\n",
        "variants.yaml": "short: {about: the short one}\n",
    }.items():
        file = folder / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


@pytest.mark.parametrize(
    ("language", "skill", "interest"),
    [
        ("", "English skill", "Sailing"),
        ("en", "English skill", "Sailing"),
        ("de", "Deutsche Kenntnis", "Segeln"),
        ("fr", "English skill", "Sailing"),
    ],
)
def test_sections_in_folders_of_languages(
    tmp_path: Path, language: str, skill: str, interest: str
) -> None:
    project = source.find(folders(tmp_path), public=True, language=language, environ={})
    reading = source.read(project)
    assert reading.resume
    assert [str(s.name) for s in reading.resume.skills] == [skill]
    assert [str(i.name) for i in reading.resume.interests] == [interest]
    files = {project.name(file) for file in project.files()}
    assert {"data/de/skills.yaml", "data/interests.yaml", "data/en/skills.yaml"} <= files
    assert tmp_path / "data/de" in project.folders()
    told = [d.message for d in reading.diagnostics]
    assert told == (["3 texts are not in fr, and set in en"] if language == "fr" else [])


def test_folders_of_languages_that_are_wrong(tmp_path: Path) -> None:
    folders(tmp_path)
    (tmp_path / "data/fr").mkdir()
    (tmp_path / "data/fr/skills.yaml").write_text("- Savoir\n")
    (tmp_path / "data/de/meta.yaml").write_text("theme: classic\n")
    (tmp_path / "data/de/private.yaml").write_text("basics: {phone: 1}\n")
    reading = source.read(source.find(tmp_path, public=True, environ={}))
    assert {str(d.source).partition(":")[0]: d.message for d in reading.diagnostics} == {
        "data/de/meta.yaml": "meta is the same in all languages",
        "data/de/private.yaml": "private values stand in data/private.yaml alone",
        "data/fr/skills.yaml": "the language fr is not in meta.languages",
    }


def test_a_folder_of_a_language_that_is_not_listed_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "data/de").mkdir(parents=True)
    (tmp_path / "data/de/basics.yaml").write_text("name: Ana\n")
    (tmp_path / "data/de/skills.yaml").write_text("- Segeln\n")
    reading = source.read(source.find(tmp_path, public=True, environ={}))
    assert [d.message for d in reading.diagnostics] == [
        "the language de is not in meta.languages",
        "the language de is not in meta.languages",
    ]


def test_all_languages_by_one_command(tmp_path: Path, cvtex: Program) -> None:
    folders(tmp_path)
    every = ("--language", "all", "--variant", "short", "--theme", "classic", "--theme", "linear")
    run = cvtex("build", "--no-pdf", *every, cwd=tmp_path)
    assert run.status == 0, run.err
    for theme in ("classic", "linear"):
        for code, said, other in (("en", "Sailing", "Segeln"), ("de", "Segeln", "Sailing")):
            tex = (tmp_path / f"build/{theme}.short.{code}/cv.tex").read_text()
            assert said in tex and other not in tex
    two = cvtex("build", "--no-pdf", "--language", "de", "--language", "fr", cwd=tmp_path)
    assert two.status == 0 and two.err.count("not in fr") == 1
    assert (tmp_path / "build/classic.fr/cv.tex").is_file()
    strict = cvtex("validate", "--language", "fr", "--strict", cwd=tmp_path)
    assert strict.status == 1 and "3 texts are not in fr" in strict.err
    out = cvtex("export", "json-resume", "--language", "all", "-o", "out", cwd=tmp_path)
    assert out.status == 0, out.err
    assert {f.name for f in (tmp_path / "out").iterdir()} >= {"Ana-CV-en.json", "Ana-CV-de.json"}
    one = cvtex("build", "--language", "all", "-o", "cv.pdf", cwd=tmp_path)
    assert one.status == 2 and "there are several languages" in one.err
    (tmp_path / "data/meta.yaml").write_text("theme: classic\n")
    none = cvtex("build", "--language", "all", "--no-pdf", cwd=tmp_path)
    assert none.status == 1 and "the data names no languages" in none.err


def test_a_code_in_any_case_is_one_language(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "cv.yaml").write_text(CV, encoding="utf-8")
    asked = ["--language", "DE", "--language", "de", "--language", "de_at"]
    run = cvtex("export", "text", "cv.yaml", *asked, "-o", "out", cwd=tmp_path)
    assert run.status == 0, run.err
    assert run.out.splitlines() == ["out/Ana-CV-de.txt", "out/Ana-CV-de-AT.txt"]


def test_a_whole_section_of_another_language(tmp_path: Path) -> None:
    """It is told by its file, for a file has no line, and its texts say their language."""
    (tmp_path / "data" / "de").mkdir(parents=True)
    (tmp_path / "data" / "basics.yaml").write_text("name: Ana\n")
    (tmp_path / "data" / "meta.yaml").write_text("languages: [en, de]\n")
    (tmp_path / "data" / "work.yaml").write_text("- {name: Acme, position: Boss}\n")
    (tmp_path / "data" / "de" / "work.yaml").write_text("- {name: Acme, position: Chefin}\n")
    reading = source.read(source.find(tmp_path, public=True, language="fr", environ={}))
    (told,) = reading.diagnostics
    assert told.hint == "see data/work.yaml"
    assert reading.resume
    position = reading.resume.work[0].position
    assert (position, position and position.language) == ("Boss", "en")


def test_a_variant_says_its_language_in_its_meta(tmp_path: Path) -> None:
    _, told = read(tmp_path, CV + "  variants: {a: {language: de}}\n")
    assert told == ['cv.yaml:21:18: unknown key "language" in a; did you mean meta?']


@pytest.mark.tex
def test_languages_of_batch_release_and_library(tmp_path: Path, cvtex: Program) -> None:
    cv = tmp_path / "all" / "ana"
    folders(cv)
    done = cvtex("batch", "all", "--language", "de", "--language", "en", "-o", "out", cwd=tmp_path)
    assert done.status == 0, done.err
    assert {f.name for f in (tmp_path / "out").glob("*.pdf")} == {"ana-de.pdf", "ana-en.pdf"}
    sent = cvtex("export", "pdf", "--release", "--language", "all", "-o", "sent", cwd=cv)
    assert sent.status == 0, sent.err
    assert {f.name for f in (cv / "sent").iterdir()} == {"Ana-CV-en.pdf", "Ana-CV-de.pdf"}
    built = library.build(cv, language=["de", "DE"], pdf=False).built
    assert [one.tex.parent.name for one in built] == ["classic.de"]
    assert library.read(cv, language="DE").meta.language == "de"
