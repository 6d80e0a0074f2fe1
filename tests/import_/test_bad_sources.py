"""Sources that are broken, odd or made to do harm: told at their line, and nothing is written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cvtex import import_
from cvtex.diagnostics import CvtexError
from shared import Program

KNOWN = {"themes": frozenset({"classic", "moderncv"}), "languages": frozenset({"en", "de"})}
HEAD = "\\documentclass{moderncv}\n\\name{Ada}{Lee}\n"
BODY = "\\begin{document}\n\\section{Experience}\n"


def packed(**files: str | bytes) -> bytes:
    """Return a ZIP of CSV files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.csv", content)
    return held.getvalue()


def damaged() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("Profile.csv", "First Name\nAda\n")
    return held.getvalue().replace(b"Ada", b"Bda", 1)


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "empty.yaml": ("", "empty.yaml: error: the file is empty"),
    "empty.json": ("", "empty.json:1:1: error: the file ends before"),
    "empty.tex": ("", "empty.tex:1: error: the class of this document is none"),
    "binary.tex": (b"\x7fELF\0\1", "binary.tex: error: this is no text"),
    "binary.json": (b"\x89PNG\0\xff", "binary.json:1:1: error: this file is not in UTF-8"),
    "binary.pdf": (b"%PDF-1.4 junk", "binary.pdf: error: the PDF cannot be read"),
    "binary.zip": (b"PK\3\4junk", "binary.zip: error: this is no file that cvtex can import"),
    "half.json": (r'{"basics": {"name": "Ada \ud83d"}}',
                  "half.json:1:21: error: half a surrogate pair (U+D83D) is no character"),
    "half-key.json": (r'{"basics": {"name": "Ada"}, "\udc80x": [1]}',
                      "half-key.json:1:29: error: half a surrogate pair (U+DC80) is no character"),
    "null.yaml": ("cv:\n", "null.yaml: error: this is no file that cvtex can import"),
    "list.json": ("[1, 2]", "list.json: error: this is no file that cvtex can import"),
    "brace.tex": (HEAD + BODY + "\\cventry{2020}{A}{B}{C}{}{open {brace\n\\end{document}",
                  "brace.tex:5:26: error: this brace is not closed"),
    "latin.tex": ((HEAD + "\\title{Müller}").encode("latin-1"),
                  "latin.tex:3: error: the text is not UTF-8"),
    "itself.tex": (HEAD + "\\input{itself}", "itself.tex: error: the document is too large, or"),
    "bomb.zip": (packed(Profile="First Name\n" + "0" * 6_000_000),
                 "bomb.zip/Profile.csv: error: the file has more than 5,000,000 bytes"),
    "cell.zip": (packed(Profile='First Name\n"' + "0" * 200_000 + '"\n'),
                 "cell.zip/Profile.csv:2: error: this is no CSV"),
    "damaged.zip": (damaged(), "damaged.zip/Profile.csv: error: the ZIP is damaged"),
    "latin.zip": (packed(Profile="First Name\nZoë\n".encode("latin-1")),
                  "latin.zip/Profile.csv:2: error: the text is not UTF-8"),
    "aliases.yaml": ("a: &a [x,x,x,x,x,x,x,x,x]\n"
                     + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n"
                               for a, b in zip("abcdefgh", "bcdefghi", strict=True))
                     + "cv: {name: A, sections: {s: *i}}\n",
                     "error: the aliases make more than 100000 values"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    content, told = BROKEN[name]
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CvtexError) as caught:
        import_.read(tmp_path / name, KNOWN)
    said = "\n".join(
        f"{d.source or name}: {d.severity}: {d.message}" for d in caught.value.diagnostics
    )
    assert told in said


@pytest.mark.parametrize(
    "tree",
    [
        {"basics": "text", "work": [1, "a", None, {"name": [1, 2]}]},
        {"cv": {"name": ["a"], "sections": ["x"]}},
        {"cv": {"name": "A", "sections": {"s": [{"foo": "bar"}, ["a", "b"], None], "t": "text",
                                          "u": {"a": "b"}, "education": ["plain"],
                                          "v": [{"company": "X", "highlights": "text",
                                                 "start_date": [1]}]}}},
        {"content": {"basics": {"name": "A"}, "work": [{"startDate": {"a": 1}}, "x"]},
         "layouts": ["x"]},
        {"basics": {"name": "A"}, "metadata": "x",
         "sections": {"experience": {"items": ["x", {"roles": "y"}]}, "x": {"items": None},
                      "skills": {"items": [{"level": [1]}]}}},
    ],
    ids=["json-resume", "rendercv", "entries", "yamlresume", "reactive"],
)  # fmt: skip
def test_values_of_no_known_form_are_listed(tree: Any, tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text(json.dumps(tree))
    ledger = import_.read(tmp_path / "odd.json", KNOWN).ledger
    assert ledger.lost
    listed = len(ledger.lost) + len(ledger.changed) + len(ledger.settings)
    there = [s for _, s in ledger.everything if s.text not in ("", "null")]
    assert ledger.kept + listed == len(there)


def test_a_document_in_an_old_encoding_or_of_windows(tmp_path: Path) -> None:
    text = (
        f"{HEAD}\\usepackage[latin1]{{inputenc}}\n\\title{{Müller}}\n{BODY}\\cventry{{2020}}{{T}}"
    )
    text += "{O}{P}{}{one\n\ntwo}\n\\end{document}\n"
    (tmp_path / "cv.tex").write_bytes(text.replace("\n", "\r\n").encode("latin-1"))
    found = import_.read(tmp_path / "cv.tex", KNOWN)
    assert found.basics["label"] == "Müller"
    assert found.sections["work"][0]["summary"] == "one\n\ntwo"
    assert [one.source.line for one in found.ledger.settings] == [1, 3, 3]


def test_macros_that_never_end(tmp_path: Path) -> None:
    many = "".join(
        f"\\newcommand{{\\x{b}}}{{" + f"\\x{a}" * 10 + "}"
        for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    turns = r"\newcommand{\again}{\cventry{1}{2}{3}{4}{5}{6}\again\again}"
    text = rf"{HEAD}{many}{turns}{BODY}\again\cvlistitem{{\xk}}\end{{document}}"
    (tmp_path / "cv.tex").write_text(text)
    assert len(import_.read(tmp_path / "cv.tex", KNOWN).sections) < 10


def test_only_pictures_of_the_folder_are_copied(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    inside = tmp_path / "cv"
    inside.mkdir()
    (inside / "key.pem").write_text("secret")
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    for name in ("../secret.png", "key.pem", "link.png", "nothing.png"):
        (inside / "resume.json").write_text(json.dumps({"basics": {"name": "A", "image": name}}))
        assert import_.read(inside / "resume.json", KNOWN).files == {}
        (inside / "cv.yaml").write_text(f"cv: {{name: A, photo: {name}}}")
        found = import_.read(inside / "cv.yaml", KNOWN)
        assert found.files == {} and [entry.value for entry in found.ledger.lost] == [name]


def test_nothing_is_written_over(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text("cv: {name: Ada}")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for target in ("mine", "file"):
        done = cvtex("import", "cv.yaml", "-o", target)
        assert done.status == 1 and f"{target} is not empty" in done.err
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert (tmp_path / "file").read_text() == "mine"


def test_a_source_that_names_nobody_is_an_error(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text(
        HEAD.replace("\\name{Ada}{Lee}", "") + BODY + "\\cvlistitem{x}"
    )
    done = cvtex("import", "cv.tex", "-o", "mine")
    assert done.status == 1 and "there are no basics" in done.err


@pytest.mark.parametrize("name", ["resume-0.json", "resume-all.json", "rendercv.yaml"])
def test_the_data_in_a_pdf_are_those_of_the_file(cvtex: Program, tmp_path: Path, name: str) -> None:
    """Three invented PDFs, made by another program around what cvtex puts into its own."""
    import pikepdf

    file = Path(__file__).parent / "files" / name
    done = cvtex("import", file, "-o", "first")
    assert done.status == 0, done.err
    form = ["--private"] if name != "resume-0.json" else []
    assert cvtex("export", "json-resume", "first", *form, "-o", "resume.json").status == 0
    with pikepdf.new() as document:
        document.add_blank_page()
        spec = pikepdf.AttachedFileSpec(document, (tmp_path / "resume.json").read_bytes())
        document.attachments["resume.json"] = spec
        document.save(tmp_path / "cv.pdf")
    for source, target in (("resume.json", "second"), ("cv.pdf", "third")):
        done = cvtex("import", source, "-o", target)
        assert done.status == 0 and ", 0 lost" in done.err, done.err
    files = [path for path in (tmp_path / "third").rglob("*") if path.suffix in (".yaml", ".bib")]
    assert len(files) >= 5
    for path in files:
        twin = tmp_path / "second" / path.relative_to(tmp_path / "third")
        assert path.read_bytes() == twin.read_bytes()
