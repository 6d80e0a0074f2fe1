"""The schema for editors accepts what the reader accepts, and the usual faults it does not."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import cases
from cases import Case
from cvtex.model import KINDS
from cvtex.source.records.synonyms import TOP
from cvtex.source.schema.schema import schema
from editors import Loader

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "src" / "cvtex" / "sample" / "data"
TONGUES = ROOT / "tests" / "tongues"
TRANSLATED = [*TONGUES.glob("designer/data/**/*.yaml"), *TONGUES.glob("user/**/*.yaml")]
FILES = sorted([*(ROOT / "data").glob("*.yaml"), *SAMPLE.glob("*.yaml"), *TRANSLATED])


def faults(value: Any, section: str | None = None) -> list[str]:
    made = schema(section)
    jsonschema.Draft202012Validator.check_schema(made)
    return [e.message for e in jsonschema.Draft202012Validator(made).iter_errors(value)]


@pytest.mark.parametrize("name", [None, *TOP, "private", "talks"])
def test_is_a_schema(name: str) -> None:
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$schema"].endswith("2020-12/schema")
    named = json.dumps(made)
    for definition in made["$defs"]:
        assert f"#/$defs/{definition}" in named


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.parent.name}-{f.name}")
def test_real_files_fit(file: Path) -> None:
    section = "private" if file.name == "private.example.yaml" else file.stem
    value = yaml.load(file.read_text("utf-8"), Loader)
    assert faults(value, section) == []


def test_a_source_in_three_languages_fits() -> None:
    assert faults(yaml.load((TONGUES / "asia.yaml").read_text("utf-8"), Loader)) == []


def test_what_a_translation_is_not() -> None:
    """A text in languages may be one for another; a number or a list is no text of them."""
    assert faults({"name": "A", "label": {"en": "X", "pt-BR": "Y"}}, "basics") == []
    assert faults({"name": "A", "label": {"en": ["X"], "de": "Y"}}, "basics")
    assert faults({"name": "A", "label": {"english": "X"}}, "basics")


def test_a_whole_source_fits() -> None:
    whole = {
        file.stem: yaml.load(file.read_text("utf-8"), Loader)
        for file in SAMPLE.glob("*.yaml")
        if file.stem != "private.example"
    }
    standard = {name for name, row in KINDS.items() if row.standard}
    assert set(whole) > {"basics", "meta", *standard}, "the sample has each of them once"
    assert faults(whole) == []


def test_json_resume_fits() -> None:
    text = (Path(__file__).parent / "resume.json").read_text("utf-8")
    assert faults(json.loads(text)) == []


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("basics", {"label": "x"}),
        ("basics", {"name": "Ada", "lable": "x"}),
        ("basics", {"name": ["Ada"]}),
        ("work", {"name": "A"}),
        ("work", [{"startDate": "sometime in 2021"}]),
        ("work", [{"highlights": "one"}]),
        ("work", [{"positions": [{"role": "x"}]}]),
        ("skills", [{"keywords": [{"a": 1}]}]),
        ("meta", {"pageLimit": "two"}),
        ("talks", {"entries": []}),
        ("talks", {"title": "Talks", "kind": "talks"}),
        ("talks", {"title": "Talks", "kind": "work", "entries": [{"entity": "x"}]}),
        ("talks", {"title": "Talks", "entries": [{"position": "x"}]}),
        ("grants", [{"name": "Clocks", "entity": "ERC"}]),
        ("awards", {"title": "Awards", "entries": []}),
        (None, {"work": []}),
        (None, {"basics": {"name": "Ada"}, "wrok": []}),
    ],
)
def test_faults_are_found(section: str, value: Any) -> None:
    assert faults(value, section)


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("basics", {"name": "Ada", "location": "London", "x-note": [1]}),
        ("basics", {"name": "Ada", "location": {"city": "London"}, "image": None}),
        ("work", [{"startDate": 2021, "endDate": "present", "highlights": ["a", {"text": "b"}]}]),
        ("meta", {"sections": [True, 2024, {"yes": True}]}),
        ("meta", {"sections": ["work", {"talks": "Talks"}], "themes": {"any": {"a": {"b": 1}}}}),
        ("talks", {"title": "Talks", "kind": "work", "entries": [{"position": "x"}]}),
        ("grants", [{"name": "Clocks", "amount": "€5"}]),
        ("grants", {"title": "Grants", "entries": [{"name": "Clocks", "entity": "ERC"}]}),
        (None, {"basics": {"name": "Ada"}, "grants": {"title": "Grants", "kind": "grants"}}),
        ("private", {"basics": {"phone": "+49 30 23125 000"}}),
        (None, {"basics": {"name": "Ada"}, "talks": {"title": "Talks"}, "x-y": 1}),
    ],
)
def test_what_is_right_passes(section: str, value: Any) -> None:
    assert faults(value, section) == []


@pytest.mark.parametrize("case", cases.cases(), ids=lambda case: case.name)
def test_no_case_breaks_it(case: Case) -> None:
    """Whatever stands in a file, a validator with this schema comes to an end."""
    for name, content in case.files.items():
        if name.startswith("data/") and name.endswith(".yaml") and "explode" not in case.name:
            try:
                value = yaml.load(content.decode(), Loader)
                json.dumps(value)
            except (yaml.YAMLError, ValueError, RecursionError, TypeError):
                continue
            faults(value, Path(name).stem)


def test_texts_in_languages() -> None:
    label = {"en": "Engineer", "de-AT": "Ingenieurin"}
    assert faults({"name": "A", "label": label, "summary": {"de": "B"}}, "basics") == []
    work = {"name": {"en": "A"}, "highlights": {"en": ["B"], "de": []}, "keywords": {"de": ["C"]}}
    assert faults([work], "work") == []
    assert faults({"title": {"en": "Talks"}, "entries": []}, "talks") == []
    assert faults({"name": "A", "label": {"first": "B"}}, "basics")
    assert faults([{"name": "A", "startDate": {"en": "2020"}}], "work")


def test_patterns_are_those_of_ecma_262() -> None:
    """Validators that read patterns as Unicode ones (check-jsonschema, ajv) take only these."""
    text = json.dumps(schema())
    found = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', text)
    patterns = [json.loads(typed) for typed in found]
    assert len(patterns) > 5
    for pattern in patterns:
        escapes = set(re.findall(r"\\(.)", pattern))
        assert escapes <= set("dDwWsSbBnrtfv^$\\.*+?()[]{}|/"), pattern
