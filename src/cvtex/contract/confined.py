"""`cvtex themes check` of a theme that nobody trusts: in a process that can do no harm.

The theme's own Python runs in it, so what it prints is believed no more than the theme is.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cvtex import programs, toolchain, trust
from cvtex.latex import themes
from cvtex.latex.themes import ThemeFolder
from cvtex.toolchain import Limits, sandbox
from cvtex.toolchain.engine import Run, run
from cvtex.toolchain.landlock import Access

LIMITS = Limits(seconds=3600, cpu_seconds=3600, room=2 * 1024**3)
BEGIN = (
    "import sys; sys.path[:] = sys.argv.pop(1).split(chr(10)); "
    "from cvtex.__main__ import program; program()"
)
"""Finds cvtex where this process has found it, and nothing in the folder that it is in."""


def is_needed(theme: ThemeFolder) -> bool:
    """Tell whether a theme is to be checked here: it is not cvtex's own, nobody has said that it
    may be trusted, and the system can confine it."""
    if theme.is_shipped() or trust.is_given() or not sandbox.kind():
        return False
    return theme.owner is None or not theme.is_trusted()


def check(
    theme: ThemeFolder, engines: Sequence[str], quick: bool, on_line: Callable[[str], None]
) -> Run:
    """Check a theme in a confined process; `on_line` gets each line that it prints.

    It reads the system, Python, cvtex and the theme, writes into a folder of its own that is
    deleted, has no network, and a cache of its own. Its engines are confined once more.
    """
    name = theme.name if theme.owner is None else str(theme.folder.resolve())
    given = [name, *(part for engine in engines for part in ("--engine", engine))]
    command = [sys.executable, "-P", "-c", BEGIN, "\n".join(_paths())]
    command += ["themes", "check", *given, *(["--quick"] if quick else [])]
    with tempfile.TemporaryDirectory(prefix="cvtex-check-") as place:
        folder = Path(os.path.realpath(place))
        environ = programs.environment() | {
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_STATE_HOME": str(folder / "state"),
            "TMPDIR": str(folder / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
            trust.VARIABLE: "1",
            # within bubblewrap there is no second one
            sandbox.VARIABLE: sandbox.mode() if sandbox.kind() == "landlock" else "off",
        }
        chains = toolchain.find()
        # where cvtex has put a program into the user's cache, which is another here
        own = [str(chain.program.parent) for chain in chains]
        environ["PATH"] = os.pathsep.join([environ["PATH"], *own])
        if bundle := os.environ.get(toolchain.BUNDLE_VARIABLE):
            environ[toolchain.BUNDLE_VARIABLE] = bundle = str(Path(bundle).absolute())
        (folder / "tmp").mkdir()
        tools = [path for chain in chains for path in _beside(chain)]
        read = [*_paths(), sys.prefix, sys.base_prefix, str(theme.folder.resolve())]
        read += [str(themes.shipped()), *tools, *([bundle] if bundle else [])]
        more = Access(tuple(read), programs=(*sandbox.SYSTEM, sys.prefix, sys.base_prefix, *tools))
        return run(command, folder, environ, LIMITS, on_line, more=more)


def _paths() -> list[str]:
    """Return where this process finds modules."""
    return [path for path in sys.path if Path(path).is_absolute()]


def _beside(chain: toolchain.Toolchain) -> list[str]:
    """Return the programs of a toolchain, and the tree that they belong to."""
    named = [str(path) for path in (chain.program, *chain.engines.values())]
    real = [os.path.realpath(path) for path in named]
    return [*named, *real, *(place for path in real for place in sandbox.tree_of(path))]
