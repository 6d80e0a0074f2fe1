"""The published PDF, tagged and with its metadata, is the same by every way to it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from cvtex import pipeline, watch
from cvtex.request import Request
from shared import ENGINES, Program, often


@pytest.mark.tex
@pytest.mark.parametrize(("engine",), often(zip(ENGINES[:3]), lambda engine: engine == ENGINES[0]))
def test_every_way_gives_the_same_bytes(
    engine: str, project: Path, cvtex: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a cache, by latexmk, confined and not; by a precompiled preamble; by an engine
    started ahead; by watch, in the process that built others before; by batch, in a child; in
    another folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = project / "data" / "work.yaml"
    good = work.read_text()
    options = ("--theme", "classic", "--toolchain", "latexmk", "--engine", engine)
    pdf = project / "build" / "classic.pdf"
    found: dict[str, bytes] = {}

    def build(name: str, *more: str) -> None:
        assert cvtex("build", ".", *options, *more, cwd=project).status == 0
        found[name] = pdf.read_bytes()

    build("latexmk", "--no-cache")
    build("outside the sandbox", "--no-cache", "--sandbox", "off")
    build("the first with a cache")
    for name in ("ahead", "again"):
        work.write_text(good.replace("ML6", "Another Employer"))
        build("changed")
        work.write_text(good)
        build(name)
    del found["changed"]
    request = Request(path=project, themes=("classic",), toolchain="latexmk", engine=engine)
    stop = threading.Event()
    for number, _ in enumerate(watch.watch(request, stop)):
        assert number < 20
        if number == 0:
            work.write_text(good.replace("ML6", "Another Employer"))
        elif number == 1:
            work.write_text(good)
        elif work.read_text() == good:
            break
    found["watch"] = pdf.read_bytes()
    people = tmp_path / "people" / "one"
    for folder in ("data", "bib"):
        shutil.copytree(project / folder, people / folder)
    out = tmp_path / "out"
    if engine == "pdflatex":  # what `batch` takes for such a CV
        assert cvtex("batch", people.parent, "--theme", "classic", "-o", out).status == 0
        [found["batch"]] = [file.read_bytes() for file in out.glob("*.pdf")]
    pipeline.build(Request(path=people, themes=("classic",), toolchain="latexmk", engine=engine))
    found["in another folder"] = (people / "build" / "classic.pdf").read_bytes()
    assert {name for name, data in found.items() if data != found["latexmk"]} == set()
    assert b"pdfuaid" in found["latexmk"]
