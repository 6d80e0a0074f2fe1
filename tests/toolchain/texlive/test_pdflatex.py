"""The fast path gives the very document of the plain one, and gives way on any doubt."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cvtex import toolchain
from cvtex.toolchain import Job, Limits, Outcome, cache
from cvtex.toolchain.texlive import ahead_pdflatex, document, formats, latexmk, pdflatex, tree

pytestmark = pytest.mark.tex
EPOCH = 946684800
SAMPLE = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,theme}
\usepackage[unicode,hidelinks]{hyperref}
\pagestyle{myheadings}
\begin{document}
\markright{of \pageref{last}}
\section{Work}\label{work}
Tübingen, see page~\pageref{work} of \pageref{last}.
\newpage
\section{Education}
More, \textit{surely}.\label{last}
\end{document}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One cache for the module: a format costs half a second."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
def chain() -> toolchain.Toolchain:
    return latexmk.find()[0]


Write = Callable[..., Path]


def job(folder: Path, **more: Any) -> Job:
    """A document for pdfLaTeX at the tests' date."""
    return Job(**{"engine": "pdflatex", "folder": folder, "epoch": EPOCH, **more})


def quick(chain: toolchain.Toolchain, folder: Path, said: list[str] | None = None) -> Outcome:
    """Compile by the fast path, which must not give way."""
    steps = said if said is not None else []
    result = pdflatex.compile(chain, job(folder, progress=steps.append))
    assert result and result.ok
    return result


def plain(chain: toolchain.Toolchain, folder: Path) -> Outcome:
    return toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH, cache=False)


def text(pdf: Path) -> bytes:
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout


def pictures(pdf: Path) -> bytes:
    command = ["pdftoppm", "-r", "80", str(pdf)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def entry_of(chain: toolchain.Toolchain, folder: Path) -> Path:
    """Return the cache's entry for a build folder."""
    preamble = document.split((folder / "cv.tex").read_text())
    assert preamble
    own = document.own_files(folder)
    return cache.root() / formats.key(chain.engines["pdflatex"], preamble, own)


def assert_same(chain: toolchain.Toolchain, folder: Path, outcome: Outcome) -> None:
    """The plain path makes the same document of the same `.tex`."""
    twin = folder.with_name(f"{folder.name}-plain")
    shutil.copytree(folder, twin, ignore=shutil.ignore_patterns("cv.[!t]*"))
    other = plain(chain, twin)
    assert other.pdf and outcome.pdf and other.ok
    assert outcome.pages == other.pages
    assert outcome.pdf.read_bytes() == other.pdf.read_bytes()
    assert outcome.messages == other.messages


@pytest.mark.usefixtures("home")
def test_the_first_and_all_later_builds_are_the_plain_document(
    chain: toolchain.Toolchain, write: Write
) -> None:
    folder = write()
    said: list[str] = []
    first = quick(chain, folder, said)
    assert said == ["precompiling the theme", "pdflatex, pass 1", "pdflatex, pass 2"]
    assert_same(chain, folder, first)
    assert first.pdf
    bytes_of_first = first.pdf.read_bytes()

    said.clear()
    again = quick(chain, folder, said)
    assert said == ["pdflatex, pass 1"], "the last run's files are good"
    assert again.pdf and again.pdf.read_bytes() == bytes_of_first

    said.clear()
    elsewhere = quick(chain, write(name="another place"), said)
    assert said == ["pdflatex, pass 1", "pdflatex, pass 2"], "nothing of the one before"
    assert elsewhere.pdf and elsewhere.pdf.read_bytes() == bytes_of_first

    cache.clear()
    fresh = quick(chain, write(name="third"))
    assert fresh.pdf and fresh.pdf.read_bytes() == bytes_of_first


LEAN = re.sub(r"\\label\{\w+\}", "", SAMPLE).replace("hidelinks", "hidelinks,bookmarks=false")
LEAN = re.sub(r"(?:see page~)?\\pageref\{\w+\}", "two", LEAN).replace("section", "section*")
"""What a theme of cvtex makes: no marks that TeX must read again."""


@pytest.mark.usefixtures("home")
def test_the_passes_of_a_new_document_are_guessed(chain: toolchain.Toolchain, write: Write) -> None:
    said: list[str] = []
    quick(chain, write(LEAN), said)
    assert said[-1] == "pdflatex, pass 2"
    said.clear()
    elsewhere = quick(chain, write(LEAN, name="another place"), said)
    assert said == ["pdflatex, pass 1"]
    assert_same(chain, write(LEAN, name="another place"), elsewhere)
    said.clear()
    longer = LEAN.replace("More", r"\newpage More")
    other = quick(chain, write(longer, name="a wrong guess"), said)
    assert said == ["pdflatex, pass 1", "pdflatex, pass 2"]
    assert_same(chain, write(longer, name="a wrong guess"), other)


@pytest.mark.usefixtures("home")
def test_a_change_of_titles_and_pages_is_seen(chain: toolchain.Toolchain, write: Write) -> None:
    folder = write()
    quick(chain, folder)
    changed = SAMPLE.replace("Education", "Schooling").replace("Tüb", r"\newpage Tüb")
    said: list[str] = []
    result = quick(chain, write(changed), said)
    assert "pdflatex, pass 2" in said
    assert_same(chain, folder, result)


@pytest.mark.usefixtures("home")
def test_what_the_tree_lacks_is_found_and_joins_it(
    chain: toolchain.Toolchain, write: Write
) -> None:
    folder = write()
    quick(chain, folder)
    richer = SAMPLE.replace("More", r"\textsc{More} $\alpha_1$ \texttt{code}")
    result = quick(chain, write(richer))
    assert_same(chain, folder, result)
    kept = cache.load(entry_of(chain, folder))
    assert kept and "ec-lmcsc10.tfm" in kept["names"]
    asked: list[set[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        found = tree.unknown

        def noted(*arguments: Any) -> Any:
            asked.append(found(*arguments))
            return asked[-1]

        patch.setattr(tree, "unknown", noted)
        quick(chain, folder)
    assert asked == [set()]


@pytest.mark.usefixtures("home")
def test_messages_keep_the_lines_of_the_document(chain: toolchain.Toolchain, write: Write) -> None:
    wide = SAMPLE.replace("More,", r"\mbox{\hbox to 2\hsize{wide}}").replace(
        r"\pagestyle", r"\PackageWarning{theme}{beware, undefined things}\pagestyle"
    )
    folder = write(wide)
    for _ in range(2):
        result = quick(chain, folder)
        assert [m.line for m in result.messages if "Overfull" in m.text] == [12]
    assert_same(chain, folder, result)


@pytest.mark.usefixtures("home")
def test_a_faulty_document_goes_the_plain_way(chain: toolchain.Toolchain, write: Write) -> None:
    folder = write()
    quick(chain, folder)
    write(SAMPLE.replace("More", r"\nosuchmacro"))
    assert pdflatex.compile(chain, job(folder)) is None
    result = toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH)
    assert not result.ok
    errors = [m for m in result.messages if m.severity == "error"]
    assert [(m.line, m.near) for m in errors] == [(12, r"\nosuchmacro")]
    write()
    quick(chain, folder)


@pytest.mark.usefixtures("home")
def test_an_engine_started_ahead(chain: toolchain.Toolchain, write: Write) -> None:
    folder = write()
    assert ahead_pdflatex.begin(folder) is None, "nothing was built here yet"
    pdf = quick(chain, folder).pdf
    assert pdf
    before = pdf.read_bytes()

    def wait_and_compile(tex: str, epoch: int = EPOCH) -> tuple[Outcome, bool]:
        engine = ahead_pdflatex.begin(folder)
        assert engine
        write(tex)
        result = pdflatex.compile(chain, job(folder, epoch=epoch, ahead=engine))
        assert result and result.ok
        used = engine.started.process.returncode == 0
        engine.stop()
        engine.stop()
        assert engine.started.process.returncode is not None
        return result, used

    result, used = wait_and_compile(SAMPLE)
    assert used and result.pdf and result.pdf.read_bytes() == before
    result, used = wait_and_compile(SAMPLE.replace("More", r"\mbox{\hbox to 2\hsize{x}}"))
    assert used and [m.line for m in result.messages if "Overfull" in m.text] == [12]
    assert_same(chain, folder, result)
    result, used = wait_and_compile(SAMPLE.replace(r"\pagestyle", r"\def\x{}\pagestyle"))
    assert not used, "another preamble"
    _, used = wait_and_compile(SAMPLE, epoch=EPOCH + 1)
    assert not used, "another date"


@pytest.mark.usefixtures("home")
def test_a_build_folder_names_no_program(
    chain: toolchain.Toolchain, write: Write, tmp_path: Path
) -> None:
    """It may have come with somebody's project."""
    folder = write()
    quick(chain, folder)
    [note] = [file for file in folder.iterdir() if b'"fmt"' in file.read_bytes()[:20]]
    evil = tmp_path / "pdflatex"
    evil.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    evil.chmod(0o755)
    told = json.loads(note.read_text())
    note.write_text(json.dumps({**told, "program": str(evil)}))
    engine = ahead_pdflatex.begin(folder)
    assert engine
    engine.stop()
    (tmp_path / "entry").mkdir()
    note.write_text(json.dumps({**told, "fmt": str(tmp_path / "entry" / "raw.fmt")}))
    assert ahead_pdflatex.begin(folder) is None, "no format from elsewhere either"
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("home")
def test_the_time_limit_is_for_all_that_is_tried(chain: toolchain.Toolchain, write: Write) -> None:
    folder = write(SAMPLE.replace("More", r"\loop\iftrue\repeat"))
    limits = Limits(seconds=2)
    result = toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH, limits=limits)
    assert (result.ok, result.reason) == (False, "stopped after 2 seconds")


@pytest.mark.usefixtures("home")
def test_an_engine_started_ahead_ends_with_its_master(
    chain: toolchain.Toolchain, write: Write
) -> None:
    folder = write()
    quick(chain, folder)
    engine = ahead_pdflatex.begin(folder)
    assert engine
    process = engine.started.process
    assert process.stdin
    process.stdin.close()  # as the system does when a process is killed
    assert process.wait(20) != 0
    result = pdflatex.compile(chain, job(folder, ahead=engine))
    assert result and result.ok, "another engine is started"
    engine.stop()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "line",
    [
        r"\pdfinfo{/Keywords (kept)}",
        r"\immediate\openout15=notes.txt\relax",
        r"\pdfmapline{+nosuchfont <nosuchfont.pfb}",
        r"\chardef\mystack=\pdfcolorstackinit page direct{1 0 0 rg}\relax",
        r"\ifnum1=1 \begin{document}\fi",
        r"\nosuchmacro",
    ],
)
def test_a_preamble_that_cannot_be_dumped_is_refused_once(
    chain: toolchain.Toolchain, write: Write, line: str
) -> None:
    folder = write(SAMPLE.replace(r"\pagestyle", line + "\n\\pagestyle"))
    for _ in range(3):  # what the preamble writes into the folder makes the second one another
        said: list[str] = []
        assert pdflatex.compile(chain, job(folder, progress=said.append)) is None
    assert said == []


@pytest.mark.usefixtures("home")
def test_a_changed_theme_or_date_is_another_format(
    chain: toolchain.Toolchain, write: Write
) -> None:
    body = SAMPLE.replace("More", r"\cvday")
    folder = write(body, theme=r"\edef\cvday{\the\year}")
    result = quick(chain, folder)
    assert result.pdf and b"2000" in text(result.pdf)
    later = pdflatex.compile(chain, job(folder, epoch=EPOCH + 10**9))
    assert later and later.pdf and b"2031" in text(later.pdf)
    write(body, theme=r"\def\cvday{someday}")
    other = quick(chain, folder)
    assert other.pdf and b"someday" in text(other.pdf)


@pytest.mark.usefixtures("home")
def test_a_dump_is_unpacked_once(
    chain: toolchain.Toolchain, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write()
    quick(chain, folder)
    quick(chain, folder)  # by now, if the first had no time for it
    state = cache.load(entry_of(chain, folder))
    assert state and state["fmt"] == formats.RAW
    monkeypatch.delattr(formats, "unpack")
    quick(chain, folder)


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("raw.fmt", _flip),
        ("raw.fmt", _halve),
        ("raw.fmt", Path.unlink),
        ("entry.json", _flip),
        ("entry.json", lambda file: file.write_bytes(b"")),
        ("tex/pdftex.map", _flip),
        ("tex/texmf.cnf", Path.unlink),
    ],
)
def test_damage_is_a_miss(
    chain: toolchain.Toolchain, write: Write, name: str, harm: Callable[[Path], object]
) -> None:
    folder = write()
    good = quick(chain, folder).pdf
    assert good
    before = good.read_bytes()
    entry = entry_of(chain, folder)
    harm(entry / name)
    result = toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH)
    assert result.ok and result.pdf
    assert pictures(result.pdf) == pictures(good)
    assert result.pdf.read_bytes() == before or text(result.pdf) == text(good)
    quick(chain, folder)


@pytest.mark.usefixtures("home")
def test_a_vanished_or_replaced_file_is_a_miss(chain: toolchain.Toolchain, write: Write) -> None:
    folder = write()
    quick(chain, folder)
    links = entry_of(chain, folder) / "tex"
    (links / "ec-lmr10.tfm").unlink()
    quick(chain, folder)
    (links / "ec-lmr10.tfm").unlink()
    (links / "ec-lmr10.tfm").symlink_to("/dev/null")
    quick(chain, folder)


def test_no_cache_is_no_problem(
    chain: toolchain.Toolchain, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write()
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH).ok
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "odd {name}, $HOME"))
    result = toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH)
    assert result.ok
    assert_same(chain, folder, result)
    shared = tmp_path / "shared"
    (shared / "cvtex" / "fast").mkdir(parents=True)
    (shared / "cvtex" / "fast").chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared))
    assert toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH).ok
    assert not list((shared / "cvtex" / "fast").iterdir())


def test_a_full_disk_of_the_cache_is_no_problem(
    chain: toolchain.Toolchain, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "write", full)
    monkeypatch.setattr(tree, "write", full)
    folder = write()
    assert toolchain.compile(chain, "pdflatex", folder, epoch=EPOCH).ok
    assert not list(cache.root().iterdir())


def test_many_builds_at_once(
    chain: toolchain.Toolchain, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folders = [write(name=f"at-once-{n}") for n in range(6)]
    with ThreadPoolExecutor(3) as pool:
        found = list(
            pool.map(lambda f: toolchain.compile(chain, "pdflatex", f, epoch=EPOCH), folders)
        )
    assert all(one.ok for one in found)
    shown = {pictures(one.pdf) for one in found if one.pdf}
    assert len(shown) == 1
    assert len(list(cache.root().iterdir())) == 1


@pytest.mark.usefixtures("home")
def test_another_engine_binary_is_another_entry(tmp_path: Path) -> None:
    engine = tmp_path / "pdflatex"
    engine.write_text("one")
    before = formats.key(engine, "p", {})
    engine.write_text("another")
    assert formats.key(engine, "p", {}) != before


def test_the_cache_keeps_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.is_ours()
    for number in range(5):
        with cache.scratch() as scratch:
            (scratch / "cv.fmt").write_bytes(bytes(1000))
            cache.save(scratch, {"label": str(number)})
            cache.publish(scratch, cache.root() / str(number))
        stamp = 10**9 + number
        os.utime(cache.root() / str(number) / cache.STATE, (stamp, stamp))
    cache.touch(cache.root() / "0")
    cache.prune(limit=3500)
    assert [kept.label for kept in cache.entries()] == ["0", "4", "3"]
    assert cache.clear() > 3000
    assert cache.entries() == []


def test_the_cache_is_shown_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from cvtex.cli import cvtex as program

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "0.0 MB of" in CliRunner().invoke(program, ["cache", "show"]).output
    assert cache.is_ours()
    (cache.root() / "one").mkdir()
    (cache.root() / "one" / "cv.fmt").write_bytes(bytes(2_000_000))
    cache.save(cache.root() / "one", {"label": "pdflatex article"})
    shown = CliRunner().invoke(program, ["cache", "show"]).output
    assert "2.0 MB" in shown and "pdflatex article" in shown
    assert "2.0 MB freed" in CliRunner().invoke(program, ["cache", "clear"]).output
    assert not cache.root().exists()


def test_searches_are_read() -> None:
    told = (
        "kdebug:start generic search(files=[a.fd], must_exist=0, find_all=0, "
        "path=.:/home/me/texmf/tex//:!!/usr/share/texmf/tex//)\n"
        "kdebug:returning from generic search([a.fd.tex a.fd]) => /usr/share/texmf/tex/x/a.fd\n"
        "some outputkdebug:returning from generic search([ec-lmr10+17.vf]) =>\n"
        "kdebug:returning from generic search([cv.aux]) =>\n"
        "kdebug:returning from search(aliases) =>\n"
        "kdebug:returning from generic search([cv.tex]) => ./cv.tex\n"
    )
    searches = tree.read_searches(told)
    assert searches.found == {"a.fd": "/usr/share/texmf/tex/x/a.fd"}
    assert searches.missing == {"ec-lmr10.vf"}
    for name in ("x\nkdebug:returning from search(a.sty) => /tmp/a.sty", "a.sty) => /tmp/a.sty"):
        told = (
            f"kdebug:kpse_find_file: searching for {name} of type tex (from x)\n"
            f"kdebug:start generic search(files=[{name}], must_exist=0, find_all=0, path=.)\n"
            f"kdebug:returning from generic search([{name}]) =>\n"
        )
        with pytest.raises(tree.NotPossible):
            tree.read_searches(told)
    folders = tree.loose_folders(searches.paths)
    assert folders == ["/home/me/texmf/tex", "/usr/share/texmf/ls-R", "/usr/share/texmf/ls-r"]
