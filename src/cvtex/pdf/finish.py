"""From the PDF that TeX made to the one that is published: tagged, archived, read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pikepdf

from cvtex.pdf import attached, glyph_names, metadata, spaces, tags, usual
from cvtex.pdf.facts import Facts, Standard
from cvtex.pdf.structure import Element
from cvtex.pdf.tags import Tagged
from cvtex.records import dataclass

if TYPE_CHECKING:
    from cvtex.pdf.showing import Word

__all__ = ["Facts", "Finished", "finish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A PDF that is ready, what was read of it, and what keeps it from a standard.

    `pages` has each page's words with the element that each is of (None: of no part of
    the document, such as a page's number).
    """

    pdf: bytes
    document: Element
    pages: tuple[tuple[tuple[Word, Element | None], ...], ...]
    not_universal: tuple[str, ...]
    not_archive: tuple[str, ...]


def finish(
    data: bytes,
    facts: Facts,
    standard: Standard,
    epoch: int,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Finished:
    """Return a PDF by TeX as it is published; the same input gives the same bytes.

    `epoch` is its date in seconds since 1970. A standard is claimed where nothing keeps
    the PDF from it. `files` are the sources of what it says, and go into it.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        usual.restore(pdf)
        glyph_names.complete(pdf)
        spaces.tell(pdf)
        tagged = tags.tag(pdf, (facts.signature, facts.photo))
        _clean(pdf)
        fonts = tuple(font_faults(tagged))
        universal = (*fonts, *structure_faults(tagged, facts))
        archive = (*fonts, *archive_faults(pdf)) if standard == "archive" else ()
        metadata.bookmarks(pdf, tagged.document)
        level = ("3B" if files else "2B") if standard == "archive" and not archive else ""
        attached.attach(pdf, files, epoch)
        metadata.write(
            pdf, facts, epoch=epoch, universal=standard != "plain" and not universal, archive=level
        )
        whole = _saved(pdf)
    return Finished(
        pdf=whole,
        document=tagged.document,
        pages=tagged.pages,
        not_universal=tuple(dict.fromkeys(universal)),
        not_archive=tuple(dict.fromkeys(archive)),
    )


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a PDF's bytes, in which no stream's data end as a line does.

    The streams that hold objects and their places are made as the PDF is written, and end
    with a checksum. They become others by one more object: a page's content may be
    several streams (ISO 32000-1, 7.8.2), and those added say nothing.
    """
    first: Any = pdf.pages[0].obj
    written: list[bytes] = []
    for _ in range(8):
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        written.append(out.getvalue())
        if not _line_ends(written[-1]):
            break
        said = first.Contents
        parts = list(said) if isinstance(said, pikepdf.Array) else [said]
        first.Contents = pikepdf.Array([*parts, tags.packed(pdf, b" ")])
    return min(written, key=_line_ends)


def _line_ends(data: bytes) -> int:
    """Return how many streams of a PDF have data that end as a line does."""
    return data.count(b"\n\nendstream") + data.count(b"\r\nendstream")


def _clean(pdf: pikepdf.Pdf) -> None:
    """Take away what the standards do not want, or what an engine got wrong."""
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    notes = (note for page in pdf.pages for note in page.obj.get("/Annots", ()))
    if not any(tags.leads_inside(note) for note in notes):
        names: Any = pdf.Root.get("/Names", {})
        if "/Dests" in names:
            del names["/Dests"]  # hyperref's anchors of pages
            if not names.keys():
                del pdf.Root["/Names"]
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and "/CIDSet" in found:
            del found["/CIDSet"]  # LuaTeX's may be wrong, and none is needed
        elif isinstance(found, pikepdf.Stream):
            if "/PTEX.FileName" in found:
                del found["/PTEX.FileName"]
            if found.read_raw_bytes()[-1:] in (b"\r", b"\n"):
                _pack_anew(pdf, found)


def _pack_anew(pdf: pikepdf.Pdf, stream: Any) -> None:
    """Compress a stream otherwise, whose bytes end as a line does."""
    if stream.get("/Filter") not in (None, pikepdf.Name.FlateDecode) or "/DecodeParms" in stream:
        return
    again = tags.packed(pdf, stream.read_bytes())
    stream.write(again.read_raw_bytes(), filter=pikepdf.Name.FlateDecode)


def font_faults(tagged: Tagged) -> Iterator[str]:
    """Yield what is wrong with fonts, for any standard."""
    for font in tagged.fonts.known.values():
        if not font.embedded:
            yield f"the font {font.name} is not embedded"
        if not font.unicode:
            yield f"the font {font.name} does not say what its characters are"


ROOM = 40
"""So many letters a heading may have beside the name or title that it is of, such as a number."""


def structure_faults(tagged: Tagged, facts: Facts) -> Iterator[str]:
    """Yield what lacks of a structure that may be called PDF/UA."""
    sections, heads = facts.sections, facts.heads
    found = [element.tag for element in tagged.document.elements()]
    names = found.count("H1")
    if names != heads:
        faults = {0: "no text is marked as the name", 2: "it has two names"}
        yield faults.get(names, f"it has {names} names, and {heads} heads")
    if (titles := found.count("H2")) < sections:
        yield f"{titles} of {sections} section titles are marked"
    if tagged.loose:
        yield f"{tagged.loose} links have no text"
    longest = {"H1": len(facts.author), "H2": facts.longest}
    for element in tagged.document.elements():
        if (most := longest.get(element.tag)) and len(element.text()) > most + ROOM:
            yield f"what follows “{element.text()[:20]}…” is marked as a part of that title"
        if element.tag == "Figure" and not element.alt:
            yield "a picture is not described"


def archive_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what PDF/A does not allow (ISO 19005-2, 6) and a CV may have."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
            if _is_cmyk(found.get("/ColorSpace")):
                yield "a picture has colours for printing (CMYK)"
            if bool(found.get("/Interpolate", False)):
                yield "a picture is to be smoothed"
        elif isinstance(found, pikepdf.Dictionary):
            kind = found.get("/S") if "/S" in found else None
            if kind in ("/JavaScript", "/Launch", "/SubmitForm", "/Movie", "/Sound"):
                yield f"it has an action ({str(kind)[1:]})"
    if "/AcroForm" in pdf.Root:
        yield "it has a form"


def _is_cmyk(space: Any) -> bool:
    if isinstance(space, pikepdf.Array):
        kind = str(space[0])
        if kind == "/ICCBased":
            return False
        return kind in ("/Indexed", "/Separation") and any(_is_cmyk(part) for part in space[1:3])
    return bool(space == "/DeviceCMYK")


def claims(standard: Standard, finished: Finished) -> Sequence[str]:
    """Return the standards that a finished PDF claims."""
    if standard == "plain":
        return ()
    found = [] if finished.not_universal else ["PDF/UA-1"]
    if standard == "archive" and not finished.not_archive:
        found.append("PDF/A-2b")
    return found
