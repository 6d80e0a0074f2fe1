"""What a theme's own code does beyond writing LaTeX: files that it opens, programs that it runs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

EVENTS = {"open": "opens", "subprocess.Popen": "runs", "os.system": "runs"}
OURS = str(Path(__file__).resolve().parents[1])


def watch(theme: Path) -> Mapping[str, list[str]]:
    """Return what the code of a folder's `theme.py` will have done, and the lines that do it.

    It fills from now on. An audit hook stays as long as the process, which is why only
    `cvtex themes check` sets one. What an import opens, or cvtex for a theme, is left out.
    """
    done: dict[str, list[str]] = {}
    names = {str(theme / "theme.py"), str((theme / "theme.py").resolve())}

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event not in EVENTS:
            return
        frame: FrameType | None = sys._getframe(1)
        while frame:
            file = frame.f_code.co_filename
            if file in names:
                places = done.setdefault(f"{EVENTS[event]} {_shown(arguments[0])}", [])
                place = f"theme.py:{frame.f_lineno}"
                if place not in places:
                    places.append(place)
                return
            if "importlib" in file or file.startswith(OURS):
                return
            frame = frame.f_back

    sys.addaudithook(heard)
    return done


def _shown(what: object) -> str:
    return what.decode(errors="replace") if isinstance(what, bytes) else str(what)
