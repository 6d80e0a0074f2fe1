"""Case 15: git never takes a private file, whatever its ending, and cvtex warns of one at risk."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from cvtex import exposure
from cvtex.batch import packing
from cvtex.source import project
from safety.places import Place
from shared import ROOT, Program

PRIVATE = (
    *("private.yaml", "private.yml", "private.yaml~", "private.yml~", "#private.yaml#"),
    *(".#private.yaml", ".private.yaml.swp", ".private.yml.swo", "private.yaml.bak"),
    *("private.yaml.orig", "private.yaml.tmp", "private.yaml.save", "private.json", "private"),
    *("private copy.yaml", "private (1).yaml", "Copy of private.yaml", ".private.yaml.un~"),
)
SECRET = 'basics:\n  phone: "+49 170 5550123"\n'
TAKEN = "git does not ignore this private file: the next `git add .` takes it"
TRACKED = "git tracks this private file, and publishes it with the repository"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def cv(place: Place, cvtex: Program) -> Path:
    """What `cvtex new` makes, in a repository, with every private file there may be."""
    cvtex("new", "cv", cwd=place.project)
    folder = place.project / "cv"
    for name in PRIVATE:
        (folder / "data" / name).write_text(SECRET)
    git(folder, "init", "-q")
    return folder


def test_15_git_takes_no_private_file(cv: Path) -> None:
    for ignore in (cv / ".gitignore", ROOT / ".gitignore"):
        (cv / ".gitignore").write_text(ignore.read_text())
        git(cv, "add", "-A")
        added = git(cv, "ls-files").splitlines()
        assert "data/private.example.yaml" in added
        assert "data/basics.yaml" in added
        assert [name for name in added if "private" in name] == ["data/private.example.yaml"]
        assert exposure.exposed(cv) == ()


def test_15_what_git_would_take_is_told(cv: Path, cvtex: Program) -> None:
    (cv / ".gitignore").write_text("/data/private.yaml\n")
    for name in PRIVATE:  # the same complaint of many places is told once
        if name not in ("private.yaml", "private.yaml~"):
            (cv / "data" / name).unlink()
    run = cvtex("validate", cwd=cv)
    told = [line for line in run.err.splitlines() if TAKEN in line]
    assert "data/private.yaml~: warning: " + TAKEN in told
    assert not [line for line in told if line.startswith("data/private.yaml:")]
    assert "5550123" not in run.err + run.out
    git(cv, "add", "-f", "data/private.yaml")
    run = cvtex("build", "--no-pdf", cwd=cv)
    assert run.status == 0
    assert f"data/private.yaml: warning: {TRACKED}" in run.err
    assert "git rm --cached data/private.yaml" in run.err
    assert cvtex("build", "--no-pdf", cwd=cv).err == run.err
    git(cv, "rm", "-q", "--cached", "data/private.yaml")
    assert TRACKED not in cvtex("build", "--no-pdf", cwd=cv).err


def test_without_git_and_without_a_repository(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.project / "data/private.yaml").write_text(SECRET)
    assert exposure.exposed(place.project) == ()
    git(place.project, "init", "-q")
    assert [d.message for d in exposure.exposed(place.project)] == [TAKEN]
    monkeypatch.setenv("PATH", "/nowhere")
    (place.project / ".gitignore").write_text("x")
    assert exposure.exposed(place.project) == ()


def test_a_repository_of_somebody_else_runs_nothing(place: Place) -> None:
    (place.project / "data/private.yaml").write_text(SECRET)
    git(place.project, "init", "-q")
    hook = place.project / "hook.sh"
    hook.write_text(f"#!/bin/sh\ntouch {place.home}/ran\nexit 1\n")
    hook.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.askPass", "diff.external", "core.editor"):
        git(place.project, "config", key, str(hook))
    for event in ("post-index-change", "post-checkout", "fsmonitor-watchman", "pre-auto-gc"):
        (place.project / ".git/hooks" / event).write_text(hook.read_text())
        (place.project / ".git/hooks" / event).chmod(0o755)
    assert len(exposure.exposed(place.project)) == 1
    assert place.harm() == []


@pytest.mark.parametrize("public", [True, False])
def test_15_what_is_sent_to_other_machines(cv: Path, place: Place, public: bool) -> None:
    for name in ("private.yml", "private.json", "private"):
        (cv / "data" / name).unlink()
    (cv / "data/leak.yaml").symlink_to(place.home / "secret.txt")
    (cv / "data/loop").symlink_to(cv)
    _, packed = packing.pack(cv, public)
    archive = zipfile.ZipFile(io.BytesIO(packed))
    secret = [name for name in archive.namelist() if b"5550123" in archive.read(name)]
    assert secret == ([] if public else ["data/private.yaml"])
    assert not [name for name in archive.namelist() if b"CANARY" in archive.read(name)]


def test_a_link_to_itself_is_not_sent(cv: Path) -> None:
    (cv / "data/loop.yaml").symlink_to("loop.yaml")
    _, packed = packing.pack(cv, True)
    assert b"loop" not in packed


@pytest.mark.parametrize("name", ["private.yaml", "private.yml", "Private.yaml", "PRIVATE.YML"])
def test_the_overlay_has_one_meaning(place: Place, name: str) -> None:
    (place.project / "data" / name).write_text(SECRET)
    found = project.find(place.project, public=False)
    if name.endswith("YML"):
        assert "this file is not read" in found.diagnostics[0].message
    else:
        assert found.overlay == place.project / "data" / name
        assert found.data.keys() == {"basics"}


def test_what_a_private_build_leaves_is_for_its_user_alone(place: Place, cvtex: Program) -> None:
    """`cv.tex`, the log and the PDF hold private values: others cannot read them, and git does
    not take them, whatever the project's own .gitignore says."""
    git(place.project, "init", "-q")
    (place.project / "data/private.yaml").write_text(SECRET)
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert run.status == 0, run.err
    tex = place.project / "build/classic/cv.tex"
    assert "5550123" in tex.read_text()
    assert tex.stat().st_mode & 0o077 == 0
    git(place.project, "add", "-A")
    assert not [name for name in git(place.project, "ls-files").splitlines() if "build" in name]
    assert (place.project / "build/.gitignore").read_text().endswith("\n*\n")
    # one that is there is the user's
    (place.project / "build/.gitignore").write_text("# mine\n")
    cvtex("build", "--no-pdf", cwd=place.project)
    assert (place.project / "build/.gitignore").read_text() == "# mine\n"


@pytest.mark.tex
def test_all_files_of_a_private_build_are_closed(place: Place, cvtex: Program) -> None:
    (place.project / "data/private.yaml").write_text(SECRET)
    run = cvtex("build", cwd=place.project)
    assert run.status == 0, run.err
    build = place.project / "build"
    for name in ("classic.pdf", "classic/cv.tex", "classic/cv.log"):
        assert (build / name).stat().st_mode & 0o077 == 0, name
    assert cvtex("build", "-o", "mine.pdf", cwd=place.project).status == 0
    assert (place.project / "mine.pdf").stat().st_mode & 0o777 == 0o666 & ~umask()


def umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def test_a_build_folder_lets_no_private_file_be_guessed(place: Place, cvtex: Program) -> None:
    """Who gets hold of build/ cannot try all phone numbers: its hashes need the user's key."""
    (place.project / "data/private.yaml").write_text(SECRET)
    cvtex("build", "--no-pdf", "--set", "basics.label=5550123", cwd=place.project)
    (record,) = (place.project / "build/.state").iterdir()
    told = record.read_text() + record.name
    for guess in (SECRET.encode(), b"5550123"):
        for kind in ("md5", "sha1", "sha256", "blake2b"):
            assert hashlib.new(kind, guess).hexdigest() not in told
    state = json.loads(record.read_text())
    assert "data/private.yaml" in "".join(state["inputs"])
    key = next(Path(os.environ["XDG_CACHE_HOME"]).rglob("key"))
    assert key.stat().st_mode & 0o777 == 0o600
    seen = {state["inputs"][f] for f in state["inputs"] if f.endswith("private.yaml")}
    assert seen == {
        hashlib.blake2b(SECRET.encode(), key=key.read_bytes(), digest_size=32).hexdigest()
    }
