"""Other tools' files, all invented: what they say is in the project, or is listed."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvtex import import_, source
from cvtex.import_ import html_text, project, values
from cvtex.import_.latex.document import Definition, Document, definitions, group
from cvtex.import_.latex.prose import pieces as split_tex
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import List, Map, Problems, Scalar, absent
from cvtex.source.syntax.yaml_writer import dump
from shared import Program

FILES = Path(__file__).parent / "files"
ACCOUNTS = Path(__file__).parent / "accounts"
PROJECTS = Path(__file__).parents[1] / "expected" / "import"
KNOWN = {
    "themes": frozenset({"classic", "moderncv"}),
    "languages": frozenset({"en", "de"}),
}
SOURCES = sorted(path.name for path in FILES.iterdir() if path.is_file())


def imported(name: str, tmp_path: Path) -> tuple[project.Imported, Path]:
    """Import a file and write its project."""
    path = FILES / name
    if name.endswith(".csvs"):
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            parts = re.split(r"^== (.+)\n", (FILES / name).read_text(), flags=re.MULTILINE)
            for inner, text in zip(parts[1::2], parts[2::2], strict=True):
                archive.writestr(inner, text)
    found = import_.read(path, KNOWN)
    folder = tmp_path / "project"
    for place, text in project.texts(found).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text)
    for place, origin in found.files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(origin.read_bytes())
    return found, folder


def plain(text: str) -> str:
    """Return a text's letters and figures alone, however it is marked up."""
    return re.sub(r"[\W_]", "", text).casefold()


@pytest.mark.parametrize("name", SOURCES)
def test_every_value_has_its_place_or_is_listed(name: str, tmp_path: Path) -> None:
    """Each value is looked for in the text of the project, but for those that are listed."""
    found, folder = imported(name, tmp_path)
    written = plain("".join(
        file.read_text() for file in folder.rglob("*") if file.suffix in (".yaml", ".bib")
    ))  # fmt: skip
    ledger = found.ledger
    told = {
        (entry.path, entry.value) for entry in (*ledger.lost, *ledger.changed, *ledger.settings)
    }
    missing = []
    for path, scalar in ledger.everything:
        text = scalar.text.strip()
        if absent(scalar) or (path, scalar.text) in told or (path, text) in told:
            continue
        ends = values.split_range(text)
        if values.iso(ends[0]) and (not ends[1] or values.iso(ends[1])):
            continue  # a date in another form is the same date
        if text.casefold() in map(str.casefold, project.DEFAULT_TITLES.values()):
            continue  # what the language calls it
        text = re.sub(
            r"\\(?:begin|end)\{\w+\*?\}|\w*\\[\"'`^~]\{?\w\}?\w*|tel:|mailto:|GPA:|Email:|Mobile:|/web/|\w+\.com/(?:in/)?",
            " ",
            text,
        )
        text = re.sub(r"\\[A-Za-z@]+\*?|<[^>]+>|\\.|&\w+;", " ", text)
        words = [plain(word) for word in re.findall(r"[\w.]+", text)]
        if any(word and word not in written for word in words):
            missing.append((path, scalar.text))
    silent = ("false", "true", "Twitter")  # which is X
    missing = [one for one in missing if one[1] not in silent and not ignored(one[0])]
    assert missing == []


def ignored(path: str) -> bool:
    """Tell whether a path says how an item looked: Reactive Resume's are counted, not listed."""
    return bool(re.fullmatch(r"metadata\.layout.*|.*\.(id|icon|columns|visible|level|type)", path))


@pytest.mark.parametrize("name", SOURCES)
def test_the_account_is_as_it_was_read(name: str, tmp_path: Path, renew: bool) -> None:
    """`pytest --renew tests/import_` writes the accounts anew: read what has changed in them."""
    ledger = imported(name, tmp_path)[0].ledger
    rows = [f"{ledger.kept} kept"]
    for title in ("changed", "lost", "settings"):
        for one in getattr(ledger, title):
            now = f" → {one.now}" if one.now else ""
            rows.append(f"{title}: {one.source.line}: {one.path}: {one.value}{now} ({one.what})")
    account = "\n".join(rows) + "\n"
    file = ACCOUNTS / f"{name}.txt"
    if renew:
        file.write_text(account)
    assert account == file.read_text()


@pytest.mark.parametrize("name", SOURCES)
def test_the_project_is_as_it_was_read(name: str, tmp_path: Path, renew: bool) -> None:
    """The account says what was lost or changed; this says what was written, letter by letter."""
    _, folder = imported(name, tmp_path)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    text = "".join(f"== {place}\n{_readable(content)}" for place, content in files.items())
    file = PROJECTS / f"{name}.txt"
    if renew:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert text == file.read_text()


def _readable(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"{len(content)} bytes\n"


@pytest.mark.parametrize("name", SOURCES)
def test_the_project_has_no_errors(name: str, tmp_path: Path) -> None:
    _, folder = imported(name, tmp_path)
    reading = source.read(source.find(folder, public=False))
    errors = [d for d in reading.diagnostics if d.severity == "error"]
    assert reading.resume and errors == []


@pytest.mark.parametrize(
    ("name", "section", "first"),
    [
        ("rendercv.yaml", "work", {"name": "Norrsken Instruments", "position": "Lead Engineer"}),
        ("rendercv-1.yaml", "education", {"institution": "University of Umeå", "studyType": "MSc"}),
        ("yamlresume.yml", "work", {"name": "Fjord Pumps", "startDate": "2021-03-01"}),
        ("reactive.json", "work", {"name": "Acme Pumps", "startDate": "2022-03"}),
        ("reactive-5.json", "education", {"institution": "University of Oulu", "score": "4.5"}),
        ("linkedin.csvs", "work", {"name": "Tide Ltd", "endDate": "present"}),
        ("resume.yaml", "work", {"name": "River Works", "position": "Engineer"}),
        ("moderncv-letter.tex", "work", {"name": "Val Glass", "position": "Foreman"}),
        ("resume-0.json", "work", {"name": "Old Mill", "position": "Miller"}),
        ("moderncv.tex", "work", {"name": "Harbour Office", "startDate": "2019"}),
        ("awesome.tex", "work", {"name": "Cloud & Sons", "position": "Site Engineer"}),
        ("altacv.tex", "work", {"name": "Ferry Line", "endDate": "present"}),
        ("jake.tex", "work", {"name": "Mountain Rescue AS", "location": "Tromsø"}),
        ("sb2nov.tex", "work", {"name": "Valley Bank", "position": "Analyst"}),
    ],
)
def test_records(name: str, section: str, first: dict[str, str], tmp_path: Path) -> None:
    found, _ = imported(name, tmp_path)
    record = found.sections[section][0]
    assert {key: record.get(key) for key in first} == first


def test_rendercv(tmp_path: Path) -> None:
    found, folder = imported("rendercv.yaml", tmp_path)
    assert found.sections["work"][0]["highlights"][1] == {
        "text": "Published at **good** venues",
        "highlights": ["a paper of 2022", "a workshop of 2023"],
    }
    project_ = found.sections["projects"][0]
    assert (project_["name"], project_["url"]) == ("combfit", "https://example.org/combfit")
    profiles = {one.get("network"): one for one in found.sections["basics"]["profiles"]}
    assert profiles["Mastodon"]["username"] == "@mira@mastodon.example.org"
    assert found.sections["basics"]["aliases"] == ["M. Öberg"]
    assert found.meta["themes"] == {"classic": {"paper": "letter", "accent": "004F90"}}
    assert found.order[:3] == ["welcome-all", "education", "work"]
    assert {entry.path for entry in found.ledger.settings} >= {"settings.current_date"}
    reading = source.read(source.find(folder, public=False))
    assert reading.resume
    assert [p.title.text for p in reading.resume.publications] == ["Clocks & 100% of time"]


def test_latex_is_read_not_guessed(tmp_path: Path) -> None:
    found, _ = imported("moderncv.tex", tmp_path)
    first = found.sections["work"][0]
    assert first["summary"] == "Kept the *tide tables* of [the port](https://port.example.org/t_1)."
    assert first["highlights"][0] == {
        "text": "Wrote 40% faster software", "highlights": ["in C++ & Rust"],
    }  # fmt: skip
    assert found.sections["basics"]["name"] == "Zoë Ångström"
    assert found.sections["basics"]["phone"] == "+49 30 23125 000"
    raw = found.sections["work"][1]["summary"]
    assert raw == r"Used \strange{macro} daily"
    told = [entry for entry in found.ledger.changed if r"\strange" in entry.what]
    assert [entry.source.line for entry in told] == [27]
    assert found.sections["letters"]["letter"] == {
        "to": {"name": "Port Authority", "address": ["Pier 1"]}, "opening": "Dear Sirs,",
        "body": "I write to you.", "closing": "Yours,",
    }  # fmt: skip


def test_a_folder_of_parts_is_the_same_cv(tmp_path: Path) -> None:
    whole, _ = imported("resume.yaml", tmp_path)
    (tmp_path / "parts").mkdir()
    text = (FILES / "resume.yaml").read_text()
    parts = re.split(r"^(\w+):\n", text, flags=re.MULTILINE)[1:]
    for name, inside in zip(parts[::2], parts[1::2], strict=True):
        (tmp_path / "parts" / f"{name}.yaml").write_text(inside)
    found = import_.read(tmp_path / "parts", KNOWN)
    assert found.sections == whole.sections
    assert (found.ledger.kept, found.ledger.lost) == (whole.ledger.kept, whole.ledger.lost)


def test_letters_of_latex_are_letters(cvtex: Program, tmp_path: Path) -> None:
    for name, body in (
        ("moderncv-letter.tex", "1. an eye for **colour**,\n2. a hand of [some repute]("),
        ("awesome-letter.tex", "**Why the Trust?**\n\nIt plants trees:\n\n- rimu & totara\n"),
    ):
        found, _ = imported(name, tmp_path / name)
        letter = found.sections["letters"]["letter"]
        assert letter["date"] == "2026-03-05" and body in letter["body"]
        assert len(letter["to"]["address"]) > 1 and letter["enclosures"]
        done = cvtex("import", FILES / name, "-o", f"of-{name}")
        assert done.status == 0, done.err
        done = cvtex("validate", f"of-{name}")
        assert done.status == 0 and "error" not in done.err, done.err


def test_a_letter_without_a_text_is_listed(tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text(
        "\\documentclass{moderncv}\n\\name{Ada}{Lee}\n\\recipient{The Mill}{Way 1}\n"
        "\\begin{document}\n\\makecvtitle\n\\section{Skills}\\cvitem{C}{Ada}\n\\end{document}\n"
    )
    found = import_.read(tmp_path / "cv.tex", KNOWN)
    assert "letters" not in found.sections
    assert [entry.value for entry in found.ledger.lost] == ["The Mill", "Way 1"]


def test_a_text_with_an_unknown_command_is_tex_as_a_whole(tmp_path: Path) -> None:
    """It is told as kept, so it is: with the TeX of its other paragraphs, too."""
    file = tmp_path / "cv.tex"
    file.write_text(
        "\\documentclass{moderncv}\\name{Ada}{Byron}\\begin{document}\\section{Experience}"
        "\\cventry{2020}{Analyst}{Engine}{London}{}{First \\textbf{one}.\n\n"
        "Then \\mystery{two}.}\\end{document}"
    )
    found = import_.read(file, KNOWN)
    work = project.texts(found)["data/work.yaml"]
    summary = work.partition("summary: ")[2]
    assert summary.startswith("!tex"), work
    assert "First \\textbf{one}." in summary and "Then \\mystery{two}." in summary


def test_definitions_are_known_and_comments_are_not() -> None:
    tex = r"\newcommand{\firm}[1]{the firm of #1}" "\n" r"\def\x{y}"
    assert definitions(tex) == {
        "firm": Definition(1, "the firm of #1"), "x": Definition(0, "y")
    }  # fmt: skip
    found = split_tex(r"At \firm{Ada \emph{\&} Co}, \textbf{100\%}", definitions(tex))
    assert found.paragraphs == ["At the firm of Ada *&* Co, **100%**"]


def test_an_input_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret")
    inside = tmp_path / "cv"
    inside.mkdir()
    (inside / "cv.tex").write_text(r"\documentclass{moderncv}\input{../secret}\input{part}")
    (inside / "part.tex").write_text(r"\name{Ada}{Example} % not \name{Other}{One}")
    document = Document(inside / "cv.tex")
    assert "secret" not in document.text
    assert "Other" not in document.text and "Ada" in document.text
    assert document.place(document.text.index("Ada")).file == "part.tex"


@given(st.text(alphabet="ab{}\\[]%$&~ \n", max_size=60))
def test_wild_tex_ends(tex: str) -> None:
    split_tex(tex, {"a": Definition(1, r"\a{#1}"), "b": Definition(0, r"\b\b")})
    group(tex, 0)
    definitions(tex)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20) | st.sampled_from(
    ["", "no", "1.10", "a: b", "- x", "#", "a #b", "'", '"', "&a", "*", "? x", "{a", "a, b", "~",
     "null", "two\nlines", "two\n\nparts", "!tex x", "%", "@", "`x`", "x:", "a\tb", "\u2028"]
)  # fmt: skip
KEYS = st.sampled_from(["a", "b c", "x-y", "1", "no"])
DATA = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=3))
def test_yaml_reads_back_letter_by_letter(data: dict[str, Any]) -> None:
    problems = Problems()
    node = yaml_text.read(dump(data), "x.yaml", problems)
    assert node is not None, problems.diagnostics
    assert unfold(node) == data


def unfold(node: Any) -> Any:
    if isinstance(node, Map):
        return {key: unfold(value) for key, (_, value) in node.pairs.items()}
    if isinstance(node, List):
        return [unfold(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021", "2021"), ("2021-9", "2021-09"), ("2021/09/05", "2021-09-05"),
        ("09/2021", "2021-09"), ("Sep 1, 2016", "2016-09-01"), ("Sept. 2016", "2016-09"),
        ("1st March 2020", "2020-03-01"), ("Present", "present"), ("today", "present"),
        ("2020-05-06T07:08:09Z", "2020-05-06"), ("Fall 2023", ""), ("03/04/2020", ""),
        ("2021-13", ""), ("", ""), ("Smarch 2020", ""),
    ],
)  # fmt: skip
def test_dates(written: str, iso: str) -> None:
    assert values.iso(written) == iso


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("Sep. 2023 - Mar. 2024", ("Sep. 2023", "Mar. 2024")),
        ("2019--2021", ("2019", "2021")),
        ("2019 – present", ("2019", "present")),
        ("Aug 2012", ("Aug 2012", "")),
        ("2020-05", ("2020-05", "")),
    ],
)
def test_ranges(written: str, ends: tuple[str, str]) -> None:
    assert values.split_range(written) == ends


def test_keywords_keep_brackets_together() -> None:
    assert values.keywords("SQL (Postgres, MySQL), C; Go") == ["SQL (Postgres, MySQL)", "C", "Go"]


def test_html() -> None:
    text = "<p>I <strong>lead</strong> &amp; <a href='https://a.example'>build</a></p>"
    text += "<ul><li><p>one *star*</p></li><li>two</li></ul><p>End</p>"
    assert html_text.markdown(text) == (
        "I **lead** & [build](https://a.example)\n\nEnd", [r"one \*star\*", "two"],
    )  # fmt: skip


def test_the_command(cvtex: Program, tmp_path: Path) -> None:
    done = cvtex("import", FILES / "rendercv.yaml", "-o", "mine")
    assert done.status == 0, done.err
    assert done.out == "mine\n"
    assert "left out: a setting of the program RenderCV" in done.err
    assert "settings.current_date: today" in done.err
    assert (tmp_path / "mine" / "data" / "work.yaml").is_file()
    assert "private" in (tmp_path / "mine" / ".gitignore").read_text()
    again = cvtex("import", FILES / "rendercv.yaml", "-o", "mine")
    assert again.status == 1 and "mine is not empty" in again.err
    account = json.loads(
        cvtex("import", FILES / "rendercv.yaml", "-o", "two", "--format", "json").out
    )
    assert account["format"] == "RenderCV" and account["kept"] > 50
    assert {entry["path"] for entry in account["settings"]} >= {"settings.current_date"}


def test_what_is_no_cv(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("a: 1\n")
    (tmp_path / "letter.tex").write_text(r"\documentclass{scrlttr2}\begin{document}\end{document}")
    (tmp_path / "x.zip").write_bytes(b"no zip")
    (tmp_path / "broken.json").write_text('{"basics": ')
    for name, told in (
        ("list.yaml", "list.yaml: error: this is no file that cvtex can import"),
        ("letter.tex", "letter.tex:1: error: the class scrlttr2 is none that cvtex can import"),
        ("x.zip", "error: "),
        ("broken.json", "broken.json:1:11: error: the file ends before"),
    ):
        done = cvtex("import", name, "-o", "out")
        assert done.status == 1, name
        assert told in done.err, done.err
        assert not (tmp_path / "out").exists()


def test_a_photo_elsewhere_is_listed(tmp_path: Path) -> None:
    found, _ = imported("reactive.json", tmp_path)
    [url] = [entry for entry in found.ledger.lost if entry.path.endswith("picture.url")]
    assert url.what.startswith("the photo stays where it is")


@pytest.mark.parametrize("named", ["own", "own.bib"])
def test_a_bibliography_beside_the_document(tmp_path: Path, named: str) -> None:
    (tmp_path / "own.bib").write_text("@misc{a, title = {T}}")
    (tmp_path / "cv.tex").write_text(
        "\\documentclass{moderncv}\n\\name{Ada}{Lee}\n\\begin{document}\n\\makecvtitle\n"
        f"\\bibliography{{{named}}}\n\\end{{document}}\n"
    )
    assert list(import_.read(tmp_path / "cv.tex", KNOWN).files) == ["bib/own.bib"]


def test_a_build_of_another_tools_file_says_who_takes_it(cvtex: Program, tmp_path: Path) -> None:
    for name, tool in (
        ("rendercv.yaml", "RenderCV"),
        ("rendercv-1.yaml", "RenderCV"),
        ("yamlresume.yml", "YAMLResume"),
        ("reactive.json", "Reactive Resume"),
        ("reactive-5.json", "Reactive Resume"),
    ):
        (tmp_path / name).write_bytes((FILES / name).read_bytes())
        for verb in ("build", "validate"):
            done = cvtex(verb, name)
            assert done.status == 1, name
            assert f"{name}: error: this is a file of {tool}" in done.err
            assert f"`cvtex import {name} -o my-cv` makes a project of it" in done.err
    (tmp_path / "cv.tex").write_bytes((FILES / "jake.tex").read_bytes())
    assert "`cvtex import cv.tex` makes a project" in cvtex("build", "cv.tex").err


def test_new_from_a_file(cvtex: Program, tmp_path: Path) -> None:
    done = cvtex("new", "mine", "--from", FILES / "yamlresume.yml", "--ci", "github")
    assert done.status == 0, done.err
    assert (tmp_path / "mine/data/work.yaml").is_file()
    assert (tmp_path / "mine/.github/workflows/release.yml").is_file()


def test_phone_and_street_go_into_the_private_file(cvtex: Program, tmp_path: Path) -> None:
    basics = {"name": "Ana", "phone": "1", "location": {"address": "Way 1", "city": "Ulm"}}
    (tmp_path / "resume.json").write_text(json.dumps({"basics": basics}))
    assert cvtex("import", "resume.json", "-o", "mine").status == 0
    public = (tmp_path / "mine/data/basics.yaml").read_text()
    private = (tmp_path / "mine/data/private.yaml").read_text()
    assert ("phone" in public, "Way 1" in public, "Ulm" in public) == (False, False, True)
    assert "phone: 1" in private and "address: Way 1" in private
    found = source.read(source.find(tmp_path / "mine", public=False, environ={})).resume
    assert found and found.basics.phone == "1"
    assert project.parted({"location": "Way 1, Ulm"})[1] == {"location": "Way 1, Ulm"}
    assert project.parted({"location": "Ulm, Germany"})[1] == {}


@pytest.mark.tex
def test_a_pdf_of_cvtex_is_a_source(cvtex: Program, tmp_path: Path) -> None:
    from cvtex.contract.samples import samples

    done = cvtex("build", samples() / "full.yaml", "--embed", "-o", "cv.pdf")
    assert done.status == 0, done.err
    done = cvtex("import", "cv.pdf", "-o", "mine")
    assert done.status == 0 and ", 0 lost" in done.err, done.err
    first = source.read(source.find(samples() / "full.yaml", public=True)).resume
    second = source.read(source.find(tmp_path / "mine", public=False, environ={})).resume
    assert first and second
    assert (first.work[1:], first.grants, first.languages) == (
        second.work[1:], second.grants, second.languages,
    )  # fmt: skip
    assert [own.name for own in second.custom] == [own.name for own in first.custom]
    assert len(second.publications) == len(first.publications)


def test_another_pdf_is_no_source(cvtex: Program, tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "old.pdf")
    done = cvtex("import", "old.pdf")
    assert done.status == 1
    assert "old.pdf: error: this PDF holds no data of cvtex" in done.err


GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "coming-from.md").read_text()
OF_TOOL = {
    "RenderCV": ("rendercv.yaml", "rendercv-1.yaml"),
    "moderncv": ("moderncv.tex",),
    "Awesome-CV": ("awesome.tex",),
}
BY_HAND = {"publications"}
"""Files that the guide names as another way than what `cvtex import` takes."""


def places(tool: str) -> set[tuple[str, str]]:
    """Return the files of `data/` and the keys in them that the guide names for a tool."""
    text = GUIDE.partition(f"\n## {tool}\n")[2].partition("\n## ")[0]
    found = set()
    for row in re.findall(r"^\| .* \| (.*) \|$", text, re.MULTILINE)[1:]:
        for part in re.split(r"[;(]", row):
            file = re.search(r"`data/(\w+)\.yaml`", part)
            keys = re.findall(r"`(\w+)`", part)
            found |= {(file[1], key) for key in keys if file and file[1] not in BY_HAND}
    return found - {("basics", "image")}  # of a file that must be there


def keys_of(node: Any) -> set[str]:
    if isinstance(node, Map):
        return set(node.pairs) | {k for _, value in node.pairs.values() for k in keys_of(value)}
    return {k for item in node.items for k in keys_of(item)} if isinstance(node, List) else set()


@pytest.mark.parametrize("tool", OF_TOOL)
def test_the_guide_says_where_things_go(tool: str, tmp_path: Path) -> None:
    made: set[tuple[str, str]] = set()
    for number, name in enumerate(OF_TOOL[tool]):
        (tmp_path / str(number)).mkdir()
        _, folder = imported(name, tmp_path / str(number))
        for file in (folder / "data").glob("*.yaml"):
            node = yaml_text.read(file.read_text(), file.name, Problems())
            made |= {(file.stem, key) for key in keys_of(node)}
    assert len(places(tool)) > 10
    assert places(tool) - made == set()


@pytest.mark.tex
def test_nine_kinds_of_entries_are_built_with_no_text_lost(cvtex: Program, tmp_path: Path) -> None:
    """A build reads its PDF back and fails where a text of the data is not in it."""
    done = cvtex("import", FILES / "rendercv.yaml", "-o", "mine", "--format", "json")
    assert json.loads(done.out)["lost"] == []
    done = cvtex("build", "mine", "-o", "cv.pdf")
    assert done.status == 0, done.err
