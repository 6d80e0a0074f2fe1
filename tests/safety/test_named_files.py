"""Files that a verb names: a device never ends, a huge file is not taken in, a pipe is read
where a shell's `<(command)` makes sense. The runs have 3 GB of memory to fail in."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from safety.places import Place

VERBS = {
    "extract": ["extract", "{}.pdf"],
    "import LaTeX": ["import", "{}.tex"],
    "import PDF": ["import", "{}.pdf"],
    "import YAML": ["import", "{}.yaml"],
    "import ZIP": ["import", "{}.zip"],
    "publications": ["publications", "list", "{}.bib"],
    "template": ["export", "docx", "--template", "{}.docx"],
    "series": ["letter", "base", "--from", "{}.csv"],
}


def _huge(file: Path) -> None:
    file.write_bytes(b"")
    os.truncate(file, 1 << 40)


MAKES: dict[str, tuple[Callable[[Path], object], str]] = {
    "device": (lambda file: file.symlink_to("/dev/zero"), "it is a device"),
    "huge": (_huge, "larger"),
}


def run(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cvtex", *arguments],
        cwd=place.project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30)),
    )


@pytest.mark.parametrize("what", MAKES)
@pytest.mark.parametrize("verb", VERBS)
def test_what_never_ends(place: Place, verb: str, what: str) -> None:
    make, message = MAKES[what]
    *arguments, name = (part.format("named") for part in VERBS[verb])
    if verb == "series":
        letters = place.project / "data" / "letters"
        letters.mkdir()
        (letters / "base.yaml").write_text("organization: '{organization}'\nbody: [Hello]\n")
    make(place.project / name)
    ran = run(place, *arguments, name)
    assert ran.returncode in (1, 2), ran.stderr
    assert name in ran.stderr
    if (verb, what) != ("import ZIP", "huge"):  # zeros are no ZIP
        assert message in ran.stderr, ran.stderr
    assert "memory" not in ran.stderr
    assert "_io" not in ran.stderr


def test_a_pipe_is_no_file_to_import(place: Place) -> None:
    os.mkfifo(place.project / "cv.tex")
    ran = run(place, "import", "cv.tex")
    assert ran.returncode == 1
    assert "cv.tex: error: it is a pipe" in ran.stderr


@pytest.mark.parametrize("target", ["nowhere", "a-file", "a-file/deeper"])
@pytest.mark.parametrize("verb", [pytest.param("build", marks=pytest.mark.tex), "export html"])
def test_where_no_folder_can_be(place: Place, verb: str, target: str) -> None:
    (place.project / "nowhere").symlink_to(place.home / "gone")
    (place.project / "a-file").write_text("ten years of work")
    ran = run(place, *verb.split(), "-o", f"{target}/cv")
    assert ran.returncode == 2
    top = target.split("/")[0]
    kind = "a link that leads nowhere" if top == "nowhere" else "a file"
    assert f"{top} is {kind}, and a folder is wanted there" in ran.stderr
    assert (place.project / "a-file").read_text() == "ten years of work"
    assert not (place.home / "gone").exists()


@pytest.mark.parametrize("verb", ["new nowhere", "batch . -o nowhere", "import r.json -o nowhere"])
def test_a_folder_is_a_link_that_leads_nowhere(place: Place, verb: str) -> None:
    (place.project / "nowhere").symlink_to(place.home / "gone")
    (place.project / "r.json").write_text('{"basics": {"name": "Ada"}}')
    ran = run(place, *verb.split())
    assert ran.returncode != 0
    assert "nowhere" in ran.stderr and "a link that leads nowhere" in ran.stderr, ran.stderr
    assert not (place.home / "gone").exists()


def test_what_is_no_pdf(place: Place) -> None:
    for content in (b"", b"hello", b"%PDF-1.7\nxx"):
        (Path(place.project) / "t.pdf").write_bytes(content)
        ran = run(place, "extract", "t.pdf")
        assert ran.returncode == 1
        assert ran.stderr == "error: t.pdf: it is no PDF, or a damaged one\n"
