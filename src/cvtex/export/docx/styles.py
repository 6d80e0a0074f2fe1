"""What a Word document needs beside its text: page, styles, fonts, language (ISO/IEC 29500)."""

from __future__ import annotations

import datetime
import io
from typing import Any

from cvtex.export.document import Document

INK, ACCENT, QUIET = "1C2127", "1F4E79", "535C68"
FACE = "Calibri"

# Each style: what it is based on, its size in points, colour, bold, space before and after.
STYLES: dict[str, tuple[str, float, str, bool, float, float]] = {
    "Title": ("Normal", 24, INK, True, 0, 0),
    "Subtitle": ("Normal", 13, QUIET, False, 0, 2),
    "Heading 1": ("Normal", 13, ACCENT, True, 14, 4),
    "Heading 2": ("Normal", 11, INK, True, 6, 0),
    "Heading 3": ("Normal", 10.5, INK, True, 4, 0),
    "List Bullet": ("Normal", 10.5, INK, False, 0, 2),
    "List Number": ("Normal", 10.5, INK, False, 0, 2),
    "CV Contacts": ("Normal", 10.5, INK, False, 0, 8),
    "CV Subtitle": ("Normal", 10.5, INK, False, 0, 0),
    "CV Detail": ("Normal", 10.5, QUIET, False, 0, 2),
    "CV Line": ("Normal", 10.5, INK, False, 0, 2),
    "CV Remark": ("Normal", 9.5, QUIET, False, 0, 3),
    "CV Publication": ("Normal", 10.5, INK, False, 0, 4),
    "CV Publication Numbered": ("CV Publication", 10.5, INK, False, 0, 4),
    "CV Footer": ("Normal", 9.5, QUIET, False, 10, 0),
}
WITH_DATES = ("Heading 2", "Heading 3", "CV Subtitle")
"""Styles with a tab stop at the right margin."""


def opened(template: bytes | None, document: Document) -> Any:
    """Return a Word document without text that has every style; `template`'s own hold."""
    import docx

    if template is None:
        word = docx.Document()
        _page(word, document.paper)
        rels = word.part.package.rels  # python-docx's own template has a picture of itself
        for name in [n for n, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
            del rels[name]
    else:
        try:
            word = docx.Document(io.BytesIO(template))
        except Exception as failure:  # python-docx raises whatever its zip and XML raise
            raise ValueError("is no Word document (.docx)") from failure
        body = word.element.body
        for child in list(body):
            if not child.tag.endswith("}sectPr"):
                body.remove(child)
    _styles(word, keep=template is not None)
    _language(word, document.words.code)
    about = word.core_properties
    about.title, about.author, about.subject = document.title, document.name, document.label
    about.language, about.comments, about.keywords = document.words.code, "", ""
    about.last_modified_by, about.revision = "", 1
    about.created = about.modified = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return word


def _page(word: Any, paper: str) -> None:
    from docx.shared import Mm

    [section] = word.sections
    width, height = (Mm(215.9), Mm(279.4)) if paper == "letter" else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)


def _styles(word: Any, keep: bool) -> None:
    """Give the document each style; with `keep` those that are there stay as they are, but for
    a tab stop at the right, without which dates stand at the words before them."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm, Pt

    styles, section = word.styles, word.sections[0]
    there = {style.name for style in styles}
    right = section.page_width - section.left_margin - section.right_margin - section.gutter
    if not keep:
        normal = styles["Normal"]
        _font(normal, 10.5, INK)
        normal.paragraph_format.space_after = Pt(4)
        normal.paragraph_format.line_spacing = 1.08
    for name, (base, size, colour, bold, before, after) in STYLES.items():
        if name in there and keep:
            stops = styles[name].paragraph_format.tab_stops
            if name in WITH_DATES and not len(stops):
                stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
            continue
        style = styles[name] if name in there else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base]
        if not keep:
            _font(style, size, colour)
            style.font.bold = bold
            _without_border(style)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.keep_with_next = name.startswith(("Heading", "CV Subtitle"))
        if name in WITH_DATES:
            form.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
        if name.startswith("CV Publication"):
            form.left_indent, form.first_line_indent = Cm(1), Cm(-1)
            form.tab_stops.add_tab_stop(Cm(1))
    if not keep:
        _underlined(styles["Heading 1"])
    for name, size, colour in (
        ("CV Date", 10, QUIET),
        ("CV Code", 9.5, ""),
        ("Hyperlink", 0, ACCENT),
    ):
        if name in there:
            continue
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        if name == "CV Code":
            style.font.name, style.font.size = "Consolas", Pt(size)
        elif name == "CV Date":
            style.font.bold, style.font.size = False, Pt(size)
        if colour:
            style.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour)


def _font(style: Any, size: float, colour: str) -> None:
    """Set a style's face in all scripts, size and colour; the face of a template's theme goes."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size, style.font.italic = FACE, Pt(size), False
    style.font.color.rgb = _rgb(colour)
    faces = style.element.rPr.rFonts
    for name in list(faces.attrib):
        del faces.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        faces.set(qn(f"w:{script}"), FACE)
    for name in ("w:spacing", "w:kern"):
        for element in style.element.rPr.findall(qn(name)):
            style.element.rPr.remove(element)


def _without_border(style: Any) -> None:
    from docx.oxml.ns import qn

    form = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing", "w:numPr"):
        for element in form.findall(qn(name)):
            form.remove(element)


def _underlined(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "C9D1DA")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    style.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
        "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi",
        "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
        "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
        "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
        "w:pPrChange",
    )  # fmt: skip


def _language(word: Any, code: str) -> None:
    """Say in which language the text is, for spelling and for those who listen."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = word.styles["Normal"].element.get_or_add_rPr()
    for element in properties.findall(qn("w:lang")):
        properties.remove(element)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), code)
    properties.append(language)
