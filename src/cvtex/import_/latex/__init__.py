"""CVs written in LaTeX: by moderncv, Awesome-CV, AltaCV, or in the manner of Jake's résumé."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.diagnostics import CvtexError, Source, error
from cvtex.import_.latex import altacv, awesome_cv, jake, moderncv
from cvtex.import_.latex.build import Builder
from cvtex.import_.latex.document import Document
from cvtex.import_.latex.letter import LetterReader
from cvtex.import_.latex.scan import Call, calls
from cvtex.import_.ledger import Entry, Ledger
from cvtex.import_.project import Imported

CLASSES: Mapping[str, Any] = {"moderncv": moderncv, "awesome-cv": awesome_cv, "altacv": altacv}
NAMES = {"moderncv": "moderncv", "awesome-cv": "Awesome-CV", "altacv": "AltaCV"}
THEMES = {"moderncv": "moderncv", "awesome-cv": "bold", "altacv": "columns", "jake": "jake"}


def read(path: Path, ledger: Ledger, known: Mapping[str, Any]) -> Imported:
    """Return the CV of a LaTeX document; `known` has the names of our `themes`."""
    document = Document(path)
    found = re.search(r"\\documentclass\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}", document.text)
    kind = found[1].strip().rpartition("/")[2] if found else ""
    if kind in CLASSES:
        module = CLASSES[kind]
        signatures = module.SIGNATURES
        result = Imported(NAMES[kind], ledger=ledger)
    elif r"\resumeSubheading" in document.text:
        kind, module = "jake", jake
        signatures = jake.signatures(document)
        result = Imported("Jake's résumé", ledger=ledger)
    else:
        hint = "known are moderncv, awesome-cv, altacv and documents with \\resumeSubheading"
        message = f"the class {kind or 'of this document'} is none that cvtex can import"
        raise CvtexError([error(message, Source(path.name, 1), hint)])
    theme = THEMES[kind] if THEMES[kind] in known["themes"] else "classic"
    result.meta["theme"] = theme
    build, letters = Builder(document, result), LetterReader()
    _missing(document, ledger)
    start = 0 if kind != "jake" else document.body_start
    for call in calls(document, signatures, ledger, start, document.body_end):
        in_body = call.offset >= document.body_start
        if kind == "jake" or not letters.take(call, build, in_body):
            _take(call, build, module, document)
    letters.finish(build)
    build.flush()
    for name in [name for name in result.meta.get("themes", {}) if name != result.meta["theme"]]:
        del result.meta["themes"][name]
    return result


def _missing(document: Document, ledger: Ledger) -> None:
    """List the files that the document inputs and that are not there."""
    for name, place in document.missing:
        if name != "glyphtounicode":  # of TeX itself
            why = "a part of the document that is not beside it, or not in its folder"
            ledger.lost.append(Entry("\\input", name, place, why))


def _take(call: Call, build: Builder, module: Any, document: Document) -> None:
    if call.kind == "command":
        module.take(call, build)
    elif call.kind == "text":
        _text(call, build, module, document)
    else:
        for value in (*call.args, *call.options):
            value.lay_aside("how the page looks")


def _text(call: Call, build: Builder, module: Any, document: Document) -> None:
    """Take text between the commands: the head by hand, skills, paragraphs, or nothing."""
    value = call.arg(0)
    if not re.search(r"\w", re.sub(r"\\[A-Za-z@]+\*?|\\.", "", value.tex)):
        value.take()
        return
    if module is jake and not build.title:
        jake.head(value, build)
    elif module is jake and jake.has_labels(value):
        jake.skills(value, build)
    elif build.title or (document.body_start and call.offset >= document.body_start):
        build.text(build.prose(value))
    else:
        value.lay_aside("what stands before the text: lengths, fonts, colours")
