"""XeLaTeX and LuaLaTeX without latexmk: the same document, at the same lines, from one pass
where one is enough, and from an engine that was started ahead."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from cvtex import toolchain
from cvtex.toolchain import Job, Limits, Outcome, cache
from cvtex.toolchain.setup import bundle
from cvtex.toolchain.texlive import ahead_unicode, latexmk, unicode, unpacked
from shared import often

pytestmark = pytest.mark.tex
EPOCH = 946684800
SAMPLE = r"""% a line before the class
\documentclass{article}
\usepackage{fontspec}
\setmainfont{lmroman10-regular.otf}[BoldFont=lmroman10-bold.otf,ItalicFont=lmroman10-italic.otf]
\usepackage{graphicx,theme}
\usepackage[unicode,hidelinks]{hyperref}
\pagestyle{myheadings}
\begin{document}
\def\id{<5E000BB33561503EEBE1415CB70AAE84>}
\ifdefined\directlua\pdfvariable trailerid{[\id\id]}\else\special{pdf:trailerid [\id\id]}\fi
\markright{of \pageref{last}}
\section{Work}\label{work}
Tübingen, see page~\pageref{work} of \pageref{last}.
\newpage
\section{Education}
More, \textit{surely}, in \jobname.\label{last}
\end{document}
"""


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache for the module: LuaLaTeX fills its font cache once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(params=unicode.ENGINES)
def engine(request: pytest.FixtureRequest, chain: toolchain.Toolchain) -> str:
    name = str(request.param)
    if name not in chain.engines:
        pytest.skip(f"there is no {name}")
    return name


@pytest.fixture
def chain() -> toolchain.Toolchain:
    return latexmk.find()[0]


Write = Callable[..., Path]


def quick(
    chain: toolchain.Toolchain,
    engine: str,
    folder: Path,
    said: list[str] | None = None,
    ahead: ahead_unicode.Ahead | None = None,
) -> Outcome:
    """Compile without latexmk, which must not be needed."""
    steps = said if said is not None else []
    job = Job(
        engine=engine,
        folder=folder,
        epoch=EPOCH,
        progress=lambda step: steps.extend(re.findall(r", (pass \d+)", step)),
        ahead=ahead,
    )
    result = unicode.compile(chain, job)
    assert result and result.ok
    return result


def text(pdf: Path) -> bytes:
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout


def pictures(pdf: Path) -> bytes:
    command = ["pdftoppm", "-r", "80", str(pdf)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def assert_same(chain: toolchain.Toolchain, engine: str, folder: Path, outcome: Outcome) -> None:
    """latexmk makes the same document of the same `.tex`."""
    twin = folder.with_name(f"{folder.name}-plain")
    shutil.rmtree(twin, ignore_errors=True)
    shutil.copytree(folder, twin, ignore=shutil.ignore_patterns("cv.[!t]*", ".*"))
    other = toolchain.compile(chain, engine, twin, epoch=EPOCH, cache=False)
    assert other.pdf and outcome.pdf and other.ok
    assert outcome.pages == other.pages
    assert text(outcome.pdf) == text(other.pdf)
    assert pictures(outcome.pdf) == pictures(other.pdf)
    assert outcome.pdf.read_bytes() == other.pdf.read_bytes()
    assert outcome.messages == other.messages
    assert {Path(f).name for f in outcome.reads} == {Path(f).name for f in other.reads}


def test_as_few_passes_as_latexmk_or_fewer(
    chain: toolchain.Toolchain, engine: str, write: Write
) -> None:
    said: list[str] = []
    folder = write()
    first = quick(chain, engine, folder, said)
    assert said == ["pass 1", "pass 2"]
    assert_same(chain, engine, folder, first)
    assert first.pdf
    before = first.pdf.read_bytes()

    said.clear()
    again = quick(chain, engine, folder, said)
    assert said == ["pass 1"], "the last run's files are good"
    assert again.pdf and again.pdf.read_bytes() == before

    said.clear()
    elsewhere = quick(chain, engine, write(name="another place"), said)
    assert said == ["pass 1", "pass 2"], "nothing of the one before"
    assert elsewhere.pdf and elsewhere.pdf.read_bytes() == before


LEAN = re.sub(r"\\label\{\w+\}", "", SAMPLE).replace("hidelinks", "hidelinks,bookmarks=false")
LEAN = re.sub(r"(?:see page~)?\\pageref\{\w+\}", "two", LEAN).replace("section", "section*")
"""What a theme of cvtex makes: no marks that TeX must read again."""


def test_the_passes_of_a_new_document_are_guessed(
    chain: toolchain.Toolchain, engine: str, write: Write
) -> None:
    said: list[str] = []
    quick(chain, engine, write(LEAN), said)
    assert said == ["pass 1", "pass 2"]
    said.clear()
    elsewhere = quick(chain, engine, write(LEAN, name="another place"), said)
    assert said == ["pass 1"], "guessed from the one before"
    assert_same(chain, engine, write(LEAN, name="another place"), elsewhere)
    said.clear()
    more = LEAN.replace("Tüb", r"\newpage Tüb")
    other = quick(chain, engine, write(more, name="a wrong guess"), said)
    assert said == ["pass 1", "pass 2"]
    assert_same(chain, engine, write(more, name="a wrong guess"), other)


def test_an_engine_started_ahead(chain: toolchain.Toolchain, engine: str, write: Write) -> None:
    folder = write()
    assert ahead_unicode.begin(folder) is None, "nothing was built here yet"
    pdf = quick(chain, engine, folder).pdf
    assert pdf
    before = pdf.read_bytes()

    def wait_and_compile(tex: str, theme: str = "") -> tuple[Outcome, bool]:
        waits = ahead_unicode.begin(folder)
        assert waits
        write(tex, theme=theme)
        result = quick(chain, engine, folder, ahead=waits)
        used = waits.started.process.returncode == 0
        waits.stop()
        waits.stop()
        assert not list(folder.glob(".ahead-*"))
        return result, used

    result, used = wait_and_compile(SAMPLE)
    assert used and result.pdf and result.pdf.read_bytes() == before
    wide = SAMPLE.replace("More,", r"\mbox{\hbox to 2\hsize{wide}}")
    result, used = wait_and_compile(wide)
    assert used and [m.line for m in result.messages if "Overfull" in m.text] == [16]
    assert_same(chain, engine, folder, result)
    result, used = wait_and_compile(SAMPLE.replace("Education", "Schooling"))
    assert used
    assert_same(chain, engine, folder, result)
    result, used = wait_and_compile(SAMPLE.replace(r"\pagestyle", r"\def\x{}\pagestyle"))
    assert not used, "another preamble"
    result, used = wait_and_compile(SAMPLE, theme=r"\def\other{}")
    assert not used, "another theme"


def test_a_build_folder_from_elsewhere_starts_nothing(
    chain: toolchain.Toolchain, write: Write
) -> None:
    folder = write()
    quick(chain, "xelatex", folder)
    write(SAMPLE.replace(r"\pagestyle", r"\def\elsewhere{}\pagestyle"))
    assert ahead_unicode.begin(folder) is None
    write(theme=r"\def\elsewhere{}")
    assert ahead_unicode.begin(folder) is None


def test_what_changed_since_is_read_anew(
    chain: toolchain.Toolchain, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXMFHOME", str(tmp_path / "texmf"))
    package = tmp_path / "texmf" / "tex" / "latex" / "mine" / "mine.sty"
    package.parent.mkdir(parents=True)
    package.write_text(r"\def\mine{one}")
    time.sleep(0.05)
    body = SAMPLE.replace("More", r"\mine").replace("theme}", "theme,mine}")
    folder = write(body)
    quick(chain, "xelatex", folder)
    waits = ahead_unicode.begin(folder)
    assert waits
    time.sleep(2)
    package.write_text(r"\def\mine{two}")
    result = quick(chain, "xelatex", folder, ahead=waits)
    waits.stop()
    assert result.pdf and b"two, surely" in text(result.pdf)


def test_it_ends_with_its_master(chain: toolchain.Toolchain, engine: str, write: Write) -> None:
    folder = write()
    quick(chain, engine, folder)
    waits = ahead_unicode.begin(folder)
    assert waits
    process = waits.started.process
    assert process.stdin
    process.stdin.close()  # as the system does when a process is killed
    assert process.wait(20) != 0
    quick(chain, engine, folder, ahead=waits)
    waits.stop()


def test_a_faulty_document_goes_the_plain_way(
    chain: toolchain.Toolchain, engine: str, write: Write
) -> None:
    folder = write()
    quick(chain, engine, folder)
    waits = ahead_unicode.begin(folder)
    write(SAMPLE.replace("More", r"\nosuchmacro"))
    result = toolchain.compile(chain, engine, folder, epoch=EPOCH, ahead=waits)
    assert waits
    waits.stop()
    assert not result.ok and not (folder / "cv.pdf").exists()
    errors = [m for m in result.messages if m.severity == "error"]
    assert [(m.line, m.near) for m in errors] == [(16, r"\nosuchmacro")]
    quick(chain, engine, write())


def test_limits_hold(chain: toolchain.Toolchain, engine: str, write: Write) -> None:
    folder = write()
    quick(chain, engine, folder)
    waits = ahead_unicode.begin(folder)
    assert waits
    write(SAMPLE.replace("More", r"\loop\iftrue\repeat"))
    began = time.monotonic()
    limits = Limits(seconds=2)
    result = toolchain.compile(chain, engine, folder, epoch=EPOCH, limits=limits, ahead=waits)
    waits.stop()
    assert not result.ok and result.reason == "stopped after 2 seconds"
    assert time.monotonic() - began < 20
    assert not _alive(waits.started.process.pid)


def _alive(group: int) -> list[str]:
    """Return the processes of a group that have not ended (proc(5): state, parent, group)."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            told = file.read_text()
            state, _, number = told.rpartition(")")[2].split()[:3]
            if int(number) == group and state != "Z":
                found.append(told)
    return found


@pytest.mark.parametrize(
    ("engine", "harm"),
    often(
        product(unicode.ENGINES, ("flip", "halve", "unlink", "renew")),
        lambda engine, harm: engine == "xelatex" or harm == "flip",
    ),
    indirect=["engine"],
)
def test_the_format_is_kept_unpacked(
    chain: toolchain.Toolchain, engine: str, write: Write, harm: str
) -> None:
    folder = write()
    program = chain.engines[engine]
    before = quick(chain, engine, folder).pdf
    kept = unpacked.find(program)
    assert before and kept and kept.is_whole(program)
    assert f"-fmt={kept.file(program)}" in ahead_unicode.command(program, "cv.tex")
    good, data = before.read_bytes(), kept.file(program).read_bytes()
    if harm == "flip":
        kept.file(program).write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    elif harm == "halve":
        kept.file(program).write_bytes(data[: len(data) // 2])
    elif harm == "unlink":
        kept.file(program).unlink()
    else:  # as after an update of TeX Live
        entry = kept.file(program).parent
        cache.save(entry, dataclasses.asdict(dataclasses.replace(kept, stamp="1")))
        assert unpacked.find(program) is None
    result = toolchain.compile(chain, engine, folder, epoch=EPOCH)
    assert result.ok and result.pdf and result.pdf.read_bytes() == good
    quick(chain, engine, folder)
    assert (found := unpacked.find(program)) and found.is_whole(program)


def test_no_cache_is_no_problem(
    chain: toolchain.Toolchain, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    folder = write()
    result = quick(chain, "xelatex", folder)
    assert_same(chain, "xelatex", folder, result)


def test_tectonic_needs_one_pass_where_the_guess_is_right(
    tectonic: Path, small_bundle: bundle.BundleReport, write: Write
) -> None:
    chain = toolchain.Toolchain(
        "tectonic", tectonic, {"xelatex": tectonic}, str(small_bundle.output)
    )

    def passes(folder: Path) -> tuple[int, bytes]:
        said: list[str] = []
        result = toolchain.compile(chain, "xelatex", folder, epoch=EPOCH, progress=said.append)
        assert result.ok and result.pdf, (result.messages, result.reason)
        return sum("TeX" in step for step in said), result.pdf.read_bytes()

    lean = LEAN.replace("graphicx,", "")
    count, first = passes(write(lean, name="one"))
    assert count == 2
    assert passes(write(lean, name="two")) == (1, first)
    assert passes(write(lean, name="two")) == (1, first)
    other = write(lean.replace("More", r"\newpage\nopagebreak More"), name="three")
    count, different = passes(other)
    assert count == 2 and different != first
