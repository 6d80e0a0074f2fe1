"""§3: every name is made safe in one place. Cases 03 and 18, and wild names of all kinds."""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex import names
from cvtex.commands import overleaf
from cvtex.diagnostics import Source
from cvtex.filenames import handed_out
from cvtex.latex import marks
from safety.places import Place
from shared import Program

WILD = (
    *(
        "a\nb",
        "a\rb",
        "a\r\n\\immediate\\write18{id}",
        "x\n\\directlua{os.exit()}%",
        "a\tb",
        "a\vb",
    ),
    *("a\fb", "\x1b]0;owned\x07\x1b[2Jx", "a\x1b[31m", "a\x07", "a\x08\x08b", "a\x7fb", "\x9b2Jx"),
    *("a\x85b", "a\u2028b", "a\u2029b", "a\u202eb", "a\u2066b\u2069", "a\u200fb", "\ufeffa"),
    *("a\udcffb", "\udce9t\udce9", "a\U000e0041b", "100%", "%0A", "a%0Ab", "a:3", "a:3-5", "a:b"),
    *("%% end", "%% begin data", "a^^0ab", "a^^M", "{}", "}{", "\\input", "$a$", "#1", "a&b", "~"),
    *(
        "a b",
        " a",
        "a ",
        "-o",
        "--set",
        "a'b",
        'a"b',
        "`id`",
        "$(id)",
        "a;b",
        "a|b",
        "a>b",
        "*",
        "?",
    ),
    *(
        "[a]",
        "..a",
        "...",
        "CON",
        "nul",
        "ä",
        "a\u0308",
        "漢字",
        "😀",
        "ß" * 120,
        "x" * 250,
        "‹private›",
    ),
)
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
TEXTS = st.text(st.characters(blacklist_characters="/\0", blacklist_categories=()), min_size=1)


def test_there_are_enough() -> None:
    assert len(WILD) >= 40
    assert len(set(WILD)) == len(WILD)


def every(check: object) -> object:
    """Run a check with all wild names, and with whatever else hypothesis finds."""
    tried = given(TEXTS)(check)  # type: ignore[arg-type]
    return settings(max_examples=200, deadline=None)(tried)


def may_name_a_file(name: str) -> bool:
    """Tell whether a file's name may be read as this: bytes that are no UTF-8 are `\\udc80` on."""
    try:
        return os.fsdecode(os.fsencode(name)) == name
    except UnicodeEncodeError:
        return False


@every
def test_printed(name: str) -> None:
    shown = names.printable(name)
    assert not STEERING.search(shown)
    shown.encode()
    assert "\n" not in shown


@every
def test_in_a_comment(name: str) -> None:
    shown = names.in_comment(name)
    assert names.from_comment(shown) == name or not may_name_a_file(name)
    assert len((f"%% begin {shown}").splitlines()) == 1
    assert shown.isascii() or shown.encode()


@every
def test_in_a_source_mark(name: str) -> None:
    for line, end in ((0, 0), (3, 3), (3, 7)):
        tex = str(marks.mark(Source(f"bib/{name}.bib", line, 0, end), "body")) + "after\n"
        assert tex.split("\n")[1:] == ["body", "%% end", "after", ""]
        place = marks.locator(tex)(2)
        assert place is not None
        if not any("\ud800" <= c <= "\udfff" for c in name):
            assert (place.file, place.line) == (f"bib/{name}.bib", line)
        assert marks.locator(tex)(4) is None


@every
def test_for_tex(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", names.for_tex(name))


@every
def test_in_a_zip(name: str) -> None:
    member = names.in_zip(f"data/../{name}/x.yaml")
    path = PurePosixPath(member)
    assert not path.is_absolute()
    assert not {"..", "."} & set(path.parts)
    assert not re.search(r'[\\:*?"<>|]', member)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(member, b"")
    assert zipfile.ZipFile(packed).namelist() == [member]


def test_a_zip_that_is_handed_out_stays_in_its_folder() -> None:
    files = {"../up.sty": b"1", "/etc/x": b"2", "a\nb.png": b"3", "fonts/a.otf": b"4"}
    members = zipfile.ZipFile(io.BytesIO(overleaf.pack(files))).namelist()
    assert members == ["up.sty", "etc/x", "a_b.png", "fonts/a.otf"]


@every
def test_handed_out(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+", handed_out(name, latin=True))
    for character in handed_out(name):  # a letter, a digit or a mark on one, of any script
        assert unicodedata.category(character)[0] in "LNM" or character == "-", ascii(name)


@pytest.mark.parametrize("name", WILD)
def test_wild_names_by_each_function(name: str) -> None:
    for check in (test_printed, test_in_a_comment, test_in_a_source_mark, test_for_tex):
        check.hypothesis.inner_test(name)  # type: ignore[attr-defined]
    for check in (test_in_a_zip, test_handed_out):
        check.hypothesis.inner_test(name)  # type: ignore[attr-defined]


def make(file: Path, text: str) -> bool:
    """Write a file; False where the file system cannot have such a name."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    except OSError:
        return False
    return True


def test_03_18_wild_names_of_inputs(place: Place, cvtex: Program) -> None:
    """All at once: each may be refused, none may steer TeX or the terminal, or be a traceback."""
    count = 0
    for name in WILD:
        count += make(place.project / f"bib/{name}.bib", "@book{a, title={T}, author={A B}}\n")
        make(place.project / f"data/{name}.txt", "")
        make(place.project / f"styles/{name}.yaml", "name: x\n")
        make(place.project / f"data/{name}.yaml", f"title: T{count}\nentries: [one]\n")
    assert count >= 40
    for arguments in (["validate"], ["build", "--no-pdf"], ["publications"], ["themes"]):
        run = cvtex(*arguments, cwd=place.project)
        assert run.status in (0, 1), run.err
        assert "Traceback" not in run.err
        assert not STEERING.search(run.err), arguments
        assert not STEERING.search(run.out), arguments
    told = cvtex("validate", cwd=place.project).err
    assert re.search(r"^  also: bib/.*\\x07.* and \d+ more$", told, re.MULTILINE)


def test_a_name_that_cannot_be_seen_is_told(place: Place, cvtex: Program) -> None:
    for name in ("a\nb", "a\udcffb"):
        make(place.project / f"bib/{name}.bib", "@book{a, title={T}, author={A B}}\n")
    run = cvtex("validate", cwd=place.project)
    assert r"bib/a\nb.bib: error: this file's name has a character that cannot be seen" in run.err
    assert r"bib/a\xffb.bib: error" in run.err
    assert run.status == 1


SEEN = [name for name in WILD if names.is_plain(name) and not name.startswith(".")]


def test_names_that_can_be_seen_are_good_names(place: Place, cvtex: Program) -> None:
    for number, name in enumerate(SEEN):
        text = (
            f"@book{{k{number}, title={{Title{number}}}, author={{A B}}, year=2020, publisher=P}}\n"
        )
        make(place.project / f"bib/{name}.bib", text)
    make(place.project / "bib/..hidden.bib", "@book{h, title={Hidden}, author={A B}, year=2020}\n")
    run = cvtex("build", "--no-pdf", cwd=place.project)
    assert run.status == 0, run.err
    tex = (place.project / "build/classic/cv.tex").read_text()
    assert "Hidden" not in tex  # an editor's own file, as `.#a.bib` is
    places = {str(marks.locator(tex)(n)) for n in range(tex.count("\n"))}
    for number, name in enumerate(SEEN):
        if (place.project / f"bib/{name}.bib").exists():
            assert f"Title{number}" in tex
            assert any(shown.startswith(f"bib/{name}.bib") for shown in places), name


@pytest.mark.parametrize("name", WILD)
def test_projects_and_single_files(
    place: Place, name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process: a hundred runs of the program would take a minute."""
    from cvtex import cli

    monkeypatch.chdir(place.project)
    if not make(place.project / f"{name}.json", '{"basics": {"name": "Ada"}, "work": [{}]}'):
        return
    (place.project / f"f{name}"[:80] / "data").mkdir(parents=True, exist_ok=True)
    for arguments in (
        ["validate", f"./{name}.json"],
        ["build", "--no-pdf", f"./{name}.json"],
        ["build", "--no-pdf", f"f{name}"[:80]],
        ["build", "--no-pdf", "--theme", f"./{name}"],
        ["build", "--no-pdf", "--set", f"basics.{name}={name}"],
        ["themes", "show", f"./{name}"],
    ):
        with monkeypatch.context() as patch:
            patch.setattr("sys.argv", ["cvtex", *arguments])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        told = capfd.readouterr()
        assert ended.value.code in (0, 1, 2)
        assert not STEERING.search(told.err), arguments
        assert not STEERING.search(told.out), arguments
    assert os.getcwd() == str(place.project)
