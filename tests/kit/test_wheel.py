"""The wheel in an empty environment, outside this repository: `new`, `build`, the workflow."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import trove_classifiers
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from kit.test_workflows import (
    DIGITS,
    WORKFLOWS,
    Runner,
    asked_of_gh,
    commit,
    evaluate,
    load,
    runner,
)

__all__ = ["runner"]  # a fixture is found where it is imported

from shared import ROOT, words


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_carries_themes_sample_and_data_files(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    wanted = {
        path.relative_to(base).as_posix()
        for base, top in ((ROOT / "src", "cvtex"), (ROOT, "themes"))
        for path in (base / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted = {f"cvtex/{name}" if name.startswith("themes/") else name for name in wanted}
    assert wanted <= held
    assert not [name for name in held if "__pycache__" in name or "private.yaml" in name]
    tops = {name.partition("/")[0] for name in held}
    assert len(tops) == 3, tops  # the package, what is known of it, and the manual page
    assert any(name.endswith(".data/data/share/man/man1/cvtex.1") for name in held)


def test_the_sdist_makes_the_same_wheel(tmp_path: Path) -> None:
    """What a tag publishes (`.ci/dist.py`), but for the installation; versions are one."""
    script = ROOT / ".ci/dist.py"
    source = f"import runpy; dist = runpy.run_path({str(script)!r}); from pathlib import Path; "
    for tag, status in (("", 0), ("cvtex-99.0", 1)):
        made = f"dist['main']({tag!r}, Path({str(tmp_path)!r}), tried=False)"
        done = subprocess.run([sys.executable, "-c", source + made], text=True, capture_output=True)
        assert done.returncode == status, done.stderr
    assert "the versions are not one: " in done.stderr and "the tag: 99.0" in done.stderr
    assert len(list(tmp_path.iterdir())) == 2


URL = "https://github.com/somebody/cvtex"


def known(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    """Return what hatchling writes into the package of one that is published from an address."""
    monkeypatch.setenv("CVTEX_REPOSITORY", url)
    core: dict[str, Any] = ProjectMetadata(str(ROOT), PluginManager()).core.config
    return core


def test_the_package_names_the_repository_that_publishes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = known(monkeypatch, URL)
    version = told["version"]
    assert told["urls"]["Source"] == URL
    assert told["urls"]["Changelog"] == f"{URL}/blob/cvtex-{version}/CHANGELOG.md"
    readme = told["readme"]["text"]
    targets = re.findall(r"\]\(([^)\s]+)\)", readme)
    assert targets and all(target.startswith("https://") for target in targets)
    at = re.compile(rf"{URL}/(raw|blob)/cvtex-{re.escape(version)}/(.*)")
    inside = [found for target in targets if (found := at.fullmatch(target))]
    assert len(inside) > 20
    for kind, name in (found.groups() for found in inside):
        assert (ROOT / name.partition("#")[0]).exists(), name
        assert (kind == "raw") == name.endswith(".png")
    workflow = load(WORKFLOWS / "publish.yml")
    [step] = [step for step in workflow["jobs"]["build"]["steps"] if "make dist" in str(step)]
    given = {"github.server_url": "https://github.com", "github.repository": "somebody/cvtex"}
    assert evaluate(step["env"]["CVTEX_REPOSITORY"], given) == URL


def test_a_package_of_no_known_place_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    told = known(monkeypatch, "")
    assert told["urls"] == {} and told["readme"]["text"] == (ROOT / "README.md").read_text("utf-8")
    with pytest.raises(ValueError, match="is no address of a repository"):
        known(monkeypatch, "somebody/cvtex")


def test_every_classifier_is_one_of_pypi(monkeypatch: pytest.MonkeyPatch) -> None:
    told = known(monkeypatch, "")
    assert set(told["classifiers"]) <= trove_classifiers.classifiers
    pythons = {word for word in told["classifiers"] if re.search(r":: 3\.\d+$", word)}
    tested = load(WORKFLOWS / "test.yml")["jobs"]["pythons"]["strategy"]["matrix"]["python"]
    assert pythons == {f"Programming Language :: Python :: {name}" for name in tested}


@pytest.mark.tex
def test_new_build_and_release_with_nothing_but_the_wheel(wheel: Path, runner: Runner) -> None:
    """The workflow that `cvtex new --ci github` writes sets the environment up by itself."""
    setup = runner.bin.parent / "setup"
    subprocess.run([sys.executable, "-m", "venv", str(setup)], check=True)
    install = [str(setup / "bin/pip"), "install", "-q", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    program = str(setup / "bin/cvtex")
    environment = {**runner.environment, "PIP_FIND_LINKS": str(wheel.parent)}
    environment["PASSED"] += " PIP_FIND_LINKS PIP_CERT PIP_CONFIG_FILE SSL_CERT_FILE"

    def run(*arguments: str, folder: Path = runner.folder) -> str:
        done = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", ".", "--ci", "github")
    assert run("build").strip() == "build/classic.pdf"
    assert "Lindqvist" in words(runner.folder / "build/classic.pdf")
    assert run("build", "--theme", "moderncv").strip() == "build/moderncv.pdf"
    commit(runner.folder)
    workflow = load(runner.folder / ".github/workflows/release.yml")
    asked = Runner(runner.folder, runner.bin, environment).run(workflow)
    _, create = asked_of_gh(asked)
    names = ["release/Mira-Lindqvist-CV-overleaf.zip", "release/Mira-Lindqvist-CV.pdf"]
    assert [a for a in create[3:] if not a.startswith("--")] == names
    assert DIGITS not in words(runner.folder / names[1]).replace(" ", "")
