"""The tree of TeX's files in the wheel: what the format and the samples read, settings, index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from cvtex import programs
from cvtex.toolchain.model import Progress
from cvtex.toolchain.setup import recording
from cvtex.toolchain.setup.recording import Files
from cvtex.toolchain.texlive import tree
from cvtex.toolchain.wheel import TREE

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
FORMAT = "web2c/pdftex/pdflatex.fmt"
_MAP = "fonts/map/pdftex/updmap/pdftex.map"
TABLE = "cp227.tcx"  # TeX Live's formats print all characters as they are (web2c, "TCX files")


def gathered(
    pdflatex: str, samples: Sequence[Path], scratch: Path, tell: Progress
) -> tuple[Files, list[str]]:
    """Return what pdfLaTeX reads for its format and the samples, and all their fonts' families."""
    tell("what the format is made of")
    files = recording.of_format(pdflatex)
    files |= {file.name: file for file in _found("--format=web2c", TABLE)}
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


def tree_of(files: Files) -> dict[str, bytes]:
    """Return the tree of TeX's files by their paths in the wheel, its settings and its index."""
    contents = {
        f"{TREE}/{place_of(file)}": file.read_bytes()
        for name, file in files.items()
        if name != tree.MAP
    }
    fonts = {name.removesuffix(".tfm") for name in files if name.endswith(".tfm")}
    lines = [line for line in _map(files).splitlines() if line.split(" ", 1)[0] in fonts]
    contents[f"{TREE}/{_MAP}"] = "\n".join([*lines, ""]).encode()
    settings = [Path(found) for found in _found("-all", "texmf.cnf")]
    values = [f"{name} = {value}" for name, value in tree.sizes(settings).items()]
    contents[f"{TREE}/web2c/texmf.cnf"] = "\n".join([_PATHS, *values, ""]).encode()
    contents[f"{TREE}/ls-R"] = _index([*contents, f"{TREE}/{FORMAT}"])
    return contents


def place_of(file: Path) -> str:
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
