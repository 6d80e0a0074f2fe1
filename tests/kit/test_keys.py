"""docs/keys.md lists every key of every record, as the model has it now."""

from __future__ import annotations

import dataclasses
import re

import pytest

from cvtex import model
from cvtex.source.records.convert import camel
from cvtex.source.schema import reference
from shared import ROOT, Program

PAGE = (ROOT / "docs/keys.md").read_text(encoding="utf-8")


def test_the_page_is_as_the_model_has_it(cvtex: Program) -> None:
    made = cvtex("schema", "--page").out
    assert made == reference.page()
    assert made == PAGE, "run `make docs`"


def test_every_key_has_a_line_of_its_own() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", PAGE.replace("\\|", "¦"), re.M)
    assert len(rows) > 150
    for key, takes, text in rows:
        assert takes.strip() and text.strip().endswith((".", "`", "}")), key
    for link in re.findall(r"\]\(#([\w-]+)\)", PAGE):
        titles = [
            t.lower().replace(" ", "-").strip("`") for t in re.findall(r"^## (.*)$", PAGE, re.M)
        ]
        assert link in titles, link


@pytest.mark.parametrize("kind", model.KINDS.values(), ids=lambda kind: kind.name)
def test_no_field_of_a_record_lacks(kind: model.RecordKind) -> None:
    section = PAGE.partition(f"## `{kind.name}`\n")[2].partition("\n## ")[0]
    for field in dataclasses.fields(kind.typed):
        if field.init and field.name not in ("source", "unread", "id"):
            assert f"| `{camel(field.name)}` |" in section or field.name == "tags", field.name
