"""`cvtex export`: the CV in the forms that need no TeX, and the small site."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import disk
from cvtex.commands import report, say, to_stdout
from cvtex.diagnostics import CvtexError, Diagnostic, error, has_errors, note, warning
from cvtex.export import FORMS
from cvtex.source.syntax.nodes import List, Map, Scalar

if TYPE_CHECKING:
    from cvtex.export.document import Document
    from cvtex.export.json_resume import Whole
    from cvtex.model import Publication
    from cvtex.pipeline import Checked
    from cvtex.pipeline.preparation import Prepared
    from cvtex.request import Request


def export(
    form: str,
    request: Request,
    *,
    output: Path | None,
    latin: bool = False,
    template: Path | None = None,
) -> int:
    """Write the CV in a form of `FORMS`, print the path (or, for `-`, the file), return the status.

    `output` is a file or a folder, as `filenames.place` tells them apart; `template` a Word
    document whose page and styles are taken.
    """
    from cvtex.filenames import place
    from cvtex.output import put

    found = _check(request)
    prepared = found.prepared[0]
    whole = _whole(found, request.path) if form == "json-resume" and not request.public else None
    content, notes = written(form, prepared, template, whole)
    report([*notes, *(_left_out(whole) if whole else ())], request.path)
    if output == Path("-"):
        to_stdout(content)
        return 0
    row = FORMS[form]
    target = place(output, name_of(prepared, latin) + row.ending)
    put(target, content, signature=row.signature)
    say(target)
    return 0


def site(request: Request, folder: Path, latin: bool = False) -> int:
    """Write a small site with the page, the PDF, the vCard and a picture for social cards."""
    from cvtex.export import html, vcard
    from cvtex.output import put
    from cvtex.pdf import draw

    if folder.exists() and not folder.is_dir():
        raise CvtexError([error(f"{folder} is no folder", hint="name another one with --site")])
    prepared = checked(request)
    document = document_of(prepared)
    name = name_of(prepared, latin)
    pdf = folder / f"{name}.pdf"
    folder.mkdir(parents=True, exist_ok=True)
    build_pdf(request, pdf)
    card = f"{name.removesuffix('-CV')}.vcf"
    canonical = str(prepared.resume.meta.canonical or "")
    picture = canonical.rstrip("/") + "/card.png" if canonical else "card.png"
    files = {pdf.name: "PDF", card: "vCard"}
    page = html.write(document, files=files, picture=picture, address=canonical)
    put(folder / "card.png", draw.top(pdf, 1200, 630))
    put(folder / card, vcard.write(document).encode())
    put(folder / "index.html", page.encode())
    say(folder / "index.html")
    return 0


def name_to_hand_out(request: Request, latin: bool) -> str:
    """Return the name, without its ending, of a file that a CV is handed out as."""
    from cvtex.filenames import handed_out
    from cvtex.pipeline import read

    basics = read(request).basics
    return handed_out(
        basics.name,
        variant="".join(request.variants),
        language=request.language,
        latin=latin,
        aliases=basics.aliases,
    )


def build_pdf(request: Request, target: Path) -> None:
    """Build the PDF at a place, and print what there is to say of it."""
    from cvtex.commands import progress
    from cvtex.pipeline import build

    step = progress()
    try:
        result = build(dataclasses.replace(request, output=target), step)
    finally:
        step("")
    report(result.diagnostics, request.path)


def checked(request: Request) -> Prepared:
    """Return the CV ready for any form; raises `CvtexError` where there is an error in it."""
    return _check(request).prepared[0]


def _check(request: Request) -> Checked:
    from cvtex.pipeline import check

    found = check(dataclasses.replace(request, pdf=False))
    if has_errors(found.diagnostics):
        raise CvtexError(found.diagnostics)
    report(found.diagnostics, request.path)
    return found


def _whole(found: Checked, path: Path) -> Whole:
    """Return all of the data, as `cvtex import` takes it."""
    import base64

    from cvtex.export.json_resume import Whole

    reading, root = found.reading, path if path.is_dir() else path.parent
    assert reading.tree is not None
    styles = {n: text for n, text in reading.inputs.items() if n.startswith("styles/")}
    basics = reading.tree.get("basics", "image")
    photo = ""
    if basics is not None and found.prepared[0].resume.basics.image:
        named = getattr(basics, "text", "")
        file = next((f for f in (root / "data" / named, root / named) if f.is_file()), None)
        photo = base64.b64encode(file.read_bytes()).decode("ascii") if file else ""
    tree = _with_letters(reading.tree, path)
    return Whole(tree, reading.bibs, styles, photo, _named(tree, root))


LARGEST = 5_000_000
"""Bytes that a file may have that goes into another."""


def _names(tree: Map) -> list[Scalar]:
    """Return the names of files in the data, but for the photo: of signatures and `meta.files`."""
    letters, files = tree.get("letters"), tree.get("meta", "files")
    named = letters.pairs if isinstance(letters, Map) else ()
    found = [tree.get("letters", name, "signature") for name in named]
    found += files.items if isinstance(files, List) else [files]
    return [name for name in found if isinstance(name, Scalar)]


def _named(tree: Map, root: Path) -> dict[str, str]:
    """Return the files of the project that the data name, in Base64, by their path in it."""
    import base64

    found = {}
    for name in _names(tree):
        for file in (root / "data" / name.text, root / name.text):
            inside = file.resolve().is_relative_to(root.resolve()) and file.is_file()
            if inside and file.stat().st_size <= LARGEST:
                content = base64.b64encode(file.read_bytes()).decode("ascii")
                found[file.relative_to(root).as_posix()] = content
                break
    return found


def _left_out(whole: Whole) -> list[Diagnostic]:
    """Return a warning of each file that the data name and that is not in the export."""
    return [
        warning(f"the file {name.text} is not in the export: copy it yourself", name.source)
        for name in _names(whole.tree)
        if not {f"data/{name.text}", name.text} & set(whole.files)
    ]


def _with_letters(tree: Map, path: Path) -> Map:
    """Return the data with the letters among them that stand in files of their own."""
    from cvtex import source
    from cvtex.source.letters.typed import typed

    found = typed(source.find(path, public=False, environ={}))
    letters = {
        name: (Scalar(name, node.source), node) for name, node in found.items() if node is not None
    }
    if not letters:
        return tree
    pair = (Scalar("letters", tree.source), Map(letters, tree.source))
    return Map({**tree.pairs, "letters": pair}, tree.source)


def name_of(prepared: Prepared, latin: bool) -> str:
    """Return the name, less its ending, of a file that is handed out."""
    from cvtex.filenames import handed_out

    basics = prepared.resume.basics
    return handed_out(
        basics.name,
        variant=prepared.variant,
        language=prepared.language,
        latin=latin,
        aliases=basics.aliases,
    )


def document_of(prepared: Prepared) -> Document:
    """Return the CV as plain parts, with the photo if the theme's options show one."""
    from cvtex.export import walk

    image = prepared.resume.basics.image
    shown = image and getattr(prepared.set_by.options, "photo", True)
    photo = prepared.file_data.get(str(image)) if shown else None
    return walk.document(prepared.resume, prepared.contents, prepared.set_by, photo)


def written(
    form: str, prepared: Prepared, template: Path | None = None, whole: Whole | None = None
) -> tuple[bytes, Sequence[Diagnostic]]:
    """Return the file in a form of `FORMS`, and what is to be said of it."""
    words = prepared.set_by.setting.words
    if form == "json-resume":
        from cvtex.export import json_resume

        return json_resume.dump(prepared.resume, prepared.contents, words, whole), ()
    if form == "rendercv":
        from cvtex.export import rendercv

        return rendercv.dump(prepared.resume, prepared.contents, words)
    if form in ("bib", "csl-json"):
        listed = _publications(prepared)
        notes = [] if listed else [note("the CV prints no publications")]
        if form == "csl-json":
            return csl(listed).encode(), notes
        from cvtex.latex.bibliography import bibliography

        text = bibliography(prepared.resume, words)
        return FORMS[
            form
        ].signature + b": what the CV prints, and no more.\n\n" + text.encode(), notes
    document = document_of(prepared)
    lost = prepared.resume.basics.image and not document.photo and prepared.file_data
    notes = []
    if lost and form in ("html", "docx") and getattr(prepared.set_by.options, "photo", True):
        notes.append(note("the photo is left out: only a JPEG or a PNG goes into this form"))
    if form == "docx":
        return _docx(document, template), notes
    from importlib import import_module

    text = import_module(f"cvtex.export.{form}").write(document)
    return text.encode(), notes


def csl(publications: Sequence[Publication]) -> str:
    """Return publications as CSL-JSON."""
    from cvtex.citation.csl import csl_json

    return json.dumps(csl_json(publications), indent=2, ensure_ascii=False) + "\n"


def _publications(prepared: Prepared) -> list[Publication]:
    """Return the publications that the CV prints, each once."""
    from cvtex.model import Publication

    records = (r for content in prepared.contents for r in content.section.records)
    found: list[Publication] = []
    for record in records:
        if isinstance(record, Publication) and record not in found:
            found.append(record)
    return found


def _docx(document: Document, template: Path | None) -> bytes:
    import importlib.util

    if importlib.util.find_spec("docx") is None:
        hint = "pip install 'cvtex[docx]'"
        raise CvtexError([error("Word documents need the package python-docx", hint=hint)])
    from cvtex.export import docx

    try:
        return docx.write(document, disk.read(template, disk.LARGEST_FOR_TEX) if template else None)
    except OSError as failure:
        message = f"cannot be read: {failure.strerror}"
    except ValueError as failure:
        message = str(failure)
    hint = "save one in Word or LibreOffice as .docx"
    raise CvtexError([error(f"the template {template} {message}", hint=hint)])
