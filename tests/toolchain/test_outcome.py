"""Success is what exit status, log and PDF agree on; every other end has its reason."""

from __future__ import annotations

import shutil
import stat
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Severity
from cvtex.toolchain import Job, Limits, Message, Outcome, Toolchain, find, tectonic
from cvtex.toolchain import outcome as ends
from cvtex.toolchain.engine import Run
from cvtex.toolchain.outcome import count_pages, is_cut_short, read_log
from cvtex.toolchain.texlive import latexmk

TREE = b"1 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count %d >>\nendobj\n"
LEAF = b"2 0 obj\n<< /Type /Pages /Parent 1 0 R /Count 9 >>\nendobj\n"
END = b"startxref\n0\n%%EOF\n"
LOG = "(./cv.tex)\nOutput written on cv.pdf ({} pages, 1 bytes).\nTranscript written on cv.log.\n"
TEX = "\\documentclass{article}\\begin{document}x\\end{document}"


def pdf(pages: int, packed: bool = False) -> bytes:
    tree = LEAF + TREE % pages
    if not packed:
        return b"%PDF-1.5\n" + tree + END
    stream = zlib.compress(b"1 0 2 50 " + tree)
    head = b"3 0 obj\n<< /Type /ObjStm /N 2 /First 9 /Length %d >>\nstream\n" % len(stream)
    return b"%PDF-1.5\n" + head + stream + b"\nendstream\nendobj\n" + END


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("pages", [1, 2, 117])
def test_pages_are_counted(pages: int, packed: bool) -> None:
    assert count_pages(pdf(pages, packed)) == pages


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_cut_short_is_no_pdf(packed: bool) -> None:
    whole = pdf(2, packed)
    for length in range(0, len(whole) - 6, 7):
        with pytest.raises(ValueError):
            count_pages(whole[:length])


@given(st.binary())
def test_garbage_is_no_pdf(data: bytes) -> None:
    for text in (data, b"%PDF-1.5\n" + data + b"/Type /ObjStm stream\n" + data + END):
        with pytest.raises(ValueError):
            count_pages(text)


def test_an_aux_file_has_an_end(tmp_path: Path) -> None:
    aux = tmp_path / "cv.aux"
    assert not is_cut_short(aux)
    aux.write_text("\\relax \n" + "\\x\n" * 500 + "\\gdef \\@abspage@last{2}\n")
    assert not is_cut_short(aux)
    aux.write_text("\\relax \n\\@writefile{toc}{\\conte")
    assert is_cut_short(aux)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"<< /Type /Pages /Count 3 /Kids [1 0 R] >>", 3),
        (b"<</Type/Pages/Count 3>>", 3),
        (b"<< /Type /Page /Count 9 >> << /Type /Pages /Count 4 >>", 4),
        (b"<< /Type /Pages /Parent 1 0 R /Count 9 >> << /Count 4 /Type /Pages >>", 4),
        (b"<< /Type /Pages >> << /Type /Pages /Count 5 >>", 5),
        (b"1 0 obj stream\n<< /Type /Pages /Count 9 >>\nendstream << /Type /Pages /Count 2 >>", 2),
    ],
)
def test_the_root_of_the_page_tree_tells(data: bytes, count: int) -> None:
    """Not what a branch of it counts, nor what a stream happens to hold."""
    assert count_pages(b"%PDF-1.4\n" + data + b"\n" + END) == count
    with pytest.raises(ValueError, match="its end is missing"):
        count_pages(b"%PDF-1.4\n" + data + b"\n" + END + b" " * 1024)
    assert count_pages(b"%PDF-1.4\n" + data + b"\n" + END + b" " * 1018) == count


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_what_an_object_stream_holds_counts(line_end: bytes) -> None:
    packed = pdf(7, packed=True).replace(b"stream\n", b"stream" + line_end, 1)
    assert count_pages(packed) == 7
    with pytest.raises(ValueError, match="a part of it does not unpack"):
        count_pages(packed.replace(b"stream" + line_end, b"stream" + line_end + b"x", 1))
    with pytest.raises(ValueError, match="it has no page tree"):
        count_pages(b"%PDF-1.4 << /Type /Page >>" + END)


def test_a_long_log_loses_its_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "LARGEST_LOG", 10)
    log = tmp_path / "cv.log"
    assert read_log(log) == ""
    log.write_text("0123456789")
    assert read_log(log) == "0123456789"
    log.write_text("0123456789a")
    assert read_log(log) == "01234\n[...]\n6789a"


LEFT = ("aux", "out", "toc", "fdb_latexmk", "fls", "xdv", "bbl", "bcf", "run.xml")
FAULT = Message(Severity.ERROR, "a fault", 9)


@pytest.mark.parametrize(
    ("message", "attempts"),
    [
        (Message(Severity.ERROR, "a fault", 3), 2),  # the line of \\begin{document}
        (Message(Severity.ERROR, "a fault", 1), 2),
        (Message(Severity.ERROR, "a fault"), 2),
        (Message(Severity.ERROR, "a fault", 9, "cv.out"), 2),
        (Message(Severity.ERROR, "a fault", 9, "cv.bbl"), 2),
        (Message(Severity.ERROR, "a fault", 9, "theme.sty"), 1),
        (Message(Severity.ERROR, "a fault", 4), 1),
        (Message(Severity.WARNING, "no fault", 3), 1),
    ],
)
def test_what_an_earlier_run_left_is_blamed_once(
    message: Message, attempts: int, tmp_path: Path
) -> None:
    """LaTeX reads it where the document begins: an error behind that is the document's."""
    (tmp_path / "cv.tex").write_text("\\documentclass{a}\n\n\\begin{document}\nx\n\\end{document}")
    (tmp_path / "cv.aux").write_text("\\gdef \\@abspage@last{1}\n")
    tried = []

    def attempt() -> Outcome:
        tried.append((tmp_path / "cv.aux").exists())
        return Outcome(False, messages=(FAULT, message))

    assert not ends.settle(tmp_path, attempt).ok
    assert tried == [True, False][:attempts]


@pytest.mark.parametrize("left", LEFT)
def test_a_failure_leaves_nothing_for_the_next_run(left: str, tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text(TEX)
    tried = []

    def attempt(ok: bool) -> Outcome:
        tried.append(ok)
        for ending in (left, "pdf", "log"):
            (tmp_path / f"cv.{ending}").write_text("\\gdef \\@abspage@last{1}\n")
        return Outcome(ok)

    assert ends.settle(tmp_path, lambda: attempt(True)).ok
    assert sorted(p.suffix for p in tmp_path.iterdir()) == sorted(
        {".tex", ".pdf", ".log", Path(f"cv.{left}").suffix}
    )
    assert not ends.settle(tmp_path, lambda: attempt(False)).ok
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".log", ".tex"]
    assert tried == [True, False], "no message blames what was left"


def test_what_ends_a_run_from_outside_is_not_tried_again(tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text(TEX)
    (tmp_path / "cv.aux").write_text("\\gdef \\@abspage@last{1}\n")
    tried = []

    def attempt() -> Outcome:
        tried.append(1)
        return Outcome(False, messages=(Message(Severity.ERROR, "x"),), reason="too late")

    assert ends.settle(tmp_path, attempt).reason == "too late"
    assert len(tried) == 1


def test_a_cut_file_of_an_earlier_run_goes_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text(TEX)
    for ending in ("aux", "out", "pdf", "log"):
        (tmp_path / f"cv.{ending}").write_text("\\relax \n")
    left: list[str] = []

    def attempt() -> Outcome:
        left.extend(path.name for path in tmp_path.iterdir())
        return Outcome(True)

    assert ends.settle(tmp_path, attempt).ok
    assert left == ["cv.tex"]


def judged(folder: Path, status: int | None, output: str = "", log: str = "") -> Outcome:
    (folder / "cv.log").write_text(log)
    return ends.judge(Run(status, output), folder, ("a",), folded=False)


@pytest.mark.parametrize(
    ("status", "output", "reason"),
    [
        (1, "said\n  \n", "it ended with status 1: said"),
        (1, "", "it ended with status 1"),
        (1, "x" * 300, "it ended with status 1: " + "x" * 200),
        (-15, "", "killed by signal 15"),
        (1, "tectonic: os error 28", "no space is left on the disk of {folder}"),
        (1, "os error 280", "it ended with status 1: os error 280"),
        (1, "! I can't open file `cv.aux'.", "{folder}/cv.aux cannot be written"),
        (1, "No space left on device" + "x" * 65536, "it ended with status 1: No space left"),
        (0, "No space left on device", "it ended well but made no PDF"),
    ],
)
def test_what_a_run_that_named_no_error_says(
    status: int, output: str, reason: str, tmp_path: Path
) -> None:
    found = judged(tmp_path, status, output)
    assert not found.ok and found.reason
    assert found.reason.startswith(reason.format(folder=tmp_path))
    assert found.reason == reason.format(folder=tmp_path) or len(output) > 300


@pytest.mark.parametrize(("free", "is_told"), [(65535, True), (65536, False)])
def test_a_disk_that_is_full_is_told_though_nothing_said_so(
    free: int, is_told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """64 kB are less than a run needs."""
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=free))
    told = judged(tmp_path, 1).reason or ""
    assert told.startswith("no space is left on the disk") is is_told
    assert judged(tmp_path, 0).reason == "it ended well but made no PDF"


def test_errors_are_told_with_their_lines_and_alone_without_a_reason(tmp_path: Path) -> None:
    """A reason from outside is told alone, with what TeX said of lines."""
    log = "! Undefined control sequence.\nl.3 \\foo\n! Emergency stop.\n\n! Missing $ inserted.\n"
    found = judged(tmp_path, 1, log=log)
    assert found.reason is None
    assert [m.line for m in found.messages] == [3, None]
    assert found.reads == ("a",)
    full = judged(tmp_path, 1, "No space left on device", log)
    assert full.reason and [m.line for m in full.messages] == [3]


def compile(toolchain: Toolchain, engine: str, folder: Path) -> Outcome:
    """Compile without precompiled preambles."""
    limits = Limits(seconds=20)
    if toolchain.name == "tectonic":
        job = Job(engine=engine, folder=folder, epoch=0, limits=limits, bundle=toolchain.bundle)
        return tectonic.compile(toolchain, replace(job, cache=False))
    return latexmk.compile(toolchain, Job(engine=engine, folder=folder, epoch=0, limits=limits))


@pytest.fixture(autouse=True)
def _no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts that are no engines stand in for them here."""
    monkeypatch.setenv("CVTEX_SANDBOX", "off")


def fake(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """Compile with a stand-in for latexmk, a shell script."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("latexmk", "pdflatex"):
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    (toolchain,) = find("latexmk")
    assert toolchain.program == tools / "latexmk"
    work = folder / "work"
    work.mkdir()
    (work / "cv.tex").write_text(TEX)
    (work / "good.pdf").write_bytes(pdf(1))
    (work / "good.log").write_text(LOG.format(1))
    return compile(toolchain, "pdflatex", work)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0", "it ended well but made no PDF"),
        ("cp good.log cv.log", "it ended well but made no PDF"),
        ("cp good.pdf cv.pdf", "its log does not tell how many pages it made"),
        (
            "cp good.log cv.log; echo garbage >cv.pdf",
            "the PDF is damaged: it does not begin as one",
        ),
        (
            "cp good.log cv.log; head -c 60 good.pdf >cv.pdf",
            "the PDF is damaged: its end is missing",
        ),
        (
            "sed 's/1 page/3 page/' good.log >cv.log; cp good.pdf cv.pdf",
            "the PDF's page count is 1, by the log it is 3",
        ),
        (
            "cp good.log cv.log; cp good.pdf cv.pdf; echo Segfault; exit 11",
            "it ended with status 11: Segfault",
        ),
        ("cp good.log cv.log; cp good.pdf cv.pdf; kill -SEGV $$", "killed by signal 11"),
        ("kill -KILL $$", "killed from outside (is the machine out of memory?)"),
        ("head -c 3000000 /dev/urandom; exit 1", None),
        (
            "echo 'fwrite: No space left on device'; exit 1",
            "no space is left on the disk of {work}",
        ),
        ("echo \"! I can't write on file \\`cv.log'.\"; exit 1", "{work}/cv.log cannot be written"),
    ],
)
def test_every_bad_end_has_its_reason(
    script: str, reason: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = fake(tmp_path, script, monkeypatch)
    work = tmp_path / "work"
    assert not outcome.ok
    assert outcome.pdf is None
    assert not (work / "cv.pdf").exists()
    if reason is None:
        assert outcome.reason and outcome.reason.startswith("it ended with status 1")
    else:
        assert outcome.reason == reason.format(work=work)


def test_all_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "cp good.log cv.log; cp good.pdf cv.pdf"
    outcome = fake(tmp_path, script, monkeypatch)
    assert outcome.ok
    assert outcome.pages == 1
    assert outcome.pdf == tmp_path / "work" / "cv.pdf"


def test_a_pdf_of_yesterday_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = fake(tmp_path, "cp good.log cv.log; cp good.pdf cv.pdf", monkeypatch)
    assert outcome.ok
    (tmp_path / "bin" / "latexmk").write_text("#!/bin/sh\nexit 0\n")
    (toolchain,) = find("latexmk")
    again = compile(toolchain, "pdflatex", tmp_path / "work")
    assert again.reason == "it ended well but made no PDF"


def test_programs_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert find() == ()
    gone = Toolchain("latexmk", Path("/gone/latexmk"), {"pdflatex": Path("/gone/pdflatex")})
    (tmp_path / "cv.tex").write_text(TEX)
    assert compile(gone, "pdflatex", tmp_path).reason == "/gone/latexmk is not there"
    assert compile(gone, "xelatex", tmp_path).reason == "xelatex is not installed"
    assert "-" in gone.identity()
    bundled = Toolchain("tectonic", Path("/gone/tectonic"), {}, str(tmp_path / "bundle.zip"))
    reason = compile(bundled, "xelatex", tmp_path).reason
    assert reason == f"the bundle {tmp_path / 'bundle.zip'} is not there"


def test_a_folder_that_is_not_there_or_is_no_folder(tmp_path: Path) -> None:
    any_chain = Toolchain("latexmk", Path("/bin/true"), {"pdflatex": Path("/bin/true")})
    reason = compile(any_chain, "pdflatex", tmp_path / "gone").reason
    assert reason == f"{tmp_path}/gone/cv.tex is not there"
    (tmp_path / "cv.tex").write_text(TEX)
    (tmp_path / "cv.log").mkdir()
    reason = compile(any_chain, "pdflatex", tmp_path).reason
    assert reason == f"{tmp_path} cannot be written: is a directory"


def test_identity_follows_the_files(tmp_path: Path) -> None:
    program = tmp_path / "latexmk"
    program.write_text("one")
    chain = Toolchain("latexmk", program, {"pdflatex": program}, None)
    before = chain.identity()
    assert before == chain.identity()
    program.write_text("three")
    program.chmod(stat.S_IRWXU)
    assert chain.identity() != before


def test_debian_s_lualatex_without_its_font_loader_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, tree = tmp_path / "bin", tmp_path / "texmf-dist"
    for folder in (programs, tree):
        folder.mkdir()
    for name in ("latexmk", "pdflatex", "lualatex"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    assert list(find("latexmk")[0].engines) == ["pdflatex", "lualatex"]
    monkeypatch.setattr(latexmk, "DEBIAN_PROGRAMS", (programs,))
    monkeypatch.setattr(latexmk, "DEBIAN_TREE", tree)
    assert list(find("latexmk")[0].engines) == ["pdflatex"]
    (tree / "tex/luatex/luaotfload").mkdir(parents=True)
    assert list(find("latexmk")[0].engines) == ["pdflatex", "lualatex"]


def test_tectonic_in_the_user_s_cache_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    program = tmp_path / "cache/cvtex/tectonic/tectonic"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    assert find() == ()
    program.chmod(0o755)
    (chain,) = find()
    assert (chain.name, chain.program, list(chain.engines)) == ("tectonic", program, ["xelatex"])
    monkeypatch.setenv("CVTEX_TECTONIC_BUNDLE", "/some/bundle")
    assert find()[0].bundle == "/some/bundle"
    assert find(bundle="/other")[0].bundle == "/other"
    for name in ("latexmk", "pdflatex"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert [chain.name for chain in find()] == ["latexmk", "tectonic"]
    assert [chain.name for chain in find(bundle="/other")] == ["tectonic", "latexmk"]
    assert [chain.name for chain in find("tectonic")] == ["tectonic"]
