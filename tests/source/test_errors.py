"""Every case of bad input says what it must, where it must."""

import pytest

import cases
from cvtex import source
from cvtex.diagnostics import CvtexError, with_excerpts

CASES = cases.cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case, tmp_path):
    path = cases.write(case, tmp_path)
    inputs, secrets = {}, ()
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


def test_enough_cases():
    assert len(CASES) >= 45
