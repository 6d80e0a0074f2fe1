"""What a file is by its first bytes, and which are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.photo.model import AS_JPEG

KNOWN = "JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC, AVIF, SVG and PDF are known"


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
