"""What is made of PDFs as TeX wrote them, recorded once: tags, metadata, places, lines.

`recorded/*.pdf` are an engine's own, without their fonts; `recorded/*.txt` say what the finished
ones hold. `pytest --renew tests/pdf/test_recorded.py` writes the texts anew, and the difference is
read before it is committed; where a recording is missing, the engine makes it.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from cvtex import toolchain
from cvtex.latex import printed
from cvtex.pdf import attached, finish, lines, locate, readback
from cvtex.pdf.finish import Finished, claims
from cvtex.pipeline.preparation import Prepared
from prepared import prepare
from shared import ROOT

RECORDED = Path(__file__).parent / "recorded"
PEOPLE = ROOT / "tests" / "people"
CASES = {"engineer": ("classic", "xelatex"), "graduate": ("jake", "pdflatex")}
EPOCH = 1767225600


@cache
def prepared(name: str) -> Prepared:
    """Return the CV of one of the people, as it was when its PDF was recorded."""
    theme, engine = CASES[name]
    return prepare(PEOPLE / name, theme, engine=engine)


def raw(name: str, folder: Path) -> bytes:
    """Return the recorded PDF, made now if there is none."""
    file = RECORDED / f"{name}.pdf"
    if not file.is_file():
        cv = prepared(name)
        for beside, content in cv.beside().items():
            (folder / beside).write_bytes(content)
        (folder / "cv.tex").write_text(cv.tex, encoding="utf-8")
        chain = toolchain.find("latexmk")[0]
        outcome = toolchain.compile(chain, CASES[name][1], folder, epoch=EPOCH)
        assert outcome.pdf, outcome.log[-3000:]
        RECORDED.mkdir(exist_ok=True)
        with pikepdf.open(outcome.pdf) as pdf:
            for one in pdf.objects:
                if isinstance(one, pikepdf.Dictionary):
                    for key in ("/FontFile", "/FontFile2", "/FontFile3", "/CIDSet"):
                        if key in one:
                            del one[key]
            pdf.save(file, deterministic_id=True)
    return file.read_bytes()


def plain(value: object) -> str:
    """Return an object of a PDF as text, without what another object of it says."""
    if isinstance(value, pikepdf.Dictionary):
        unseen = ("/P", "/Parent", "/Length", "/Filter")
        left = ((key, item) for key, item in sorted(value.items()) if key not in unseen)
        return f"<< {' '.join(f'{key} {plain(item)}' for key, item in left)} >>"
    if isinstance(value, pikepdf.Array):
        return f"[{' '.join(map(plain, value))}]"
    if isinstance(value, pikepdf.Stream):
        return f"stream {plain(value.stream_dict)}"
    return re.sub(r"\s+", " ", str(value))


def tree(kid: object, indent: str = "") -> Iterator[str]:
    """Yield the structure as any reader finds it (ISO 32000-1, 14.7), an element a line."""
    if isinstance(kid, pikepdf.Array):
        for one in kid:
            yield from tree(one, indent)
    elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
        said = [f"{key}={plain(kid[key])}" for key in ("/Alt", "/Lang", "/A", "/T") if key in kid]
        yield f"{indent}{kid.S} {' '.join(said)}".rstrip()
        yield from tree(kid.get("/K"), indent + " ")
    elif isinstance(kid, pikepdf.Dictionary):
        yield f"{indent}{kid.get('/Type')} {kid.get('/MCID', '')}".rstrip()
    elif kid is not None:
        yield f"{indent}{kid}"


def catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what stands in the catalogue, but for the pages and the structure."""
    root = pdf.Root
    for key in sorted(root.keys()):
        if key in ("/Lang", "/MarkInfo", "/ViewerPreferences", "/PageMode", "/Version", "/AF"):
            yield f"{key}: {plain(root[key])}"
    for intent in root.get("/OutputIntents", ()):
        yield f"intent: {intent.S} {intent.get('/OutputConditionIdentifier', '')}"
    with pdf.open_outline() as outline:
        items = [(item, "") for item in outline.root]
        while items:
            item, indent = items.pop(0)
            yield f"bookmark: {indent}{item.title} {plain(item.destination)[-40:]}"
            items[:0] = [(child, indent + "  ") for child in item.children]
    for key, value in sorted(pdf.docinfo.items()):
        yield f"info {key}: {value}"
    yield from bytes(root.Metadata.read_bytes()).decode().splitlines()


def pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what stands at each page: its own keys, its links, its content."""
    for number, page in enumerate(pdf.pages, 1):
        keys = sorted(set(page.obj.keys()) - {"/Contents", "/Resources", "/Parent", "/Annots"})
        yield f"page {number}: {' '.join(f'{key} {plain(page.obj[key])}' for key in keys)}"
        for note in page.obj.get("/Annots", ()):
            yield f"  {plain(note)}"
        said = page.obj.Contents
        parts = list(said) if isinstance(said, pikepdf.Array) else [said]
        content = b"\n".join(part.read_bytes() for part in parts).strip()
        marked = re.findall(rb"/\w+ *(?:<<[^>]*>>)? *(?:BDC|BMC)|EMC", content)
        yield f"  content: {len(marked)} marks, {zlib.crc32(content):08x}"


def read_back(done: Finished, cv: Prepared) -> Iterator[str]:
    """Yield where each value of the data was found, and the paragraphs of the text."""
    groups = tuple(printed.groups(cv.resume, cv.contents, cv.set_by))
    words = locate.reading_order(done.document, done.pages)
    found = locate.locate(words, groups)
    yield f"{len(found.words)} words, {len(found.groups)} groups; lost: {found.lost}"
    for one in found.found:
        yield f"{one.value.text!r} at {one.stretches} by {one.value.source.line}"
    for paragraph in lines.paragraphs(found, lambda source: True):
        yield re.sub(r"\.(\d)\d+", r".\1", str(paragraph)).replace(str(ROOT), "ROOT")


@pytest.mark.parametrize("name", CASES)
def test_a_recorded_pdf_is_finished_as_it_was(name: str, tmp_path: Path, renew: bool) -> None:
    cv = prepared(name)
    files = {"resume.json": b"{}\n", "publications.bib": b"@misc{a}\n"}
    done = finish.finish(raw(name, tmp_path), cv.facts, "archive", EPOCH, files)
    rows = [f"not universal: {done.not_universal}", f"not archive: {done.not_archive}"]
    rows += [f"claims {standard}: {claims(standard, done)}" for standard in ("ua", "archive")]
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        rows += [*catalogue(pdf), *pages(pdf), *tree(pdf.Root.StructTreeRoot.K)]
    rows += [readback.text(page.words) for page in readback.read(done.pdf)]
    text = "\n".join([*rows, *read_back(done, cv), ""])
    assert attached.extract(done.pdf) == files
    golden = RECORDED / f"{name}.txt"
    if renew:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text("utf-8")


def test_as_tex_writes_it_nothing_is_claimed(tmp_path: Path) -> None:
    done = finish.finish(raw("graduate", tmp_path), prepared("graduate").facts, "plain", EPOCH)
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        said = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid" not in said and b"pdfaid" not in said
    assert attached.extract(done.pdf) == {}
