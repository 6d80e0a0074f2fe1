"""Which language each stretch of a PDF's text is in, read from its structure tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

from shared import Program

DATA = """\
basics:
  name: Ada Lovelace
  summary: {de: "Eine Zusammenfassung mit *Betonung*."}
work:
  - name: Acme
    position: {en: Engineer, de: Ingenieurin}
    highlights: {de: [Eins gebaut, Zwei gebaut]}
meta: {languages: [en, de]}
"""
BIB = """\
@book{a, author = {Ada Lovelace}, title = {Ein Lehrbuch der Maschinen}, langid = {ngerman},
  publisher = {Verlag}, date = {2020}}
@book{b, author = {Ada Lovelace}, title = {A Book of Engines}, langid = {british},
  publisher = {House}, date = {2019}}
"""


def texts(pdf: Path) -> dict[str, list[str]]:
    """Return the texts of each language that an element has, in their order."""
    found: dict[str, list[str]] = {}

    def said(node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from said(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if "/ActualText" in node:
                yield str(node.ActualText)
            else:
                yield from said(node.get("/K"))

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if "/Lang" in node:
                found.setdefault(str(node.Lang), []).append(" ".join(said(node)))
            walk(node.get("/K"))

    with pikepdf.open(pdf) as opened:
        assert str(opened.Root.Lang) == "en"
        walk(opened.Root.StructTreeRoot.K)
    return found


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["classic", "moderncv", "europass"])
def test_text_in_another_language_says_so(theme: str, tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "publications.bib").write_text(BIB)
    (tmp_path / "data").mkdir()
    for name, value in yaml.safe_load(DATA).items():
        (tmp_path / "data" / f"{name}.yaml").write_text(yaml.safe_dump(value))
    target = tmp_path / "cv.pdf"
    run = cvtex("build", tmp_path, "--theme", theme, "--engine", "pdflatex", "-o", target)
    assert run.status == 0, run.err
    found = texts(target)
    assert sorted(found) == ["de"]
    assert found["de"] == [
        "Eine Zusammenfassung mit Betonung.",
        "Eins gebaut",
        "Zwei gebaut",
        "Ein Lehrbuch der Maschinen",
    ]
