"""`cvtex build`, the real program on real files: what it makes, and what survives."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shared import ENGINES, FIRST, PHONE, ROOT, Program, words

OLD = b"%PDF-1.5 the last good one"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of one line."""
    folder = tmp_path / "small"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "basics.yaml").write_text("name: Ada Lovelace\n")
    return folder


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


# --- what is made ---------------------------------------------------------------------


@pytest.mark.tex
def test_the_least_cv_and_where_everything_goes(small: Path, cvtex: Program) -> None:
    run = cvtex("build", cwd=small)
    assert (run.status, run.out, run.err) == (0, "build/classic.pdf\n", "")
    assert (small / "build" / "classic" / "cv.tex").is_file()
    assert words(small / "build" / "classic.pdf").strip().casefold() == "ada lovelace"


@pytest.mark.tex
def test_a_single_file_builds_here(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "resume.json").write_text('{"basics": {"name": "Ada Lovelace"}}')
    run = cvtex("build", "in/resume.json", cwd=tmp_path)
    assert run.out == "build/resume/classic.pdf\n", run.err
    assert (tmp_path / "build" / "resume" / "classic" / "cv.tex").is_file()
    assert not (tmp_path / "in" / "build").exists()


@pytest.mark.tex
def test_files_of_one_folder_do_not_overwrite_each_other(tmp_path: Path, cvtex: Program) -> None:
    names = {"ada.json": "Ada", "bob.yaml": "Bob", "bob.json": "Robert"}
    made = {}
    for file, name in names.items():
        (tmp_path / file).write_text(f'{{"basics": {{"name": "{name}"}}}}')
    for file in names:
        run = cvtex("build", file, cwd=tmp_path)
        assert run.status == 0, run.err
        made[file] = run.out.strip()
    assert made["ada.json"] == "build/ada/classic.pdf"
    assert len(set(made.values())) == 3
    for file, name in names.items():
        assert words(tmp_path / made[file]).split()[0].title() == name


@pytest.mark.tex
def test_standard_output(small: Path, tmp_path: Path) -> None:
    for verb, begins in ((["build"], b"%PDF"), (["export", "pdf"], b"%PDF"),
                         (["export", "overleaf"], b"PK")):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "cvtex", *verb, str(small), "-o", "-"],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert done.stdout.startswith(begins) and done.stderr == b""
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--theme", "all", "-o", "one.pdf"], "there are several themes, and one.pdf is one file"),
        (["-o", ""], "the name is empty"),
    ],
)
def test_an_output_that_cannot_be(
    arguments: list[str], told: str, small: Path, cvtex: Program
) -> None:
    run = cvtex("build", *arguments, cwd=small)
    assert run.status == 2 and told in run.err
    assert sorted(path.name for path in small.iterdir()) == ["data"]


@pytest.mark.tex
def test_another_folder_and_several_themes(small: Path, cvtex: Program) -> None:
    run = cvtex(
        "build", small, "--theme", "classic", "--theme", "moderncv", "-o", "out", cwd=small.parent
    )
    assert run.status == 0, run.err
    assert run.out.split() == ["out/classic.pdf", "out/moderncv.pdf"]
    assert (small.parent / "out" / "moderncv.pdf").is_file()


@pytest.mark.tex
def test_a_theme_by_its_folder(small: Path, cvtex: Program) -> None:
    run = cvtex("build", "--theme", ROOT / "themes" / "classic", cwd=small)
    assert run.out == "build/classic.pdf\n", run.err


@pytest.mark.tex
def test_an_output_file_and_a_value_set_over_the_data(small: Path, cvtex: Program) -> None:
    run = cvtex("build", "-o", "my cv.pdf", "--set", "basics.label=Countess & more", cwd=small)
    assert run.out == "my cv.pdf\n", run.err
    assert "Countess & more" in words(small / "my cv.pdf")
    assert not (small / "build" / "classic.pdf").exists()


def test_no_pdf_writes_the_latex_and_needs_no_tex(small: Path, cvtex: Program) -> None:
    run = cvtex("build", "--no-pdf", cwd=small, PATH="/nonexistent")
    assert (run.status, run.out) == (0, "build/classic/cv.tex\n"), run.err
    assert r"\begin{document}" in (small / "build" / "classic" / "cv.tex").read_text()


def test_the_latex_maps_back_to_the_data(project: Path, cvtex: Program) -> None:
    cvtex("build", "--no-pdf", cwd=project)
    tex = (project / "build" / "classic" / "cv.tex").read_text()
    assert "%% begin data/work.yaml:3-" in tex
    assert tex.count("%% begin bib/publications.bib:") == 4
    preamble = tex.partition(r"\begin{document}")[0].casefold()
    assert "krishna" not in preamble


def test_a_json_resume_may_name_the_theme_of_another_tool(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "resume.json").write_text(
        '{"basics": {"name": "Ada Lovelace"}, "meta": {"theme": "elegant"}}'
    )
    run = cvtex("build", "resume.json", "--no-pdf", cwd=tmp_path)
    assert (run.status, run.out) == (0, "build/resume/classic/cv.tex\n")
    assert run.err.startswith("resume.json:1:"), run.err
    assert "warning: 'elegant' is no theme of cvtex, classic is taken" in run.err


# --- unchanged ------------------------------------------------------------------------


@pytest.mark.tex
def test_unchanged_input_runs_no_tex(small: Path, cvtex: Program) -> None:
    def log_time() -> int:
        return (small / "build" / "classic" / "cv.log").stat().st_mtime_ns

    assert cvtex("build", cwd=small).status == 0
    before = log_time()
    (small / "data" / "basics.yaml").write_text("name: Ada Lovelace\n")
    run = cvtex("build", "-v", cwd=small)
    assert "unchanged" in run.err
    assert run.out == "build/classic.pdf\n"
    assert log_time() == before
    (small / "data" / "basics.yaml").write_text("name: Ada King\n")
    run = cvtex("build", "-v", cwd=small)
    assert "unchanged" not in run.err
    assert "KING" in words(small / "build" / "classic.pdf").upper()
    (small / "build" / "classic.pdf").unlink()
    assert cvtex("build", cwd=small).status == 0
    assert (small / "build" / "classic.pdf").is_file()


@pytest.mark.tex
def test_warnings_are_said_again_when_nothing_changed(small: Path, cvtex: Program) -> None:
    (small / "data" / "meta.yaml").write_text("pageLimit: 1\n")
    names = "".join(f"- {{name: Company {n}, position: Engineer}}\n" for n in range(60))
    (small / "data" / "work.yaml").write_text(names)
    first = cvtex("build", cwd=small)
    assert first.status == 0
    assert "data/meta.yaml:1:1: warning: the CV has 2 pages" in first.err or "3 pages" in first.err
    assert cvtex("build", cwd=small) == first
    strict = cvtex("build", "--strict", cwd=small)
    assert strict.status == 1
    assert strict.err.endswith("error: a warning, and --strict lets none pass\n")
    assert cvtex("build", "-q", cwd=small).err == ""
    quiet = cvtex("build", "-q", "--strict", cwd=small)
    assert (quiet.status, quiet.err) == (1, "error: a warning, and --strict lets none pass\n")


@pytest.mark.tex
def test_as_many_pages_as_the_limit_are_none_too_many(small: Path, cvtex: Program) -> None:
    """The boundary of `pageLimit`, on both sides."""
    (small / "data" / "work.yaml").write_text("- {name: A}\n- {name: B, pageBreak: true}\n")
    for limit, said in ((2, ""), (3, ""), (1, "the CV has 2 pages in classic, the limit is 1")):
        run = cvtex("build", "--set", f"meta.pageLimit={limit}", cwd=small)
        assert run.status == 0 and said in run.err and ("pages" in run.err) == bool(said)


def test_strict_says_why_it_fails(small: Path, cvtex: Program) -> None:
    (small / "data" / "work.yaml").write_text("- name: A\n-\n- name: '**B**'\n")
    assert cvtex("validate", cwd=small).status == 0
    run = cvtex("validate", "--strict", cwd=small)
    assert (run.status, run.out) == (1, "2 warnings, and --strict lets none pass\n")
    run = cvtex("build", "--strict", "--no-pdf", cwd=small)
    assert run.status == 1
    assert run.err.endswith("error: 2 warnings, and --strict lets none pass\n")


# --- what survives --------------------------------------------------------------------


@pytest.mark.tex
def test_a_tex_error_names_the_users_line_and_keeps_the_last_pdf(
    small: Path, cvtex: Program
) -> None:
    (small / "build").mkdir()
    (small / "build" / "classic.pdf").write_bytes(OLD)
    (small / "data" / "work.yaml").write_text(
        "- name: One\n"
        "  summary: fine\n"
        "- name: Two\n"
        "  summary: !tex 'see \\undefinedmacro here'\n"
        "- name: Three\n"
    )
    run = cvtex("build", cwd=small)
    assert run.status == 1
    assert run.err.startswith("data/work.yaml:4:"), run.err
    assert r"\undefinedmacro" in run.err
    assert "Traceback" not in run.err
    assert (small / "build" / "classic.pdf").read_bytes() == OLD


@pytest.mark.tex
@pytest.mark.parametrize("engine", ENGINES)
def test_a_tex_error_by_every_engine(
    engine: str, small: Path, cvtex: Program, engine_options: Callable[[str], list[str]]
) -> None:
    (small / "data" / "volunteer.yaml").write_text(
        "- organization: One\n- organization: Two\n  summary: !tex 'a \\notthere{} b'\n"
    )
    run = cvtex("build", *engine_options(engine), cwd=small)
    assert run.status == 1
    assert run.err.startswith("data/volunteer.yaml:3:"), run.err
    assert not (small / "build" / "classic.pdf").exists()


def test_no_toolchain_is_said_with_the_command_that_brings_one(
    small: Path, cvtex: Program, tmp_path: Path
) -> None:
    run = cvtex("build", cwd=small, PATH="/nonexistent", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert run.status == 1
    assert "cvtex toolchain install" in run.err


@pytest.mark.tex
def test_ctrl_c_ends_at_once_and_keeps_the_last_pdf(small: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (small / "build").mkdir()
    (small / "build" / "classic.pdf").write_bytes(OLD)
    endless = r"!tex '\def\x{\x}\x'"
    (small / "data" / "work.yaml").write_text(f"- name: One\n  summary: {endless}\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "cvtex", "build"],
        cwd=small,
        env=os.environ | {"XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: "pdflatex" in engines_running_in(cache))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert (small / "build" / "classic.pdf").read_bytes() == OLD
    wait_for(lambda: not engines_running_in(cache))


def wait_for(state: Callable[[], bool]) -> None:
    """Wait until something is so, on a busy machine too."""
    deadline = time.monotonic() + 60
    while not state():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def engines_running_in(folder: Path) -> list[str]:
    """Return the processes that work in a folder below this one (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            place = (entry / "cwd").readlink()
        except OSError:
            continue
        if folder in (place, *place.parents):
            found.append((entry / "comm").read_text().strip())
    return found


@pytest.mark.tex
def test_two_builds_at_once_both_succeed(project: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "cvtex", "build"], cwd=project, stdout=subprocess.DEVNULL
        )
        for _ in range(3)
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert "SHUBHAM" in words(project / "build" / "classic.pdf").upper()


@pytest.mark.tex
def test_an_output_that_cannot_be_written_is_an_error(small: Path, cvtex: Program) -> None:
    (small / "taken").write_text("")
    run = cvtex("build", "-o", "taken/cv.pdf", cwd=small)
    assert run.status == 2
    assert "taken is a file, and a folder is wanted there" in run.err
    assert "Traceback" not in run.err


@pytest.mark.tex
@pytest.mark.parametrize("epoch", ["abc", "-1", "1e9", "9" * 30])
def test_a_bad_epoch_is_an_error(epoch: str, small: Path, cvtex: Program) -> None:
    run = cvtex("build", cwd=small, SOURCE_DATE_EPOCH=epoch)
    assert run.status == 1
    assert "SOURCE_DATE_EPOCH" in run.err
    assert "Traceback" not in run.err


# --- wrong usage ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--toolchain", "tectonic", "--engine", "lualatex"],
        ["--engine", "word"],
        ["nowhere"],
        ["--nonsense"],
        ["-q", "-v"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], small: Path, cvtex: Program) -> None:
    assert cvtex("build", *arguments, cwd=small).status == 2


def test_an_unknown_theme_suggests_the_nearest(small: Path, cvtex: Program) -> None:
    run = cvtex("build", "--theme", "clasic", cwd=small)
    assert run.status == 1
    assert "classic" in run.err


# --- the same bytes -------------------------------------------------------------------


@pytest.mark.tex
@pytest.mark.parametrize("engine", ENGINES)
def test_two_folders_give_the_same_bytes(
    engine: str, project: Path, cvtex: Program, engine_options: Callable[[str], list[str]]
) -> None:
    other = project.parent / "a rather longer name" / "cv"
    other.parent.mkdir()
    subprocess.run(["cp", "-r", project, other], check=True)
    found = set()
    themes = {"pdflatex": ("classic", "moderncv"), "xelatex": ("moderncv",)}.get(engine, FIRST[:1])
    chosen = [f"--theme={theme}" for theme in themes]
    for folder, zone, epoch in ((project, "UTC", ""), (other, "Asia/Tokyo", "")):
        arguments = ("build", *chosen, *engine_options(engine))
        run = cvtex(*arguments, cwd=folder, TZ=zone, SOURCE_DATE_EPOCH=epoch)
        assert run.status == 0, run.err
        found.add(
            tuple(
                hashlib.sha256((folder / "build" / f"{theme}.pdf").read_bytes()).hexdigest()
                for theme in themes
            )
        )
    assert len(found) == 1


@pytest.mark.tex
def test_the_epoch_is_the_documents_date(small: Path, cvtex: Program) -> None:
    from pypdf import PdfReader

    run = cvtex("build", cwd=small, SOURCE_DATE_EPOCH="1700000000")
    assert run.status == 0, run.err
    info = PdfReader(small / "build" / "classic.pdf").metadata
    assert info is not None
    assert str(info["/CreationDate"]).startswith("D:20231114221320")
    assert str(info["/Author"]) == "Ada Lovelace"


# --- private --------------------------------------------------------------------------


@pytest.mark.tex
@pytest.mark.parametrize("given", ["overlay", "environment"])
def test_the_phone_is_on_the_private_pdf_and_nowhere_in_a_public_build(
    given: str, project: Path, cvtex: Program
) -> None:
    environment = {}
    if given == "overlay":
        (project / "data" / "private.yaml").write_text(f'basics: {{phone: "{PHONE}"}}\n')
    else:
        environment["CVTEX_PRIVATE_PHONE"] = PHONE
    number = digits(PHONE)
    private = cvtex("build", "-v", cwd=project, **environment)
    assert private.status == 0, private.err
    assert number in digits(words(project / "build" / "classic.pdf"))
    assert number not in digits(private.out + private.err)
    public = cvtex("build", "--public", "-v", cwd=project, **environment)
    assert public.status == 0, public.err
    assert number not in digits(public.out + public.err)
    for file in (project / "build").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert number.encode() not in content, file
            assert b"23125" not in content, file
    assert number not in digits(words(project / "build" / "classic.pdf"))
    zipped = cvtex("export", "overleaf", "-o", "out.zip", cwd=project, **environment)
    assert zipped.status == 0, zipped.err
    assert number not in digits(zipped.out + zipped.err)


def test_a_private_mistake_is_told_without_the_value(project: Path, cvtex: Program) -> None:
    (project / "data" / "private.yaml").write_text(
        f'basics:\n  fone: "{PHONE}"\n  email: "{PHONE}"\n'
    )
    run = cvtex("build", cwd=project)
    assert run.status == 1
    assert "data/private.yaml:2:3: error:" in run.err
    assert "data/private.yaml:3:" in run.err
    assert "23125" not in run.err


def test_what_cannot_be_printed_is_no_traceback(cvtex: Program, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cvtex", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
