"""A `resume.json` is read as the tools that wrote it meant it, and what is doubtful is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvtex import source
from cvtex.model import Date


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Read a whole source, and return the records and every complaint as one line."""

    def read(data: Any, name: str = "resume.json") -> Any:
        file = tmp_path / name
        file.write_text(data if isinstance(data, str) else json.dumps(data, indent=1))
        reading = source.read(source.find(file, public=True))
        told = [
            f"{d.source and d.source.line}: {d.severity}: {d.message}" for d in reading.diagnostics
        ]
        return reading.resume, told

    return read


def cv(**sections: Any) -> dict[str, Any]:
    return {"basics": {"name": "Ana Moreau"}, **sections}


def test_names_before_1_0(read: Callable[..., Any]) -> None:
    resume, told = read(
        {
            "basics": {"name": "Ana", "website": "https://a.example", "picture": ""},
            "work": [{"company": "Acme", "website": "https://acme.example", "position": "Dev"}],
            "volunteer": [{"name": "Red Bicycle", "position": "Helper"}],
            "education": [{"institution": "North", "gpa": "3.9"}],
            "projects": [{"name": "Flowmeter", "summary": "Measures water."}],
            "awards": [{"title": "Prize", "issuer": "Guild"}],
            "languages": [{"name": "French", "level": "native"}],
            "publications": [{"title": "On Pumps", "website": "https://p.example"}],
        }
    )
    assert told == []
    assert resume.basics.url == "https://a.example"
    assert (resume.work[0].name, resume.work[0].url) == ("Acme", "https://acme.example")
    assert resume.volunteer[0].organization == "Red Bicycle"
    assert resume.education[0].score == "3.9"
    assert resume.projects[0].description == "Measures water."
    assert resume.awards[0].awarder == "Guild"
    assert (resume.languages[0].language, resume.languages[0].fluency) == ("French", "native")
    assert resume.publications[0].title.text == "On Pumps"


def test_names_that_are_meant_beyond_doubt(read: Callable[..., Any]) -> None:
    resume, told = read(
        cv(
            work=[{"employer": "Acme", "job_title": "Dev", "start_date": "2020", "tasks": ["a"]}],
            education=[{"school": "North", "degree": "BSc", "major": "Physics"}],
            skills=[{"Name": "Go", "levels": "high"}],
        )
    )
    [work], [school], [skill] = resume.work, resume.education, resume.skills
    assert (work.name, work.position, work.start_date) == ("Acme", "Dev", Date(2020))
    assert [bullet.text for bullet in work.highlights] == ["a"]
    assert (school.institution, school.study_type, school.area) == ("North", "BSc", "Physics")
    assert (skill.name, skill.level) == ("Go", None)
    assert told[0] == '7: warning: unknown key "employer", read as name'
    assert told[-1] == '25: warning: unknown key "levels" in an item of skills'
    assert len(told) == 9


def test_both_names_are_given(read: Callable[..., Any]) -> None:
    resume, told = read(
        cv(
            projects=[{"name": "P", "summary": "Second.", "description": "First."}],
            work=[{"name": "A", "company": "B"}, {"name": "", "company": "C"}],
        )
    )
    assert resume.projects[0].description == "First.\n\nSecond."
    assert [work.name for work in resume.work] == ["A", "C"]
    assert told == ['15: warning: unknown key "company"']


def test_an_old_name_with_another_kind_of_value_is_an_unknown_key(read: Callable[..., Any]) -> None:
    resume, told = read({"basics": {"name": "Ana", "website": {"href": "a.example"}}})
    assert resume.basics.url is None
    assert told == ['4: warning: unknown key "website" in basics']


BLANK = cv(
    work=[{"name": "", "position": " ", "startDate": None, "highlights": []}],
    volunteer=[{"organization": "", "highlights": ["", ""]}],
    education=[{"institution": "", "courses": [None], "location": {"city": ""}}],
    projects=[{"name": "", "highlights": [{"text": "", "tags": []}], "x-id": "7"}],
    skills=[{"name": "Go"}, {"name": "", "keywords": [""]}, {"name": "Rust"}],
    references=[{}],
    publications=[{"name": "", "authors": []}],
    talks={"title": "Talks", "entries": [{"name": "", "highlights": []}]},
)


def test_blank_records(read: Callable[..., Any]) -> None:
    resume, told = read(BLANK)
    assert (resume.work, resume.volunteer, resume.education, resume.projects) == ((), (), (), ())
    assert [skill.name for skill in resume.skills] == ["Go", "Rust"]
    assert (resume.references, resume.publications, resume.custom[0].entries) == ((), (), ())
    assert len(told) == 8 and all("is left out" in line for line in told)


@pytest.mark.parametrize(
    "record",
    ["{highlights: []}", "{name: '', keywords: ['']}", "{pageBreak: true}", "{location: {}}"],
)
def test_a_record_of_data_that_shows_nothing(tmp_path: Path, record: Any) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ana\n")
    (tmp_path / "data/work.yaml").write_text(f"- name: A\n- {record}\n")
    reading = source.read(source.find(tmp_path, public=True))
    assert reading.resume is not None and len(reading.resume.work) == 1
    [told] = reading.diagnostics
    assert (str(told.source), told.message) == (
        "data/work.yaml:2:3",
        "an empty entry of work is left out",
    )


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2024-09-31", Date(2024, 9)),
        ("2023-9-28", Date(2023, 9, 28)),
        ("2023/9", Date(2023, 9)),
        ("2020-00-00", Date(2020)),
        ("2020-13", Date(2020)),
        ("2019-02-29", Date(2019, 2)),
        ("09/2016", Date(2016, 9)),
    ],
)
def test_doubtful_dates(read: Callable[..., Any], typed: str, date: str | None) -> None:
    resume, told = read(cv(work=[{"name": "Acme", "startDate": typed}]))
    assert resume.work[0].start_date == date
    assert len(told) == 1 and told[0].startswith(f'8: warning: startDate "{typed}"')


def test_what_is_only_doubtful_is_a_warning(read: Callable[..., Any]) -> None:
    resume, told = read(
        {
            "basics": {
                "name": "Ana",
                "image": "/me.jpg",
                "email": "ana at example.org",
                "url": "javascript:alert(1)",
                "summary": ["One.", "Two."],
                "phone": ["1", "2"],
                "profiles": {"network": "PDF", "username": "my CV", "url": "pdf/cv.pdf"},
            },
            "work": {"name": "Acme", "startDate": "2025", "endDate": "2024", "highlights": "Dug."},
            "education": ["North University"],
            "awards": [{"title": "Prize", "date": "present"}],
            "projects": [{"name": "P", "url": "https://p.example/a b", "keywords": "Go, C"}],
            "meta": {"language": "xx", "theme": "elegant"},
        }
    )
    basics = resume.basics
    assert (basics.image, basics.url, basics.email) == (None, None, "ana at example.org")
    assert (basics.summary, basics.phone) == ("One.\n\nTwo.", "1, 2")
    assert (basics.profiles[0].username, basics.profiles[0].url) == ("my CV", None)
    assert resume.work[0].end_date == Date(2024)
    assert resume.work[0].highlights[0].text == "Dug."
    assert resume.education[0].institution == "North University"
    assert resume.projects[0].url == "https://p.example/a%20b"
    assert resume.projects[0].keywords == ("Go, C",)
    assert len(told) == 15 and all("warning" in line for line in told)


def test_the_last_of_two_equal_keys_counts(read: Callable[..., Any]) -> None:
    whole = '{"basics": {"name": "Ana"}, "languages": [], "languages": [{"language": "French"}]}'
    resume, told = read(whole)
    assert resume.languages[0].language == "French"
    assert told == ['1: warning: the key "languages" stands twice']


STANDARD = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
YAML = """$schema: {schema}
basics: {{name: Ana, hobby: pumps}}
work: [{{company: Acme, startDate: 2020-9}}]
"""


def test_a_yaml_file_of_json_resume(read: Callable[..., Any]) -> None:
    resume, told = read(YAML.format(schema=STANDARD), "resume.yaml")
    assert (resume.work[0].name, resume.work[0].start_date) == ("Acme", Date(2020, 9))
    assert [line.split(": ")[1] for line in told] == ["warning", "warning"]


def test_a_yaml_file_of_another_schema(read: Callable[..., Any]) -> None:
    _, told = read(YAML.format(schema=".cvtex/schema.json"), "resume.yaml")
    assert [line.split(": ")[1] for line in told] == ["error"] * 3


def test_a_section_may_name_its_schema(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text(f"$schema: {STANDARD}\nname: Ana\nhobby: pumps\n")
    [told] = source.read(source.find(tmp_path, public=True)).diagnostics
    assert (told.severity, told.message) == ("error", 'unknown key "hobby" in basics')


@pytest.mark.parametrize(
    ("whole", "hint"),
    [
        (cv(work={"name": "A"}), "put it into [ ]"),
        (cv(work=[{"name": "A", "summary": {"a: b": "c"}}]), None),
        (cv(meta={"sections": [["work"]]}), 'write "work", or {"work": "Experience"} with a title'),
        (cv(work=[{"name": "A", "keywords": "Go"}]), "put it into [ ]"),
    ],
)
def test_hints_are_in_json(tmp_path: Path, whole: str, hint: str) -> None:
    (tmp_path / "r.json").write_text(json.dumps(whole))
    [told] = source.read(source.find(tmp_path / "r.json", public=True)).diagnostics
    assert told.hint == hint


PLAIN = {
    "skills": "[Go, 'Rust: a language']",
    "interests": "[Chess]",
    "languages": "[German]",
    "awards": "[Prize of the Guild]",
    "certificates": "[Welding]",
    "references": "[On request.]",
    "publications": "[On Pumps]",
    "more": "{title: More, entries: [Plays chess., {description: Sings.}]}",
}


def test_plain_forms(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ana\n")
    for name, text in PLAIN.items():
        (tmp_path / f"data/{name}.yaml").write_text(text)
    reading = source.read(source.find(tmp_path, public=True))
    resume = reading.resume
    assert reading.diagnostics == () and resume is not None
    assert [skill.name for skill in resume.skills] == ["Go", "Rust: a language"]
    assert resume.interests[0].name == "Chess"
    assert resume.languages[0].language == "German"
    assert resume.awards[0].title == "Prize of the Guild"
    assert resume.certificates[0].name == "Welding"
    assert resume.references[0].reference == "On request."
    assert resume.publications[0].title.text == "On Pumps"
    assert [getattr(entry, "description", None) for entry in resume.custom[0].entries] == [
        "Plays chess.",
        "Sings.",
    ]
    skill = resume.skills[1].name
    assert skill is not None and str(skill.source) == "data/skills.yaml:1:6"
