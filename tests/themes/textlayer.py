"""What a CV's PDF holds, by pypdf; what it must hold is worked out by `cvtex.contract`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from cvtex.contract.checks import (
    broken_dates,
    disordered,
    displaced,
    lost,
    lost_dates,
    overfull,
)
from cvtex.contract.poppler import pdftotext
from cvtex.contract.samples import by_place, rounds
from cvtex.contract.words import squeeze, unexplained

__all__ = [
    "broken_dates",
    "by_place",
    "disordered",
    "displaced",
    "lost",
    "lost_dates",
    "overfull",
    "pdftotext",
    "rounds",
    "squeeze",
    "unexplained",
]


def pypdf_pages(pdf: Path) -> list[str]:
    """Return the pages' texts in the order of the content stream."""
    return [page.extract_text() for page in PdfReader(pdf).pages]


def links(pdf: Path) -> set[str]:
    """Return the addresses that the PDF links to."""
    found = set()
    for page in PdfReader(pdf).pages:
        for note in page.get("/Annots") or ():
            action = note.get_object().get("/A")
            if action and "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def font_faults(pdf: Path) -> list[str]:
    """Return each font that is bitmapped, not embedded, or without its Unicode map."""
    faults = []
    for page in PdfReader(pdf).pages:
        resources = page.get("/Resources") or DictionaryObject()
        fonts = _get(resources.get("/Font") or DictionaryObject())
        for reference in fonts.values():
            font = _get(reference)
            name = str(font.get("/BaseFont"))
            if font["/Subtype"] == "/Type3":
                faults.append(f"{name}: Type 3")
            if "/ToUnicode" not in font:
                faults.append(f"{name}: no ToUnicode")
            bearer = _get(font["/DescendantFonts"][0]) if "/DescendantFonts" in font else font
            described = _get(bearer.get("/FontDescriptor") or DictionaryObject())
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
                faults.append(f"{name}: not embedded")
    return sorted(set(faults))


def _get(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
