"""Styles of the Citation Style Language through citeproc-py, and what is put right in them.

The styles are the one that citeproc-py brings, and one of our own.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from cvtex import source
from cvtex.citation import Span, catalogue, cite, find, styles
from cvtex.diagnostics import CvtexError, Severity
from cvtex.model import Basics, Publication, PublicationSettings, Rich, Text
from cvtex.source.bibtex import read

WORDS = source.words("en")
ME = Basics(name=Text("Shubham Krishna"))
SHIPPED = "csl:harvard-cite-them-right"

OWN = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"
       default-locale="en-US" page-range-format="minimal-two">
  <info><title>Own</title><id>own</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography et-al-min="4" et-al-use-first="3">
    <layout suffix=".">
      <text variable="citation-number" prefix="[" suffix="]"/>
      <names variable="author">
        <name initialize="false" initialize-with=". " name-as-sort-order="first" and="text"/>
      </names>
      <text variable="title" prefix=". " suffix="," text-case="sentence" quotes="true"/>
      <text variable="container-title" font-style="italic" prefix=" "/>
      <text variable="volume" font-weight="bold" prefix=" "/>
      <text variable="page" prefix=": "/>
      <text variable="DOI" prefix=". doi:"/>
    </layout>
  </bibliography>
</style>
"""


def entry(text: str) -> Publication:
    """Return the one entry of a `.bib`."""
    (found,), problems = read(text, "x.bib")
    assert not problems
    return found


PAPER = entry(
    r"""@article{a, author={Schneider, Steffen and Krishna, Shubham K. and Eck, Luisa},
    author+an={1=equal; 2=equal}, title={Risk of {Gaussian} Things}, year=2020,
    journal={Journal of Odd Things \& More}, volume=3, pages={121--128}, doi={10.1000/a_b%c},
    codeurl={https://example.org/code}}"""
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a project's folder of styles with a CSL file in it."""
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "own.csl").write_text(OWN, "utf-8")
    return folder


def shown(spans: tuple[Span, ...]) -> str:
    """Return a citation with `**bold**` and `_italic_`."""
    pieces = []
    for span in spans:
        mark = "**" * span.bold + "_" * span.italic
        pieces.append(mark + span.text.text + mark[::-1])
    return "".join(pieces).replace("\u00a0", " ")


def cited(
    publication: Publication, name: str, folder: Path | None = None, **settings: object
) -> tuple[Span, ...]:
    """Return a publication in a CSL style."""
    chosen = find(name, (folder,) if folder else ())
    return cite(publication, PublicationSettings(**settings), ME, WORDS, chosen)  # type: ignore[arg-type]


def test_the_style_that_citeproc_brings() -> None:
    paper = cited(PAPER, SHIPPED)
    assert shown(paper) == (
        "Schneider*, S., **Krishna*, S.K.** and Eck, L. (2020) “Risk of Gaussian Things,” "
        "_Journal of Odd Things & More_, 3, pp. 121–128. "
        "Available at: https://doi.org/10.1000/a_b%c. [Code]"
    )
    assert {span.url for span in paper if span.url} == {
        "https://doi.org/10.1000/a_b%25c",
        "https://example.org/code",
    }


@pytest.mark.parametrize("name", ["csl:styles/own.csl", "csl:own"])
def test_a_style_of_the_project(own: Path, name: str) -> None:
    """Full given names, MLA's page ranges, no number, stops within the quotation marks."""
    assert shown(cited(PAPER, name, own)) == (
        "Schneider*, Steffen, **Shubham K. Krishna***, and Luisa Eck. "
        "“Risk of Gaussian things,” _Journal of Odd Things & More_ **3**: 121–28. "
        "doi:10.1000/a_b%c. [Code]"
    )


def test_owner_underlined_or_plain(own: Path) -> None:
    spans = cited(PAPER, "csl:own", own, owner="underline")
    assert [span.text.text for span in spans if span.underline] == ["Shubham K. Krishna*"]
    plain = cited(PAPER, "csl:own", own, owner="plain")
    assert [span.text.text for span in plain if span.bold or span.underline] == ["3"]


def test_family_names_in_capitals(own: Path) -> None:
    """In citeproc-py 0.11 most cases of a part of a name end in an AttributeError."""
    part = '<name><name-part name="family" text-case="{}"/></name>'
    for case, family in (("capitalize-first", "Krishna"), ("uppercase", "KRISHNA")):
        text = OWN.replace(OWN[OWN.index("<name ") : OWN.index("</names>")], part.format(case))
        (own / f"{case}.csl").write_text(text, "utf-8")
        assert f"**Shubham K. {family}***" in shown(cited(PAPER, f"csl:{case}", own))


def test_and_others(own: Path) -> None:
    paper = entry("@misc{a, author={Krishna, S. and Ada Byron and others}, title={Why?}}")
    assert shown(cited(paper, "csl:own", own)) == "**Krishna, S.**, Ada Byron, et al. “Why?”"
    assert "**Krishna, S.**, Byron, A. et al." in shown(cited(paper, SHIPPED))


def test_owner_is_never_hidden(own: Path) -> None:
    names = "A, Ann and B, Bob and C, Cy and D, Di and Krishna, Shubham and F, Flo"
    paper = entry(f"@misc{{a, author={{{names}}}, title={{T}}}}")
    assert shown(cited(paper, "csl:own", own)) == "A, Ann, …, **Shubham Krishna**, et al. “T.”"
    few = cited(paper, "csl:own", own, max_authors=2)
    assert shown(few) == "A, Ann, Bob B, …, **Shubham Krishna**, et al. “T.”"
    assert shown(cited(paper, SHIPPED)).startswith("A, A., …, **Krishna, S.** et al. ")
    (own / "one.csl").write_text(
        OWN.replace('min="4"', 'min="2"').replace('first="3"', 'first="1"')
    )
    two = entry("@misc{a, author={A, Ann and Krishna, S.}, title={T}}")
    assert shown(cited(two, "csl:one", own)) == "A, Ann and **S. Krishna**. “T.”"


def test_tex_of_a_title_is_kept() -> None:
    paper = entry(r"@article{a, author={Eck, L.}, title={On $x^2$ \emph{again}}, journal={J}}")
    assert paper.title in [span.text for span in cited(paper, SHIPPED)]


def test_letters_that_stand_for_marks_do_no_harm() -> None:
    title = Rich("A \ue003 <i>b</i> \ue008 & c")
    paper = dataclasses.replace(entry("@misc{a, author={Eck, L.}, title={A}}"), title=title)
    line = shown(cited(paper, SHIPPED))
    assert "<i>b</i>" in line
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in line)


def test_language_of_the_cv(tmp_path: Path) -> None:
    chosen = find(SHIPPED)
    spans = cite(PAPER, PublicationSettings(), ME, source.words("de"), chosen)
    assert "**Krishna*, S.K.** und Eck, L." in shown(spans)


def test_a_list_has_its_own_numbers(own: Path) -> None:
    settings = PublicationSettings(style=Text("csl:own"), numbering="up")
    listed = catalogue([PAPER, PAPER], settings, ME, WORDS, find("csl:own", (own,)))
    assert [item.label for item in listed.groups[0].items] == ["1", "2"]
    assert "[1]" not in shown(listed.groups[0].items[0].spans)
    assert listed.legend


def project(folder: Path, name: str) -> source.Reading:
    """Return a project that asks for a style."""
    (folder / "data").mkdir()
    (folder / "data/basics.yaml").write_text("name: Shubham Krishna\n")
    (folder / "data/meta.yaml").write_text(f"publications:\n  style: {name}\n")
    return source.read(source.find(folder, public=True))


def test_a_project_is_told_that_it_is_approximate(own: Path) -> None:
    reading = project(own.parent, "csl:styles/own.csl")
    (told,) = reading.diagnostics
    assert (told.severity, told.message) == (
        Severity.NOTE,
        "csl:styles/own.csl is approximate",
    )
    assert told.source and (told.source.file, told.source.line) == ("data/meta.yaml", 2)
    assert reading.resume
    assert isinstance(styles.of(reading.resume), type(find("csl:own", (own,))))
    assert "styles/own.csl" in reading.inputs


def test_a_style_that_is_missing(tmp_path: Path) -> None:
    reading = project(tmp_path, "csl:styles/none.csl")
    assert reading.resume
    with pytest.raises(CvtexError, match="no CSL style styles/none") as caught:
        styles.of(reading.resume)
    (told,) = caught.value.diagnostics
    assert told.source and (told.source.file, told.source.line) == ("data/meta.yaml", 2)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    reading = project(tmp_path, SHIPPED)
    assert reading.resume
    with pytest.raises(CvtexError) as caught:
        styles.of(reading.resume)
    (told,) = caught.value.diagnostics
    assert told.message == "the style csl:harvard-cite-them-right needs citeproc-py"
    assert told.hint == "pip install 'cvtex[csl]'"
    assert told.source and (told.source.file, told.source.line) == ("data/meta.yaml", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<style", "this is no CSL style"),
        ("<html/>", "is no CSL style"),
        (OWN.replace("bibliography", "x"), "has no bibliography"),
        (OWN.replace('macro="', "").replace("<text variable=", "<text macro="), "cannot set a"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/hostname">]><style>&e;</style>', "is no CSL style"),
    ],
)
def test_a_wrong_file_is_an_error(own: Path, text: str, message: str) -> None:
    (own / "own.csl").write_text(text, "utf-8")
    with pytest.raises(CvtexError, match=message):
        cited(PAPER, "csl:own", own)


def test_titles_say_the_language_that_they_are_in(own: Path) -> None:
    """Whatever capitals the style gives them."""
    work = entry("@inproceedings{a, author={Ada Lovelace}, title={Lehrbuch Der Maschinen}, "
                 "booktitle={Akten}, langid={ngerman}, year=2020}")  # fmt: skip
    said = [(span.text.text, span.language) for span in cited(work, "csl:own", own)]
    assert [pair for pair in said if pair[1]] == [("Lehrbuch der maschinen", "de"), ("Akten", "de")]
    assert not any(span.language for span in cited(PAPER, "csl:own", own))
