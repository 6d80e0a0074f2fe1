"""A sample of `tests/matrix.py`: what validators and readers say, pixels, text, bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrix import DOCUMENTS, check


@pytest.mark.tex
@pytest.mark.parametrize(
    ("theme", "engine", "document"),
    [
        ("classic", "pdflatex", "graduate"),
        ("moderncv", "pdflatex", "smallest"),
        ("sidebar", "pdflatex", "designer"),
        ("europass", "xelatex", "smallest"),
        ("linear", "lualatex", "smallest"),
    ],
)
def test_the_pdf_is_what_it_claims_looks_as_plain_and_is_the_same_each_time(
    theme: str, engine: str, document: str, tmp_path: Path
) -> None:
    cell = check(theme, engine, document, DOCUMENTS[document], tmp_path)
    assert not cell.cannot
    assert cell.wrong == []
    assert cell.pages and cell.archive < cell.embedded
