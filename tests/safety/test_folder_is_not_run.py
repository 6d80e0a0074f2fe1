"""No program of the folder that we are in is run, and no module of it imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cvtex.toolchain.setup import pypi

OWNED = "import os\nopen(os.environ['OWNED'], 'a').write(__name__ + ' ')\n"
PROGRAM = str(Path(sys.executable).with_name("cvtex"))
CALLS = ([PROGRAM], [sys.executable, "-m", "cvtex"])


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A folder with modules of the names that Python and cvtex import."""
    folder = tmp_path / "folder"
    for package in ("pip", "multiprocessing", "yaml", "click", "pylatex", "concurrent"):
        (folder / package).mkdir(parents=True)
        for name in ("__init__.py", "__main__.py"):
            (folder / package / name).write_text(OWNED)
    for module in ("signal", "selectors", "sitecustomize", "usercustomize", "json", "socket"):
        (folder / f"{module}.py").write_text(OWNED)
    (folder / "people/ada/data").mkdir(parents=True)
    (folder / "people/ada/data/basics.yaml").write_text("name: Ada\n")
    return folder


def run(folder: Path, call: list[str], *arguments: str) -> tuple[int, str]:
    owned = folder.parent / "owned"
    done = subprocess.run(
        [*call, *arguments],
        cwd=folder,
        env=os.environ | {"OWNED": str(owned), "XDG_CACHE_HOME": str(folder.parent / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not owned.exists(), f"{owned.read_text()}: {done.stderr}"
    return done.returncode, done.stderr


@pytest.mark.tex
@pytest.mark.parametrize("call", CALLS, ids=["cvtex", "python -m"])
def test_batch(call: list[str], planted: Path) -> None:
    status, told = run(planted, call, "batch", "people")
    assert status == 0, told
    assert (planted / "build/batch/ada.pdf").is_file()


@pytest.mark.parametrize("call", CALLS, ids=["cvtex", "python -m"])
@pytest.mark.parametrize(
    "arguments",
    [("validate", "people/ada"), ("build", "people/ada", "--no-pdf"), ("doctor",), ("themes",)],
    ids=lambda a: a[0],
)
def test_verbs(call: list[str], arguments: tuple[str, ...], planted: Path) -> None:
    status, told = run(planted, call, *arguments)
    assert "Traceback" not in told
    assert status == 0 or arguments == ("doctor",), told


def test_pip_is_not_that_of_the_folder(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(planted)
    monkeypatch.setenv("OWNED", str(planted.parent / "owned"))
    for pip in pypi.pips():
        done = subprocess.run([*pip, "--version"], capture_output=True, text=True, check=False)
        assert not (planted.parent / "owned").exists(), pip
        assert str(planted) not in done.stdout
