"""Pictures of pixels: read to the end, upright, no larger than is of use."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cvtex.photo.model import AS_JPEG, MOST_PIXELS, SIDE, Photo, PhotoFault, damaged

if TYPE_CHECKING:
    from PIL.Image import Image


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


def picture_of(data: bytes, found: str) -> Photo:
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
        raise damaged() from failure


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
