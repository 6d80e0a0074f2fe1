"""What engines read is recorded, packed and told, with stand-ins for engines, pip and dpkg."""

from __future__ import annotations

import gzip
import hashlib
import json
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from cvtex.diagnostics import CvtexError
from cvtex.toolchain.fonts import known, sources
from cvtex.toolchain.setup import bundle, faces, install, packing, papers, pypi, recording
from cvtex.toolchain.wheel import ELSEWHERE, MANIFEST


@pytest.fixture
def bin_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that are scripts."""
    monkeypatch.setenv("CVTEX_SANDBOX", "off")
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    return place


def script(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)
    return str(folder / name)


@pytest.fixture
def tex(tmp_path: Path) -> Path:
    """A tree of TeX's files."""
    root = tmp_path / "texmf"
    for name in ("a.sty", "sub/b.def", "c.fmt", "d.lua", "ls-R", "x.tfm", "updmap/pdftex.map"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def sample(tmp_path: Path, name: str = "one") -> Path:
    folder = tmp_path / "samples" / name
    folder.mkdir(parents=True)
    (folder / "cv.tex").write_text("x")
    (folder / "cv.aux").write_text("left")
    (folder / "own.sty").write_text("own")
    return folder


def test_what_an_engine_finds_is_recorded(tmp_path: Path, bin_: Path, tex: Path) -> None:
    """By the name or the sub-path that it asked for; nothing of the machine's, nor of the
    sample's own; the first of several, and what is not there is not."""
    said = [
        f"kdebug:returning from generic search([a.sty]) => {tex}/a.sty {tex}/sub/a.sty",
        f"kdebug:returning from search(sub/b.def) => {tex}/sub/b.def",
        f"kdebug:returning from search(c.fmt) => {tex}/c.fmt",
        f"kdebug:returning from search(d.lua) => {tex}/d.lua",
        f"kdebug:returning from search(ls-R) => {tex}/ls-R",
        f"kdebug:returning from search(gone) => {tex}/gone",
        "kdebug:returning from search(own.sty) => $PWD/own.sty",
    ]
    engine = script(
        bin_,
        "xelatex",
        'test -e cv.aux && exit 9; test "$KPATHSEA_DEBUG" = 32 || exit 8\n'
        + "\n".join(f'echo "{line}" >&2' for line in said)
        + f'\necho "INPUT {tex}/x.tfm" >cv.fls; echo "$@" >{tmp_path}/asked; echo ok >cv.log',
    )
    driver = script(bin_, "xdvipdfmx", f"echo 'search(map) => {tex}/updmap/pdftex.map'")
    told: list[str] = []
    folder = sample(tmp_path)
    files, problems = recording.of_samples(engine, driver, [folder], told.append)
    assert problems == []
    assert files == {
        "a.sty": tex / "a.sty",
        "sub/b.def": tex / "sub/b.def",
        "x.tfm": tex / "x.tfm",
        "pdftex.map": tex / "updmap/pdftex.map",
    }
    assert told == ["one (1 of 1)"]
    asked = (tmp_path / "asked").read_text().split()
    assert asked == ["-interaction=batchmode", "-no-pdf", "-recorder", "cv.tex"]
    assert recording.of_samples(engine, None, [folder], told.append)[0].keys() == {
        "a.sty", "sub/b.def", "x.tfm",
    }  # fmt: skip
    assert "-no-pdf" not in (tmp_path / "asked").read_text()


@pytest.mark.parametrize(
    ("log", "passes"), [("Rerun to get it right", 3), ("undefined references", 3), ("fine", 1)]
)
def test_as_many_passes_as_references_need(
    log: str, passes: int, tmp_path: Path, bin_: Path
) -> None:
    engine = script(bin_, "pdflatex", f"echo x >>{tmp_path}/passes; echo '{log}' >cv.log")
    assert recording.of_samples(engine, None, [sample(tmp_path)], lambda step: None) == ({}, [])
    assert (tmp_path / "passes").read_text() == "x\n" * passes


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("printf '! Undefined control sequence.\\nl.3 x\\n' >cv.log; exit 1",
         "one: XeLaTeX fails on it: Undefined control sequence"),
        ("printf \"! LaTeX Error: File \\`moderncv.cls' not found.\\n\\nl.1 x\\n\" >cv.log; exit 1",
         "one: XeLaTeX fails on it: LaTeX Error: File `moderncv.cls' not found (it is in "),
        ("echo said; echo kdebug:x; echo; exit 1", "one: XeLaTeX fails on it: said"),
        ("exit 7", "one: XeLaTeX fails on it: status 7"),
    ],
)  # fmt: skip
def test_why_a_sample_failed_is_told(text: str, problem: str, tmp_path: Path, bin_: Path) -> None:
    engine = script(bin_, "xelatex", text)
    driver = script(bin_, "xdvipdfmx", "exit 0")
    folder = sample(tmp_path)
    (said,) = recording.of_samples(engine, driver, [folder], lambda step: None)[1]
    assert said.startswith(problem)
    good = script(bin_, "xelatex", "echo ok >cv.log")
    bad = script(bin_, "xdvipdfmx", "echo no such file; exit 1")
    (said,) = recording.of_samples(good, bad, [folder], lambda step: None)[1]
    assert said == "one: xdvipdfmx fails on it: no such file"


def test_a_format_is_recorded_or_told(bin_: Path, tex: Path) -> None:
    engine = script(bin_, "xelatex", f"echo 'search(a.sty) => {tex}/a.sty'; test $2 = -ini")
    assert recording.of_format(engine) == {"a.sty": tex / "a.sty"}
    engine = script(bin_, "xelatex", "echo no memory; exit 1")
    with pytest.raises(OSError, match="the format of xelatex cannot be made: no memory"):
        recording.of_format(engine)


# ---- packing -----------------------------------------------------------------------------------


def test_a_zip_holds_what_it_should_and_nothing_of_the_day(tmp_path: Path) -> None:
    contents = {"b/run": b"#!/bin/sh", "a.txt": b"text" * 100}
    packing.write(tmp_path / "one.zip", contents, ("b/run",))
    packing.write(tmp_path / "two.zip", dict(reversed(contents.items())), ("b/run",))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == contents
        modes = {i.filename: stat.filemode(i.external_attr >> 16) for i in packed.infolist()}
        assert modes == {"a.txt": "-rw-r--r--", "b/run": "-rwxr-xr-x"}
        assert {i.date_time for i in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.getinfo("a.txt").compress_size < 40


def test_a_wheel_s_list_is_as_pip_reads_it() -> None:
    """By the reader of Python's own (`importlib.metadata`)."""
    import csv
    from importlib.metadata import FileHash

    contents = {"b.py": b"x = 1\n", "a.py": b""}
    rows = list(csv.reader(packing.record(contents, "x.dist-info/RECORD").decode().splitlines()))
    assert [row[0] for row in rows] == ["a.py", "b.py", "x.dist-info/RECORD"]
    assert rows[2][1:] == ["", ""]
    for name, digest, size in rows[:2]:
        read = FileHash(digest)
        import base64

        raw = base64.urlsafe_b64decode(read.value + "=" * (-len(read.value) % 4))
        assert (read.mode, raw) == ("sha256", hashlib.sha256(contents[name]).digest())
        assert int(size) == len(contents[name])


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_bundle_takes_the_place_of_an_earlier_one_alone(name: str, tmp_path: Path) -> None:
    output = tmp_path / "deep" / name
    first = {"a": b"one", "sub/b": b"two", bundle.DIGEST: b"x"}
    size = bundle._write(output, first)
    bundle._write(output, {"c": b"three", bundle.DIGEST: b"y"})
    if name == "out":
        assert size == sum(map(len, first.values()))
        assert sorted(p.name for p in output.iterdir()) == [bundle.DIGEST, "c"]
        (output / bundle.DIGEST).unlink()
        with pytest.raises(FileExistsError, match="holds something else than a bundle"):
            bundle._write(output, first)
        assert (output / "c").read_bytes() == b"three"
        (output / "c").unlink()
        bundle._write(output, first)
        assert (output / "sub/b").read_bytes() == b"two", "an empty folder may be taken"
    else:
        with zipfile.ZipFile(output) as packed:
            assert sorted(packed.namelist()) == [bundle.DIGEST, "c"]
    assert [p.name for p in output.parent.iterdir()] == [name], "nothing is left beside it"


def test_a_digest_is_of_the_names_and_what_is_in_them() -> None:
    one = bundle._digest({"a": b"1", "b": b"2"})
    assert one == bundle._digest({"b": b"2", "a": b"1"})
    assert len({one, bundle._digest({"a": b"2", "b": b"1"}), bundle._digest({"a": b"1"})}) == 3
    assert len(one) == 64


# ---- pip ---------------------------------------------------------------------------------------


@pytest.fixture
def pip(bin_: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pip that is a script, and no other."""
    monkeypatch.setattr(pypi, "pips", lambda: [[str(bin_ / "none")], [str(bin_ / "pip")]])
    script(bin_, "none", "echo No module named pip >&2; exit 1")
    monkeypatch.setattr(sys, "executable", str(bin_ / "python"))
    return bin_


WHEEL = pypi.Wheel("any", "a_b-1.2-py3-none-any.whl", hashlib.sha256(b"it\n").hexdigest())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("echo other >$8/a_b-1.2-py3-none-any.whl", "is not the file it should be"),
        ("echo 'ERROR: No match' >&2; echo more >&2; exit 1", "by pip: No match"),
        ("echo 'what ever' >&2; exit 1", "by pip: what ever"),
        ("echo No module named pip >&2; exit 1", "by pip: there is no pip"),
        ("exit 0", "by pip: "),
    ],
)
def test_a_wheel_that_cannot_be_fetched(text: str, problem: str, pip: Path, tmp_path: Path) -> None:
    script(pip, "pip", text)
    with pytest.raises(CvtexError) as failure:
        pypi.fetch(WHEEL, tmp_path, "It")
    assert problem in failure.value.diagnostics[0].message


def test_a_wheel_is_fetched_by_the_first_pip_that_is_one(pip: Path, tmp_path: Path) -> None:
    script(pip, "pip", f'echo it >{tmp_path}/{WHEEL.file}; echo "$@" >{tmp_path}/asked')
    assert pypi.fetch(WHEEL, tmp_path, "It") == tmp_path / WHEEL.file
    asked = (tmp_path / "asked").read_text().split()
    assert asked[0] == "download" and asked[-1] == "a-b==1.2"
    assert {"--no-deps", "--only-binary=:all:", "--no-input"} < set(asked)


@pytest.mark.parametrize(
    ("python", "uv", "said"),
    [
        ("exit 0", None, ""),
        ("exit 1", "exit 0", ""),
        ("echo 'error: first' >&2; echo last >&2; exit 1", None, "error: first"),
        ("echo first >&2; echo last >&2; echo >&2; exit 1", None, "last"),
        ("echo no >&2; exit 1", "echo 'error: uv' >&2; exit 1", "error: uv"),
        (None, None, "No such file or directory"),
        ("exit 1", None, ""),
    ],
)
def test_a_package_is_installed_by_pip_or_uv(
    python: str | None, uv: str | None, said: str, pip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{pip}:/bin" if uv else str(pip))
    for name, text in (("python", python), ("uv", uv)):
        if text is not None:
            script(pip, name, text)
    assert pypi.install("x") == said


@pytest.mark.parametrize(("mended", "message"), [(True, ""), (False, "cannot be brought: ")])
def test_a_face_is_brought_by_its_sources_in_turn(
    mended: bool, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def by_pip(name: str) -> str:
        done.append(name)
        return "no network"

    def by_apt(names: list[str], tell: object) -> None:
        done.extend(names)

    monkeypatch.setattr(pypi, "install", by_pip)
    monkeypatch.setattr(install, "texlive", by_apt)
    monkeypatch.setattr(install, "may_apt", lambda: ())

    def state(name: str) -> known.State:
        return known.State(name=name, here=mended and len(done) == 2, commands=("a", "b"))

    monkeypatch.setattr(known, "state", state)
    monkeypatch.setattr(sources, "find", lambda face, file: Path("x") if len(done) >= 2 else None)
    told: list[str] = []
    if mended:
        assert faces.bring("lato", told.append) == Path("x")
        assert done == ["fontpkg-lato", "fonts-lato"], "the third is not needed"
    else:
        with pytest.raises(CvtexError) as failure:
            faces.bring("lato", told.append)
        (found,) = failure.value.diagnostics
        assert found.message == "the face lato cannot be brought: no network"
        assert found.hint == "run `a`, or `b`"
        assert done == ["fontpkg-lato", "fonts-lato", "rendercv-fonts"]
    assert told == [f"pip install {name}" for name in done if name != "fonts-lato"]


# ---- papers ------------------------------------------------------------------------------------

DPKG = """case $1 in
--search) shift; for f in "$@"; do
  case $f in *gone*) ;; *) echo "tex-a:amd64, tex-z: $f";; esac; done;;
--listfiles) echo /usr/share/texmf/tex/latex/x/new.sty; echo /usr/share/texmf/tex/latex/x/held.sty
  echo /usr/share/texmf/doc/x/no.sty; echo /usr/share/texmf/tex/latex/x/read.me;;
--show) case $3 in
  'texlive-*') printf 'texlive-x\\tinstalled\\ntexlive-y\\tnot-installed\\n';;
  *) printf 'tex-a\\t1.2-3\\n';;
  esac;;
esac"""


def test_a_wheel_says_where_each_file_is_from(
    bin_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(bin_, "dpkg-query", DPKG)
    files = {"tex/held.sty": Path("/t/held.sty"), "tex/gone.map": Path("/t/gone.map")}
    found = papers.write(files, {"from": "it"})
    assert json.loads(found[MANIFEST]) == {
        "program": {"from": "it"},
        "packages": {"tex-a": "1.2-3"},
        "files": {
            "tex/gone.map": "made by TeX Live on the machine that built this",
            "tex/held.sty": "tex-a",
        },
    }
    assert json.loads(found[ELSEWHERE]) == {"texlive-x": ["new.sty"]}
    monkeypatch.setenv("PATH", str(tmp_path))
    bare = papers.write(files, {})
    assert json.loads(bare[ELSEWHERE]) == {}
    assert set(json.loads(bare[MANIFEST])["files"].values()) == {
        "made by TeX Live on the machine that built this"
    }


def test_licences_go_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What Debian says of a package's rights, packed or not."""
    for package in ("one", "two"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "copyright").write_text(f"of {package}")
    (tmp_path / "one" / "Licenses.gz").write_bytes(gzip.compress(b"packed"))
    files = [Path(f"/t/{name}") for name in ("one", "two", "three")]
    monkeypatch.setattr(papers, "_owners", lambda files: {f: f.name for f in files})
    monkeypatch.setattr(papers, "_queried", lambda *asked: [])
    monkeypatch.setattr(papers, "DOCUMENTATION", tmp_path)
    found = papers.write({file.name: file for file in files}, {})
    licences = {name: text for name, text in found.items() if name.startswith("licences/")}
    assert licences == {
        "licences/one.copyright.txt": b"of one",
        "licences/one.Licenses.txt": b"packed",
        "licences/two.copyright.txt": b"of two",
    }
