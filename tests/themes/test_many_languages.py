"""Chinese, Japanese, Russian and Greek CVs by one command: their lines, texts and languages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cvtex.latex.fonts import CLOSING, OPENING
from shared import Program

pytestmark = pytest.mark.tex

ZH = "我从事大规模数据处理系统的设计与开发，熟练掌握Python、Java和C++，**负责**过（多个）系统。"
JA = "大規模データ処理の設計に従事し、「年間最優秀賞」を受賞しました（二〇二三年）。ちょっと。"
RU = "Разрабатываю *надёжные* системы обработки данных."
EL = "Αναπτύσσω *αξιόπιστα* συστήματα επεξεργασίας δεδομένων."
SAID = {
    "zh": (ZH, "至今", "工作经历"),
    "ja": (JA, "現在", "職歴"),
    "ru": (RU, "настоящее время", "Опыт работы"),
    "el": (EL, "σήμερα", "Επαγγελματική εμπειρία"),
}


def test_each_language_reads_back(tmp_path: Path, cvtex: Program) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    summary = "".join(f"    {code}: '{text * 6}'\n" for code, (text, *_) in SAID.items())
    (tmp_path / "cv.yaml").write_text(
        f"basics:\n  name: A B\n  summary:\n{summary}"
        "work: [{name: Acme, startDate: 2019-05}]\n"
        f"meta: {{languages: [{', '.join(SAID)}], themes: {{classic: {{capitals: false}}}}}}\n",
        encoding="utf-8",
    )
    run = cvtex("build", "cv.yaml", "--language", "all", "-o", "out", cwd=tmp_path)
    assert run.status == 0, run.err
    for code, (text, present, title) in SAID.items():
        file = tmp_path / f"out/classic.{code}.pdf"
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) == code
        read = subprocess.run(
            ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
        ).stdout
        lines = [line.strip() for line in read.splitlines() if line.strip()]
        assert len(lines) > 6
        assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]
        flat = "".join(read.split())
        for said in (text.replace("*", ""), present, title):
            assert "".join(said.split()) in flat
