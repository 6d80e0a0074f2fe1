"""How many passes, from which guess, in which tree of files: what needs no engine to be told."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.toolchain import Outcome, cache
from cvtex.toolchain.texlive import ahead, document, formats, luafonts, passes, tree, unpacked

AUX = b"\\relax \n\\providecommand\\hyper@newdestlabel[2]{}\n\\gdef \\@abspage@last{12}\n"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield


def settled(
    folder: Path, *left: bytes, before: bytes | None = None, log: str = "", fails: int = 0
) -> tuple[Outcome, int]:
    """Run passes each of which leaves one of the `.aux` files; tell how many there were."""
    count = 0
    (folder / "cv.aux").unlink(missing_ok=True)
    if before is not None:
        (folder / "cv.aux").write_bytes(before)

    def engine(number: int) -> Outcome:
        nonlocal count
        count += 1
        assert number == count
        (folder / "cv.aux").write_bytes(left[min(number, len(left)) - 1])
        return Outcome(number != fails, log=log if number == 1 else "")

    return passes.until_settled(folder, engine), count


def test_passes_follow_until_nothing_changes(tmp_path: Path) -> None:
    assert settled(tmp_path, b"a", b"a")[1] == 2
    assert settled(tmp_path, b"a", b"b", b"b")[1] == 3
    assert settled(tmp_path, b"a", before=b"a")[1] == 1, "a good guess"
    rerun = "LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right."
    assert settled(tmp_path, b"a", before=b"a", log=rerun)[1] == 2
    assert settled(tmp_path, b"a", b"b", b"b", log=rerun)[1] == 3


def test_a_document_that_does_not_settle_ends(tmp_path: Path) -> None:
    result, count = settled(tmp_path, *(b"%d" % n for n in range(9)))
    assert (result.ok, result.reason, count) == (False, "it does not settle", 5)
    assert settled(tmp_path, *(b"%d" % n for n in range(4)))[0].ok


def test_a_pass_that_fails_is_the_last(tmp_path: Path) -> None:
    result, count = settled(tmp_path, b"a", b"b", b"c", fails=2)
    assert (result.ok, result.reason, count) == (False, None, 2)


def test_lines_that_latex_does_not_read_change_nothing(tmp_path: Path) -> None:
    r"""\@writefile is for a file that the document writes, too, such as its contents."""
    (tmp_path / "cv.aux").write_bytes(
        b"\\relax \n\\@writefile{toc}{\\x}\n\\@writefile{lot}{y}\nz\n"
    )
    assert passes.state(tmp_path) == {"cv.aux": b"\\relax \nz\n"}
    (tmp_path / "cv.toc").write_bytes(b"")
    assert passes.state(tmp_path)["cv.aux"] == b"\\relax \n\\@writefile{toc}{\\x}\nz\n"
    for other in ("cv.tex", "cv.pdf", "cv.log", "cv.fdb_latexmk", "other.aux"):
        (tmp_path / other).write_bytes(b"x")
    assert passes.state(tmp_path).keys() == {"cv.aux", "cv.toc"}


# ---- guesses of what a first pass would leave ----------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(passes.LINES), st.integers(0, 999_999)), max_size=100))
def test_a_guess_is_kept_as_numbers(rows: list[tuple[bytes, int]]) -> None:
    aux = b"".join(line.replace(b"{N", b"{%d" % number) + b"\n" for line, number in rows)
    kept = passes.understood(aux)
    assert kept is not None
    assert passes.written(kept) == aux


@pytest.mark.parametrize(
    "aux",
    [AUX[:-1], AUX + b"\\newlabel{a}{b}\n", AUX.replace(b"12", b"1234567"), b"\\relax \n" * 101],
)
def test_what_tex_wrote_of_the_document_is_not_kept(aux: bytes) -> None:
    assert passes.understood(aux) is None


@pytest.mark.parametrize("seed", [[[99, 1]], [["x", 1]], [[1]], [[0, 1, 2]], 5, [[0, "x"]]])
def test_a_damaged_guess_is_none(seed: Any) -> None:
    assert passes.written(seed) in (b"", b"\\relax \n")


def test_a_document_begins_with_the_guess_of_one_alike(tmp_path: Path) -> None:
    """Alike are those of the same section titles; nothing that lies there is written over."""
    tex = "\\section{Work}\n\\cvsection{Study}\n"
    seeds = passes.learnt({}, tex, {"cv.aux": AUX})
    assert passes.seed(tmp_path, tex.replace("\n", "\nother text\n"), seeds)
    assert (tmp_path / "cv.aux").read_bytes() == AUX
    (tmp_path / "cv.aux").write_bytes(b"mine")
    assert not passes.seed(tmp_path, tex, seeds)
    assert (tmp_path / "cv.aux").read_bytes() == b"mine"
    (tmp_path / "cv.aux").unlink()
    assert not passes.seed(tmp_path, tex.replace("Study", "Studies"), seeds)
    assert (tmp_path / "cv.aux").read_bytes() == passes.FIRST_AUX


def test_what_is_learnt_is_news_and_the_last_eight() -> None:
    seeds = passes.learnt({}, "\\section{0}", {"cv.aux": AUX})
    assert len(seeds) == 1
    assert passes.learnt(seeds, "\\section{0}", {"cv.aux": AUX}) is seeds
    assert passes.learnt(seeds, "\\section{1}", {"cv.aux": b"\\x\n"}) is seeds
    assert passes.learnt(seeds, "\\section{1}", {"cv.aux": AUX, "cv.toc": b""}) is seeds
    assert passes.learnt(seeds, "\\section{1}", {"cv.out": b""}) is seeds
    for n in range(1, 9):
        seeds = passes.learnt(seeds, f"\\section{{{n}}}", {"cv.aux": AUX})
    assert list(seeds) == [passes.titles(f"\\section{{{n}}}") for n in range(1, 9)]


TEX = "\\documentclass{article}\n\\begin{document}\n\\section{A}\n\\end{document}\n"


@pytest.mark.parametrize("again", [False, True])
def test_a_guess_is_learnt_used_and_forgotten_where_it_harms(tmp_path: Path, again: bool) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "cv.tex").write_text(TEX)
    program = Path("/bin/true")
    seen: list[bytes] = []

    def attempt(ok: bool = True, reason: str | None = None) -> Outcome:
        seen.append((folder / "cv.aux").read_bytes() if (folder / "cv.aux").exists() else b"")
        if ok or not seen[-1]:
            (folder / "cv.aux").write_bytes(AUX)
        return Outcome(ok or not seen[-1], reason=reason)

    (cache.root()).mkdir(parents=True, mode=0o700)
    assert not passes.is_known(program, folder, document.split(TEX) or "")
    assert passes.guessing(program, folder, attempt, again=again).ok
    assert passes.is_known(program, folder, document.split(TEX) or "")
    (folder / "cv.aux").unlink()
    assert passes.guessing(program, folder, attempt, again=again).ok
    assert seen == [passes.FIRST_AUX, AUX], "the second begins with what the first left"
    (folder / "cv.aux").unlink()
    assert passes.guessing(program, folder, lambda: attempt(False), again=again).ok is again
    (folder / "cv.aux").unlink(missing_ok=True)
    late = passes.guessing(program, folder, lambda: attempt(False, "too late"), again=again)
    assert late.reason == "too late"
    assert seen[2:] == ([AUX, b"", AUX] if again else [AUX, AUX])


def test_without_a_cache_or_a_plain_preamble_nothing_is_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cv.tex").write_text(TEX.replace("\n\\begin", " \\begin"))
    assert passes.guessing(Path("/bin/true"), tmp_path, lambda: Outcome(True)).ok
    (tmp_path / "cv.tex").write_text(TEX)
    monkeypatch.setattr(cache, "is_ours", lambda: False)
    assert passes.guessing(Path("/bin/true"), tmp_path, lambda: Outcome(True)).ok
    assert cache.entries() == []


# ---- the document ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "preamble"),
    [
        ("a\n\\begin{document}\nb", "a\n"),
        ("\\begin{document}\nb", None),
        ("a \\begin{document}\nb", None),
        ("% \\begin{document}\n\\begin{document}", None),
        ("a\n\\begin{document}\nb\n\\begin{document}", "a\n"),
        ("", None),
    ],
)
def test_a_preamble_ends_where_the_document_begins(tex: str, preamble: str | None) -> None:
    assert document.split(tex) == preamble


def test_files_beside_a_document_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    """But for data, which no preamble reads into a format: there only the name counts."""
    for name in ("theme.sty", "photo.JPG", ".fast", "cv.aux"):
        (tmp_path / name).write_text("one")
    (tmp_path / "folder").mkdir()
    before = document.own_files(tmp_path)
    assert before.keys() == {"theme.sty", "photo.JPG"}
    (tmp_path / "photo.JPG").write_text("two")
    assert document.own_files(tmp_path) == before
    (tmp_path / "theme.sty").write_text("two")
    assert document.own_files(tmp_path) != before


@pytest.mark.parametrize(
    ("preamble", "style", "inputs", "is_dated"),
    [
        ("\\title{x}", "", [], False),
        ("\\date{\\today}", "", [], True),
        ("\\number\\year", "", [], True),
        ("\\yearly", "", [], False),
        ("\\x", "\\edef\\y{\\pdfcreationdate}", [], True),
        ("\\x", "", ["/usr/share/tex/datetime2.sty"], True),
        ("\\x", "", ["/usr/share/tex/mydatetime2.sty", "/usr/datetimes.sty"], False),
    ],
)
def test_a_preamble_may_hold_the_date(
    preamble: str, style: str, inputs: list[str], is_dated: bool, tmp_path: Path
) -> None:
    (tmp_path / "a.sty").write_text(style)
    (tmp_path / "b.png").write_text("\\today")
    own = {"a.sty": "", "b.png": ""}
    assert document.is_dated(preamble, tmp_path, own, inputs) is is_dated


def test_the_class_of_a_document() -> None:
    assert document.class_of("\\documentclass[11pt,a4paper]{moderncv}") == "moderncv"
    assert document.class_of("\\documentclass{article}") == "article"
    assert document.class_of("\\input{x}") == "?"


# ---- the tree of TeX's files -----------------------------------------------------------------

CNF = """
% a comment
main_memory = 5000000 % words
shell_escape = f
TEXMF = {$TEXMFHOME,!!$TEXMFDIST}
openout_any p
extra_mem_bot.tex = 7
"""


def test_a_tree_has_links_its_map_and_its_settings(tmp_path: Path) -> None:
    full = tmp_path / "full.map"
    full.write_bytes(b"ec-a EcA <a.pfb\nec-ab EcAB <ab.pfb\n% x\nec-b EcB <b.pfb\n")
    (tmp_path / "one.cnf").write_text(CNF)
    (tmp_path / "two.cnf").write_text("main_memory = 1\npool_size = 3\n")
    target = tmp_path / "a.sty"
    target.write_text("x")
    files = {"a.sty": str(target), "sub/b.sty": str(target), "ec-a.tfm": str(target)}
    files |= {"../out.sty": str(target), tree.MAP: str(full)}
    folder = tmp_path / "tree"
    for _ in range(2):  # what is there stays
        checksums = tree.make(folder, files, [tmp_path / "one.cnf", tmp_path / "two.cnf"])
    links = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_symlink()}
    assert links == {"a.sty", "sub/b.sty", "ec-a.tfm"}
    assert (folder / tree.MAP).read_bytes() == b"ec-a EcA <a.pfb\n"
    assert not (tmp_path / "out.sty").exists()
    contents = {name: zlib.crc32((folder / name).read_bytes()) for name in ("texmf.cnf", tree.MAP)}
    assert checksums == contents
    lines = (folder / "texmf.cnf").read_text().splitlines()
    assert lines[0] == f"TEXINPUTS = .:{folder}"
    assert f"TFMFONTS = {folder}" in lines
    assert lines[-6:] == [
        "main_memory = 5000000", "shell_escape = f", "openout_any = p", "extra_mem_bot.tex = 7",
        "pool_size = 3", "texmf_casefold_search = 0",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a b", "a,b", "a:b", "~b", "a//b", "a%b"])
def test_a_folder_that_kpathsea_cannot_name_has_no_tree(name: str, tmp_path: Path) -> None:
    if name == "a//b":
        assert tree.make(tmp_path / name, {}, []), "a path knows no empty name"
        return
    with pytest.raises(tree.NotPossible):
        tree.make(tmp_path / name, {}, [])


def test_folders_that_are_searched_on_the_disk(tmp_path: Path) -> None:
    """Those below, too, where a path says so; of what an index tells, the index."""
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "flat/below").mkdir(parents=True)
    paths = [f".:{tmp_path}/deep//:{tmp_path}/flat:{tmp_path}/gone//:!!{tmp_path}/dist/tex//"]
    found = [str(Path(place).relative_to(tmp_path)) for place in tree.loose_folders(paths)]
    assert found == ["deep", "deep/er", "dist/ls-R", "dist/ls-r", "flat", "gone"]


def test_too_many_folders_are_no_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        (tmp_path / f"{n}").mkdir()
    monkeypatch.setattr(tree, "_MOST_FOLDERS", 4)
    assert len(tree.loose_folders([f"{tmp_path}//"])) == 4
    monkeypatch.setattr(tree, "_MOST_FOLDERS", 3)
    with pytest.raises(tree.NotPossible):
        tree.loose_folders([f"{tmp_path}//"])


def searches(*lines: str) -> tree.Searches:
    return tree.read_searches("\n".join(f"kdebug:{line}" for line in lines))


@pytest.mark.parametrize(
    ("line", "found", "missing"),
    [
        ("returning from search(a.sty) => /x/a.sty", {"a.sty": "/x/a.sty"}, set()),
        ("returning from search(a.sty) => (nil)", {}, {"a.sty"}),
        ("returning from search([a.sty.tex a.sty]) => /x/a.sty", {"a.sty": "/x/a.sty"}, set()),
        ("returning from search([b c]) => /x/d", {"b": "/x/d"}, set()),
        ("returning from search(a.sty) => ./a.sty", {}, set()),
        ("returning from search(/x/a.sty) => /x/a.sty", {}, set()),
        ("returning from search(ls-R) => /x/ls-R", {}, set()),
        ("returning from search([./cv.aux]) =>", {}, set()),
        ("returning from search(ec-a+17.tfm) =>", {}, {"ec-a.tfm"}),
        ("returning from search(ec-a+17.pfb) =>", {}, {"ec-a+17.pfb"}),
        ("variable: x = y", {}, set()),
    ],
)
def test_a_search_is_a_file_or_none(line: str, found: dict[str, str], missing: set[str]) -> None:
    told = searches(line)
    assert (dict(told.found), set(told.missing)) == (found, missing)


def test_what_was_found_once_is_not_missing() -> None:
    told = searches("returning from search(a) =>", "returning from search(a) => /x/a")
    assert (told.found, told.missing) == ({"a": "/x/a"}, frozenset())


@pytest.mark.parametrize(
    ("found", "missing", "unknown"),
    [
        ({"a": "/t/a"}, set(), set()),
        ({"a": "/elsewhere/a"}, set(), {"a"}),
        ({"new": "/t/new"}, set(), {"new"}),
        ({}, {"nowhere"}, set()),
        ({}, {"other"}, {"other"}),
    ],
)
def test_a_run_in_the_tree_asks_for_what_is_known(
    found: dict[str, str], missing: set[str], unknown: set[str]
) -> None:
    told = tree.Searches(found, frozenset(missing), frozenset())
    files = {"a": "/real/a"}
    assert tree.unknown(told, Path("/t"), files, frozenset({"nowhere"})) == unknown


# ---- formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
@pytest.mark.parametrize("packed", [False, True])
def test_a_format_is_unpacked_whole(size: int, packed: bool, tmp_path: Path) -> None:
    data = os.urandom(size)
    source = tmp_path / "a.fmt"
    source.write_bytes(gzip.compress(data, 1) if packed else data)
    assert formats.unpack(source, tmp_path / "b.fmt") == zlib.crc32(data)
    assert (tmp_path / "b.fmt").read_bytes() == data


@pytest.mark.parametrize("spoil", ["cut", "changed"])
def test_a_damaged_format_is_not_unpacked(spoil: str, tmp_path: Path) -> None:
    data = gzip.compress(os.urandom(5000))
    source = tmp_path / "a.fmt"
    source.write_bytes(data[:-9] if spoil == "cut" else data[:40] + b"xxxxx" + data[45:])
    with pytest.raises(OSError):
        formats.unpack(source, tmp_path / "b.fmt")
    assert not (tmp_path / "b.fmt").exists()


def test_a_recorder_tells_what_was_read_and_written(tmp_path: Path) -> None:
    assert formats.recorded(tmp_path) == ([], [])
    (tmp_path / "cv.fls").write_text(
        "PWD /x\nINPUT a b.sty\nINPUT a b.sty\nOUTPUT cv.log\nINPUT c\n"
    )
    assert formats.recorded(tmp_path) == (["a b.sty", "c"], ["cv.log"])


def test_an_unpacked_format_is_good_while_nothing_has_changed(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "xelatex"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    source = tmp_path / "xelatex.fmt"
    source.write_bytes(gzip.compress(b"dump" * 1000))
    kpsewhich = program.with_name("kpsewhich")
    kpsewhich.write_text(f"#!/bin/sh\necho {source}\n")
    environ = {"PATH": os.environ["PATH"], "CVTEX_SANDBOX": "off"}
    cache.root().mkdir(parents=True, mode=0o700)
    assert unpacked.find(program) is None
    kpsewhich.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CVTEX_SANDBOX", "off")
        made = unpacked.make(program, tmp_path, environ)
        assert unpacked.make(program.with_name("pdflatex"), tmp_path, environ) is None
        kpsewhich.write_text("#!/bin/sh\necho not found\n")
        assert unpacked.make(program, tmp_path, environ) is None
        kpsewhich.write_text(f"#!/bin/sh\necho {source}; exit 1\n")
        assert unpacked.make(program, tmp_path, environ) is None
    assert made and unpacked.find(program) == made
    assert made.file(program).read_bytes() == b"dump" * 1000
    assert made.is_whole(program)
    assert made.options(program) == [f"-fmt={made.file(program)}", "-progname=xelatex"]
    made.file(program).write_bytes(b"dumq" * 1000)
    assert not made.is_whole(program)
    source.write_bytes(b"another")
    assert unpacked.find(program) is None
    unpacked.remove(program)
    assert not made.file(program).exists()


# ---- an engine started ahead -----------------------------------------------------------------


def test_a_place_for_an_engine_is_new_and_its_own(tmp_path: Path) -> None:
    """Those of processes that run no more are swept away, others' are left."""
    gone = tmp_path / ".ahead-999999999-ab"
    strange = tmp_path / ".ahead-x"
    running = tmp_path / f".ahead-{os.getppid()}-ab"
    for folder in (gone, strange, running):
        folder.mkdir()
    place = ahead.place_in(tmp_path)
    assert place.name.startswith(f".ahead-{os.getpid()}-")
    assert place.stat().st_mode & 0o777 == 0o700
    assert {p for p in tmp_path.iterdir() if p.name[0] == "."} == {strange, running, place}


def test_a_place_without_an_engine_is_deleted(tmp_path: Path) -> None:
    def fails() -> str | None:
        raise OSError

    for begin in (fails, lambda: None):
        place = ahead.place_in(tmp_path)
        assert ahead.begun(place, begin) is None
        assert not place.exists()
    place = ahead.place_in(tmp_path)
    assert ahead.begun(place, lambda: "engine") == "engine"
    assert place.is_dir()


# ---- LuaLaTeX's fonts ------------------------------------------------------------------------


def test_lualatex_reads_what_is_shared_and_writes_beside_the_document(tmp_path: Path) -> None:
    engine, folder = Path("/usr/bin/lualatex"), tmp_path / "run"
    folder.mkdir()
    common = luafonts.shared(engine)
    assert common != luafonts.shared(Path("/other/lualatex"))
    assert luafonts.paths(folder, engine) == f"{folder}/.lua:{common}"
    assert list((folder / ".lua").iterdir()) == []
    names = common / "luatex-cache" / "generic" / "names"
    names.mkdir(parents=True)
    (names / "list.lua").write_text("x")
    more = Path("/more")
    assert luafonts.paths(folder, engine, more) == f"{folder}/.lua:/more:{common}"
    copied = folder / ".lua" / "luatex-cache" / "generic" / "names" / "list.lua"
    assert copied.read_text() == "x"
    copied.write_text("own")
    luafonts.paths(folder, engine)
    assert copied.read_text() == "own", "what is there stays"


LUALATEX = """#!/bin/sh
mkdir -p .lua/luatex-cache/generic/fonts/otl .lua/luatex-cache/generic/names
cp cv.tex "$SAID"
for f in lmroman10 new; do echo made >.lua/luatex-cache/generic/fonts/otl/$f.lua; done
echo list >.lua/luatex-cache/generic/names/all.lua
"""


def test_tables_of_fonts_are_made_by_a_document_of_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for each font that a run made some for; names alone are taken, and plain ones."""
    monkeypatch.setenv("CVTEX_SANDBOX", "off")
    said, engine, folder = tmp_path / "said.tex", tmp_path / "lualatex", tmp_path / "run"
    engine.write_text(LUALATEX.replace("$SAID", str(said)))
    engine.chmod(0o755)
    tables = folder / ".lua" / "luatex-cache" / "generic" / "fonts" / "otl"
    tables.mkdir(parents=True)
    luafonts.keep(folder, engine)
    assert not said.exists(), "nothing is new"
    for name in ("new.lua", "new.luc", "gone.luc", "it}s.lua", ".hidden.lua", "a.txt"):
        (tables / name).write_text("os.execute('evil')")
    (folder / ".lua" / "luatex-cache" / "generic" / "names").mkdir()
    luafonts.root().mkdir(parents=True, mode=0o700)
    luafonts.keep(folder, engine)
    asked = [line for line in said.read_text().splitlines() if "font" in line]
    assert asked == [
        rf"{{\font\cvtexfont={font}\cvtexfont A}}"
        for font in ("{[gone]}", "{[new]}", "{name:Latin Modern Roman}")
    ]
    common = luafonts.shared(engine) / "luatex-cache" / "generic"
    made = {file.name: file.read_text() for file in (common / "fonts" / "otl").iterdir()}
    tried = {"new.tried": "", "gone.tried": ""}
    assert made == {"lmroman10.lua": "made\n", "new.lua": "made\n", **tried}
    assert (common / "names" / "all.lua").read_text() == "list\n"
    said.unlink()
    luafonts.keep(folder, engine)
    assert not said.exists(), "what was tried is not tried again"


LUALATEX_ALONE = """#!/bin/sh
mkdir -p .lua/luatex-cache/generic/fonts/otl
{ ls *.otf *.ttf 2>/dev/null | tr '\\n' ' '; echo; } >>"$SAID"
for f in *.otf; do
  name=$(basename "$f" .otf | tr 'A-Z_' 'a-z-')
  date -r "$f" +%s >.lua/luatex-cache/generic/fonts/otl/$name.lua
done
"""


def test_tables_of_fonts_beside_a_document_are_kept_by_their_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new document with the same font finds them; its file has the date that they name."""
    monkeypatch.setenv("CVTEX_SANDBOX", "off")
    monkeypatch.setattr(luafonts, "_is_known", lambda font: font.name.startswith("Known"))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    said, engine = tmp_path / "said", tmp_path / "lualatex"
    engine.write_text(LUALATEX_ALONE.replace("$SAID", str(said)))
    engine.chmod(0o755)
    luafonts.root().mkdir(parents=True, mode=0o700)

    def document(name: str, **fonts: bytes) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for stem, content in fonts.items():
            (folder / f"{stem}.otf").write_bytes(content)
        luafonts.prepare(folder, engine)
        return folder

    def tables(folder: Path) -> dict[str, str]:
        places = luafonts.paths(folder, engine).split(":")[1:]
        found = [file for place in places for file in Path(place).rglob("*.lua")]
        return {file.name: file.read_text().strip() for file in found}

    first = document("first", Known_A=b"a", Known_B=b"b", Own=b"c")
    alike = "Known_A.otf Known_B.otf"
    assert [line.split() for line in said.read_text().splitlines()] == [alike.split(), ["Own.otf"]]
    made = tables(first)
    assert made.keys() == {"known-a.lua", "known-b.lua", "own.lua"}
    second = document("second", Own=b"c", Known_A=b"a")
    assert len(said.read_text().splitlines()) == 2, "nothing is made again"
    assert tables(second).items() <= made.items()
    for stem in ("Own", "Known_A"):
        date = str(int((second / f"{stem}.otf").stat().st_mtime))
        assert date == made[f"{stem.lower().replace('_', '-')}.lua"], "as luaotfload compares them"
    other = document("other", Own=b"another font of that name")
    assert len(said.read_text().splitlines()) == 3
    assert tables(other)["own.lua"] != made["own.lua"]


def test_of_a_collection_the_font_that_the_document_asks_for_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVTEX_SANDBOX", "off")
    said, engine, folder = tmp_path / "said", tmp_path / "lualatex", tmp_path / "run"
    tables = ".lua/luatex-cache/generic/fonts/otl"
    engine.write_text(
        f"#!/bin/sh\ncp cv.tex '{said}'\nmkdir -p {tables}\necho x >{tables}/noto-cjk-3.luc\n"
    )
    engine.chmod(0o755)
    luafonts.root().mkdir(parents=True, mode=0o700)
    folder.mkdir()
    (folder / "Noto-CJK.ttc").write_bytes(b"many")
    (folder / "cv.tex").write_text(r"\newfontfamily\x{Noto-CJK.ttc}[Scale=1,FontIndex=2]")
    luafonts.prepare(folder, engine)
    assert "={[Noto-CJK.ttc](2)}" in said.read_text()
    _, kept, _ = luafonts.paths(folder, engine).split(":")
    assert [file.name for file in Path(kept).rglob("*.lu?")] == ["noto-cjk-3.luc"]


def test_a_font_that_leaves_no_table_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVTEX_SANDBOX", "off")
    said, engine, folder = tmp_path / "said", tmp_path / "lualatex", tmp_path / "run"
    engine.write_text(f"#!/bin/sh\necho tried >>'{said}'\nexit 1\n")
    engine.chmod(0o755)
    luafonts.root().mkdir(parents=True, mode=0o700)
    folder.mkdir()
    (folder / "Bad.ttf").write_bytes(b"no font")
    for _ in range(2):
        luafonts.prepare(folder, engine)
    assert said.read_text() == "tried\n"
    stray = luafonts.root() / "beside"
    monkeypatch.setattr(luafonts, "_KEEP", 0)
    (folder / "Bad.ttf").write_bytes(b"another")
    luafonts.prepare(folder, engine)
    assert len(list(stray.iterdir())) == 1, "the oldest go where there are too many"
