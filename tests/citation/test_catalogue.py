"""What scholars ask of a list: the owner, cuts, marks, groups, numbers, counts."""

from __future__ import annotations

import pytest

from cvtex import source
from cvtex.citation import Catalogue, arrange, catalogue
from cvtex.model import (
    Basics,
    Date,
    PublicationGroup,
    PublicationMetrics,
    PublicationSettings,
    Text,
)
from cvtex.source.bibtex import read
from cvtex.source.bibtex.owner import owners

WORDS = source.words("en")


def person(name: str, *aliases: str) -> Basics:
    """Return the owner of a CV."""
    return Basics(name=Text(name), aliases=tuple(Text(alias) for alias in aliases))


@pytest.mark.parametrize(
    ("name", "typed", "same"),
    [
        ("Shubham Krishna", "Krishna, S.", True),
        ("Shubham Krishna", "Krishna, S", True),
        ("Shubham Krishna", "S. Krishna", True),
        ("Shubham Krishna", "Krishna S", True),
        ("Shubham Krishna", "Shubham Krishna", True),
        ("Shubham Krishna", "Krishna*, Shubham", True),
        ("Shubham Krishna", "Krishna, Shubham K.", True),
        ("Shubham Krishna", "{Krishna}, {Shubham}", True),
        ("Krishna, Shubham", "S. Krishna", True),
        ("Shubham Krishna", "Krishna, Sanjay", False),
        ("Shubham Krishna", "Krishna, A.", False),
        ("Shubham Krishna", "Krishnan, S.", False),
        ("Shubham Krishna", "Krishna", False),
        ("Shubham Krishna", "{Krishna Group}", False),
        ("Shubham Kumar Krishna", "Krishna, SK", True),
        ("Shubham Kumar Krishna", "Krishna, S. P.", False),
        ("Shubham Kumar Krishna", "Krishna, Shubham", True),
        ("Erdős Pál", "Erd\\H{o}s, P.", False),
        ("Pál Erdős", "Erd\\H{o}s, P.", True),
        ("Pál Erdős", "Erdos, Pal", True),
        ("Jürgen Müller", "Mueller, J.", True),
        ("Jürgen Müller", "M{\\\"u}ller, J{\\\"u}rgen", True),
        ("Jean-Luc Picard", "Picard, J.-L.", True),
        ("Jean-Luc Picard", "Picard, Jean Luc", True),
        ("Jean-Luc Picard", "Picard, JL", True),
        ("Jean-Luc Picard", "Picard, J.-M.", False),
        ("Ludwig van Beethoven", "van Beethoven, L.", True),
        ("Ludwig van Beethoven", "Beethoven, Ludwig van", True),
        ("Gabriel García Márquez", "García Márquez, G.", True),
        ("Conan O'Brien", "O'Brien, C.", True),
        ("Lee Kim", "Lee, Kim", False),
        ("Martin Luther King", "King, Jr., Martin Luther", True),
    ],
)  # fmt: skip
def test_the_owner_under_all_spellings_and_never_a_namesake(
    name: str, typed: str, same: bool
) -> None:
    (publication,), _ = read(f"@misc{{a, author = {{{typed}}}}}", "a.bib")
    assert bool(owners(publication.authors, person(name))) == same


def test_aliases_and_the_mark_me() -> None:
    (publication,), _ = read(
        "@misc{a, author = {Doe, Jane and Old, Jane and Doe, John}, author+an = {}}", "a.bib"
    )
    assert owners(publication.authors, person("Jane Doe", "Jane Old")) == {0, 1}
    (publication,), _ = read(
        "@misc{a, author = {Doe, J. and Doe, J.}, author+an = {2=me}}", "a.bib"
    )
    assert owners(publication.authors, person("Jane Doe")) == {1}


BIB = """
@article{a, author = {A, B and C, D and E, F and Krishna, S and G, H}, title = {Art},
  journal = {J}, year = 2019, keywords = {ml}, selected = {true}}
@inproceedings{b, author = {Krishna, S*}, title = {Talked}, booktitle = {C}, date = {2021-05}}
@misc{c, author = {Krishna, S and A, B}, title = {Draft}, note = {under review}, date = {2021-06}}
@article{d, author = {Krishna, S}, title = {Coming}, journal = {J}, pubstate = {inpress}}
@online{e, author = {Krishna, S}, title = {Pre}, eprint = {2101.00001}, eprinttype = {arxiv},
  date = {2021}, keywords = {ml, nlp}}
"""
OWNER = person("Shubham Krishna")


def listed(**settings: object) -> Catalogue:
    """Return the list of `BIB` as the settings ask for it."""
    publications, diagnostics = read(BIB, "a.bib")
    assert not diagnostics
    settings = {"style": Text("plain"), **settings}
    return catalogue(publications, PublicationSettings(**settings), OWNER, WORDS)  # type: ignore[arg-type]


def keys(found: Catalogue) -> dict[str, str]:
    """Return the keys of each group, with their numbers."""
    return {
        group.title: " ".join(item.label + item.publication.key for item in group.items)
        for group in found.groups
    }


def line(found: Catalogue, key: str) -> str:
    """Return how an entry is set, the owner between `**`, underlined between `__`."""
    (item,) = [i for g in found.groups for i in g.items if i.publication.key == key]
    return "".join(
        f"**{s.text.text}**" if s.bold else f"__{s.text.text}__" if s.underline else s.text.text
        for s in item.spans
    ).replace("\u00a0", " ")


def test_newest_first_and_what_has_no_date_before() -> None:
    assert keys(listed()) == {"": "d c b e a"}


def test_a_cut_list_never_hides_the_owner() -> None:
    assert line(listed(max_authors=2), "a").startswith("A B, C D, …, **Krishna S**, et al. “Art.”")
    assert line(listed(max_authors=1), "c").startswith("**Krishna S**, et al. “Draft.”")
    assert line(listed(max_authors=5), "a").startswith("A B, C D, E F, **Krishna S**, G H. ")


def test_how_many_others_there_are() -> None:
    found = listed(max_authors=1, count_others=True)
    assert line(found, "a").startswith("A B, …, **Krishna S**, and 3 others. ")
    assert line(found, "c").startswith("**Krishna S**, et al. ")


def test_how_the_owner_is_shown() -> None:
    assert line(listed(owner="underline"), "d").startswith("__Krishna S__. ")
    assert line(listed(owner="plain"), "d").startswith("Krishna S. ")


def test_groups() -> None:
    assert keys(listed(group_by="type")) == {
        "Journal articles": "d a", "Conference papers": "b", "Preprints": "e",
        "Other publications": "c",
    }  # fmt: skip
    assert keys(listed(group_by="year")) == {"In press": "d", "2021": "c b e", "2019": "a"}
    assert keys(listed(group_by="status")) == {
        "Published": "b a", "In press": "d", "Submitted": "c", "Preprints": "e",
    }  # fmt: skip
    assert keys(listed(group_by="keyword")) == {
        "ml": "e a", "nlp": "e", "Other publications": "d c b",
    }  # fmt: skip


def test_lists_of_ones_own() -> None:
    groups = (
        PublicationGroup(title=Text("Selected"), selected=True, prefix=Text("S")),
        PublicationGroup(title=Text("Machine learning"), keywords=(Text("ml"),), prefix=Text("M")),
    )
    assert keys(listed(groups=groups, numbering="up", number_groups=True)) == {
        "Selected": "S1a", "Machine learning": "M1e M2a", "Other publications": "1d 2c 3b",
    }  # fmt: skip


def test_numbers() -> None:
    assert keys(listed(numbering="up")) == {"": "1d 2c 3b 4e 5a"}
    assert keys(listed(numbering="down")) == {"": "5d 4c 3b 2e 1a"}
    assert keys(listed(numbering="down", group_by="year"))["2021"] == "4c 3b 2e"
    assert keys(listed(numbering="down", group_by="year", number_groups=True))["2021"] == "3c 2b 1e"


def test_selected_and_keywords() -> None:
    assert keys(listed(selected=True)) == {"": "a"}
    assert keys(listed(keywords=(Text("nlp"),))) == {"": "e"}


def test_marks_from_the_settings_and_the_legend() -> None:
    found = listed(marks={"c": {"equal": (1, 2), "corresponding": (2,)}})
    assert line(found, "c").startswith("**Krishna S***, A B*‡. ")
    assert [s.text.text for s in found.legend] == ["* equal contribution, ‡ corresponding author"]
    assert listed(legend=False).legend == ()
    found = listed(signs={"equal": Text("=")}, stars="equal")
    assert line(found, "b").startswith("**Krishna S**=. ")
    assert "= equal contribution" in found.legend[0].text.text


def test_counts_are_data_with_a_date() -> None:
    metrics = PublicationMetrics(
        citations=345, h_index=12, provider=Text("Google Scholar"), date=Date(2026, 5)
    )
    (span,) = listed(metrics=metrics).metrics
    assert span.text.text == "h-index 12, 345 citations (Google Scholar, May 2026)"
    (span,) = listed(metrics=PublicationMetrics(i10_index=9, citations=20)).metrics
    assert span.text.text == "i10-index 9, 20 citations"
    assert listed(metrics=PublicationMetrics(provider=Text("Google Scholar"))).metrics == ()


def test_a_star_behind_an_initial_takes_no_second_stop() -> None:
    found = listed(style=Text("apa"))
    assert line(found, "b").startswith("**Krishna, S.*** (2021).")


def test_another_language() -> None:
    publications, _ = read(
        "@inproceedings{a, author={A, B and C, D}, editor={E, F}, title={T}, booktitle={B},"
        " pages={1--9}, year=2020}\n@collection{b, editor={E, F and G, H}, title={U}}"
        "@phdthesis{c, author={A, B}, title={V}, school={W}, year=2019}",
        "a.bib",
    )
    found = catalogue(
        publications,
        PublicationSettings(style=Text("plain"), group_by="type"),
        OWNER,
        source.words("de"),
    )
    assert [group.title for group in found.groups] == [
        "Konferenzbeiträge", "Bücher", "Abschlussarbeiten",
    ]  # fmt: skip
    assert [line(found, key) for key in "abc"] == [
        "A B, C D. „T“. B, 2020, S. 1–9.",
        "E F, G H, Hrsg. „U“.",
        "A B. „V“. Dissertation, W, 2019.",
    ]


def test_arranging_is_stable() -> None:
    publications, _ = read("".join(f"@misc{{k{i}, year=2020}}" for i in range(9)), "a.bib")
    assert arrange(publications, PublicationSettings()) == publications
