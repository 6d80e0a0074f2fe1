"""A public build says once what it makes known; who means it, says so in `meta.public`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import source
from cvtex.pipeline import manuscript

PHONE = "phone: +1 555 010 9999\n"
STREET = "location: {address: 1 High Street, city: London}\n"
REFERENCES = "- {name: Karin, email: karin@example.org}\n"


def told(folder: Path, public: bool = True, **files: str) -> list[str]:
    (folder / "data").mkdir()
    files["basics"] = "name: Ada\n" + files.get("basics", "")
    for name, text in files.items():
        (folder / f"data/{name}.yaml").write_text(text)
    project = source.find(folder, public=public, environ={})
    reading = source.read(project)
    made = manuscript.of(project, reading)
    assert made and not reading.diagnostics
    return [f"{d.severity.value} {d.source}: {d.message} | {d.hint}" for d in made.diagnostics]


def test_it_is_said_once_with_the_way_out(tmp_path: Path) -> None:
    assert told(tmp_path, basics=PHONE + STREET) == [
        "note data/basics.yaml:2:8: your phone number and your street address will be published"
        " | put what is private into data/private.yaml; what may be published, into"
        " data/meta.yaml: public: [phone, address]"
    ]


@pytest.mark.parametrize(
    ("basics", "rest", "said"),
    [
        (PHONE, {}, "your phone number will"),
        (STREET, {}, "your street address will"),
        ("location: 1 High Street, London\n", {}, "your street address will"),
        ("location: London, England\n", {}, ""),
        ("location: {city: London}\n", {}, ""),
        ("email: ada@example.org\n", {}, ""),
        ("", {"references": REFERENCES}, "of those who give a reference will"),
        ("", {"references": REFERENCES, "meta": "hide: [references]\n"}, ""),
        ("", {"references": "- {name: Karin, reference: Good.}\n"}, ""),
        (PHONE, {"meta": "public: [phone]\n"}, ""),
        (PHONE + STREET, {"meta": "public: [phone]\n"}, "your street address will"),
    ],
)
def test_what_is_said(tmp_path: Path, basics: str, rest: dict[str, str], said: str) -> None:
    found = told(tmp_path, public=True, basics=basics, **rest)
    assert len(found) == bool(said) and all(said in line for line in found)


def test_nothing_is_said_of_a_build_for_oneself(tmp_path: Path) -> None:
    assert told(tmp_path, public=False, basics=PHONE + STREET) == []


def test_nor_of_what_stands_in_the_overlay(tmp_path: Path) -> None:
    assert told(tmp_path, basics="", private="basics: {phone: +1 555 010 9999}\n") == []
