"""Completion at the prompt: what cvtex answers, and the scripts in the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared import Program

LINES = [
    ("cvtex wa", ["watch"]),
    ("cvtex export p", ["pdf", "png"]),
    ("cvtex build --theme mo", ["moderncv"]),
    ("cvtex build --theme al", ["all"]),
    ("cvtex build --theme=mo", ["--theme=moderncv"]),
    ("cvtex build 'a folder' --theme mo", ["moderncv"]),
    ("cvtex build 'a fol", []),
    ("cvtex themes show cl", ["classic"]),
    ("cvtex publications list --style ap", ["apa"]),
    ("cvtex build --set basics.na", ["basics.name="]),
    ("cvtex build --set meta.theme=mo", ["meta.theme=moderncv"]),
    ("cvtex build --set meta.themes.jake.fontS", ["meta.themes.jake.fontSize="]),
    ("cvtex letter --project . ", ["acme", "base"]),
    ("cvtex letter --project . acme ", ["base"]),
]
"""What is typed, and what is offered in place of its last word."""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A project with two letters, and `cvtex` as a program."""
    (tmp_path / "data/letters").mkdir(parents=True)
    for name in ("acme", "base"):
        (tmp_path / f"data/letters/{name}.yaml").touch()
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/cvtex"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cvtex "$@"\n')
    program.chmod(0o755)
    return tmp_path


def answers(cvtex: Program, here: Path, shell: str, line: str) -> list[list[str]]:
    """Return what cvtex answers, each in its three parts."""
    run = cvtex(cwd=here, _CVTEX_COMPLETE=f"{shell}_complete", CVTEX_LINE=line)
    assert run.status == 0, run.err
    return [answer.split("\t") for answer in run.out.splitlines()]


@pytest.mark.parametrize("shell", ["zsh", "bash", "powershell"])
@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_a_line_goes_on(
    line: str, wanted: list[str], shell: str, here: Path, cvtex: Program
) -> None:
    told = [value for kind, value, _ in answers(cvtex, here, shell, line) if kind == "plain"]
    cut = line.rpartition(" ")[2].rfind("=") + 1 if shell == "bash" else 0
    assert told == [value[cut:] for value in wanted]


def test_an_answer_has_its_kind_and_its_meaning(here: Path, cvtex: Program) -> None:
    [[kind, value, meaning]] = answers(cvtex, here, "fish", "cvtex build --theme")
    assert (kind, value) == ("plain", "--theme") and meaning.startswith("Take this theme")
    assert answers(cvtex, here, "fish", "cvtex build -o da")[0][0] == "file"
    assert answers(cvtex, here, "fish", "cvtex build da")[0][0] == "file"


def script(cvtex: Program, shell: str) -> str:
    run = cvtex("completion", shell)
    assert (run.status, run.err) == (0, "")
    assert f"{shell}_complete" in run.out
    return run.out


def in_shell(command: list[str], here: Path, program: str) -> list[str]:
    """Run a program of a shell that is here, in the project; return what it prints."""
    if not (found := shutil.which(command[0])):
        pytest.skip(f"there is no {command[0]} here")
    done = subprocess.run(
        [found, *command[1:], program],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{here}/bin:{os.environ['PATH']}",
            "HOME": str(here),
            "TERM": "dumb",
            "LANG": "C.UTF-8",
        },
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout.splitlines()


def test_bash_runs_its_script(here: Path, cvtex: Program) -> None:
    asked = """
    for COMP_LINE in 'cvtex build --theme=mo' 'cvtex build --set basics.na' 'cvtex wa'; do
        COMP_POINT=${#COMP_LINE} COMP_WORDS=() _cvtex_completion cvtex
        printf '%s\\n' "${COMPREPLY[@]}"
    done
    COMP_POINT=9 COMP_LINE='cvtex lan --help'; _cvtex_completion cvtex
    printf '%s\\n' "${COMPREPLY[@]}"
    complete -p cvtex
    """
    told = in_shell(["bash", "-c"], here, script(cvtex, "bash") + asked)
    assert told[:4] == ["moderncv", "basics.name=", "watch", "languages"]
    assert "-F _cvtex_completion cvtex" in told[4]


ASKED_OF_ZSH = """
compdef() { print "compdef $*" }
_path_files() { print "files $*" }
_describe() { print -l -- "${(@P)3}" }
compadd() { print -l -- "${(@P)@[-1]}" }
compset() { print "compset $*" }
"""


def test_zsh_runs_its_script(here: Path, cvtex: Program) -> None:
    """The functions of its completion system are stand-ins, which print what they are given."""
    asked = """
    try() { words=("$@") CURRENT=$# PREFIX=$@[-1]; _cvtex_completion }
    try cvtex wa
    try cvtex build --theme=mo
    try cvtex build --set basics.na
    try cvtex build --output=da
    """
    told = in_shell(["zsh", "-f", "-c"], here, ASKED_OF_ZSH + script(cvtex, "zsh") + asked)
    assert told[0] == "compdef _cvtex_completion cvtex"
    assert told[1].startswith("watch:Build the CV")
    assert told[2:] == ["--theme=moderncv", "basics.name=", "compset -P *=", "files -f"]


def test_fish_runs_its_script(here: Path, cvtex: Program) -> None:
    asked = """
    for line in 'cvtex wa' 'cvtex build --theme=mo' 'cvtex build --set basics.na' \\
            'cvtex build --output=dat'
        complete -C $line
    end
    """
    told = in_shell(["fish", "--no-config", "-c"], here, script(cvtex, "fish") + asked)
    assert [line.split("\t")[0] for line in told] == [
        "watch",
        "--theme=moderncv",
        "basics.name=",
        "--output=data/",
    ]
