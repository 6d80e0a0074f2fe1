"""An offline bundle for Tectonic, made out of the installed TeX Live."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex.toolchain import Outcome, Toolchain, compile
from cvtex.toolchain.setup import bundle
from cvtex.toolchain.setup.bundle import DIGEST, FORMAT, BundleReport
from toolchain.record_logs import samples

pytestmark = [pytest.mark.tex, pytest.mark.usefixtures("format_recorded_once")]

MODERNCV = r"""\documentclass[11pt,a4paper,sans,nosymbols]{moderncv}
\moderncvstyle{classic}\moderncvcolor{blue}
\usepackage[scale=0.8]{geometry}
\name{Jane}{Doe}\email{jane@example.org}\phone[mobile]{+49 30 23125 000}
\begin{document}
\makecvtitle
\section{Experience}
\cventry{2019}{Engineer}{Example}{Berlin}{}{\begin{itemize}\item Did things\end{itemize}}
\input{parts/own}
\end{document}
"""


def test_a_moderncv_and_an_article_offline(
    tmp_path: Path, tectonic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = samples(tmp_path)
    own = tmp_path / "moderncv"
    (own / "parts").mkdir(parents=True)
    (own / "parts" / "own.tex").write_text("own part")
    (own / "cv.tex").write_text(MODERNCV)
    output = tmp_path / "out" / "bundle"
    report = bundle.make([*folders, own], output)
    assert report.problems == ()
    names = {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}
    assert report.files == len(names)
    assert {"moderncv.cls", "article.cls", FORMAT, DIGEST, "lmroman10-regular.otf"} <= names
    assert not any(name.endswith(("own.tex", "cv.aux", ".fmt", "texmf.cnf")) for name in names)
    assert len((output / DIGEST).read_text()) == 64
    # A cache of its own, and no network: what Tectonic cannot find in the bundle, it cannot find.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    chain = Toolchain("tectonic", tectonic, {"xelatex": tectonic}, str(output))
    for folder in (*folders, own):
        outcome = compile(chain, "xelatex", folder, epoch=0)
        assert outcome.ok, (outcome.reason, outcome.messages)
        assert str(output / DIGEST) in outcome.reads
    # The same again is a bundle in the place of the first; something else is not overwritten.
    again = bundle.make(folders[:1], output)
    assert again.files < report.files
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious").write_text("x")
    with pytest.raises(FileExistsError):
        bundle.make(folders[:1], other)
    assert (other / "precious").is_file()
    assert sorted(path.name for path in output.parent.iterdir()) == ["bundle"]


def test_a_zip_is_the_same_for_the_same_files(small_bundle: BundleReport, tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    again = bundle.make(samples(tmp_path / "samples"), tmp_path / "again.zip")
    assert again.digest == small_bundle.digest
    first, second = (
        hashlib.sha256(report.output.read_bytes()).hexdigest() for report in (small_bundle, again)
    )
    assert first == second
    with zipfile.ZipFile(again.output) as packed:
        assert packed.testzip() is None
        assert packed.read(DIGEST).decode() == again.digest
        assert packed.namelist() == sorted(packed.namelist())


def test_a_sample_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "cv.tex").write_text("\\documentclass{nosuchclass}\n\\begin{document}")
    report = bundle.make([tmp_path / "bad"], tmp_path / "bundle.zip")
    assert report.problems == (
        "bad: XeLaTeX fails on it: LaTeX Error: File `nosuchclass.cls' not found (put "
        "nosuchclass.cls into the theme's folder, or install the package that brings it)",
    )


def test_without_tex_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="there is none"):
        bundle.make([], tmp_path / "bundle.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_the_bundle_lacks(tex: Callable[..., Outcome]) -> None:
    outcome = tex("tectonic", "\\documentclass{memoir}\\begin{document}x\\end{document}")
    assert not outcome.ok
    (message,) = outcome.messages
    assert message.text == "LaTeX Error: File `memoir.cls' not found"


def test_no_network_is_told(
    tectonic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a bundle Tectonic asks the network; the empty cache has nothing instead."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("http_proxy", "https_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    chain = Toolchain("tectonic", tectonic, {"xelatex": tectonic})
    (tmp_path / "cv.tex").write_text("\\documentclass{article}\\begin{document}x\\end{document}")
    outcome = compile(chain, "xelatex", tmp_path, epoch=0)
    assert outcome.reason and outcome.reason.startswith(
        "Tectonic cannot fetch its files: there is no network, or their server does not answer; "
    )
