"""What of a toolchain is here, what a theme lacks, and what brings it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cvtex.records import dataclass, field
from cvtex.toolchain.fonts import files
from cvtex.toolchain.messages.debian import PACKAGE_OF
from cvtex.toolchain.model import Toolchain
from cvtex.toolchain.setup import install

ENGINES = ("pdflatex", "xelatex", "lualatex")
SCRIPTS = ("greek", "cyrillic", "han", "hangul", "symbols")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a theme needs: one of the engines, TeX files and font files, Debian packages;
    and what cannot set it (an engine, or `tectonic`), with the reason."""

    engines: tuple[str, ...] = ENGINES
    requires: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    unfit: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Program:
    """A program of a toolchain, "" for a version it does not tell, None where it is not here."""

    name: str
    path: Path | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class ThemeState:
    """How a theme can be built: by which engines (Tectonic is one here), and what TeX Live
    lacks for it; what cannot set it, and why. What Tectonic can fetch is not known before
    it is asked."""

    name: str
    engines: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    command: str | None = None
    unfit: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole examination. `command` brings what lacks, None if nothing does."""

    programs: tuple[Program, ...]
    bundle: str | None
    themes: tuple[ThemeState, ...]
    fonts: Mapping[str, Path | None]
    command: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether every theme asked for can be built."""
        return bool(self.themes) and all(theme.engines for theme in self.themes)


def examine(toolchains: Sequence[Toolchain], themes: Mapping[str, Needs]) -> Report:
    """Look at all there is; starts each program once, for its version."""
    latexmk = next((t for t in toolchains if t.name == "latexmk"), None)
    tectonic = next((t for t in toolchains if t.name == "tectonic"), None)
    paths = {
        "latexmk": latexmk and latexmk.program,
        **{name: latexmk and latexmk.engines.get(name) for name in ENGINES},
        "tectonic": tectonic and tectonic.program,
    }
    with ThreadPoolExecutor(3) as pool:
        programs = tuple(pool.map(lambda item: _program(*item), paths.items()))
    states = support(toolchains, themes)
    fonts = {script: _font(script) for script in SCRIPTS}
    command = next((state.command for state in states if state.command), None)
    bundle = tectonic.bundle if tectonic else None
    return Report(programs, bundle, states, fonts, command)


def support(toolchains: Sequence[Toolchain], themes: Mapping[str, Needs]) -> tuple[ThemeState, ...]:
    """Return how each theme can be built here; runs `kpsewhich` at most, once."""
    latexmk = next((t for t in toolchains if t.name == "latexmk"), None)
    tectonic = next((t for t in toolchains if t.name == "tectonic"), None)
    files = [f for needs in themes.values() for f in (*needs.requires, *needs.fonts)]
    absent = set(missing(files)) if latexmk else set(files)
    return tuple(_state(name, needs, latexmk, tectonic, absent) for name, needs in themes.items())


def missing(files: Iterable[str]) -> tuple[str, ...]:
    """Return those of the TeX files that TeX Live does not have."""
    wanted = tuple(dict.fromkeys(files))
    program = shutil.which("kpsewhich")
    if not wanted or not program:
        return wanted
    command = [program, "--", *wanted]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    names = {Path(line).name for line in found.splitlines()}
    return tuple(name for name in wanted if Path(name).name not in names)


def debian(needs: Needs, engines: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the Debian packages for a theme, by engines asked for or the first that it runs."""
    asked = engines or (() if "pdflatex" in needs.engines else needs.engines[:1])
    files = (*needs.requires, *needs.fonts)
    by_file = [PACKAGE_OF[file] for file in files if file in PACKAGE_OF]
    return install.packages(asked, (*needs.packages, *by_file))


def _state(
    name: str,
    needs: Needs,
    latexmk: Toolchain | None,
    tectonic: Toolchain | None,
    absent: set[str],
) -> ThemeState:
    engines: list[str] = []
    lacking: tuple[str, ...] = ()
    if latexmk:
        lacking = tuple(file for file in needs.requires if file in absent)
        unset = tuple(file for file in needs.fonts if file in absent)
        for engine in needs.engines:
            # pdfLaTeX sets Type 1 fonts; the OpenType files are for the other two.
            if engine in latexmk.engines and not lacking and (engine == "pdflatex" or not unset):
                engines.append(engine)
        lacking += unset
    if tectonic and "xelatex" in needs.engines and "tectonic" not in needs.unfit:
        engines.append("tectonic")
    command = None if engines and not lacking else _command(name, needs)
    return ThemeState(name, tuple(engines), lacking, command, needs.unfit)


def _command(name: str, needs: Needs) -> str:
    if install.may_apt() is not None:
        return f"cvtex toolchain install texlive --theme {name}"
    if install.has_apt():
        return install.command(install.lacking(debian(needs)) or debian(needs))
    return "cvtex toolchain install tectonic"


def _program(name: str, path: Path | None) -> Program:
    if path is None:
        return Program(name)
    try:
        command = [str(path), "-version" if name == "latexmk" else "--version"]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return Program(name, path, "does not start")
    # "pdfTeX 3.141592653-2.6-1.40.24 (TeX Live 2022/Debian)", "Latexmk, …, 2023. Version 4.79"
    first = next((line for line in ran.stdout.splitlines() if line.strip()), "")
    found = re.search(r"Version (\d\S*.*)", first) or re.search(r"\s(\d\S*.*)", first)
    return Program(name, path, found[1].strip() if found else first.strip())


def _font(script: str) -> Path | None:
    located = (files.locate(font.regular) for font in files.fonts(script, sans=False))
    return next((path for path in located if path), None)
