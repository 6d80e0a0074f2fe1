"""One table of the kinds of record: all else is made of it, or is held against it here."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from pathlib import Path

import pytest

import cvtex
from cvtex import model, source
from cvtex.contract.samples import samples
from cvtex.diagnostics import CvtexError
from cvtex.latex import Theme, render
from cvtex.model import KINDS, Record, Resume

HINTS = typing.get_type_hints(Resume)


def test_the_names_of_the_kinds_are_those_of_the_table() -> None:
    assert typing.get_args(model.Kind) == tuple(KINDS)
    assert [row.name for row in KINDS.values()] == list(KINDS)


def test_a_cv_has_a_field_for_each_kind_in_the_same_order() -> None:
    lists = {
        field.name: typing.get_args(HINTS[field.name])[0]
        for field in dataclasses.fields(Resume)
        if typing.get_origin(HINTS[field.name]) is tuple and field.name != "custom"
    }
    assert lists == {name: row.record for name, row in KINDS.items()}
    assert list(lists) == list(KINDS)


def test_each_class_of_records_is_in_the_table() -> None:
    classes = {
        kind
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, Record) and kind is not Record
    }
    rows = KINDS.values()
    assert classes == {row.record for row in rows} | {row.typed for row in rows}
    assert len({row.record for row in rows}) == len(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_theme_has_a_method_for_each_kind(name: model.Kind) -> None:
    row = KINDS[name]
    method = getattr(Theme, row.singular)
    parameters = list(inspect.signature(method).parameters.values())
    assert parameters[1].annotation == f"model.{row.record.__name__}"
    assert inspect.getdoc(method), "a theme's author reads it"
    assert row.record.__name__.lower() == row.singular


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_has_a_title_in_english(name: model.Kind) -> None:
    assert source.words("en").sections[name]


def test_the_whole_sample_has_every_kind() -> None:
    resume = cvtex.read(samples() / "full.yaml")
    assert [name for name in KINDS if not getattr(resume, name)] == []


# --- what is read is in the document -----------------------------------------------


def complaints(path: Path, **options: typing.Any) -> list[str]:
    with pytest.raises(CvtexError) as failure:
        cvtex.render(path, **options)
    return [f"{d.source}: {d.message}" for d in failure.value.diagnostics]


@pytest.mark.parametrize("name", KINDS)
def test_a_row_that_the_renderer_forgot_is_told(
    name: model.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = {kind: row for kind, row in KINDS.items() if kind != name}
    monkeypatch.setattr(render, "KINDS", rest)
    if name == "projects":  # the section of talks is of this kind too
        with pytest.raises(KeyError):
            cvtex.render(samples() / "full.yaml", engine="pdflatex")
        return
    [said] = complaints(samples() / "full.yaml", engine="pdflatex")
    assert said.startswith("full.yaml:")
    assert said.endswith(f": the section {name} is not in the document")


@pytest.mark.parametrize("name", KINDS)
def test_a_theme_that_sets_nothing_is_told(
    name: model.Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "themes" / "deaf"
    folder.mkdir(parents=True)
    (folder / "theme.py").write_text(
        "from cvtex.latex import shipped_theme\n"
        "class Theme(shipped_theme('classic')):\n"
        f"    def {KINDS[name].singular}(self, *record):\n"
        "        return []\n"
    )
    theme = {"theme": str(folder), "trust": True, "engine": "pdflatex"}
    assert f"the section {name} is not in the document" in "\n".join(
        complaints(samples() / "full.yaml", **theme)
    )


def test_what_the_cv_itself_leaves_out_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "basics.yaml").write_text("name: Ada Lovelace\n")
    (tmp_path / "data" / "skills.yaml").write_text("[{name: Poetry}, {name: Proof}]\n")
    (tmp_path / "data" / "meta.yaml").write_text("hide: [skills]\npublications: {selected: true}\n")
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "p.bib").write_text(
        "@article{a, title={One}, author={A. B}, journal={J}, year={2020}, selected={true}}\n"
        "@article{b, title={Two}, author={A. B}, journal={J}, year={2020}}\n"
    )
    tex = cvtex.render(tmp_path, engine="pdflatex")
    assert "One" in tex and "Two" not in tex and "Proof" not in tex


def test_one_of_two_records_on_one_line_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "basics.yaml").write_text("name: Ada Lovelace\n")
    (tmp_path / "data" / "skills.yaml").write_text("[{name: Poetry}, {name: Proof}]\n")
    whole = render.contents

    def first_only(*given: typing.Any) -> typing.Any:
        return tuple(
            dataclasses.replace(
                content,
                section=dataclasses.replace(content.section, records=content.section.records[:1]),
            )
            for content in whole(*given)
        )

    monkeypatch.setattr(render, "contents", first_only)
    [said] = complaints(tmp_path, engine="pdflatex")
    assert said == "data/skills.yaml:1:18: 1 of 2 records of skills are not in the document"
