"""Drawings (SVG): made into pixels by a process with limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cvtex import programs
from cvtex.photo.model import AS_JPEG, SIDE, Photo, PhotoFault, damaged
from cvtex.photo.picture import picture_of

_DRAW = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
except (ImportError, ValueError, OSError):
    pass
import resvg_py
text = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=text, width=%d, skip_system_fonts=True))
"""


def drawn(data: bytes) -> Photo:
    """Return an SVG as a picture of pixels, drawn by resvg in a process with limits."""
    import subprocess
    import sys

    _check_drawing(data)
    try:
        done = programs.run(
            [sys.executable, "-I", "-c", _DRAW % SIDE], input=data, capture_output=True, timeout=30
        )
    except subprocess.TimeoutExpired:
        raise PhotoFault("takes too long to draw", AS_JPEG) from None
    if done.returncode:
        if b"No module named" in done.stderr:
            hint = f"{AS_JPEG}, or pip install resvg-py"
            raise PhotoFault("is SVG, which needs a package that is not here", hint)
        raise PhotoFault("cannot be drawn", AS_JPEG)
    return picture_of(done.stdout, "PNG")


def _check_drawing(data: bytes) -> None:
    """Refuse what a drawing would take from elsewhere, and letters: they need a machine's fonts."""
    from xml.parsers import expat

    def element(name: str, attributes: Mapping[str, str]) -> None:
        for key, value in attributes.items():
            outside = key.rpartition(":")[2] == "href" and not re.match(r"\s*(#|data:|$)", value)
            if name.rpartition(":")[2] != "a" and (outside or re.search(_ELSEWHERE, value)):
                raise PhotoFault("takes something from another file", "put all into the one file")
        if name.rpartition(":")[2] == "text":
            raise PhotoFault("holds letters, which need fonts", "turn its letters into paths")

    def entity(*_: object) -> None:
        raise PhotoFault("declares entities", AS_JPEG)

    parser = expat.ParserCreate()
    handlers: dict[str, Callable[..., None]] = {
        "StartElementHandler": element,
        "EntityDeclHandler": entity,
    }
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise damaged() from None


_ELSEWHERE = r"url\(\s*['\"]?(?!#|data:|['\"\s#])"
