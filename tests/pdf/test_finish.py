"""What is done to a PDF by TeX before it is published, on small PDFs made here."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pikepdf

from cvtex.pdf import count, finish, readback
from cvtex.pdf.facts import Facts
from cvtex.pdf.finish import Finished

CONTENT = (
    b"/cv.H1 MP BT /F1 12 Tf 72 700 Td (Ann) Tj ET\n"
    b"/cv.Art MP BT /F1 12 Tf 300 20 Td (1/2) Tj ET /cv.EndArt MP\n"
)


def finished(title: str, content: bytes = CONTENT, *links: tuple[int, int, int, int]) -> Finished:
    """Finish a PDF of one page, with links to that page over the places given."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(content)
    goal = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([page.obj, pikepdf.Name.Fit]))
    page.obj.Annots = pikepdf.Array(
        pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array(place), A=goal)
        for place in links
    )
    out = io.BytesIO()
    pdf.save(out)
    return finish.finish(out.getvalue(), Facts(title=title, author="Ann"), "archive", 946684800)


def test_no_stream_ends_as_a_line_does() -> None:
    anew = 0
    for number in range(1, 300):
        pdf = finished("A" * number).pdf
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert opened.check_pdf_syntax() == []
            contents = opened.pages[0].obj.Contents
            anew += isinstance(contents, pikepdf.Array)
        ends = re.findall(rb"(?s)(.)\nendstream", pdf)
        assert len(ends) >= 4
        assert not {b"\r", b"\n"} & set(ends)
    assert anew  # or this has tested nothing


def test_a_link_from_a_page_number_is_taken_away() -> None:
    done = finished("CV", CONTENT, (295, 15, 330, 35))
    with pikepdf.open(io.BytesIO(done.pdf)) as opened:
        assert len(opened.pages[0].obj.Annots) == 0
    assert not [fault for fault in done.not_universal if "link" in fault]


def test_a_link_over_nothing_keeps_the_claim_away() -> None:
    done = finished("CV", CONTENT, (400, 400, 420, 420))
    assert "1 links have no text" in done.not_universal


def test_a_link_in_the_text_stays() -> None:
    content = CONTENT.replace(b"BT", b"/cv.P MP /cv.Link MP BT", 1)
    done = finished("CV", content, (70, 695, 100, 712))
    with pikepdf.open(io.BytesIO(done.pdf)) as opened:
        assert len(opened.pages[0].obj.Annots) == 1
    assert not [fault for fault in done.not_universal if "link" in fault]


def test_a_file_name_need_not_be_utf8(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.pdf"))
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(data := io.BytesIO())
    odd.write_bytes(data.getvalue())
    assert count(odd) == len(readback.read(odd)) == 1
    odd.write_text("no PDF")
    assert count(odd) == 0


def test_a_title_that_holds_what_follows_keeps_the_claim_away() -> None:
    follows = (
        b" BT /F1 10 Tf 72 650 Td (Text that no mark parts from the name, to its very end) Tj ET"
    )
    held = finished("T", CONTENT.replace(b" ET\n", b" ET" + follows + b"\n", 1)).not_universal
    assert any("is marked as a part of that title" in fault for fault in held)
    parted = CONTENT.replace(b" ET\n", b" ET /cv.P MP" + follows + b"\n", 1)
    assert not any("is marked" in fault for fault in finished("T", parted).not_universal)
