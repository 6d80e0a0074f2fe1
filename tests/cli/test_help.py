"""The command line explains itself: whole summaries, examples, sentences, and near misses."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cvtex import cli
from cvtex.cli.help import GROUPS, MEANT, Verb, Verbs, nearest, verbs
from shared import ROOT, Program

ALL = dict(verbs(cli.cvtex, "cvtex"))


def help_of(path: str) -> str:
    command = ALL[path]
    context = click.Context(command, info_name=path, terminal_width=80)
    return command.get_help(context)


def test_every_verb_has_a_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(cli.cvtex.commands)


@pytest.mark.parametrize("path", ALL)
def test_help_has_a_letter_whatever_was_asked_before(path: str) -> None:
    assert "  -h, --help" in help_of(path)
    assert not {"-h", "--help"} & {name for own in ALL[path].params for name in own.opts}
    for asked in ("-h", "--help"):
        with pytest.raises(SystemExit) as end:
            cli.cvtex([*path.split()[1:], asked])
        assert end.value.code == 0


@pytest.mark.parametrize("path", ALL)
def test_summaries_are_whole(path: str) -> None:
    command = ALL[path]
    told = " ".join(help_of(path).split())
    assert "..." not in told.replace("[ARGS]...", "").replace("]...", "")
    for child in getattr(command, "commands", {}).values():
        said = child.get_short_help_str()
        assert " ".join((child.help or "").split()).startswith(said)
        assert re.sub(r"-\s", "-", said) in re.sub(r"-\s", "-", told)


@pytest.mark.parametrize("path", ALL)
def test_every_option_is_a_full_sentence(path: str) -> None:
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            text = re.sub(r"\s*\[default.*\]$", "", parameter.help or "")
            assert re.fullmatch(r"[A-Z][a-z]+ .*\.", text), (path, parameter.opts, text)


@pytest.mark.parametrize("path", ALL)
def test_every_argument_is_explained(path: str) -> None:
    command = ALL[path]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            for word in re.findall(r"[A-Z]{3,}", parameter.make_metavar(click.Context(command))):
                assert word in (command.help or ""), (path, word)


@pytest.mark.parametrize("path", ALL)
def test_examples_are_right(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = ALL[path]
    assert isinstance(command, (Verb, Verbs))
    assert command.examples
    for example in command.examples:
        assert f"  {example}\n" in help_of(path) + "\n"
        words = shlex.split(re.sub(r'^eval "\$\((.*)\)".*', r"\1", example), comments=True)
        words = words[: words.index(">")] if ">" in words else words
        assert words[0] == "cvtex"
        for word in words:
            if re.fullmatch(r"[\w-]+\.\w+", word):
                Path(word).touch()
            elif word == "my-cv":
                Path(word).mkdir(exist_ok=True)
        parsed(words[1:])


def parsed(words: list[str]) -> None:
    """See that the command line takes the words, and run nothing."""
    command: click.Command = cli.cvtex
    while isinstance(command, click.Group) and words[:1] != ["--help"]:
        if words and words[0] in command.commands:
            command, words = command.commands[words[0]], words[1:]
        elif "list" in command.commands:
            command = command.commands["list"]
        else:
            assert not words, words
            return
    if "--help" not in words:
        command.make_context("cvtex", list(words))


def test_the_same_word_means_the_same() -> None:
    """An option of one name has one form and, but for what is written, one explanation."""
    seen: dict[str, set[str]] = {}
    for command in ALL.values():
        for parameter in command.params:
            for name in parameter.opts:
                if isinstance(parameter, click.Option):
                    kind = f"{parameter.is_flag} {parameter.secondary_opts} {parameter.multiple}"
                    seen.setdefault(name, set()).add(kind)
    several = {name for name, kinds in seen.items() if len(kinds) > 1}
    assert several == {"--theme", "--engine", "--language"}  # of a build there may be several
    assert all(("--public" in p.opts) == ("--private" in p.secondary_opts)
               for c in ALL.values() for p in c.params)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("init", "cvtex new"),
        ("create", "cvtex new"),
        ("biuld", "cvtex build"),
        ("Build", "cvtex build"),
        ("render", "cvtex build"),
        ("serve", "cvtex watch"),
        ("lint", "cvtex validate"),
        ("pdf", "cvtex export pdf"),
        ("theme", "cvtex themes"),
        ("clean", "cvtex cache clear"),
        ("help", "cvtex --help"),
        ("doctr", "cvtex doctor"),
    ],
)
def test_near_misses(typed: str, meant: str, cvtex: Program) -> None:
    run = cvtex(typed)
    assert run.status == 2
    assert f"did you mean `{meant}`?" in run.err


def test_a_file_is_no_verb(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "resume.json").write_text("{}")
    assert "did you mean `cvtex build resume.json`?" in cvtex("resume.json", cwd=tmp_path).err
    (tmp_path / "my-cv/data").mkdir(parents=True)
    assert "did you mean `cvtex build my-cv`?" in cvtex("my-cv", cwd=tmp_path).err
    told = cvtex("qwxz", cwd=tmp_path).err
    assert "did you mean" not in told and "there are new, " in told


def test_what_is_meant_is_there() -> None:
    for meant in MEANT.values():
        assert meant.startswith("--") or f"cvtex {meant}" in ALL
    assert nearest("qwxz", cli.cvtex.commands, MEANT) is None


def test_keys_to_set_are_completed_name_by_name() -> None:
    from cvtex.commands.completion import keys

    assert {"basics.", "meta.", "work="} <= set(keys(""))
    assert keys("meta.themes.classic.acc") == ["meta.themes.classic.accent="]
    assert "meta.publications.style=" in keys("meta.publications.")
    assert keys("nothing.") == keys("basics.name.") == keys("nothing=") == []
    assert keys("meta.them") == ["meta.theme=", "meta.themes."]
    assert keys("meta.theme=ha") == ["meta.theme=harvard"]
    assert "meta.themes.classic.font=lmsans" in keys("meta.themes.classic.font=")


def test_the_manual_page_is_as_the_command_line_has_it() -> None:
    found = importlib.util.spec_from_file_location("manual", ROOT / ".ci/manual.py")
    assert found and found.loader
    manual = importlib.util.module_from_spec(found)
    found.loader.exec_module(manual)
    assert manual.page() == manual.FILE.read_text("utf-8"), "run `make docs`"


@pytest.mark.parametrize("wanted", [True, False])
def test_no_colours_where_the_user_wants_none(wanted: bool, tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("nam: A\n")
    try:
        leader, follower = os.openpty()
    except OSError:
        pytest.skip("there is no terminal to be had here")
    subprocess.run(
        [sys.executable, "-m", "cvtex", "validate", str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=follower,
        env={**os.environ, "NO_COLOR": "" if wanted else "1"},
        check=False,
    )
    os.close(follower)
    told = os.read(leader, 10_000)
    os.close(leader)
    assert b"error: " in told
    assert (b"\x1b[31m" in told) is wanted


def test_completion_sees_the_projects_own_themes(tmp_path: Path) -> None:
    place = tmp_path / "themes/my-own"
    place.mkdir(parents=True)
    (place / "theme.py").write_text("raise SystemExit('a theme is not run to complete its name')")
    from cvtex.cli.completions import theme_names

    [build] = [c for p, c in ALL.items() if p == "cvtex build"]
    context = click.Context(build)
    context.params["path"] = tmp_path
    parameter = next(p for p in build.params if p.name == "themes")
    assert [item.value for item in theme_names(context, parameter, "my")] == ["my-own"]


def test_an_open_without_a_viewer_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from cvtex.commands import opened

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    opened(tmp_path / "cv.pdf")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", str(tmp_path))
    opened(tmp_path / "cv.pdf")
    told = tmp_path / "told"
    viewer = tmp_path / "xdg-open"
    viewer.write_text(f"#!/bin/sh\necho noise; echo noise >&2; echo \"$1\" > '{told}'\n")
    viewer.chmod(0o755)
    opened(tmp_path / "cv.pdf")
    import time

    ends = time.monotonic() + 20
    while not (told.is_file() and told.read_text().strip()):
        assert time.monotonic() < ends
        time.sleep(0.02)
    assert told.read_text().strip() == str(tmp_path / "cv.pdf")
    assert capfd.readouterr() == ("", "")
    assert sys.stdout
