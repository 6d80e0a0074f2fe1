"""The families that lie beside a document: their OpenType files, or what pdfLaTeX needs of them.

What is made of a font for pdfLaTeX is kept in the user's cache, by the font's content.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cvtex import crew, disk
from cvtex.home import cache_folder, is_ours
from cvtex.latex.fonts import FontFamily, package_of
from cvtex.records import dataclass
from cvtex.toolchain.fonts.opentype.model import PARTS, VERSION, Converted, Unfit

LARGEST = 20_000_000
"""Bytes of a font, and of what is kept of one."""
ENCODINGS = {"t1": "T1", "ts1": "TS1", "sc": "T1"}
"""The metrics of a font, and the encoding of each as LaTeX knows it."""


class Bad(ValueError):
    """Says which font cannot be used, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lies beside a document for one family; `characters` are those that pdfLaTeX can set
    of T1 and TS1, in every one of its fonts."""

    files: Mapping[str, bytes]
    characters: frozenset[str]


def for_pdflatex(family: FontFamily, places: Mapping[str, Path]) -> Beside:
    """Return what pdfLaTeX needs of a family; `places` tells where each of its files lies.

    Raises Bad and OSError.
    """
    files: dict[str, bytes] = {}
    fonts = _converted(family, places)
    for name, font in fonts.items():
        stem = _stem(name, family.oldstyle)
        files[f"{stem}.pfb"] = font.pfb
        for encoding in ENCODINGS:
            if metrics := getattr(font, encoding):
                files[f"{stem}-{encoding}.tfm"] = metrics
                files[f"{font.encoding(encoding)}.enc"] = getattr(font, f"{encoding}_enc")
    files[f"{package_of(family)}.sty"] = _package(family, fonts).encode("ascii")
    common = frozenset.intersection(*(frozenset(face.characters) for face in fonts.values()))
    return Beside(files=files, characters=common)


def _stem(file: str, oldstyle: bool) -> str:
    """Return how the files made of a font are called: no name that TeX or kpathsea reads as
    more than a name."""
    bare = re.sub("[^a-z0-9]+", "", Path(file).stem.lower())[:40]
    end = "-old" if oldstyle else ""
    return f"cv-{bare or hashlib.sha256(file.encode()).hexdigest()[:12]}{end}"


# ---- the package ---------------------------------------------------------------------------


def _shapes(family: FontFamily) -> Iterator[tuple[str, str, str]]:
    """Yield the series and the shape of each of a family's files."""
    yield "m", "n", family.regular
    yield "m", "it", family.italic
    yield "b", "n", family.bold
    yield "b", "it", family.bold_italic
    for series, upright, italic in family.weights:
        yield series, "n", upright
        yield series, "it", italic


def _package(family: FontFamily, fonts: Mapping[str, Converted]) -> str:
    r"""Return the LaTeX package that declares a family and takes it for the text.

    The lines of the font map are set at `\begin{document}`: no format keeps them.
    """
    name = f"cv{re.sub('[^a-z0-9]', '', package_of(family).removeprefix('cvface'))}"
    caps = f"<->{_stem(family.small_caps, family.oldstyle)}-t1" if family.small_caps else ""
    lines = [
        rf"% {package_of(family)}: made by cvtex of OpenType fonts.",
        r"\NeedsTeXFormat{LaTeX2e}",
        rf"\ProvidesPackage{{{package_of(family)}}}",
        rf"\DeclareFontFamily{{T1}}{{{name}}}{{}}",
        rf"\DeclareFontFamily{{TS1}}{{{name}}}{{}}",
    ]

    def shape(encoding: str, series: str, of: str, what: str) -> str:
        return rf"\DeclareFontShape{{{encoding}}}{{{name}}}{{{series}}}{{{of}}}{{{what}}}{{}}"

    for series, of, file in _shapes(family):
        stem = _stem(file, family.oldstyle)
        for encoding, metrics in (("T1", "t1"), ("TS1", "ts1")):
            lines.append(shape(encoding, series, of, f"<->{stem}-{metrics}"))
            small = f"<->{stem}-sc" if fonts[file].sc else caps if file == family.regular else ""
            other = {"n": ("sc", small if encoding == "T1" else "")}
            other["it"] = ("sl", "")
            for another, own in (other[of], *([("scit", "")] if of == "it" else [])):
                instead = f"<->ssub * {name}/{series}/{of}"
                lines.append(shape(encoding, series, another, own or instead))
            if series == "b":
                shapes = ("n", "sc") if of == "n" else ("it", "sl", "scit")
                lines += [
                    shape(encoding, "bx", form, f"<->ssub * {name}/b/{form}") for form in shapes
                ]
    lines.append(
        rf"\ifdefined\DeclareEncodingSubset\DeclareEncodingSubset{{TS1}}{{{name}}}{{0}}\fi"
    )
    if family.sans:
        lines.append(rf"\renewcommand*{{\sfdefault}}{{{name}}}")
        lines.append(r"\renewcommand*{\familydefault}{\sfdefault}")
    else:
        lines.append(rf"\renewcommand*{{\rmdefault}}{{{name}}}")
    lines.append(r"\AtBeginDocument{%")
    for file, font in fonts.items():
        stem = _stem(file, family.oldstyle)
        for encoding in ENCODINGS:
            if getattr(font, encoding):
                known = font.encoding(encoding)
                lines.append(
                    rf'  \pdfmapline{{+{stem}-{encoding} {font.name} "{known.replace("-", "")} '
                    rf'ReEncodeFont" <[{known}.enc <{stem}.pfb}}%'
                )
    return "\n".join([*lines, "}", r"\endinput", ""])


# ---- the cache -----------------------------------------------------------------------------


def folder() -> Path:
    """Return the folder of what was made of fonts; it may not exist."""
    return cache_folder() / "faces"


def _converted(family: FontFamily, places: Mapping[str, Path]) -> Mapping[str, Converted]:
    """Return what is made of each of a family's files. Raises Bad, OSError."""
    found = {name: _known(places[name], family.oldstyle) for name in family.files}
    lacking = [name for name, font in found.items() if not font]
    if len(lacking) > 1:
        # What the children of this process need, too, is loaded once.
        from cvtex.toolchain.fonts.opentype import conversion  # noqa: F401

    def make(name: str) -> Converted:
        return converted(places[name], name, family.oldstyle)

    made = dict(zip(lacking, crew.each(make, lacking), strict=True))
    return {name: font or made[name] for name, font in found.items()}


def _known(path: Path, oldstyle: bool = False) -> Converted | None:
    """Return what the cache keeps of a font, if it does. Raises OSError."""
    return _kept(_place(disk.read(path, LARGEST), oldstyle))


def converted(path: Path, name: str, oldstyle: bool = False) -> Converted:
    """Return what is made of a font, from the cache if it is there. Raises Bad, OSError."""
    data = disk.read(path, LARGEST)
    file = _place(data, oldstyle)
    if font := _kept(file):
        return font
    from cvtex.toolchain.fonts.opentype.conversion import convert

    try:
        font = convert(data, oldstyle)
    except Unfit as failure:
        raise Bad(f"{name} cannot be used: {failure}") from None
    if is_ours(file.parent):
        with contextlib.suppress(OSError):  # a cache that cannot be written is no fault
            disk.write(file, _packed(font), within=file.parent, mode=0o600)
    return font


def _place(data: bytes, oldstyle: bool) -> Path:
    """Return where what is made of a font is kept."""
    asked = b"%d%s\n" % (VERSION, b" old" if oldstyle else b"")
    return folder() / hashlib.sha256(asked + data).hexdigest()[:32]


def _kept(file: Path) -> Converted | None:
    if is_ours(file.parent):
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            return _unpacked(disk.read(file, LARGEST, within=file.parent))
    return None


def _packed(font: Converted) -> bytes:
    """Return what is kept of a font: a checksum, a line of JSON, and the files."""
    parts: Sequence[bytes] = [getattr(font, part) for part in PARTS]
    head = {
        "name": font.name,
        "characters": font.characters,
        "oldstyle": font.oldstyle,
        "sizes": [len(part) for part in parts],
    }
    whole = json.dumps(head).encode("ascii") + b"\n" + b"".join(parts)
    return b"%08x\n" % zlib.crc32(whole) + whole


def _unpacked(data: bytes) -> Converted:
    """Read what `_packed` wrote; raises ValueError and the like for anything else."""
    checksum, _, whole = data.partition(b"\n")
    if int(checksum, 16) != zlib.crc32(whole):
        raise ValueError("not as it was written")
    line, _, rest = whole.partition(b"\n")
    head = json.loads(line)
    parts: dict[str, bytes] = {}
    at = 0
    for part, size in zip(PARTS, head["sizes"], strict=True):
        parts[part] = rest[at : at + size]
        at += size
    return Converted(
        name=str(head["name"]),
        characters=str(head["characters"]),
        oldstyle=head["oldstyle"] is True,
        **parts,
    )


def lacking(characters: Iterable[str], have: frozenset[str]) -> frozenset[str]:
    """Return those of some characters that T1 and TS1 have a slot for, and the face no glyph."""
    from cvtex.toolchain.fonts.opentype.encodings import slotted

    known = slotted()
    return frozenset(c for c in characters if c > "\x7f" and known.get(c, "") not in have | {""})
