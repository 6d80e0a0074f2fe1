"""A CV written as YAML or JSON and read again is the same CV."""

import dataclasses
import json
import tempfile
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cvtex import model, source
from cvtex.diagnostics import Source
from cvtex.model import Date, Email, Prose, Resume, Text, Url
from cvtex.source.records.convert import UNSEEN, keys
from cvtex.source.syntax.characters import normalise

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Cf"]),
    min_size=1,
    max_size=20,
)

QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # so large a value shrinks for minutes
)


def is_plain(text: str) -> bool:
    return text.strip() == text and text not in ("", "~") and normalise(text) == (text, ())


LINES = st.one_of(
    WORDS, st.sampled_from(["- a", "a: b", "a #b", "*a*", "null", "1.10", "no", "C:\\x", "'", '"'])
).filter(is_plain)
DATES = st.one_of(
    st.builds(Date, st.integers(1950, 2020)),
    st.builds(Date, st.integers(1950, 2020), st.integers(1, 12)),
    st.builds(Date, st.integers(1950, 2020), st.integers(1, 12), st.integers(1, 28)),
)
URLS = st.sampled_from(["https://example.org/a_b?c=d#e", "http://a.example", "mailto:a@b.example"])


def values(hint: Any, name: str = "") -> Any:
    """Return a strategy for values of a field's type, such as could have been read."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(values(part) for part in arguments))
    if hint is types.NoneType:
        return st.none()
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.just({})
    if hint is Date:
        return DATES
    if hint is Url:
        return URLS.map(Url)
    if hint is Email:
        return st.just(Email("ada@example.org"))
    if hint is Prose:
        return st.lists(LINES, min_size=1, max_size=2).map("\n\n".join).map(Prose)
    if hint is Text:
        return LINES.map(Text)
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(1, 9)
    if hint is model.Highlight:
        leaf = st.builds(model.Highlight, text=values(Prose), tags=values(tuple[Text, ...]))
        nested = st.lists(leaf, min_size=1, max_size=2).map(tuple)
        return leaf | st.builds(model.Highlight, text=values(Prose), highlights=nested)
    return records(hint)


@st.composite
def records(draw: st.DrawFn, kind: type) -> Any:
    """Return a record that says something and in which nothing contradicts."""
    hints = typing.get_type_hints(kind)
    found = {}
    for field in dataclasses.fields(kind):
        if hints[field.name] is not Source:
            found[field.name] = draw(values(hints[field.name], field.name))
    if found.get("positions"):
        found |= {"position": None, "start_date": None, "end_date": None}
    if "start_date" in found and found["end_date"] and found["start_date"]:
        found["end_date"] = max(found["start_date"], found["end_date"])
        if str(found["end_date"]).startswith(str(found["start_date"])[:4]):
            found["end_date"] = None
    record = kind(**found)
    if all(value in (None, ()) for name, value in found.items() if name not in UNSEEN):
        first = next(n for n, h in hints.items() if Text in typing.get_args(h) and n not in UNSEEN)
        record = dataclasses.replace(record, **{first: Text("x")})
    return record


@st.composite
def resumes(draw: st.DrawFn) -> Any:
    hints = typing.get_type_hints(Resume)
    sections = {
        name: draw(values(hints[name]))
        for name in hints
        if name not in ("publications", "custom", "meta", "styles")
    }
    sections["basics"] = dataclasses.replace(sections["basics"], image=None)
    custom = model.CustomSection(
        name="talks",
        title=draw(values(Text)),
        kind="work",
        entries=draw(values(tuple[model.Work, ...])),
    )
    choices = (
        model.SectionChoice(name="talks"),
        model.SectionChoice(name="work", title=draw(values(Text))),
    )
    meta = model.Meta(
        theme=draw(values(Text)), sections=choices, hide=(Text("skills"),), page_limit=2
    )
    return Resume(**sections, custom=(custom,), meta=meta)


def written(value: Any) -> Any:
    """Return records as the plain data that a person would type."""
    if isinstance(value, model.SectionChoice):
        return {value.name: str(value.title)} if value.title else value.name
    if dataclasses.is_dataclass(value) and not isinstance(value, Date):
        found = {}
        for key, (field, _, _) in keys(value.__class__).items():
            inner = getattr(value, field)
            if inner not in (None, (), {}):
                found[key] = written(inner)
        return found
    if isinstance(value, tuple):
        return [written(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def sources(resume: Resume) -> Any:
    found: dict[str, Any] = {}
    for name, (field, _, _) in keys(Resume).items():
        if field == "custom":
            found |= {section.name: written(section) for section in resume.custom}
            for section in resume.custom:
                del found[section.name]["name"]
                found[section.name].pop("listSettings")
        elif field != "styles" and (inner := written(getattr(resume, field))):
            found[name] = inner
    return found


def read(files: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            file = Path(folder, name)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        path = Path(folder) if len(files) > 1 else file
        reading = source.read(source.find(path, public=True, environ={}))
    assert [d.message for d in reading.diagnostics if "profile" not in d.message] == []
    return reading.resume


@QUICK
@given(resumes(), st.sampled_from([None, "'", '"']), st.booleans(), st.sampled_from([30, 200]))
def test_yaml(resume: Resume, style: str | None, flow: bool, width: int) -> None:
    def dump(data: Any) -> Any:
        return yaml.safe_dump(
            data,
            default_style=style,
            default_flow_style=flow,
            allow_unicode=True,
            width=width,
            sort_keys=False,
        )

    data = sources(resume)
    assert read({"cv.yaml": dump(data)}) == resume
    assert read({f"data/{name}.yaml": dump(part) for name, part in data.items()}) == resume


@QUICK
@given(resumes(), st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_json(resume: Resume, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(sources(resume), ensure_ascii=ascii_only, indent=indent)
    assert read({"cv.json": text}) == resume
