"""What is here, what a theme lacks, and what brings it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvtex.toolchain import Toolchain, find, texlive
from cvtex.toolchain.setup import doctor, install
from cvtex.toolchain.setup.doctor import Needs

BASE = Needs(requires=("moderncv.cls",), fonts=("lmroman10-regular.otf",))
NOTHING = Path("/no/program")


@pytest.fixture
def latexmk(tmp_path: Path) -> Toolchain:
    """A toolchain of stand-ins."""
    program = tmp_path / "tex"
    program.write_text("#!/bin/sh\necho 'ThisTeX 3.14-1.40 (TeX Live 2022/Debian)'\n")
    program.chmod(0o755)
    return Toolchain("latexmk", program, dict.fromkeys(doctor.ENGINES, program))


def test_nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "may_apt", lambda: None)
    monkeypatch.setattr(install, "has_apt", lambda: False)
    report = doctor.examine((), {"classic": BASE})
    assert not report.ok
    assert report.command == "cvtex toolchain install tectonic"
    assert all(program.path is None for program in report.programs)


def test_a_theme_that_lacks_a_class(latexmk: Toolchain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "may_apt", lambda: None)
    monkeypatch.setattr(install, "has_apt", lambda: True)
    monkeypatch.setattr(install, "lacking", lambda wanted: tuple(wanted))
    monkeypatch.setattr(texlive, "lacking", lambda files: ("moderncv.cls",))
    report = doctor.examine((latexmk,), {"moderncv": BASE, "classic": Needs()})
    moderncv, classic = report.themes
    assert moderncv.lacking == ("moderncv.cls",)
    assert moderncv.engines == ()
    assert classic.engines == doctor.ENGINES
    assert not report.ok
    assert report.command and report.command.startswith("sudo apt-get install")
    assert "texlive-latex-extra" in report.command


def test_opentype_fonts_are_not_for_pdflatex(
    latexmk: Toolchain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texlive, "lacking", lambda files: ("lmroman10-regular.otf",))
    (state,) = doctor.examine((latexmk,), {"x": BASE}).themes
    assert state.engines == ("pdflatex",)
    assert state.lacking == ("lmroman10-regular.otf",)


def test_tectonic_is_enough() -> None:
    tectonic = Toolchain("tectonic", NOTHING, {"xelatex": NOTHING}, "/some/bundle")
    report = doctor.examine((tectonic,), {"moderncv": BASE})
    assert report.ok
    assert report.command is None
    assert report.bundle == "/some/bundle"
    assert report.programs[-1].version == "does not start"


def test_versions(latexmk: Toolchain) -> None:
    programs = doctor.examine((latexmk,), {}).programs
    assert programs[0].version == "3.14-1.40 (TeX Live 2022/Debian)"


def test_packages_of_a_theme() -> None:
    needs = Needs(engines=("lualatex",), requires=("soul.sty",), packages=("fonts-texgyre",))
    packages = doctor.debian(needs)
    assert {"texlive-luatex", "texlive-plain-generic", "fonts-texgyre"} <= set(packages)
    assert "texlive-luatex" not in doctor.debian(Needs())
    assert "texlive-xetex" in doctor.debian(Needs(), ("xelatex",))


@pytest.mark.tex
def test_what_is_really_here() -> None:
    assert texlive.lacking(["moderncv.cls", "nosuch.sty", "article.cls"]) == ("nosuch.sty",)
    report = doctor.examine(find("latexmk"), {"moderncv": BASE})
    versions = {program.name: program.version for program in report.programs}
    assert all(versions[name][0].isdigit() for name in ("latexmk", *doctor.ENGINES))


@pytest.mark.tex
def test_the_command_prints_it(cvtex: Callable[..., Any], project: Path) -> None:
    told = cvtex("doctor", project)
    assert (told.status, told.err) == (0, "")
    for word in ("pdflatex", "moderncv", "classic", "greek"):
        assert word in told.out
    plain = json.loads(cvtex("doctor", project, "--format", "json").out)
    assert plain["ok"] is True
    assert {theme["name"] for theme in plain["themes"]} >= {"classic", "moderncv"}


def test_the_command_without_tex(cvtex: Callable[..., Any], project: Path, tmp_path: Path) -> None:
    told = cvtex("doctor", project, PATH=str(tmp_path), XDG_CACHE_HOME=str(tmp_path))
    assert told.status == 1
    assert "to bring what lacks: cvtex toolchain install tectonic" in told.out


@pytest.mark.tex
def test_installing_what_is_here_does_nothing(cvtex: Callable[..., Any]) -> None:
    told = cvtex("toolchain", "install", "--theme", "moderncv")
    assert told.status == 0
    assert "latexmk" in told.out
    assert told.err == ""


def test_the_faces_that_come_with_cvtex_and_what_they_cover() -> None:
    faces = {face.name: face for face in doctor.examine((), {}).faces}
    for name in ("source-sans", "source-serif"):
        assert faces[name].here
        assert "Western and Central European" in faces[name].covers
    assert faces["source-sans"].upright == ("Greek", "Cyrillic")
    assert "pip install rendercv-fonts" in faces["charter"].commands
