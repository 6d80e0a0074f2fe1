"""What independent validators say of a PDF: PDF/UA-1, PDF/A, and the syntax by qpdf.

A complaint is dropped only where it is proved wrong here, from the PDF itself.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import page
import pikepdf
from fontTools import t1Lib

PROFILES = {
    "PDF/UA-1": page.ValidationProfile.PDF_UA_1,
    "PDF/A-2b": page.ValidationProfile.PDF_A_2B,
    "PDF/A-3b": page.ValidationProfile.PDF_A_3B,
}
WIDTH = re.compile(
    r"font object (\d+) (\d+) has rendered byte (\d+) width [\d.]+ in its embedded Type1 program "
    r"but ([\d.]+) in /Widths"
)
CHARSET = re.compile(
    r"font object (\d+) (\d+) has a descriptor /CharSet that omits a glyph from its embedded Type1"
)


def claimed(pdf: Path) -> set[str]:
    """Return the standards that a PDF says it meets."""
    with pikepdf.open(pdf) as opened, opened.open_metadata() as metadata:
        found = {"PDF/UA-1"} if metadata.get("pdfuaid:part") == "1" else set()
        if part := metadata.get("pdfaid:part"):
            found.add(f"PDF/A-{part}{metadata['pdfaid:conformance'].lower()}")
        return found


def faults(pdf: Path, *profiles: str) -> list[str]:
    """Return what is wrong with a PDF by each of the standards, and with its syntax."""
    data = pdf.read_bytes()
    with pikepdf.open(pdf) as opened:
        found = [*opened.check_pdf_syntax(), *syntax(pdf)]
        for name in profiles:
            report = page.validate_pdf_bytes(data, profile=PROFILES[name])
            assert report.checks, name
            told = [failure.message for failure in report.failures]
            assert told or report.is_compliant
            found += [f"{name}: {text}" for text in told if not is_disproved(text, opened)]
    return found


def syntax(pdf: Path) -> list[str]:
    """Return what the program qpdf finds wrong with a PDF's syntax, nothing where it is not."""
    if not (qpdf := shutil.which("qpdf")):
        return []
    done = subprocess.run(
        [qpdf, "--check", pdf], capture_output=True, text=True, errors="replace", check=False
    )
    said = " ".join((done.stdout + done.stderr).split())
    return [f"qpdf: {said}"] if done.returncode else []


def is_disproved(complaint: str, pdf: pikepdf.Pdf) -> bool:
    """Tell whether a complaint of a glyph is wrong by the font program itself.

    The validator reads a width that a Type 1 program gives as a quotient (`11044 13 div
    hsbw`, Adobe Type 1 Font Format, 6.4) as 0; and it takes a byte `/` within the binary of a
    glyph for the beginning of a glyph's name.
    """
    if match := CHARSET.search(complaint):
        descriptor = pdf.get_object(int(match[1]), int(match[2])).FontDescriptor
        glyphs = set(type1(descriptor.FontFile.read_bytes())["CharStrings"]) - {".notdef"}
        return glyphs == set(str(descriptor.CharSet).split("/")[1:])
    match = WIDTH.search(complaint)
    if not match:
        return False
    number, generation, code = (int(digits) for digits in match.groups()[:3])
    font = pdf.get_object(number, generation)
    name = _glyph(font, code)
    return abs(type1_width(font.FontDescriptor.FontFile.read_bytes(), name) - float(match[4])) <= 1


def _glyph(font: pikepdf.Object, code: int) -> str:
    at = 0
    for item in font.Encoding.Differences:
        if isinstance(item, pikepdf.Name):
            if at == code:
                return str(item)[1:]
            at += 1
        else:
            at = int(item)
    raise KeyError(code)


@functools.lru_cache(maxsize=32)
def type1(program: bytes) -> Any:
    """Return what a Type 1 font program defines."""
    with tempfile.NamedTemporaryFile(suffix=".pfa") as file:
        file.write(program)
        if b"cleartomark" not in program:  # a PDF needs no end of the encrypted part
            file.write(b"\n" + (b"0" * 64 + b"\n") * 8 + b"cleartomark\n")
        file.flush()
        font = t1Lib.T1Font(file.name, kind="OTHER")
        font.parse()
    return font.font


def type1_width(program: bytes, glyph: str) -> float:
    """Return a glyph's width by a Type 1 font program, quotients worked out."""
    charstring = type1(program)["CharStrings"][glyph]
    charstring.decompile()
    stack: list[float] = []
    for step in charstring.program:
        if step == "div":
            divisor = stack.pop()
            stack[-1] /= divisor
        elif step == "hsbw":
            return stack[-1]
        else:
            assert not isinstance(step, str), step
            stack.append(float(step))
    raise ValueError(f"{glyph} has no width")
