"""Which face a script needs beside a theme's own, whether it is here, and what brings it."""

from __future__ import annotations

from pathlib import Path

from cvtex.latex.fonts import LATIN_MODERN
from cvtex.latex.glyphs import script_of
from cvtex.model import Words
from cvtex.records import dataclass
from cvtex.toolchain.fonts.files import locate
from cvtex.toolchain.fonts.stand_ins import for_script

SCRIPTS = ("greek", "cyrillic", "han", "hangul", "symbols")
"""The scripts that cvtex sets in a face other than the theme's."""


@dataclass(frozen=True, slots=True)
class Face:
    """The face that sets a script beside Latin Modern: its file, None where none is here.

    `package` is Debian's for the face that suits it best, `best` whether that one is here.
    """

    script: str
    path: Path | None
    package: str
    best: bool

    @property
    def state(self) -> str:
        """What is here, and what to install, in words."""
        if self.path is None:
            return f"not here: install {self.package}"
        return self.path.name if self.best else f"{self.path.name}; {self.package} suits it better"


def face(script: str) -> Face:
    """Return the face for one of `SCRIPTS`."""
    candidates = for_script(script, sans=False, like=LATIN_MODERN[0].regular)
    found = [path for font in candidates if (path := locate(font.regular))]
    path = found[0] if found else None
    best = candidates[0]
    return Face(script, path, best.package, path is not None and path.name == best.regular)


def script(words: Words) -> str | None:
    """Return the one of `SCRIPTS` in which a language is written, None for Latin letters."""
    text = "".join((*words.months, *words.sections.values()))
    scripts = (script_of(character) for character in text)
    return next((name for name in scripts if name in SCRIPTS and name != "symbols"), None)
