"""A theme is a program: one that a project brings runs only where the user has said so."""

from __future__ import annotations

import json
import os
import pickle
import pty
import py_compile
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cvtex as library
from cvtex import batch, cli, trust
from cvtex.latex import themes
from cvtex.request import Request
from shared import ROOT, Program

EVIL = """\
from pathlib import Path
Path("ran").touch()
from cvtex import latex

class Theme(latex.Theme):
    summary = "it runs"
    def basics(self, basics): return []
    def heading(self, section): return []
    def entry(self, entry): return latex.literal("an entry")
    def line(self, label, body): return latex.literal("a line")
    def items(self, bodies): return list(bodies)
"""
REFUSAL = "themes/mine/theme.py: error: the theme mine is a program that this project brings"


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody's project with a theme of its own, and the current folder; nothing is trusted."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "foreign"
    (folder / "data").mkdir(parents=True)
    (folder / "data/basics.yaml").write_text("name: Ada Lovelace\n")
    (folder / "data/meta.yaml").write_text("theme: mine\n")
    (folder / "themes/mine").mkdir(parents=True)
    (folder / "themes/mine/theme.py").write_text(EVIL)
    monkeypatch.chdir(folder)
    return folder


VERBS = (
    ("build", "--no-pdf"),
    ("build", "--no-pdf", "--theme", "./themes/mine"),
    ("build", "--no-pdf", "--theme", "all"),
    ("watch",),
    ("validate",),
    ("validate", "--format", "json"),
    ("export", "overleaf"),
    ("export", "pdf"),
    ("doctor",),
    ("themes",),
    ("themes", "--format", "json"),
    ("themes", "show", "mine"),
    ("themes", "preview", "mine", "-o", "x.png"),
    ("toolchain", "install", "--theme", "mine"),
    ("toolchain", "bundle", "--theme", "mine", "-o", "x"),
    ("batch", "..", "--jobs", "1"),
)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_verb_runs_it(
    verb: tuple[str, ...], foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.cvtex.main(verb, standalone_mode=False)
    told = capsys.readouterr().err
    assert (foreign / "ran").exists() is False
    assert status == 2, told
    if verb == ("validate", "--format", "json"):
        [problem] = [json.loads(line) for line in told.splitlines()]
        told = f"{problem['file']}: error: {problem['message']}\nhint: {problem['hint']}"
    assert REFUSAL in told
    assert "hint: read it first, then say --trust or set CVTEX_TRUST=1" in told


def test_others_are_listed_all_the_same(foreign: Path, cvtex: Program) -> None:
    done = cvtex("themes", "--format", "json", cwd=foreign)
    assert {theme["name"] for theme in json.loads(done.out)} >= {"classic", "moderncv"}
    assert "classic" in cvtex("doctor", cwd=foreign).out


@pytest.mark.parametrize("how", ["--trust", "CVTEX_TRUST"])
def test_said_for_this_once(how: str, foreign: Path, cvtex: Program) -> None:
    said = ((how,), {}) if how == "--trust" else ((), {how: "1"})
    done = cvtex("validate", *said[0], cwd=foreign, **said[1])
    assert (done.status, (foreign / "ran").exists()) == (0, True), done.err
    assert cvtex("validate", cwd=foreign).status == 2
    assert cvtex("validate", cwd=foreign, CVTEX_TRUST="0").status == 2


def test_a_folder_remembered(foreign: Path, cvtex: Program) -> None:
    (foreign.parent / "link").symlink_to(foreign)
    assert trust.remember(Path("../link"))
    assert json.loads(trust.state_file().read_text()) == [str(foreign.resolve())]
    assert cvtex("validate", cwd=foreign).status == 0
    (foreign / "themes/mine/theme.py").write_text(EVIL + "\n# changed\n")
    assert cvtex("validate", cwd=foreign).status == 0
    moved = shutil.copytree(foreign, foreign.parent / "elsewhere")
    assert cvtex("validate", cwd=moved).status == 2


@pytest.mark.parametrize("content", ["", "{}", '{"a": 1}', "[1, null]", "[" * 9999, "\0\xff"])
def test_a_damaged_memory_holds_nothing(content: str, foreign: Path) -> None:
    trust.state_file().parent.mkdir(parents=True)
    trust.state_file().write_text(content, encoding="latin-1")
    assert trust.remembered() == frozenset()
    assert trust.remember(foreign)
    assert trust.is_trusted(foreign)


def test_what_cvtex_made_is_trusted(foreign: Path, cvtex: Program) -> None:
    assert cvtex("new", "own", cwd=foreign.parent).status == 0
    own = shutil.copytree(foreign / "themes", foreign.parent / "own/themes").parent
    assert cvtex("validate", "--theme", "mine", cwd=own).status == 0
    # The folder is the one made, not every theme beside it.
    assert cvtex("themes", "new", "yours", cwd=foreign).status == 0
    assert cvtex("validate", "--theme", "yours", cwd=foreign).status == 0
    assert cvtex("validate", "--theme", "mine", cwd=foreign).status == 2
    # A folder that had a theme before is not one that `cvtex new` made.
    (foreign.parent / "cloned/themes").mkdir(parents=True)
    shutil.copytree(foreign / "themes/mine", foreign.parent / "cloned/themes/mine")
    assert cvtex("new", "cloned", cwd=foreign.parent).status == 0
    assert cvtex("validate", "cloned", "--theme", "mine", cwd=foreign.parent).status == 2


def test_a_shipped_theme_is_trusted_wherever_it_lies(foreign: Path) -> None:
    copy = shutil.copytree(
        ROOT / "themes/classic",
        foreign / "themes/classic",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    found = themes.find("classic", foreign)
    assert (found.folder, found.owner, found.is_trusted()) == (copy, foreign, True)
    assert found.load().__name__ == "Theme"
    (copy / "article.cls").write_text(r"\errmessage{loaded instead of LaTeX's}")
    assert not found.is_trusted()
    (copy / "article.cls").unlink()
    assert found.is_trusted()
    with (copy / "theme.py").open("a") as code:
        code.write("# mine\n")
    assert not found.is_trusted()


def test_a_compiled_file_beside_a_shipped_theme_is_not_run(foreign: Path) -> None:
    copy = foreign / "themes/linear"
    shutil.copytree(ROOT / "themes/linear", copy, ignore=shutil.ignore_patterns("__pycache__"))
    cached = copy / "__pycache__" / f"theme.{sys.implementation.cache_tag}.pyc"
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile("themes/mine/theme.py", str(cached), invalidation_mode=unchecked)
    assert themes.find("linear", foreign).load().summary.startswith("one column")
    assert not (foreign / "ran").exists()


def test_the_library_asks_nobody(foreign: Path) -> None:
    with pytest.raises(library.UntrustedError) as caught:
        library.render(foreign)
    assert isinstance(caught.value, library.CvtexError)
    assert caught.value.folder == foreign
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.diagnostics == caught.value.diagnostics
    with pytest.raises(library.UntrustedError):
        library.validate(foreign)
    assert not (foreign / "ran").exists()
    assert r"\begin{document}" in library.render(foreign, trust=True)
    assert library.build(foreign, trust=True, pdf=False).built[0].theme == "mine"


def test_another_machine_is_told_whom_this_one_trusts(foreign: Path) -> None:
    def told() -> bool:
        [task] = batch.tasks({"ada": foreign}, Request(), packed=True)
        return task.request.trust

    assert not told()
    trust.remember(foreign)
    assert told()


@pytest.mark.parametrize("answer", ["y", "n"])
def test_asked_once_at_a_terminal(answer: str, foreign: Path) -> None:
    status, said = at_terminal(answer, "validate")
    assert "is a program that this project brings and runs as you." in said
    assert f"Do you trust the themes in {foreign.resolve()}? [y/N]" in said
    if answer == "y":
        assert status == 0, said
        status, said = at_terminal("", "validate")
        assert (status, "trust" in said) == (0, False)
    else:
        assert status == 2, said
        assert REFUSAL in said
        assert said.count("[y/N]") == 1
        assert not (foreign / "ran").exists()


def at_terminal(answer: str, *arguments: str) -> tuple[int, str]:
    """Run the program at a terminal, where somebody types an answer; return what it showed."""
    try:
        ours, theirs = pty.openpty()
    except OSError as lack:  # a bare chroot has no /dev/pts
        pytest.skip(str(lack))
    command = [sys.executable, "-m", "cvtex", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:  # how Linux tells that the other end is closed
                break
    os.close(ours)
    return running.returncode, re.sub(r"\x1b\[\d*m", "", shown.decode())
