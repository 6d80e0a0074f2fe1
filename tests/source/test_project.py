"""Which files belong to a build."""

from pathlib import Path

import pytest

from cvtex import source
from cvtex.diagnostics import CvtexError


def files(project: source.Project) -> list[str]:
    return sorted(project.name(file) for file in project.files())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "data/basics.yaml",
        "data/work.yml",
        "data/private.yaml",
        "data/private.example.yaml",
        "data/talks.example.yaml",
        "data/me.jpg",
        "data/.hidden.yaml",
        "data/work.yml~",
        "bib/one.bib",
        "bib/two.bib",
        "bib/notes.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("name: Ada\n" if "basics" in name else "")
    return tmp_path


def test_a_folder(folder: Path) -> None:
    project = source.find(folder, public=False, environ={})
    assert files(project) == [
        "bib/one.bib",
        "bib/two.bib",
        "data/basics.yaml",
        "data/private.yaml",
        "data/work.yml",
    ]
    assert [f.name for f in project.folders()] == ["data", "bib", "styles"]
    (told,) = project.diagnostics
    assert told in source.read(project).diagnostics
    assert told.message == "this file is not read: its name begins with a dot"


def test_public_reads_nothing_private(folder: Path) -> None:
    (folder / "data" / "private.yaml").write_text("basics: {phone: +49 30 23125 000}\n")
    environ = {"CVTEX_PRIVATE_EMAIL": "ada@example.org"}
    project = source.find(folder, public=True, environ=environ)
    assert "data/private.yaml" not in files(project)
    reading = source.read(project)
    assert reading.resume is not None
    assert (reading.resume.basics.phone, reading.resume.basics.email) == (None, None)
    assert reading.secrets == ()
    reading = source.read(source.find(folder, public=False, environ=environ))
    assert reading.resume is not None
    assert reading.resume.basics.phone == "+49 30 23125 000"
    assert reading.resume.basics.phone.source.private
    assert set(reading.secrets) - {"basics", "phone", "email"} == {
        "+49 30 23125 000",
        "ada@example.org",
    }
    assert not any("23125" in text for text in reading.inputs.values())


def test_one_file(tmp_path: Path) -> None:
    file = tmp_path / "cv.yml"
    file.write_text("basics:\n  name: Ada\n")
    project = source.find(file, public=False, environ={})
    assert (project.root, files(project), project.folders()) == (tmp_path, ["cv.yml"], [])
    resume = source.read(project).resume
    assert resume is not None and resume.basics.name == "Ada"


def test_listing_reads_nothing(folder: Path) -> None:
    """The "nothing changed" check must not pay for PyYAML, nor stumble over a broken file."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from cvtex import source\n"
        f"p = source.find(Path({str(folder)!r}), public=False)\n"
        "assert len(p.files()) == 5 and p.folders()\n"
        "print([m for m in ('yaml', 'cvtex.model', 'bibtexparser') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_no_project(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(CvtexError):
            source.find(path, public=True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bib/older/two.bib", "a folder in bib/ is not read"),
        ("bib/two.bibtex", "this file is not read"),
        ("bib/two.ris", "this file is not read"),
        ("bib/two.json", "this file is not read"),
        ("data/letters/acme.YAML", "this file is not read"),
        ("data/letters/acme.json", "this file is not read"),
        ("data/letters/acme.md", "this file is not read"),
        ("data/letters/old/acme.yaml", "a folder in data/letters/ is not read"),
        ("bib/paper.pdf", None),
        ("bib/two.bib~", None),
        ("bib/figures/one.png", None),
        ("data/letters/acme.example.yaml", None),
        ("data/letters/signature.png", None),
    ],
)
def test_what_looks_like_an_input_and_is_not_read_is_told(
    name: str, told: str | None, tmp_path: Path
) -> None:
    for made in ("data/basics.yaml", "bib/one.bib", "data/letters/one.yaml", name):
        (tmp_path / made).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / made).write_text("name: Ada\n")
    found = source.find(tmp_path, public=False, environ={}).diagnostics
    assert [d.message for d in found] == ([told] if told else [])
    if told:
        place = found[0].source
        assert place is not None
        assert name.startswith(place.file)
