"""What a PDF says of itself: document information, XMP, the standards it claims, bookmarks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cvtex.pdf import profile
from cvtex.pdf.facts import Facts
from cvtex.pdf.structure import Element
from cvtex.pdf.tags import packed

if TYPE_CHECKING:
    import pikepdf

PRODUCER = "cvtex"


def write(pdf: pikepdf.Pdf, facts: Facts, *, epoch: int, universal: bool, archive: str) -> None:
    """Write information and XMP, dated `epoch` (seconds since 1970).

    Claims PDF/UA-1 if `universal`, PDF/A of part and level `archive` ("2B", "3B"; "" for none).
    """
    from pikepdf import Array, Dictionary, Name, String

    when = datetime.datetime.fromtimestamp(epoch, datetime.UTC)
    info = {
        "/Title": facts.title,
        "/Author": facts.author,
        "/Subject": facts.subject,
        "/Keywords": ", ".join(facts.keywords),
        "/Creator": PRODUCER,
        "/Producer": PRODUCER,
        "/CreationDate": when.strftime("D:%Y%m%d%H%M%SZ"),
        "/ModDate": when.strftime("D:%Y%m%d%H%M%SZ"),
    }
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({key: String(value) for key, value in info.items() if value})
    )
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    # Not compressed: programs that know no PDF look for the packet (XMP part 3, 1.1).
    root = pdf.Root
    root.Metadata = pdf.make_stream(packet(facts, stamp, universal, archive))
    root.Metadata.Type, root.Metadata.Subtype = Name.Metadata, Name.XML
    root.Lang = String(facts.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for key in ("/OpenAction", "/PageMode", "/AA"):
        if key in root:
            del root[key]
    if archive:
        colours = packed(pdf, profile.srgb())
        colours.N = 3
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String(profile.NAME),
            Info=String(profile.NAME),
            DestOutputProfile=colours,
        )
        root.OutputIntents = Array([pdf.make_indirect(intent)])


def packet(facts: Facts, stamp: str, universal: bool, archive: str) -> bytes:
    """Return the XMP packet (ISO 16684-1; ISO 19005-2, 6.6; ISO 14289-1, 5)."""
    parts = [
        _about(
            "dc",
            "http://purl.org/dc/elements/1.1/",
            "<dc:format>application/pdf</dc:format>",
            _one_of("dc:title", facts.title),
            _list("dc:creator", "Seq", (facts.author,)),
            _one_of("dc:description", facts.subject) if facts.subject else "",
            _list("dc:subject", "Bag", facts.keywords) if facts.keywords else "",
            _list("dc:language", "Bag", (facts.language,)),
        ),
        _about(
            "xmp",
            "http://ns.adobe.com/xap/1.0/",
            f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>",
            f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>",
        ),
        _about(
            "pdf",
            "http://ns.adobe.com/pdf/1.3/",
            f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
            f"<pdf:Keywords>{escape(', '.join(facts.keywords))}</pdf:Keywords>"
            if facts.keywords
            else "",
        ),
    ]
    if archive:
        part, level = archive[:1], archive[1:]
        parts.append(
            _about(
                "pdfaid",
                "http://www.aiim.org/pdfa/ns/id/",
                f"<pdfaid:part>{part}</pdfaid:part>",
                f"<pdfaid:conformance>{level}</pdfaid:conformance>",
            )
        )
    if universal:
        parts.append(_about("pdfuaid", UA, "<pdfuaid:part>1</pdfuaid:part>"))
    if universal and archive:
        parts.append(EXTENSION)
    body = "\n".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'{body}\n</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


UA = "http://www.aiim.org/pdfua/ns/id/"
_A = "http://www.aiim.org/pdfa/ns/"
EXTENSION = (
    f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{_A}extension/" '
    f'xmlns:pdfaSchema="{_A}schema#" xmlns:pdfaProperty="{_A}property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{UA}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>the part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    "</rdf:Description>"
)
"""PDF/A wants every schema described that it does not know itself (ISO 19005-2, 6.6.2.3)."""


def escape(text: str) -> str:
    """Return text as XML has it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _about(prefix: str, space: str, *parts: str) -> str:
    body = "".join(parts)
    return f'<rdf:Description rdf:about="" xmlns:{prefix}="{space}">{body}</rdf:Description>'


def _one_of(name: str, text: str) -> str:
    said = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
    return f"<{name}><rdf:Alt>{said}</rdf:Alt></{name}>"


def _list(name: str, kind: str, values: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def bookmarks(pdf: pikepdf.Pdf, document: Element) -> None:
    """Write the outline: the sections, and closed below each the heads of its entries."""
    from pikepdf import Array, Dictionary, Name, String

    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    open_: list[tuple[int, Any]] = [(1, root)]  # levels of headings, the outermost first
    for element in document.elements():
        if element.tag not in ("H2", "H3") or element.place is None:
            continue
        level = int(element.tag[1])
        while open_[-1][0] >= level:
            open_.pop()
        page, x, y = element.place
        where = Array([pdf.pages[page].obj, Name.XYZ, round(x, 2), round(y, 2), None])
        above = open_[-1][1]
        item = Dictionary(Title=String(element.text()), Parent=above, Dest=where)
        item = pdf.make_indirect(item)
        if "/Last" in above:
            above.Last.Next, item.Prev = item, above.Last
        else:
            above.First = item
        above.Last = item
        shown = above is root
        above.Count = int(above.get("/Count", 0)) + (1 if shown else -1)
        open_.append((level, item))
    if "/First" in root:
        pdf.Root.Outlines = root
    elif "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
