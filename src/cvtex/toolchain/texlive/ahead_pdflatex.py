"""An engine started ahead: it has loaded the format and begun the document, and waits for
the rest of it.

It runs in a folder of its own inside the build folder, with copies of the files
that the last run left, so that nothing is lost if it is not needed.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import IO

from cvtex.records import dataclass
from cvtex.toolchain import cache
from cvtex.toolchain.engine import Run, Started, start, stop
from cvtex.toolchain.environment import environment
from cvtex.toolchain.model import JOB, Limits
from cvtex.toolchain.texlive import ahead, formats, tree

_HINT = ".fast"  # in a build folder: what the last build there ran


@dataclass(slots=True)
class Ahead:
    """An engine that waits. It ends by itself when the process that started it does."""

    program: Path
    entry: Path
    folder: Path
    epoch: int
    place: Path
    state: dict[str, bytes]
    started: Started
    telling: IO[bytes]

    def is_for(self, program: Path, entry: Path, folder: Path, epoch: int) -> bool:
        """Tell whether it waits for a document of just this kind."""
        own = (self.program, self.entry, self.folder, self.epoch, self.state)
        return own == (program, entry, folder, epoch, ahead.state(folder))

    def release(self) -> bool:
        """Let it go on with `cv.tex`; False if it has ended already."""
        return self.started.release()

    def hand_over(self) -> None:
        """Move what it wrote into the build folder."""
        for file in self.place.iterdir():
            file.replace(self.folder / file.name)

    def stop(self) -> None:
        """End it and delete its folder. May be called twice."""
        stop(self.started)
        self.telling.close()
        shutil.rmtree(self.place, ignore_errors=True)


def note(folder: Path, fmt: Path, epoch: int) -> None:
    """Keep what a build ran, for the next `ahead`. Raises OSError."""
    hint = {"fmt": str(fmt), "epoch": epoch}
    (folder / _HINT).write_text(json.dumps(hint), encoding="utf-8")


def begin(folder: Path, program: Path | None = None, limits: Limits | None = None) -> Ahead | None:
    """Start the engine that the next build in `folder` will probably need, None if unknown.

    It is the `program`, or that of the PATH.

    Whoever calls it must `stop` it in the end. Raises nothing. A build folder may come from
    elsewhere: it names no program, and no format but one in the user's own cache.
    """
    try:
        hint = json.loads((folder / _HINT).read_bytes())
        fmt, epoch = Path(hint["fmt"]), int(hint["epoch"])
        entry = fmt.parent
        links = entry / formats.TREE
        engine = program or shutil.which("pdflatex")
        if not engine or entry.parent != cache.root() or not cache.is_ours():
            return None
        left = ahead.state(folder)
        if f"{JOB}.aux" not in left or not (links / "texmf.cnf").is_file():
            return None
        place = ahead.place_in(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return ahead.begun(
        place,
        lambda: _begin(Path(engine), fmt, folder, epoch, place, left, limits or Limits()),
    )


def _begin(
    program: Path,
    fmt: Path,
    folder: Path,
    epoch: int,
    place: Path,
    left: dict[str, bytes],
    limits: Limits,
) -> Ahead | None:
    """Start an engine in `place`, with what the last run left."""
    for name, data in left.items():
        (place / name).write_bytes(data)
    environ = environment(place, epoch)
    telling = tree.telling()
    started = start(
        formats.command(program, fmt, formats.OPEN),
        place,
        tree.environment(environ, fmt.parent / formats.TREE, ".:.."),
        limits,
        waits=True,
        errors=telling.fileno(),
        more=formats.access(fmt.parent, folder),
    )
    if isinstance(started, Run):
        telling.close()
        return None
    return Ahead(program, fmt.parent, folder, epoch, place, left, started, telling)
