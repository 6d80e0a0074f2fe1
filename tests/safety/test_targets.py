"""Case 17: what the user names with -o is a file to make or one of the same kind, or a device."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cvtex import output
from cvtex.diagnostics import CvtexError, UsageError
from safety.places import Place
from shared import Program

PDF = b"%PDF-1.7\n"


def refusal(target: Path, content: bytes = PDF, **more: object) -> str:
    before = target.read_bytes() if target.is_file() else None
    with pytest.raises(UsageError) as refused:
        output.put(target, content, **more)  # type: ignore[arg-type]
    assert (target.read_bytes() if target.is_file() else None) == before
    return str(refused.value)


@pytest.mark.parametrize("name", ["data/work.yaml", "data/new.yml", "bib/a.BIB", "styles/a.csl"])
def test_nothing_has_the_ending_of_an_input(place: Place, name: str) -> None:
    assert "has the ending of an input" in refusal(place.project / name)


def test_no_input_is_written_over(place: Place) -> None:
    photo = place.project / "me.pdf"
    photo.write_bytes(PDF)
    os.link(photo, place.project / "same.pdf")
    assert "one of the inputs" in refusal(photo, inputs=[photo])
    assert "one of the inputs" in refusal(place.project / "same.pdf", inputs=[photo])


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "a PDF"), (b"PK\3\4", "a zip"), (b"\x89PNG\r\n", "a PNG picture")]
)
def test_a_file_of_another_kind_stays(place: Place, content: bytes, kind: str) -> None:
    target = place.project / "thesis"
    target.write_text("ten years of work")
    assert f"thesis is there already and is not {kind}" in refusal(target, content)
    for before in (content + b"old", b""):
        target.write_bytes(before)
        output.put(target, content)
        assert target.read_bytes() == content


def test_links_and_folders(place: Place) -> None:
    link = place.project / "cv.pdf"
    link.symlink_to(place.home / ".bashrc")
    assert "is a link" in refusal(link)
    (place.project / "nowhere.pdf").symlink_to("gone")
    assert "is a link" in refusal(place.project / "nowhere.pdf")
    for folder in (Path(), Path("/"), Path(".."), place.project, place.project / "data"):
        assert "is a folder" in refusal(folder)
    assert place.harm() == []


def test_a_pipe_is_written_into(place: Place) -> None:
    pipe = place.project / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    output.put(pipe, PDF)
    assert os.read(reader, 100) == PDF
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_a_device(place: Place) -> None:
    device = place.project / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes a device")
    output.put(device, PDF)
    assert stat.S_ISCHR(device.stat().st_mode)
    disk = place.project / "disk"
    os.mknod(disk, stat.S_IFBLK | 0o600, os.makedev(7, 250))
    assert "is a device" in refusal(disk)
    assert stat.S_ISBLK(disk.stat().st_mode)


def test_a_folder_that_cannot_be_made(place: Place) -> None:
    (place.project / "file").write_text("")
    with pytest.raises(CvtexError, match="cannot be written"):
        output.put(place.project / "file/cv.pdf", PDF)


@pytest.mark.parametrize("target", ["data/basics.yaml", "cv.yml", ""])
@pytest.mark.parametrize("verb", [pytest.param(("build",), marks=pytest.mark.tex), ("watch",)])
def test_17_wrong_usage(place: Place, cvtex: Program, target: str, verb: tuple[str, ...]) -> None:
    run = cvtex(*verb, "-o", target, cwd=place.project)
    assert run.status == 2, run.err
    assert "Traceback" not in run.err
    assert run.out == ""
    assert (place.project / "data/basics.yaml").read_text() == "name: Ada Example\n"


@pytest.mark.tex
def test_17_a_folder_gets_the_pdf_in_it(place: Place, cvtex: Program) -> None:
    run = cvtex("build", "-o", ".", cwd=place.project)
    assert (run.status, run.out) == (0, "classic.pdf\n"), run.err


@pytest.mark.tex
def test_17_a_device_and_standard_output(place: Place, cvtex: Program) -> None:
    run = cvtex("build", "-q", "-o", "/dev/null", cwd=place.project)
    assert run.status == 0, run.err
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("name", ["../../x", "/../../x", "x/../../../x", "a.b", "..", "x" * 300])
def test_a_variant_is_no_path(name: str, place: Place, cvtex: Program) -> None:
    """Its name is a part of names in `build/`; all variants of somebody else are built at once."""
    (place.project / "data/variants.yaml").write_text(f"'{name}': {{about: x}}\n")
    before = set(place.project.parent.rglob("*"))
    for command in (("build", "--no-pdf", "--variant", "all"), ("build", "--variant", name)):
        done = cvtex(*command, cwd=place.project)
        assert done.status == 1, done.err
        assert "data/variants.yaml:1:" in done.err
        assert "cannot be a variant's name" in done.err
    assert set(place.project.parent.rglob("*")) == before
