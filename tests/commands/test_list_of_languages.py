"""`cvtex languages`: each language by its own name, and what its script needs here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cvtex.cli import completions
from cvtex.commands import languages, toolchain
from cvtex.diagnostics import CvtexError
from cvtex.source.languages import codes
from cvtex.toolchain.fonts import faces
from cvtex.toolchain.model import Progress
from cvtex.toolchain.setup import install
from shared import Program

NOT_LATIN = {
    "cyrillic": {"bg", "ru", "sr", "uk"},
    "greek": {"el"},
    "han": {"ja", "zh", "zh-Hant"},
    "hangul": {"ko"},
}

CALLED = {"id", "sr", "sr-Latn", "zh", "zh-Hant"}
"""Languages that are called otherwise than in CLDR, which has no scripts, and "Indonesia"."""


def test_names_are_those_of_cldr() -> None:
    locale = pytest.importorskip("babel").Locale
    for row in languages.known():
        if row.code not in CALLED:
            theirs = locale.parse(row.code.replace("-", "_")).get_display_name()
            assert row.name.casefold() == theirs.casefold()


def test_each_is_listed(cvtex: Program) -> None:
    told = cvtex("languages")
    assert (told.status, told.err) == (0, "")
    assert [line.split()[0] for line in told.out.splitlines()] == list(codes())
    assert "Deutsch, de-AT" in told.out
    rows = json.loads(cvtex("languages", "--format", "json").out)
    by_script: dict[str, set[str]] = {}
    for row in rows:
        if row["face"]:
            by_script.setdefault(row["face"]["script"], set()).add(row["code"])
    assert by_script == NOT_LATIN
    assert rows[codes().index("en")]["regions"][2] == "en-GB"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with DejaVu and no other font."""
    here = {"DejaVuSans.ttf", "DejaVuSerif.ttf"}
    monkeypatch.setattr(
        faces, "locate", lambda name: Path("/fonts", name) if name in here else None
    )


@pytest.mark.usefixtures("bare")
def test_what_is_not_here_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert languages.languages("text") == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["ja"].endswith("not here: install fonts-noto-cjk")
    assert lines["ru"].endswith("DejaVuSerif.ttf; fonts-cmu suits it better")
    assert lines["de"].split() == ["de", "Deutsch,", "de-AT,", "de-CH"]
    assert [faces.face(script).package for script in faces.SCRIPTS] == [
        *("fonts-cmu", "fonts-cmu", "fonts-noto-cjk", "fonts-noto-cjk", "fonts-dejavu-core")
    ]


@pytest.mark.usefixtures("bare")
def test_install_brings_the_face_and_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def texlive(wanted: tuple[str, ...], progress: Progress | None = None) -> install.Installed:
        asked.append(tuple(wanted))
        return install.Installed()

    monkeypatch.setattr(install, "texlive", texlive)
    with pytest.raises(CvtexError, match="no font here sets Han"):
        toolchain.install("texlive", languages=["ja", "de"])
    assert {"fonts-noto-cjk", "texlive-xetex"} <= set(asked[0])
    toolchain.install("texlive", languages=["de"])
    assert not {"fonts-noto-cjk", "texlive-xetex"} & set(asked[1])
    with pytest.raises(CvtexError, match="does not know the language tlh"):
        toolchain.install("texlive", languages=["tlh"])


def test_a_shell_completes_codes() -> None:
    import click

    from cvtex import cli

    build = cli.cvtex.commands["build"]
    [option] = [p for p in build.params if "--language" in p.opts]
    found = completions.language_codes(click.Context(build), option, "")
    assert [item.value for item in found] == [*codes(), "all"]
    assert [i.value for i in completions.language_codes(click.Context(build), option, "sr")] == [
        "sr",
        "sr-Latn",
    ]
