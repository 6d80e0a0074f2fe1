"""What a PDF holds, by Poppler's programs: any system with a PDF viewer has them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cvtex import programs

PROGRAMS = ("pdftotext", "pdffonts", "pdfinfo")


def pdftotext(pdf: Path, *options: str) -> str:
    """Return the text as Poppler orders it: by columns and lines, or `-raw` as in the stream."""
    return _poppler("pdftotext", "-enc", "UTF-8", *options, str(pdf), "-") or ""


def boxes(pdf: Path) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return the words of the first page with their boxes, in points from the upper left."""
    import html

    listing = _poppler("pdftotext", "-enc", "UTF-8", "-bbox", "-l", "1", str(pdf), "-") or ""
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<'
    return [
        (html.unescape(word), (float(x), float(y), float(right), float(low)))
        for x, y, right, low, word in re.findall(pattern, listing)
    ]


def font_faults(pdf: Path) -> list[str]:
    """Return each font that is bitmapped, not embedded, or without its Unicode map."""
    listing = _poppler("pdffonts", str(pdf))
    if listing is None:
        return ["pdffonts cannot read them"]
    found = []
    for line in listing.splitlines()[2:]:
        # name, type, encoding, emb, sub, uni, object: of these only the type has spaces
        row = re.match(r"(\S+)\s+(.+?)\s+\S+\s+(yes|no)\s+(?:yes|no)\s+(yes|no)\s", line)
        if row is None:
            found.append(f"{line.strip()}: not understood")
            continue
        found += [f"{row[1]}: Type 3"] if row[2] == "Type 3" else []
        found += [f"{row[1]}: not embedded"] if row[3] == "no" else []
        found += [f"{row[1]}: no ToUnicode"] if row[4] == "no" else []
    return found


@cache
def tells_addresses() -> bool:
    """Tell whether `pdfinfo` knows `-url`: since Poppler 21.11."""
    shown = programs.run(["pdfinfo", "-v"], capture_output=True, text=True, check=False).stderr
    version = re.search(r"version (\d+)\.(\d+)", shown)
    return version is not None and (int(version[1]), int(version[2])) >= (21, 11)


def addresses(pdf: Path) -> set[str] | None:
    """Return what the PDF links to; None where Poppler cannot tell."""
    if not tells_addresses():
        return None
    listing = _poppler("pdfinfo", "-url", str(pdf)) or ""
    return {line.split(None, 2)[2] for line in listing.splitlines()[1:] if line.count(" ") >= 2}


def _poppler(*command: str) -> str | None:
    done = programs.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
