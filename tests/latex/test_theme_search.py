"""Where a theme of a name is looked for: the project, installed packages, cvtex itself."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from cvtex.diagnostics import CvtexError
from cvtex.latex import installed, themes


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "theme.py").write_text(
        "from cvtex.latex import Theme as Base\nclass Theme(Base): ..."
    )
    return folder


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages, one of which offers the themes `classic` and `theirs`."""
    place = tmp_path / "site-packages"
    make(place / "cv_of_theirs")
    (place / "cv_of_theirs/__init__.py").touch()
    about = place / "cv_of_theirs-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: cv-of-theirs\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(
        "[cvtex.themes]\nclassic = cv_of_theirs\ntheirs = cv_of_theirs\n"
    )
    monkeypatch.syspath_prepend(str(place))
    return place


def test_the_list_and_the_search_agree(packages: Path, tmp_path: Path) -> None:
    project = tmp_path / "cv"
    own = make(project / "themes/theirs")
    theirs = packages / "cv_of_theirs"
    assert themes.find("classic", project).folder == theirs
    assert themes.find("theirs", project).folder == own
    assert themes.find("theirs", None).folder == theirs
    assert themes.find("linear", project).is_shipped()
    for root in (project, None):
        known = themes.themes(root)
        assert list(known) == sorted(known)
        assert {"classic", "linear", "theirs"} <= set(known)
        for name, theme in known.items():
            assert themes.find(name, root) == theme


def test_without_packages_the_shipped_one_is_found() -> None:
    assert themes.find("classic", None).is_shipped()
    assert "importlib.metadata" in sys.modules or not installed.folders()


def test_a_name_that_nobody_has(tmp_path: Path, packages: Path) -> None:
    with pytest.raises(CvtexError, match="there is no theme 'theirss'") as failure:
        themes.find("theirss", tmp_path)
    assert failure.value.diagnostics[0].hint == "did you mean theirs?"
    shutil.rmtree(packages)
    with pytest.raises(CvtexError, match="there is no theme 'theirs'"):
        themes.find("theirs", tmp_path)
