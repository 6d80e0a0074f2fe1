"""Which language each stretch of a PDF's text is in, read from its structure tree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

from cvtex.pdf import content
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


WORDS = {
    "months": list("abcdefghijkl"), "longMonths": list("abcdefghijkl"), "work": "Gwaith",
    "degree": "{studyType} {area}", "present": "heddiw",
}  # fmt: skip


def texts(pdf: Path, own: str = "en") -> dict[str, list[str]]:
    """Return the texts of each language that an element has, in their order."""
    found: dict[str, list[str]] = {}

    def said(node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from said(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if "/ActualText" in node:
                yield str(node.ActualText)
            elif "/K" in node and isinstance(node.K, int):
                yield in_content(node)
            else:
                yield from said(node.get("/K"))

    def in_content(node: Any) -> str:
        """Return a word alone, which the tree does not repeat."""
        [number] = [n for n, page in enumerate(opened.pages) if page.obj.objgen == node.Pg.objgen]
        events = content.read(content.content(opened.pages[number]), fonts.of(opened.pages[number]))
        return "".join(w.text for e in events if e.mcid == node.K for w in e.words)

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if "/Lang" in node:
                found.setdefault(str(node.Lang), []).append(" ".join(said(node)))
            walk(node.get("/K"))

    fonts = content.Fonts()
    with pikepdf.open(pdf) as opened:
        assert str(opened.Root.Lang) == own
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


@pytest.mark.tex
def test_words_that_a_language_lacks_say_that_they_are_english(
    tmp_path: Path, cvtex: Program
) -> None:
    data = {
        "basics": {"name": "Ada Lovelace"},
        "work": [{"name": "Acme", "keywords": ["C"], "startDate": "2020"}],
        "skills": [{"name": "Rhaglennu"}],
        "languages": [{"language": "Cymraeg", "fluency": "C2"}],
        "meta": {"language": "cy", "words": WORDS},
    }
    (tmp_path / "cv.json").write_text(json.dumps(data), "utf-8")
    target = tmp_path / "cv.pdf"
    run = cvtex("build", tmp_path / "cv.json", "--theme", "europass", "--engine", "pdflatex",
                "-o", target)  # fmt: skip
    assert run.status == 0, run.err
    found = texts(target, "cy")
    assert sorted(found) == ["en"]
    for word in ("Technical Skills", "SKILLS", "LANGUAGES", "Listening"):
        assert word in found["en"]
    assert "GWAITH" not in found["en"]
