"""The GitHub workflows: each `run:` line runs here, with stand-ins for what a runner has.

`docker` runs its command in place with just the environment that was handed on,
`apt-get` and `gh` record what they were asked.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex import cli
from cvtex.commands import sample_files
from shared import PHONE, ROOT, Program, words

WORKFLOWS = ROOT / ".github" / "workflows"
SAMPLE = ROOT / "src/cvtex/sample/release.yml"
UPLOAD = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
CACHE = "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae"
ACTION = ROOT / ".github/actions/build/action.yml"
OWN = "$/.github/actions/build"
"""The action, as a workflow of the same repository names it."""
CALLED = ROOT / "src/cvtex/sample/called.yml"
ATTEST = "actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6"
DIGITS = "23125"

RECORD = """\
import json, os, sys
with open(os.environ["STAND_INS"] + "/record", "a") as record:
    print(json.dumps([os.path.basename(sys.argv[0]), *sys.argv[1:]]), file=record)
"""
STAND_INS = {
    "apt-get": RECORD,
    "brew": RECORD,
    "gh": RECORD + 'sys.exit(1 if sys.argv[1:3] == ["release", "view"] else 0)\n',
    "docker": RECORD
    + """\
arguments = sys.argv[2:]
passed = {n: v for n, v in os.environ.items() if n in os.environ["PASSED"].split()}
while arguments[0].startswith("--"):
    option = arguments.pop(0)
    if option == "--env":
        name, _, value = arguments.pop(0).partition("=")
        passed[name] = value or os.environ.get(name, "")
    elif option in ("--volume", "--workdir"):
        arguments.pop(0)
    else:
        assert option == "--rm", option
image = arguments.pop(0)
assert image == "debian:bookworm" or image.startswith("python:") and image.endswith("-bookworm")
os.execvpe(arguments[0], arguments, passed)
""",
}


@dataclass(frozen=True)
class Runner:
    """A checkout and the stand-ins that its steps find first on the PATH."""

    folder: Path
    bin: Path
    environment: Mapping[str, str]

    def run(self, workflow: Mapping[str, Any], **context: str) -> list[list[str]]:
        """Run all `run:` steps as the runner does; return what the stand-ins were asked."""
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if "run" not in step:
                    continue
                given = {n: evaluate(str(v), context) for n, v in step.get("env", {}).items()}
                done = subprocess.run(
                    ["bash", "-e", "-c", step["run"]],
                    cwd=self.folder,
                    env={**self.environment, **given},
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert done.returncode == 0, done.stdout + done.stderr
        return [json.loads(line) for line in (self.bin / "record").read_text().splitlines()]


def evaluate(value: str, context: Mapping[str, str]) -> str:
    """Return a value with its `${{ … }}` filled in; what is not set is empty, as at GitHub."""

    def fill(match: re.Match[str]) -> str:
        python = match[1].replace("&&", " and ").replace("||", " or ")
        python = re.sub(r"\b(?:vars|secrets|github|matrix)\.\w+", r"get('\g<0>')", python)
        return str(eval(python, {"get": lambda name: context.get(name, "")}))

    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", fill, value)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, code in STAND_INS.items():
        (bin_ / name).write_text(f"#!{sys.executable}\n{code}")
        (bin_ / name).chmod(0o755)
    folder = tmp_path / "checkout"
    folder.mkdir()
    environment = {
        "PATH": f"{bin_}:{os.environ['PATH']}",
        "HOME": os.environ.get("HOME", str(tmp_path)),
        "LANG": "C.UTF-8",
        "GITHUB_REF_NAME": "v1.0",
        "GITHUB_RUN_ID": "7",
        "STAND_INS": str(bin_),
        # what the container has of its own
        "PASSED": "PATH HOME LANG STAND_INS PASSED CVTEX",
        "CVTEX": f"{sys.executable} -m cvtex",
    }
    return Runner(folder, bin_, environment)


def commit(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "x")


@pytest.fixture
def checkout(runner: Runner) -> Runner:
    """This project as it is in the work tree, committed, in a folder of its own."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, runner.folder)
    for name in ("data", "bib"):
        ignore = shutil.ignore_patterns("private.yaml")
        shutil.copytree(ROOT / name, runner.folder / name, ignore=ignore)
    commit(runner.folder)
    return runner


def load(path: Path) -> dict[str, Any]:
    workflow: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    workflow["on"] = workflow.pop(True)  # YAML 1.1 reads `on` as a truth value
    return workflow


@pytest.mark.parametrize("path", [*sorted(WORKFLOWS.glob("*.yml")), SAMPLE], ids=lambda p: p.name)
def test_trusts_three_actions_and_asks_for_little(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"].endswith("${{ github.ref }}")
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= (300 if "schedule" in workflow["on"] else 45)
        releases = {"actions": "read", "contents": "write"}
        releases |= {"id-token": "write", "attestations": "write"}
        if path.name == "publish.yml":
            del releases["contents"]
        assert job["permissions"] in ({"contents": "read"}, releases)
        used = [step for step in job["steps"] if "uses" in step]
        assert {step["uses"] for step in used} <= {CHECKOUT, UPLOAD, ATTEST, OWN}
        for step in used:
            assert step["uses"] != CHECKOUT or step["with"]["persist-credentials"] is False
        if job["permissions"] == releases:  # what may write runs no more than the signing
            assert "refs/tags/" in job["if"]
            assert [step["uses"] for step in used] == [ATTEST]
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "values reach the shell by the environment"
            checked = subprocess.run(
                ["bash", "-n", "-c", step.get("run", "")], capture_output=True, check=False
            )
            assert checked.returncode == 0, checked.stderr


def test_actionlint_finds_nothing() -> None:
    program = Path(sys.executable).with_name("actionlint")
    if not program.exists():
        pytest.skip("there is no actionlint for this system")
    files = [*map(str, sorted(WORKFLOWS.glob("*.yml"))), str(SAMPLE), str(CALLED)]
    done = subprocess.run([str(program), *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


@pytest.mark.parametrize("path", [*sorted(WORKFLOWS.glob("*.yml")), SAMPLE], ids=lambda p: p.name)
def test_zizmor_finds_nothing(path: Path, tmp_path: Path) -> None:
    """Of what it finds at `pedantic`; and it finds a workflow that does as one must not."""
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("there is no zizmor for this system")

    def found(text: str) -> set[str]:
        place = tmp_path / ".github/workflows/x.yml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        command = [str(program), "--offline", "--no-config", "--persona=pedantic", "--format=json"]
        done = subprocess.run([*command, str(place)], capture_output=True, text=True, check=False)
        return {finding["ident"] for finding in json.loads(done.stdout)}

    text = path.read_text(encoding="utf-8")
    # jobs are named by their keys
    assert found(text) <= {"anonymous-definition"}
    loose = re.sub(r"(actions/checkout)@\w+ #.*", r"\1@v7", text)
    asked = '\\1|\\n          echo "${{ github.event.pull_request.title }}"\\n'
    loose = re.sub(r"(run: )\|\n", asked, loose, count=1)
    loose = loose.replace("permissions: {}", "permissions: write-all")
    assert {"template-injection", "unpinned-uses", "excessive-permissions"} <= found(loose)


def test_builds_at_every_push_and_releases_version_tags_only() -> None:
    for path in (WORKFLOWS / "release.yml", SAMPLE):
        on = load(path)["on"]
        assert on == {"push": {"branches": ["**"], "tags": ["v*"]}, "pull_request": None}
        jobs = load(path)["jobs"]
        assert jobs["release"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
        assert jobs["release"]["needs"] == "build"
        assert jobs["build"]["steps"][-1]["with"] == {"name": "cv", "path": "release/"}
        assert load(path)["concurrency"]["cancel-in-progress"] is False


def test_a_new_project_gets_the_same_workflow() -> None:
    """Only what runs in the container differs: there is no Makefile in a project of one's own."""
    ours, theirs = load(WORKFLOWS / "release.yml"), load(SAMPLE)
    for workflow in (ours, theirs):
        step = workflow["jobs"]["build"]["steps"][1]
        step["run"] = step["run"].partition("sh -ec")[0].replace("--env CV --env", "--env")
        step["env"].pop("CV", None)
    assert ours == theirs


def test_the_action_is_a_program_without_text_of_others_in_its_lines(tmp_path: Path) -> None:
    action = load_action()
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert step.get("uses", CACHE) in (CACHE, UPLOAD)
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("there is no zizmor for this system")
    place = tmp_path / "action.yml"
    for text, clean in ((ACTION.read_text(), True), (loosened(ACTION.read_text()), False)):
        place.write_text(text)
        command = [str(program), "--offline", "--no-config", "--persona=pedantic"]
        done = subprocess.run(
            [*command, "--format=json", str(place)], capture_output=True, text=True, check=False
        )
        assert (json.loads(done.stdout) == []) is clean


def test_zizmor_finds_nothing_in_what_calls_our_workflow(tmp_path: Path) -> None:
    """A commit stands in it when `cvtex new` writes it; a tag in its place is found."""
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("there is no zizmor for this system")
    place = tmp_path / ".github/workflows/release.yml"
    place.parent.mkdir(parents=True)
    for ref, wanted in (("0" * 40, set()), ("v1", {"unpinned-uses"})):
        place.write_text(CALLED.read_text("utf-8").replace("@REF", f"@{ref}"), "utf-8")
        command = [str(program), "--offline", "--no-config", "--persona=pedantic", "--format=json"]
        command.append(str(place))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = {finding["ident"] for finding in json.loads(done.stdout)}
        assert found - {"anonymous-definition"} == wanted


def loosened(action: str) -> str:
    """Return an action that names another by its tag."""
    return re.sub(r"(actions/cache)@\w+", r"\1@v5", action)


def load_action() -> dict[str, Any]:
    action: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return action


def step_of_the_action(runner: Runner, name: str, **inputs: str) -> tuple[int, str]:
    """Run a step with the inputs that a workflow gives; return its status and output."""
    action = load_action()
    [step] = [s for s in action["runs"]["steps"] if s.get("run", "").endswith(name)]
    known = {n: str(i.get("default", "")) for n, i in action["inputs"].items()} | inputs
    environment = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: known[found[1]], value)
        for key, value in step["env"].items()
    }
    place = {
        "GITHUB_ACTION_PATH": str(ACTION.parent),
        "RUNNER_TEMP": str(runner.bin),
        "GITHUB_OUTPUT": str(runner.bin / "outputs"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=runner.folder,
        env={**runner.environment, **environment, **place},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def installed(runner: Runner) -> Runner:
    """A runner on which the action's first step has installed this cvtex."""
    place = runner.bin / "cvtex-action/bin"
    place.mkdir(parents=True)
    for name, command in (("python", sys.executable), ("cvtex", f"{sys.executable} -m cvtex")):
        (place / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (place / name).chmod(0o755)
    return runner


def test_the_action_tells_problems_at_their_lines(installed: Runner, cvtex: Program) -> None:
    assert cvtex("new", installed.folder / "cv").status == 0
    assert step_of_the_action(installed, "check", path="cv")[0] == 0
    file = installed.folder / "cv/data/basics.yaml"
    file.write_text(file.read_text().replace("label:", "labell:"))
    status, told = step_of_the_action(installed, "check", path="cv")
    assert status == 1
    place = r"^::error file=cv/data/basics\.yaml,line=\d+,col=1::"
    assert re.search(place + 'unknown key "labell"', told, re.M)
    assert step_of_the_action(installed, "check", path="cv", strict="perhaps") == (
        1,
        "::error::the input strict takes true or false, not 'perhaps'\n",
    )


@pytest.mark.tex
def test_the_action_builds_what_is_asked_for(installed: Runner, cvtex: Program) -> None:
    assert cvtex("new", installed.folder / "cv").status == 0
    assert cvtex("letter", "--new", "acme", "--project", installed.folder / "cv").status == 0
    status, told = step_of_the_action(
        installed, "build", path="cv", theme="linear", letters="all", formats="text, html\noverleaf"
    )
    assert status == 0, told
    outputs = (installed.bin / "outputs").read_text()
    values = dict(re.findall(r"^(\w+)<<(?:end-\w+)\n(.*?)\nend-\w+$", outputs, re.M | re.S))
    assert values["folder"] == "cv"
    made = {Path(name).name for name in values["files"].splitlines()}
    assert made >= {
        "Mira-Lindqvist-CV.pdf",
        "Mira-Lindqvist-Letter-acme.pdf",
        "Mira-Lindqvist-CV.txt",
        "Mira-Lindqvist-CV.html",
        "Mira-Lindqvist-CV-overleaf.zip",
    }
    assert "Mira Lindqvist" in words(installed.folder / values["pdf"])


def test_the_action_installs_the_themes_that_the_data_name(
    installed: Runner, cvtex: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cvtex("new", installed.folder / "cv").status == 0
    for module in ("cvtex", "json", "pip", "venv"):  # a repository may bring what it likes
        (installed.folder / f"{module}.py").write_text("open('ran', 'w')\n")
    bin_ = installed.bin / "cvtex-action/bin"
    (bin_ / "cvtex").write_text(f"#!{sys.executable}\n{RECORD}")
    # `python3 -m venv` and pip take a minute: what they are asked is recorded
    (bin_ / "python").write_text(
        f"#!{sys.executable}\n{RECORD}\n"
        "if '-c' in sys.argv:\n"
        f"    os.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])\n"
    )
    spec = (
        ACTION.with_name("steps.py")
        .read_text()
        .replace('run([sys.executable, "-I", "-m", "venv", PLACE])', "")
    )
    (installed.folder / "steps.py").write_text(
        spec.replace("Path(__file__).resolve().parents[3]", f"Path({str(ROOT)!r})")
    )
    done = subprocess.run(
        [sys.executable, "-I", installed.folder / "steps.py", "install"],
        cwd=installed.folder,
        env={
            **installed.environment,
            "RUNNER_TEMP": str(installed.bin),
            "CVTEX_PATH": "cv",
            "CVTEX_LANGUAGE": "ja all",
            "CVTEX_FORMATS": "docx",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pip, themes, install = map(json.loads, (installed.bin / "record").read_text().splitlines())
    assert pip[1:5] == ["-I", "-m", "pip", "install"] and pip[-1].endswith("[docx]")
    assert themes[1:3] == ["-I", "-c"]
    assert not (installed.folder / "ran").exists()
    assert install == ["cvtex", "toolchain", "install", "--theme=classic", "--language=ja"]


def asked_of_cvtex(runner: Runner, **inputs: str) -> list[list[str]]:
    """Run the step that builds, with a stand-in for cvtex; return what that was asked."""
    program = runner.bin / "cvtex-action/bin/cvtex"
    program.write_text(f"#!{sys.executable}\n{RECORD}\nprint('cv/x.pdf')\n")
    (runner.bin / "record").write_text("")
    status, told = step_of_the_action(runner, "build", **inputs)
    assert status == 0, told
    return [json.loads(line)[2:] for line in (runner.bin / "record").read_text().splitlines()]


def test_inputs_of_any_kind_reach_cvtex_as_they_are(installed: Runner) -> None:
    odd = installed.folder / "-my cv; $(x) 'é'"
    odd.mkdir()
    pdf, letter, text = asked_of_cvtex(
        installed,
        path=odd.name,
        variant="backend,short\n--help",
        language=" de\n en ",
        letters="--help acme",
        formats="\npdf\n  text\n",
        public="false",
        output="an output",
    )
    into, common = ["--ascii", "--output=an output/"], ["--private", "--language=de"]
    common.append("--language=en")
    github = ["--format", "github"]
    variants = ["--variant=backend", "--variant=short", "--variant=--help"]
    assert pdf == ["pdf", str(odd), *github, *common, *variants, *into]
    assert letter == [
        "letter",
        "--project",
        str(odd),
        *github,
        *common,
        *into,
        "--",
        "--help",
        "acme",
    ]
    assert text == ["text", str(odd), *common, *variants, *into]
    [pdf] = asked_of_cvtex(installed, path=" \n", output="")
    assert pdf == ["pdf", ".", *github, "--public", "--ascii", "--output=cv/"]


def test_several_themes_have_a_folder_each(installed: Runner) -> None:
    asked = asked_of_cvtex(installed, theme="jake ./themes/mine", formats="png docx")
    assert [words[0] for words in asked] == ["pdf", "pdf", "png", "docx"]
    shown = [[word for word in words if word.startswith(("--theme", "--out"))] for words in asked]
    assert shown == [
        ["--theme=jake", "--output=cv/jake/"],
        ["--theme=./themes/mine", "--output=cv/mine/"],
        ["--theme=jake", "--output=cv/"],
        ["--output=cv/"],
    ]


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"path": "no\nwhere"}, "the input path names nothing that is there: no%0Awhere"),
        ({"path": "--help"}, "the input path names nothing that is there: --help"),
        ({"public": "yes"}, "the input public takes true or false, not 'yes'"),
        ({"formats": "text --help"}, "the input formats takes pdf, png, "),
    ],
)
def test_an_input_that_cannot_be_is_told_at_once(
    installed: Runner, inputs: dict[str, str], told: str
) -> None:
    status, said = step_of_the_action(installed, "build", **inputs)
    assert status == 1 and said.startswith(f"::error::{told}")
    if "formats" not in inputs:
        status, said = step_of_the_action(installed, "check", **inputs)
        assert status == 1 and said.startswith(f"::error::{told}")


def test_the_action_knows_every_form() -> None:
    steps = runpy.run_path(str(ACTION.with_name("steps.py")))
    assert set(steps["FORMS"]) == set(cli.cvtex.commands["export"].commands) - {"letter"}  # type: ignore[attr-defined]


def asked_of_gh(asked: list[list[str]]) -> list[list[str]]:
    """Return what `gh` was asked, after the download of what was built."""
    download, *calls = [call[1:] for call in asked if call[0] == "gh"]
    assert download[:2] == ["run", "download"] and download[3:] == [
        "--name",
        "cv",
        "--dir",
        "release",
    ]
    return calls


NAMES = ["release/Shubham-Krishna-CV-overleaf.zip", "release/Shubham-Krishna-CV.pdf"]


@pytest.mark.tex
def test_release_attaches_the_public_pdf_and_zip(checkout: Runner) -> None:
    # values that must not be used: a private overlay in the checkout, and secrets
    overlay = checkout.folder / "data/private.yaml"
    overlay.write_text(f'basics:\n  phone: "{PHONE}"\n')
    secrets = {"secrets.CVTEX_PRIVATE_PHONE": PHONE, "github.token": "t0ken"}
    asked = checkout.run(load(WORKFLOWS / "release.yml"), **secrets)
    view, create = asked_of_gh(asked)
    assert view[:3] == ["release", "view", "v1.0"]
    assert create[:3] == ["release", "create", "v1.0"]
    assert [a for a in create[3:] if not a.startswith("--")] == NAMES
    assert "--verify-tag" in create
    pdf = checkout.folder / NAMES[1]
    assert "Shubham Krishna".casefold() in words(pdf).casefold()
    with zipfile.ZipFile(checkout.folder / NAMES[0]) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    for content in (held, words(pdf).encode(), pdf.read_bytes(), repr(asked).encode()):
        assert DIGITS.encode() not in content.replace(b" ", b"")
    stamp = subprocess.run(
        ["git", "log", "-1", "--format=%cd", "--date=format:%Y-%m-%dT%H:%M"],
        cwd=checkout.folder,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"TZ": "UTC"},
    ).stdout.strip()
    info = ["pdfinfo", "-isodates", str(pdf)]
    shown = subprocess.run(
        info, capture_output=True, text=True, check=True, env=os.environ | {"TZ": "UTC"}
    )
    created = re.search(r"CreationDate:\s+(\S{16})", shown.stdout)
    assert created is None or created[1] == stamp


@pytest.mark.tex
def test_release_has_the_private_fields_where_asked(checkout: Runner) -> None:
    context = {"vars.CVTEX_PRIVATE": "true", "secrets.CVTEX_PRIVATE_PHONE": PHONE}
    asked = checkout.run(load(WORKFLOWS / "release.yml"), **context)
    assert DIGITS not in repr(asked).replace(" ", ""), "no secret on a command line"
    assert DIGITS in words(checkout.folder / NAMES[1]).replace(" ", "")


def test_release_again_replaces_the_files(checkout: Runner) -> None:
    """A workflow that is run again finds its release there."""
    (checkout.bin / "gh").write_text(f"#!{sys.executable}\n{RECORD}")
    (checkout.folder / "release").mkdir()
    for name in NAMES:
        (checkout.folder / name).write_text("")
    workflow = load(WORKFLOWS / "release.yml")
    del workflow["jobs"]["build"]
    view, upload = asked_of_gh(checkout.run(workflow))
    assert view[1] == "view"
    assert upload == ["release", "upload", "v1.0", *NAMES, "--clobber"]


def test_a_tag_of_cvtex_publishes_what_was_tried(runner: Runner) -> None:
    (runner.folder / "Makefile").write_text("dist:\n\t@mkdir dist && echo $(TAG) > dist/x.whl\n")
    (runner.bin / "python3").write_text(
        f"#!{sys.executable}\n{RECORD}\n"
        "os.makedirs(sys.argv[3] + '/bin')\n"
        "for name in ('pip', 'uv'):\n"
        "    os.symlink(os.environ['STAND_INS'] + '/apt-get', sys.argv[3] + '/bin/' + name)\n"
    )
    (runner.bin / "python3").chmod(0o755)
    place = {"GITHUB_REF_NAME": "cvtex-0.1.0", "RUNNER_TEMP": str(runner.bin)}
    there = Runner(runner.folder, runner.bin, {**runner.environment, **place})
    asked = there.run(load(WORKFLOWS / "publish.yml"))
    assert (runner.folder / "dist/x.whl").read_text() == "cvtex-0.1.0\n"
    *_, pip, uv = asked
    assert re.fullmatch(r"uv==[\d.]+", pip[-1])
    assert uv[1:] == ["publish", "--trusted-publishing", "always", "dist/x.whl"]


def test_tests_are_run_by_make_test(runner: Runner) -> None:
    (runner.folder / "Makefile").write_text("test test-quick:\n\t@touch tested $@ed\n")
    config = runner.folder / "gitconfig"
    passed = {**runner.environment, "GIT_CONFIG_GLOBAL": str(config), "CI": "true"}
    passed["PASSED"] += " GIT_CONFIG_GLOBAL"
    Runner(runner.folder, runner.bin, passed).run(load(WORKFLOWS / "test.yml"))
    assert (runner.folder / "tested").is_file()
    assert (runner.folder / "test-quicked").is_file()
    assert "directory = /cv" in config.read_text()


def test_a_cvtex_from_github_has_its_workflow_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    url = "https://github.com/somebody/cvtex.git"
    elsewhere = url.replace("hub", "lab")
    for origin, called in (
        ({"url": url, "vcs_info": {"vcs": "git", "commit_id": commit}}, True),
        ({"url": elsewhere, "vcs_info": {"vcs": "git", "commit_id": commit}}, False),
        ({"url": url, "vcs_info": {"vcs": "git", "commit_id": "main\n  run: rm"}}, False),
        ({}, False),
    ):  # fmt: skip
        monkeypatch.setattr(sample_files, "_origin", lambda origin=origin: origin)
        files = sample_files.workflow("my cv: it's")
        text = files[sample_files.WORKFLOW]
        assert (sample_files.REQUIREMENTS not in files) is called
        if called:
            job = yaml.safe_load(text)["jobs"]["cv"]
            assert job["uses"] == f"somebody/cvtex/.github/workflows/cv.yml@{commit}"
            assert job["with"] == {"path": "my cv: it's", "public": True}
            takes = load(WORKFLOWS / "cv.yml")["on"]["workflow_call"]
            assert set(job["with"]) <= set(takes["inputs"])
            assert set(job["secrets"]) == set(takes["secrets"])


def test_the_workflow_that_is_called_hands_on_what_the_action_takes() -> None:
    takes = load(WORKFLOWS / "cv.yml")["on"]["workflow_call"]["inputs"]
    [step] = [
        step for step in load(WORKFLOWS / "cv.yml")["jobs"]["build"]["steps"]
        if step.get("uses") == OWN
    ]  # fmt: skip
    assert set(step["with"]) == set(takes) <= set(load_action()["inputs"])


def test_new_writes_the_workflow_where_asked(tmp_path: Path, cvtex: Program) -> None:
    assert cvtex("new", tmp_path / "plain").status == 0
    assert not (tmp_path / "plain/.github").exists()
    assert cvtex("new", tmp_path / "ci", "--ci", "github").status == 0
    written = tmp_path / "ci/.github/workflows/release.yml"
    assert written.read_text() == SAMPLE.read_text()
    assert re.search(
        r"^cvtex(==\d| @ git\+)", (tmp_path / "ci/.github/requirements.txt").read_text(), re.M
    )
