"""Every case of bad input says what it must, where it must."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import cases
from cases import Case
from cvtex import source
from cvtex.diagnostics import CvtexError, with_excerpts

CASES = cases.cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    path = cases.write(case, tmp_path)
    inputs: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()
    try:
        project = source.find(
            path, public=case.public, overrides=case.overrides, environ=case.environ
        )
        reading = source.read(project)
        inputs, secrets = reading.inputs, reading.secrets
        found = reading.diagnostics
    except CvtexError as stop:
        found = stop.diagnostics
    shown = cases.shown(with_excerpts(found, inputs, secrets))
    assert shown.replace(str(tmp_path), "PROJECT") == case.expected


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.name != "surrogates-in-yaml"], ids=lambda case: case.name
)
def test_case_without_the_c_parser(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML's two parsers word and place their errors each in its own way; ours are the same."""
    import yaml

    monkeypatch.delattr(yaml, "CSafeLoader")
    test_case(case, tmp_path)


def test_enough_cases() -> None:
    assert len(CASES) >= 45
