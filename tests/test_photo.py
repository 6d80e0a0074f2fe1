"""The photo: told by its first bytes, whole, upright, within bounds, as every engine takes it."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cvtex import photo as room
from cvtex import source
from cvtex.photo import SIDE, Photo, PhotoFault, kind, photo

RED, WHITE = (200, 0, 0), (255, 255, 255)


def picture(width: int = 30, height: int = 40) -> Image.Image:
    """Return a picture that is red above and white below."""
    made = Image.new("RGB", (width, height), WHITE)
    made.paste(RED, (0, 0, width, height // 2))
    return made


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def made(tmp_path: Path, data: bytes, name: str = "me.jpg") -> Photo:
    (tmp_path / name).write_bytes(data)
    return photo(tmp_path / name)


def is_upright(found: Photo) -> bool:
    """Tell whether a photo shows red above and white below."""
    image = Image.open(io.BytesIO(found.data))
    image.load()
    shown = image.convert("RGB")
    width, height = shown.size
    top, bottom = (shown.getpixel((width // 2, height * n // 4)) for n in (1, 3))
    near = [max(abs(a - b) for a, b in zip(*pair, strict=True))  # type: ignore[arg-type]
            for pair in ((top, RED), (bottom, WHITE))]  # fmt: skip
    return height > width and max(near) < 24 and image.getexif().get(274, 1) == 1


HEIC = base64.b64decode("""
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA
AAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAEQAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAA
AA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNw
AAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFz
wIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAADAAAAABAAAAQAAAAAH////wAAAA
AgAAAAAAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAExtZGF0AAAAQCgBrxOA+BDhp//9
Ayj/+HfPD8t6q++WOP931MC+8OV/7Fsf0i8s1FU80AeWPyj5b7fID9p+rf423Ks/NCf2ssA=
""")  # fmt: skip
"""48 by 64 pixels, red above and white below; made by pillow-heif."""
SVG = (
    b'<?xml version="1.0"?>\n<!-- me -->\n'
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4">'
    b'<rect width="3" height="4" fill="#fff"/><rect width="3" height="2" fill="#c80000"/></svg>'
)


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".jpg"), ("GIF", ".png"), ("BMP", ".png"),
     ("TIFF", ".png"), ("AVIF", ".jpg"), ("JPEG2000", ".jpg"), ("PPM", "")],
)  # fmt: skip
def test_kinds_are_told_by_their_bytes(tmp_path: Path, form: str, suffix: str) -> None:
    """Whatever the name says."""
    from PIL import features

    if form == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    data = saved(picture(), form)
    if not suffix:
        with pytest.raises(PhotoFault, match="no picture of a kind that is known"):
            made(tmp_path, data)
        return
    found = made(tmp_path, data, "me.dat")
    assert kind(data) == form and found.suffix == suffix
    assert is_upright(found)
    assert (found.data == data) == (form in ("JPEG", "PNG"))


def test_heic_and_svg(tmp_path: Path) -> None:
    pytest.importorskip("pi_heif")
    assert is_upright(made(tmp_path, HEIC))
    found = made(tmp_path, SVG)
    assert is_upright(found) and found.suffix == ".png"
    assert max(Image.open(io.BytesIO(found.data)).size) == SIDE


def test_heic_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    room._photo.cache_clear()
    with pytest.raises(PhotoFault, match="is HEIC") as fault:
        made(tmp_path, HEIC)
    assert "pip install 'cvtex[heic]'" in (fault.value.hint or "")
    room._photo.cache_clear()


TURNED = {2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
          4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE],
          6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE],
          8: [Image.Transpose.ROTATE_270]}  # fmt: skip


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_it_stands_upright(tmp_path: Path, orientation: int, form: str) -> None:
    image, exif = picture(60, 80), Image.Exif()
    for turn in TURNED.get(orientation, []):
        image = image.transpose(turn)
    exif[274] = orientation
    assert is_upright(made(tmp_path, saved(image, form, exif=exif)))


def test_one_of_use_in_full_stays_as_it_is(tmp_path: Path) -> None:
    full, larger = (saved(picture(30, SIDE + more), "PNG") for more in (0, 1))
    assert made(tmp_path, full, "me.png").data == full
    smaller = Image.open(io.BytesIO(made(tmp_path, larger, "me.png").data))
    assert max(smaller.size) == SIDE


def test_where_it_was_taken_is_left_out(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[271] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    data = saved(picture(), "JPEG", exif=exif, comment=b"SecretComment", quality=90)
    assert b"SecretCamera" in data
    found = made(tmp_path, data)
    assert b"Secret" not in found.data and is_upright(found)
    with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(found.data)) as other:
        assert one.tobytes() == other.tobytes()  # not a pixel has changed


def test_colours_and_depths(tmp_path: Path) -> None:
    assert is_upright(made(tmp_path, saved(picture().convert("CMYK"), "JPEG")))
    found = made(tmp_path, saved(Image.new("I;16", (30, 40), 40000), "PNG"))
    with Image.open(io.BytesIO(found.data)) as image:
        assert (image.mode, image.getpixel((1, 1))) == ("L", 156)
    clear = picture().convert("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    found = made(tmp_path, saved(clear, "WEBP", lossless=True))
    with Image.open(io.BytesIO(found.data)) as image:
        assert (image.mode, image.getpixel((0, 0))[3]) == ("RGBA", 0)  # type: ignore[index]
    assert made(tmp_path, saved(picture().convert("RGBA"), "WEBP")).suffix == ".jpg"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_it_is_no_larger_than_a_page_can_show(tmp_path: Path, form: str) -> None:
    found = made(tmp_path, saved(picture(3000, 4000), form))
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == (900, SIDE)
    assert is_upright(found)


@pytest.mark.parametrize(
    ("data", "told", "hint"),
    [
        (b"", "is empty", "once more"),
        (b"hello", "is no picture of a kind that is known", "JPEG, PNG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "is PostScript", "as PDF, JPEG or PNG"),
        (b"\xc5\xd0\xd3\xc6\0\0", "is PostScript", "as PDF"),
        (b"<!DOCTYPE html><html>", "is a web page", "picture itself"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS", "lfs pull"),
        (b"8BPS\0\1", "is a document of Photoshop", "JPEG"),
        (b"%PDF-1.4\n1 0 obj", "is damaged or cut short", "anew"),
        (saved(picture(), "JPEG")[:-90], "is damaged or cut short", "anew"),
        (saved(picture(), "PNG")[:60], "is damaged or cut short", "anew"),
        (saved(picture(), "GIF")[:40], "is damaged or cut short", "anew"),
        (saved(picture(), "WEBP")[:60], "is damaged or cut short", "anew"),
        (saved(picture(), "TIFF")[:60], "is damaged or cut short", "anew"),
        (SVG[:-20], "is damaged or cut short", "anew"),
        (SVG.replace(b"<rect", b"<text>a</text><rect"), "holds letters", "paths"),
        (SVG.replace(b"<rect", b"<image href='/etc/x.png'/><rect", 1), "another file", "one file"),
        (SVG.replace(b"#fff", b"url(http://a.example/b)"), "another file", "one file"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "declares entities", "JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 99999999'/>", "be drawn", "JPEG"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_told(tmp_path: Path, data: bytes, told: str, hint: str) -> None:
    with pytest.raises(PhotoFault, match=told) as fault:
        made(tmp_path, data)
    assert hint in (fault.value.hint or "")


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = bytearray(saved(picture(), "PNG"))
    head[16:24] = (2**31 - 1).to_bytes(4, "big") * 2
    import zlib

    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    with pytest.raises(PhotoFault, match="has 2147483647 by 2147483647 pixels"):
        made(tmp_path, bytes(head))
    monkeypatch.setattr(room, "LARGEST", 100)
    with pytest.raises(PhotoFault, match="cannot be read: it is larger than"):
        made(tmp_path, saved(picture(), "PNG"))


def test_a_drawing_of_a_billion_parts_ends(tmp_path: Path) -> None:
    parts = "".join(
        f"<g id='g{n}'>" + f"<use href='#g{n - 1}'/>" * 10 + "</g>" for n in range(1, 12)
    )
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 4'><g id='g0'/>{parts}</svg>"
    with pytest.raises(PhotoFault, match=r"cannot be drawn|takes too long"):
        made(tmp_path, drawing.encode())


# --- in a CV ------------------------------------------------------------------------------


def project(tmp_path: Path, image: str, data: bytes, place: str = "") -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text(f"name: Ada\nlabel: Engineer\nimage: {image}\n")
    (tmp_path / (place or image)).write_bytes(data)
    return tmp_path


def told(folder: Path, path: str = ".") -> list[str]:
    reading = source.read(source.find(folder / path, public=True, environ={}))
    return [f"{d.severity.value} {d.source}: {d.message}" for d in reading.diagnostics]


def test_validate_tells_it_at_its_line(tmp_path: Path) -> None:
    folder = project(tmp_path, "me.png", b"")
    done = subprocess.run(
        [sys.executable, "-m", "cvtex", "validate"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert 'data/basics.yaml:3:8: error: the image "me.png" is empty\n' in done.stdout + done.stderr


def test_a_resume_json_is_set_without_it(tmp_path: Path) -> None:
    (tmp_path / "me.png").write_bytes(b"")
    (tmp_path / "r.json").write_text('{"basics": {"name": "Ada", "image": "me.png"}}')
    assert told(tmp_path, "r.json") == ['warning r.json:1:37: the image "me.png" is empty']


def test_beside_the_file_that_names_it(tmp_path: Path) -> None:
    folder = project(tmp_path, "me.png", saved(picture(), "PNG"), "data/me.png")
    reading = source.read(source.find(folder, public=True, environ={}))
    assert not reading.diagnostics and reading.resume
    assert reading.resume.basics.image == "data/me.png"


def test_its_whole_path(tmp_path: Path) -> None:
    folder = project(tmp_path, str(tmp_path / "me.png"), saved(picture(), "PNG"), "me.png")
    assert told(folder) == []
    (tmp_path / "elsewhere").mkdir()
    assert (
        "is outside of the project"
        in told(project(tmp_path / "elsewhere", str(tmp_path / "me.png"), b"", "x.png"))[0]
    )


def test_what_was_made_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow is not loaded where a photo is as it was, and never without one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = project(tmp_path, "me.webp", saved(picture(), "WEBP"))
    probe = (
        "import sys, pathlib; from cvtex import source\n"
        "reading = source.read(source.find(pathlib.Path(), public=True), cache=True)\n"
        "print(len(reading.diagnostics), 'PIL' in sys.modules)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", probe], cwd=folder, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [run.stdout for run in runs] == ["0 True\n", "0 False\n"]
    (folder / "data/basics.yaml").write_text("name: Ada\n")
    run = subprocess.run([sys.executable, "-c", probe], cwd=folder, capture_output=True, text=True)
    assert run.stdout == "0 False\n"


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_every_engine_sets_it_upright(tmp_path: Path, engine: str) -> None:
    exif = Image.Exif()
    exif[274] = 6
    data = saved(picture(60, 80).transpose(Image.Transpose.ROTATE_90), "TIFF", exif=exif)
    folder = project(tmp_path, "me.tif", data)
    command = [sys.executable, "-m", "cvtex", "build", "--engine", engine, "--theme", "classic"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    images = ["pdfimages", "-png", str(folder / "build/classic.pdf"), str(tmp_path / "found")]
    subprocess.run(images, check=True)
    assert is_upright(Photo(".png", (tmp_path / "found-000.png").read_bytes()))


def test_two_photos_are_kept_apart() -> None:
    assert room._key(b"one") != room._key(b"two")
    assert room._key(b"one") == room._key(b"one")


@pytest.mark.parametrize("theme", ["harvard", "jake", "classic"])
def test_a_photo_that_a_theme_leaves_out_is_told(theme: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Some looks have none; who chose so is not told again."""
    (tmp_path / "me.jpg").write_bytes(saved(picture(), "JPEG"))
    data = tmp_path / "cv.yaml"
    data.write_text("basics: {name: Ada, image: me.jpg}\n", "utf-8")
    done = cvtex("build", data, "--no-pdf", "--theme", theme)
    assert done.status == 0
    assert ("leaves the photo out" in done.err) is (theme != "classic")
    for said in ("true", "false"):
        chosen = f"meta.themes.{theme}.photo={said}"
        again = cvtex("build", data, "--no-pdf", "--theme", theme, "--set", chosen)
        assert again.status == 0
        assert "leaves the photo out" not in again.err
