"""§6: every verb over a project whose private values stand in every field, and where they are then.

Public outputs, messages, caches, zips and decompressed PDFs hold none of them, whole or in parts.
"""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Group

from cvtex import cli, model
from safety.places import Place
from shared import Program

MARK = re.compile(rb"q7[a-z]{4}zx", re.IGNORECASE)
"""What every private value holds, and no public one."""


def private(word: str = "q7{}zx") -> dict[str, Any]:
    """Return an overlay with a value of its own in every field that takes text."""
    count = iter(range(10_000))

    def value() -> str:
        number = next(count)
        letters = "".join(chr(97 + number // 26**power % 26) for power in range(4))
        return word.format(letters)

    records: dict[str, Any] = {
        "work": {
            "name": 1,
            "position": 1,
            "summary": 1,
            "description": 1,
            "location": 1,
            "team": 1,
        },
        "volunteer": {"organization": 1, "position": 1, "summary": 1},
        "education": {"institution": 1, "area": 1, "studyType": 1, "score": 1},
        "awards": {"title": 1, "awarder": 1, "summary": 1},
        "certificates": {"name": 1, "issuer": 1},
        "publications": {"name": 1, "publisher": 1, "summary": 1},
        "skills": {"name": 1, "level": 1},
        "languages": {"language": 1, "fluency": 1},
        "interests": {"name": 1},
        "references": {"name": 1, "reference": 1},
        "projects": {"name": 1, "description": 1},
    }
    found: dict[str, Any] = {
        section: [{field: f"A {value()} of {value()}" for field in fields}]
        for section, fields in records.items()
    }
    for section in ("work", "volunteer", "projects"):
        found[section][0]["highlights"] = [f"Did {value()} with **{value()}** and `{value()}`"]
    for section in ("skills", "interests"):
        found[section][0]["keywords"] = [value(), value()]
    found["work"][0]["url"] = f"https://{value()}.example.org/{value()}"
    found["basics"] = {
        "label": f"A {value()}",
        "email": f"{value()}@{value()}.example.org",
        "phone": "+49 170 5550123",
        "url": f"https://{value()}.example.org",
        "summary": f"Long {value()} text\n\nwith {value()} in two paragraphs",
        "aliases": [f"{value()} {value()}"],
        "location": {
            **{key: f"{value()} {value()}" for key in ("address", "city", "region")},
            "postalCode": value(),
        },
        "profiles": [{"network": value(), "username": value(), "url": f"https://{value()}.org"}],
    }
    found["own-section"] = {"title": value(), "entries": [f"One {value()}", f"Two {value()}"]}
    return found


@pytest.fixture
def full(place: Place) -> Path:
    """A sound project whose private overlay fills every field."""
    text = yaml.safe_dump(private(), allow_unicode=True, width=60)
    (place.project / "data/private.yaml").write_text(text)
    (place.project / "data/private-q7namezx.png").write_bytes(b"")
    (place.project / "data/work.yaml").write_text("- {name: Public Ltd, position: Engineer}\n")
    return place.project


def leaks(content: bytes) -> set[bytes]:
    """Return what is private in a file: as it stands, in UTF-16, unzipped, inflated."""
    found = set(MARK.findall(content)) | set(re.findall(rb"5550123", content))
    for encoding in ("utf-16-be", "utf-16-le"):
        found |= {
            m.encode() for m in re.findall("q7[a-z]{4}zx", content.decode(encoding, "ignore"))
        }
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                found |= leaks(archive.read(name))
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                found |= leaks(zlib.decompressobj().decompress(stream))
            except zlib.error:
                continue
    return found


def files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and ".git" not in file.parts:
            yield file, file.read_bytes()


def every_export() -> list[list[str]]:
    group = cli.cvtex.commands["export"]
    assert isinstance(group, Group)
    return [["export", name] for name in group.commands]


def test_the_overlay_fills_every_field(full: Path, cvtex: Program) -> None:
    run = cvtex("validate", cwd=full)
    assert run.status == 0, run.err
    told = (full / "data/private.yaml").read_bytes()
    assert len(leaks(told)) > 60
    filled = set(private()["basics"]) | {"name", "image", "source"}
    wanted = {f.name for f in dataclasses.fields(model.Basics)}
    assert {
        "email",
        "phone",
        "url",
        "summary",
        "location",
        "profiles",
        "aliases",
    } <= filled & wanted


@pytest.mark.tex
def test_public_verbs_tell_nothing(
    full: Path, place: Place, cvtex: Program, empty_cache: Path
) -> None:
    build = cvtex("build", "--public", cwd=full)
    assert build.status == 0, build.err
    verbs = [
        ["validate"],
        ["validate", "--format", "json"],
        ["publications"],
        ["publications", "--format", "json"],
        ["publications", "check"],
        ["themes"],
        ["themes", "show", "classic"],
        ["themes", "preview", "classic", "-o", "one.png"],
        ["doctor"],
        ["schema"],
        ["cache", "show"],
        *every_export(),
        ["batch", "..", "--public", "-o", "out", "--jobs", "1"],
    ]
    for verb in verbs:
        run = cvtex(*verb, cwd=full)
        assert "Traceback" not in run.err, verb
        assert leaks((run.out + run.err).encode()) == set(), verb
    made = [file for file, _ in files(full) if file.suffix in (".pdf", ".zip", ".png", ".json")]
    assert len(made) >= 4
    for folder in (full, place.cache):
        for file, content in files(folder):
            if file.name != "private.yaml":
                assert leaks(content) == set(), file


@pytest.mark.tex
def test_private_builds_tell_only_the_cv(
    full: Path, place: Place, cvtex: Program, empty_cache: Path
) -> None:
    for arguments in (["build"], ["build", "--engine", "lualatex"], ["batch", "..", "-o", "out"]):
        run = cvtex(*arguments, cwd=full)
        assert run.status == 0, run.err
        assert leaks((run.out + run.err).encode()) == set()
    for file, content in files(place.cache):
        if "runs" not in file.parts:  # where TeX works: the CV itself, closed to others
            assert leaks(content) == set(), file
    allowed = {".pdf", ".tex", ".log", ".aux", ".out"}
    for file, content in files(full):
        if file.suffix not in allowed and file.name != "private.yaml":
            assert leaks(content) == set(), file
    private_pdf = (full / "build/classic.pdf").read_bytes()
    assert leaks(private_pdf)
    assert cvtex("build", "--public", cwd=full).status == 0
    for file, content in files(full / "build/classic"):
        assert leaks(content) == set(), file
    assert leaks((full / "build/classic.pdf").read_bytes()) == set()
