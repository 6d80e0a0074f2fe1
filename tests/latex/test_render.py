"""The whole document: what `pageBreak` does to it."""

from __future__ import annotations

from pathlib import Path

import cvtex


def test_a_page_break_stands_before_the_record_or_its_section(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "basics.yaml").write_text("name: Ada Lovelace\n")
    (data / "work.yaml").write_text(
        "- {name: One, pageBreak: true}\n- {name: Two}\n- {name: Three, pageBreak: yes}\n"
    )
    lines = cvtex.render(tmp_path, engine="pdflatex").splitlines()
    breaks = [n for n, line in enumerate(lines) if line == r"\newpage"]
    assert len(breaks) == 2
    assert lines[breaks[0] + 1].startswith(r"\cvsection")
    assert lines[breaks[1] + 1] == "%% begin data/work.yaml:3"
