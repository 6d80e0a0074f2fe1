"""What each form makes of a CV, as it was when somebody last read it.

A change of these files is a change of every user's exports: `pytest --renew
tests/export/test_golden_forms.py` writes them anew, and the difference is read before it is
committed. A Word document stands there as its text, with the styles of its paragraphs and runs;
a page of the web without its style sheet, which is the same in all.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from cvtex.commands.export import document_of, written
from cvtex.contract.samples import samples
from cvtex.export import FORMS, vcard
from cvtex.export.docx import styles
from cvtex.export.html import STYLE
from prepared import prepare
from shared import ROOT

GOLDEN = ROOT / "tests" / "expected" / "export"
RELATIONS = "word/_rels/document.xml.rels"
OWN_STYLES = f'w:name w:val="(?i:{"|".join((*styles.STYLES, "Normal"))})"'
CVS = {
    "full": samples() / "full.yaml",
    "scholar": samples() / "scholar.yaml",
    "engineer": ROOT / "tests" / "people" / "engineer",
    "designer": ROOT / "tests" / "people" / "designer",
    "rare": ROOT / "tests" / "export" / "cvs" / "rare.yaml",
    "bare": ROOT / "tests" / "export" / "cvs" / "bare.yaml",
}


def readable(name: str, content: bytes) -> str:
    """Return a file as text: of a Word document its paragraphs, runs and styles, each a line."""
    if name == "html":
        before, sheet, after = content.decode().partition(STYLE.read_text("utf-8"))
        assert sheet, "the whole style sheet stands in the page"
        content = f"{before}{STYLE.name}\n{after}".encode()
    if name != "docx":
        return re.sub(r"base64,[\w+/=]+", "base64,…", content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body, sheet, relations, core = (
            archive.read(part).decode()
            for part in ("word/document.xml", "word/styles.xml", RELATIONS, "docProps/core.xml")
        )
    body = re.sub(r"</w:(p|r|pPr|rPr|sectPr|hyperlink)>", "", body[body.index("<w:body>") :])
    body = re.sub(r"<w:(p|r|sectPr|hyperlink)\b", r"\n<w:\1", body)
    own = [style for style in sheet.split("<w:style ") if re.search(OWN_STYLES, style)]
    links = sorted(re.findall(r'Target="[^"]+" TargetMode="External"', relations))
    said = re.findall(r"<(?:dc|cp):\w+>[^<]+", core)
    lines = "\n".join((body, *own, *links, *said)).splitlines()
    return "".join(f"{' '.join(line.split())}\n" for line in lines)


@pytest.mark.parametrize("cv", CVS)
def test_each_form_is_as_it_was_read(cv: str, renew: bool) -> None:
    prepared = prepare(CVS[cv])
    now, told = {".vcf": vcard.write(document_of(prepared))}, []
    for name, form in FORMS.items():
        content, notes = written(name, prepared)
        now[form.ending] = readable(name, content)
        told += [f"{name}: {note.message}" for note in notes]
    now[".told.txt"] = "".join(f"{one}\n" for one in told)
    for ending, text in now.items():
        golden = GOLDEN / f"{cv}{ending}"
        if renew:
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8", newline="")
        assert text == golden.read_bytes().decode(), golden.name
