r"""Precompiled preambles: what stands before `\begin{document}`, dumped as a TeX format.

A format holds what the preamble defined, so that a run starts where the
document begins. The engine still reads the same `cv.tex`: the format skips to
`\begin{document}`, so line numbers stay as they are. What `\dump` does not
keep (pdfTeX manual: the PDF's own dictionaries, font maps; open files) makes a
preamble unfit, and the plain path is taken.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any

from cvtex import disk
from cvtex.diagnostics import Severity
from cvtex.records import dataclass, field
from cvtex.toolchain import cache
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import JOB, Limits, Message
from cvtex.toolchain.texlive import document, tree

VERSION = 5
"""Of what an entry of the cache holds: another one is another key."""

FMT = f"{JOB}.fmt"
RAW = "raw.fmt"
"""The dump as TeX packs it, and unpacked, which loads faster (web2c reads both)."""

_PART = 1 << 20  # bytes that are unpacked at a time

TREE = "tex"
GO = r"\cvtexgo"
OPEN = r"\cvtexopen"
"""A run's first line: read `cv.tex`; or begin the document, wait for a line of input, and
read the rest."""

Stamp = str | None

# pdfTeX keeps these outside of what it dumps; a preamble that uses one is refused.
_NOT_DUMPED = (
    "pdfinfo",
    "pdfcatalog",
    "pdfnames",
    "pdftrailer",
    "pdftrailerid",
    "pdfmapfile",
    "pdfmapline",
    "pdfsetrandomseed",
)

_BEFORE = "".join(
    rf"\let\cvtex@{name}\{name}\protected\def\{name}{{\global\let\cvtex@lost\relax\cvtex@{name}}}"
    for name in _NOT_DUMPED
)
_BEFORE = rf"\catcode64=11 {_BEFORE}\catcode64=12 \relax"

# hyperref, loaded in the hook begindocument/before by some classes, is the dearest package.
# What a preamble leaves in the main vertical list (xcolor a colour) is not dumped; a box is.
_AFTER = (
    r"""
\makeatletter
\ifdefined\UseOneTimeHook\UseOneTimeHook{begindocument/before}\fi
"""
    + "".join(rf"\let\{name}\cvtex@{name}" for name in _NOT_DUMPED)
    + r"""
\ifdefined\cvtex@lost\errmessage{cvtex: not dumped}\fi
\ifnum\pdfcolorstackinit page direct{0 g 0 G}>1 \errmessage{cvtex: not dumped}\fi
\setbox32767=\vbox{}
{\output{\global\setbox32767=\vbox{\unvbox255 \unpenalty\setbox0=\lastbox\unskip}}%
  \vbox{}\penalty-10000 }\deadcycles=0 \outputpenalty=0
\def\cvtex@document{document}
\long\def\cvtex@skip#1\begin#2{\def\cvtex@found{#2}%
  \ifx\cvtex@found\cvtex@document\expandafter\@firstoftwo\else\expandafter\@secondoftwo\fi
  {\begin{document}}{\cvtex@skip}}
\def\cvtexgo{\unvbox32767 \expandafter\cvtex@skip\@@input cv.tex }
\long\def\cvtex@skipall#1\begin#2{\def\cvtex@found{#2}%
  \ifx\cvtex@found\cvtex@document\expandafter\@gobble\else\expandafter\@firstofone\fi
  {\cvtex@skipall}}
\def\cvtexopen{\unvbox32767 \begin{document}\errorstopmode\read-1 to\cvtex@found\nonstopmode
  \expandafter\cvtex@skipall\@@input cv.tex }
\makeatother
\dump
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An entry of the cache.

    `refused` says why this preamble cannot be dumped; then nothing else counts.
    `fmt` is the file of the dump that is used.
    `checksums` are those of the files in the entry, `stamps` the size and time of
    files and folders of the system (None: not there), `own` the SHA-256 of the
    theme's files in the build folder. `names` and `missing` are the tree's: files
    by the name TeX asks for, and names that are nowhere. `messages` are what the
    preamble complained of. `epoch` is the only date for which the format is good,
    None for any. `seeds` are guesses for new documents (`passes.Seeds`).
    """

    label: str
    refused: str | None = None
    fmt: str = FMT
    checksums: dict[str, int] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    messages: list[list[Any]] = field(default_factory=list)
    epoch: int | None = None
    seeds: dict[str, list[list[int]]] = field(default_factory=dict)


NONE = Format(label="")
"""What is known of a format before it is made."""


def key(engine: Path, preamble: str, own: dict[str, str]) -> str:
    """Return the name of the entry: engine, preamble, and the theme's files beside it."""
    homes = [os.environ.get(name) for name in ("HOME", "TEXMFHOME")]
    parts = [
        VERSION,
        os.path.realpath(engine),
        disk.stamp(str(engine)),
        homes,
        preamble,
        sorted(own.items()),
    ]
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def find(entry: Path, own: dict[str, str], epoch: int) -> Format | None:
    """Return the format kept as `entry` if it was made for these files and this date.

    Whether all is as it was on the disk is told by `is_whole`, while the engine runs already.
    """
    state = cache.load(entry)
    try:
        format = Format(**state) if state else None
    except TypeError:
        return None
    if format and format.refused and not _is_unchanged(format):
        return None
    return format if format and format.own == own and format.epoch in (None, epoch) else None


def is_whole(entry: Path, format: Format) -> bool:
    """Tell whether the dump and the tree's own files are byte for byte as they were written,
    and the system's files those that went into them."""
    links = entry / TREE
    try:
        return (
            _is_unchanged(format)
            and all(
                os.readlink(links / name) == place
                for name, place in format.names.items()
                if name != tree.MAP
            )
            and all(cache.checksum(entry / name) == crc for name, crc in format.checksums.items())
        )
    except OSError:
        return False


def _is_unchanged(format: Format) -> bool:
    return all(disk.stamp(file) == known for file, known in format.stamps.items())


def make(
    engine: Path, preamble: str, folder: Path, own: dict[str, str], epoch: int, limits: Limits
) -> Format | None:
    """Dump a preamble into the scratch folder `folder`, which holds links to the theme's files.

    Returns a refused format where the preamble is not fit for it, None where the
    run was ended by something else. Raises OSError.
    """
    from cvtex.toolchain.messages import log

    label = f"{engine.name} {document.class_of(preamble)}"
    (folder / f"{JOB}.tex").write_text(preamble + _AFTER, encoding="utf-8", newline="\n")
    (folder / "cvtex-before.tex").write_text(_BEFORE + "\n", encoding="utf-8")
    ended = run(
        [
            str(engine),
            "-ini",
            f"-jobname={JOB}",
            "-recorder",
            "-interaction=nonstopmode",
            "-file-line-error",
            "-no-shell-escape",
            f"&{engine.name}",
            rf"\input cvtex-before \input {JOB}.tex",
        ],
        folder,
        environment(folder, epoch),
        limits,
        more=Access(read=tuple(os.path.dirname(os.path.realpath(folder / name)) for name in own)),
    )
    if ended.reason or ended.status is None or ended.status < 0:
        return None
    inputs, outputs = recorded(folder)
    text = (folder / f"{JOB}.log").read_text("utf-8", "replace")
    messages = [m for m in log.read(text, folded=False) if m.text != log.NO_PAGES]
    stamps = {file: disk.stamp(file) for file in inputs if file.startswith("/")}
    stamps[os.path.realpath(engine)] = disk.stamp(str(engine))
    format = Format(label=label, stamps=stamps, own=own)
    read_here = {Path(file).name for file in inputs if not file.startswith("/")}
    written = set(outputs) - {FMT, f"{JOB}.log", f"./{FMT}"}
    refused = None
    if ended.status != 0 or any(m.severity is Severity.ERROR for m in messages):
        refused = "the preamble does not compile to a format"
    elif written:
        refused = f"the preamble writes {sorted(written)[0]}"
    elif any(name.lower().endswith(document.DATA_FILES) for name in read_here):
        refused = "the preamble reads a picture or font of the document"
    if refused:
        return dataclasses.replace(format, refused=refused)
    return dataclasses.replace(
        format,
        checksums={FMT: cache.checksum(folder / FMT) or 0},
        settings=[file for file in inputs if Path(file).name == "texmf.cnf"],
        messages=[[str(m.severity), m.text, m.line, m.file, m.near, m.hint] for m in messages],
        epoch=epoch if document.is_dated(preamble, folder, own, inputs) else None,
    )


def command(engine: Path, fmt: Path | None, first_line: str) -> list[str]:
    """Return the command that runs `cv.tex`: with a dump `first_line` is `GO` or `OPEN`,
    without one the file's name."""
    return [
        str(engine),
        *([f"-fmt={fmt}", f"-progname={engine.name}"] if fmt else []),
        f"-jobname={JOB}",
        "-interaction=nonstopmode",
        "-file-line-error",
        "-no-shell-escape",
        first_line,
    ]


def access(entry: Path, *folders: Path) -> Access:
    """Return what a run with a dump reads: the entry, and the `folders`."""
    return Access(read=(str(entry), *map(str, folders)))


def as_state(format: Format) -> dict[str, Any]:
    """Return an entry's state as plain data."""
    return {part.name: getattr(format, part.name) for part in dataclasses.fields(format)}


def messages(format: Format) -> tuple[Message, ...]:
    """Return what the preamble complained of when it was dumped."""
    return tuple(Message(Severity(severity), *rest) for severity, *rest in format.messages)


def recorded(folder: Path) -> tuple[list[str], list[str]]:
    """Return the files that the last run in a folder read and wrote (`-recorder`)."""
    try:
        text = (folder / f"{JOB}.fls").read_text("utf-8", "surrogateescape")
    except OSError:
        return [], []
    lines = list(dict.fromkeys(text.splitlines()))
    return tuple(
        [line[len(w) :] for line in lines if line.startswith(w)] for w in ("INPUT ", "OUTPUT ")
    )  # type: ignore[return-value]


def unpack(packed: Path, target: Path) -> int:
    """Write the contents of a file, packed (gzip) or not, by rename; return their CRC-32.

    Raises OSError, for a damaged file too.
    """
    checksum = 0
    whole = zlib.decompressobj(31)
    with packed.open("rb") as source, cache.replacing(target) as out:
        is_packed = source.read(2) == b"\x1f\x8b"
        source.seek(0)
        while data := source.read(_PART):
            try:
                data = whole.decompress(data) if is_packed else data
            except zlib.error as failure:
                raise OSError(str(failure)) from failure
            checksum = zlib.crc32(data, checksum)
            out.write(data)
        if is_packed and not whole.eof:
            raise OSError(f"{packed} is cut short")
    return checksum
