"""The photo of a CV: what it is by its first bytes, whether it is whole, upright, as TeX takes it.

TeX is handed JPEG, PNG or PDF only. A JPEG or PNG that is upright, and no larger than a page
can show, stays what it is, less what a camera wrote beside the picture (the place where it was
taken, say); all else is made into one of the two, once, and kept in the user's cache.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import re
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvtex import disk, freshness, programs, store
from cvtex.records import dataclass, field

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 32 * 2**20
"""Bytes of a file."""
MOST_PIXELS = 64_000_000
"""Pixels of a picture: more than most telephones take."""
SIDE = 1200
"""Pixels of the longer side that are kept: 600 dots per inch on 5 cm."""

KNOWN = "JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC, AVIF, SVG and PDF are known"
AS_JPEG = "save it as JPEG or PNG"


class PhotoFault(ValueError):
    """What is wrong with a photo, to follow its name, and what helps."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that every engine takes; `suffix` is `.jpg`, `.png` or `.pdf`."""

    suffix: str
    data: bytes


def photo(path: Path, *, cache: bool = False) -> Photo:
    """Return the photo of a file, ready to be set.

    With `cache`, what was made of it before is taken from the user's cache and kept there.
    Raises `PhotoFault` for what is no picture, damaged, of a kind that is not known, or too
    large; and for what cannot be read.
    """
    try:
        data = disk.read(path, LARGEST)
    except OSError as failure:
        hint = "make it smaller" if failure.errno == errno.EFBIG else None
        raise PhotoFault(f"cannot be read: {failure.strerror}", hint) from None
    return _photo(_File(data, cache))


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    cache: bool = field(compare=False)


@lru_cache(maxsize=2)  # reading asks whether it is whole, preparation for what it is
def _photo(file: _File) -> Photo:
    key = _key(file.data) if file.cache else ""
    if key and (stored := store.load(key)) is not None:
        return Photo(stored[:4].decode("ascii"), stored[4:])
    found = _prepared(file.data)
    if key:
        store.save(key, found.suffix.encode() + found.data)
    return found


def _key(data: bytes) -> str:
    """Return what stands for a file and for all the code that makes a photo of it."""
    digest = hashlib.sha256(freshness.identity().encode())
    for package in ("PIL", "resvg_py", "pi_heif"):
        found = importlib.util.find_spec(package)
        if found and found.origin:
            digest.update(f"{found.origin} {disk.stamp(found.origin)};".encode())
    digest.update(data)
    return f"photo-{digest.hexdigest()[:40]}"


def kind(data: bytes) -> str:
    """Return what a file is by its first bytes: the name of its format, "" for none of ours."""
    for name, pattern in _SIGNS.items():
        if re.match(pattern, data[:4096], re.DOTALL):
            return name
    return ""


_SIGNS: Mapping[str, bytes] = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "GIF": rb"GIF8[79]a",
    "WEBP": rb"RIFF....WEBP",
    "BMP": rb"BM.{4}\0\0\0\0",
    "TIFF": rb"II[*+]\0|MM\0[*+]",
    "AVIF": rb"....ftypavi[fs]",
    "HEIF": rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)",
    "JPEG2000": rb"\0\0\0\x0cjP  \r\n",
    "PDF": rb"(?:\xef\xbb\xbf)?\s{0,9}%PDF-",
    "EPS": rb"%!PS|\xc5\xd0\xd3\xc6",
    "PSD": rb"8BPS",
    "LFS": rb"version https://git-lfs",
    "SVG": rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:svg[\s>/]|(?:\?xml|!--|!DOCTYPE svg).*<svg[\s>/])",
    "HTML": rb"(?i:\s{0,99}<(?:!doctype html|html)[\s>])",
}

REFUSED: Mapping[str, tuple[str, str]] = {
    "": ("is no picture of a kind that is known", KNOWN),
    "EPS": ("is PostScript", "save it as PDF, JPEG or PNG"),
    "PSD": ("is a document of Photoshop", AS_JPEG),
    "LFS": ("is a pointer of Git LFS, not the picture", "run `git lfs pull`"),
    "HTML": ("is a web page, not a picture", "save the picture itself"),
}


def _prepared(data: bytes) -> Photo:
    found = kind(data)
    if not data:
        raise PhotoFault("is empty", "copy it once more")
    if found in REFUSED:
        raise PhotoFault(*REFUSED[found])
    if found == "PDF":
        if b"%%EOF" not in data[-2048:]:
            raise _damaged()
        return Photo(".pdf", data)
    if found == "SVG":
        return _drawn(data)
    return _picture(data, found)


def _damaged() -> PhotoFault:
    return PhotoFault("is damaged or cut short", "copy it once more, or save it anew")


def _opened(data: bytes, found: str) -> Image:
    """Return a picture of which only the head is read, within bounds."""
    import PIL.Image

    if found == "HEIF":
        try:
            from pi_heif import register_heif_opener
        except ImportError:
            hint = f"{AS_JPEG}, or pip install 'cvtex[heic]'"
            raise PhotoFault("is HEIC, which needs a package that is not here", hint) from None
        register_heif_opener()
    PIL.Image.MAX_IMAGE_PIXELS = None  # ours is the narrower bound
    picture = PIL.Image.open(BytesIO(data), formats=[found])
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > 30_000:
        size = f"has {width} by {height} pixels"
        raise PhotoFault(size, f"make it smaller: {SIDE} pixels are enough")
    return picture


def _picture(data: bytes, found: str) -> Photo:
    """Return a picture of pixels, read to its end, upright and not larger than is of use."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _opened(data, found)
            as_it_is = picture.mode in _PLAIN.get(found, ()) and max(picture.size) <= SIDE
            if found == "JPEG":
                picture.draft(None, (SIDE, SIDE))
            picture.load()
            if as_it_is and _orientation(picture) == 1:
                return Photo(".jpg", _bare_jpeg(data)) if found == "JPEG" else Photo(".png", data)
            return _encoded(picture, lossless=found in ("PNG", "GIF", "BMP", "TIFF"))
    except PhotoFault:
        raise
    except MemoryError:
        raise PhotoFault("needs too much memory", f"make it smaller: {SIDE} pixels") from None
    except Exception as failure:  # each format has its own ways to be broken
        raise _damaged() from failure


_PLAIN: Mapping[str, tuple[str, ...]] = {
    "JPEG": ("L", "RGB"),
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"),
}
"""What all engines take as it is."""


def _orientation(picture: Image) -> int:
    """Return which way up it is (tag 274 of EXIF, 1 to 8): 1 is upright."""
    value = picture.getexif().get(0x112, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _encoded(picture: Image, lossless: bool) -> Photo:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("I;16", "I", "F", "I;16B"):  # 16 bits of grey
        upright = upright.point(lambda value: value / 256).convert("L")
    clear = "A" in upright.getbands() or "transparency" in upright.info
    upright = _in_srgb(upright, "RGBA" if clear else "L" if upright.mode in "1L" else "RGB")
    upright.thumbnail((SIDE, SIDE))
    if clear and upright.getchannel("A").getextrema()[0] == 255:
        upright, clear = upright.convert("RGB"), False
    if clear or lossless:
        file = BytesIO()
        upright.save(file, "PNG", optimize=True)
        if clear or file.tell() < 2**20:
            return Photo(".png", file.getvalue())
    file = BytesIO()
    upright.save(file, "JPEG", quality=90, optimize=True)
    return Photo(".jpg", file.getvalue())


def _in_srgb(picture: Image, mode: str) -> Image:
    """Return a picture in the colours that a PDF's viewer takes for granted."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK") and mode == "RGB":
        from PIL import ImageCms

        try:
            srgb = ImageCms.createProfile("sRGB")
            done: Any = ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode="RGB")
        except ImageCms.PyCMSError:
            pass  # a profile that is none
        else:
            done.info.pop("icc_profile", None)
            return done  # type: ignore[no-any-return]
    done = picture.convert(mode)
    done.info.pop("icc_profile", None)
    return done  # type: ignore[no-any-return]


def _bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without comments, EXIF, XMP and IPTC (ITU T.81, annex B; nothing of the
    picture is in them): who gets the CV is not told where the photo was taken."""
    kept_parts, place = [data[:2]], 2
    while data[place : place + 1] == b"\xff":
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        if marker in (0xDA, 0xD9):
            break
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if marker not in (0xE1, 0xED, 0xFE):
            kept_parts.append(data[place:end])
        place = end
    return b"".join((*kept_parts, data[place:]))


# --- drawings ---------------------------------------------------------------------------

_DRAW = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
except (ImportError, ValueError, OSError):
    pass
import resvg_py
text = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=text, width=%d, skip_system_fonts=True))
"""


def _drawn(data: bytes) -> Photo:
    """Return an SVG as a picture of pixels, drawn by resvg in a process with limits."""
    import subprocess
    import sys

    _check_drawing(data)
    try:
        done = programs.run(
            [sys.executable, "-I", "-c", _DRAW % SIDE], input=data, capture_output=True, timeout=30
        )
    except subprocess.TimeoutExpired:
        raise PhotoFault("takes too long to draw", AS_JPEG) from None
    if done.returncode:
        if b"No module named" in done.stderr:
            hint = f"{AS_JPEG}, or pip install resvg-py"
            raise PhotoFault("is SVG, which needs a package that is not here", hint)
        raise PhotoFault("cannot be drawn", AS_JPEG)
    return _picture(done.stdout, "PNG")


def _check_drawing(data: bytes) -> None:
    """Refuse what a drawing would take from elsewhere, and letters: they need a machine's fonts."""
    from xml.parsers import expat

    def element(name: str, attributes: Mapping[str, str]) -> None:
        for key, value in attributes.items():
            outside = key.rpartition(":")[2] == "href" and not re.match(r"\s*(#|data:|$)", value)
            if name.rpartition(":")[2] != "a" and (outside or re.search(_ELSEWHERE, value)):
                raise PhotoFault("takes something from another file", "put all into the one file")
        if name.rpartition(":")[2] == "text":
            raise PhotoFault("holds letters, which need fonts", "turn its letters into paths")

    def entity(*_: object) -> None:
        raise PhotoFault("declares entities", AS_JPEG)

    parser = expat.ParserCreate()
    handlers: dict[str, Callable[..., None]] = {
        "StartElementHandler": element,
        "EntityDeclHandler": entity,
    }
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise _damaged() from None


_ELSEWHERE = r"url\(\s*['\"]?(?!#|data:|['\"\s#])"
