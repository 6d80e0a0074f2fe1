"""Raw TeX finds the files of the project that `meta.files` names, and no others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shared import Program, words

BASICS = "name: Ada Example\nsummary: !tex '\\input{mine.tex}'\n"


def project(folder: Path, files: str) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "extra").mkdir()
    (folder / "data" / "basics.yaml").write_text(BASICS)
    (folder / "data" / "meta.yaml").write_text(f"theme: classic\nfiles: {files}\n")
    (folder / "extra" / "mine.tex").write_text("Words from a file.")
    return folder


@pytest.mark.tex
def test_a_file_that_is_named_is_found_and_watched(tmp_path: Path, cvtex: Program) -> None:
    place = project(tmp_path / "cv", "[extra/mine.tex]")
    done = cvtex("build", place)
    assert done.status == 0, done.err
    assert "Words from a file." in words(place / "build" / "classic.pdf")
    (place / "extra" / "mine.tex").write_text("Other words.")
    assert cvtex("build", place).status == 0
    assert "Other words." in words(place / "build" / "classic.pdf")


@pytest.mark.tex
def test_a_file_that_is_not_named_is_not_found(tmp_path: Path, cvtex: Program) -> None:
    place = project(tmp_path / "cv", "[]")
    (place / "mine.tex").write_text("Planted.")
    (place / "data" / "mine.tex").write_text("Planted.")
    done = cvtex("build", place)
    assert done.status == 1
    assert "mine.tex" in done.err


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ("[../outside.tex]", 'the file "../outside.tex" is outside of the project'),
        ("[/etc/hostname]", 'the file "/etc/hostname" is outside of the project'),
        ("[extra/link.tex]", 'the file "extra/link.tex" is outside of the project'),
        ("[extra/none.tex]", 'there is no file "extra/none.tex"'),
        ("[extra/pipe.tex]", 'there is no file "extra/pipe.tex"'),
        ("[data/private.yaml]", 'the file "data/private.yaml" is private, and not for TeX'),
        ("[extra/mine.tex, mine.tex]", "two files have the name mine.tex"),
        ("['extra/a b.tex']", 'TeX cannot read a file of the name "extra/a b.tex"'),
        ("[extra/cv.aux]", 'TeX cannot read a file of the name "extra/cv.aux"'),
    ],
)
def test_what_may_not_be_named(files: str, told: str, tmp_path: Path, cvtex: Program) -> None:
    place = project(tmp_path / "cv", files)
    (tmp_path / "outside.tex").write_text("secret")
    (place / "extra" / "link.tex").symlink_to(tmp_path / "outside.tex")
    os.mkfifo(place / "extra" / "pipe.tex")
    (place / "data" / "private.yaml").write_text("basics: {phone: +49 30 23125 000}\n")
    (place / "mine.tex").write_text("x")
    (place / "extra" / "a b.tex").write_text("x")
    (place / "extra" / "cv.aux").write_text("x")
    done = cvtex("validate", place)
    assert done.status == 1
    assert f"data/meta.yaml:2:9: error: {told}" in done.err or f"error: {told}" in done.err
