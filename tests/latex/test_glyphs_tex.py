"""The table and the fallback fonts, in TeX: what is set reads back as it was typed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest

from cvtex.diagnostics import Source
from cvtex.latex import text
from cvtex.latex.fonts import declare
from cvtex.latex.glyphs import PDFLATEX, READS_AS, SPACES, set_glyphs
from cvtex.toolchain.fonts.choice import Choice, choose
from latex.measure_glyphs import measure, read_back

pytestmark = pytest.mark.tex


def test_pdflatex_sets_its_whole_table(tmp_path: Path) -> None:
    """In roman and sans, upright, bold and italic, of Latin Modern and TeX Gyre."""
    table = {c: way for c, way in PDFLATEX.items() if c not in SPACES}
    assert measure({c: [way] for c, way in table.items()}, READS_AS, tmp_path) == table


def test_a_thin_space_reads_as_a_space(tmp_path: Path) -> None:
    ways = {c: way for c, way in SPACES.items() if c.isspace()}
    read = read_back(ways, r"\fontfamily{lmr}", r"\mdseries", tmp_path)
    assert set(read.values()) == {(" ", " ")}


LINES = (
    "Иван Петров, Μαρία Παπαδοπούλου, Нови Сад – Ελλάς",
    "山田 太郎 and 王小明",
    "Ștefan Țepeș, Nguyễn Văn Ānanda, Đorđe Ǉ",
    "✓ done → ★ 5 ₹ m² 10³ ≤ ≥ ≈ ≡ ⇒ ⇔ ↔ ∂ ∇ ∈ ∼ ≠",
    "efficient flow, office --- don’t",
)
CHINESE = (
    "开发了一个基于深度学习的语义分割模型，用于检测叶片中的真菌区域。该模型使用Python编写，"
    "并且部署在云平台上，每天处理超过一百万个用户事件。"
)
JAPANESE = (
    "大規模言語モデルを活用して、ユーザーの検索に応じたレシピを推薦する「インテリジェント」な"
    "サービスを開発しました。データの品質も向上させました。"
)


def build(engine: str, lines: Sequence[str], folder: Path, runs: int = 1) -> tuple[str, str, str]:
    """Set lines with the fonts that `choose` takes; return both text layers and the log."""
    characters = {c: Source("data/x.yaml", 1, 1) for line in lines for c in line if c > "\x7f"}
    choice = choose(characters, engine, (engine,))
    assert isinstance(choice, Choice), choice
    for path in choice.files:
        shutil.copy(path, folder / path.name)
    body = "\n\n".join(
        (rf"QQ{i}QQ" + "\n\n" + text.literal(line) + "\n\n" + rf"\textbf{{{text.literal(line)}}}")
        for i, line in enumerate(lines)
    )
    body += (
        "\n"
        + rf"\section*{{{text.literal(lines[0])}}}\pdfbookmark{{{text.literal(lines[0])}}}{{b}}"
    )
    document = [
        r"\documentclass{article}",
        declare((), choice.fallbacks, engine),
        r"\usepackage[a4paper,margin=3cm]{geometry}\usepackage[unicode,hidelinks]{hyperref}",
        r"\pagestyle{empty}\parindent0pt\raggedright",
        r"\begin{document}",
        set_glyphs(body, engine, choice.fallbacks),
        r"\end{document}",
    ]
    (folder / "t.tex").write_text("\n".join(document), "utf-8")
    for _ in range(runs):
        subprocess.run(
            [engine, "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
            cwd=folder,
            capture_output=True,
            check=True,
        )
    done = subprocess.run(
        ["pdftotext", "-raw", "t.pdf", "-"], cwd=folder, capture_output=True, check=True
    )
    pages = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "t.pdf").pages)
    return done.stdout.decode(), pages, (folder / "t.log").read_text("utf-8", "replace")


@pytest.mark.parametrize("engine", ["xelatex", "lualatex"])
def test_scripts(engine: str, tmp_path: Path) -> None:
    """All are read back as typed; Chinese and Japanese wrap, where lines may end."""
    typed = (*LINES, CHINESE, JAPANESE)
    layer, pages, log = build(engine, typed, tmp_path, runs=2)  # bookmarks need two
    for fault in ("Missing character", "LaTeX Font Warning", "Token not allowed", "Overfull"):
        assert fault not in log
    for i, line in enumerate(typed):
        for read in (layer, pages):
            found = re.search(rf"QQ{i}QQ(.*?)(?=QQ|\Z)", read, re.S)
            assert found
            assert "".join(found[1].split()).startswith("".join((line * 2).split()))
    assert f"{LINES[0]}\n" in layer
    titles = [str(item.title) for item in pypdf.PdfReader(tmp_path / "t.pdf").outline]  # type: ignore[union-attr]
    assert titles == [LINES[0]]
    asian = layer[layer.index("QQ5QQ") :]
    lines = [line for line in asian.splitlines() if line.strip()]
    assert len([line for line in lines if len(line) > 25]) >= 6  # several lines, all filled
    assert not [line for line in lines if line[0] in "，。、」ーっゃ"]
    assert not [line for line in lines if line[-1] == "「"]
