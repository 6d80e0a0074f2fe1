"""What of a toolchain is here, what a theme lacks, and what brings it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cvtex import programs
from cvtex.records import dataclass, field
from cvtex.toolchain import sandbox
from cvtex.toolchain.fonts import known
from cvtex.toolchain.fonts.faces import SCRIPTS, Face, face
from cvtex.toolchain.messages.debian import PACKAGE_OF
from cvtex.toolchain.model import Toolchain, runner
from cvtex.toolchain.setup import install
from cvtex.toolchains import OWN, ROWS, TABLE

ENGINES = ("pdflatex", "xelatex", "lualatex")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a theme needs: one of the engines, TeX files and font files, Debian packages;
    and what cannot set it (an engine, or a toolchain), with the reason."""

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
    """How a theme can be built: by which engines (a toolchain that brings its own stands for
    it), and what TeX Live lacks for it; what cannot set it, and why. What Tectonic can fetch is
    not known before it is asked."""

    name: str
    engines: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    command: str | None = None
    unfit: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole examination. `command` brings what lacks, None if nothing does; `sandbox` says
    what confines an engine; `faces` are those that TeX does not have."""

    programs: tuple[Program, ...]
    bundle: str | None
    themes: tuple[ThemeState, ...]
    fonts: tuple[Face, ...]
    command: str | None = None
    sandbox: str = ""
    faces: tuple[known.State, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether every theme asked for can be built."""
        return bool(self.themes) and all(theme.engines for theme in self.themes)


def examine(toolchains: Sequence[Toolchain], themes: Mapping[str, Needs]) -> Report:
    """Look at all there is; starts each program once, for its version."""
    here = {toolchain.name: toolchain for toolchain in toolchains}
    paths: dict[str, Path | None] = {}
    for row in TABLE:
        found = here.get(row.name)
        paths[row.name] = found.program if found else None
        if not row.own:
            paths |= {name: found.engines.get(name) if found else None for name in ENGINES}
    with ThreadPoolExecutor(3) as pool:
        programs = tuple(pool.map(lambda item: _program(*item), paths.items()))
    states = support(toolchains, themes)
    fonts = tuple(map(face, SCRIPTS))
    command = next((state.command for state in states if state.command), None)
    bundle = next((toolchain.bundle for toolchain in toolchains if toolchain.bundle), None)
    return Report(programs, bundle, states, fonts, command, sandbox.described(), known.states())


def support(toolchains: Sequence[Toolchain], themes: Mapping[str, Needs]) -> tuple[ThemeState, ...]:
    """Return how each theme can be built here; asks each toolchain at most once for its files."""
    live = next((t for t in toolchains if t.name not in OWN), None)
    files = [f for needs in themes.values() for f in (*needs.requires, *needs.fonts)]
    absent = {t.name: set(runner(t.name).lacking(files)) for t in toolchains}
    return tuple(_state(name, needs, live, absent) for name, needs in themes.items())


def debian(needs: Needs, engines: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the Debian packages for a theme, by engines asked for or the first that it runs."""
    asked = engines or (() if "pdflatex" in needs.engines else needs.engines[:1])
    files = (*needs.requires, *needs.fonts)
    by_file = [PACKAGE_OF[file] for file in files if file in PACKAGE_OF]
    return install.packages(asked, (*needs.packages, *by_file))


def _state(
    name: str,
    needs: Needs,
    live: Toolchain | None,
    absent: Mapping[str, set[str]],
) -> ThemeState:
    engines: list[str] = []
    lacking: tuple[str, ...] = ()
    if live:
        lacking = tuple(file for file in needs.requires if file in absent[live.name])
        unset = tuple(file for file in needs.fonts if file in absent[live.name])
        for engine in needs.engines:
            # pdfLaTeX sets Type 1 fonts; the OpenType files are for the other two.
            if engine in live.engines and not lacking and (engine == "pdflatex" or not unset):
                engines.append(engine)
        lacking += unset
    for own in (name for name in absent if name in OWN):
        fit = OWN[own] in needs.engines and own not in needs.unfit
        if fit and not absent[own].intersection(needs.requires):
            engines.append(own)
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
        command = [str(path), ROWS[name].version if name in ROWS else "--version"]
        ran = programs.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return Program(name, path, "does not start")
    # "pdfTeX 3.141592653-2.6-1.40.24 (TeX Live 2022/Debian)", "Latexmk, …, 2023. Version 4.79"
    first = next((line for line in ran.stdout.splitlines() if line.strip()), "")
    found = re.search(r"Version (\d\S*.*)", first) or re.search(r"\s(\d\S*.*)", first)
    return Program(name, path, found[1].strip() if found else first.strip())
