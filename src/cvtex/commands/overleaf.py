"""`cvtex export overleaf`: a zip that Overleaf, and plain `latexmk`, compile as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.commands import report, say, to_stdout
from cvtex.diagnostics import CvtexError, has_errors
from cvtex.names import in_zip

if TYPE_CHECKING:
    from cvtex.model import Resume
    from cvtex.pipeline.preparation import Prepared
    from cvtex.request import Request

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold (APPNOTE 4.4.6): equal inputs, equal bytes."""

LATEXMKRC = """\
@default_files = ('main.tex');
$pdf_mode = 1;
$pdflatex = '{engine} %O %S';
"""
# The engine under pdfLaTeX's name: Overleaf passes `-pdf` for a new project, and an
# option on the command line stands over `$pdf_mode` in a latexmkrc (latexmk's manual).

README = """\
This is a CV made by cvtex {version}, theme {theme}.

Upload this zip to Overleaf as a new project, or run `latexmk` in this folder.
latexmkrc picks the engine ({engine}); no compiler needs to be chosen.

main.tex is the whole document. Its lines `%% begin ...` and `%% end` name the
lines of the data that they came from. What is changed here does not find its
way back there.
"""
BIBLIOGRAPHY = """
publications.bib holds the publications that the CV shows. main.tex does not
read it: cvtex has set their text already.
"""


def overleaf(request: Request, *, output: Path | None, latin: bool = False) -> int:
    """Write the zip, print its path (or, for `-`, the zip), return the exit status.

    `output` is a file or a folder, as `filenames.place` tells them apart.
    """
    import dataclasses

    from cvtex.filenames import handed_out, place
    from cvtex.output import put
    from cvtex.pipeline import check

    checked = check(dataclasses.replace(request, pdf=False))
    if has_errors(checked.diagnostics):
        raise CvtexError(checked.diagnostics)
    report(checked.diagnostics, request.path)
    resume = checked.reading.resume
    assert resume is not None
    packed = pack(contents(checked.prepared[0], _publications(resume)))
    if output == Path("-"):
        to_stdout(packed)
        return 0
    name = handed_out(
        resume.basics.name,
        variant="".join(request.variants),
        language=request.language,
        latin=latin,
        aliases=resume.basics.aliases,
    )
    target = place(output, f"{name}-overleaf.zip")
    put(target, packed)
    say(target)
    return 0


def contents(prepared: Prepared, bib: str) -> dict[str, bytes]:
    """Return the project's files by name; `bib` is the text of the `.bib`, "" for none."""
    from cvtex import __version__, faces

    readme = README.format(version=__version__, theme=prepared.theme, engine=prepared.engine)
    texts = {
        "main.tex": f"% !TeX program = {prepared.engine}\n{prepared.tex}",
        "latexmkrc": LATEXMKRC.format(engine=prepared.engine),
        "README.txt": readme + (BIBLIOGRAPHY if bib else ""),
        **({"publications.bib": bib} if bib else {}),
    }
    files = prepared.beside() | faces.licences(prepared.set_by.fonts())
    return files | {name: text.encode() for name, text in texts.items()}


def _publications(resume: Resume) -> str:
    if not resume.publications:
        return ""
    from cvtex import source
    from cvtex.latex.bibliography import bibliography

    return bibliography(resume, source.words(resume.meta.language))


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files: names in order, one fixed time, mode 0644."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(in_zip(name), EPOCH)
            entry.create_system = 3  # Unix, so that the mode counts
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()
