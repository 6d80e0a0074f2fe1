"""What the tests of a PDF's texts share."""

from __future__ import annotations

from typing import Any

import pytest

from cvtex.pdf.locate import Map
from cvtex.pipeline import finishing


@pytest.fixture
def maps(monkeypatch: pytest.MonkeyPatch) -> list[Map]:
    """The map of each PDF that is built in a test, in their order."""
    found: list[Map] = []
    finish = finishing.finish

    def kept(*given: Any) -> Any:
        done = finish(*given)
        assert done[2]
        found.append(done[2])
        return done

    monkeypatch.setattr(finishing, "finish", kept)
    return found
