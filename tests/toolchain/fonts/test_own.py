"""A family of the user's own: which of his files is which, and what is wrong with them."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from cvtex import programs
from cvtex.latex.fonts import FontFamily
from cvtex.toolchain.fonts import carried, own
from cvtex.toolchain.fonts.opentype import __main__ as reader
from cvtex.toolchain.fonts.opentype.conversion import convert
from cvtex.toolchain.fonts.opentype.model import PARTS
from toolchain.fonts.test_small_font import drawn


def changed(**values: Any) -> bytes:
    """Return the small font with other words in its tables (`OS_2__usWeightClass=700`)."""
    with TTFont(io.BytesIO(drawn(""))) as font:
        for name, value in values.items():
            table, _, key = name.partition("__")
            if table == "name":
                font["name"].setName(value, int(key), 3, 1, 0x409)
            else:
                setattr(font[table.replace("_", "/")], key, value)
        if "fvar__there" in values:
            font["fvar"] = newTable("fvar")
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


# ---- what a font says of itself --------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "facts"),
    [
        ({}, {"weight": 400, "width": 5, "italic": False, "sans": False, "restricted": False}),
        ({"OS_2__usWeightClass": 700, "OS_2__usWidthClass": 3}, {"weight": 700, "width": 3}),
        ({"OS_2__fsSelection": 1}, {"italic": True}),
        ({"OS_2__fsSelection": 0x40}, {"italic": False}),
        ({"head__macStyle": 2}, {"italic": True}),
        ({"head__macStyle": 1}, {"italic": False}),
        ({"OS_2__fsType": 2}, {"restricted": True}),
        ({"OS_2__fsType": 4}, {"restricted": False}),
        ({"OS_2__sFamilyClass": 0x0801}, {"sans": True}),
        ({"OS_2__sFamilyClass": 0x0701}, {"sans": False}),
        ({"name__16": "Whole"}, {"families": ["Whole", "Small Test Face 3"]}),
        ({"name__16": "Small Test Face 3"}, {"families": ["Small Test Face 3"]}),
    ],
)
def test_a_font_says_what_it_is(values: dict[str, Any], facts: dict[str, Any]) -> None:
    said = reader.facts(changed(**values))
    assert {key: said[key] for key in facts} == facts
    assert said["variable"] is False


@pytest.mark.parametrize(
    ("kind", "serifs", "sans"), [(2, 10, False), (2, 11, True), (2, 15, True), (3, 11, False)]
)
def test_a_font_without_serifs_says_so(kind: int, serifs: int, sans: bool) -> None:
    """By PANOSE: 11 to 15 of a text face are without (OpenType, `OS/2`)."""
    with TTFont(io.BytesIO(drawn(""))) as font:
        font["OS/2"].panose.bFamilyType, font["OS/2"].panose.bSerifStyle = kind, serifs
        font.save(out := io.BytesIO())
    assert reader.facts(out.getvalue())["sans"] is sans


def test_what_is_no_font_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "a.otf"
    assert reader._tell(file) == {"fault": "cannot be read: No such file or directory"}
    file.write_bytes(b"no font")
    assert reader._tell(file) == {"fault": "is no font, or a damaged one"}
    with TTFont(io.BytesIO(drawn(""))) as font:
        for outlines in {"glyf", "loca", "CFF "} & set(font.keys()):
            del font[outlines]
        font.save(file)
    assert "it has no outlines" in reader._tell(file)["fault"]
    with TTFont(io.BytesIO(drawn(""))) as font:
        font["CFF2"] = DefaultTable("CFF2")
        font["CFF2"].data = b"none"
        font.save(file)
    assert reader._tell(file)["fault"] == "has outlines in CFF2, which TeX cannot set"
    for beginning, kind in ((b"ttcf", "a collection of fonts"), (b"wOF2", "a web font (WOFF2)")):
        file.write_bytes(beginning + bytes(40))
        told = reader._tell(file)
        assert told["fault"] == f"is {kind}, which TeX cannot set"
        assert "static" in told["hint"]
    file.write_bytes(drawn("", lacking="z"))
    assert reader._tell(file) == {"fault": "cannot be used: it has no Latin letters"}
    file.write_bytes(drawn(""))
    assert reader._tell(file)["families"] == ["Small Test Face 3"]


# ---- which file is which ----------------------------------------------------------------------


def font(name: str, weight: int = 400, italic: bool = False, **more: Any) -> own._Font:
    given: dict[str, Any] = {
        "families": ("F",),
        "width": 5,
        "sans": False,
        "restricted": False,
        "small_caps": False,
    } | more
    return own._Font(path=Path(f"/p/{name}.otf"), weight=weight, italic=italic, **given)


def roles(*fonts: own._Font) -> tuple[dict[str, str], tuple[str, ...]]:
    found = own._chosen("F", fonts)
    family = found.family
    files = {"r": family.regular, "b": family.bold, "i": family.italic, "bi": family.bold_italic}
    for series, upright, italic in family.weights:
        files |= {series: upright, f"{series}i": italic}
    short = {own._name(font.path): font.path.stem for font in fonts}
    return {role: short[file] for role, file in files.items()}, found.remarks


R, B, IT, BI = font("R"), font("B", 700), font("I", 400, True), font("BI", 700, True)
NO_BOLD = "the family F has no bold: bold text is set in R.otf"
NO_ITALIC = "the family F has no italic: italic text is set in R.otf"


@pytest.mark.parametrize(
    ("fonts", "expected", "remarks"),
    [
        ((R, B, IT, BI), {"r": "R", "b": "B", "i": "I", "bi": "BI"}, ()),
        ((R,), dict.fromkeys(("r", "b", "i", "bi"), "R"), (NO_BOLD, NO_ITALIC)),
        ((R, IT), {"r": "R", "b": "R", "i": "I", "bi": "I"}, (NO_BOLD,)),
        ((R, B), {"r": "R", "b": "B", "i": "R", "bi": "B"}, (NO_ITALIC,)),
        ((R, B, IT), {"r": "R", "b": "B", "i": "I", "bi": "I"}, ()),
        ((R, dataclasses.replace(B, lacks="•–"), IT, dataclasses.replace(BI, lacks="–·")),
         {"r": "R", "b": "B", "i": "I", "bi": "BI"},
         ("the family F has no · – •, which the themes set",)),
        ((IT,), dict.fromkeys(("r", "b", "i", "bi"), "I"),
         ("the family F has no regular: plain text is set in I.otf",
          "the family F has no bold: bold text is set in I.otf")),
        # the nearest weight; a medium is no bold of a regular, nor a bold italic an italic
        ((font("R", 380), font("T", 100), font("B", 800), IT, BI),
         {"r": "R", "b": "B", "i": "I", "bi": "BI"}, ()),
        ((R, font("M", 599), IT), {"r": "R", "b": "R", "i": "I", "bi": "I", "sb": "M", "sbi": "I"},
         (NO_BOLD,)),
        ((R, font("M", 600), IT), {"r": "R", "b": "M", "i": "I", "bi": "I"}, ()),
        ((font("R", 500), font("M", 599)), dict.fromkeys(("r", "b", "i", "bi"), "R") | {
            "sb": "M", "sbi": "R"}, (NO_BOLD, NO_ITALIC)),
        ((R, B, font("XI", 501, True)), {"r": "R", "b": "B", "i": "R", "bi": "B"}, (NO_ITALIC,)),
        ((R, B, font("I", 500, True), font("SI", 599, True)),
         {"r": "R", "b": "B", "i": "I", "bi": "I"}, ()),
        # those of the usual width, and the first by name of those alike
        ((font("C", width=3), R, B, IT, BI), {"r": "R", "b": "B", "i": "I", "bi": "BI"}, ()),
        ((font("A"), R, B, IT, BI), {"r": "A", "b": "B", "i": "I", "bi": "BI"}, ()),
        # weights between, each with an italic if it has one
        ((R, B, IT, BI, font("L", 300), font("LI", 300, True), font("S", 600)),
         {"r": "R", "b": "B", "i": "I", "bi": "BI", "l": "L", "li": "LI", "sb": "S", "sbi": "I"},
         ()),
        ((R, B, IT, BI, font("L", 200)), {"r": "R", "b": "B", "i": "I", "bi": "BI", "l": "L",
                                         "li": "I"}, ()),
        ((R, B, IT, BI, font("T", 199)), {"r": "R", "b": "B", "i": "I", "bi": "BI"}, ()),
        ((R, B, IT, BI, font("L", 351)), {"r": "R", "b": "B", "i": "I", "bi": "BI"}, ()),
        ((R, B, IT, BI, font("X", 651)), {"r": "R", "b": "B", "i": "I", "bi": "BI"}, ()),
        ((font("R", restricted=True), B, IT, BI), {"r": "R", "b": "B", "i": "I", "bi": "BI"},
         ("the family F says that its licence forbids to embed it in a document",)),
    ],
)  # fmt: skip
def test_each_file_has_its_place(
    fonts: tuple[own._Font, ...], expected: dict[str, str], remarks: tuple[str, ...]
) -> None:
    assert roles(*fonts) == (expected, remarks)
    assert roles(*fonts[::-1]) == (expected, remarks)


def test_a_family_is_known_by_all_its_files() -> None:
    first, second = own._chosen("F f", (R, B)).family, own._chosen("F f", (R, B, IT)).family
    assert first.carried != second.carried
    assert first.carried.startswith("own-ff")
    assert dict(first.origins) == {own._name(R.path): "/p/R.otf", own._name(B.path): "/p/B.otf"}
    names = {own._name(Path(f"/p/{name}")) for name in ("a b.otf", "ab.otf", "a%b.OTF", "ü.ttf")}
    assert len(names) == 4, "no two files have one name"
    assert all(name.replace("-", "").replace(".", "").isalnum() for name in names)


# ---- a folder of them --------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cv" / "fonts").mkdir(parents=True)
    return tmp_path / "cv"


def wrong(project: Path, name: str = "F", files: str = "fonts") -> str:
    with pytest.raises(own.Wrong) as caught:
        own.find(project, name, files)
    return f"{caught.value}; {caught.value.hint}"


def test_what_is_wrong_with_a_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong(project) == (
        "there is no folder fonts with fonts in it; its path is counted from the project's folder"
    )
    (project / "fonts" / "a.woff2").write_bytes(b"x")
    there = "there is no font in fonts; TeX sets .otf and .ttf"
    assert wrong(project) == f"{there}; there is a web font"
    (project / "fonts" / "a.woff2").rename(project / "fonts" / "a.txt")
    assert wrong(project) == there
    assert "there is no folder" in wrong(project, files="x" * 300)
    for number in range(65):
        (project / "fonts" / f"{number}.otf").write_bytes(b"x")
    assert wrong(project) == "there are more than 64 fonts in fonts; give the family a folder"
    (project / "fonts" / "0.otf").unlink()
    monkeypatch.setattr(own, "LARGEST", 0)
    assert "is larger than 0 MB" in wrong(project)
    monkeypatch.setattr(own, "LARGEST", 1)
    asked: list[int] = []

    def told(paths: Any) -> list[dict[str, Any]]:
        asked.append(len(paths))
        return [{"fault": "is bad"} for _ in paths]

    monkeypatch.setattr(own, "_asked", told)
    assert wrong(project) == "the font 1.otf is bad; take the file away, or a whole one"
    assert asked == [64]


FACTS = {
    "families": ["Fine Face"], "weight": 400, "width": 5, "italic": False, "sans": True,
    "variable": False, "restricted": False, "small_caps": False,
}  # fmt: skip


def test_what_fonts_say_is_asked_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what is in them; what is kept is read back whole, or asked anew."""
    for name in "ab":
        (project / "fonts" / f"{name}.otf").write_bytes(name.encode())
    carried.folder().mkdir(parents=True, mode=0o700)
    asked: list[str] = []

    def told(paths: Any) -> list[dict[str, Any]]:
        asked.extend(path.name for path in paths)
        return [dict(FACTS, weight=400 if path.name == "a.otf" else 700) for path in paths]

    monkeypatch.setattr(own, "_asked", told)
    first = own.find(project, "fine-face", "fonts").family
    assert first.sans
    assert Path(dict(first.origins)[first.bold]).name == "b.otf"
    assert own.find(project, "FineFace", "fonts").family == first
    assert asked == ["a.otf", "b.otf"]
    kept = sorted(carried.folder().iterdir())
    kept[0].write_text("{}")
    kept[1].write_text(json.dumps(FACTS | {"more": 1}))
    assert own.find(project, "fine face", "fonts").family == first
    assert asked == ["a.otf", "b.otf"] * 2
    assert wrong(project) == ("there is no font of the family F in fonts; there is Fine Face")
    (project / "fonts" / "b.otf").write_bytes(b"variable")
    monkeypatch.setattr(own, "_asked", lambda paths: [dict(FACTS, variable=True) for _ in paths])
    assert wrong(project, "Fine Face").startswith("b.otf is a variable font, which TeX cannot set;")


def test_a_reader_that_ends_has_told_of_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it said before is so; the font that it ended at, and all after it, cannot be used."""
    import subprocess

    said = json.dumps(FACTS).encode() + b"\nnot JSON\n"
    paths = [Path("a.otf"), Path("b.otf"), Path("c.otf")]

    def late(*_: Any, **__: Any) -> Any:
        raise subprocess.TimeoutExpired("x", 1, output=said)

    def absent(*_: Any, **__: Any) -> Any:
        raise OSError(2, "No such file")

    def ended(*_: Any, **__: Any) -> Any:
        return subprocess.CompletedProcess([], 1, said * 5, b"")

    ends = {"fault": "cannot be used: reading it does not end, or needs too much memory"}
    monkeypatch.setattr(programs, "run", late)
    assert own._asked(paths) == [FACTS, ends, ends]
    monkeypatch.setattr(programs, "run", absent)
    assert own._asked(paths) == [{"fault": "cannot be read: No such file"}] * 3
    monkeypatch.setattr(programs, "run", ended)
    assert own._asked(paths) == [FACTS] * 3


# ---- what pdfLaTeX needs of one ----------------------------------------------------------------


def package(**changes: Any) -> tuple[str, dict[str, bytes]]:
    """Return the package of a family of one small font, and all files beside a document."""
    given = {"regular": "A b.otf", "bold": "A b.otf", "italic": "A b.otf", "bold_italic": "A b.otf"}
    family = FontFamily(**{**given, "carried": "own-x", **changes})
    files = dict(carried.for_pdflatex(family, dict.fromkeys(family.files, Path("x"))).files)
    (name,) = (name for name in files if name.endswith(".sty"))
    return files.pop(name).decode(), files


def test_the_package_declares_every_shape_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    made = convert(drawn())
    monkeypatch.setattr(carried, "converted", lambda path, name, oldstyle: made)
    monkeypatch.setattr(carried, "_known", lambda path, oldstyle: made)
    text, files = package(sans=True, weights=(("l", "L.otf", "A b.otf"),))
    stems = {"cv-ab", "cv-l"}
    encs = {f"cvtex-{encoding}.enc" for encoding in ("t1", "ts1", "sc")}
    metrics = {f"{stem}-{encoding}.tfm" for stem in stems for encoding in ("t1", "ts1", "sc")}
    assert files.keys() == {f"{stem}.pfb" for stem in stems} | encs | metrics
    declared = re.findall(r"\\DeclareFontShape\{(\w+)\}\{cvownx\}\{(\w+)\}\{(\w+)\}\{(.*?)\}", text)
    keys = [key for *key, _ in declared]
    assert sorted(keys) == sorted(
        [encoding, series, shape]
        for encoding in ("T1", "TS1")
        for series in ("m", "b", "bx", "l")
        for shape in ("n", "it", "sl", "sc", "scit")
    )
    of = {tuple(key): what for *key, what in declared}
    assert of["T1", "m", "n"] == "<->cv-ab-t1"
    assert of["TS1", "l", "n"] == "<->cv-l-ts1"
    assert of["T1", "l", "sc"] == "<->cv-l-sc"
    assert of["TS1", "l", "sc"] == "<->ssub * cvownx/l/n"
    assert of["T1", "b", "scit"] == of["T1", "b", "sl"] == "<->ssub * cvownx/b/it"
    assert of["T1", "bx", "sc"] == "<->ssub * cvownx/b/sc"
    assert r"\renewcommand*{\sfdefault}{cvownx}" in text
    maps = re.findall(r"pdfmapline\{\+(\S+) (\S+) \"(\S+) ReEncodeFont\" <\[(\S+) <(\S+)\}", text)
    assert {(f"{tfm}.tfm", enc, pfb) for tfm, _, _, enc, pfb in maps} == {
        (f"{stem}-{e}.tfm", f"cvtex-{e}.enc", f"{stem}.pfb")
        for stem in stems
        for e in ("t1", "ts1", "sc")
    }
    assert {name for _, name, *_ in maps} == {made.name}
    made = convert(drawn(""))
    text, files = package()
    assert "cv-ab-sc.tfm" not in files
    assert r"{T1}{cvownx}{m}{sc}{<->ssub * cvownx/m/n}" in text
    assert r"\renewcommand*{\rmdefault}{cvownx}" in text


def test_what_is_kept_of_a_font_comes_back_whole() -> None:
    made = convert(drawn())
    kept = carried._packed(made)
    assert carried._unpacked(kept) == made
    assert all(getattr(made, part) for part in PARTS)
    for spoilt in (kept[:-1], kept[:50] + b"x" + kept[51:], b"", b"zz\n{}", b"00000000\n"):
        with pytest.raises((ValueError, KeyError, TypeError)):
            carried._unpacked(spoilt)
