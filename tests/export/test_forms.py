"""All forms say the same: the texts that a PDF is made of are in each, and none has others."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cvtex.commands.export import document_of
from cvtex.contract.samples import samples
from cvtex.export import FORMS, docx, html, linked_data, markdown, text, vcard
from cvtex.export.document import Document, Run, plain
from cvtex.export.items import MAKERS
from cvtex.latex import printed
from cvtex.model import KINDS
from prepared import prepare
from shared import ROOT, Program

SOURCES = [*sorted(samples().glob("*.yaml")), ROOT]


class Shown(HTMLParser):
    """The text that a browser shows of a page, a space for each element that begins a line."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.hidden, self.links = "", 0, list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script", "title")
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        if tag not in ("a", "strong", "em", "code", "u", "ins"):
            self.said += " "

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "title")

    def handle_data(self, data: str) -> None:
        self.said += "" if self.hidden else data


def rendered(commonmark: str) -> str:
    """Return what CommonMark's own reader makes of a text."""
    return str(MarkdownIt("commonmark").render(commonmark))


def of_word(packed: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        xml = archive.read("word/document.xml").decode()
    xml = re.sub(r"<w:drawing>.*?</w:drawing>", "", xml, flags=re.DOTALL)
    xml = re.sub(r"<w:tab/>|<w:br/>|</w:p>", " ", xml)
    return Shown(re.sub(r"<w:(\w+)[^>]*/?>|</w:\w+>", "", xml)).said


def forms(document: Document) -> dict[str, str]:
    """Return what each form shows of a CV."""
    return {
        "text": text.write(document),
        "markdown": Shown(rendered(markdown.write(document))).said,
        "html": Shown(html.write(document)).said,
        "docx": of_word(docx.write(document)),
    }


def squeezed(value: str) -> str:
    return re.sub(r"\W+", "", value).casefold()


def words(value: str) -> set[str]:
    return {word for word in map(squeezed, value.split()) if word}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_form_says_what_the_pdf_says(path: Path) -> None:
    """`printed` is what each PDF is read back against before it is published."""
    prepared = prepare(path)
    groups = printed.groups(prepared.resume, prepared.contents, prepared.set_by)
    values = [value for group in groups for value in group.values]
    assert values
    for name, said in forms(document_of(prepared)).items():
        whole = squeezed(said)
        lost = [
            value.text
            for value in values
            if not any(all(squeezed(part) in whole for part in way) for way in value.ways)
        ]
        assert lost == [], name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_form_says_more_than_another(path: Path) -> None:
    """But for the addresses that plain text writes out, and the numbers that a list counts."""
    document = document_of(prepare(path))
    said = forms(document)
    shown = said.pop("text")
    links = {squeezed(link) for link in Shown(html.write(document)).links}
    numbered = {word for word in words(shown) if re.fullmatch(r"\d{1,3}", word)}
    first = words(said["html"]) - numbered
    for name, other in said.items():
        assert words(other) - numbered == first, name

    def is_link(word: str) -> bool:
        return any(word in link for link in links)

    assert first - words(shown) == set()
    assert {word for word in words(shown) - first - numbered if not is_link(word)} == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_links_are_the_same(path: Path) -> None:
    document = document_of(prepare(path))
    page = Shown(html.write(document)).links
    assert Shown(rendered(markdown.write(document))).links == page
    with zipfile.ZipFile(io.BytesIO(docx.write(document))) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert {link.replace("&", "&amp;") for link in page} == set(
        re.findall(r'Target="([^"]+)" TargetMode="External"', relations)
    )


def test_every_kind_of_record_has_its_function() -> None:
    assert MAKERS.keys() == KINDS.keys() - {"publications"}


LETTERS = st.text(st.sampled_from("ab* _`\\[]<>&#+-.1)!~$|=(:'é\n"), min_size=1, max_size=14)
STYLED = st.builds(
    Run,
    LETTERS.map(lambda t: " ".join(t.split())).filter(str.strip),
    strong=st.booleans(),
    emphasis=st.booleans(),
    code=st.booleans(),
    url=st.sampled_from(["", "https://example.org/a_(b)*"]),
)


@example((Run("!"), Run("1", url="https://example.org")))
@example((Run("## two"),))
@example((Run("1", url="https://example.org"), Run("]:", code=True, url="https://example.org")))
@given(st.lists(STYLED, min_size=1, max_size=4).map(tuple))
def test_any_text_reads_the_same_in_markdown(runs: tuple[Run, ...]) -> None:
    said = Shown(rendered(markdown.inline(runs))).said
    assert re.sub(r"\s", "", said) == re.sub(r"\s", "", plain(runs))


@given(st.lists(STYLED, min_size=1, max_size=4).map(tuple))
def test_any_text_reads_the_same_in_html(runs: tuple[Run, ...]) -> None:
    assert Shown(html.inline(runs)).said == plain(runs)


def test_two_lists_stay_two() -> None:
    listing = markdown._joined(["- a\n- b", "- c", "text", "- d"])
    assert rendered(listing).count("<ul>") == 3


def test_linked_data_ends_no_script() -> None:
    document = document_of(prepare(samples() / "full.yaml"))
    import dataclasses

    wild = dataclasses.replace(document, name="</script><script>alert(1)</script>")
    script = linked_data.script(wild)
    assert "<" not in script
    assert json.loads(script)["name"] == wild.name
    assert html.write(wild).count("<script") == 1
    person = linked_data.person(document)
    assert (person["@type"], person["telephone"]) == ("Person", "+49 30 23125 000")
    assert [one["roleName"] for one in person["hasOccupation"]][:2] == [
        "Head of Software", "Senior Engineer",
    ]  # fmt: skip


def test_a_vcard_is_folded_and_escaped() -> None:
    card = vcard.write(document_of(prepare(samples() / "full.yaml")))
    lines = card.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert (lines[0], lines[-2]) == ("BEGIN:VCARD", "END:VCARD")
    unfolded = card.replace("\r\n ", "")
    assert "TEL;TYPE=VOICE:+49 30 23125 000\r\n" in unfolded
    assert r"ADR:;;;Musterstraße 12\, 10115 Berlin" in unfolded
    assert not re.search(r"^URL:.*\\", unfolded, re.MULTILINE)  # an address is no text


def styles(packed: bytes) -> list[tuple[str, str]]:
    import docx as word

    return [
        (p.style.name or "" if p.style else "", p.text)
        for p in word.Document(io.BytesIO(packed)).paragraphs
    ]


def test_word_has_styles_lists_and_tabs_and_no_table() -> None:
    import docx as word

    packed = docx.write(document_of(prepare(samples() / "full.yaml")))
    assert packed == docx.write(document_of(prepare(samples() / "full.yaml")))
    made = word.Document(io.BytesIO(packed))
    assert made.tables == []
    found = styles(packed)
    assert ("Title", "Zoë Ångström-O’Neill") in found
    assert ("Heading 1", "Experience") in found
    assert ("Heading 2", "Institute of Standards\tDec 2021 – Present") in found
    assert ("Heading 3", "Senior Engineer\tJun 2018 – Nov 2021") in found
    assert ("List Bullet", "its clocks.") in found
    nested = next(p for p in made.paragraphs if p.text.startswith("at three levels"))
    properties: Any = nested._p.pPr  # what is in the XML, which the types do not know
    assert properties.numPr.ilvl.val == 2
    assert made.styles["Heading 2"].paragraph_format.tab_stops[0].position > 5_000_000
    assert made.core_properties.language == "en"


def test_word_takes_the_page_and_the_styles_of_a_template() -> None:
    import docx as word
    from docx.shared import Mm, Pt

    own = word.Document()
    own.add_paragraph("not to be taken")
    own.sections[0].page_width = Mm(150)
    own.styles["Heading 1"].font.size = Pt(31)
    assert not len(own.styles["Heading 2"].paragraph_format.tab_stops)
    kept = io.BytesIO()
    own.save(kept)
    packed = docx.write(document_of(prepare(samples() / "full.yaml")), kept.getvalue())
    made = word.Document(io.BytesIO(packed))
    assert made.sections[0].page_width == own.sections[0].page_width
    assert made.styles["Heading 1"].font.size == Pt(31)
    stops = made.styles["Heading 2"].paragraph_format.tab_stops  # or dates stand at the title
    section = made.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    assert [round(stop.position / 1000) for stop in stops] == [round(width / 1000)]
    assert "not to be taken" not in [p.text for p in made.paragraphs]
    assert ("CV Subtitle", "Head of Software\tGeneva, Switzerland") in styles(packed)


def test_the_commands(cvtex: Program, tmp_path: Path) -> None:
    folder = samples()
    for name, form in FORMS.items():
        done = cvtex("export", name, folder / "full.yaml", "-o", "out/")
        assert done.status == 0, done.err
        [path] = done.out.splitlines()
        assert path.endswith(form.ending)
        if name != "docx":  # which is no text
            piped = cvtex("export", name, folder / "full.yaml", "-o", "-")
            assert piped.out.encode() == (tmp_path / path).read_bytes()
    german = cvtex("export", "text", folder / "full.yaml", "--language", "de", "-o", "-").out
    assert "Dez. 2021 – heute" in german


def test_what_is_the_users_own_is_not_written_over(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "my.bib").write_text("@book{a, title={Mine}}")
    done = cvtex("export", "bib", samples() / "full.yaml", "-o", "my.bib")
    assert (done.status, "nothing is written over your data" in done.err) == (2, True)
    assert (tmp_path / "my.bib").read_text() == "@book{a, title={Mine}}"
    for _ in range(2):  # its own it may write again
        assert cvtex("export", "bib", samples() / "full.yaml", "-o", "its.bib").status == 0
    (tmp_path / "no.docx").write_text("no Word")
    done = cvtex("export", "docx", samples() / "full.yaml", "--template", "no.docx")
    assert (done.status, "error: the template no.docx is no Word document" in done.err) == (
        1,
        True,
    )


def test_publications_are_those_that_are_printed(cvtex: Program) -> None:
    data: list[dict[str, Any]] = json.loads(cvtex("export", "csl-json", ROOT, "-o", "-").out)
    assert [one["type"] for one in data] == ["paper-conference"] * 2 + [
        "article-journal",
        "paper-conference",
    ]


@pytest.mark.tex
def test_pictures_and_the_site(project: Path, cvtex: Program, tmp_path: Path) -> None:
    done = cvtex("export", "png", project, "--dpi", "50", "-o", "pages/")
    assert done.status == 0, done.err
    files = [tmp_path / line for line in done.out.splitlines()]
    assert [file.name[-6:] for file in files] == ["-1.png", "-2.png"]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files)
    assert "there is no page 9" in cvtex("export", "png", project, "--only", "9").err
    done = cvtex("export", "html", project, "--site", "site")
    assert (done.status, done.out) == (0, "site/index.html\n"), done.err
    site = tmp_path / "site"
    page = (site / "index.html").read_text()
    for file in site.iterdir():
        assert file.name == "index.html" or f'"{file.name}"' in page
    assert {file.suffix for file in site.iterdir()} == {".html", ".pdf", ".vcf", ".png"}
