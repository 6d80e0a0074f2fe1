"""What may lie in a project in place of its files: each is told, none is waited for or followed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cvtex import source
from cvtex.diagnostics import CvtexError, Diagnostic, format_diagnostic
from safety.places import Place
from shared import Program

NAMES = ("data/work.yaml", "data/private.yaml", "data/talks.yaml", "bib/a.bib", "styles/a.yaml",
         "styles/a.csl")  # fmt: skip


def told(project: Path, **options: Any) -> list[Diagnostic]:
    """Return what reading a project says, whether it stops it or not."""
    try:
        found = source.find(project, public=False, environ={}, **options)
        return list(source.read(found).diagnostics)
    except CvtexError as stop:
        return list(stop.diagnostics)


def messages(project: Path, **options: bool) -> list[str]:
    return [f"{d.source}: {d.severity}: {d.message}" for d in told(project, **options)]


def put(place: Place, name: str) -> Path:
    """Return where a file of the project will stand, with its folder made."""
    file = place.project / name
    file.parent.mkdir(exist_ok=True)
    return file


# --- links ------------------------------------------------------------------------------

OUT = "error: a link leads out of the project"


@pytest.mark.parametrize("name", NAMES)
def test_a_link_leads_out(place: Place, name: str) -> None:
    secret = place.home / "other.yaml"
    secret.write_text("- name: CANARY\n")
    file = put(place, name)
    for target in (secret, Path("/etc/passwd"), Path("/dev/zero"), Path("../../home/other.yaml")):
        file.symlink_to(target)
        assert f"{name}: {OUT}" in messages(place.project)
        assert not any("CANARY" in f"{d.message} {d.hint}" for d in told(place.project))
        file.unlink()


@pytest.mark.parametrize("folder", ["data", "bib", "styles"])
def test_a_folder_is_a_link_that_leads_out(place: Place, folder: str) -> None:
    other = place.home / "theirs"
    other.mkdir()
    for name in ("basics.yaml", "a.bib"):
        (other / name).write_text("name: CANARY\n")
    if folder == "data":
        (place.project / "data/basics.yaml").unlink()
        (place.project / "data").rmdir()
    (place.project / folder).symlink_to(other)
    found = messages(place.project)
    assert [line for line in found if OUT in line] == [
        f"{folder}/{name}: {OUT}" for name in ("a.bib", "basics.yaml")
    ]


def test_a_chain_of_links_leads_out(place: Place) -> None:
    (place.home / "w.yaml").write_text("- name: CANARY\n")
    (place.project / "two").symlink_to(place.home / "w.yaml")
    put(place, "data/work.yaml").symlink_to("../two")
    assert messages(place.project) == [f"data/work.yaml: {OUT}"]


def test_links_within_the_project(place: Place) -> None:
    (place.project / "shared").mkdir()
    (place.project / "shared/w.yaml").write_text("- name: A\n")
    put(place, "data/work.yaml").symlink_to("../shared/w.yaml")
    (place.project / "link").symlink_to("shared")
    put(place, "data/volunteer.yaml").symlink_to("../link/w.yaml")
    assert [m for m in messages(place.project) if "link" in m] == []


def test_links_of_a_project_that_is_trusted(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.home / "w.yaml").write_text("- name: A\n")
    put(place, "data/work.yaml").symlink_to(place.home / "w.yaml")
    assert messages(place.project) == [f"data/work.yaml: {OUT}"]
    assert messages(place.project, trust=True) == []
    monkeypatch.setenv("CVTEX_TRUST", "1")
    assert messages(place.project) == []


def test_a_project_reached_by_a_link(place: Place) -> None:
    (place.home / "cv").symlink_to(place.project)
    assert messages(place.home / "cv") == []


def test_the_program_says_it_and_shows_nothing(place: Place, cvtex: Program) -> None:
    (place.home / "w.yaml").write_text("- name: CANARY\n")
    put(place, "data/work.yaml").symlink_to(place.home / "w.yaml")
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert (run.status, "CANARY" in run.out + run.err) == (1, False)
    assert cvtex("build", "--no-pdf", "--trust", cwd=place.project).status == 0


# --- what is no file, and what cannot be read -------------------------------------------


def _huge(file: Path) -> None:
    file.write_bytes(b"")
    os.truncate(file, 1 << 40)


MAKES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (os.mkfifo, "this file cannot be read: it is a pipe"),
    "a loop": (lambda file: file.symlink_to(file.name), "this file cannot be read: "),
    "a link to nothing": (lambda file: file.symlink_to("nothing"), "this file cannot be read: "),
    "a huge file": (_huge, "larger"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", MAKES)
def test_what_is_no_file(place: Place, name: str, what: str) -> None:
    make, message = MAKES[what]
    make(put(place, name))
    [line] = messages(place.project)
    assert line.startswith(f"{name}: error: this file ") and message in line


@pytest.mark.parametrize("folder", ["bib", "styles"])
@pytest.mark.parametrize("what", ["a pipe", "a loop", "a link to nothing"])
def test_a_folder_that_cannot_be_listed_is_not_empty(place: Place, folder: str, what: str) -> None:
    MAKES[what][0](place.project / folder)
    [line] = messages(place.project)
    assert line.startswith(f"{folder}: error: this folder cannot be read: ")


def test_a_folder_that_may_not_be_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything: so the system's answer is given by hand."""
    (place.project / "bib").mkdir()
    listed = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder.name == "bib":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert messages(place.project) == ["bib: error: this folder cannot be read: Permission denied"]


def test_a_bibliography_in_capitals(place: Place) -> None:
    put(place, "bib/a.BIB").write_text("@book{a, title={T}, author={A B}, year=2020}\n")
    reading = source.read(source.find(place.project, public=True))
    assert reading.resume and [p.title.text for p in reading.resume.publications] == ["T"]


# --- names ------------------------------------------------------------------------------

WILD = st.binary(min_size=1, max_size=40).filter(
    lambda name: not {0, 47} & set(name) and name not in (b".", b"..")
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(WILD, st.sampled_from([b"data", b"bib", b"styles", b""]),
       st.sampled_from([b"", b".yaml", b".yml", b".bib", b".csl", b".json"]))  # fmt: skip
@example(b"\xff", b"bib", b".bib")
@example(b"\xff", b"data", b".yaml")
@example(b"\xff", b"styles", b".csl")
@example(b"\xff", b"", b".json")
@example(b"a\nb", b"bib", b".bib")
@example(b"\x1b[31m", b"data", b".yaml")
@example("‮evil".encode(), b"data", b".yaml")
def test_wild_names(name: bytes, folder: bytes, ending: bytes) -> None:
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "data").mkdir()
        (Path(root) / "data/basics.yaml").write_text("name: A\n")
        file = Path(root) / os.fsdecode(folder) / os.fsdecode(name + ending)
        file.parent.mkdir(exist_ok=True)
        content = {b".bib": "@book{a, title={T}}", b".json": '{"basics": {"name": "A"}}'}
        file.write_text(content.get(ending, "- name: B\n"))
        alone = not folder and ending in (b".json", b".yaml", b".yml")
        for diagnostic in told(file if alone else Path(root)):
            assert format_diagnostic(diagnostic)


@pytest.mark.parametrize("ending", ["bib", "json", "yaml"])
def test_the_program_with_a_name_that_is_not_utf8(
    place: Place, cvtex: Program, ending: str
) -> None:
    name = os.fsdecode(b"\xff\x1b[31m\n." + ending.encode())
    file = put(place, f"bib/{name}" if ending == "bib" else name)
    file.write_text({"json": '{"basics": {}}', "yaml": "basics: {}\n", "bib": "@book{a, x"}[ending])
    run = cvtex("validate", "." if ending == "bib" else name, cwd=place.project)
    assert run.status == 1, run.err
    assert "Traceback" not in run.err and "\x1b[31m" not in run.err + run.out


@pytest.mark.parametrize("given", ["²", "-1", "1e9", "٣", "soon", "9" * 13])
def test_a_date_that_is_none(place: Place, cvtex: Program, given: str) -> None:
    run = cvtex("build", "--no-pdf", cwd=place.project, SOURCE_DATE_EPOCH=given)
    assert "Traceback" not in run.err
