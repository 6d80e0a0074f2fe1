"""All four engines, really run: success, faults of documents and machines, same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from cvtex.diagnostics import Severity
from cvtex.toolchain import Job, Limits, Outcome, Toolchain
from cvtex.toolchain.outcome import count_pages
from cvtex.toolchain.texlive import latexmk

pytestmark = pytest.mark.tex

ENGINES = ("pdflatex", "xelatex", "lualatex", "tectonic")
by_engine = pytest.mark.parametrize("engine", ENGINES)
Compile = Callable[..., Outcome]

HEAD = "\\documentclass{article}\n\\begin{document}\n"
END = "\n\\end{document}\n"
GOOD = (
    "\\documentclass{article}\n\\usepackage{hyperref}\n"
    "\\ifdefined\\directlua\\pdfvariable trailerid{[<00><00>]}\\fi\n\\begin{document}\n"
    "\\section{One}\\label{a}See page \\pageref{b}, \\today.\\newpage\n"
    "\\section{Two}\\label{b}See page \\pageref{a}." + END
)


def errors(outcome: Outcome) -> list[tuple[int | None, str]]:
    return [(m.line, m.near) for m in outcome.messages if m.severity is Severity.ERROR]


@by_engine
def test_a_good_document(engine: str, tex: Compile, tmp_path: Path) -> None:
    """References resolve, the environment's date counts, and both passes give the same."""
    steps = [tex(engine, GOOD), tex(engine, GOOD)]
    for outcome in steps:
        assert outcome.ok, (outcome.reason, outcome.messages)
        assert outcome.messages == ()
        assert outcome.pages == 2
        assert outcome.pdf == tmp_path / engine / "cv.pdf"
        data = outcome.pdf.read_bytes()
        assert count_pages(data) == 2
        pages = pypdf.PdfReader(outcome.pdf).pages
        assert "See page 2, November 14, 2023." in pages[0].extract_text()
        assert str(tmp_path / engine / "cv.tex") in outcome.reads
        assert all(Path(file).is_file() for file in outcome.reads)
        assert str(tmp_path / engine / "cv.aux") not in outcome.reads
    other = tex(engine, GOOD, folder=tmp_path / "elsewhere" / engine)
    assert other.pdf and other.pdf.read_bytes() == data


@by_engine
def test_the_caller_s_surroundings_change_nothing(
    engine: str, tex: Compile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tex(engine, GOOD)
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "article.cls").write_text("\\errmessage{trapped}")
    (trap / ".latexmkrc").write_text("system('touch caught');")
    folder = tmp_path / "again" / engine
    folder.mkdir(parents=True)
    for name in ("latexmkrc", ".latexmkrc"):
        (folder / name).write_text(f"system('touch {tmp_path}/caught'); $pdflatex = 'false';")
    for name, value in {
        "TEXINPUTS": f"{trap}//:",
        "HOME": str(trap),
        "TZ": "Asia/Tokyo",
        "LC_ALL": "tr_TR.UTF-8",
        "SOURCE_DATE_EPOCH": "1",
        "max_print_line": "20",
        "openin_any": "a",
        "TEXMFCNF": str(trap),
        "BIBINPUTS": "",
    }.items():
        monkeypatch.setenv(name, value)
    after = tex(engine, GOOD, folder=folder)
    assert after.ok, (after.reason, after.messages)
    assert not (tmp_path / "caught").exists()
    assert before.pdf and after.pdf
    assert after.pdf.read_bytes() == before.pdf.read_bytes()


@by_engine
def test_faults_are_told_with_their_lines(engine: str, tex: Compile, tmp_path: Path) -> None:
    outcome = tex(engine, HEAD + "a \\foo\n\nb \\baz{} & c" + END)
    assert not outcome.ok
    assert outcome.reason is None
    assert errors(outcome) == [(3, "\\foo"), (5, "\\baz"), (5, "&")]
    assert outcome.pdf is None
    assert not (tmp_path / engine / "cv.pdf").exists()
    repaired = tex(engine, GOOD)
    assert repaired.ok, repaired.messages


@by_engine
def test_a_missing_character_is_an_error(engine: str, tex: Compile) -> None:
    outcome = tex(engine, HEAD + "Grüße an 中文" + END)
    assert not outcome.ok
    assert {near for _, near in errors(outcome)} == {"中", "文"}


DAMAGE = {
    "faulty": {"cv.aux": b"\\relax \n\\nosuchcommand\n\\gdef \\@abspage@last{1}\n"},
    "outline cut short": {
        "cv.aux": b"\\gdef \\@abspage@last{1}\n",
        "cv.out": b"\\BOOKMARK [1][-]{sec",
    },
    "cut short": {"cv.aux": b"\\relax \n\\@writefile{toc}{\\contents"},
    "garbage": {name: bytes(range(256)) for name in ("cv.aux", "cv.fdb_latexmk", "cv.fls")},
}


@pytest.mark.parametrize(
    ("engine", "damage"),
    [("pdflatex", kind) for kind in DAMAGE]
    + [(engine, "faulty") for engine in ENGINES[1:]]
    + [("tectonic", "garbage")],
)
def test_what_a_killed_run_left_does_no_harm(
    engine: str, damage: str, tex: Compile, tmp_path: Path
) -> None:
    folder = tmp_path / engine
    folder.mkdir()
    for name, content in DAMAGE[damage].items():
        (folder / name).write_bytes(content)
    outcome = tex(engine, GOOD)
    assert outcome.ok, (outcome.reason, outcome.messages)
    assert outcome.pages == 2


ENDLESS = HEAD + "\\def\\x{\\x}\\x" + END
FLOOD = HEAD + "\\def\\x{\\message{" + "a" * 70 + "}\\x}\\x" + END
GROWTH = HEAD + "\\edef\\x{a}\\loop\\edef\\x{\\x\\x}\\iftrue\\repeat" + END
LUA = HEAD + "\\directlua{local s={} while true do s[\\string#s+1]=string.rep('x',1e6) end}" + END


@by_engine
def test_limits_end_a_run(engine: str, tex: Compile) -> None:
    tex(engine, HEAD + "x" + END)  # the format and the font cache are made without limits
    endless = tex(engine, ENDLESS, limits=Limits(cpu_seconds=1))
    assert endless.reason == "stopped after 1 seconds of computing"
    late = tex(engine, ENDLESS, limits=Limits(seconds=1))
    assert late.reason == "stopped after 1 seconds"
    if engine in ("pdflatex", "xelatex"):  # LuaTeX is slow at it; Tectonic keeps its log in memory
        flood = tex(engine, FLOOD, limits=Limits(file_size=1024**2))
        assert flood.reason == "stopped: a file grew beyond 1 MB"
    if engine == "lualatex":
        greedy = tex(engine, LUA, limits=Limits(memory=1024**3))
        assert greedy.reason == "stopped: it needs more than 1 GB of memory"
    else:
        grown = tex(engine, GROWTH)
        assert grown.reason is None
        assert any(message.text.startswith("TeX capacity exceeded") for message in grown.messages)


@by_engine
def test_commands_of_the_system_are_not_run(engine: str, tex: Compile, tmp_path: Path) -> None:
    target = tmp_path / "made"
    lua = f"\\directlua{{os.execute('touch {target}')}}" if engine == "lualatex" else ""
    code = f"\\immediate\\write18{{touch {target}}}\n{lua} x\n\\input{{|touch {target}}}"
    outcome = tex(engine, HEAD + code + END)
    assert not outcome.ok
    assert not target.exists()


@pytest.mark.parametrize("engine", ENGINES[:3])
def test_files_elsewhere_are_not_read_or_written(engine: str, tex: Compile, tmp_path: Path) -> None:
    """TeX Live's paranoid settings; Tectonic has none (DESIGN §8)."""
    secret = tmp_path / "secret.tex"
    secret.write_text("\\message{Canary}")
    target = tmp_path / "written.tex"
    code = f"\\newwrite\\w\\immediate\\openout\\w={target} \\immediate\\write\\w{{x}}\n"
    outcome = tex(engine, HEAD + code + f"\\input{{{secret}}}" + END)
    assert not outcome.ok
    assert "Canary" not in outcome.log
    assert not target.exists()


def test_a_full_disk_is_told(
    tex: Compile, tmp_path: Path, chain: Callable[[str], Toolchain], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVTEX_SANDBOX", "off")  # a script stands in for latexmk
    if not os.access("/dev/full", os.W_OK):
        pytest.skip("no /dev/full")
    folder = tmp_path / "full"
    folder.mkdir()
    # latexmk stands in that links TeX's output to a device which is always full.
    program = tmp_path / "latexmk"
    program.write_text(
        "#!/bin/sh\nln -sf /dev/full cv.pdf\npdflatex -interaction=nonstopmode cv.tex </dev/null\n"
        "status=$?; rm cv.pdf; exit $status\n"
    )
    program.chmod(0o755)
    real = chain("pdflatex")
    (folder / "cv.tex").write_text(GOOD)
    stand_in = Toolchain("latexmk", program, real.engines)
    outcome = latexmk.compile(stand_in, Job(engine="pdflatex", folder=folder, epoch=0))
    assert not outcome.ok
    assert outcome.reason == f"no space is left on the disk of {folder}"


INTERRUPTED = """
import sys
from pathlib import Path
from cvtex.toolchain import Job, find
from cvtex.toolchain.texlive import latexmk
(chain,) = find("latexmk")
tell = lambda step: print(step, flush=True)
folder = Path(sys.argv[2])
try:
    latexmk.compile(chain, Job(engine=sys.argv[1], folder=folder, epoch=0, progress=tell))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("engine", ENGINES[:3])
def test_ctrl_c_leaves_no_engine(engine: str, tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text(ENDLESS)
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, engine, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == f"{engine}, pass 1\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    time.sleep(0.1)
    here = str(tmp_path.resolve())
    left = [p for p in Path("/proc").glob("[0-9]*") if _cwd(p) == here]
    assert left == []


def _cwd(process: Path) -> str:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""
