"""CVs set in faces that TeX does not have: the text of the PDF, the errors, the user's own."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pdfminer.high_level import extract_text

from cvtex import faces
from cvtex.latex.fonts import FontFamily
from cvtex.latex.typefaces import TYPEFACES
from cvtex.toolchain.fonts import own, sources
from cvtex.toolchain.fonts.files import is_postscript_on_another_em
from shared import Program, words

BASICS = """\
name: Zoë Fjørd-Ďurčanský
label: Office of efficient affairs, first floor
location: Łódź, Ærøskøbing
summary: |-
  AVATAR, Tokyo, “Why?” – ‚yes’ „nein“ «oui» 50 % … 2019–2024 fi fl ff ffi ffl ĳ €5 £4 ¥3 §7 ¶ © ® ™
  Šťastný Źdźbło Ğüneş İzmir Ţară Őrült ÅÄÖ ß þ ð æ œ • † ‡ ½ × ÷ ± ° µ ª º 🙂
"""


def folder(tmp_path: Path, face: str) -> Path:
    place = tmp_path / "cv"
    (place / "data").mkdir(parents=True)
    (place / "data" / "basics.yaml").write_text(BASICS.replace(" 🙂", ""))
    (place / "data" / "meta.yaml").write_text(
        f"theme: classic\nthemes:\n  classic:\n    font: {face}\n    capitals: false\n"
    )
    return place


def fonts(face: str) -> list[Path]:
    family = TYPEFACES[face].family  # type: ignore[index]
    assert family
    found = [sources.find(face, name) for name in family.files]
    return [path for path in found if path]


@pytest.mark.tex
@pytest.mark.parametrize(
    ("face", "engine"),
    [
        ("source-sans", "pdflatex"),
        ("source-serif, figures: oldstyle", "pdflatex"),
        ("source-serif, figures: oldstyle", "xelatex"),
    ],
)
def test_every_reader_reads_what_was_typed(
    tmp_path: Path, cvtex: Program, face: str, engine: str
) -> None:
    place = folder(tmp_path, face.replace(", ", "\n    "))
    run = cvtex("build", "--engine", engine, cwd=place)
    assert run.status == 0, run.err
    file = place / "build" / "classic.pdf"
    data = file.read_bytes()
    typed = (place / "data" / "basics.yaml").read_text()
    typed = typed.replace("…", "...") if engine == "pdflatex" else typed.replace("µ", "μ")
    texts = {
        "Poppler": words(file),
        "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
        "pdfminer": extract_text(io.BytesIO(data)),
    }
    keys = {"name:", "label:", "location:", "summary:", "|-"}
    wanted = [word for word in typed.split() if word not in keys]
    for reader, text in texts.items():
        lost = [word for word in wanted if word not in " ".join(text.split()).split()]
        assert not lost, (reader, lost)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        whole = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        embedded = [o for o in whole if o.get("/Type") == pikepdf.Name.Font]
        if engine == "pdflatex":
            assert {str(font.Subtype) for font in embedded} == {"/Type1"}
            assert all("/ToUnicode" in font for font in embedded)
        others = {str(font.BaseFont)[8:] for font in embedded if "Cvtex" not in str(font.BaseFont)}
        assert len(others) == 1 or engine != "pdflatex", "one letter, ĳ, is in neither face"
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["pdfaid:part"] == "2"
    again = cvtex("build", "--engine", engine, "-o", "again.pdf", cwd=place)
    assert again.status == 0
    assert (place / "again.pdf").read_bytes() == data


def test_overleaf_gets_the_face_and_its_licence(tmp_path: Path, cvtex: Program) -> None:
    place = folder(tmp_path, "source-sans")
    assert cvtex("export", "overleaf", "-o", "cv.zip", cwd=place).status == 0
    with zipfile.ZipFile(place / "cv.zip") as packed:
        names = set(packed.namelist())
        assert {"cvface-source-sans.sty", "cv-sourcesansproregular.pfb", "cvtex-t1.enc"} <= names
        assert b"SIL Open Font License" in packed.read("LICENSE-source-sans.txt")


@pytest.mark.tex
def test_a_word_that_a_face_lacks_is_set_whole_in_another(tmp_path: Path, cvtex: Program) -> None:
    place = folder(tmp_path, "source-sans")
    (place / "data" / "basics.yaml").write_text("name: Ada Fjord\nsummary: of 5 ₡ and 1 ※ or ℞\n")
    run = cvtex("build", "--engine", "pdflatex", cwd=place)
    assert (run.status, run.err) == (0, "")
    assert "₡ and 1 ※ or ℞" in words(place / "build" / "classic.pdf")
    tex = (place / "build" / "classic" / "cv.tex").read_text()
    assert r"\cvtexlatin{※}" in tex


@pytest.mark.tex
def test_marks_hang_into_the_margin_and_formulas_are_in_the_face(
    tmp_path: Path, cvtex: Program
) -> None:
    place = folder(tmp_path, "source-serif\n    justified: true")
    said = "Co-operative, well-known; it “had” desks, and a long-standing lamp, or so. "
    (place / "data" / "basics.yaml").write_text(
        f"name: Ada\nlabel: !tex $V_S = 3$\nsummary: {said * 9!r}\n"
    )
    assert cvtex("build", "--engine", "pdflatex", cwd=place).status == 0
    with pikepdf.open(place / "build" / "classic.pdf") as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
    assert any(name.endswith("-Italic") for name in names), "V and S"
    assert not [name for name in names if "MathItalic" in name or "CMMI" in name]
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(place / "build" / "classic.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines: dict[str, tuple[float, str]] = {}
    for y, x, word in re.findall(r'yMin="([0-9.]+)" xMax="([0-9.]+)".*?>(.*?)<', boxes):
        lines[y] = (float(x), word)
    edge = max(x for x, word in lines.values() if word[-1].isalpha())
    ends = [(x, word) for x, word in lines.values() if abs(x - edge) < 5]
    assert all(edge - x < 0.1 for x, word in ends if word[-1].isalpha()), "lines end at one edge"
    hung = [x for x, word in ends if word[-1] in ",."]
    assert hung, "a line ends with a mark"
    assert all(1 < x - edge < 2 for x in hung), "which stands beyond it"


def test_lualatex_does_not_take_a_font_that_it_writes_wrongly(tmp_path: Path) -> None:
    odd, usual = tmp_path / "Odd.otf", tmp_path / "Usual.otf"
    builder = FontBuilder(2000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupCFF("Odd", {}, {".notdef": T2CharStringPen(500, {}).getCharString()}, {})
    builder.font.save(odd)
    builder.font["head"].unitsPerEm = 1000
    builder.font.save(usual)
    assert is_postscript_on_another_em(odd)
    assert not is_postscript_on_another_em(usual)
    family = FontFamily(
        regular="Odd.otf",
        bold="Odd.otf",
        italic="Odd.otf",
        bold_italic="Odd.otf",
        carried="own-odd",
        origins=(("Odd.otf", str(odd)),),
    )
    (wrong,) = faces.beside([family], "lualatex", "")[1]
    assert "cannot tell its words" in wrong.message
    assert "xelatex" in (wrong.hint or "")
    assert not faces.beside([family], "xelatex", "")[1]


@pytest.mark.tex
def test_a_face_that_is_not_here_is_named_with_what_brings_it(
    tmp_path: Path, cvtex: Program
) -> None:
    place = folder(tmp_path, "charter")
    if fonts("charter"):
        pytest.skip("rendercv-fonts is here")
    for verb in ("validate", "build"):
        run = cvtex(verb, cwd=place)
        assert run.status == 1
        assert run.err.startswith("data/meta.yaml:4:11: error: the face charter is not here")
        assert "pip install rendercv-fonts" in run.err


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A project with fonts of its own, in files of names that say nothing."""
    place = folder(tmp_path, "{name: source sans pro, files: fonts/}")
    (place / "fonts").mkdir()
    for number, path in enumerate(fonts("source-sans")):
        shutil.copyfile(path, place / "fonts" / f"{number} ü#%.otf")
    return place


@pytest.mark.tex
def test_a_family_of_the_users_own(mine: Path, cvtex: Program) -> None:
    run = cvtex("build", "--engine", "pdflatex", cwd=mine)
    assert (run.status, run.err) == (0, "")
    assert "Ďurčanský" in words(mine / "build" / "classic.pdf")
    before = (mine / "build" / "classic.pdf").read_bytes()
    [bold] = (mine / "fonts").glob("1 *")  # the regular, the bold, the italic …
    bold.rename(mine / "bold.otf")
    assert cvtex("build", "--engine", "pdflatex", cwd=mine).status == 0
    assert (mine / "build" / "classic.pdf").read_bytes() != before, "a font has gone"
    zipped = cvtex("export", "overleaf", "-o", "cv.zip", cwd=mine)
    assert zipped.status == 0


def test_what_is_wrong_with_an_own_family(mine: Path) -> None:
    def fault(name: str = "Source Sans Pro", files: str = "fonts") -> str:
        with pytest.raises(own.Wrong) as caught:
            own.find(mine, name, files)
        return f"{caught.value}; {caught.value.hint}"

    found = own.find(mine, "Source Sans Pro", "fonts").family
    assert [series for series, *_ in found.weights] == ["l", "sb"]
    assert found.sans and len(set(found.files)) == 8
    assert "there is Source Sans Pro" in fault(name="Garamond")
    assert "outside of the project" in fault(files="..")
    assert "outside of the project" in fault(files="/usr/share/fonts")
    assert "there is no folder none" in fault(files="none")
    assert "there is no font in data" in fault(files="data")
    (mine / "fonts" / "link.otf").symlink_to("/etc/hostname")
    assert "a link out of the project" in fault()
    (mine / "fonts" / "link.otf").unlink()
    (mine / "fonts" / "bad.ttf").write_bytes(b"\x00\x01\x00\x00" + bytes(400))
    assert "the font bad.ttf is no font, or a damaged one" in fault()


def test_an_own_family_of_one_font(mine: Path) -> None:
    regular = next(path for path in fonts("source-sans") if path.stem.endswith("Regular"))
    (mine / "one").mkdir()
    shutil.copyfile(regular, mine / "one" / "a.otf")
    found = own.find(mine, "Source Sans Pro", "one")
    assert len(set(found.family.files)) == 1
    assert [remark.split(":")[0] for remark in found.remarks] == [
        "the family Source Sans Pro has no bold",
        "the family Source Sans Pro has no italic",
    ]
