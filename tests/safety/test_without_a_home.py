"""A user without a home and without an entry in passwd: containers, services, CI (safety/21)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cvtex import home, store, trust
from shared import words

UID = 54321
NOBODY = ("unshare", "--user", f"--map-user={UID}", f"--map-group={UID}")


@pytest.mark.skipif(not shutil.which("unshare"), reason="there is no unshare")
@pytest.mark.tex
def test_nobody_builds(tmp_path: Path) -> None:
    probe = subprocess.run([*NOBODY, "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("nobody can become somebody else here")
    path = f"PATH={os.environ['PATH']}"
    with_data = tmp_path / "cv"
    (with_data / "data").mkdir(parents=True)
    (with_data / "data/basics.yaml").write_text("name: Ada\n")
    for verb in (["validate"], ["build"], ["build"], ["doctor"], ["cache", "show"], ["themes"]):
        where = [] if verb[0] == "cache" else [str(with_data)]
        done = subprocess.run(
            [*NOBODY, "env", "-i", path, sys.executable, "-m", "cvtex", *verb, *where],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == 0 or verb == ["doctor"], (verb, done.stderr)
    assert "Ada" in words(with_data / "build/classic.pdf").title()


def test_no_cache_and_nothing_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "")  # which leads nowhere
    for where in (home.cache_folder(), trust.state_file().parent):
        assert where.is_absolute()
        assert not home.is_ours(where)
    store.save("key", b"data")
    assert store.load("key") is None
    assert trust.remember(tmp_path) is False
    assert trust.remembered() == frozenset()
    assert not list(tmp_path.iterdir())
