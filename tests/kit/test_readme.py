"""The README, the pages in docs/ and CONTRIBUTING say what is so: what they tell to run runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cvtex import cli
from cvtex.latex import themes
from shared import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
IN_ORDER = [
    "start",
    "cookbook",
    "data",
    "looks",
    "building",
    "publications",
    "variants",
    "letters",
    "fit",
    "languages",
    "export",
    "pdf",
    "coming-from",
    "release",
    "toolchains",
    "editors",
    "library",
]
"""The pages whose commands run, each in the project as the ones before have left it."""
PIP = {"--no-index", "--find-links"}
"""Options of pip that the pages name."""
EVERYTHING = "\n".join([README, *PAGES.values()])
CONTRIBUTING = (ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.tex
def test_commands_of_the_readme_and_the_pages_run_in_their_order(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "cvtex"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cvtex "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"}
    script = ["set -eux"]
    told = "\n".join([README, *(PAGES[name] for name in IN_ORDER)])
    for kind, code in re.findall(r"^```(sh|python) run\n(.*?)^```$", told, re.M | re.S):
        runs = code if kind == "sh" else f"{sys.executable} - <<'CODE'\n{code}CODE\n"
        script.append(runs)
    done = subprocess.run(
        ["sh", "-c", "\n".join(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Mira Lindqvist 2" in done.stdout
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert {
        "my-cv/build/classic.pdf",
        "my-cv/build/moderncv.pdf",
        "my-cv/blue.pdf",
        "my-cv/cv.zip",
        "my-cv/from-yaml.pdf",
        "my-cv/work.schema.json",
        "with-release/.github/workflows/release.yml",
    } <= made


def test_guide_names_every_room() -> None:
    table = CONTRIBUTING.partition("## The rooms")[2].partition("\n\nThemes live")[0]
    package = ROOT / "src" / "cvtex"
    for path in package.iterdir():
        if path.name[0] not in "_." and path.name not in ("py.typed", "languages", "themes"):
            assert f"`{path.name}{'/' * path.is_dir()}`" in table, path.name


def test_readme_names_every_theme() -> None:
    assert {f"**`{name}`**" for name in themes.themes(None)} <= set(
        re.findall(r"\*\*`\w+`\*\*", README)
    )
    assert {f"`{name}`" for name in themes.themes(None)} <= set(
        re.findall(r"`\w+`", PAGES["looks"])
    )


def test_page_of_publications_names_every_citation_style() -> None:
    styles = ROOT / "src/cvtex/citation/styles"
    listed = PAGES["publications"].partition("  style: ")[2].partition(", your own")[0]
    assert set(re.findall(r"\w+", listed)) == {path.stem for path in styles.iterdir()}


def test_pages_name_only_options_and_verbs_that_exist() -> None:
    known = {"--help", "--editable"}

    def walk(command: click.Command, path: str) -> set[str]:
        for parameter in command.params:
            known.update((*parameter.opts, *parameter.secondary_opts))
        found = {path} if path else set()
        for name, child in getattr(command, "commands", {}).items():
            found |= walk(child, f"{path} {name}".strip())
        return found

    verbs = walk(cli.cvtex, "")
    sample = (ROOT / "src/cvtex/sample/README.md").read_text()
    for text in (EVERYTHING, CONTRIBUTING, sample):
        code = "\n".join(a or b for a, b in re.findall(r"`([^`\n]+)`|^    (\S.*)$", text, re.M))
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", code):
            assert option in known | PIP, option
        for verb in re.findall(r"\bcvtex ([a-z]+)", code):
            assert any(verb == known_verb.split()[0] for known_verb in verbs), verb


def test_pages_name_every_verb() -> None:
    for name in cli.cvtex.commands:
        assert re.search(rf"\bcvtex {name}\b", EVERYTHING), name


def test_links_lead_to_files_that_are_there() -> None:
    pages = [(ROOT / "docs", text) for text in PAGES.values()]
    for folder, text in [(ROOT, README), (ROOT / ".github", CONTRIBUTING), *pages]:
        for target in re.findall(r"\]\((?!\s*https?:)([^)#]+)\)", text):
            assert (folder / target).exists(), target
