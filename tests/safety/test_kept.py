"""What is kept from one run to the next: how much, how long, and which of it a run may find."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cvtex import store, workplace
from cvtex.diagnostics import CvtexError
from cvtex.model import Basics, Meta, Resume, Text
from cvtex.pipeline import reading
from cvtex.source import Reading


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_kept_comes_back_and_what_is_damaged_does_not() -> None:
    assert store.load("one") is None
    store.save("one", b"data")
    store.save("none", b"")
    assert (store.load("one"), store.load("none")) == (b"data", b"")
    file = store.root() / "one"
    assert file.stat().st_mode & 0o777 == 0o600
    for damage in (b"", b"abc", file.read_bytes()[:-1], file.read_bytes() + b"x"):
        file.write_bytes(damage)
        assert store.load("one") is None
    file.unlink()
    file.symlink_to("none")
    assert store.load("one") is None, "no link is followed"


def test_the_least_used_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        store.save(f"{number}", b"x" * 96)  # with its checksum, 100 bytes
        os.utime(store.root() / f"{number}", (1000 + number, 1000 + number))
    assert store.size() == (4, 400)
    assert store.load("0")  # it is used now
    store.prune(limit=300)
    assert names(store.root()) == {"0", "2", "3"}
    store.prune(limit=299)
    assert names(store.root()) == {"0", "3"}
    store.prune(most=2)
    assert names(store.root()) == {"0", "3"}
    store.prune(most=1)
    assert names(store.root()) == {"0"}
    assert store.clear() == 100
    assert store.size() == (0, 0)
    monkeypatch.setattr(store, "LIMIT", 400)
    store.save("large", bytes(100))
    store.save("larger", bytes(101))
    assert names(store.root()) == {"large"}, "no one thing takes a quarter of all"


def test_a_run_finds_its_files_and_what_the_last_one_left_for_it(tmp_path: Path) -> None:
    left = ("cv.aux", "cv.out", ".fast", ".ahead-1", ".lua")
    others = ("cv.bbl", "other.aux", "folder", "evil.sty")

    def begun(made_by: str) -> set[str]:
        """A run, and what it finds there beside what it was given."""
        workplace.fill(tmp_path, {"cv.tex": b"text", "a.sty": b"style"}, made_by)
        assert (tmp_path / "cv.tex").read_bytes() == b"text"
        assert (tmp_path / "a.sty").read_bytes() == b"style"
        found = names(tmp_path) - {"cv.tex", "a.sty", ".made-by"}
        for name in (*left, *others):
            if name in ("folder", ".ahead-1", ".lua"):
                (tmp_path / name).mkdir(exist_ok=True)
            else:
                (tmp_path / name).write_text(name)
        return found

    assert begun("pdflatex") == set()
    before = (tmp_path / "cv.tex").stat().st_mtime_ns
    assert begun("pdflatex") == {*left}
    assert (tmp_path / "cv.tex").stat().st_mtime_ns == before, "what is there is not written anew"
    assert begun("xelatex") == {".ahead-1", ".lua"}
    (tmp_path / "cv.aux").unlink()
    (tmp_path / "cv.aux").symlink_to("/etc/hostname")
    (tmp_path / "cv.tex").write_text("changed")
    assert "cv.aux" not in begun("xelatex"), "a link is none of cvtex's"


def test_folders_that_were_not_used_for_long_go() -> None:
    now = time.time()
    root = workplace.root()
    root.mkdir(parents=True)
    for name, age in (("new", 10), ("used", 1000), ("old", 90 * 24 * 3600 + 60)):
        (root / name).mkdir()
        (root / name / "cv.tex").write_text("x")
        os.utime(root / name, (now - age, now - age))
    workplace.prune()
    assert names(root) == {"new", "used"}
    workplace.prune(most=2)
    assert names(root) == {"new", "used"}
    workplace.prune(most=1)
    assert names(root) == {"new"}


def test_a_build_folder_has_one_place_and_another_one_when_it_is_made_anew(tmp_path: Path) -> None:
    build = tmp_path / "build"
    (build / "classic").mkdir(parents=True)
    assert workplace.find(build, "classic") is None
    with workplace.entered(build, "classic") as first:
        assert first.parent == workplace.root()
        assert first.stat().st_mode & 0o777 == 0o700
    assert workplace.find(build, "classic") == first
    with workplace.entered(build, "classic") as again:
        assert again == first
    assert workplace.find(build, "jake") is None
    word = build / "classic" / workplace.WORD
    for damage in ("", "../../x", "0" * 31, "0" * 33, "G" * 32):
        word.write_text(damage)
        assert workplace.find(build, "classic") is None
    word.unlink()
    with workplace.entered(build, "classic") as other:
        assert other != first
    with workplace.entered(build, "classic", private=True) as inside:
        assert inside == build / ".classic"


@pytest.mark.parametrize(
    ("given", "modified", "when"),
    [
        (None, None, 946684800),
        (None, "2020-01-01", 1577836800),
        (None, "2020-01-01T02:00:00+02:00", 1577836800),
        (None, "1960-01-01", 0),
        (None, "some day", 946684800),
        ("0", "2020-01-01", 0),
        ("5", None, 5),
        ("253402300799", None, 253402300799),
    ],
)
def test_the_date_of_a_document(
    given: str | None, modified: str | None, when: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the environment, the data, or none: then the same bytes whenever it is built."""
    if given is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    meta = Meta(last_modified=Text(modified) if modified else None)
    resume = Resume(basics=Basics(name=Text("Ada")), meta=meta)
    assert reading.epoch(Reading(resume=resume, diagnostics=(), inputs={}, secrets=())) == when


@pytest.mark.parametrize("given", ["-1", "1.5", "253402300800", "1234567890123", "today", "１"])
def test_a_date_that_is_none_is_an_error(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(CvtexError, match="SOURCE_DATE_EPOCH"):
        reading.epoch(Reading(resume=None, diagnostics=(), inputs={}, secrets=()))
