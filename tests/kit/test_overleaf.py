"""`cvtex export`: the zip compiles alone, holds what is printed and nothing private."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from cvtex import source
from cvtex.citation import cite
from cvtex.filenames import handed_out
from cvtex.latex.bibliography import bibliography
from cvtex.model import Publication
from cvtex.source import bibtex
from shared import KIN, PHONE, ROOT, Program, often, words

THEMES = sorted(p.parent.name for p in (ROOT / "themes").glob("*/theme.py"))
STYLES = sorted(p.stem for p in (ROOT / "src/cvtex/citation/styles").iterdir())
PRIVATE = f'basics:\n  phone: "{PHONE}"\n  email: hidden@example.org\n'


def unpack(archive: Path, folder: Path) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder


@pytest.mark.tex
@pytest.mark.parametrize("theme", often(zip(THEMES), lambda theme: theme not in KIN))
def test_plain_latexmk_compiles_the_zip(
    project: Path, cvtex: Program, tmp_path: Path, theme: str
) -> None:
    done = cvtex("export", "overleaf", project, "--theme", theme, "-o", "cv.zip", cwd=tmp_path)
    assert (done.status, done.out) == (0, "cv.zip\n"), done.err
    alone = unpack(tmp_path / "cv.zip", tmp_path / "alone")
    command = ["latexmk", "-interaction=nonstopmode"]
    made = subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-3000:]
    built = cvtex("build", project, "--theme", theme, cwd=tmp_path)
    assert built.status == 0, built.err
    assert words(alone / "main.pdf") == words(project / "build" / f"{theme}.pdf")


@pytest.mark.tex
def test_latexmkrc_picks_the_engine(project: Path, cvtex: Program, tmp_path: Path) -> None:
    """Cyrillic letters are beyond pdfLaTeX; Overleaf passes -pdf all the same."""
    skills = project / "data/skills.yaml"
    skills.write_text(skills.read_text() + "- name: Слова\n  keywords: [русский]\n")
    assert cvtex("export", "overleaf", project, "-o", tmp_path / "cv.zip").status == 0
    alone = unpack(tmp_path / "cv.zip", tmp_path / "alone")
    command = ["latexmk", "-pdf", "-interaction=nonstopmode"]
    made = subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-3000:]
    assert "русский" in words(alone / "main.pdf")


def test_same_inputs_same_bytes(project: Path, cvtex: Program, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert cvtex("export", "overleaf", project, "-o", tmp_path / name).status == 0
        (project / "data/work.yaml").touch()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {"main.tex", "latexmkrc", "publications.bib", "README.txt"} <= set(names)
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o100644
            assert not entry.filename.startswith("/")
            assert ".." not in entry.filename
            assert str(tmp_path).encode() not in archive.read(entry)


def test_public_unless_asked_otherwise(project: Path, cvtex: Program, tmp_path: Path) -> None:
    (project / "data/private.yaml").write_text(PRIVATE)
    digits = re.compile(rb"23125|hidden@")
    for option, found in (([], False), (["--private"], True)):
        done = cvtex("export", "overleaf", project, "-o", tmp_path / "cv.zip", *option)
        assert done.status == 0, done.err
        with zipfile.ZipFile(tmp_path / "cv.zip") as archive:
            held = b"".join(archive.read(name) for name in archive.namelist())
        assert bool(digits.search(held)) is found


def test_named_after_the_person(project: Path, cvtex: Program, tmp_path: Path) -> None:
    assert cvtex("export", "overleaf", project, cwd=tmp_path).out == (
        "Shubham-Krishna-CV-overleaf.zip\n"
    )
    done = cvtex("export", "overleaf", project, "-o", "out", cwd=tmp_path)
    assert done.out == "out/Shubham-Krishna-CV-overleaf.zip\n"
    assert (tmp_path / done.out.strip()).is_file()


@pytest.mark.parametrize(
    ("person", "file"),
    [
        ("Mira Lindqvist", "Mira-Lindqvist-CV"),
        ("Zoë Ångström-Müller", "Zoe-Angstrom-Muller-CV"),
        ("Søren Łukasz Straße", "Soren-Lukasz-Strasse-CV"),
        ("Conan O’Brien, Jr.", "Conan-OBrien-Jr-CV"),
        ("../../etc/passwd", "etc-passwd-CV"),
        ("李小龍", "李小龍-CV"),
    ],
)
def test_file_names_are_plain(person: str, file: str) -> None:
    assert handed_out(person) == file


def test_bad_data_makes_no_zip(project: Path, cvtex: Program, tmp_path: Path) -> None:
    (project / "data/awards.yaml").write_text("- titel: x\n")
    done = cvtex("export", "overleaf", project, "-o", tmp_path / "cv.zip")
    assert done.status == 1
    assert "data/awards.yaml:1:3: error:" in done.err
    assert not (tmp_path / "cv.zip").exists()


def test_a_place_that_cannot_be_written(project: Path, cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = cvtex("export", "overleaf", project, "-o", tmp_path / "file" / "cv.zip")
    assert done.status == 2
    assert "cannot be written" in done.err


SECRETS = (
    "abstract = {s3cret}, note-to-self = {s3cret}, review = {s3cret}, file = {s3cret}, "
    "annotation = {s3cret}, keywords = {s3cret}, author+an = {1=s3cret},"
)
TRICKY = r"""
@article{a, author = {de la Cruz, Jr, Ana and {The {CMS} Team} and {\"O}berg, K. and others},
 title = {On $\alpha$ \& {DNA}: 100\% \emph{de novo}}, journal = {J. of X \& Y}, volume = 3,
 pages = {1--2}, year = 2020, month = may, doi = {10.1000/a_b(1)}, eprint = {2001.00001},
 archiveprefix = {arXiv}, pmid = {123}, codeurl = {https://git.example.org/a_b?x=1%20}}
@inproceedings{b, author = {A, B.}, title = {T}, booktitle = {P}, year = {in press},
 url = {https://example.org/b}, doi = {10.1000/b}, addendum = {[Paper] [Slides]}}
@book{c, editor = {X, Y.}, title = {Book: A Book}, publisher = {P}, date = {2019-02/2019-04},
 note = {With a note}}
@thesis{d, author = {A, B.}, title = {T}, type = {phdthesis}, institution = {U}, date = {2001}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_bib_holds_what_is_printed_and_no_more(project: Path, style: str) -> None:
    """Read back, it is printed the same; what is not printed is not in it."""
    (project / "data/meta.yaml").write_text(f"publications:\n  style: {style}\n")
    bib = project / "bib/publications.bib"
    full = re.sub(r"(@\w+\{[^,]+,)", rf"\1 {SECRETS}", bib.read_text() + TRICKY)
    bib.write_text(full.replace("author+an = {1=s3cret},", "", full.count("{1=equal")))
    reading = source.read(source.find(project, public=True))
    resume = reading.resume
    assert resume is not None, reading.diagnostics
    language = source.words("en")
    text = bibliography(resume, language)
    assert "s3cret" not in text
    again, problems = bibtex.read(text, "publications.bib")
    assert not problems

    def shown(publications: Sequence[Publication]) -> list[tuple[object, ...]]:
        settings = resume.meta.publications
        lines = [cite(p, settings, resume.basics, language) for p in publications]
        return [tuple((s.text.text, s.bold, s.italic, s.url) for s in line) for line in lines]

    assert sorted(shown(again), key=repr) == sorted(shown(resume.publications), key=repr)
    assert len(again) == 8


def test_bib_leaves_out_what_the_list_does(project: Path) -> None:
    (project / "data/meta.yaml").write_text("publications:\n  selected: true\n")
    bib = project / "bib/publications.bib"
    bib.write_text(TRICKY.replace("@book{c,", "@book{c, selected = {true},"))
    resume = source.read(source.find(project, public=True)).resume
    assert resume is not None
    keys = re.findall(r"@\w+\{(.*),", bibliography(resume, source.words("en")))
    assert keys == ["c"]


@pytest.mark.tex
def test_export_pdf_is_public(project: Path, cvtex: Program, tmp_path: Path) -> None:
    (project / "data/private.yaml").write_text(PRIVATE)
    for option, found in (([], False), (["--private"], True)):
        done = cvtex("export", "pdf", project, "-o", "out", *option, cwd=tmp_path)
        assert done.out == "out/Shubham-Krishna-CV.pdf\n", done.err
        text = words(tmp_path / done.out.strip())
        assert ("23125" in re.sub(r"\D", "", text)) is found
