"""What every program that cvtex starts gets of the caller's environment: what is on the list."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cvtex
from safety.places import Place
from shared import Program

PACKAGE = Path(cvtex.__file__).parent
STARTS = {"programs.py", "toolchain/sandbox.py"}
"""The modules that start processes; all others ask one of them."""
SECRETS = {
    "CVTEX_PRIVATE_PHONE": "CANARY-PHONE",
    "GITHUB_TOKEN": "CANARY-TOKEN",
    "TWINE_PASSWORD": "CANARY-PASSWORD",
    "AWS_SECRET_ACCESS_KEY": "CANARY-KEY",
    "PYTHONPATH": "/CANARY/python",
    "PYTHONSTARTUP": "/CANARY/startup",
    "LD_PRELOAD": "/CANARY/none.so",
    "TEXINPUTS": "/CANARY/tex",
    "TEXMFCNF": "/CANARY/cnf",
    "BASH_ENV": "/CANARY/bash",
    "PERL5OPT": "-I/CANARY/perl",
    "GIT_DIR": "/CANARY/git",
    "GIT_SSH_COMMAND": "CANARY-COMMAND",
    "GS_OPTIONS": "-sCANARY",
    "LATEXMKRCSYS": "/CANARY/latexmkrc",
}
NETWORK = {"https_proxy": "http://me:CANARY-PROXY@proxy.invalid", "PIP_INDEX_URL": "CANARY-INDEX"}
TOOLS = (
    *("git", "kpsewhich", "pdflatex", "xelatex", "lualatex", "latexmk", "tectonic", "setpriv"),
    *("pdftotext", "pdfinfo", "pdffonts", "dpkg-query", "apt-get", "sudo", "env"),
    *("xdg-open", "bwrap"),
)
ALL = """
import os, sys
from pathlib import Path
from cvtex import commands, exposure
from cvtex.contract import poppler
from cvtex.toolchain.fonts import files
from cvtex.toolchain.setup import doctor, install
from cvtex.toolchain import sandbox, texlive
here, pdf = Path(sys.argv[1]), Path(sys.argv[1], "x.pdf")
exposure._git(here, (), "status")
poppler.pdftotext(pdf), poppler.font_faults(pdf), poppler.tells_addresses()
files._kpsewhich("x.otf"), texlive.lacking(["x.sty"])
for name in ("pdflatex", "xelatex", "lualatex", "latexmk", "tectonic"):
    doctor._program(name, Path(os.environ["PATH"].split(":")[0], name))
install.lacking(["lmodern"]), install._stream(["apt-get", "update"], print)
os.geteuid = lambda: 1000
install.may_apt()
commands.opened(pdf)
sandbox._works("bwrap")
"""


def _uses(file: Path) -> set[str]:
    """Return what a module calls that starts a process."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = ast.unparse(node.func)
            if name in ("subprocess.run", "subprocess.Popen", "subprocess.check_output") or (
                name.startswith(("os.exec", "os.spawn", "os.posix_spawn", "os.popen", "os.system"))
            ):
                found.add(name)
    return found


def test_one_place_starts_programs() -> None:
    starting = {str(f.relative_to(PACKAGE)) for f in PACKAGE.rglob("*.py") if _uses(f)}
    assert starting <= STARTS


@pytest.fixture
def stand_ins(tmp_path: Path) -> Path:
    """A folder of programs that only note their environment."""
    tools = tmp_path / "tools"
    tools.mkdir()
    notes = tmp_path / "notes"
    notes.mkdir()
    for name in TOOLS:
        (tools / name).write_text(f"#!/bin/sh\n/bin/cat /proc/$$/environ >{notes}/{name}; exit 0\n")
        (tools / name).chmod(0o755)
    return notes


def test_no_child_gets_more_than_the_list(place: Place, tmp_path: Path, stand_ins: Path) -> None:
    path = f"{tmp_path / 'tools'}:{os.environ['PATH']}"
    given = SECRETS | NETWORK | {"PATH": path, "DISPLAY": ":9", "DBUS_SESSION_BUS_ADDRESS": "bus"}
    given = {name: value for name, value in given.items() if not name.startswith(("LD_", "PYTH"))}
    done = subprocess.run(
        [sys.executable, "-c", ALL, str(place.project)],
        env=dict(os.environ) | given,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    tries = 100
    while not (stand_ins / "xdg-open").exists() and tries:  # nobody waits for a viewer
        subprocess.run(["sleep", "0.1"], check=True)
        tries -= 1
    noted = {file.name: file.read_text() for file in stand_ins.iterdir()}
    assert noted.keys() >= set(TOOLS) - {"setpriv", "env"}
    online = {"apt-get", "sudo", "tectonic"}
    for name, environ in noted.items():
        assert not [s for s in SECRETS if f"\0{s}=" in f"\0{environ}"], name
        if name not in online:
            assert "CANARY" not in environ, name
    assert "CANARY-PROXY" in noted["apt-get"]
    assert "DISPLAY=:9" in noted["xdg-open"]
    assert "DISPLAY" not in noted["pdftotext"]


@pytest.mark.tex
def test_an_engine_cannot_tell_the_environment(place: Place, cvtex: Program) -> None:
    """Lua reads the environment; what it finds there is no secret."""
    text = r"""!tex '\directlua{for l in io.lines("/proc/self/environ") do texio.write_nl(l) end
      texio.write_nl(os.getenv("GITHUB_TOKEN") or os.getenv("https_proxy") or "none")}'
    """
    (place.project / "data/basics.yaml").write_text(f"name: Ada Example\nsummary: {text}\n")
    loaders = ("LD_", "PYTHON")
    given = {n: v for n, v in (SECRETS | NETWORK).items() if not n.startswith(loaders)}
    run = cvtex("build", "--engine", "lualatex", "--public", cwd=place.project, **given)
    left = [f for folder in (place.project, place.cache) for f in folder.rglob("*") if f.is_file()]
    assert left
    for file in left:
        assert b"CANARY" not in file.read_bytes(), (file, run.err)
