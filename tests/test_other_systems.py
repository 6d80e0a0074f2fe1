"""macOS and Windows, as far as a Linux machine can play them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvtex import __main__, disk, home, output
from cvtex.diagnostics import UsageError
from cvtex.toolchain import landlock, sandbox
from cvtex.toolchain.fonts import files
from cvtex.toolchain.setup import install
from shared import Program


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "platform", "darwin")
    sandbox._found.cache_clear()
    yield
    sandbox._found.cache_clear()


def test_windows_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SystemExit) as left:
        __main__.program()
    told = capsys.readouterr()
    assert (left.value.code, told.out) == (1, "")
    assert told.err.startswith("error: cvtex does not run on Windows") and "WSL" in told.err


def test_windows_needs_nothing_that_windows_lacks(cvtex: Program, tmp_path: Path) -> None:
    """The sentence comes before a module is loaded that there is only on POSIX systems."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.platform = 'win32'\n"
        "for name in ('fcntl', 'resource', 'pwd', 'grp', 'termios'):\n"
        "    sys.modules[name] = None\n"
    )
    told = cvtex("--version", PYTHONPATH=str(tmp_path))
    assert told.status == 1 and told.err.startswith("error: cvtex does not run on Windows")


def test_tex_is_found_on_a_mac_also_when_an_editor_starts_it(
    mac: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is started from the Dock has a PATH of the system's folders alone."""
    monkeypatch.setenv("HOME", str(tmp_path))
    there = {"/Library/TeX/texbin", f"{tmp_path}/Library/TinyTeX/bin/universal-darwin"}
    monkeypatch.setattr(os.path, "isdir", there.__contains__)
    found = home.program_path("/usr/bin:.:/bin").split(":")
    assert found[:2] == ["/usr/bin", "/bin"] and set(found[2:]) == there
    again = home.program_path(":".join(found)).split(":")
    assert again == found, "none comes twice"


def test_elsewhere_the_path_is_as_it_was() -> None:
    assert home.program_path("/usr/bin:.:/bin") == "/usr/bin:/bin"


@pytest.mark.parametrize(
    "place",
    [
        "Library/Fonts",
        "Library/texmf/fonts/opentype/own",
        "Library/TinyTeX/texmf-dist/fonts/opentype/public",
        ".TinyTeX/texmf-dist/fonts/truetype/public",
    ],
)
def test_fonts_where_macos_and_tinytex_have_them(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    font = tmp_path / place / "NoOtherHasThis.otf"
    font.parent.mkdir(parents=True)
    font.touch()
    files.look_anew()
    try:
        assert files.locate(font.name) == font
    finally:
        files.look_anew()


def test_of_the_years_of_tex_live_the_newest_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known = [place for place in files.FOLDERS if "20??" in place]
    assert known and all(place.startswith("/usr/local/texlive/20??/") for place in known)
    monkeypatch.setattr(
        files, "FOLDERS", [place.replace("/usr/local", str(tmp_path)) for place in known]
    )
    for year in ("2019", "2024", "2023"):
        folder = tmp_path / f"texlive/{year}/texmf-dist/fonts/opentype/public"
        folder.mkdir(parents=True)
        (folder / "NoOtherHasThis.otf").touch()
    files.look_anew()
    try:
        found = files.locate("NoOtherHasThis.otf")
        assert found and "2024" in found.parts
    finally:
        files.look_anew()


def test_a_mac_has_no_sandbox_and_is_told_so(mac: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sandbox.VARIABLE, raising=False)
    assert sandbox.kind() == ""
    assert sandbox.described().startswith("none")
    monkeypatch.setenv(sandbox.VARIABLE, "require")
    with pytest.raises(sandbox.NoSandbox):
        sandbox.popen(["true"], landlock.Access(), cwd="/")


def test_a_mac_is_told_how_tex_live_comes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    brew = tmp_path / "brew"
    brew.write_text("#!/bin/sh\n")
    brew.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    hint = install._not_allowed(["texlive-latex-extra"]).hint
    assert hint == "try: brew install --cask mactex-no-gui"
    assert {("Darwin", "arm64"), ("Darwin", "x86_64")} <= install.WHEELS.keys()


def test_a_disk_that_does_not_tell_capitals_apart(tmp_path: Path) -> None:
    assert not disk.ignores_case(tmp_path)
    (tmp_path / "build").mkdir()
    assert not disk.ignores_case(tmp_path / "build" / "not there")
    (tmp_path / "BUILD").symlink_to("build")  # what such a disk says of the name
    assert disk.ignores_case(tmp_path / "build" / "not there")
    assert disk.ignores_case(tmp_path / "build")


def test_two_outputs_that_would_be_one_file(
    monkeypatch: pytest.MonkeyPatch, cvtex: Program, tmp_path: Path
) -> None:
    names = [tmp_path / "x.Short.pdf", tmp_path / "x.long.pdf", tmp_path / "x.short.pdf"]
    output.check_distinct(names)
    monkeypatch.setattr(disk, "ignores_case", lambda folder: True)
    output.check_distinct(names[:2])
    with pytest.raises(UsageError) as refused:
        output.check_distinct(names)
    assert "x.Short.pdf and" in refused.value.diagnostics[0].message
