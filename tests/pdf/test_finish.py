"""What is done to a PDF by TeX before it is published, on small PDFs made here."""

from __future__ import annotations

import io
import os
import re
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from cvtex.pdf import attached, content, count, finish, fonts, metadata, readback, tags
from cvtex.pdf.facts import Facts, Standard
from cvtex.pdf.finish import Finished
from cvtex.pdf.structure import Content, Element
from cvtex.pdf.tags import Tagged

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


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        ("20 0 0 30 100 200", [100, 200, 120, 230]),
        ("-20 0 0 -30 100 200", [80, 170, 100, 200]),
        ("20 5 -3 30 100 200", [100, 200, 117, 235]),
    ],
)
def test_a_picture_is_described_where_it_is(matrix: str, box: list[int]) -> None:
    """One that nothing describes is decoration, and so is what is no picture."""
    drawn = f" q {matrix} cm /Im1 Do Q q 9 0 0 9 0 0 cm /Fm1 Do /Im2 Do Q".encode()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        objects = Dictionary()
        for name, kind in (("Im1", Name.Image), ("Im2", Name.Image), ("Fm1", Name.Form)):
            objects["/" + name] = pdf.make_stream(b"", Type=Name.XObject, Subtype=kind)
        page.obj.Resources = Dictionary(XObject=objects)
        page.obj.Contents = pdf.make_stream(drawn)
        tags.tag(pdf, ("", "A photo of me"))
        figure = pdf.Root.StructTreeRoot.K.K
        assert str(figure.Alt) == "A photo of me"
        assert [float(side) for side in figure.A.BBox] == box
        shown = page.obj.Contents.read_bytes()
    assert re.findall(rb"/(\w+) (?:<<[^>]*>> BDC|BMC) /(\w+) Do EMC", shown) == [
        (b"Figure", b"Im1"), (b"Artifact", b"Fm1"), (b"Artifact", b"Im2"),
    ]  # fmt: skip


def test_links_are_read_back_with_their_places() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 200))
        page.obj.MediaBox = Array([10, 20, 310, 220])
        to = Dictionary(URI=pikepdf.String("https://a.org"))
        page.obj.Annots = Array(
            Dictionary(Subtype=kind, Rect=Array([1, 2, 3, 4]), A=action)
            for kind, action in (
                (Name.Link, to), (Name.Link, Dictionary(S=Name.GoTo)), (Name.Text, to),
            )
        )  # fmt: skip
        pdf.save(out := io.BytesIO())
    (found,) = readback.read(out.getvalue())
    assert found.links == (readback.Link("https://a.org", (1, 2, 3, 4)),)
    assert (found.width, found.height) == (300, 200)


# ---- what keeps a PDF from a standard --------------------------------------------------------


def tagged(*tags: str, loose: int = 0) -> Tagged:
    """Return what was read of a document of elements (`H2:its text`, `Figure:its words`)."""
    document = Element("Document")
    for tag, _, text in (said.partition(":") for said in tags):
        element = document.add(tag)
        if tag == "Figure":
            element.alt = text
        else:
            element.kids.append(Content(0, 0, text))
    return Tagged(document, (), loose, content.Fonts())


@pytest.mark.parametrize(
    ("read", "faults"),
    [
        (tagged("H1:Ann", "H2:Work", "H2:Study"), []),
        (tagged("H1:Ann", "H2:Work", "H2:Study", "H2:More"), []),
        (tagged("H2:Work", "H2:Study"), ["no text is marked as the name"]),
        (tagged("H1", "H1", "H2", "H2"), ["it has two names"]),
        (tagged("H1", "H1", "H1", "H2", "H2"), ["it has 3 names, and 1 heads"]),
        (tagged("H1:Ann", "H2:Work"), ["1 of 2 section titles are marked"]),
        (tagged("H1", "H2", "H2", loose=2), ["2 links have no text"]),
        (tagged("H1", "H2", "H2", "Figure:me", "Figure"), ["a picture is not described"]),
        (tagged("H1:" + "x" * 43, "H2:" + "y" * 45, "H2"), []),
        (tagged("H1:" + "x" * 44, "H2", "H2"),
         ["what follows “xxxxxxxxxxxxxxxxxxxx…” is marked as a part of that title"]),
        (tagged("H1", "H2:" + "y" * 46, "H2"),
         ["what follows “yyyyyyyyyyyyyyyyyyyy…” is marked as a part of that title"]),
    ],
)  # fmt: skip
def test_what_lacks_of_a_structure_is_told(read: Tagged, faults: list[str]) -> None:
    facts = Facts(title="CV", author="Ann", sections=2, longest=5)
    assert list(finish.structure_faults(read, facts)) == faults


def test_a_letter_has_the_name_twice() -> None:
    facts = Facts(title="CV", author="Ann", heads=2)
    assert list(finish.structure_faults(tagged("H1:Ann", "H1:Ann"), facts)) == []
    (fault,) = finish.structure_faults(tagged("H1:Ann"), facts)
    assert fault == "it has 1 names, and 2 heads"


RGB, CMYK = Name.DeviceRGB, Name.DeviceCMYK


@pytest.mark.parametrize(
    ("image", "faults"),
    [
        ({"/ColorSpace": RGB}, []),
        ({"/ColorSpace": CMYK}, ["a picture has colours for printing (CMYK)"]),
        ({"/ColorSpace": Array([Name.Indexed, CMYK, 1, b"xxxxxxxx"])},
         ["a picture has colours for printing (CMYK)"]),
        ({"/ColorSpace": Array([Name.Separation, Name.Gold, CMYK])},
         ["a picture has colours for printing (CMYK)"]),
        ({"/ColorSpace": Array([Name.Indexed, RGB, 1, b"xxxxxx"])}, []),
        ({"/ColorSpace": Array([Name.ICCBased, CMYK])}, []),
        ({"/ColorSpace": Array([Name.CalRGB, CMYK])}, []),
        ({"/ColorSpace": RGB, "/Interpolate": True}, ["a picture is to be smoothed"]),
        ({"/ColorSpace": RGB, "/Interpolate": False}, []),
        ({"/Subtype": Name.Form, "/ColorSpace": CMYK}, []),
    ],
)  # fmt: skip
def test_pictures_that_no_archive_takes(image: dict[str, Any], faults: list[str]) -> None:
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(b"x")
        for key, value in {"/Subtype": Name.Image, **image}.items():
            stream[key] = value
        assert list(finish.archive_faults(pdf)) == faults


@pytest.mark.parametrize("action", ["JavaScript", "Launch", "SubmitForm", "Movie", "Sound", "URI"])
def test_actions_that_no_archive_takes(action: str) -> None:
    with pikepdf.new() as pdf:
        pdf.make_indirect(Dictionary(S=Name("/" + action)))
        expected = [] if action == "URI" else [f"it has an action ({action})"]
        assert list(finish.archive_faults(pdf)) == expected
        pdf.Root.AcroForm = Dictionary()
        assert list(finish.archive_faults(pdf)) == [*expected, "it has a form"]


@pytest.mark.parametrize(
    ("standard", "universal", "archive", "claimed"),
    [
        ("plain", (), (), []),
        ("ua", (), (), ["PDF/UA-1"]),
        ("ua", ("x",), (), []),
        ("archive", (), (), ["PDF/UA-1", "PDF/A-2b"]),
        ("archive", ("x",), (), ["PDF/A-2b"]),
        ("archive", (), ("x",), ["PDF/UA-1"]),
    ],
)
def test_what_is_claimed(
    standard: Standard, universal: tuple[str, ...], archive: tuple[str, ...], claimed: list[str]
) -> None:
    done = Finished(
        pdf=b"",
        document=Element("Document"),
        pages=(),
        not_universal=universal,
        not_archive=archive,
    )
    assert list(finish.claims(standard, done)) == claimed


# ---- what is taken away ----------------------------------------------------------------------


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("others", [False, True])
def test_places_stay_that_a_link_leads_to(inside: bool, others: bool) -> None:
    """Those that hyperref makes of each page go where none does; other names are left."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        kind = Dictionary(S=Name.GoTo) if inside else Dictionary(S=Name.URI, URI="https://a.org")
        page.obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 1, 1], A=kind)])
        names = Dictionary(Dests=Dictionary())
        if others:
            names.EmbeddedFiles = Dictionary()
        pdf.Root.Names = names
        finish._clean(pdf)
        left = set(pdf.Root.Names.keys()) if "/Names" in pdf.Root else None
    kept = {"/EmbeddedFiles"} if others else set()
    assert left == (kept | {"/Dests"} if inside else kept or None)


def test_what_an_engine_left_of_its_own_goes() -> None:
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(CIDSet=pdf.make_stream(b"x"), FontName=Name.A))
        stream = pdf.make_stream(b"x")
        stream["/PTEX.FileName"] = pikepdf.String("/home/ann/photo.pdf")
        packed = {
            "plain": pdf.make_stream(b"text\n"),
            "jpeg": pdf.make_stream(b"jpeg\n"),
            "predicted": pdf.make_stream(zlib.compress(b"text") + b"\n"),
        }
        packed["jpeg"].Filter = Name.DCTDecode
        packed["predicted"].Filter = Name.FlateDecode
        packed["predicted"].DecodeParms = Dictionary(Predictor=12)
        before = {name: one.read_raw_bytes() for name, one in packed.items()}
        finish._clean(pdf)
        assert set(font.keys()) == {"/FontName"}
        assert "/PTEX.FileName" not in stream
        after = {name: one.read_raw_bytes() for name, one in packed.items()}
        assert after["jpeg"] == before["jpeg"] and after["predicted"] == before["predicted"]
        assert packed["plain"].read_bytes().rstrip() == b"text"
        assert after["plain"][-1:] not in (b"\r", b"\n")


# ---- what goes in, and comes out again ---------------------------------------------------------


def holding(**changes: Any) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        attached.attach(pdf, {"resume.json": b"{}" * 60}, 0)
        stream = pdf.Root.AF[0].EF.F
        raw = changes.pop("raw", None)
        if raw is not None:
            stream.write(raw)
        for key, value in changes.items():
            stream["/" + key] = value
        pdf.save(out := io.BytesIO(), compress_streams=False)
    return out.getvalue()


def test_files_come_out_as_they_went_in() -> None:
    assert attached.extract(holding()) == {"resume.json": b"{}" * 60}
    assert attached.extract(holding(raw=b"plain")) == {"resume.json": b"plain"}
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        attached.attach(pdf, {}, 0)
        assert "/Names" not in pdf.Root
        pdf.save(out := io.BytesIO())
    assert attached.extract(out.getvalue()) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"raw": b"xx", "Filter": Name.FlateDecode},
        {"raw": b"78>", "Filter": Name.ASCIIHexDecode},
        {"raw": zlib.compress(b"{}"), "Filter": Array([Name.FlateDecode, Name.FlateDecode])},
        {"raw": zlib.compress(b"{}"), "Filter": Name.FlateDecode,
         "DecodeParms": Dictionary(Predictor=12)},
    ],
    ids=["damaged", "as text", "twice", "predicted"],
)  # fmt: skip
def test_a_file_that_is_packed_otherwise_is_not_read(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="packed in a way that is not read"):
        attached.extract(holding(**changes))


def test_a_file_that_unpacks_to_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "LARGEST", 120)
    assert attached.extract(holding())
    monkeypatch.setattr(attached, "LARGEST", 119)
    with pytest.raises(ValueError, match="is larger than"):
        attached.extract(holding())


def test_bookmarks_are_sections_with_their_entries_closed_below() -> None:
    """`/Count` is negative where those below are not shown (ISO 32000-1, 12.3.3)."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Outlines = Dictionary()
        metadata.bookmarks(pdf, Element("Document"))
        assert "/Outlines" not in pdf.Root
        document = Element("Document")
        for tag, text in (
            ("H1", "Ann"), ("H3", "Loose"), ("H2", "Work"), ("H3", "One"), ("H3", "Two"),
            ("H4", "Post"), ("H2", "Study"), ("H2", ""),
        ):  # fmt: skip
            element = document.add(tag)
            element.kids.append(Content(0, 0, text))
            element.place = (0, 10.004, 20) if text else None
        metadata.bookmarks(pdf, document)
        root = pdf.Root.Outlines

        def shown(item: Any) -> list[Any]:
            rows, kid = [], item.get("/First")
            while kid is not None:
                rows.append((str(kid.Title), int(kid.get("/Count", 0)), shown(kid)))
                last, kid = kid, kid.get("/Next")
                assert kid is None or kid.Prev.objgen == last.objgen
                assert last.Parent.objgen == item.objgen
                assert [float(v) for v in last.Dest[2:4]] == [10, 20]
            return rows

        below: list[Any] = [("One", 0, []), ("Two", 0, [])]
        assert shown(root) == [("Loose", 0, []), ("Work", -2, below), ("Study", 0, [])]
        assert int(root.Count) == 3


@pytest.mark.parametrize("universal", [False, True])
@pytest.mark.parametrize("archive", ["", "2B", "3B"])
def test_a_packet_claims_what_is_so(universal: bool, archive: str) -> None:
    """PDF/A wants PDF/UA's own schema described, which without PDF/A is not asked for."""
    facts = Facts(title="A & <B>", author="Ann", subject="CV", keywords=("x & y", "z"))
    found = metadata.packet(facts, "2000-01-01T00:00:00Z", universal, archive)
    assert (b"<pdfuaid:part>1</pdfuaid:part>" in found) is universal
    part, level = b"<pdfaid:part>%s<" % archive[:1].encode(), b"<pdfaid:conformance>B<"
    assert (part in found and level in found) is bool(archive)
    assert (b"pdfaSchema:namespaceURI" in found) is bool(universal and archive)
    assert b"A &amp; &lt;B&gt;" in found and b"x &amp; y, z" in found
    ElementTree.fromstring(found.decode())
    bare = metadata.packet(Facts(title="T", author="A"), "", universal, archive)
    assert b"dc:description" not in bare and b"eywords" not in bare and b"dc:subject" not in bare


# ---- fonts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "read"),
    [
        ({"Subtype": Name.Type1, "BaseFont": Name("/ABCDEF+LMRoman10"), "FirstChar": 65,
          "Widths": Array([500, 250.5])}, ("LMRoman10", False, {65: 500, 66: 250.5}, 0)),
        ({"Subtype": Name.Type1, "BaseFont": Name("/ABCDE+A"), "Widths": Array([1])},
         ("ABCDE+A", False, {0: 1}, 0)),
        ({"Subtype": Name.Type3, "FontMatrix": Array([0.01, 0, 0, 0.01, 0, 0]), "FirstChar": 1,
          "Widths": Array([50])}, ("", False, {1: 500}, 0)),
        ({"Subtype": Name.Type0, "BaseFont": Name.Wide, "DescendantFonts": Array([Dictionary(
            W=Array([1, Array([500, 600]), 7, 9, 300, 20, 20, 100, 30]))])},
         ("Wide", True, {1: 500, 2: 600, 7: 300, 8: 300, 9: 300, 20: 100}, 1000)),
        ({"Subtype": Name.Type0, "DescendantFonts": Array([Dictionary(DW=400)])},
         ("", True, {}, 400)),
    ],
)  # fmt: skip
def test_a_font_tells_how_wide_its_codes_are(font: dict[str, Any], read: tuple[Any, ...]) -> None:
    """Simple fonts, those drawn by the content, and those of two bytes a code (9.6, 9.7.4.3)."""
    found = fonts.load(Dictionary(**font))
    widths = {code: round(width, 6) for code, width in found.widths.items()}
    assert (found.name, found.wide, widths, found.default) == read
    assert not found.embedded and not found.unicode


@pytest.mark.parametrize("key", ["FontFile", "FontFile2", "FontFile3", "FontFile4"])
def test_a_font_is_embedded_or_not(key: str) -> None:
    with pikepdf.new() as pdf:
        descriptor = Dictionary({"/" + key: pdf.make_stream(b"x")})
        cmap = pdf.make_stream(b"1 beginbfchar <41> <0042> endbfchar")
        font = fonts.load(Dictionary(FontDescriptor=descriptor, ToUnicode=cmap))
    assert font.embedded is (key != "FontFile4")
    assert font.unicode and font.texts == {0x41: "B"}


def test_pieces_of_a_string_of_two_bytes_a_code() -> None:
    texts = {1: "a", 2: "ffi", 0x103: " ", 0x104: "b"}
    font = fonts.Font("F", True, texts, {1: 10.0, 2: 20.0, 0x103: 5.0}, 7.0)
    data = b"\x00\x01\x00\x02\x01\x03\x01\x03\x01\x04\x09\x09\x00"
    expected = (("affi", 30, 2), (" ", 5, 1), (" ", 5, 1), ("b\ufffd", 14, 2))
    assert font.pieces(data) == expected
    assert font.pieces(b"\x01\x03\x00\x01\x01\x03") == ((" ", 5, 1), ("a", 10, 1), (" ", 5, 1))


def test_a_simple_string_is_read_at_once_or_in_pieces() -> None:
    font = fonts.Font("F", False, {97: "a", 98: "b", 32: " "}, {97: 10.0, 98: 20.0}, 7.0)
    assert font.pieces(b"abx") == (("ab\ufffd", 37, 3),)
    assert font.pieces(b"a b") == (("a", 10, 1), (" ", 7, 1), ("b", 20, 1))
    assert font.pieces(b"") == ()


@pytest.mark.parametrize(
    ("cmap", "texts"),
    [
        (b"beginbfchar <41> <0061> <42> <d83dde00> <43> <D83D DE00> <44> <00660069> endbfchar",
         {0x41: "a", 0x42: "😀", 0x43: "😀", 0x44: "fi"}),
        (b"beginbfrange <41> <43> <0061> <50> <50> <00660069> <60> <61> <D83DDE00> endbfrange",
         {0x41: "a", 0x42: "b", 0x43: "c", 0x50: "fi", 0x60: "😀", 0x61: "😁"}),
        (b"beginbfrange <41> <43> [<0061> <0062>] endbfrange", {0x41: "a", 0x42: "b"}),
        (b"beginbfrange <41> <41> [<0061> <0062>] endbfrange", {0x41: "a"}),
        (b"<41> <0061>", {}),
    ],
)  # fmt: skip
def test_a_map_tells_what_codes_read_as(cmap: bytes, texts: dict[int, str]) -> None:
    assert fonts.to_unicode(cmap) == texts
