"""TeX from the package `cvtex-tex`: how it is found, what it says; it makes TeX Live's PDF.

The package here is a false one, whose pdfLaTeX is that of the system; `make test-wheel-tex` tries
the real one.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from cvtex import __version__
from cvtex.toolchain import Job, Message, Toolchain, find, lacking, sandbox, start_ahead, wheel
from cvtex.toolchain.messages.debian import PACKAGE_OF
from cvtex.toolchain.texlive import latexmk
from cvtex.toolchains import NAMES
from shared import ROOT, Program, loading, own_theme

MANIFEST = {
    "packages": {"texlive-latex-base": "1"},
    "files": {"tex/latex/base/article.cls": "texlive-latex-base"},
}
ELSEWHERE = {"texlive-latex-extra": ["rare.sty", "seldom.cls"]}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on Python's path with a false `cvtex_tex`; the package's folder."""
    folder = tmp_path / "site" / "cvtex_tex"
    (folder / "bin").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('nobody needs to import it')")
    program = folder / "bin/pdflatex"
    if found := shutil.which("pdflatex"):
        program.symlink_to(found)
    else:
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST))
    (folder / "elsewhere.json").write_text(json.dumps(ELSEWHERE))
    monkeypatch.syspath_prepend(folder.parent)
    monkeypatch.setenv("PYTHONPATH", str(folder.parent))
    return folder


def test_it_is_found_without_being_imported(package: Path) -> None:
    (found,) = find("wheel")
    assert found == Toolchain("wheel", package / "bin/pdflatex", {"pdflatex": found.program})
    assert "cvtex_tex" not in sys.modules
    assert str(package) in found.identity()


def test_it_is_not_found_where_it_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert find("wheel") == ()
    assert start_ahead("wheel", "pdflatex", tmp_path) is None
    (tmp_path / "cvtex_tex").mkdir()
    assert find("wheel") == (), "a folder of that name alone is none"


def test_a_program_that_may_not_be_run_is_none(package: Path) -> None:
    (package / "bin/pdflatex").unlink()
    (package / "bin/pdflatex").write_text("")
    assert find("wheel") == ()


def test_tex_live_goes_before_it_and_tectonic_after() -> None:
    assert NAMES == ("latexmk", "wheel", "tectonic")


def test_the_extra_names_the_package_of_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["optional-dependencies"]["tex"] == [f"cvtex-tex=={project['version']}"]
    assert __version__ == project["version"]


def test_what_it_lacks(package: Path) -> None:
    files = ("article.cls", "rare.sty", "base/article.cls")
    assert lacking("wheel", files) == ("rare.sty",)
    (package / "manifest.json").write_text("[]")
    wheel._read.cache_clear()
    assert lacking("wheel", files) == files


@pytest.mark.parametrize(
    ("file", "brings"),
    [
        ("rare.sty", "Debian's texlive-latex-extra"),
        ("tikz.sty", f"Debian's {PACKAGE_OF['tikz.sty']}"),
        ("own.sty", "put own.sty into the theme's folder"),
    ],
)
def test_a_missing_file_is_named_with_what_brings_it(package: Path, file: str, brings: str) -> None:
    told = wheel._with_package(Message("error", f"LaTeX Error: File `{file}' not found"))  # type: ignore[arg-type]
    assert told.hint and brings in told.hint and file in told.hint
    other = Message("error", "Undefined control sequence", hint="as it was")  # type: ignore[arg-type]
    assert wheel._with_package(other) == other


def test_without_it_the_command_says_what_brings_it(cvtex: Program, project: Path) -> None:
    told = cvtex("build", project, "--toolchain", "wheel")
    assert told.status == 1
    assert "hint: run `cvtex toolchain install wheel`" in told.err
    told = cvtex("build", project, "--toolchain", "wheel", "--engine", "xelatex")
    assert told.status == 2 and "it has no xelatex" in told.err


def test_what_pdftex_cannot_set_is_an_error_that_says_what_can(
    package: Path, cvtex: Program, project: Path
) -> None:
    chosen = ("--toolchain", "wheel", "--set", "basics.label=技術者")
    told = cvtex("build", project, *chosen)
    assert told.status == 1 and "pdflatex cannot set 技" in told.err
    assert "run `cvtex toolchain install --engine xelatex`" in told.err


def test_the_sandbox_lets_it_read_its_own_tree(package: Path, tmp_path: Path) -> None:
    (package / "texmf-dist").mkdir()
    program = package / "bin/pdflatex"
    program.unlink()
    program.write_text("#!/bin/sh\n")
    allowed = sandbox.access(program, tmp_path, {})
    assert str(package) in allowed.read
    assert str(program) in allowed.programs


DOCUMENT = r"""\documentclass{article}
\usepackage{hyperref}
\begin{document}
\section{One}\label{one}On page \pageref{one}.
\end{document}
"""


@pytest.mark.tex
def test_it_makes_the_pdf_that_tex_live_makes(package: Path, tmp_path: Path) -> None:
    """By the fast path, by that of later builds, and by the plain one."""
    (chain,) = find("wheel")
    (live,) = find("latexmk")
    made = []
    for kind, tool, cache in (
        ("live", live, False),
        ("plain", chain, False),
        ("first", chain, True),
        ("first", chain, True),
    ):
        folder = tmp_path / kind
        folder.mkdir(exist_ok=True)
        (folder / "cv.tex").write_text(DOCUMENT)
        job = Job(engine="pdflatex", folder=folder, epoch=1_700_000_000, cache=cache)
        runner = latexmk if tool is live else wheel
        outcome = runner.compile(tool, job)
        assert outcome.ok, (kind, outcome.reason, outcome.messages)
        assert outcome.pdf
        made.append(outcome.pdf.read_bytes())
    assert len(set(made)) == 1
    assert wheel.compile(chain, Job(engine="xelatex", folder=folder, epoch=0)).reason


@pytest.mark.tex
def test_a_theme_of_ones_own_is_told_what_brings_its_file(
    package: Path, cvtex: Program, project: Path, trusting: None
) -> None:
    own_theme(project, loading("nosuch-rare"))
    (package / "elsewhere.json").write_text(
        json.dumps({"texlive-latex-extra": ["nosuch-rare.sty"]})
    )
    told = cvtex("build", project, "--theme", "mine", "--toolchain", "wheel")
    assert told.status == 1
    assert re.search(r"nosuch-rare\.sty.*Debian's texlive-latex-extra", told.err, re.DOTALL)
