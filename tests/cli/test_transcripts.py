"""What the program says and writes, command by command, as it was when somebody last read it.

A transcript runs its commands one after the other in a copy of two of the people of the tests and
some files of other tools. `pytest --renew tests/cli/test_transcripts.py` writes them anew in
`expected/commands/`, and the difference is read before it is committed. None needs TeX.
"""

from __future__ import annotations

import gc
import os
import re
import shlex
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from cvtex.cli import main
from cvtex.diagnostics import note
from cvtex.request import Request, Result
from shared import ROOT

GOLDEN = ROOT / "tests" / "expected" / "commands"
NAME_ENGINES = ("build", "themes", "handed-out")
LONGEST = 120
"""So many lines of one answer are shown."""

TRANSCRIPTS = {
    "validate": [
        "validate engineer",
        "validate engineer --variant all --strict",
        "validate engineer --variant backed",
        "validate engineer --theme clasic",
        "validate engineer --language xx",
        "validate engineer --set basics.label= --set work.0.positon=Chief --set basics.name",
        "validate professor --language all --format json",
        "validate wrong",
        "validate wrong --format json",
        "validate wrong --format github",
        "validate odd",
        "validate odd --strict --format github",
        "validate odd --format json",
        "validate nowhere",
        "validate resume.yaml",
        "validate",
    ],
    "variants": [
        "variants engineer",
        "variants engineer --format json",
        "variants engineer --explain backend",
        "variants engineer --explain backend --format json",
        "variants engineer --explain bakcend",
        "variants professor",
    ],
    "build": [
        "build engineer --no-pdf --engine pdflatex",
        "build engineer --no-pdf --variant all --language all",
        "build engineer --no-pdf --variant backend --theme all -q",
        "build professor --no-pdf --strict -v --engine xelatex",
        "build professor --no-pdf --set meta.publications.style=apa --engine xelatex",
        "build engineer --no-pdf --fit 1",
        "build engineer -o engineer/data/work.yaml",
        "build wrong --no-pdf --format github",
        "build professor --no-pdf --engine xelatex --format github",
        "build professor --no-pdf --engine xelatex -q",
        "build odd --no-pdf --engine xelatex",
        "build odd --no-pdf --engine xelatex --strict --format github",
        "build resume.yaml --no-pdf --engine lualatex",
        "build resume.yaml --no-pdf --toolchain wheel",
    ],
    "letters": [
        "letter --project engineer --no-pdf",
        "letter --project engineer --no-pdf havel",
        "letter --project engineer --no-pdf havle",
        "letter --project engineer --no-pdf --new acme",
        "letter --project engineer --no-pdf --new acme",
        "letter --project engineer --no-pdf --from rows.csv base",
        "letter --project professor --no-pdf",
        "export letter --project engineer --no-pdf -o out",
    ],
    "publications": [
        "publications list professor",
        "publications list papers.bib",
        "publications list papers.bib --format json",
        "publications list papers.bib --format csl-json",
        "publications list papers.bib --format bib",
        "publications list papers.bib --style mla",
        "publications list papers.bib --style vancuver",
        "publications check papers.bib",
        "publications check papers.bib --strict --format github",
        "publications check professor",
        "publications list engineer",
        "publications check nowhere.bib",
    ],
    "themes": [
        "themes",
        "themes list engineer --format json",
        "themes show jake",
        "themes show jake --format json",
        "themes show jack",
        "themes new own --project engineer",
        "themes new own --project engineer",
        "themes new 2nd.own --project engineer",
        "themes new other --based-on classic --project engineer",
        "themes list engineer",
        "themes show own --project engineer",
        "themes show own --project engineer --trust",
    ],
    "import": [
        "import resume.yaml",
        "import resume.yaml",
        "import rendercv.yaml -o new --format json",
        "import awesome.tex -o awesome",
        "import reactive.json -o engineer",
        "import nowhere.json",
        "import papers.bib",
        "import engineer",
    ],
    "export": [
        "export text engineer -o -",
        "export markdown engineer --variant short -o out/",
        "export html engineer --ascii -o out/",
        "export docx engineer -o out/",
        "export docx engineer -o out/cv.pdf",
        "export json-resume engineer --language all -o out/",
        "export json-resume engineer -o engineer/data/work.yaml",
        "export rendercv professor -o out/cv.yaml",
        "export rendercv professor -o out/cv.yaml",
        "export bib professor",
        "export csl-json engineer -o -",
        "export text wrong",
        "export text engineer --release -o out/",
        "extract resume.yaml",
    ],
    "new": [
        "new my-cv",
        "new my-cv",
        "new my-cv --ci github",
        "new taught --example variants",
        "new french --language fr",
        "new mine --from awesome.tex",
        "new mine --language xx",
        "validate my-cv",
        "validate taught --variant all",
        "validate french",
        "schema --section wrok",
        "schema --section skills",
    ],
    "found": [
        "new of-tex",
        "new of-bib",
        "new of-files",
        "new of-files --ci github",
        "new of-tool",
        "new of-tool --ci github",
        "new in-the-way",
        "new empty-data",
        "new kept",
        "new 'kept/two words' --ci github",
        "new rows.csv",
        "new other --language frr",
        "new other --example nothing",
        "new other --language de --example variants",
        "new other --from nowhere.json",
    ],
    "tagged": [
        "variants tagged",
        "variants tagged --format json",
        "variants tagged --explain lead",
        "variants tagged --explain lead --format json",
        "variants tagged --explain shop",
        "variants tagged --language de",
        "variants wrong",
        "validate tagged --variant lead",
        "build tagged --no-pdf --variant lead --language all",
    ],
    "handed-out": [
        "export pdf engineer -o out/",
        "export pdf engineer --variant short --ascii -o out/",
        "export pdf engineer -o out/own.pdf",
        "export png engineer -o out/",
        "export png engineer --only 2 -o out/",
        "export png engineer --only 3 --dpi 36 -o out/third.png",
        "export png engineer --only 4",
        "export png engineer -o -",
        "export html engineer --site site",
        "export html professor --site site",
        "export html engineer --site rows.csv",
        "export letter --project engineer -o out",
        "export letter havel base --project engineer -o out/letter.pdf",
        "export letter havel --project engineer -o out/letter.pdf",
        "export letter havel base --project engineer -o -",
        "export overleaf engineer --ascii -o out/",
        "export overleaf professor --variant x",
        "export overleaf wrong",
        "extract out/own.pdf",
        "extract holds.pdf -o got",
        "extract holds.pdf -o got",
        "extract holds.pdf -o rows.csv",
        "export text engineer --language de",
    ],
    "refused": [
        "toolchain install --font nope --font other",
        "toolchain install --language xx",
        "toolchain install nope",
        "letter --project rows.csv --new a",
        "letter --project engineer --new a.b",
        "letter --project wrong --new acme",
        "letter --project engineer --from nowhere.csv base",
        "letter --project engineer --from rows.csv base havel",
        "export json-resume ring --private -o out/",
        "export json-resume ring --private -o ring/data/meta.yaml",
        "export docx ring --template rows.csv",
        "export html ring -o out/",
        "import of-tex/cv.tex -o made",
        "import of-files -o 'two words'",
        "themes new Own",
        "themes new own --project rows.csv",
        "themes new classic --project engineer",
        "themes new own --project engineer --based-on nope",
        "completion fish --install nowhere",
    ],
    "usage": [
        "bild engineer",
        "engineer",
        "build engineer --tehme classic",
        "build engineer --variant",
        "build engineer --engine tex",
        "build one two",
        "themes clasic",
        "export pfd",
        "cache",
        "cache show",
        "cache clear",
        "completion bahs",
        "batch nowhere",
        "export site",
        "--version --help",
    ],
}
PAPERS = """\
@article{one, title = {On {Clocks} and $x^2$}, author = {Ada Lovelace and others},
  journal = {J. Clocks}, date = {2020-03}, volume = 3, number = 4, pages = {10-19},
  doi = {10.1000/182}}
@inproceedings{two, title = {A Talk}, author = {Kim, Min and Ada Lovelace},
  booktitle = {Proc. of Talks}, year = 2021, isbn = {978-3-16-148410-1}, eprint = {2101.00001}}
@misc{two, title = {Twice}}
@book{three, author = {Lovelace, Ada}, year = {in press}, url = {htp://example.org}}
"""
WRONG = {
    "data/basics.yaml": "name: Ada\\n lable: x\nemail: ada\nurl: javascript:1\n",
    "data/work.yaml": "- name: Mill\n  startDate: 2021-13\n  endDate: 1999\n- position: *x\n",
    "data/skills.yaml": "- {name: Rust, levle: 3}\n- 7\n",
    "data/wrok.yaml": "- name: Mill\n",
    "data/meta.yaml": "theme: clasic\nlanguage: xx\npageLimit: many\n",
}
ODD = {
    "data/basics.yaml": 'name: Ada "Ada" Mill\nlabel: "**Lead** Miller"\nsummary: <b>I</b> mill.\n',
    "data/work.yaml": "- {name: Mill, startDate: 2021, endDate: 2022}\n- {name: Mall, id: a}\n",
    "data/skills.yaml": "- name: C&amp;A\n  keywords: [a, a, '- b']\n",
    "data/meta.yaml": "pageLimit: 1\nfooter: Mill, {date}\n",
}
"""What is doubtful, and no error."""
TAGGED = {
    "data/basics.yaml": "name: Ada Mill\n",
    "data/work.yaml": "- {name: Mill, tags: [lead, odd], highlights: [{text: a, tags: [lead]}]}\n"
    "- {name: Mall, tags: [shop]}\n- {name: Moll}\n",
    "data/skills.yaml": "- {name: Tills, tags: [shop]}\n",
    "data/talks.yaml": "title: Talks\nentries:\n  - {name: One, tags: [shop]}\n",
    "data/interests.yaml": "- {name: Sea, tags: [shop]}\n",
    "data/meta.yaml": "languages: [en, de]\n",
    "data/variants.yaml": "lead:\n  about: who leads\n  include: [lead, never]\n"
    "shop: {exclude: [lead], include: [shop], meta: {hide: [interests]}}\nall-of-it: {}\n",
}
FOUND = {
    "of-tex/cv.tex": "\\documentclass[11pt]{moderncv}\\name{Ada}{Lee}\\begin{document}"
    "\\section{Skills}\\cvitem{a}{b}\\end{document}",
    "of-tex/notes.tex": "\\documentclass{article}",
    "of-bib/list.bib": "",
    "of-files/zed.json": '{"basics": {"name": "Zed"}}',
    "of-files/resume.yaml": "basics: {name: Ada}\n",
    "of-files/plain.yaml": "name: no CV\n",
    "of-files/.hidden.yaml": "basics: {}\n",
    "of-tool/my cv.yaml": "cv: {name: Ada}\n",
    "in-the-way/data": "a file\n",
    "in-the-way/bib/notes.txt": "",
    "empty-data/data/notes.txt": "",
    "kept/README.md": "mine\n",
    "kept/.gitignore": "*.log\n/build/\n",
    "ring/data/basics.yaml": "name: Ada\n",
    "ring/data/letters/one.yaml": "to: {name: Bo}\nbody: Hello.\nsignature: sign.png\n",
    "ring/data/meta.yaml": "files: [fonts.txt]\n",
    "ring/fonts.txt": "x",
}
"""What `cvtex new` and others find there."""
ROWS = """\
name,organization,position,street,town
lupa,Lupa s.r.o.,Engineer,U 1,Brno
brno,Brno a.s.,,,
lupa,,,,
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the transcripts work on, in which the program runs."""
    for person in ("engineer", "professor"):
        built = shutil.ignore_patterns("build")  # what `make gallery` leaves there
        shutil.copytree(ROOT / "tests" / "people" / person, tmp_path / person, ignore=built)
    for name in ("resume.yaml", "rendercv.yaml", "awesome.tex", "reactive.json"):
        shutil.copy(ROOT / "tests" / "import_" / "files" / name, tmp_path)
    for folder, contents in (("wrong", WRONG), ("odd", ODD), ("tagged", TAGGED), ("", FOUND)):
        for name, text in contents.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(text)
    pages(tmp_path / "tagged/build/classic.lead.pdf", 1)
    (tmp_path / "tagged/build/classic.shop.pdf").write_text("no PDF")
    pages(tmp_path / "holds.pdf", 1, {"resume.json": b"{}", "more.bib": b"@misc{a}"})
    (tmp_path / "papers.bib").write_text(PAPERS)
    (tmp_path / "rows.csv").write_text(ROWS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setenv("PATH", os.environ["PATH"])
    return tmp_path


def pages(file: Path, count: int, attached: Mapping[str, bytes] | None = None) -> None:
    """Write a PDF of some pages, each wider than the one before it, with files in it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        for number in range(count):
            pdf.add_blank_page(page_size=(100 + 10 * number, 100))
        for name, content in (attached or {}).items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content)
        pdf.save(file, deterministic_id=True)


def stand_in(request: Request, on_step: Callable[[str], None] = print) -> Result:
    """Stand in for a build that runs TeX, for commands that work on its PDF: three empty pages."""
    assert request.output
    pages(request.output, 3)
    return Result(built=(), diagnostics=(note("TeX has not run"),))


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, but for caches, what cvtex keeps for itself, and styles."""
    found = ((path.relative_to(folder), path) for path in sorted(folder.rglob("*")))
    return {
        place.as_posix(): path.read_bytes()
        for place, path in found
        if path.is_file()
        and place.parts[0] not in ("cache", "home")
        and not {".state", ".cvtex", ".lock", ".made-by"} & {*place.parts}
        and path.suffix not in (".sty", ".cls", ".tfm", ".pfb", ".enc")
    }


def answer(command: str, place: Path, capture: pytest.CaptureFixture[str]) -> str:
    """Run the program, and return what it printed, its status, and which files it changed."""
    before = files(place)
    stops = {stop: signal.getsignal(stop) for stop in (signal.SIGTERM, signal.SIGHUP)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["cvtex", *shlex.split(command)])
        try:
            with pytest.raises(SystemExit) as end:
                main()
        finally:
            gc.enable()
            for stop, was in stops.items():
                signal.signal(stop, was)
    said = capture.readouterr()
    after = files(place)
    lines = [f"$ cvtex {command}"]
    for mark, text in (("", said.out), ("! ", said.err)):
        shown = text.replace(str(place), "PLACE").replace(str(ROOT), "ROOT").splitlines()
        more = [f"… and {len(shown) - LONGEST} more lines"] if len(shown) > LONGEST else []
        lines += [f"{mark}{line}".rstrip() for line in shown[:LONGEST] + more]
    lines += sorted(f"+ {name}" for name in after.keys() - before.keys())
    lines += sorted(f"~ {name}" for name, content in before.items() if after.get(name) != content)
    return "\n".join([*lines, f"= {end.value.code or 0}", "", ""])


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_the_program_says_what_it_said(
    name: str,
    place: Path,
    renew: bool,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if name == "handed-out":
        monkeypatch.setattr("cvtex.pipeline.build", stand_in)
    if name in NAME_ENGINES and not all(map(shutil.which, ("pdflatex", "xelatex", "lualatex"))):
        pytest.skip("what is said depends on the engines that are here")
    text = "".join(answer(command, place, capfd) for command in TRANSCRIPTS[name])
    text = re.sub(r"\d+(\.\d+)? (s|ms)\b", "N s", text)
    golden = GOLDEN / f"{name}.txt"
    if renew:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text("utf-8")
