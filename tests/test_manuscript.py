"""What is worked out of a CV before it has a theme: its characters, and where they stand."""

from __future__ import annotations

from pathlib import Path

from cvtex import source
from cvtex.pipeline import manuscript


def characters(folder: Path, **files: str) -> dict[str, str]:
    """Return each character beyond ASCII with the place where it is blamed."""
    (folder / "data").mkdir()
    for name, text in files.items():
        (folder / f"data/{name}.yaml").write_text(text)
    project = source.find(folder, public=False, environ={})
    made = manuscript.of(project, source.read(project))
    assert made
    return {character: str(place) for character, place in made.characters.items()}


def test_capitals_of_the_name_and_of_titles(tmp_path: Path) -> None:
    """A theme may set both in capitals, whose glyphs a font may lack."""
    work = "title: Bøker\nentries: [{name: A}]\n"
    found = characters(tmp_path, basics="name: Ana ÿ\n", books=work)
    assert found["ÿ"] == "data/basics.yaml:1:11"
    assert found["Ÿ"].startswith("data/basics.yaml:1:")
    assert found["Ø"].startswith("data/books.yaml:1:")


def test_what_a_date_and_an_address_are_set_as(tmp_path: Path) -> None:
    work = "- name: A\n  startDate: {text: Frühling ‰, sort: 2020-03}\n  url: https://a.example/%C5%82\n"
    found = characters(tmp_path, basics="name: Ana\n", work=work)
    assert found["‰"] == "data/work.yaml:2:30"
    assert found["ł"].startswith("data/work.yaml:3:")


def test_a_path_of_a_picture_is_not_set(tmp_path: Path) -> None:
    assert "ø" not in characters(tmp_path, basics="name: Ana\naliases: [Anø]\n")
