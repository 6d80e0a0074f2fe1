"""A plain user, root, a container without Landlock: what confines TeX there, and what is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex.toolchain import landlock
from safety.places import Place
from shared import ROOT, Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has Landlock")
NONE = "none: this system has neither Landlock nor a bubblewrap that works"
BWRAP = (
    bool(shutil.which("bwrap"))
    and not subprocess.run(
        ["bwrap", "--unshare-net", "--ro-bind", "/", "/", "--dev", "/dev", "true"],
        capture_output=True,
        check=False,
    ).returncode
)
"""Whether there is a bubblewrap, and the system lets it work."""


@pytest.fixture
def container(place: Place, tmp_path: Path) -> Callable[..., Run]:
    """Run cvtex as on a kernel without Landlock; without bubblewrap, too, where asked."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for folder in map(Path, os.environ["PATH"].split(os.pathsep)):
        for tool in folder.glob("*") if folder.is_dir() else ():
            if tool.name != "bwrap" and not (tools / tool.name).is_symlink():
                (tools / tool.name).symlink_to(tool)

    def run(*arguments: str, bubblewrap: bool = False, **environment: str) -> Run:
        given = os.environ | environment
        if not bubblewrap:
            given["PATH"] = str(tools)
        kernel = [sys.executable, str(Path(__file__).with_name("kernels.py"))]
        done = subprocess.run(
            [*kernel, sys.executable, "-m", "cvtex", *arguments],
            cwd=place.project,
            env=given,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


def sandbox(run: Run) -> str:
    said = json.loads(run.out)["sandbox"]
    assert isinstance(said, str)
    return said


def test_doctor_says_what_there_is(container: Callable[..., Run]) -> None:
    doctor = ("doctor", "--format", "json")
    assert sandbox(container(*doctor)) == NONE
    assert sandbox(container(*doctor, CVTEX_SANDBOX="off")) == "off, as was asked for"
    if BWRAP:
        assert sandbox(container(*doctor, bubblewrap=True)) == "bubblewrap"


@pytest.mark.tex
def test_a_container_without_landlock(place: Place, container: Callable[..., Run]) -> None:
    """It builds, says what is not confined, asks for trust for raw TeX, and builds nothing where
    a sandbox is required."""
    build = ("build", "--engine", "pdflatex", "-v")
    done = container(*build)
    assert done.status == 0, done.err
    assert "not confined" in done.err
    refused = container("build", "--engine", "pdflatex", "--no-cache", "--sandbox", "require")
    assert refused.status == 1
    assert "no sandbox can be had here, and one is required" in refused.err
    assert (place.project / "build/classic.pdf").is_file(), "the last good one stays"
    (place.project / "data/basics.yaml").write_text("name: !tex '\\textbf{Ada}'\n")
    untrusted = container(*build)
    assert untrusted.status == 2
    assert "raw TeX (!tex) could read and write your files" in untrusted.err
    assert container(*build, "--trust").status == 0
    if BWRAP:
        (place.project / "data/basics.yaml").write_text("name: !tex '\\textit{Ada}'\n")
        confined = container(*build, "--sandbox", "require", bubblewrap=True)
        assert confined.status == 0, confined.err
        assert "not confined" not in confined.err


@pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock")
@pytest.mark.skipif(os.geteuid() != 0, reason="root alone becomes another user")
def test_a_plain_user_is_confined_as_root_is(open_folder: Path) -> None:
    """By the same module, in a process that has given all rights up first."""
    code = """
import os, sys, threading
os.setgroups([]); os.setgid(65534); os.setuid(65534)
import importlib.util
sys.path.insert(0, sys.argv[1])
from cvtex.toolchain import landlock
from cvtex.toolchain.landlock import Access
def attempt():
    landlock.restrict(Access(read=("/usr",), write=(sys.argv[2],)), landlock.abi())
    open(sys.argv[2] + "/own", "w").close()
    for path, mode in (("/etc/passwd", "r"), (sys.argv[3] + "/new", "w")):
        try:
            open(path, mode)
        except PermissionError:
            print("held")
thread = threading.Thread(target=attempt); thread.start(); thread.join()
open("/etc/passwd").close()
open(sys.argv[3] + "/new", "w").close()
print("free")
"""
    package = open_folder / "package"
    shutil.copytree(ROOT / "src/cvtex/toolchain", package / "cvtex/toolchain")
    for name in ("__init__.py", "records.py"):
        shutil.copy(ROOT / "src/cvtex" / name, package / "cvtex")
    (package / "cvtex/toolchain/__init__.py").write_text("")
    (package / "cvtex/__init__.py").write_text("")
    own, other = open_folder / "own", open_folder / "other"
    for folder in (own, other):
        folder.mkdir()
        os.chown(folder, 65534, 65534)
    subprocess.run(["chmod", "-R", "a+rX", str(package)], check=True)
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    done = subprocess.run(
        [python, "-c", code, str(package), str(own), str(other)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.returncode) == (["held", "held", "free"], 0), done.stderr
