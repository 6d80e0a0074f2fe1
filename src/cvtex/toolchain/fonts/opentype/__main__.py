"""Fonts of the user's own, read by a process of its own, which the system can end.

`python -m cvtex.toolchain.fonts.opentype FILE …` prints for each file a line of JSON: what it
says of itself, or what is wrong with it. What is made of it lies in the cache then.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from cvtex import disk
from cvtex.toolchain.fonts.carried import LARGEST, Bad, converted

SECONDS, MEMORY = 20, 1 << 30
"""Of computing, and bytes: what an honest font needs a hundredth of."""


_FURNITURE = "•·–’"
"""What themes add to a CV."""
_STATIC = "take the static .otf or .ttf files of the family"
_KINDS = {
    b"ttcf": "is a collection of fonts",
    b"wOFF": "is a web font (WOFF)",
    b"wOF2": "is a web font (WOFF2)",
}
"""What is no font that TeX sets, by how it begins, whatever its name ends in."""


def facts(data: bytes) -> dict[str, Any]:
    """Return what a font says of itself. Raises anything for what is none."""
    from fontTools.ttLib import TTFont

    from cvtex.toolchain.fonts.opentype.layout import substitutes

    with TTFont(BytesIO(data), lazy=True, fontNumber=0) as font:
        names, style = font["name"], font["OS/2"]
        families = [str(names.getDebugName(number) or "") for number in (16, 1)]
        panose = getattr(style, "panose", None)
        serifs = (
            int(getattr(panose, "bSerifStyle", 0)) if getattr(panose, "bFamilyType", 0) == 2 else 0
        )
        return {
            "families": [name for name in dict.fromkeys(families) if name],
            "weight": int(style.usWeightClass),
            "width": int(style.usWidthClass),
            "italic": bool(style.fsSelection & 1 or font["head"].macStyle & 2),
            "sans": 11 <= serifs <= 15 or int(style.sFamilyClass) >> 8 == 8,
            "variable": "fvar" in font,
            "cff2": "CFF2" in font,
            "restricted": bool(style.fsType & 2),
            "small_caps": bool(substitutes(font, "smcp")),
            "lacks": "".join(c for c in _FURNITURE if ord(c) not in (font.getBestCmap() or {})),
        }


def _limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _tell(path: Path) -> dict[str, Any]:
    try:
        data = disk.read(path, LARGEST)
    except OSError as failure:
        return {"fault": f"cannot be read: {failure.strerror}"}
    if kind := _KINDS.get(data[:4]):
        return {"fault": f"{kind}, which TeX cannot set", "hint": _STATIC}
    try:
        found = facts(data)
    except (Exception, RecursionError):
        return {"fault": "is no font, or a damaged one"}
    if found.pop("cff2") and not found["variable"]:
        return {"fault": "has outlines in CFF2, which TeX cannot set", "hint": _STATIC}
    try:
        if not found["variable"]:
            converted(path, path.name)
    except (Bad, OSError) as failure:
        return {"fault": str(failure).removeprefix(f"{path.name} ")}
    except MemoryError:
        return {"fault": "cannot be used: it needs too much memory"}
    return found


if __name__ == "__main__":
    _limit()
    logging.disable(logging.CRITICAL)
    for name in sys.argv[1:]:
        print(json.dumps(_tell(Path(name))), flush=True)  # noqa: T201
