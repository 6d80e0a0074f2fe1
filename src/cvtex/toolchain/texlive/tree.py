r"""The private flat tree: links to just the TeX files that a document uses, and a short
font map, with a `texmf.cnf` of its own.

TeX Live's search costs more than a page's typesetting: it reads an index of all
installed files. With this tree it reads none. So that the tree never changes a
document, kpathsea tells every search (`KPATHSEA_DEBUG`, kpathsea manual,
"Debugging"): a run counts only if each name it asked for is one whose place in
the real tree is known, or one that is known not to be there.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from cvtex.records import dataclass
from cvtex.toolchain.cache import write
from cvtex.toolchain.model import JOB

SEARCHES = {"KPATHSEA_DEBUG": "32"}
"""The variable that makes a run tell its searches on standard error."""

MAP = "pdftex.map"
_PATHS = (
    "TEXFORMATS",
    "TFMFONTS",
    "T1FONTS",
    "ENCFONTS",
    "TEXFONTMAPS",
    "VFFONTS",
    "PKFONTS",
    "GFFONTS",
    "GLYPHFONTS",
    "TTFONTS",
    "OPENTYPEFONTS",
    "SFDFONTS",
    "MISCFONTS",
    "TEXPOOL",
    "WEB2C",
    "TEXMFDBS",
    "CMAPFONTS",
    "TEXPSHEADERS",
)
_OWN = ("TEXINPUTS", "TFMFONTS", "T1FONTS", "ENCFONTS")
"""Where a document's own files are looked for first: a face that TeX Live lacks, too."""
_MOST_FOLDERS = 400
_INDEX = frozenset({"ls-r", "ls-R", "aliases", "texmf.cnf"})

_NAMES = r"[\w./+@=~#-]+(?: [\w./+@=~#-]+)*"
_RESULT = re.compile(
    rf"kdebug:returning from (?:generic )?search\((?:\[({_NAMES})\]|({_NAMES}))\) =>"
    r" ?(\(nil\)|[\w./+@=~# -]*)",
    re.ASCII,
)
_START = re.compile(
    rf"kdebug:start (?:generic )?search\((?:files=\[({_NAMES})\]|x?(?:file|name)=({_NAMES})),"
    r" [\w=, ]*path=(.*)\)\.?",
    re.ASCII,
)
# pdfTeX names an expanded font after its font and the expansion ("ec-lmr10+17").
_EXPANDED = re.compile(r"[+-]\d+(?=\.(?:vf|tfm)$)")
# As text, a pattern is compiled when it is first used; most builds never do.
_SETTING = r"(?m)^[ \t]*([a-z]\w*(?:\.\w+)?)[ \t]*[= \t][ \t]*([a-z]|\d+)[ \t]*(?:%.*)?$"
# Characters that kpathsea reads as more than a name.
_SPECIAL = r"[\s:;,{}$~%\"'\\!*?]|//"


class NotPossible(Exception):
    """Says why there can be no such tree."""


@dataclass(frozen=True, slots=True)
class Searches:
    """What a run asked kpathsea for: files by the name asked for, names that are nowhere,
    and the search paths."""

    found: Mapping[str, str]
    missing: frozenset[str]
    paths: frozenset[str]


def telling() -> IO[bytes]:
    """Return a file for a run's standard error, where kpathsea tells its searches."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("searches"), "w+b")  # on no disk
    import tempfile

    return tempfile.TemporaryFile()


def output_of(file: IO[bytes]) -> str:
    """Return what a run wrote to a file of `telling`."""
    file.seek(0)
    return file.read().decode("utf-8", "surrogateescape")


def read_searches(output: str) -> Searches:
    """Return the searches that kpathsea told, those for the job's own files left out.

    Raises NotPossible for a line that does not read as kpathsea writes it: a document asks
    for files by any name, a line end in it too, and must not put words into its mouth.
    """
    found: dict[str, str] = {}
    missing: set[str] = set()
    paths: set[str] = set()
    for line in output.splitlines():
        at = line.find("kdebug:")
        if at < 0:
            continue
        if at != line.rfind("kdebug:"):
            raise NotPossible("a name that kpathsea does not tell plainly")
        if line.startswith("kdebug:start ", at):
            start = _START.fullmatch(line, at)
            if not start:
                raise NotPossible("a name that kpathsea does not tell plainly")
            # an index is known by its own time, not by that of the folder around it
            if not {"ls-R", "aliases"} & {*(start[1] or start[2]).split(" ")}:
                paths.add(start[3])
        elif line.startswith("kdebug:returning ", at):
            result = _RESULT.fullmatch(line, at)
            if not result:
                raise NotPossible("a name that kpathsea does not tell plainly")
            names = (result[1] if result[1] is not None else result[2]).split(" ")
            place = result[3] if result[3] != "(nil)" else ""
            if not place:
                missing.update(_EXPANDED.sub("", n) for n in names if not _is_own(n))
            elif place.startswith("/") and names[0] not in _INDEX and names[0][:1] != "/":
                name = next((n for n in names if f"/{place}".endswith(f"/{n}")), names[0])
                found[name] = place
    return Searches(found, frozenset(missing - found.keys()), frozenset(paths))


def _is_own(name: str) -> bool:
    return name in _INDEX or name.removeprefix("./").startswith(f"{JOB}.")


def loose_folders(paths: Iterable[str]) -> list[str]:
    """Return the folders of search paths that are searched on the disk, those below them
    too, be they there or not; and the place of each index.

    Their times tell whether a file came or went. Raises NotPossible where they are too many.
    """
    folders: dict[str, None] = {}
    for element in {element for path in paths for element in path.split(":")}:
        place = element.lstrip("!").rstrip("/")
        if element.startswith("!!"):
            continue
        if not place.startswith("/"):
            continue
        folders[place] = None
        if element.endswith("//"):
            for folder, below, _ in os.walk(place, followlinks=True):
                folders.update(dict.fromkeys(os.path.join(folder, name) for name in below))
                if len(folders) > _MOST_FOLDERS:
                    raise NotPossible("a private TeX tree of many folders")
    for path in paths:
        for root in re.findall(r"(?:^|:)!!(/[^:]*?)/(?:tex|fonts|web2c)\b", path):
            folders.update({f"{root}/ls-R": None, f"{root}/ls-r": None})
    return sorted(folders)


def make(folder: Path, files: Mapping[str, str], settings: Iterable[Path]) -> dict[str, int]:
    """Make or enlarge the tree in `folder`: `files` by name. What is there stays.

    `settings` are TeX Live's `texmf.cnf` files, the first one wins. Returns the
    CRC-32 of the files that are no links. Raises OSError and NotPossible.
    """
    if re.search(_SPECIAL, str(folder)):
        raise NotPossible("a cache folder whose name kpathsea cannot read")
    folder.mkdir(parents=True, exist_ok=True)
    for name, place in files.items():
        link = folder / name
        if name == MAP or ".." in Path(name).parts:
            continue
        if not link.is_symlink():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(place)
    contents = {"texmf.cnf": _texmf_cnf(folder, settings).encode()}
    if MAP in files:
        full = Path(files[MAP]).read_bytes()
        fonts = {name.removesuffix(".tfm").encode() for name in files if name.endswith(".tfm")}
        contents[MAP] = b"".join(_lines_of(full, fonts))
    for name, data in contents.items():
        write(folder / name, data)
    return {name: zlib.crc32(data) for name, data in contents.items()}


def _lines_of(full: bytes, fonts: set[bytes]) -> list[bytes]:
    """Return the lines of a font map that begin with one of the fonts."""
    return [line for line in full.splitlines(keepends=True) if line.split(b" ", 1)[0] in fonts]


def _texmf_cnf(folder: Path, settings: Iterable[Path]) -> str:
    """Return a `texmf.cnf` that finds this tree alone, with TeX Live's own sizes."""
    values = sizes(settings)
    lines = [f"TEXINPUTS = .:{folder}", *(f"{name} = {folder}" for name in _PATHS)]
    return "\n".join([*lines, *(f"{name} = {value}" for name, value in values.items()), ""])


def sizes(settings: Iterable[Path]) -> dict[str, str]:
    """Return the numbers and switches of `texmf.cnf` files, the first one wins: sizes of TeX's
    memory, what may be read and written. Raises OSError."""
    found: dict[str, str] = {}
    for file in settings:
        for name, value in re.findall(_SETTING, file.read_text("utf-8", "replace")):
            found.setdefault(name, value)
    return {**found, "texmf_casefold_search": "0"}


def environment(plain: Mapping[str, str], folder: Path, own: str = ".") -> dict[str, str]:
    """Return the environment of a run in the tree, made of that of a plain run.

    `own` is the search path of the document's own files.
    """
    searched = dict.fromkeys(_OWN, f"{own}:{folder}")
    return {**plain, **SEARCHES, "TEXMFCNF": str(folder), **searched}


def unknown(
    searches: Searches, folder: Path, files: Mapping[str, str], missing: frozenset[str]
) -> set[str]:
    """Return what a run in the tree asked for that is neither in it nor known to be nowhere."""
    inside = f"{folder}/"
    strange = {
        name
        for name, place in searches.found.items()
        if not place.startswith(inside) or name not in files
    }
    return strange | (searches.missing - missing)
