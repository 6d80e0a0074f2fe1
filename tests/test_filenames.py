"""One function makes each name that is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex import filenames


def test_names_of_editions() -> None:
    assert filenames.edition("classic") == "classic"
    assert filenames.edition("classic", "short", "de") == "classic.short.de"
    assert filenames.edition("classic", language="de") == "classic.de"
    assert filenames.letter("acme") == "letters/acme"
    assert filenames.letter("acme", "de") == "letters/acme.de"


@pytest.mark.parametrize(
    ("person", "own", "latin"),
    [
        ("Mira Lindqvist", "Mira-Lindqvist", "Mira-Lindqvist"),
        ("Zoë Ångström-Müller", "Zoe-Angstrom-Muller", "Zoe-Angstrom-Muller"),
        ("Conan O’Brien, Jr.", "Conan-OBrien-Jr", "Conan-OBrien-Jr"),
        ("Матвей Жуков", "Матвей-Жуков", "Matvey-Zhukov"),
        ("Юрій Щукін", "Юрій-Щукін", "Yuriy-Shchukin"),
        ("Γιώργος Σταύρου", "Γιώργος-Σταύρου", "Giorgos-Stayrou"),
        ("李明", "李明", ""),
        ("김철수", "김철수", ""),
        ("محمد علي", "محمد-علي", ""),
        ("नरेन्द्र मोदी", "नरेन्द्र-मोदी", ""),
        ("../../etc/passwd", "etc-passwd", "etc-passwd"),
        ("a\nb\x1b[31m", "a-b-31m", "a-b-31m"),
    ],
)
def test_a_file_is_named_after_the_person(person: str, own: str, latin: str) -> None:
    assert filenames.handed_out(person) == f"{own}-CV"
    parts = [part for part in (latin, "CV") if part]
    assert filenames.handed_out(person, latin=True) == "-".join(parts)


def test_what_else_stands_in_the_name() -> None:
    given = filenames.handed_out("Ada Lovelace", variant="short", language="de")
    assert given == "Ada-Lovelace-CV-short-de"
    assert filenames.handed_out("Ada Lovelace", letter="acme") == "Ada-Lovelace-Letter-acme"
    aliases = ("李 明", "Li Ming", "Lee Ming")
    assert filenames.handed_out("李明", latin=True, aliases=aliases) == "Li-Ming-CV"
    assert filenames.handed_out("李明", aliases=aliases) == "李明-CV"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("a" * 119 + " Lee", "a" * 119),
        (" ".join(["ab"] * 50), "-".join(["ab"] * 40)),
        ("a" * 120, "a" * 120),
        ("a" * 121, "a" * 120),
        ("李" * 41, "李" * 40),
        ("x" + "李" * 41, "x" + "李" * 39),
    ],
)
def test_a_long_name_loses_whole_words_but_the_first(person: str, name: str) -> None:
    """Of a file's name 120 bytes are the person's; no letter is cut."""
    assert filenames.handed_out(person) == f"{name}-CV"


@given(st.text(), st.booleans())
def test_any_name_makes_a_file_name(person: str, latin: bool) -> None:
    name = filenames.handed_out(person, latin=latin)
    assert name.endswith("CV")
    assert len(f"{name}-overleaf.zip".encode()) < 255
    assert not set(name) & set('/\\\0\n.:*?"<>| ')
    assert not any(unicodedata.category(c)[0] in "CZ" for c in name)
    assert name.isascii() or not latin


@pytest.mark.parametrize(
    ("output", "wanted"),
    [
        (None, "x.pdf"),
        ("cv.pdf", "cv.pdf"),
        ("cv.PDF", "cv.PDF"),
        ("out", "out/x.pdf"),
        ("release-1.0", "release-1.0/x.pdf"),
        ("there.d", "there.d/x.pdf"),
        ("there.pdf", "there.pdf/x.pdf"),
        ("file", "file"),
    ],
)
def test_where_an_output_goes(
    output: str | None, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.d").mkdir()
    Path("there.pdf").mkdir()
    Path("file").write_text("")
    assert filenames.place(Path(output) if output else None, "x.pdf") == Path(wanted)


@pytest.mark.parametrize(
    ("path", "beside", "expected"),
    [
        ("cv", (), "cv/build"),
        ("ann.yaml", (), "build/ann"),
        ("ann.yaml", ("ben.json", "ann.pdf"), "build/ann"),
        ("ann.yaml", ("ann.json",), "build/ann.yaml"),
        ("ann.json", ("ann.yaml",), "build/ann.json"),
    ],
)
def test_two_files_of_one_name_build_apart(
    path: str, beside: tuple[str, ...], expected: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cv").mkdir()
    for name in (path, *beside):
        if "." in name:
            Path(name).touch()
    assert filenames.build_folder(Path(path)) == Path(expected)


@pytest.mark.parametrize(
    ("build", "folder"),
    [("cv/build", "cv"), ("cv/build/ada.yaml", "cv"), ("cv/out", "cv"), ("build/ada", ".")],
)
def test_where_what_is_cvtexs_own_begins(build: str, folder: str) -> None:
    assert filenames.above(Path(build)) == Path(folder)
