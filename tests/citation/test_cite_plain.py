"""The style `plain` on the owner's own papers: the form of the original CV."""

from pathlib import Path

import pytest

from cvtex.citation import arrange, cite
from cvtex.model import Basics, PublicationSettings, Text, Words
from cvtex.source.bibtex import read

ROOT = Path(__file__).parents[2]
BASICS = Basics(name=Text("Shubham Krishna"))
WORDS = Words(
    code="en",
    babel="english",
    months=("Jan",) * 12,
    dates={},
    sections={},
    degree=("", "", ""),
    words={"and": "and", "etAl": "et al."},
)
SETTINGS = PublicationSettings(style=Text("plain"))


def shown(
    text: str, basics: Basics = BASICS, settings: PublicationSettings = SETTINGS
) -> list[str]:
    """Return each publication as text, bold between `**`, links as `text<url>`."""
    publications, diagnostics = read(text, "bib/publications.bib")
    assert not diagnostics
    lines = []
    for publication in arrange(publications, settings):
        line = ""
        for span in cite(publication, settings, basics, WORDS):
            piece = span.text.text
            piece = f"**{piece}**" if span.bold else piece
            line += f"{piece}<{span.url}>" if span.url else piece
        lines.append(line.replace("\u00a0", " "))
    return lines


def test_the_owners_papers_as_in_the_original() -> None:
    bib = (ROOT / "bib" / "publications.bib").read_text("utf-8")
    assert shown(bib) == [
        "Schneider S*, **Krishna S***, et al. “Generalized Invariant Risk Minimization: "
        "relating adaptation and invariant representation learning.” "
        "NeurIPS pre-registration workshop, 2020. [Paper Link]",
        "**Krishna S**, Bajaj A, et al. “Learning Mobile App Embeddings using Multi-task "
        "Neural Network.” International Conference on Applications of Natural Language to "
        "Information Systems, 2019. [Paper Link]",
        "**Krishna S**, Bajaj A, et al. “RelEmb: A relevance-based application embedding for "
        "Mobile App retrieval and categorization.” Computation y Sistemas 23.3, 2019. [Paper Link]",
        "**Krishna S**, Billot R, Jullien N. “A clustering approach to infer Wikipedia "
        "contributors’ profile.” International symposium on open collaboration, 2018. [Paper Link]",
    ]


def test_a_label_gets_the_address_that_the_entry_has() -> None:
    (line,) = shown(
        "@misc{a, author={Krishna, S}, title={T}, year=2020, url={https://x.org/a_b%20c},"
        " addendum={[Paper Link]}}"
    )
    assert line.endswith("2020. [Paper Link]<https://x.org/a_b%20c>")


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Why?", "“Why?” J, 2020."), ("Stop.", "“Stop.” J, 2020."), ("Et al.", "“Et al.” J, 2020.")],
)
def test_punctuation_is_never_doubled(title: str, expected: str) -> None:
    (line,) = shown(
        f"@article{{a, author={{B, C and others}}, title={{{title}}}, journal={{J}}, year=2020}}"
    )
    assert line == f"B C, et al. {expected}"


def test_a_trailing_star_marks_equal_contribution_and_leaves_the_owner_bold() -> None:
    (line,) = shown(
        r"@misc{a, author={Krishna*, Shubham and J. Doe$^{*\dagger}$ and {The CERN*} and"
        r" Roe\textsuperscript{*}, R.}, title={T}}"
    )
    assert line == "**Krishna S***, Doe J*†, The CERN*, Roe R*. “T.”"
