"""Bringing a typeface that TeX does not have: by pip, or by Debian's package manager."""

from __future__ import annotations

from pathlib import Path

from cvtex.diagnostics import CvtexError, error
from cvtex.latex.typefaces import TYPEFACES
from cvtex.toolchain.fonts import known, sources
from cvtex.toolchain.fonts.files import look_anew
from cvtex.toolchain.model import Progress
from cvtex.toolchain.setup import install, pypi


def bring(name: str, tell: Progress) -> Path:
    """Install one of the carried typefaces, if it is not here, and return its regular file.

    Raises `CvtexError`, with the commands to type as its hint, where nothing brought it.
    """
    faults: list[str] = []
    for source in sources.SOURCES[name]:
        if known.state(name).here:
            break
        if source.pip:
            tell(f"pip install {source.pip}")
            faults.append(pypi.install(source.pip))
        elif install.may_apt() is not None:
            try:
                install.texlive([source.debian], tell)
            except CvtexError as failure:
                faults += [d.message for d in failure.diagnostics]
        look_anew()
        sources.look_anew()
    family = TYPEFACES[name].family  # type: ignore[index]
    path = sources.find(name, family.regular) if family else None
    if path is None or not known.state(name).here:
        commands = known.state(name).commands
        why = next((fault for fault in faults if fault), "nothing here may install packages")
        hint = f"run `{'`, or `'.join(commands)}`"
        raise CvtexError([error(f"the face {name} cannot be brought: {why}", hint=hint)])
    return path
