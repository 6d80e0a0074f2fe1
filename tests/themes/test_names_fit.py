"""A long name shrinks before it breaks, in every theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex.latex import themes
from cvtex.pdf import readback

NAME = "Annika Maria Löwenstein-Großmann"


@pytest.mark.tex
def test_a_long_name_takes_one_line(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = tmp_path / "cv.yaml"
    data.write_text(
        f"basics: {{name: {NAME}, email: a@example.org}}\n"
        "work: [{name: Employer, position: Position, startDate: 2020}]\n",
        encoding="utf-8",
    )
    names = [*themes.themes(None)]
    chosen = [word for name in names for word in ("--theme", name)]
    done = cvtex("build", data, *chosen, "-o", f"{tmp_path}/out/")
    assert done.status == 0, done.err
    for name in names:
        page = readback.read(tmp_path / "out" / f"{name}.pdf")[0]
        said = [word for word in page.words if word.text in NAME.split() and word.size > 11]
        assert [word.text for word in said[:3]] == NAME.split(), (name, page.words[:6])
        assert len({round(word.y) for word in said[:3]}) == 1, (name, said)
        right = {"sidebar": 60, "banner": 0}.get(name, 0) * 72 / 25.4
        assert said[0].x >= right, (name, said)
        assert max(word.end for word in said) < page.width - 20, (name, said)
