"""Parts of a Word document that python-docx has no call for: lists, links, the photo."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from cvtex.export.document import Photo

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


LEVELS = 3
SIGNS = ("•", "–", "▪")


class Lists:
    """The numberings of a document: one of bullets, and one for each list of numbers."""

    def __init__(self, word: Any) -> None:
        self.root = _numbering(word)
        self.bullets: int | None = None

    def number(self, first: int | None, level: int) -> int:
        """Return the number of a list's definition; bullets share one."""
        if first is None:
            if self.bullets is None:
                self.bullets = self._define(None)
            return self.bullets
        return self._define(first)

    def attach(self, paragraph: Paragraph, number: int, level: int) -> None:
        """Make a paragraph an item of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = number
        properties.get_or_add_ilvl().val = level

    def _define(self, first: int | None) -> int:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls, qn

        taken = [
            int(number.get(qn("w:abstractNumId")))
            for number in self.root.findall(qn("w:abstractNum"))
        ]
        definition = max(taken, default=-1) + 1
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="{first if first is not None else 1}"/>'
            f'<w:numFmt w:val="{"bullet" if first is None else "decimal"}"/>'
            f'<w:lvlText w:val="{SIGNS[level] if first is None else f"%{level + 1}."}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="260"/>'
            "</w:pPr></w:lvl>"
            for level in range(LEVELS)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{definition}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        first_num = self.root.find(qn("w:num"))
        if first_num is None:
            self.root.append(abstract)
        else:
            first_num.addprevious(abstract)  # the schema has all of them before every w:num
        number: int = self.root.add_num(definition).numId
        return number


def _numbering(word: Any) -> Any:
    """Return the root of a document's numberings; a template may have none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    try:
        return word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, word.part.package
        )
        word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return root


def link(paragraph: Paragraph, run: Run, url: str) -> None:
    """Make a run that was just added a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    name = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), name)
    paragraph._p.append(element)
    element.append(run._r)


def photo(paragraph: Paragraph, picture: Photo) -> None:
    """Put a photo at the right margin of a paragraph, beside which the text goes on."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    shape = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=Cm(2.7))
    inline = shape._inline
    inline.docPr.set("descr", picture.alt)
    side = Cm(0.3)
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="{side}" distR="0" simplePos="0"'
        ' relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV>'
        f'<wp:extent cx="{shape.width}" cy="{shape.height}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="left"/>'
        "</wp:anchor>"
    )
    for name in ("docPr", "cNvGraphicFramePr", "graphic"):
        [part] = [child for child in inline if child.tag.endswith(f"}}{name}")]
        anchor.append(part)
    inline.getparent().replace(inline, anchor)
