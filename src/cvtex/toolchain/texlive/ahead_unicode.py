r"""XeLaTeX or LuaLaTeX started ahead: it has read the preamble and begun the document, and
waits for the rest.

Neither can keep its preamble in a format: native fonts and the state of Lua are not dumped.
So a process keeps it. It reads the preamble of the last build from a file of its own, whose
lines are those of `cv.tex`; let go, it reads `cv.tex` from `\begin{document}` on. It runs in
a folder of its own, where links stand for the document and the theme's files, so that it
finds all under the names of a plain run, and nothing is lost if it is not needed.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from cvtex import disk
from cvtex.records import dataclass
from cvtex.toolchain import cache
from cvtex.toolchain.engine import Run, Started, start, stop
from cvtex.toolchain.environment import environment
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import JOB, LUA, Limits
from cvtex.toolchain.texlive import ahead, document, formats, luafonts, passes, unpacked

_HINT = ".direct"  # in a build folder: what the last build there ran
PREAMBLE = "cvtex-ahead.tex"

# Before the preamble, in its first line: what reads cv.tex on from \begin{document}.
_BEFORE = (
    r"\long\def\cvtexskip#1\begin#2{\def\cvtexfound{#2}\ifx\cvtexfound\cvtexdocument"
    r"\expandafter\cvtexrest\else\expandafter\cvtexskip\fi}"
    r"\def\cvtexdocument{document}\def\cvtexrest{}"
    r"\expandafter\let\expandafter\cvtexinput\csname @@input\endcsname "
)
# A line of input is waited for in errorstopmode alone (TeX by Topic, ch. 30).
_AFTER = (
    rf"{document.START}\errorstopmode\read-1 to\cvtexfound\nonstopmode"
    rf"\expandafter\cvtexskip\cvtexinput {JOB}.tex "
)


@dataclass(slots=True)
class Ahead:
    """An engine that waits. It ends by itself when the process that started it does."""

    kind: tuple[object, ...]
    place: Path
    began: float
    environ: dict[str, str]
    started: Started

    def is_for(
        self, program: Path, folder: Path, preamble: str, own: dict[str, str], epoch: int
    ) -> bool:
        """Tell whether it waits for a document of just this kind."""
        return self.kind == _kind(program, folder, preamble, own, epoch)

    def release(self) -> bool:
        """Let it go on with `cv.tex`; False if it has ended already."""
        return self.started.release()

    def is_fresh(self) -> bool:
        """Tell whether what it read was not changed since it was started. To ask at its end.

        What cvtex and the engines themselves write is left out: the unpacked format, whose
        source is known by its time, and the font cache.
        """
        inputs, outputs = formats.recorded(self.place)
        places = (self.place, cache.root(), *self.environ["TEXMFCACHE"].split(":"))
        own = tuple(f"{place}/" for place in places)
        for file in set(inputs) - set(outputs):
            if file.startswith("/") and not file.startswith(own):
                state = Path(file).stat()
                if max(state.st_mtime, state.st_ctime) >= self.began:
                    return False
        return bool(inputs)

    def hand_over(self, folder: Path) -> None:
        """Move what it wrote into the build folder."""
        for file in self.place.glob(f"{JOB}.*"):
            if not file.is_symlink():
                file.replace(folder / file.name)

    def stop(self) -> None:
        """End it and delete its folder. May be called twice."""
        stop(self.started)
        shutil.rmtree(self.place, ignore_errors=True)


def command(program: Path, first_line: str) -> list[str]:
    """Return the command that runs an engine with the settings of a plain run."""
    format = unpacked.find(program)
    return [
        str(program),
        *(format.options(program) if format else ()),
        f"-jobname={JOB}",
        "-recorder",
        "-interaction=nonstopmode",
        "-file-line-error",
        "-no-shell-escape",
        first_line,
    ]


def surroundings(program: Path, place: Path, epoch: int, *fonts: Path) -> dict[str, str]:
    """Return the environment of a run in `place`; LuaLaTeX finds tables in `fonts`, too."""
    environ = environment(place, epoch)
    if program.name == "lualatex":
        environ["TEXMFCACHE"] = luafonts.paths(place, program, *fonts)
    return environ


def access(program: Path, *folders: Path) -> Access:
    """Return what an engine reads besides its own folder: its format, its fonts' tables, and
    the `folders`."""
    return Access(read=tuple(map(str, (unpacked.folder(program), luafonts.root(), *folders))))


def note(folder: Path, program: Path, epoch: int) -> None:
    """Keep what a build ran, for the next `ahead`. Raises OSError."""
    hint = {"engine": program.name, "epoch": epoch}
    (folder / _HINT).write_text(json.dumps(hint), encoding="utf-8")


def begin(folder: Path, limits: Limits | None = None) -> Ahead | None:
    """Start the engine that the next build in `folder` will probably need, None if unknown.

    Whoever calls it must `stop` it in the end. Raises nothing. A build folder that came
    from elsewhere starts nothing: the user's own cache must know its preamble.
    """
    try:
        hint = json.loads((folder / _HINT).read_bytes())
        found, epoch = shutil.which(str(hint["engine"])), int(hint["epoch"])
        preamble = document.split((folder / f"{JOB}.tex").read_text("utf-8"))
        if not found or preamble is None or not (folder / f"{JOB}.aux").is_file():
            return None
        program = Path(found)
        if not passes.is_known(program, folder, preamble):
            return None
        place = ahead.place_in(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return ahead.begun(
        place, lambda: _begin(program, folder, preamble, epoch, place, limits or Limits())
    )


def _begin(
    program: Path, folder: Path, preamble: str, epoch: int, place: Path, limits: Limits
) -> Ahead | None:
    own = document.own_files(folder)
    kind = _kind(program, folder, preamble, own, epoch)
    for name, data in ahead.state(folder).items():
        (place / name).write_bytes(data)
    for name in (*own, f"{JOB}.tex"):
        (place / name).symlink_to(f"../{name}")
    text = f"{_BEFORE}{preamble}{_AFTER}\n"
    (place / PREAMBLE).write_text(text, encoding="utf-8", newline="\n")
    environ = surroundings(program, place, epoch, folder / LUA)
    began = time.time()
    line = rf"\input {PREAMBLE}"
    started = start(
        command(program, line), place, environ, limits, waits=True, more=access(program, folder)
    )
    return None if isinstance(started, Run) else Ahead(kind, place, began, environ, started)


def _kind(
    program: Path, folder: Path, preamble: str, own: dict[str, str], epoch: int
) -> tuple[object, ...]:
    """Return all that the document's beginning depends on, but for TeX Live's own files."""
    engine = (program, disk.stamp(str(program)), unpacked.find(program))
    return (*engine, folder, preamble, own, epoch, ahead.state(folder))
