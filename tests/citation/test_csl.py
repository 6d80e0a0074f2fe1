"""CSL-JSON against the names and forms that the CSL 1.0.2 specification allows.

Types and variables are those of https://docs.citationstyles.org/en/v1.0.2/specification.html,
appendices III and IV; dates and names as in "CSL-JSON" there.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from cvtex.citation.csl import TYPES, csl_json
from cvtex.source.bibtex import decode, read

ALLOWED_TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software "
    "song speech standard thesis treaty webpage"
)
NAMES = "author editor translator container-author director recipient"
DATES = "issued accessed event-date original-date"
TEXTS = (
    "id type title title-short container-title container-title-short collection-title publisher "
    "publisher-place event event-place genre medium note status language call-number DOI URL "
    "ISBN ISSN ISMN ISWC PMID PMCID archive archive_location keyword version original-title "
    "reviewed-title"
)
NUMBERS = (
    "volume issue page edition number number-of-pages number-of-volumes part chapter-number "
    "collection-number"
)
NAME_PARTS = "family given non-dropping-particle suffix literal"
TEXT = {"type": "string", "minLength": 1}
PEOPLE = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {part: {"type": "string"} for part in NAME_PARTS.split(" ")},
    },
}
DAY = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
WHEN = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "literal": TEXT,
        "season": {"type": ["string", "integer"]},
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": DAY},
    },
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys((*TEXTS.split(" "), *NUMBERS.split(" ")), TEXT),
            **dict.fromkeys(NAMES.split(" "), PEOPLE),
            **dict.fromkeys(DATES.split(" "), WHEN),
            "type": {"enum": ALLOWED_TYPES.split(" ")},
        },
    },
}


def items(bib: str) -> list[dict[str, object]]:
    """Return the items of a `.bib`."""
    publications, _ = read(bib, "a.bib")
    return csl_json(publications)


def test_an_article() -> None:
    (item,) = items(
        """@article{a, author = {van der Berg, Jan and {CERN} and King, Jr., M.}, title = {T},
        subtitle = {S}, journal = {J}, volume = 1, number = 2, pages = {3--4}, date = {2020-05-03},
        doi = {10.1/a_b}, url = {https://a.org}, keywords = {x, y}}"""
    )
    assert item == {
        "id": "a", "type": "article-journal", "title": "T: S", "container-title": "J",
        "volume": "1", "issue": "2", "page": "3–4",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"literal": "CERN"},
            {"family": "King", "given": "M.", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2020, 5, 3]]}, "DOI": "10.1/a_b", "URL": "https://a.org",
        "keyword": "x, y",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("bib", "kind"),
    [
        ("@phdthesis{a, school = {S}}", "thesis"),
        ("@talk{a, eventtitle = {E}}", "speech"),
        ("@misc{a, eprint = {2101.00001}, eprinttype = {arxiv}}", "article"),
        ("@inproceedings{a, booktitle = {B}}", "paper-conference"),
        ("@inbook{a, booktitle = {B}}", "chapter"),
        ("@nonsense{a, title = {T}}", "document"),
    ],
)
def test_types(bib: str, kind: str) -> None:
    assert items(bib)[0]["type"] == kind


def test_ids_are_unique_and_dates_may_be_words() -> None:
    found = items("@misc{, year = {in press}, title={A}}@misc{, date={2019/2020}, title={B}}")
    assert [item["id"] for item in found] == ["item-1", "item-2"]
    assert found[0]["issued"] == {"literal": "in press"}
    assert found[1]["issued"] == {"date-parts": [[2019], [2020]]}


def test_every_type_is_one_of_csls() -> None:
    assert set(TYPES.values()) <= set(ALLOWED_TYPES.split(" "))


@pytest.mark.tex
def test_all_of_tex_lives_files_are_valid() -> None:
    root = subprocess.run(
        ["kpsewhich", "-var-value=TEXMFDIST"], capture_output=True, text=True, check=False
    ).stdout.strip()
    files = sorted(Path(root).rglob("*.bib")) if root else []
    if not files:
        pytest.skip("this TeX Live has no .bib files")
    validator = Draft7Validator(SCHEMA)
    for file in files:
        text, _ = decode(file.read_bytes(), file.name)
        publications, _ = read(text, file.name)
        problems = [
            f"{'/'.join(map(str, error.path))}: {error.message}"
            for error in validator.iter_errors(csl_json(publications))
        ]
        assert problems == [], file
