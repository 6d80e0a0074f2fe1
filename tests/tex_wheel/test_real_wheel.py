"""The real `cvtex-tex`, with no other TeX: all themes, all languages of Latin letters, its papers.

Runs where `CVTEX_TEX_WHEEL` names the wheel for this machine: `make test-wheel-tex` makes it.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from cvtex import toolchain
from cvtex.latex.themes import themes
from cvtex.request import Request
from cvtex.source import languages
from cvtex.toolchain import Job, find, wheel
from cvtex.watch import watch
from shared import ROOT, Program, loading, own_theme, words

WHEEL = os.environ.get("CVTEX_TEX_WHEEL", "")
pytestmark = [
    pytest.mark.skipif(not WHEEL, reason="make test-wheel-tex runs it"),
    pytest.mark.tex,
]
LATIN = [code for code in languages.codes() if code not in {"el", "ru", "uk", "bg", "sr", "mk"}]
TARGETS = (25e6, 60e6)
"""The most bytes, packed and unpacked (issue 18)."""


def unpack(folder: Path) -> Path:
    """Unpack the wheel as pip does; return the folder for Python's path."""
    with zipfile.ZipFile(WHEEL) as packed:
        packed.extractall(folder)
        for entry in packed.infolist():
            if entry.external_attr >> 16 & stat.S_IXUSR:
                (folder / entry.filename).chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(tmp_path_factory.mktemp("site"))


@pytest.fixture
def alone(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which the wheel is the one TeX: its programs are those that read PDFs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("pdftotext", "pdfinfo", "pdffonts", "pdftoppm", "pdftohtml", "setpriv", "sh"):
        if found := shutil.which(name):
            (programs / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(site)
    return site


def test_its_size_and_its_list_of_files() -> None:
    with zipfile.ZipFile(WHEEL) as packed:
        entries = {entry.filename: entry for entry in packed.infolist()}
        [record] = [name for name in entries if name.endswith("/RECORD")]
        rows = {row[0]: row for row in csv.reader(io.StringIO(packed.read(record).decode()))}
        assert rows.keys() == entries.keys()
        for name, (_, digest, size) in rows.items():
            if name != record:
                data = packed.read(name)
                found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
                assert (digest, int(size)) == (f"sha256={found.decode()}", len(data)), name
    unpacked = sum(entry.file_size for entry in entries.values())
    assert (Path(WHEEL).stat().st_size < TARGETS[0], unpacked < TARGETS[1]) == (True, True)


def test_every_file_has_its_package_and_every_package_its_licence(site: Path) -> None:
    root = site / "cvtex_tex"
    manifest = json.loads((root / "manifest.json").read_text())
    here = {p.relative_to(root / "texmf-dist").as_posix() for p in root.rglob("texmf-dist/**/*.*")}
    made = {"web2c/texmf.cnf", "web2c/pdftex/pdflatex.fmt", "fonts/map/pdftex/updmap/pdftex.map"}
    assert here - made <= manifest["files"].keys() | {"ls-R"}
    packages = {name for name in manifest["files"].values() if not name.startswith("made by")}
    assert packages == manifest["packages"].keys()
    for name in packages:
        assert (root / f"licences/{name}.copyright.txt").stat().st_size > 500, name
        assert re.match(r"\d", manifest["packages"][name])
    text = "".join(p.read_text("latin-1") for p in (root / "texmf-dist").rglob("*.cnf"))
    assert str(Path.home()) not in text


@pytest.mark.parametrize("theme", sorted(themes(ROOT)))
def test_every_theme_keeps_its_contract(theme: str, alone: Path, cvtex: Program) -> None:
    told = cvtex("themes", "check", theme, "--engine", "wheel", "--quick", "--project", ROOT)
    assert told.status == 0, told.out + told.err


def test_every_language_of_latin_letters(alone: Path, cvtex: Program, tmp_path: Path) -> None:
    failed = []
    for code in LATIN:
        assert cvtex("new", tmp_path / code, "--language", code).status == 0
        told = cvtex("build", tmp_path / code)
        if told.status or "pdflatex cannot set" in told.err:
            failed.append((code, told.err[:300]))
    assert [code for code, said in failed if "pdflatex cannot set" not in said] == [], failed


def test_the_same_bytes_wherever_it_lies(
    alone: Path, cvtex: Program, project: Path, tmp_path: Path
) -> None:
    """And the same with a space in its path, on later builds, and without the cache."""
    other = unpack(tmp_path / "another place")
    made = set()
    more: tuple[str, ...]
    for place, more in ((alone, ()), (alone, ()), (alone, ("--no-cache",)), (other, ())):
        told = cvtex(
            *("build", project, "--public", "-o", tmp_path / "x.pdf", *more),
            SOURCE_DATE_EPOCH="1700000000",
            PYTHONPATH=str(place),
        )
        assert told.status == 0, told.err
        made.add(hashlib.sha256((tmp_path / "x.pdf").read_bytes()).hexdigest())
        (tmp_path / "x.pdf").unlink()
    assert len(made) == 1


def test_it_says_what_tex_live_says(cvtex: Program, project: Path, site: Path) -> None:
    texts = []
    for chosen in (("--toolchain", "wheel"), ("--toolchain", "latexmk", "--engine", "pdflatex")):
        told = cvtex("build", project, *chosen, "-o", project / "x.pdf", PYTHONPATH=str(site))
        assert told.status == 0, told.err
        texts.append(words(project / "x.pdf"))
    assert texts[0] == texts[1]


def test_it_reads_nothing_of_another_tex(alone: Path, tmp_path: Path) -> None:
    (chain,) = find("wheel")
    (tmp_path / "cv.tex").write_text(
        "\\documentclass{article}\\usepackage{lmodern,hyperref,graphicx}\n"
        "\\begin{document}\nx\n\\end{document}\n"
    )
    for cache in (True, True, False):
        job = Job(engine="pdflatex", folder=tmp_path, epoch=0, cache=cache)
        outcome = wheel.compile(chain, job)
        assert outcome.ok, outcome.messages
        strange = [
            file
            for file in outcome.reads
            if (path := Path(file)).is_file()
            and not path.is_relative_to(alone)
            and path.parent != tmp_path
        ]
        assert not strange


def test_what_it_has_not_is_named_with_its_package(
    alone: Path, cvtex: Program, project: Path, trusting: None
) -> None:
    own_theme(project, loading("mdframed"))
    told = cvtex("build", project, "--theme", "mine")
    assert told.status == 1
    assert "mdframed.sty is in Debian's texlive-latex-extra" in told.err


def test_it_is_confined_as_tex_live_is(
    alone: Path, cvtex: Program, project: Path, tmp_path: Path
) -> None:
    if not toolchain.is_confined():
        pytest.skip("nothing here confines a program")
    secret = tmp_path / "secret.tex"
    secret.write_text("stolen")
    (project / "data/interests.yaml").write_text(f"- name: !tex \\input{{{secret}}}\n")
    told = cvtex("build", project, "--toolchain", "wheel", "--sandbox", "require")
    assert told.status == 1 and "data/interests.yaml:1:" in told.err, told.err
    (project / "data/interests.yaml").unlink()
    told = cvtex("build", project, "--toolchain", "wheel", "--sandbox", "require")
    assert told.status == 0, told.err


def test_letters_batch_and_mistakes(
    alone: Path, cvtex: Program, project: Path, tmp_path: Path
) -> None:
    assert cvtex("letter", "--new", "acme", "--project", project).status == 0
    told = cvtex("letter", "acme", "--with-cv", "--project", project)
    assert told.status == 0 and "Ada Example" in words(project / "build/letters/acme.cv.pdf")
    many = tmp_path / "many"
    for name in ("good", "bad"):
        shutil.copytree(project, many / name, ignore=shutil.ignore_patterns("build"))
    (many / "bad/data/interests.yaml").write_text("- name: !tex \\nosuch{x}\n")
    told = cvtex("batch", many, "-o", tmp_path / "out", "--jobs", "2", "--format", "json")
    assert told.status == 1
    (problem,) = [json.loads(line) for line in told.err.splitlines() if '"error"' in line]
    assert problem["file"].endswith("bad/data/interests.yaml") and problem["line"] == 1
    assert problem["message"].startswith("LaTeX does not know the command \\nosuch")
    assert (tmp_path / "out/good.pdf").stat().st_size > 10_000
    told = cvtex("build", project, "--set", "basics.label=技術者")
    assert told.status == 1 and "run `cvtex toolchain install --engine xelatex`" in told.err


def test_a_watch_builds_at_a_save(alone: Path, project: Path) -> None:
    for rebuild in watch(Request(path=project, toolchain="wheel")):
        assert rebuild.result, rebuild.diagnostics
        (document,) = rebuild.result.built
        if rebuild.changed:
            break
        basics = project / "data/basics.yaml"
        basics.write_text(basics.read_text().replace("name: ", "name: Watched ", 1))
    assert document.pdf and "Watched" in words(document.pdf)
