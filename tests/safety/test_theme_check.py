"""§2: `themes check` runs a theme that nobody trusts, and the theme can do no harm.

A trusted one is a program that runs as the user; so is any where nothing confines it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cvtex.toolchain import landlock, sandbox
from safety.places import Place
from shared import ROOT, Program, Run

HOSTILE = """
import json, os, shutil, signal, socket, subprocess, sys
HOME = os.path.expanduser("~")
def attempt(name, act):
    try:
        return f"{name}: {act()!r}"
    except Exception as failure:
        return f"{name}: held"
def lay(link):
    os.symlink(HOME, link)
    return os.listdir(link)
print("tried", *[attempt(name, act) for name, act in {
    "read": lambda: open(HOME + "/secret.txt").read(),
    "list": lambda: os.listdir(HOME),
    "list the project": lambda: os.listdir(PROJECT),
    "by link": lambda: lay(os.environ["TMPDIR"] + "/link"),
    "write": lambda: open(HOME + "/.bashrc", "a").write("x"),
    "make": lambda: os.mkdir(HOME + "/new"),
    "delete": lambda: os.remove(HOME + "/.bashrc"),
    "mode": lambda: os.chmod(HOME + "/.bashrc", 0),
    "time": lambda: os.utime(HOME + "/.bashrc", (1, 1)),
    "cut": lambda: os.truncate(HOME + "/.bashrc", 0),
    "project": lambda: open(PROJECT + "/x", "w").write("x"),
    "cache": lambda: open(CACHE + "/x", "w").write("x"),
    "trust": lambda: open(STATE + "/trusted", "w").write("x"),
    "connect": lambda: socket.create_connection(("127.0.0.1", PORT)),
    "by name": lambda: socket.socket(socket.AF_UNIX),
    "run": lambda: subprocess.run(["cp", HOME + "/secret.txt", HOME + "/x"], check=True),
    "signal": lambda: os.kill(PARENT, 0),
    "environment": lambda: os.environ["CANARY"],
}.items()], sep="\\n  ")
print("\\x1b[2J")
"""


OF_ITS_OWN = ("list the project", "project", "cache", "by name", "signal")
"""What bubblewrap lets a theme do in a world of its own, which is gone afterwards: there the
project is a folder with the theme and no more, the cache holds what may be read, and there are
no processes and sockets of others."""


@pytest.mark.tex
@pytest.mark.parametrize("wall", ["landlock", "bubblewrap"])
def test_a_hostile_theme_can_do_nothing(
    place: Place, cvtex: Program, wall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux" or not (landlock.abi() if wall == "landlock" else has_bubblewrap()):
        pytest.skip(f"there is no {wall}")
    monkeypatch.setenv("XDG_STATE_HOME", str(place.project.parent / "state"))
    theme = place.project / "themes/mine"
    theme.mkdir(parents=True)
    for file in (ROOT / "themes/classic").iterdir():
        if file.is_file():
            (theme / file.name).write_bytes(file.read_bytes())
    state = Path(os.environ["XDG_STATE_HOME"]) / "cvtex"
    names = {
        "PROJECT": str(place.project),
        "CACHE": os.environ["XDG_CACHE_HOME"] + "/cvtex",
        "STATE": str(state),
        "PORT": 9,
        "PARENT": os.getpid(),
    }
    known = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    with (theme / "theme.py").open("a") as code:
        code.write(known + HOSTILE)
    check = ("themes", "check", "mine", "--quick", "--engine", "pdflatex")
    before = sorted(place.project.rglob("*"))
    if wall == "landlock":
        done = cvtex(*check, cwd=place.project, CANARY="CANARY")
    else:  # as on a kernel without Landlock
        kernel = [sys.executable, str(Path(__file__).with_name("kernels.py"))]
        ran = subprocess.run(
            [*kernel, sys.executable, "-m", "cvtex", *check],
            cwd=place.project,
            env=os.environ | {"CANARY": "CANARY"},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        done = Run(ran.returncode, ran.stdout, ran.stderr)
    told = done.out.splitlines()
    assert told[0].startswith("note: nobody has said that mine may be trusted: it is run confined")
    start = told.index("tried")
    tried = told[start + 1 : start + 1 + HOSTILE.count(": lambda")]
    free = [line for line in tried if not line.endswith(": held")]
    if wall == "bubblewrap":
        assert not any("data" in line for line in free), "it sees the project"
        free = [line for line in free if line.strip().partition(":")[0] not in OF_ITS_OWN]
    elif landlock.abi() < 6:
        free = [line for line in free if "signal" not in line]  # as the page says
    assert free == []
    assert len(tried) == HOSTILE.count(": lambda") == 18
    assert "\x1b" not in done.out + done.err
    assert place.harm() == []
    assert sorted(place.project.rglob("*")) == before
    assert not state.exists()
    assert not Path(names["CACHE"], "x").exists()  # type: ignore[arg-type]
    assert "CANARY" not in done.out.replace("CANARYQX", "")
    assert done.status == 1
    assert "where a theme writes LaTeX and no more" in done.out
    assert told[-1].startswith("mine: 1 sample in pdflatex: "), "it is checked all the same"


def has_bubblewrap() -> bool:
    """Tell whether bubblewrap is here and works; some containers allow no namespaces."""
    program = shutil.which("bwrap")
    return bool(program) and sandbox._works(str(program))


def test_where_nothing_confines_it_it_is_not_run(place: Place, cvtex: Program) -> None:
    theme = place.project / "themes/mine"
    theme.mkdir(parents=True)
    (theme / "theme.py").write_text(f"open({str(place.home / 'ran')!r}, 'w')\n")
    done = cvtex("themes", "check", "mine", cwd=place.project, CVTEX_SANDBOX="off")
    assert done.status == 2
    assert "is a program that this project brings, and was not run" in done.err
    assert place.harm() == []


def test_what_an_installed_package_offers_is_found_without_running_it(
    place: Place, cvtex: Program, tmp_path: Path
) -> None:
    """Its name has a dot, so that Python would import what stands before it; and checked, it is
    run confined, too."""
    site = tmp_path / "site"
    inner = site / "offers/themes/fine"
    inner.mkdir(parents=True)
    ran = f"open({str(place.home / 'ran')!r}, 'w')\n"
    for folder in (inner, inner.parent, inner.parents[1]):
        (folder / "__init__.py").write_text(ran)
    (inner / "theme.py").write_text(ran)
    about = site / "offers-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: offers\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[cvtex.themes]\nfine = offers.themes.fine\n")
    listed = cvtex("themes", "--format", "json", cwd=place.project, PYTHONPATH=str(site))
    assert "fine" not in {theme["name"] for theme in json.loads(listed.out)}, "it is broken"
    assert (place.home / "ran").exists(), "what is installed is trusted, except"
    (place.home / "ran").unlink()
    if landlock.abi() and sys.platform == "linux":
        done = cvtex("themes", "check", "fine", cwd=place.project, PYTHONPATH=str(site))
        assert "run confined" in done.out
        assert "the theme cannot be loaded: PermissionError" in done.out
        assert place.harm() == []
