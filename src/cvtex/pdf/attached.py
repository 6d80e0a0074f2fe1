"""Files inside a PDF: the data that it was made of (ISO 32000-2, 7.11.4 and 14.13)."""

from __future__ import annotations

import datetime
import io
import zlib
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from cvtex import disk
from cvtex.pdf.tags import packed

KINDS = {
    "resume.json": ("application/json", "What the CV says, as JSON Resume"),
    "publications.bib": ("application/x-bibtex", "The publications, as BibTeX"),
}
"""What goes into a PDF: its name, its media type, and what it is."""

LARGEST = 16 * 1024**2
"""Bytes of a file that is taken out."""


LARGEST_PDF = 256 * 1024**2
"""Bytes of a PDF that is looked into."""


def attach(pdf: pikepdf.Pdf, files: Mapping[str, bytes], epoch: int) -> None:
    """Put files into a PDF as the sources of it, dated `epoch` (seconds since 1970)."""
    if not files:
        return
    when = datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("D:%Y%m%d%H%M%SZ")
    names, specs = [], []
    for name in sorted(files):
        media, what = KINDS[name]
        stream = packed(pdf, files[name])
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/" + media)
        stream.Params = Dictionary(Size=len(files[name]), ModDate=String(when))
        spec = Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(what),
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
        specs.append(pdf.make_indirect(spec))
        names += [String(name), specs[-1]]
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(names)))
    pdf.Root.AF = pdf.make_indirect(Array(specs))


def extract(pdf: Path | bytes) -> dict[str, bytes]:
    """Return the files of ours that a PDF holds, by name.

    Raises `pikepdf.PdfError` for what is no PDF, `ValueError` for a file beyond LARGEST,
    `OSError` for one that cannot be read or is larger than `LARGEST_PDF`.
    """
    found = {}
    # a stream, for a path's name need not be UTF-8
    data = pdf if isinstance(pdf, bytes) else disk.read(pdf, LARGEST_PDF, pipe=True)
    with pikepdf.open(io.BytesIO(data)) as opened:
        for name in KINDS:
            if name not in opened.attachments:
                continue
            content = _unpacked(opened.attachments[name].get_file().obj, LARGEST + 1)
            if content is None:
                raise ValueError(f"{name} in it is packed in a way that is not read")
            if len(content) > LARGEST:
                raise ValueError(f"{name} in it is larger than {LARGEST // 1024**2} MB")
            found[name] = content
    return found


def _unpacked(stream: pikepdf.Object, most: int) -> bytes | None:
    """Return at most so many bytes of a stream, of which no more are unpacked; None where it is
    packed otherwise than files are (ISO 32000-2, 7.4.4)."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter", Array())
    names = [filters] if isinstance(filters, Name) else list(filters)
    if not names:
        return raw[:most]
    if names != [Name.FlateDecode] or "/Predictor" in str(stream.get("/DecodeParms", "")):
        return None
    try:
        return zlib.decompressobj().decompress(raw, most)
    except zlib.error:
        return None
