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
from pathlib import Path

import pytest

from cvtex.cli import main
from shared import ROOT

GOLDEN = ROOT / "tests" / "expected" / "commands"
NAME_ENGINES = ("build", "themes")
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
    for folder, contents in (("wrong", WRONG), ("odd", ODD)):
        (tmp_path / folder / "data").mkdir(parents=True)
        for name, text in contents.items():
            (tmp_path / folder / name).write_text(text)
    (tmp_path / "papers.bib").write_text(PAPERS)
    (tmp_path / "rows.csv").write_text(ROWS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setenv("PATH", os.environ["PATH"])
    return tmp_path


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
    name: str, place: Path, renew: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    if name in NAME_ENGINES and not all(map(shutil.which, ("pdflatex", "xelatex", "lualatex"))):
        pytest.skip("what is said depends on the engines that are here")
    text = "".join(answer(command, place, capfd) for command in TRANSCRIPTS[name])
    text = re.sub(r"\d+(\.\d+)? (s|ms)\b", "N s", text)
    golden = GOLDEN / f"{name}.txt"
    if renew:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text("utf-8")
