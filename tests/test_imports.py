"""Start-up is a feature: what a run does not use it does not import.

Each case names what its run must do without. A module that turns up here by a change
costs every user a part of a second; it belongs into the function that uses it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import atexit, sys
atexit.register(lambda: print("modules:", *sys.modules))
sys.argv[1:] = {arguments!r}
from cvtex.cli import main
main()
"""
SELDOM = {
    "bibtexparser",  # where the bibliography is as it was
    "cvtex.source.bibtex.publications",
    "cvtex.source.bibtex.tex",
    "cvtex.source.syntax.json_text",  # where there is no JSON
    "cvtex.source.syntax.yaml_hints",  # where the YAML is right
    "cvtex.datewords",  # where dates are ISO 8601
    "cvtex.photo",  # where there is no photo
    "PIL",
    "cvtex.latex.bibliography",
    "cvtex.toolchain.setup.install",
    "cvtex.toolchain.messages.explain",
    "cvtex.toolchain.messages.place",  # where TeX says nothing
    "citeproc",
    "difflib",  # where nothing is misspelt
    "fontTools",  # where pdfLaTeX has all characters
    "importlib.metadata",
    "logging",
    "lxml",
    "markdown_it",  # where no prose has markup
    "pickle",
    "pikepdf",
    "pylatexenc",
    "watchfiles",
    "concurrent.futures",
    "multiprocessing",
}
"""What no run of the usual verbs needs, while all is well."""

READING = {"cvtex.model", "cvtex.source", "yaml"}
WRITING = {"cvtex.citation", "cvtex.latex", "cvtex.pipeline.preparation", "pylatex"}
RUNNING = {
    "cvtex.toolchain",
    "cvtex.toolchain.texlive.pdflatex",
    "subprocess",
    "tempfile",
    "random",
}

FINISHING = {"pikepdf", "logging"}
"""What a PDF's structure and metadata are written with; it is loaded while TeX runs."""


def modules(folder: Path, *arguments: str) -> set[str]:
    """Return what a run of the program imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=list(arguments))],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].removeprefix("modules:").split())


def unused(folder: Path, wrong: set[str], *arguments: str) -> set[str]:
    """Return what a run imports, none of which may be `wrong`."""
    loaded = modules(folder, *arguments)
    assert sorted(loaded & wrong) == []
    return loaded


def edit(folder: Path) -> None:
    file = folder / "data" / "work.yaml"
    file.write_text(file.read_text().replace("Finetuned", "Finetuned again", 1))


@pytest.fixture
def own(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in [n for n in os.environ if n.startswith("COVERAGE")]:
        monkeypatch.delenv(name)
    return project


@pytest.mark.parametrize("arguments", [("--help",), ("build", "--help")])
def test_help(own: Path, arguments: tuple[str, ...]) -> None:
    unused(own, SELDOM | READING | WRITING | RUNNING | {"cvtex.pipeline", "hashlib"}, *arguments)


def test_validate(own: Path) -> None:
    modules(own, "validate")
    wrong = {
        "cvtex.toolchain.engine",
        "cvtex.toolchain.texlive.pdflatex",
        "cvtex.toolchain.messages.log",
    }
    assert unused(own, SELDOM | wrong, "validate") >= READING


def test_unchanged_build(own: Path) -> None:
    modules(own, "build", "--no-pdf")
    wrong = SELDOM | READING | WRITING | RUNNING
    assert "cvtex.freshness" in unused(own, wrong, "build", "--no-pdf")


def test_changed_text(own: Path) -> None:
    build = ("build", "--no-pdf", "--theme", "moderncv")
    modules(own, *build)
    edit(own)
    wrong = {"cvtex.toolchain.engine", "cvtex.toolchain.texlive.pdflatex", "cvtex.latex.article"}
    assert unused(own, SELDOM | wrong, *build) >= READING | WRITING


@pytest.mark.tex
def test_changed_build(own: Path) -> None:
    build = ("build", "--theme", "moderncv", "--toolchain", "latexmk")
    modules(own, *build)
    edit(own)
    wrong = {
        "cvtex.toolchain.tectonic",
        "cvtex.toolchain.setup.bundle",
        "cvtex.toolchain.setup.doctor",
    }
    loaded = unused(own, SELDOM - FINISHING | wrong, *build)
    assert loaded >= READING | WRITING | {"cvtex.toolchain.texlive.pdflatex", "pikepdf"}
    unused(own, SELDOM, *build, "--standard", "plain")
