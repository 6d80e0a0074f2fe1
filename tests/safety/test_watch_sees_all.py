"""`cvtex watch` sees every input that is there or may come, and nothing else."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cvtex import disk, inputs, output, pipeline, watch
from cvtex.diagnostics import CvtexError, error
from cvtex.inputs import Inputs
from cvtex.request import Request, Result
from shared import ROOT

PHOTO = ROOT / "src/cvtex/samples/photo.png"


class Watched:
    """A watch in a thread that counts builds instead of making them."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool = False) -> None:
        self.builds: queue.Queue[watch.Rebuild] = queue.Queue()
        self.stop = threading.Event()

        def build(request: Request, **more: object) -> Result:
            if fails:
                raise CvtexError([error("it fails")])
            return Result(built=())

        monkeypatch.setattr(pipeline, "build", build)
        monkeypatch.setattr(watch.Rebuild, "is_idle", lambda rebuild: False)
        self.thread = threading.Thread(target=self._run, args=(Request(path=path),))
        self.thread.start()
        assert self.builds.get(timeout=30).changed == ()

    def _run(self, request: Request) -> None:
        for rebuild in watch.watch(request, self.stop):
            self.builds.put(rebuild)

    def changed(self) -> set[str]:
        """Return the names of the files of the next build, which must come soon."""
        return {Path(name).name for name in self.builds.get(timeout=30).changed}

    def count(self, seconds: float = 1.6) -> int:
        """Return how many builds there are in so many seconds."""
        time.sleep(seconds)
        return self.builds.qsize()


@pytest.fixture
def cv(tmp_path: Path) -> Path:
    folder = tmp_path / "cv"
    (folder / "data").mkdir(parents=True)
    (folder / "data/basics.yaml").write_text("name: Ada\nimage: photos/me.png\n")
    return folder


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Watched]]:
    begun: list[Watched] = []

    def start(path: Path, fails: bool = False) -> Watched:
        begun.append(Watched(path, monkeypatch, fails))
        return begun[-1]

    yield start
    for one in begun:
        one.stop.set()
        one.thread.join(30)
        assert not one.thread.is_alive()


@pytest.mark.parametrize("fails", [False, True])
def test_hears_of_a_language_that_comes(
    fails: bool, cv: Path, start: Callable[..., Watched]
) -> None:
    """Also while no build succeeds, whose record would name the folder."""
    watched = start(cv, fails)
    (cv / "data/de").mkdir()
    assert watched.changed() == {"de"}
    (cv / "data/de/work.yaml").write_text("- name: [\n")
    assert watched.changed() == {"work.yaml"}
    (cv / "data/de/work.yaml").write_text("- name: One\n")
    assert watched.changed() == {"work.yaml"}


@pytest.mark.parametrize("fails", [False, True])
def test_hears_again_when_the_data_were_away(
    fails: bool, cv: Path, start: Callable[..., Watched]
) -> None:
    """A branch without them, a folder that was moved, a copy by rename (safety/19)."""
    watched = start(cv, fails)
    for number in range(2):
        (cv / "data").rename(cv / "elsewhere")
        assert watched.changed() == {"basics.yaml"}
        (cv / "elsewhere").rename(cv / "data")
        assert watched.changed() == {"basics.yaml"}
        time.sleep(1.2)  # the folder that came back is watched anew
        (cv / "data/basics.yaml").write_text(f"name: Ada {number}\n")
        assert watched.changed() == {"basics.yaml"}


def test_hears_again_when_the_project_was_away(cv: Path, start: Callable[..., Watched]) -> None:
    watched = start(cv)
    cv.rename(cv.with_name("moved"))
    assert watched.changed() == {"basics.yaml"}
    cv.with_name("moved").rename(cv)
    assert watched.changed() == {"basics.yaml"}


@pytest.mark.parametrize("fails", [False, True])
def test_sees_what_comes_later(fails: bool, cv: Path, start: Callable[..., Watched]) -> None:
    """Photos in folders, and folders that come while it runs (safety/20)."""
    watched = start(cv, fails)
    (cv / "photos").mkdir()
    shutil.copy(PHOTO, cv / "photos/me.png")
    assert watched.changed() == {"me.png"}
    with (cv / "photos/me.png").open("ab") as photo:
        photo.write(b"x")
    assert watched.changed() == {"me.png"}
    for folder, name in (("bib", "a.bib"), ("styles", "mine.yaml"), ("themes/mine", "theme.py")):
        (cv / folder).mkdir(parents=True)
        (cv / folder / name).write_text("x")
        assert watched.changed() == {name}, folder
        time.sleep(1.2)
        (cv / folder / name).write_text("xx")
        assert watched.changed() == {name}, folder
    (cv / "photos/me.png").unlink()
    assert watched.changed() == {"me.png"}
    (cv / "data/photos").mkdir()
    watched.changed()
    shutil.copy(PHOTO, cv / "data/photos/me.png")  # beside the file that names it
    assert watched.changed() == {"me.png"}


@pytest.mark.parametrize("fails", [False, True])
def test_is_deaf_to_all_else(fails: bool, cv: Path, start: Callable[..., Watched]) -> None:
    """Its own output, logs, and files that have nothing to do with the CV (cv/06)."""
    watched = start(cv, fails)
    others = [
        *("watch.log", "notes.txt", "out.pdf", "build/classic.pdf", "build/classic/cv.tex"),
        *("photos/other.png", "release/Ada-CV.pdf", "data/.basics.yaml.swp", "data/#b.yaml#"),
    ]
    for name in (*others, "data/basics.yaml~", "themes/mine/__pycache__/theme.cpython-311.pyc"):
        (cv / name).parent.mkdir(parents=True, exist_ok=True)
        (cv / name).write_text("x")
    for number in range(20):
        with (cv / "watch.log").open("a") as log:
            log.write(f"{number}\n")
        time.sleep(0.02)
    assert watched.count() == 0


def test_a_storm_of_saves_is_one_build(cv: Path, start: Callable[..., Watched]) -> None:
    watched = start(cv)
    for number in range(60):
        (cv / f"data/{['work', 'skills', 'awards'][number % 3]}.yaml").write_text(str(number))
        time.sleep(0.002)
    assert watched.changed() == {"work.yaml", "skills.yaml", "awards.yaml"}
    assert watched.count() <= 1  # one more where the machine was so busy that it paused


def test_a_lone_file(tmp_path: Path, start: Callable[..., Watched]) -> None:
    file = tmp_path / "resume.json"
    file.write_text('{"basics": {"name": "Ada", "image": "me.png"}}')
    watched = start(file)
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / "data").mkdir()
    assert watched.count() == 0
    new = tmp_path / "new"
    new.write_text('{"basics": {"name": "Ada L.", "image": "me.png"}}')
    new.rename(file)
    assert watched.changed() == {"resume.json"}
    shutil.copy(PHOTO, tmp_path / "me.png")
    assert watched.changed() == {"me.png"}


def test_where_the_system_tells_no_events(
    cv: Path, start: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many watches on this machine: it looks once a second."""
    import watchfiles

    def refuse(*paths: str, **options: object) -> Iterator[object]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watchfiles, "watch", refuse)
    watched = start(cv)
    (cv / "data/work.yaml").write_text("[]")
    assert watched.changed() == {"work.yaml"}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("image: photos/me.png", "photos/me.png"),
        ("image: my photo.jpeg", "my photo.jpeg"),
        ('image: "Zoë\'s photo.webp"', "Zoë's photo.webp"),
        ("basics: {name: A, image: me.png}", "me.png"),
        ('{"basics": {"image": "me.png"}}', "me.png"),
        ('  "image": "a/b c.heic",', "a/b c.heic"),
        ("files: [logo.pdf, sign.tex]", "sign.tex"),
        ("  - fonts/own face.otf", "fonts/own face.otf"),
        ("image: me.svg  # mine", "me.svg"),
    ],
)
def test_paths_in_the_data(text: str, path: str, cv: Path) -> None:
    assert path in list(inputs._paths(text))
    (cv / "data/basics.yaml").write_text(text)
    (cv / path).parent.mkdir(parents=True, exist_ok=True)
    (cv / path).write_text("x")
    known = Inputs(Request(path=cv), str(cv / "none"))
    assert str(cv / path) in known.state()


@pytest.mark.parametrize("text", ["image: /etc/passwd.x", "image: ../../up.png"])
def test_nothing_outside_is_looked_at(text: str, cv: Path) -> None:
    (cv / "data/basics.yaml").write_text(text)
    (cv.parent.parent / "up.png").write_text("x")
    state = Inputs(Request(path=cv), str(cv / "none")).state()
    assert all(name.startswith(str(cv) + os.sep) for name in state)


@pytest.mark.parametrize("place", ["data/loop.yaml", "data/de", "themes/loop", "bib/loop.bib"])
def test_a_link_to_itself_ends_nothing(place: str, cv: Path) -> None:
    (cv / place).parent.mkdir(exist_ok=True)
    before = Inputs(Request(path=cv), str(cv / "none")).state()
    (cv / place).symlink_to(Path(place).name)
    known = Inputs(Request(path=cv), str(cv / "none"))
    after = known.state()
    assert before.items() <= after.items()
    assert known.folders()


def test_a_large_file_costs_little(cv: Path) -> None:
    """Ten times the text takes no more than some ten times as long."""

    def seconds(size: int) -> float:
        text = ("a." * 50 + ": " + "b" * 100 + ".c ") * size
        began = time.process_time()
        assert sum(1 for _ in inputs._paths(text)) >= 0
        return time.process_time() - began

    seconds(100)
    assert seconds(5000) < 100 * max(seconds(500), 1e-3)


def test_a_lock_says_what_it_waits_for_and_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with output.locked(tmp_path, "classic"):
        ended = threading.Event()

        def other() -> None:
            with output.locked(tmp_path, "classic", told.append):
                ended.set()

        waits = threading.Thread(target=other)
        waits.start()
        assert not ended.wait(0.3)
        assert told == [f"waiting for another cvtex that builds in {tmp_path / 'classic'}"]
    assert ended.wait(30)
    waits.join()
    monkeypatch.setitem(disk.locked.__wrapped__.__kwdefaults__, "patience", 0.1)  # type: ignore[attr-defined]
    with (
        output.locked(tmp_path, "classic"),
        pytest.raises(CvtexError, match="has been building"),
        output.locked(tmp_path, "classic"),
    ):
        raise AssertionError("two hold it")
