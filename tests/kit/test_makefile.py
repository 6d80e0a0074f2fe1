"""The Makefile on machines that lack something: it says what, and does no half work."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from shared import ROOT

TOOLS: tuple[str, ...] = (
    "sh",
    "make",
    "cksum",
    "tr",
    "cat",
    "sed",
    "expand",
    "printf",
    "touch",
    "rm",
    "mkdir",
)
TOOLS += ("ls", "head", "sort", "id", "env")
OLD = "#!/bin/sh\nexit 1\n"
BARE = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout, and beside it a PATH that holds basic tools only."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tmp_path / "bin" / tool).symlink_to(found)
    folder = tmp_path / "my checkout"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    put(folder, "sudo", '#!/bin/sh\nexec "$@"\n')  # used unless the tests run as root
    return folder


def put(machine: Path, name: str, script: str) -> None:
    program = machine.parent / "bin" / name
    program.write_text(script)
    program.chmod(0o755)


def make(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=machine,
        env={"PATH": str(machine.parent / "bin"), "HOME": str(machine.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_says_when_python_is_too_old(machine: Path) -> None:
    put(machine, "python3", OLD)
    done = make(machine, "cv")
    assert done.returncode == 2
    assert "cvtex needs Python 3.11 or newer" in done.stderr
    assert not (machine / ".venv").exists()


def test_says_when_venv_is_missing_and_cannot_be_installed(machine: Path) -> None:
    put(machine, "python3", BARE)
    done = make(machine, "cv")
    assert done.returncode == 2
    assert "apt-get install python3-venv" in done.stderr


def test_installs_venv_where_it_may(machine: Path) -> None:
    put(machine, "python3", BARE)
    put(machine, "apt-get", '#!/bin/sh\necho "$@" >> "$HOME/apt"\n')
    make(machine, "cv")
    asked = (machine.parent / "apt").read_text()
    assert "update" in asked
    assert "install -y --no-install-recommends python3-venv" in asked


def test_takes_a_newer_python_under_another_name(machine: Path) -> None:
    put(machine, "python3", OLD)
    put(machine, "python3.12", '#!/bin/sh\ncase "$1" in -m) echo "venv by $0" >&2; exit 9;; esac\n')
    done = make(machine, "cv")
    assert "venv by" in done.stderr
    assert "python3.12" in done.stderr


def test_shows_what_the_package_manager_said_when_it_fails(machine: Path) -> None:
    put(machine, "python3", BARE)
    put(machine, "apt-get", "#!/bin/sh\necho E: no network; exit 100\n")
    done = make(machine, "cv")
    assert done.returncode == 2
    assert "E: no network" in done.stderr


def test_uses_a_cvtex_that_is_there(machine: Path) -> None:
    """With CVTEX given nothing is set up."""
    put(machine, "mine", '#!/bin/sh\necho "$@"\n')
    done = make(machine, "cv", "CVTEX=mine")
    assert (done.returncode, done.stdout) == (0, "build\n"), done.stderr
    assert not (machine / ".venv").exists()


def test_lists_its_commands(machine: Path) -> None:
    done = make(machine)
    assert done.returncode == 0
    assert {line.split()[1] for line in done.stdout.splitlines()} >= {"cv", "test", "coverage"}
