"""The record of a build: believed only while nothing it depends on has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import freshness
from shared import Program


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "work.yaml").write_text("a")
    (tmp_path / "out.pdf").write_text("pdf")
    record = tmp_path / "build" / "state.json"
    freshness.save(
        str(record),
        {"pages": 2},
        inputs=freshness.contents([str(tmp_path / "data" / "work.yaml")]),
        folders=freshness.names([str(tmp_path / "data")]),
        stamped=[str(tmp_path / "out.pdf"), str(tmp_path / "absent")],
    )
    return record


def test_unchanged(kept: Path) -> None:
    assert freshness.load(str(kept)) == {"pages": 2}


def test_what_changes_during_a_build_is_a_change(tmp_path: Path) -> None:
    file, record = tmp_path / "work.yaml", str(tmp_path / "state.json")
    file.write_text("as it was read")
    seen = freshness.contents([str(file)])
    file.write_text("saved meanwhile")
    freshness.save(record, {"pages": 1}, inputs=seen, folders={}, stamped=[])
    assert freshness.load(record) is None
    assert freshness.last(record) == {"pages": 1}


def test_the_same_bytes_saved_again_are_no_change(kept: Path) -> None:
    (kept.parents[1] / "data" / "work.yaml").write_text("a")
    assert freshness.load(str(kept)) == {"pages": 2}


def test_changes(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = kept.parents[1]

    def forgotten() -> bool:
        return freshness.load(str(kept)) is None

    with monkeypatch.context() as patch:
        patch.setenv("CVTEX_PRIVATE_PHONE", "+49 30 23125 000")
        assert forgotten()
    (root / "data" / "new.yaml").write_text("")
    assert forgotten()
    (root / "data" / "new.yaml").unlink()
    assert not forgotten()
    (root / "absent").write_text("")
    assert forgotten()
    (root / "absent").unlink()
    (root / "out.pdf").write_text("longer")
    assert forgotten()


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"cvtex": 1}'])
def test_a_damaged_record_counts_as_none(kept: Path, damage: str) -> None:
    kept.write_text(damage)
    assert freshness.load(str(kept)) is None


def test_the_record_holds_no_private_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CVTEX_PRIVATE_PHONE", "+49 30 23125 000")
    record = tmp_path / "state.json"
    freshness.save(str(record), {}, inputs={}, folders={}, stamped=[])
    assert "23125" not in record.read_text()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    record = str(tmp_path / "file" / "state.json")
    freshness.save(record, {}, inputs={}, folders={}, stamped=[])
    assert freshness.load(record) is None


def test_a_folder_that_comes_later_is_an_input(tmp_path: Path, cvtex: Program) -> None:
    """safety/20: the first bibliography of a project is seen by the next build."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    assert cvtex("build", "--no-pdf").status == 0
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib/a.bib").write_text("@article{a, title={Paperxyz}, author={A B}, year=2020}")
    assert cvtex("build", "--no-pdf").status == 0
    assert "Paperxyz" in (tmp_path / "build/classic/cv.tex").read_text()


def latex(project: Path) -> str:
    return "".join(file.read_text() for file in (project / "build").rglob("*.tex"))


def test_a_language_that_comes_later_is_an_input(tmp_path: Path, cvtex: Program) -> None:
    """As a folder, and as a file in a folder that was empty."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    (tmp_path / "data/meta.yaml").write_text("languages: [en, de]\n")

    def built() -> str:
        run = cvtex("build", "--no-pdf", "--language", "de")
        assert run.status == 0, run.err
        return latex(tmp_path)

    built()
    (tmp_path / "data/de").mkdir()
    built()
    (tmp_path / "data/de/work.yaml").write_text("- name: Werkxyz\n")
    assert "Werkxyz" in built()
    (tmp_path / "data/de/basics.yaml").write_text("name: Ada Example\nsummary: Deutschxyz\n")
    assert "Deutschxyz" in built()


def test_a_letter_that_comes_later_is_an_input(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "data/letters").mkdir(parents=True)
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    for name in ("first", "second"):
        letter = f"to: {{organization: Acme}}\nbody: Words of {name}xyz.\n"
        (tmp_path / f"data/letters/{name}.yaml").write_text(letter)
        run = cvtex("letter", "--no-pdf")
        assert run.status == 0, run.err
        assert f"{name}xyz" in latex(tmp_path)
