"""Files of other tools and people that `import` and `extract` read: what they unpack to, where
what they hold is written, and what is trusted of it."""

from __future__ import annotations

import base64
import json
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest
from PIL import Image

from cvtex import trust
from cvtex.pdf import attached
from cvtex.photo import drawing
from safety.places import Place
from shared import Program

OUTSIDE = "../../../evil", "a/../../../../evil", "/tmp/evil", "..", "a\\..\\b", "C:x", "a\nb"


def whole(**more: Any) -> str:
    """Return a JSON Resume as `cvtex export json-resume --private` writes it, with more in it."""
    data = {"basics": {"name": "Ada"}, **more.pop("data", {})}
    meta = {"x-cvtex": {"data": data, **more}}
    return json.dumps({"basics": {"name": "Ada"}, "meta": meta})


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("kind", ["section", "letter", "bibliography"])
def test_no_name_leads_out_of_the_project(
    place: Place, cvtex: Program, kind: str, name: str
) -> None:
    texts = {
        "section": whole(data={name: {"title": "T", "entries": [{"name": "a"}]}}),
        "letter": whole(data={"letters": {name: {"body": "Hello"}}}),
        "bibliography": whole(bib={f"{name}.bib": "@misc{a, title={T}}", name: "@misc{b}"}),
    }
    file = place.project / "resume.json"
    file.write_text(texts[kind])
    before = sorted(place.project.parent.rglob("*"))
    done = cvtex("import", "resume.json", "-o", "new", cwd=place.project)
    assert "Traceback" not in done.err
    made = set(place.project.parent.rglob("*")) - {*before}
    assert all(path.is_relative_to(place.project / "new") for path in made)
    assert done.status == 1 or kind == "bibliography"
    assert place.harm() == []


def test_only_files_that_a_cv_names_come_out_of_an_export(place: Place, cvtex: Program) -> None:
    """What another program would run or obey is not among them."""
    content = base64.b64encode(b"evil").decode()
    obeyed = [
        *("Makefile", "latexmkrc", ".latexmkrc", ".envrc", ".git/config", ".vscode/tasks.json"),
        *("pyproject.toml", "package.json", "conftest.py", "run.sh", "themes/x/theme.py"),
        *(".github/workflows/x.yml", "data/private.yaml", "build/x.pdf", "a/b/c/d.pdf"),
    ]
    named = ["logo.pdf", "data/signature.png", "fonts/own.otf", "mine.sty"]
    files = dict.fromkeys([*obeyed, *named], content)
    (place.project / "resume.json").write_text(whole(files=files))
    cvtex("import", "resume.json", "-o", "new", cwd=place.project)
    new = place.project / "new"
    found = {
        path.relative_to(new).as_posix()
        for path in new.rglob("*")
        if path.is_file() and path.read_bytes() == b"evil"
    }
    assert found == {*named}


@pytest.mark.tex
def test_raw_tex_of_somebody_else_is_not_trusted(place: Place, cvtex: Program) -> None:
    """What was imported is trusted as one's own, but for raw TeX: without a sandbox it asks."""
    own, other = whole(), whole(data={"work": [{"name": {"!tex": "\\relax"}}]})
    for name, text in {"own": own, "other": other}.items():
        (place.project / f"{name}.json").write_text(text)
        state = place.home / "state"
        done = cvtex("import", f"{name}.json", cwd=place.project, XDG_STATE_HOME=str(state))
        assert done.status == 0, done.err
    trusted = json.loads((state / "cvtex/trusted").read_text())
    assert [Path(folder).name for folder in trusted] == ["own-cv"]
    assert "!tex" in (place.project / "other-cv/data/work.yaml").read_text()
    built = cvtex("build", "other-cv", cwd=place.project, CVTEX_SANDBOX="off",
                  XDG_STATE_HOME=str(state))  # fmt: skip
    assert built.status == 2 and "raw TeX" in built.err and trust.HINT in built.err


def test_a_zip_that_is_a_bomb_or_names_files_outside(place: Place, cvtex: Program) -> None:
    with zipfile.ZipFile(place.project / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../Profile.csv", "First Name,Last Name\nAda,Example\n")
        archive.writestr("/etc/Positions.csv", "Company Name,Title\nAcme,Engineer\n")
        archive.writestr("Skills.csv", "Name\n" + "0" * 300_000_000)
        archive.writestr("messages.csv", "0" * 300_000_000)
    done = cvtex("import", "a.zip", "-o", "new", cwd=place.project)
    assert done.status == 1
    assert "a.zip/Skills.csv: error: the file has more than 5,000,000 bytes" in done.err
    assert not (place.project / "new").exists()
    assert place.harm() == []


def with_file(content: bytes, **entries: Any) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    attached.attach(pdf, {"resume.json": b"{}"}, 0)
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    stream.write(content, **entries)
    return pdf


@pytest.mark.parametrize("times", [1, 2])
def test_a_file_in_a_pdf_is_unpacked_no_further_than_it_may_be_long(
    tmp_path: Path, times: int
) -> None:
    import tracemalloc

    bomb = b"0" * 400_000_000
    for _ in range(times):
        bomb = zlib.compress(bomb, 9)
    filters = pikepdf.Array([pikepdf.Name.FlateDecode] * times)
    with_file(bomb, filter=filters).save(tmp_path / "a.pdf", compress_streams=False)
    del bomb
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"larger than 16 MB|packed in a way"):
        attached.extract(tmp_path / "a.pdf")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80_000_000


def test_names_of_files_in_a_pdf_lead_nowhere(place: Place, cvtex: Program) -> None:
    """Those of cvtex are taken out by their names, and no others."""
    pdf = with_file(b'{"basics": {"name": "Ada"}}')
    for name in ("../evil", "/tmp/evil", "resume.json/../x", "latexmkrc"):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"evil", filename="../../evil")
    pdf.save(place.project / "a.pdf")
    before = {*place.project.parent.rglob("*")}
    done = cvtex("extract", "a.pdf", "-o", "out", cwd=place.project)
    assert done.status == 0, done.err
    made = {*place.project.parent.rglob("*")} - before
    assert made == {place.project / "out", place.project / "out/resume.json"}
    assert place.harm() == []


@pytest.mark.parametrize("form", ["base64", "percent", "fragment"])
def test_a_drawing_within_a_drawing_shows_no_file(tmp_path: Path, form: str) -> None:
    """A photo in SVG may hold pictures, but those of the user's disk are not among them."""
    pytest.importorskip("resvg_py")
    Image.new("RGB", (9, 9), "red").save(tmp_path / "own.png")
    space = 'xmlns="http://www.w3.org/2000/svg" width="9" height="9"'
    inner = f'<svg {space}><image width="9" height="9" href="{tmp_path}/own.png"/></svg>'
    link = {
        "base64": "data:image/svg+xml;base64," + base64.b64encode(inner.encode()).decode(),
        "percent": "data:image/svg+xml," + quote(inner),
        "fragment": f"data:x#{tmp_path}/own.png",
    }[form]
    outer = (
        f'<svg {space}><rect width="9" height="9" fill="#0f0"/>'
        f'<image width="9" height="9" href="{link}"/></svg>'
    )
    shown = Image.open(BytesIO(drawing.drawn(outer.encode()).data)).convert("RGB")
    assert {colour for _, colour in shown.getcolors() or ()} == {(0, 255, 0)}
