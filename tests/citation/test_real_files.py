"""The `.bib` files of the installed TeX Live: each entry whole, in every style and a PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from cvtex import source
from cvtex.citation import catalogue, names
from cvtex.diagnostics import has_errors
from cvtex.latex.themes import themes
from cvtex.model import Basics, Publication, PublicationSettings, Text
from cvtex.source.bibtex import decode, read
from shared import Program

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(not shutil.which("kpsewhich"), reason="there is no TeX Live"),
]


def files() -> dict[str, tuple[str, tuple[Publication, ...]]]:
    """Return text and entries of each sound file that holds works."""
    found = {}
    for name in ("TEXMFDIST", "TEXMFMAIN"):
        run = subprocess.run(
            ["kpsewhich", f"-var-value={name}"], capture_output=True, text=True, check=False
        )
        roots = [Path(run.stdout.strip()), Path("/usr/share/doc/texlive-doc")]
        for file in sorted(f for root in roots if root.is_dir() for f in root.rglob("*.bib")):
            text, _ = decode(file.read_bytes(), file.name)
            entries, problems = read(text, file.name)
            works = [e for e in entries if e.title]
            if works and not has_errors(problems):
                found[f"{file.parent.name}-{file.name}"] = (text, entries)
    return found


def letters(text: str) -> str:
    """Return a text's letters and digits alone, small, ligatures and accents resolved."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def test_each_entry_is_whole_in_every_style() -> None:
    found = files()
    entries = [e for _, several in found.values() for e in several if e.title]
    assert len(found) >= 10 and len(entries) >= 300
    words = source.words("en")
    for style in names():
        settings = PublicationSettings(style=Text(style))
        listed = catalogue(entries, settings, Basics(name=Text("")), words)
        items = [item for group in listed.groups for item in group.items]
        assert len(items) == len(entries)
        for item in items:
            line = "".join(span.text.text for span in item.spans)
            publication = item.publication
            assert letters(publication.title.text) in letters(line), (style, line)
            people = publication.authors or publication.editors
            assert not people or letters(people[0].family.text) in letters(line), (style, line)
            if publication.date and "year" not in publication.fields:
                assert str(publication.date.year) in line, (style, line)
            bare = re.sub(r"\w\.,|\. \. \.", "", line)
            assert not re.search(r"\.,|,,|\(\)|“”| ,|\.\.(?!\.)", bare), (style, line)


@pytest.mark.parametrize(
    "chosen",
    [("classic", "moderncv", "sidebar"), pytest.param(tuple(themes(None)), marks=pytest.mark.rare)],
    ids=len,
)
def test_they_build(chosen: tuple[str, ...], tmp_path: Path, cvtex: Program) -> None:
    found = files()
    (tmp_path / "data").mkdir()
    (tmp_path / "bib").mkdir()
    (tmp_path / "data" / "basics.yaml").write_text("name: Ada Example\n")
    (tmp_path / "data" / "meta.yaml").write_text("publications: {style: full, numbering: up}\n")
    for name, (text, _) in found.items():
        (tmp_path / "bib" / name).write_text(text)
    run = cvtex("build", *(f"--theme={name}" for name in chosen), cwd=tmp_path)
    assert run.status == 0, run.err[-3000:]
    pdfs = sorted((tmp_path / "build").glob("*.pdf"))
    assert [pdf.stem for pdf in pdfs] == sorted(chosen)
    for pdf in pdfs:
        shown = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
        page = letters(shown.stdout)
        lost = [
            entry.title.text
            for _, entries in found.values()
            for entry in entries
            if entry.title and "$" not in (entry.title.tex or "")
            if letters(entry.title.text)[:40] not in page
        ]
        assert not lost, pdf.stem
