"""europass: two looks of one theme, and what those are told who had the older one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cvtex import source
from cvtex.contract.samples import samples
from cvtex.latex import Setting, themes
from cvtex.pipeline import writing
from shared import Program
from themes.textlayer import pypdf_pages

FOLDER = themes.find("europass", None)
EUROPASS = FOLDER.load()
GRID = EUROPASS.__init__.__globals__["GRID"]
FULL = samples() / "full.yaml"
OLD = "meta.themes.europass.look=2013"


def project(folder: Path) -> Path:
    place = folder / "cv"
    (place / "data").mkdir(parents=True)
    (place / "data" / "basics.yaml").write_text("name: Ada Example\nemail: ada@example.org\n")
    (place / "data" / "meta.yaml").write_text("theme: europass\n")
    return place


def test_who_had_the_look_of_2013_is_told_once(cvtex: Program, tmp_path: Path) -> None:
    place = project(tmp_path)
    assert cvtex("build", "--no-pdf", "--set", OLD, cwd=place).status == 0
    built = place / "build" / "europass"
    # the release before called the class so
    (built / "cveuropass2013.cls").rename(built / "cveuropass.cls")
    listed = built / writing.WRITTEN
    listed.write_text(listed.read_text().replace("cveuropass2013.cls", "cveuropass.cls"))
    first = cvtex("build", "--no-pdf", cwd=place)
    assert first.status == 0
    assert "look: 2013 under meta.themes.europass" in first.err
    assert not (built / "cveuropass.cls").exists()
    (place / "data" / "basics.yaml").write_text("name: Ada Example\nemail: a@example.org\n")
    again = cvtex("build", "--no-pdf", cwd=place)
    assert (again.status, again.err) == (0, "")


def test_a_new_project_is_told_nothing(cvtex: Program, tmp_path: Path) -> None:
    place = project(tmp_path)
    done = cvtex("build", "--no-pdf", cwd=place)
    assert (done.status, done.err) == (0, "")
    tex = (place / "build" / "europass" / "cv.tex").read_text()
    assert r"\documentclass[10pt,a4paper]{article}" in tex
    assert not (place / "build" / "europass" / "europasscv.cls").exists()


@pytest.mark.tex
@pytest.mark.parametrize("lines", [39, 43])
def test_languages_and_their_grid_stand_on_one_page(
    lines: int, cvtex: Program, tmp_path: Path
) -> None:
    place = project(tmp_path)
    languages = [f"- {{language: Tongue{n}, fluency: C1}}\n" for n in range(7)]
    mother = "- {language: Mother tongue, fluency: native}\n"
    (place / "data" / "languages.yaml").write_text(mother + "".join(languages))
    skills = "".join(f"- {{name: Skill {n}, keywords: [one]}}\n" for n in range(lines))
    (place / "data" / "skills.yaml").write_text(skills)
    (place / "data" / "meta.yaml").write_text("theme: europass\nsections: [skills, languages]\n")
    done = cvtex("build", "--engine", "pdflatex", cwd=place)
    assert done.status == 0, done.err
    first, second = pypdf_pages(place / "build" / "europass.pdf")
    assert "Skill 0" in first and "LANGUAGES" not in first
    assert all(word in second for word in ("LANGUAGES", "Mother tongue", "Tongue6"))


@pytest.mark.parametrize(("look", "kind"), [("2020", "article"), ("2013", "cveuropass2013")])
def test_a_theme_built_on_it_has_its_looks(look: str, kind: str) -> None:
    """A theme of one's own keeps what it overrides, in both."""
    base: Any = themes.shipped_theme("europass")
    own: Any = type("Theme", (base,), {"title": lambda self, section: "ours"})
    setting = Setting(engine="pdflatex", words=source.words("en"))
    theme = own(base.Options(look=look), setting)
    assert isinstance(theme, own)
    assert theme.documentclass == kind
    assert theme.title(None) == "ours"


def test_the_grid_has_its_words_in_the_languages_of_the_union() -> None:
    assert {len(words) for words in GRID.values()} == {6}
    assert all(len(set(words)) == 6 and all(words) for words in GRID.values())
    for code in GRID:
        assert source.words(code).code == code
