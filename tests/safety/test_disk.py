"""`disk` and `home`: files whole or absent, no link followed, locks, whose a folder is."""

from __future__ import annotations

import errno
import multiprocessing
import os
import socket
import stat
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex import disk, home


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside a user's own file and folder, which nothing may reach from it."""
    (tmp_path / "home/docs").mkdir(parents=True)
    (tmp_path / "home/docs/letter.txt").write_text("precious")
    (tmp_path / "home/.bashrc").write_text("# mine")
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def unharmed(project: Path) -> bool:
    there = sorted(p.name for p in (project.parent / "home/docs").iterdir())
    mine = (project.parent / "home/.bashrc").read_text()
    return there == ["letter.txt"] and mine == "# mine"


def nothing_left(folder: Path) -> bool:
    return not [name for name in os.listdir(folder) if name.startswith(".cvtex-")]


def test_a_file_is_written_with_its_folders(project: Path) -> None:
    file = project / "build/classic/cv.tex"
    disk.write(file, b"one", within=project)
    disk.write(file, b"two", within=project, sync=True)
    assert disk.read(file, 100, within=project) == b"two"
    assert os.listdir(file.parent) == ["cv.tex"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


@pytest.mark.parametrize("link", ["build", "build/classic", "build/classic/a"])
@pytest.mark.parametrize("target", ["../home/docs", "home", "nowhere"])
def test_no_folder_below_is_entered_by_a_link(project: Path, link: str, target: str) -> None:
    (project / "nowhere/..").resolve()
    place = project / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(project.parent / "home/docs" if "docs" in target else project / target)
    file = project / "build/classic/a/b.txt"
    for deed in (
        lambda: disk.write(file, b"x", within=project),
        lambda: disk.read(file, 10, within=project),
        lambda: disk.remove(place / "letter.txt", within=project),
        lambda: disk.locked(file, within=project).__enter__(),
    ):
        with pytest.raises(OSError, match="link") as refused:
            deed()
        assert refused.value.errno == errno.ELOOP
        assert refused.value.filename == str(place)
    assert unharmed(project)


def test_a_link_of_the_files_name_is_replaced(project: Path) -> None:
    (project / "cv.pdf").symlink_to("../home/.bashrc")
    disk.write(project / "cv.pdf", b"%PDF", within=project)
    assert not (project / "cv.pdf").is_symlink()
    assert (project / "cv.pdf").read_bytes() == b"%PDF"
    assert unharmed(project)


def test_a_link_is_not_read_nor_locked_and_removed_alone(project: Path) -> None:
    for name in ("a", "b"):
        (project / name).symlink_to("../home/.bashrc")
    with pytest.raises(OSError, match="link"):
        disk.read(project / "a", 100, within=project)
    with pytest.raises(OSError, match="link"), disk.locked(project / "b", within=project):
        pass
    disk.remove(project / "a", within=project)
    disk.remove(project / "gone/at/all", within=project)
    assert os.listdir(project) == ["b"]
    assert unharmed(project)


def _folder(place: Path) -> None:
    place.mkdir()


def _pipe(place: Path) -> None:
    os.mkfifo(place)


def _socket(place: Path) -> None:
    os.chdir(place.parent)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(place.name)


def _device(place: Path) -> None:
    try:
        os.mknod(place, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes a device")


@pytest.mark.parametrize("make", [_folder, _pipe, _socket, _device])
def test_what_is_no_file_stays_and_is_never_waited_for(
    project: Path, make: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    place = project / "x"
    make(place)  # type: ignore[operator]
    kind = place.stat().st_mode
    with pytest.raises(OSError):
        disk.write(place, b"x")
    with pytest.raises(OSError):
        disk.read(place, 10)
    disk.remove(place)
    assert place.stat().st_mode == kind
    assert nothing_left(project)


def test_the_old_file_stays_where_the_new_one_fails(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "cv.pdf"
    file.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), disk.replacing(file) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "fsync", lambda fd: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="No space") as failed:
        disk.write(file, b"new", sync=True)
    assert failed.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert nothing_left(project)


def test_names_of_drafts_cannot_be_known(project: Path) -> None:
    for pid in range(os.getpid(), os.getpid() + 50):
        for form in (f".cv.pdf.{pid}", f"cv.pdf.{pid}", f".new-{pid}-cv.pdf"):
            (project / form).symlink_to("../home/.bashrc")
    disk.write(project / "cv.pdf", b"%PDF", within=project)
    assert unharmed(project)


def test_too_large_is_said_and_not_read(project: Path) -> None:
    file = project / "large"
    with file.open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(OSError, match="larger than 1 MB"):
        disk.read(file, 1 << 20)
    with pytest.raises(OSError, match="device"):
        disk.read(Path("/dev/zero"), 1 << 20)


def test_only_old_drafts_are_swept(project: Path) -> None:
    for name in (".cvtex-old", ".cvtex-new", "mine"):
        (project / name).touch()
    for name in (".cvtex-old", "mine"):
        os.utime(project / name, (1, 1))
    disk.sweep(project)
    assert sorted(os.listdir(project)) == [".cvtex-new", "mine"]


NAMES = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1).filter(
    lambda name: name not in (".", "..") and len(name.encode()) <= 255
)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.binary(max_size=50))
def test_any_name_that_a_file_can_have(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    place = tmp_path_factory.mktemp("names")
    disk.write(place / name, content, within=place)
    assert disk.read(place / name, 50, within=place) == content
    disk.remove(place / name, within=place)
    assert os.listdir(place) == []


def _hold(file: Path, held: threading.Event, seconds: float) -> None:
    with disk.locked(file):
        held.set()
        time.sleep(seconds)


def test_a_lock_says_that_it_waits_and_gives_up(project: Path) -> None:
    file = project / "build/.lock"
    there = multiprocessing.get_context("fork")
    held = there.Event()
    other = there.Process(target=_hold, args=(file, held, 0.6))
    other.start()
    assert held.wait(10)
    told: list[int] = []
    waits = disk.locked(file, waiting=lambda: told.append(1), patience=0.1)
    with pytest.raises(TimeoutError) as refused, waits:
        pass
    assert refused.value.filename == str(file)
    with disk.locked(file, waiting=lambda: told.append(2)):
        other.join(10)
        assert other.exitcode == 0
    assert told == [1, 2]
    with disk.locked(file, waiting=lambda: told.append(3)):
        pass
    assert told == [1, 2]


def test_stamps(project: Path) -> None:
    file = project / "a"
    assert disk.stamp(file) is None
    file.write_text("one")
    first = disk.stamp(str(file))
    os.utime(file, ns=(5, 5))
    assert disk.stamp(file) == "3 5" != first


# ---- the user's own folders ----


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/cvtex"


def test_what_is_made_is_the_users_alone(cache: Path) -> None:
    assert home.is_ours(cache / "kept/deep")
    for folder in (cache, cache / "kept", cache / "kept/deep"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_old_cache_is_closed_to_others(cache: Path) -> None:
    (cache / "kept").mkdir(parents=True)
    cache.chmod(0o775)
    (cache / "kept").chmod(0o755)
    assert home.is_ours(cache / "kept")
    assert stat.S_IMODE(cache.stat().st_mode) == stat.S_IMODE((cache / "kept").stat().st_mode)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702, 0o1777])
def test_what_others_may_have_written_is_not_used(cache: Path, mode: int) -> None:
    (cache / "kept").mkdir(parents=True)
    (cache / "kept").chmod(mode)
    assert "others can write into" in str(home.why_not(cache / "kept"))
    assert home.why_not(cache / "fast") is None


def test_a_cache_in_a_folder_of_everybody(cache: Path) -> None:
    cache.parent.mkdir()
    cache.parent.chmod(0o777)
    assert "everybody can write" in str(home.why_not(cache / "kept"))
    cache.parent.chmod(0o1777)
    assert home.is_ours(cache / "kept")


@pytest.mark.parametrize("inside", ["", "kept"])
def test_what_belongs_to_another_is_not_used(cache: Path, inside: str) -> None:
    (cache / "kept").mkdir(parents=True)
    try:
        os.chown(cache / inside, 65534, 65534)
    except PermissionError:
        pytest.skip("only root gives a folder away")
    assert "another user" in str(home.why_not(cache / "kept"))


def test_links_in_the_cache(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "large-disk").mkdir()
    cache.parent.mkdir()
    cache.symlink_to(tmp_path / "large-disk")
    assert home.is_ours(cache / "kept")  # the user's own link may stand for the whole
    (cache / "fast").symlink_to(tmp_path)
    assert "is a link" in str(home.why_not(cache / "fast"))


def test_what_cannot_be_made_is_no_traceback(cache: Path) -> None:
    cache.parent.write_text("a file")
    assert home.why_not(cache / "kept")
    assert not home.is_ours(home.NOWHERE)


def test_a_user_without_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for value in ("", "relative/home"):
        monkeypatch.setenv("HOME", value)
        assert home.cache_folder() == home.state_folder() == home.NOWHERE
        assert not home.is_ours(home.cache_folder())
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a uid of no user
    assert home.cache_folder() == home.NOWHERE
