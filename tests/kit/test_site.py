"""The pages of the documentation's site that are made from the program: `.ci/site.py`."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
import yaml

from cvtex import cli
from shared import ROOT


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with all pages of the site, as MkDocs gets it."""
    found = importlib.util.spec_from_file_location("site_pages", ROOT / ".ci/site.py")
    assert found and found.loader
    module: ModuleType = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    place = tmp_path_factory.mktemp("site") / "docs"
    module.PAGES = place  # type: ignore[attr-defined]
    module.main()
    return place


def test_every_page_of_the_menu_is_there_and_every_page_is_in_the_menu(pages: Path) -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = set(re.findall(r"[\w-]+\.md", str(settings["nav"])))
    assert listed == {page.name for page in pages.glob("*.md")}


def test_every_link_and_picture_leads_somewhere(pages: Path) -> None:
    for page in pages.rglob("*.md"):
        text = re.sub(r"^(```+).*?^\1$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.M | re.S)
        for target in re.findall(r"\]\((?!\s*(?:https?|mailto):)([^)#\s]+)", text):
            assert (page.parent / target).exists(), (page.name, target)


def test_every_link_that_leads_out_is_well_formed(pages: Path) -> None:
    """Nobody asks the network here: that the places are there is not tested."""
    found = set()
    for page in pages.rglob("*.md"):
        text = re.sub(r"^(```+).*?^\1$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.M | re.S)
        found |= set(re.findall(r"\]\((https?:[^)]*)\)", text))
    assert found
    for target in found:
        place = urlsplit(target)
        assert place.scheme == "https" and re.fullmatch(r"[\w-]+(\.[\w-]+)+", place.netloc), target
        assert not re.search(r"\s", target), target


def test_every_theme_verb_and_message_has_its_place(pages: Path) -> None:
    themes = {folder.parent.name for folder in (ROOT / "themes").glob("*/theme.py")}
    assert {page.stem for page in (pages / "theme").iterdir()} == themes
    told = (pages / "commands.md").read_text("utf-8")
    for verb in cli.cvtex.commands:
        assert f"\n## cvtex {verb}\n" in told
    said = (pages / "messages.md").read_text("utf-8")
    assert said.count("cvtex says:") == len(list((ROOT / "tests/errors").glob("*.txt")))
    assert "| `Undefined control sequence` | LaTeX does not know the command {near} |" in said


def test_language_models_get_a_list_and_the_whole(pages: Path) -> None:
    listed = (pages / "llms.txt").read_text("utf-8")
    assert listed.startswith("# cvtex\n\n> ") and "- [Publications](publications/)" in listed
    whole = (pages / "llms-full.txt").read_text("utf-8")
    assert "## `grants`" in whole and "cvtex build --variant" in whole
