"""`cvtex new`: what it writes, what it refuses, and that the sample is whole."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import cvtex as library
from cvtex import model
from cvtex.commands import sample_files
from cvtex.commands.new import new
from cvtex.commands.sample_files import LANGUAGES
from cvtex.source.languages import codes
from shared import PHONE, Program, words

STANDARD = [name for name, row in model.KINDS.items() if row.standard]


@pytest.fixture
def sample(tmp_path: Path, cvtex: Program) -> Path:
    """A new project, in a folder with a space in its name."""
    folder = tmp_path / "my cv"
    done = cvtex("new", folder)
    assert done.status == 0, done.err
    return folder


def test_says_where_it_is_and_what_to_do_next(tmp_path: Path, cvtex: Program) -> None:
    done = cvtex("new", "mine", cwd=tmp_path)
    assert (done.status, done.out) == (0, "mine\n")
    assert "cd mine && cvtex build" in done.err


def test_sample_is_valid_and_silent(sample: Path, cvtex: Program) -> None:
    done = cvtex("validate", "--strict", sample)
    assert (done.status, done.err) == (0, "")


def test_sample_has_every_section_of_the_standard_once(sample: Path) -> None:
    resume = library.read(sample)
    for section in STANDARD:
        assert getattr(resume, section), section
        assert (sample / "data" / f"{section}.yaml").is_file()
    assert [section.name for section in resume.custom] == ["talks"]
    assert len((sample / "bib/publications.bib").read_text().split("\n@")) == 3
    assert resume.work[0].positions
    assert any(h.highlights for work in resume.work for h in work.highlights)


def test_sample_names_no_real_place_on_the_net(sample: Path) -> None:
    """Only addresses reserved for examples: example.org (RFC 2606), the DOI prefix 10.5555."""
    for file in [*sample.glob("data/*.yaml"), *sample.glob("bib/*.bib")]:
        for host in re.findall(r"https?://([^/\s)\]}]+)|@([\w.]+\.\w+)", file.read_text()):
            assert "".join(host).endswith("example.org"), file


def test_every_data_file_names_a_schema_that_is_there_and_holds(sample: Path) -> None:
    for file in sorted(sample.glob("data/*.yaml")):
        if file.name.startswith("private"):
            continue
        first = file.read_text(encoding="utf-8").splitlines()[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, file
        schema = json.loads((file.parent / match[1]).read_text(encoding="utf-8"))
        checker = jsonschema.Draft202012Validator(schema)
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        assert [e.message for e in checker.iter_errors(data)] == [], file
        broken = [{"no such key": "x"}] if isinstance(data, list) else {"no such key": "x"}
        assert not checker.is_valid(broken), file


def test_git_ignores_what_is_private_and_what_is_made(sample: Path) -> None:
    subprocess.run(["git", "init", "-q", str(sample)], check=True)
    for name in ("data/private.yaml", "build/classic.pdf", "release/x-CV.pdf"):
        (sample / name).parent.mkdir(exist_ok=True)
        (sample / name).write_text("x")
    command = ["git", "-C", str(sample), "ls-files", "-o", "--exclude-standard"]
    seen = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "data/private.example.yaml" in seen
    assert not {"data/private.yaml", "build/classic.pdf", "release/x-CV.pdf"} & set(seen)


def test_private_example_works_once_copied(sample: Path) -> None:
    example = sample / "data/private.example.yaml"
    example.rename(sample / "data/private.yaml")
    assert library.read(sample).basics.phone == PHONE
    assert library.read(sample, public=True).basics.phone is None


def test_never_overwrites(sample: Path, cvtex: Program) -> None:
    mine = "name: Somebody Else\n"
    (sample / "data/basics.yaml").write_text(mine)
    for kept in ("data/work.yaml", "bib/publications.bib"):
        (sample / kept).unlink()
    done = cvtex("new", sample)
    assert done.status == 1
    assert done.err.startswith("error: there is a CV here already: data/\n")
    assert "Traceback" not in done.err
    assert (sample / "data/basics.yaml").read_text() == mine
    assert not (sample / "data/work.yaml").exists(), "it wrote though it refused"


def test_goes_into_a_folder_beside_other_files(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ".git").mkdir()
    assert cvtex("new", ".", cwd=tmp_path).status == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "data/work.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("resume.json", '{"$schema": "x", "basics": {"name": "Ada"}}', "`cvtex build resume.json`"),
        ("me and you.yaml", "basics:\n  name: Ada\n", "`cvtex build 'me and you.yaml'`"),
        ("data/basics.yaml", "name: Ada\n", "`cvtex build` builds it"),
        ("bib/papers.bib", "@book{a}", "docs/coming-from.md"),
        ("papers.bib", "@book{a}", "docs/coming-from.md"),
        ("Ada_CV.yaml", "cv:\n  name: Ada\n", "`cvtex import Ada_CV.yaml -o FOLDER`"),
        ("cv.tex", "\\documentclass[11pt]{moderncv}\n", "`cvtex import cv.tex -o FOLDER`"),
    ],
)
def test_no_invented_person_beside_ones_own_data(
    name: str, text: str, hint: str, tmp_path: Path, cvtex: Program
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    before = sorted(tmp_path.rglob("*"))
    for arguments in ([], ["."], [tmp_path]):
        done = cvtex("new", *arguments, cwd=tmp_path)
        assert done.status == 1
        top = name.partition("/")[0] + "/" * ("/" in name)
        assert f"error: there is a CV here already: {top}\n" in done.err
        assert hint in done.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("files", "path", "left"),
    [
        ({"data/basics.yaml": "name: Ada\n"}, ".", "data/"),
        (
            {"resume.json": '{"basics": {"name": "Ada"}}', "cv.tex": ""},
            '"resume.json"',
            "resume.json",
        ),
        ({"ada l.json": '{"basics": {"name": "Ada"}}'}, '"ada l.json"', "ada l.json"),
        ({"data/basics.yaml": "name: Ada\n", "bib/a.bib": ""}, ".", "bib/, data/"),
    ],
)
def test_ci_adds_only_the_workflow(
    files: dict[str, str], path: str, left: str, tmp_path: Path, cvtex: Program
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = cvtex("new", "--ci", "github", cwd=tmp_path)
    assert (done.status, done.out) == (0, ".github/workflows/release.yml\n"), done.err
    assert done.err.count(f"left as it is: {left}\n") == 1
    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert made - files.keys() == {".github/workflows/release.yml", ".github/requirements.txt"}
    workflow = (tmp_path / ".github/workflows/release.yml").read_text()
    assert f"          CV: {path} #" in workflow
    again = cvtex("new", "--ci", "github", cwd=tmp_path)
    assert again.status == 1
    assert ".github/workflows/release.yml: error: there is such a file already" in again.err


def test_ci_needs_a_cv_that_can_be_built(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "Ada_CV.yaml").write_text("cv:\n  name: Ada\n")
    done = cvtex("new", "--ci", "github", cwd=tmp_path)
    assert done.status == 1 and "cvtex builds none of what is here: Ada_CV.yaml" in done.err
    assert not (tmp_path / ".github").exists()


def test_goes_into_a_new_repository(tmp_path: Path, cvtex: Program) -> None:
    """A host makes them with a README and a .gitignore."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "README.md").write_text("# Mine\n")
    (tmp_path / ".gitignore").write_text("*.log")
    done = cvtex("new", cwd=tmp_path)
    assert done.status == 0, done.err
    assert "left as it is: README.md" in done.err and "lines were added to .gitignore" in done.err
    assert (tmp_path / "README.md").read_text() == "# Mine\n"
    assert (tmp_path / ".gitignore").read_text().startswith("*.log\n/build/\n")
    for name in ("data/private.yaml", "build/x.pdf", "a.log"):
        checked = subprocess.run(
            ["git", "-C", str(tmp_path), "check-ignore", "-q", name], check=False
        )
        assert checked.returncode == 0, name


def test_quotes_the_folder_to_enter(tmp_path: Path, cvtex: Program) -> None:
    done = cvtex("new", "it's $HOME", cwd=tmp_path)
    typed = re.search(r"^now: (cd .*) && cvtex build$", done.err, re.M)
    assert typed
    subprocess.run(["sh", "-ec", f"{typed[1]} && test -d data"], cwd=tmp_path, check=True)


def test_a_file_is_no_folder(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "cv").write_text("mine")
    done = cvtex("new", tmp_path / "cv")
    assert done.status == 2
    assert "Traceback" not in done.err
    done = cvtex("new", tmp_path / "cv" / "deeper")
    assert done.status == 1
    assert done.err.startswith("error: cannot write")


def test_nothing_is_written_where_a_part_cannot_be(tmp_path: Path, cvtex: Program) -> None:
    """A file where a folder must be, and a link that leads elsewhere."""
    (tmp_path / "data").write_text("mine")
    (tmp_path / ".gitignore").symlink_to(tmp_path / "elsewhere")
    done = cvtex("new", ".", cwd=tmp_path)
    assert done.status == 1
    assert "data: error: there is such a file already" in done.err
    assert ".gitignore: error: there is such a file already" in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "data"]


@pytest.mark.tex
def test_builds_in_every_theme(sample: Path, cvtex: Program) -> None:
    done = cvtex("build", "--theme", "all", "--strict", cwd=sample)
    assert done.status == 0, done.err
    made = [sample / line for line in done.out.split()]
    assert len(made) >= 2
    for pdf in made:
        text = " ".join(words(pdf).split())
        for said in ("Lindqvist", "Tromsø, Norway", "“Counting Annual Layers", "snowlog", "C++"):
            assert said.casefold() in text.casefold(), (pdf, said)
        assert "23125" not in text


TRANSLATED = sorted(path.stem for path in LANGUAGES.glob("*.json"))


@pytest.mark.parametrize("code", TRANSLATED)
def test_sample_in_another_language(
    code: str, english: model.Resume, tmp_path: Path, cvtex_inside: Program
) -> None:
    texts = json.loads((LANGUAGES / f"{code}.json").read_text(encoding="utf-8"))
    own = library.read(write(tmp_path / code, code))
    done = cvtex_inside("validate", "--strict", tmp_path / code)
    if "no font here has" not in done.err:
        told = [line for line in done.err.splitlines() if re.search("(error|warning): ", line)]
        assert (done.status, told) == (0, [])
    assert own.meta.language == code
    assert (own.custom[0].title, english.custom[0].title) != ("Talks", "Talks")
    whole = "\n".join(f.read_text("utf-8") for f in (tmp_path / code / "data").glob("*.yaml"))
    said = re.sub(r"^ *#.*", "", whole, flags=re.MULTILINE)
    kept = {phrase for phrase, own in texts.items() if phrase in own}
    for phrase, translation in texts.items():
        assert translation in said, phrase
        assert phrase in kept or not re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", said), phrase
    for before, after in zip(english.work, own.work, strict=True):
        assert len(before.highlights) == len(after.highlights)
    if code == "de":
        assert cvtex_inside("new", tmp_path / "more", "--language", code).err.count("\n") == 1


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> model.Resume:
    """The sample as it is written in English."""
    return library.read(write(tmp_path_factory.mktemp("english"), "en"))


def write(folder: Path, language: str) -> Path:
    """Write the sample in a language."""
    for name, text in sample_files.sample(None, language).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_language_has_a_sample() -> None:
    assert {*TRANSLATED, "en"} == set(codes())


def test_a_language_without_a_sample_has_its_words(
    tmp_path: Path,
    cvtex: Program,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("cvtex.commands.sample_files.LANGUAGES", tmp_path)
    assert new(tmp_path / "mine", None, "sv") == 0
    assert "the sample's texts are English, its words sv\n" in capsys.readouterr().err
    resume = library.read(tmp_path / "mine")
    assert (resume.meta.language, resume.custom[0].title) == ("sv", "Föredrag")
    for code in ("en-GB", "de-AT"):
        done = cvtex("new", code, "--language", code, cwd=tmp_path)
        assert (done.status, "texts are English" in done.err) == (0, False)
        assert library.read(tmp_path / code).meta.language == code
    done = cvtex("new", "other", "--language", "tlh", cwd=tmp_path)
    assert done.status == 1 and "cvtex does not know the language tlh" in done.err
    assert not (tmp_path / "other").exists()


@pytest.mark.tex
def test_a_sample_in_german_builds(tmp_path: Path, cvtex: Program) -> None:
    done = cvtex("build", "--strict", cwd=write(tmp_path / "de", "de"))
    assert done.status == 0, done.err
    text = " ".join(words(tmp_path / "de/build/classic.pdf").split())
    for said in ("Forschungsingenieurin", "heute", "Berufserfahrung", "Vorträge", "Muttersprache"):
        assert said.casefold() in text.casefold()


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ({}, "cvtex=={version}\n"),
        ({"url": "file:///home/ann/cvtex", "dir_info": {"editable": True}}, "cvtex=={version}\n"),
        (
            {"url": "https://h.example/c.git", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}},
            "cvtex @ git+https://h.example/c.git@" + "a" * 40 + "\n",
        ),
    ],
)
def test_the_workflow_builds_with_the_cvtex_that_wrote_it(
    origin: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pip keeps of where a package is from (PEP 610) is what it takes to have it again."""
    monkeypatch.setattr(sample_files, "_origin", lambda: origin)
    said = sample_files.requirement()
    assert said.endswith(expected.format(version=library.__version__))
    assert (said == expected.format(version=library.__version__)) == ("dir_info" not in origin)
