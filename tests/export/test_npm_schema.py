"""The exported JSON Resume by the standard's own schema, as npm has it (`make standard`)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from matrix import DOCUMENTS
from shared import Program

SCHEMA = os.environ.get("CVTEX_RESUME_SCHEMA", "")


@pytest.mark.skipif(not SCHEMA, reason="make standard brings the schema")
@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_the_export_is_valid_by_the_standards_own_schema(
    document: str, tmp_path: Path, cvtex: Program
) -> None:
    schema = json.loads(Path(SCHEMA).read_text())
    target = tmp_path / "resume.json"
    run = cvtex("export", "json-resume", DOCUMENTS[document], "-o", target)
    assert run.status == 0, run.err
    checker = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    assert [e.message for e in checker.iter_errors(json.loads(target.read_text()))] == []
