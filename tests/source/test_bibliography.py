"""The bibliography as it was read before: kept in the user's cache, and never wrong."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex import freshness, pipeline, store
from cvtex.request import Request
from cvtex.source import bibtex
from cvtex.source.bibtex import bibliography, publications
from shared import Program

BIB = r"""@string{ml = "Machine Learning"}
@article{one, author = {M{\"u}ller, Anna and de la Cruz, José}, title = {On {TeX} and $x^2$},
  journal = ml, year = 2020, month = mar, doi = {10.1000/182}, keywords = {a, b},
  author+an = {1=equal}}
@inproceedings{two, author = {Doe, Jane and others}, title = {Zwei \strange{Dinge}},
  booktitle = {B}, date = {2021-05/2021-06}, addendum = {[Code](https://example.org/c)},
  translator = {Nobody, N.}}
@article{one, title = {Again}, year = 2022}
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bibliography._read_all.cache_clear()
    return tmp_path / "cache"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was read anew, and not taken from the cache."""
    found: list[object] = []
    read = publications.read_all

    def counted(files: dict[str, str]) -> bibliography.Bibliography:
        found.append(files)
        return read(files)

    monkeypatch.setattr(publications, "read_all", counted)
    return found


def read(text: str = BIB, *, cache: bool = True) -> bibliography.Bibliography:
    bibliography._read_all.cache_clear()  # as in another process
    return bibtex.read_all({"bib/p.bib": text}, cache=cache)


def files() -> list[Path]:
    return sorted(store.root().iterdir()) if store.root().is_dir() else []


def test_what_was_read_before_is_the_same(readings: list[object]) -> None:
    first = read()
    assert read() == first
    assert repr(read()) == repr(first)
    assert len(readings) == 1
    assert len(first[0]) == 3
    assert {d.source.line for d in first[1] if d.source} == {5, 8}


def test_another_text_or_name_is_read_anew(readings: list[object]) -> None:
    read()
    changed = read(BIB.replace("Doe, Jane", "Roe, Jane"))
    assert changed[0][1].authors[0].family.text == "Roe"
    bibliography._read_all.cache_clear()
    moved, diagnostics = bibtex.read_all({"bib/q.bib": BIB}, cache=True)
    assert moved[0].source.file == "bib/q.bib"
    assert {d.source.file for d in diagnostics if d.source} == {"bib/q.bib"}
    assert len(readings) == 3


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


def _half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:200])


def _a_letter(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Doe", b"Dot"))


def _whole(data: bytes) -> Callable[[Path], None]:
    return lambda file: store.save(file.name, data)


@pytest.mark.parametrize(
    "damage",
    [
        _nothing,
        _half,
        _a_letter,
        _whole(b"no marshal"),
        _whole(marshal.dumps((("one",),))),
        _whole(marshal.dumps(["Popen", "true"])),
    ],
)
def test_what_is_damaged_is_read_anew(
    damage: Callable[[Path], None], readings: list[object]
) -> None:
    first = read()
    [file] = files()
    damage(file)
    assert read() == first
    assert len(readings) == 2
    assert read() == first  # and kept again
    assert len(readings) == 2


def test_another_cvtex_or_splitter_reads_anew(
    readings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read()
    monkeypatch.setattr(freshness, "_identity", "another")
    assert read() == first
    monkeypatch.setattr(bibliography, "_splitter", lambda: "another")
    assert read() == first
    assert len(readings) == 3


def test_without_a_cache_nothing_is_kept_or_used(readings: list[object]) -> None:
    first = read(cache=False)
    assert not files()
    read()
    assert read(cache=False) == first
    assert len(readings) == 3


def test_a_cache_that_cannot_be_used_is_none(
    home: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read()
    store.root().chmod(0o777)  # anybody's
    assert read() == first
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/none")
    assert read() == first
    assert len(readings) == 3


def test_two_at_once_keep_one(home: Path) -> None:
    program = (
        "import sys; from cvtex.source import bibtex\n"
        "found = bibtex.read_all({'bib/p.bib': sys.argv[1]}, cache=True); print(len(found[0]))"
    )
    command = [sys.executable, "-c", program, BIB]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    assert [run.communicate()[0].strip() for run in runs] == [b"3"] * 4
    assert len(files()) == 1
    assert read() == read(cache=False)


def test_the_kept_take_no_more_than_their_room(home: Path) -> None:
    for number in range(8):
        store.save(f"thing-{number}", bytes(1000))
        os.utime(store.root() / f"thing-{number}", (number, number))
    assert store.load("thing-0") == bytes(1000)  # used now
    store.prune(limit=3100)
    assert [file.name for file in files()] == ["thing-0", "thing-6", "thing-7"]
    store.prune(most=1)
    assert [file.name for file in files()] == ["thing-0"]
    store.save("huge", bytes(store.LIMIT // 4 + 1))
    assert store.size() == (1, 1004)
    assert store.clear() == 1004
    assert not files()


def test_a_kept_bibliography_warns_at_the_same_lines(project: Path, cvtex: Program) -> None:
    (project / "bib" / "publications.bib").write_text(BIB)
    first = cvtex("validate", cwd=project)
    assert "publications.bib:5:" in first.err
    assert r"title = {Zwei \strange{Dinge}}" in first.err
    assert len(files()) == 1
    assert cvtex("validate", cwd=project) == first
    shown = cvtex("cache", "show", cwd=project).out
    assert "1 bibliography as read" in shown
    assert "freed" in cvtex("cache", "clear", cwd=project).out
    assert not files()


def test_no_cache_keeps_nothing(project: Path, cvtex: Program) -> None:
    assert cvtex("build", "--no-pdf", "--no-cache", cwd=project).status == 0
    assert not files()
    assert cvtex("build", "--no-pdf", cwd=project).status == 0
    assert len(files()) == 1


def test_nothing_private_is_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "data" / "private.yaml").write_text("basics: {phone: '+49 30 23125 000'}\n")
    monkeypatch.setenv("CVTEX_PRIVATE_EMAIL", "secret@example.org")
    assert pipeline.read(Request(path=project)).basics.phone
    [file] = files()
    assert b"23125" not in file.read_bytes()
    assert b"secret@" not in file.read_bytes()
