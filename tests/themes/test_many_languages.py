"""Chinese, Japanese, Russian and Greek CVs by one command: their lines, texts and languages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from cvtex.latex.fonts import CLOSING, OPENING
from cvtex.toolchain.fonts import faces
from cvtex.toolchain.fonts.files import locate
from shared import ROOT, Program

pytestmark = pytest.mark.tex

ASIA = ROOT / "tests" / "tongues" / "asia.yaml"
NO_FIRST = set(
    "、。，．・：；！？」』）］｝〉》】〕”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ"
)
NO_FIRST |= set("〜～…‥%％)]},.:;!?℃")
NO_LAST = set("「『（［｛〈《【〔“‘([{￥")
"""What begins or ends no line (JIS X 4051, GB/T 15834, KS X ISO/IEC 26300)."""

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


def lines(pdf: Path) -> list[str]:
    """Return the lines of a PDF's text, without what is drawn before them."""
    read = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    return [line.strip(" •\f") for line in read.splitlines() if line.strip(" •\f")]


def test_two_pages_of_chinese_japanese_and_korean(tmp_path: Path, cvtex: Program) -> None:
    """By one command, with files named in the script, names in their order and a bold face."""
    pikepdf = pytest.importorskip("pikepdf")
    if not all(faces.face(script).path for script in ("han", "hangul")):
        pytest.skip("no font here has Chinese, Japanese and Korean")
    run = cvtex("export", "pdf", ASIA, "--language", "all", "-o", tmp_path, cwd=tmp_path)
    assert run.status == 0, run.err
    data = yaml.load(ASIA.read_text("utf-8"), yaml.BaseLoader)
    files = {"zh": "林美玲-CV-zh", "ja": "林-美玲-CV-ja", "ko": "임미령-CV-ko"}
    for code, name in files.items():
        file = tmp_path / f"{name}.pdf"
        with pikepdf.open(file) as pdf:
            assert (str(pdf.Root.Lang), len(pdf.pages)) == (code, 2)
        read = lines(file)
        assert len(read) > 50
        assert [line for line in read if line[0] in NO_FIRST or line[-1] in NO_LAST] == []
        flat = "".join("".join(read).split()).replace("•", "")
        for said in (data["basics"]["name"], data["basics"]["summary"]):
            assert "".join(said[code].split()) in flat
        for job in data["work"]:
            for bullet in job["highlights"][code]:
                assert "".join(bullet.split()) in flat
        fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
        assert locate("NotoSerifCJK-Bold.ttc") is None or re.search("CJK.*Bold", fonts.stdout)


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
