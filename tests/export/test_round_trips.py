"""Out to another form and back: the same data, or less by what was told."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvtex import import_, pipeline, source
from cvtex.commands.export import _whole, written
from cvtex.contract.samples import samples
from cvtex.diagnostics import Diagnostic
from cvtex.import_ import project
from cvtex.model import Resume
from cvtex.request import Request
from prepared import none_here
from shared import ROOT, Program

KNOWN = {
    "themes": frozenset({"classic", "moderncv", "academic", "linear"}),
    "languages": frozenset({"en", "de", "fr", "es", "it", "pt", "nl"}),
}
SOURCES = [*sorted(samples().glob("*.yaml")), ROOT]


def exported(path: Path, form: str, place: Path) -> tuple[Path, pipeline.Checked, Any]:
    """Write a CV in a form, private values included."""
    checked = pipeline.check(Request(path=path, pdf=False))
    none_here(checked.diagnostics)
    assert checked.prepared, checked.diagnostics
    whole = _whole(checked, path) if form == "json-resume" else None
    made, notes = written(form, checked.prepared[0], None, whole)
    file = place / ("resume.json" if whole else "rendercv.yaml")
    file.write_bytes(made)
    return file, checked, notes


def imported(file: Path, folder: Path) -> tuple[project.Imported, Path]:
    """Make a project of a file."""
    found = import_.read(file, KNOWN)
    texts = {name: text.encode() for name, text in project.texts(found).items()}
    for name, content in (texts | found.files_made).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return found, folder


def resume_at(path: Path) -> Resume:
    reading = source.read(source.find(path, public=False, environ={}))
    assert reading.resume, reading.diagnostics
    return reading.resume


def same(first: Resume, second: Resume) -> None:
    """Compare what was read of two projects; options of themes are trees, read later."""
    for field in dataclasses.fields(Resume):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if field.name == "basics":  # the photo lies in data/ now
            one, other = (dataclasses.replace(b, image=None) for b in (one, other))
        if field.name == "custom":
            one, other = (sorted(part, key=lambda own: own.name) for part in (one, other))
        if field.name == "meta":
            assert other.sections[: len(one.sections)] == one.sections
            other = dataclasses.replace(other, sections=one.sections)
            assert one.themes.keys() == other.themes.keys()
            assert one.variants.keys() == other.variants.keys()
            one, other = (dataclasses.replace(m, themes={}, variants={}) for m in (one, other))
        assert one == other, field.name


CVS = sorted((ROOT / "tests" / "export" / "cvs").glob("*.yaml"))


@pytest.mark.parametrize("path", [*SOURCES, *CVS], ids=lambda path: path.stem)
def test_all_of_the_data_comes_back(path: Path, tmp_path: Path) -> None:
    file, _, _ = exported(path, "json-resume", tmp_path)
    found, folder = imported(file, tmp_path / "project")
    assert (found.ledger.lost, found.ledger.changed) == ([], [])
    same(resume_at(path), resume_at(folder))
    again, _, _ = exported(folder, "json-resume", tmp_path / "project")
    trees = (json.loads(f.read_bytes())["meta"]["x-cvtex"]["data"] for f in (file, again))
    one, other = ({**tree, "basics": tree["basics"] | {"location": 0}} for tree in trees)
    if path.stem == "rare":  # the order of sections of one's own that is not by the alphabet
        assert other["meta"]["sections"][3:] == [
            "volunteer", "projects", "publications", "patents", "grants", "awards", "certificates",
            "memberships", "skills", "languages", "interests", "references", "method", "words",
            "talks",
        ]  # fmt: skip
        del other["meta"]["sections"][3:]
    assert one == other


WORDS = st.text(st.sampled_from("abc ÄŒ\"'\\{}[]<>&*_`#:-,.%$~/!|"), min_size=1, max_size=12)
TEXTS = WORDS.map(str.strip).filter(lambda t: any(c.isalpha() for c in t))
TAGS = st.lists(st.sampled_from(["go", "ops", "ai"]), unique=True, max_size=2)
CHOICE: dict[str, st.SearchStrategy[Any]] = {
    "tags": TAGS,
    "priority": st.integers(0, 9).map(str),
    "id": st.sampled_from(["a", "b"]),
}
SAID: st.SearchStrategy[Any] = st.one_of(TEXTS, st.fixed_dictionaries({"en": TEXTS, "de": TEXTS}))
BULLET: st.SearchStrategy[Any] = st.one_of(
    SAID,
    st.fixed_dictionaries(
        {"text": SAID},
        optional={
            "tags": TAGS,
            "priority": st.integers(0, 9).map(str),
            "variants": st.fixed_dictionaries({"backend": TEXTS}),
            "highlights": st.lists(TEXTS, min_size=1, max_size=2),
        },
    ),
)


def _identity(record: dict[str, Any]) -> str:
    return str(record.get("id", id(record)))


JOB: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"name": TEXTS, "highlights": st.lists(BULLET, max_size=3)},
    optional={**CHOICE, "startDate": st.sampled_from(["2019", "Summer 2021"])},
)
SECTIONS: dict[str, st.SearchStrategy[Any]] = {
    "basics": st.fixed_dictionaries(
        {"name": TEXTS},
        optional={"label": SAID, "phone": st.just("+49 30 23125 000"), "x-mine": TEXTS},
    ),
    "meta": st.just({"languages": ["en", "de"], "theme": "classic"}),
    "variants": st.just({"backend": {"include": ["go"], "most": {"work": "1"}}}),
}
MORE: dict[str, st.SearchStrategy[Any]] = {
    "work": st.lists(JOB, min_size=1, max_size=2, unique_by=_identity),
    "talks": st.fixed_dictionaries(
        {"title": SAID, "entries": st.lists(TEXTS, min_size=1, max_size=2)}
    ),
}
CV = st.fixed_dictionaries(SECTIONS, optional=MORE)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=30,
    deadline=None,
)
@given(cv=CV)
def test_any_data_comes_back(cv: dict[str, Any], tmp_path: Path) -> None:
    """Tags, priorities, ids, wordings, variants, languages and keys of one's own included."""
    file = tmp_path / "cv.yaml"
    file.write_text(yaml.dump(cv, allow_unicode=True, sort_keys=False))
    checked = pipeline.check(Request(path=file, pdf=False))
    if not checked.prepared:
        return  # it says what is wrong; there is nothing to export
    made, _, _ = exported(file, "json-resume", tmp_path)
    assert json.loads(made.read_bytes())["meta"]["x-cvtex"]["data"] == cv
    import shutil

    shutil.rmtree(tmp_path / "project", ignore_errors=True)
    _, folder = imported(made, tmp_path / "project")
    same(resume_at(file), resume_at(folder))
    same(resume_at(file), resume_at(made))  # `build` reads it, too


def test_tex_and_the_photo_come_back(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "bib").mkdir()
    (tmp_path / "data" / "basics.yaml").write_text(
        "name: Ana\nimage: me.png\nsummary: !tex 'By \\LaTeX'\n"
    )
    (tmp_path / "data" / "me.png").write_bytes((samples() / "photo.png").read_bytes())
    (tmp_path / "bib" / "a.bib").write_text("@book{a, title = {T}, note = {kept}}\n")
    (tmp_path / "data" / "private.yaml").write_text("basics: {email: a@example.org}\n")
    file, _, _ = exported(tmp_path, "json-resume", tmp_path)
    _, folder = imported(file, tmp_path / "project")
    assert (folder / "data/me.png").read_bytes() == (samples() / "photo.png").read_bytes()
    assert (folder / "bib/a.bib").read_text() == (tmp_path / "bib/a.bib").read_text()
    same(resume_at(tmp_path), resume_at(folder))
    assert resume_at(folder).basics.summary.tex  # type: ignore[union-attr]


def test_a_public_export_holds_no_more_than_is_printed(cvtex: Program, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text("basics: {name: Ana, x-secret: hidden}\n")
    shown = cvtex("export", "json-resume", "cv.yaml", "-o", "-").out
    assert "hidden" not in shown
    assert "hidden" in cvtex("export", "json-resume", "cv.yaml", "--private", "-o", "-").out


def test_letters_in_files_of_their_own_come_back(cvtex: Program, tmp_path: Path) -> None:
    letter = 'subject: "A post"\nbody: |-\n  First.\n\n  Then **more**.\nsignature: %s\n'
    (tmp_path / "data" / "letters").mkdir(parents=True)
    (tmp_path / "data" / "basics.yaml").write_text("name: Ana\n")
    signed = letter % "private-ana.png"
    (tmp_path / "data" / "letters" / "acme.yaml").write_text(signed)
    (tmp_path / "data" / "letters" / "other.yaml").write_text(letter % "lost.png")
    (tmp_path / "data" / "private-ana.png").write_bytes(b"\x89PNG signature")
    (tmp_path / "data" / "meta.yaml").write_text("files: [seal.pdf]\n")
    (tmp_path / "seal.pdf").write_bytes(b"%PDF seal")
    done = cvtex("export", "json-resume", "--private", "-o", "all.json")
    assert done.status == 0, done.err
    assert (
        "data/letters/other.yaml:6:12: warning: the file lost.png is not in the export" in done.err
    )
    assert done.err.count("is not in the export") == 1
    assert cvtex("import", "all.json", "-o", "back").status == 0
    back = yaml.safe_load((tmp_path / "back/data/letters/acme.yaml").read_text())
    assert back == yaml.safe_load(signed)
    assert (tmp_path / "back/data/private-ana.png").read_bytes() == b"\x89PNG signature"
    assert (tmp_path / "back/seal.pdf").read_bytes() == b"%PDF seal"
    assert "A post" not in cvtex("export", "json-resume", "-o", "-").out


def test_a_file_of_an_export_is_not_written_where_it_would_be_run(tmp_path: Path) -> None:
    import base64

    packed = base64.b64encode(b"x").decode()
    paths = ("themes/a/theme.py", "../x.png", "/tmp/x.png", ".git/hooks/x", "data/work.yaml",
             "build/x.pdf", "x.py", "data/seal.png")  # fmt: skip
    own = {"data": {"basics": {"name": "Ana"}}, "files": dict.fromkeys(paths, packed)}
    tree = {"basics": {"name": "Ana"}, "meta": {"x-cvtex": own}}
    (tmp_path / "all.json").write_text(json.dumps(tree))
    assert list(import_.read(tmp_path / "all.json", KNOWN).files_made) == ["data/seal.png"]


# --- RenderCV -----------------------------------------------------------------------------

BACK = ("work", "volunteer", "education", "projects", "skills", "languages", "interests")


def told(notes: tuple[Diagnostic, ...], record: Any) -> bool:
    """Tell whether something was said of a record: a note at one of its lines."""
    where = record.source
    return any(
        note.source
        and note.source.file == where.file
        and where.line <= note.source.line <= max(where.end, where.line)
        for note in notes
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_rendercv_gives_back_all_but_what_was_told(path: Path, tmp_path: Path) -> None:
    file, checked, notes = exported(path, "rendercv", tmp_path)
    _, folder = imported(file, tmp_path / "project")
    first, second = checked.prepared[0].resume, resume_at(folder)
    assert first.basics.name == second.basics.name
    orders = [[s.name for s in one.meta.sections if s.name in BACK] for one in (first, second)]
    both = set(orders[0]) & set(orders[1])
    assert [n for n in orders[0] if n in both] == [n for n in orders[1] if n in both]
    compared = 0
    for name in BACK:
        records, back = getattr(first, name), list(getattr(second, name))
        for record in records:
            if not told(notes, record):
                plain = dataclasses.replace(record, tags=(), id=None, priority=5)
                if hasattr(plain, "page_break"):
                    plain = dataclasses.replace(plain, page_break=False)
                assert plain in back, (name, record)
                compared += 1
    assert compared or path.stem != "full"


def test_rendercv_is_written_as_rendercv_has_it(tmp_path: Path) -> None:
    file, _, notes = exported(samples() / "full.yaml", "rendercv", tmp_path)
    data = yaml.safe_load(file.read_text())
    cv = data["cv"]
    assert {"network": "ORCID", "username": "0000-0002-1825-0097"} in cv["social_networks"]
    first = cv["sections"]["Experience"][0]
    assert first["company"] == "[Institute of Standards](https://standards.example.org)"
    assert str(first["start_date"]) == "2021-12-05"
    assert first["highlights"][1].startswith("Rebuilt the pipeline of the length laboratory - from")
    assert (data["design"], data["locale"]) == ({"theme": "classic"}, {"language": "english"})
    said = {note.message for note in notes}
    assert "team stands behind the position" in said
    for entries in cv["sections"].values():  # one kind of entry in each
        assert len({type(entry) for entry in entries}) == 1
