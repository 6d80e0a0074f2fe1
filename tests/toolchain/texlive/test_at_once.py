"""LuaLaTeX runs that share a font cache which is still empty."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cvtex import toolchain

DOCUMENT = r"""\documentclass{article}\usepackage{fontspec}
\setmainfont{lmroman10-regular.otf}[BoldFont=lmroman10-bold.otf,ItalicFont=lmroman10-italic.otf]
\newfontfamily\other{DejaVuSerif.ttf}
\begin{document} one \textbf{two} \textit{three} {\other four} \end{document}
"""


@pytest.mark.tex
def test_one_fills_the_font_cache_and_the_others_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = toolchain.find("latexmk")[0]
    if "lualatex" not in chain.engines:
        pytest.skip("there is no lualatex")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folders = [tmp_path / str(n) for n in range(3)]
    for folder in folders:
        folder.mkdir()
        (folder / "cv.tex").write_text(DOCUMENT)
    with ThreadPoolExecutor(3) as pool:
        runs = pool.map(lambda f: toolchain.compile(chain, "lualatex", f, epoch=0), folders)
        assert [(run.ok, run.reason) for run in runs] == [(True, None)] * 3
