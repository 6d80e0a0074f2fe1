"""A user with a home, a cache and files of their own, and a project that somebody else made."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from safety.places import OWN, Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A victim's home, which is the environment's, and a project with one line of data."""
    found = Place(tmp_path / "home", tmp_path / "project", tmp_path / "cache")
    for name, content in OWN.items():
        file = found.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (found.project / "data").mkdir(parents=True)
    (found.project / "data/basics.yaml").write_text("name: Ada Example\n")
    monkeypatch.setenv("HOME", str(found.home))
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ.get("XDG_CACHE_HOME") or str(found.cache))
    return found


@pytest.fixture
def empty_cache(place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the user's own that holds nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(place.cache))
    return place.cache / "cvtex"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory(prefix="cvtex-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of each file of attacks how many were tried, and how many were held."""
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            folder, _, file = report.nodeid.partition("::")[0].rpartition("/")
            if report.when == "call" and folder.endswith("safety"):
                tried[file] += 1
                held[file] += outcome == "passed"
    for file in sorted(tried):
        terminalreporter.write_line(f"{file}: {tried[file]} tried, {held[file]} held")
    if tried:
        terminalreporter.write_line(f"attacks: {tried.total()} tried, {held.total()} held")
