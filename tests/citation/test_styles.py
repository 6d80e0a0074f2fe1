"""Each style against worked examples of its official guide, letter by letter.

`examples/<style>.txt` holds, for each, the entry and the citation as the guide
prints it (`<i>`, `<b>` as there; addresses as shown). Where it was quoted from
stands at the file's head. What a guide shows in italics or with a line break of
its own layout is as the guide's text says.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import source
from cvtex.citation import cite, find, names
from cvtex.citation.span import Span
from cvtex.citation.style import read as read_style
from cvtex.citation.styles import of as style_of
from cvtex.diagnostics import CvtexError
from cvtex.model import Basics, PublicationSettings, Text
from cvtex.source.bibtex import read

EXAMPLES = Path(__file__).parent / "examples"
NOBODY = Basics(name=Text("Nemo Nobody"))
TYPES = (
    "article inproceedings book incollection thesis report online software dataset patent "
    "unpublished misc collection proceedings inbook manual booklet periodical movie"
)


def examples() -> list[tuple[str, str, str]]:
    """Return style, entry and citation of every example."""
    found = []
    for file in sorted(EXAMPLES.glob("*.txt")):
        _, *blocks = file.read_text("utf-8").split("\n@")
        for block in blocks:
            bib, _, citation = block.partition("\n=> ")
            found.append((file.stem, "@" + bib, citation.strip()))
    return found


def shown(spans: tuple[Span, ...]) -> str:
    """Return spans with `<i>` and `<b>`, joined where they touch."""
    line = "".join(
        f"<i>{s.text.text}</i>" if s.italic else f"<b>{s.text.text}</b>" if s.bold else s.text.text
        for s in spans
    )
    return line.replace("</i><i>", "").replace("</b><b>", "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("style", "bib", "citation"), examples(), ids=lambda text: text.partition("\n")[0][:40]
)
def test_the_guides_examples(style: str, bib: str, citation: str) -> None:
    (publication,), diagnostics = read(bib, "a.bib")
    assert not diagnostics
    settings = PublicationSettings(style=Text(style))
    assert shown(cite(publication, settings, NOBODY, source.words("en"))) == citation


@pytest.mark.parametrize("style", names())
@pytest.mark.parametrize("kind", TYPES.split(" "))
def test_every_type_reads_well_however_little_is_known(style: str, kind: str) -> None:
    full = {
        "author": "Krishna, Shubham and Doe, Jane",
        "editor": "Editor, Eve",
        "title": "Why {TeX}?",
        "journaltitle": "Journal",
        "booktitle": "Proceedings",
        "publisher": "Press",
        "location": "Berlin",
        "institution": "University",
        "volume": "3",
        "number": "4",
        "pages": "10--19",
        "edition": "2",
        "date": "2020-05-03",
        "doi": "10.1000/x",
        "note": "A note",
    }
    for size in range(len(full) + 1):
        for names_of_fields in (list(full)[:size], list(full)[size:]):
            given = dict.fromkeys(["title", *names_of_fields])
            fields = ", ".join(f"{name} = {{{full[name]}}}" for name in given)
            (publication,), _ = read(f"@{kind}{{a, {fields}}}", "a.bib")
            settings = PublicationSettings(style=Text(style))
            line = "".join(
                s.text.text for s in cite(publication, settings, NOBODY, source.words("en"))
            )
            for wrong in (
                "..",
                ",,",
                " ,",
                " .",
                "  ",
                "?.",
                "( ",
                "()",
                "[]",
                ". .",
                ",.",
                ":.",
                "“”",
                "[,",
                "(,",
            ):
                assert wrong not in line.replace(". . .", "…"), line


def test_every_style_has_every_common_type() -> None:
    for name in names():
        style = find(name)
        for kind in TYPES.split(" ")[:11]:
            assert name == "plain" or style.template(kind) is not style.types["default"] or kind


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(CvtexError, match="there is no citation style harvard"):
        find("harvard")


def test_a_style_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        'title: Mine\nnames:\n  default: {first: "{family}", others: "{family}"}\n'
        'types:\n  default: "{authors} ({year}) {title}"\n'
    )
    (publication,), _ = read("@misc{a, author={A B and C D}, year=2020, title={T}}", "a.bib")
    mine = find("mine", [tmp_path])
    line = cite(publication, PublicationSettings(), NOBODY, source.words("en"), mine)
    assert shown(line) == "B, D (2020) T"


def test_a_project_has_styles_of_its_own(tmp_path: Path) -> None:
    for name, text in {
        "data/basics.yaml": "name: C D\n",
        "data/meta.yaml": "publications: {style: mine}\n",
        "bib/a.bib": "@misc{a, author={A B and C D}, title={T}}",
        "styles/mine.yaml": "title: Mine\nnames: {}\ntypes: {default: '{title} {who}'}\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    reading = source.read(source.find(tmp_path, public=True))
    assert not reading.diagnostics and reading.resume
    assert style_of(reading.resume).title == "Mine"
    (tmp_path / "styles/mine.yaml").write_text("title: [")
    broken = source.read(source.find(tmp_path, public=True)).resume
    with pytest.raises(CvtexError, match=r"styles/mine.yaml:1:8"):
        style_of(broken)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: X\nnames: {}\ntypes:\n  default: 'a [b'\n", "styles/x.yaml:4:12: error: default"),
        ("title: X\nnames: {}\ntypes: {}\n", "styles/x.yaml: error: types has no default"),
        ("title: X\ntypes: {default: a}\n", "styles/x.yaml:1:1: error: names is missing"),
        ("title: X\nnames: {default: {initials: JP}}\ntypes: {default: a}\n",
         'styles/x.yaml:2:29: error: initials "JP": initials are shown by an example'),
    ],
)  # fmt: skip
def test_a_wrong_style_says_where(text: str, message: str) -> None:
    with pytest.raises(CvtexError) as caught:
        read_style(text, "styles/x.yaml")
    assert message in str(caught.value)
