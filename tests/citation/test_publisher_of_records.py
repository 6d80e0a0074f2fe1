"""`publisher` of JSON Resume is a journal, a conference, a school: no style loses it."""

from __future__ import annotations

import pytest

from cvtex.citation import cite, styles
from cvtex.dates import Date
from cvtex.model import Basics, PublicationRecord, PublicationSettings, Text
from cvtex.source import words
from cvtex.source.bibtex import from_record
from cvtex.source.bibtex.vocabulary import TYPE_ALIASES

TYPES = (
    "article", "book", "inproceedings", "incollection", "inbook", "thesis", "report", "misc",
    "online", "unpublished", "patent", "dataset", "software", "manual", "proceedings",
    "collection", "booklet", "video", "presentation", *TYPE_ALIASES,
)  # fmt: skip


@pytest.mark.parametrize("style", sorted(styles.names()))
def test_the_publisher_of_every_type_is_shown(style: str) -> None:
    settings, owner = PublicationSettings(style=Text(style)), Basics(name=Text("Jane Doe"))
    lost = []
    for kind in (None, *TYPES):
        record = PublicationRecord(
            name=Text("A title"),
            publisher=Text("The Holder"),
            type=Text(kind) if kind else None,
            release_date=Date(2020),
            authors=(Text("Doe, Jane"),),
        )
        line = "".join(s.text.text for s in cite(from_record(record), settings, owner, words("en")))
        if "The Holder" not in line:
            lost.append((kind, line))
    assert lost == []
