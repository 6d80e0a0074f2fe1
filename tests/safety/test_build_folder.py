"""The build folder is cvtex's own and is never followed out of: cases 01, 02, 29, and more."""

from __future__ import annotations

import os

import pytest

from safety.places import Place
from shared import ROOT, Program, words

IN_BUILD = (
    *("classic.pdf", "classic.fit.json", ".state/x.json", ".cache", "letters"),
    *(
        f"classic/{name}"
        for name in (".made-by", ".lock", ".fast", ".ahead", ".preloaded", ".guess")
    ),
    *(
        f"classic/cv.{ending}"
        for ending in (
            *("tex", "pdf", "log", "aux", "out", "toc", "fls", "fdb_latexmk", "synctex.gz", "xdv"),
            *("probe", "rules", "fmt", "ini", "bbl", "run.xml", "dvi", "map", "temp"),
        )
    ),
    *(f"classic/{name}" for name in ("photo.png", "cvbase.sty", "cvpages.sty", "cvtex-before.tex")),
    *(f"classic/{name}" for name in ("texmf-var", "texput.log", "missfont.log", "cvtex.map")),
)
"""What cvtex or an engine may write below `build/`: each is planted as a link."""


def plant(place: Place) -> int:
    """Plant a link for each name of `IN_BUILD`, each to another file of the user's."""
    folder = place.project / "build"
    count = 0
    for number, name in enumerate(IN_BUILD):
        link = folder / name
        if link.parent.is_symlink():
            continue
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(place.home / f"own/{number}")
        count += 1
    return count


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("build",), marks=pytest.mark.tex),
        ("build", "--no-pdf"),
        pytest.param(("export", "pdf"), marks=pytest.mark.tex),
    ],
)
@pytest.mark.parametrize("link", ["build", "build/classic"])
def test_01_a_folder_behind_a_link_is_not_touched(
    place: Place, cvtex: Program, link: str, arguments: tuple[str, ...]
) -> None:
    (place.project / link).parent.mkdir(exist_ok=True)
    (place.project / link).symlink_to("../" * link.count("/") + "../home/Documents")
    run = cvtex(*arguments, cwd=place.project)
    assert place.harm() == []
    assert run.status == 1
    assert f"{link} cannot be written: it is a link, and cvtex follows none here" in run.err


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_02_no_file_behind_a_link_is_written(
    place: Place, cvtex: Program, engine: str, cache: tuple[str, ...]
) -> None:
    image = place.project / "me.png"
    image.write_bytes((ROOT / "src/cvtex/samples/photo.png").read_bytes())
    (place.project / "data/basics.yaml").write_text("name: Ada Example\nimage: me.png\n")
    assert plant(place) > 20
    for link in (".lock", ".made-by"):  # the first would stop it
        (place.project / "build/classic" / link).unlink()
    (place.project / "build/classic/.made-by").write_text(f"{engine} latexmk\ncv.tex\n")
    run = cvtex("build", "--engine", engine, *cache, cwd=place.project)
    assert place.harm() == []
    if run.status == 0:
        assert "ADA EXAMPLE" in words(place.project / "build/classic.pdf").upper()
    else:
        assert "it is a link" in run.err


@pytest.mark.parametrize("name", ["classic", "letters"])
def test_02_the_plain_latex_is_written_beside_links(
    place: Place, cvtex: Program, name: str
) -> None:
    plant(place)
    for link in (".lock", ".made-by"):
        (place.project / "build/classic" / link).unlink()
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert place.harm() == []
    assert run.status == 0, run.err
    made = place.project / "build/classic/cv.tex"
    assert not made.is_symlink()
    assert "Ada Example" in made.read_text()


def test_29_names_of_temporary_files_cannot_be_foreseen(place: Place, cvtex: Program) -> None:
    folder = place.project / "build"
    (folder / ".state").mkdir(parents=True)
    for pid in range(os.getpid(), os.getpid() + 400):
        for name in (f".classic.pdf.{pid}", f".state/x.json.{pid}", f".cvtex-{pid}"):
            (folder / name).symlink_to(place.home / ".bashrc")
    assert cvtex("build", "--no-pdf", cwd=place.project).status == 0
    assert place.harm() == []


def test_what_others_put_there_stays(place: Place, cvtex: Program) -> None:
    folder = place.project / "build/classic"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("the user's own")
    (folder / ".made-by").write_text(
        "lualatex tectonic\ncv.tex\n../../data/basics.yaml\n.\n..\nold.sty\n"
    )
    (folder / "old.sty").write_text("of another engine")
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert run.status == 0, run.err
    assert (folder / "notes.txt").read_text() == "the user's own"
    assert not (folder / "old.sty").exists()
    assert (place.project / "data/basics.yaml").exists()


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"\0" * 5000, b"\n" * 100, b"pdflatex latexmk"])
def test_a_damaged_note_of_what_was_written(place: Place, cvtex: Program, note: bytes) -> None:
    folder = place.project / "build/classic"
    folder.mkdir(parents=True)
    (folder / ".made-by").write_bytes(note)
    (folder / "mine").write_text("stays")
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert (run.status, run.err) == (0, "")
    assert (folder / "mine").read_text() == "stays"


@pytest.mark.parametrize("kind", ["folder", "pipe", "too large"])
@pytest.mark.parametrize("name", ["cv.tex", ".made-by", ".lock"])
def test_what_is_no_file_in_its_place(place: Place, cvtex: Program, kind: str, name: str) -> None:
    folder = place.project / "build/classic"
    folder.mkdir(parents=True)
    odd = folder / name
    if kind == "folder":
        odd.mkdir()
    elif kind == "pipe":
        os.mkfifo(odd)
    else:
        with odd.open("wb") as stream:
            stream.truncate(1 << 40)
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert run.status in (0, 1), run.err
    assert "Traceback" not in run.err
    if run.status:
        assert f"build/classic/{name} " in run.err


def test_a_batch_into_links(place: Place, cvtex: Program) -> None:
    people = place.project / "people"
    (people / "a/data").mkdir(parents=True)
    (people / "a/data/basics.yaml").write_text("name: Ada Example\n")
    out = place.project / "build/batch"
    out.mkdir(parents=True)
    for number, name in enumerate(("a.pdf", "report.json", ".cvtex-batch.json")):
        (out / name).symlink_to(place.home / f"own/{number}")
    cvtex("batch", "people", cwd=place.project)
    assert place.harm() == []
    assert not (out / "report.json").is_symlink()


@pytest.mark.parametrize("link", ["build", "build/batch"])
def test_a_batch_into_a_folder_behind_a_link(place: Place, cvtex: Program, link: str) -> None:
    people = place.project / "people"
    (people / "a/data").mkdir(parents=True)
    (people / "a/data/basics.yaml").write_text("label: no name\n")
    (place.project / link).parent.mkdir(exist_ok=True)
    (place.project / link).symlink_to(place.home / "Documents")
    run = cvtex("batch", "people", cwd=place.project)
    assert place.harm() == []
    assert run.status == 1
    assert "it is a link" in run.err
