"""Whatever stands on the command line, what comes of it is a result or a complaint."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cvtex.cli import cvtex
from cvtex.commands import Again
from cvtex.filenames import place

SAID = (click.ClickException, click.exceptions.Exit, click.Abort, OSError, Again, SystemExit)
"""How a verb ends that has something to say; `main` turns each into a status."""

# No verb that runs TeX, asks the system, or waits: those are tried one by one elsewhere.
VERBS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("build", "--no-pdf"): ("--theme", "--variant", "--set", "--language", "--engine", "--strict",
                            "--toolchain", "--bundle", "--sandbox", "--standard", "--public", "-q",
                            "--embed", "--no-cache", "-v", "-o", "--trust"),
    ("validate",): ("--theme", "--set", "--language", "--format", "--strict", "--public", "-q"),
    ("variants",): ("--variant", "--language", "--format"),
    ("export", "overleaf"): ("-o", "--set", "--theme", "--ascii", "--language", "--variant"),
    ("export", "json-resume"): ("-o", "--set", "--ascii", "--language", "--variant"),
    ("extract",): ("-o",),
    ("publications",): ("--style", "--format", "--project"),
    ("publications", "check"): ("--strict", "--format"),
    ("themes",): ("--project", "--format"),
    ("themes", "show"): ("--format", "--project"),
    ("themes", "new"): ("--from", "--project"),
    ("new",): ("--theme", "--ci"),
    ("import",): ("-o", "--from", "--format"),
    ("schema",): ("-o", "--theme"),
    ("completion",): (),
    ("cache", "show"): ("--format",),
}  # fmt: skip
VALUES = (
    *("", "-", "--", "-o", ".", "..", "./", "cv", "cv.pdf", "cv.zip", "cv.json", "data", "bib"),
    *("data/basics.yaml", "bib/a.bib", "nowhere/x.pdf", "a\nb", "a\x1b[2Jb", "ä", "漢", "\udcff"),
    *("x" * 300, "a" * 5000, "*", "?", "[", "~", "%s", "{}", "$HOME", "a b", "'", '"', "\\"),
    *("basics.name=", "basics.name=Ada", "basics", "=", "basics.=", ".=x", "basics..name=x"),
    *("basics.name.x=1", "work=[", "work={", "work.0.name=x", "work.999999999.name=x", "a=b=c"),
    *("basics.name=!tex \\x", "basics.image=/dev/zero", "meta.theme=nowhere", "meta.language=xx"),
    *("meta.themes.classic.accent=&a [*a]", "basics.summary=" + "[" * 2000),
    *("classic", "moderncv", "all", "nowhere", "./themes", "en", "de", "zh-Hant", "xx-YY-zz", "1"),
    *(
        "auto",
        "off",
        "json",
        "text",
        "jsonresume",
        "plain",
        "archive",
        "apa",
        "bash",
        "-1",
        "9" * 99,
    ),
)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
PATHS = ("", ".", "data", "data/basics.yaml", "resume.json", "bib/a.bib", "..", "nowhere", "deep",
         "broken.yaml", "binary.json", "empty.yaml", "cv.pdf", "loop", "a\nb.yaml",
         "\udcff.json")  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A project with files of all kinds."""
    with tempfile.TemporaryDirectory() as name:
        found = Path(name, "project")
        for inner in ("data", "bib", "deep/data"):
            (found / inner).mkdir(parents=True)
        (found / "data/basics.yaml").write_text("name: Ada Example\n")
        (found / "data/.work.yaml").write_text("- name: hidden\n")
        (found / "bib/a.bib").write_text("@article{a, title={T}, author={A B}, year=2020}\n")
        (found / "resume.json").write_text('{"basics": {"name": "Ada"}}')
        (found / "broken.yaml").write_text("basics: {name: [\n")
        (found / "binary.json").write_bytes(bytes(range(256)))
        (found / "empty.yaml").write_text("")
        (found / "cv.pdf").write_bytes(b"%PDF-1.7\nnot really")
        (found / "loop").symlink_to("loop")
        (found / "a\nb.yaml").write_text("basics: {name: Ada}\n")
        with contextlib.suppress(OSError):
            Path(os.fsdecode(bytes(found) + b"/\xff.json")).write_text('{"basics": {"name": "A"}}')
        yield found


@st.composite
def commands(draw: st.DrawFn) -> list[str]:
    verb = draw(st.sampled_from(sorted(VERBS)))
    given = list(verb)
    for option in draw(st.lists(st.sampled_from(VERBS[verb]), max_size=3)) if VERBS[verb] else ():
        given.append(option)
        if draw(st.integers(0, 9)):
            given.append(draw(st.sampled_from(VALUES) | TEXTS))
    if draw(st.booleans()):
        given.append(draw(st.sampled_from(PATHS) | st.sampled_from(VALUES)))
    return given


@settings(
    max_examples=int(os.environ.get("CVTEX_FUZZ") or 150),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(commands())
@example(["build", "--no-pdf", "-o", ""])
@example(["validate", "\udcff.json"])
@example(["extract", "\udcff.json"])
@example(["validate", "loop"])
def test_no_traceback(folder: Path, arguments: list[str]) -> None:
    before, where = dict(os.environ), Path.cwd()
    whole = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        shutil.copytree(folder, whole / "project", symlinks=True)
        os.chdir(whole / "project")
        done = CliRunner().invoke(cvtex, arguments, standalone_mode=False)
        if done.exception and not isinstance(done.exception, SAID):
            traceback.print_exception(done.exception)
            raise AssertionError(f"a traceback: {done.exception!r}")
        assert "\x1b[2J" not in done.output.replace("\x1b[2K", "")
    finally:
        os.chdir(where)
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(whole)


@pytest.mark.parametrize("given", [".", "/", "..", "out", "out/"])
def test_a_folder_given_for_a_file_is_where_the_file_goes(given: str) -> None:
    """`-o FOLDER` is in the help of each verb: the file keeps its own name in there."""
    assert place(Path(given), "Ada-CV.pdf") == Path(given) / "Ada-CV.pdf"
