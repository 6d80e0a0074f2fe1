"""Variants: what is kept, by laws that are stated; and from the data to the document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cvtex as library
from cvtex import pipeline
from cvtex.diagnostics import CvtexError, Source
from cvtex.model import Basics, Highlight, Meta, Position, Prose, Resume, Skill, Text, Variant, Work
from cvtex.request import Request
from cvtex.select import LISTS, chain, resolve, select
from shared import Program

TAGS = st.lists(st.sampled_from(["a", "b", "c"]).map(Text), max_size=2, unique=True).map(tuple)
PRIORITY = st.integers(0, 9)
BULLETS = st.lists(
    st.builds(Highlight, text=st.text("xyz", min_size=1).map(Prose), tags=TAGS, priority=PRIORITY),
    max_size=4,
).map(tuple)
ROLES = st.lists(
    st.builds(Position, position=st.just(Text("role")), tags=TAGS, highlights=BULLETS), max_size=3
).map(tuple)
JOBS = st.lists(
    st.builds(
        Work, name=st.text("mn").map(Text), tags=TAGS, priority=PRIORITY, highlights=BULLETS,
        positions=ROLES,
    ),
    max_size=5,
).map(tuple)  # fmt: skip
VARIANTS = st.builds(
    Variant,
    include=TAGS,
    exclude=TAGS,
    most=st.dictionaries(st.sampled_from(["work", "work.highlights"]), st.integers(0, 3)),
)


def is_kept(thing: Any, variant: Variant) -> bool:
    """The law of tags, said anew."""
    tags = set(thing.tags)
    if tags & set(variant.exclude):
        return False
    return not (tags and variant.include) or bool(tags & set(variant.include))


def is_in_order(part: tuple[Any, ...], whole: tuple[Any, ...], key: Any = lambda x: x) -> bool:
    rest = iter(map(key, whole))
    return all(key(one) in rest for one in part)


@settings(max_examples=150, deadline=None)
@given(jobs=JOBS, variant=VARIANTS)
def test_the_laws_of_selection(jobs: tuple[Work, ...], variant: Variant) -> None:
    meta = Meta(variants={"v": variant})
    resume = Resume(basics=Basics(name=Text("Ada")), work=jobs, meta=meta)
    chosen = select(resume, "v").resume
    assert is_in_order(chosen.work, jobs, lambda job: job.name)
    assert len(chosen.work) <= variant.most.get("work", len(jobs))
    most = variant.most.get("work.highlights")
    for job in chosen.work:
        assert is_kept(job, variant)
        for highlights in (job.highlights, *(role.highlights for role in job.positions)):
            assert all(is_kept(bullet, variant) for bullet in highlights)
            assert most is None or len(highlights) <= most
        assert all(is_kept(role, variant) for role in job.positions)
    if "work" not in variant.most:  # what goes has a reason
        stay = [j for j in jobs if is_kept(j, variant)]
        stay = [j for j in stay if not j.positions or any(is_kept(p, variant) for p in j.positions)]
        assert [job.name for job in chosen.work] == [job.name for job in stay]
        for before, after in zip(stay, chosen.work, strict=True):
            wanted = [b for b in before.highlights if is_kept(b, variant)]
            assert is_in_order(after.highlights, tuple(wanted))
            if most is None:
                assert list(after.highlights) == wanted
            elif wanted[most:]:
                assert len(after.highlights) == most
                least = min((b.priority for b in after.highlights), default=9)
                gone = sorted((b.priority for b in wanted), reverse=True)[most:]
                assert max(gone) <= least


@settings(max_examples=80, deadline=None)
@given(jobs=JOBS, variant=VARIANTS)
def test_selection_is_said_and_done_once(jobs: tuple[Work, ...], variant: Variant) -> None:
    meta = Meta(variants={"v": variant})
    resume = Resume(basics=Basics(name=Text("Ada")), work=jobs, meta=meta)
    once = select(resume, "v")
    again = select(once.resume, "v")
    assert again.resume == once.resume
    assert again.left_out == ()
    assert bool(once.left_out) == (once.resume != resume)
    assert select(resume, "") == type(once)(resume)


@settings(max_examples=80, deadline=None)
@given(jobs=JOBS, include=TAGS, exclude=TAGS, more=TAGS)
def test_who_includes_more_has_more_and_who_excludes_more_has_less(
    jobs: tuple[Work, ...], include: Any, exclude: Any, more: Any
) -> None:
    """Where the variant includes anything: one that includes nothing keeps every tag."""
    variants = {
        "base": Variant(include=include, exclude=exclude),
        "same": Variant(extends=Text("base")),
        "more": Variant(extends=Text("base"), include=more if include else ()),
        "less": Variant(extends=Text("base"), exclude=more),
        "none": Variant(),
    }
    placed = numbered(jobs, count(1))
    resume = Resume(basics=Basics(name=Text("Ada")), work=placed, meta=Meta(variants=variants))
    kept = {name: places(select(resume, name).resume.work) for name in variants}
    assert kept["less"] <= kept["base"] <= kept["more"] <= kept["none"]
    assert kept["same"] == kept["base"]
    assert select(resume, "none").resume.work == jobs


INNER = ("positions", "highlights")


def numbered(values: tuple[Any, ...], lines: Iterator[int]) -> tuple[Any, ...]:
    """Return records, each thing of which stands on a line of its own."""
    found = []
    for value in values:
        changed: dict[str, Any] = {n: getattr(value, n) for n in INNER if hasattr(value, n)}
        changed = {name: numbered(inner, lines) for name, inner in changed.items()}
        found.append(replace(value, source=Source("w", next(lines)), **changed))
    return tuple(found)


def places(values: tuple[Any, ...]) -> set[int]:
    """Return the lines of all that is there."""
    found = {value.source.line for value in values}
    return found.union(*(places(getattr(v, name, ())) for v in values for name in INNER))


def test_what_extends_unites_lists_and_lets_the_last_value_win() -> None:
    variants = {
        "base": Variant(about=Text("one"), include=(Text("a"),), most={"work": 3, "skills": 1}),
        "next": Variant(extends=Text("base"), include=(Text("b"), Text("a")), most={"work": 1}),
        "last": Variant(extends=Text("next"), about=Text("two"), hide=(Text("skills"),)),
        "x": Variant(extends=Text("y")),
        "y": Variant(extends=Text("x")),
    }
    whole = resolve(variants, "last")
    assert (whole.include, whole.hide) == (("a", "b"), ("skills",))
    assert (whole.most, whole.about) == ({"work": 1, "skills": 1}, "two")
    assert chain(variants, "last") == ("base", "next", "last")
    with pytest.raises(ValueError, match="x → y → x"):
        chain(variants, "x")
    with pytest.raises(KeyError):
        chain(variants, "z")


def test_lists_that_can_be_counted_are_lists_of_records() -> None:
    skills = (Skill(keywords=(Text("a"), Text("b"), Text("c"))),)
    meta = Meta(variants={"v": Variant(most={"skills.keywords": 2})})
    resume = Resume(basics=Basics(name=Text("Ada")), skills=skills, meta=meta)
    assert select(resume, "v").resume.skills[0].keywords == ("a", "b")
    assert "keywords" in LISTS


CV = {
    "basics": {"name": "Ada Lovelace", "label": "Engineer"},
    "work": [
        {
            "id": "acme",
            "name": "Acme",
            "position": "Engineer",
            "startDate": "2019",
            "highlights": [
                {"text": "Built engines", "tags": ["backend"]},
                {"text": "Taught interns", "tags": ["teaching"]},
                {"text": "Wrote docs", "variants": {"backend": "Wrote the handbook"}},
            ],
        },
        {"name": "Beta", "positions": [{"position": "Lecturer", "tags": ["teaching"]}]},
    ],
    "interests": [{"name": "Bees"}],
    "variants": {
        "short": {"hide": ["interests"]},
        "backend": {
            "extends": "short",
            "include": ["backend"],
            "exclude": ["teaching"],
            "data": {"basics": {"label": "Backend Engineer"}},
            "meta": {"theme": "linear"},
        },
    },
}


def written(tmp_path: Path, **changed: Any) -> Path:
    folder = tmp_path / "cv" / "data"
    folder.mkdir(parents=True)
    for name, value in {**CV, **changed}.items():
        (folder / f"{name}.yaml").write_text(json.dumps(value))
    return folder.parent


def rendered(path: Path, *variants: str) -> str:
    request = Request(path=path, variants=variants, engine="pdflatex", pdf=False)
    return pipeline.check(request, strict=True).prepared[0].tex


def test_a_variant_has_what_it_keeps_and_no_other(tmp_path: Path) -> None:
    cv = written(tmp_path)
    whole, backend = rendered(cv), rendered(cv, "backend")
    for said in ("Engineer", "Built engines", "Taught interns", "Wrote docs", "Lecturer", "Bees"):
        assert said in whole
    for said in ("Backend Engineer", "Built engines", "Wrote the handbook", "cvlinear"):
        assert said in backend
    for said in ("Taught", "Wrote docs", "Beta", "Lecturer", "Bees"):
        assert said not in backend
    assert "handbook" not in whole and "Backend Engineer" not in whole


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"extends": "shrt"}, 'there is no variant "shrt"'),
        ({"extends": "backend"}, "variants extend one another: backend → backend"),
        ({"hide": ["intrests"]}, 'unknown section "intrests"'),
        ({"most": {"wrok": 1}}, 'unknown section "wrok"'),
        ({"most": {"work.bullets": 1}}, 'work has no list "bullets" to count'),
        ({"most": {"interests.highlights": 1}}, 'interests has no list "highlights" to count'),
        ({"data": {"work": {"acm": {}}}}, 'no record of work has the id "acm"'),
        ({"data": {"basics": {"lable": "x"}}}, 'unknown key "lable" in basics'),
        ({"includ": []}, 'unknown key "includ"'),
        ({"data": []}, "what a variant lays over the data is a mapping"),
    ],
)
def test_faults_of_a_variant_are_told(tmp_path: Path, changed: Any, said: str) -> None:
    cv = written(tmp_path, variants={"short": {}, "backend": changed})
    with pytest.raises(CvtexError) as failure:
        rendered(cv, "backend")
    assert said in "\n".join(d.message for d in failure.value.diagnostics)


def test_a_fact_that_a_variant_changes_is_told_at_its_line(tmp_path: Path) -> None:
    over = {"work": {"acme": {"position": "Director", "team": "Engines"}}}
    cv = written(tmp_path, variants={"bold": {"data": over}})
    request = Request(path=cv, variants=("bold",), pdf=False)
    [told] = pipeline.check(request).diagnostics
    assert told.message == "the variant changes a job title of work.acme: position"
    assert str(told.source).startswith("data/variants.yaml:1:")


def test_what_counts_as_a_changed_fact(tmp_path: Path) -> None:
    over = {
        "work": {
            "acme": {
                "endDate": {"text": "spring 2024", "sort": "2024-04"},  # there was none
                "highlights": {"docs": {"text": "Wrote manuals"}},
                "startDate": "2019",  # as it was
            }
        }
    }
    work = json.loads(json.dumps(CV["work"]))
    work[0]["highlights"][2]["id"] = "docs"
    cv = written(tmp_path, work=work, variants={"bold": {"data": over}})
    [told] = library.validate(cv, variant="bold")
    assert told.message == "the variant changes a date of work.acme: endDate"
    assert "Wrote manuals" in rendered(cv, "bold")


def test_a_variant_in_another_language(tmp_path: Path) -> None:
    basics = {"name": "Ada", "label": {"en": "Engineer", "de": "Ingenieurin"}}
    over = {"basics": {"label": {"en": "Lead", "de": "Leiterin"}}}
    cv = written(
        tmp_path,
        basics=basics,
        meta={"languages": ["en", "de"]},
        variants={"de": {"meta": {"language": "de"}}, "en": {"extends": "de", "data": over}},
    )
    assert "Ingenieurin" in rendered(cv, "de") and "INTERESSEN" in rendered(cv, "de")
    assert "Leiterin" in rendered(cv, "en")
    asked = Request(path=cv, variants=("en",), languages=("en",), engine="pdflatex", pdf=False)
    prepared = pipeline.check(asked, strict=True).prepared[0]
    assert "Lead" in prepared.tex and prepared.edition == "classic.en.en"


def test_variants_are_checked_though_none_is_asked_for(tmp_path: Path) -> None:
    faulty = {"data": {"basics": {"emial": "x"}}, "hide": ["wrok"]}
    cv = written(tmp_path, variants={"a": {}, "b": faulty}, meta={"release": ["b", "c"]})
    told = "\n".join(d.message for d in library.validate(cv))
    for said in ('unknown key "emial"', 'unknown section "wrok"', 'no variant "c"'):
        assert said in told


def test_a_limit_is_told_at_its_own_place_and_no_variant_is_called_all(tmp_path: Path) -> None:
    cv = written(
        tmp_path, variants={"short": {"most": {"work": 1, "talsk.highlights": 2}}, "all": {}}
    )
    told = {str(d.source): d.message for d in library.validate(cv, variant="short")}
    assert told["data/variants.yaml:1:32"] == 'unknown section "talsk"'
    assert "cannot be a variant's name" in "".join(told.values())


def test_what_is_left_out_is_said_in_words(tmp_path: Path, cvtex: Program) -> None:
    skills = [{"name": "Crafts", "keywords": ["weaving", "dyeing"]}]
    publications = [
        {"name": "Old but dear", "releaseDate": "2001", "priority": 9, "selected": True},
        {"name": "New", "releaseDate": "2020", "selected": True},
        {"name": "Newer", "releaseDate": "2021"},
        {"name": "Middle", "releaseDate": "2010", "selected": True},
    ]
    variant = {
        "exclude": ["teaching"],
        "most": {"skills.keywords": 1, "publications": 2, "work.highlights": 1},
        "meta": {"hide": ["interests"], "publications": {"selected": True, "style": "full"}},
    }
    cv = written(tmp_path, skills=skills, publications=publications, variants={"v": variant})
    done = cvtex("variants", "--explain", "v", cwd=cv)
    assert done.status == 0, done.err
    reasons = dict(line.split(": ", 2)[1:] for line in done.out.splitlines())
    assert reasons == {
        "Taught interns": "teaching is excluded",
        "Wrote docs": "at most 1 of work.highlights is kept",
        "Lecturer": "teaching is excluded",
        "Beta": "none of its roles is left",
        "dyeing": "at most 1 of skills.keywords is kept",
        "Middle": "at most 2 of publications are kept",
        "Newer": "meta.publications lists only selected ones",
        "Bees": "the section interests is hidden",
    }
    assert all(re.match(r"data/\w+\.yaml:\d+:\d+: ", line) for line in done.out.splitlines())


def test_a_list_of_publications_that_a_variant_empties_shows_no_other(tmp_path: Path) -> None:
    talks = {
        "title": "Talks",
        "kind": "publications",
        "entries": [{"name": "A talk", "tags": ["x"]}],
    }
    recent = {"title": "Recent", "kind": "publications"}
    publications = [{"name": "A paper", "tags": ["x"]}, {"name": "Another", "releaseDate": "2001"}]
    variants = {"v": {"exclude": ["x"]}, "w": {"hide": ["publications"], "exclude": ["x"]}}
    cv = written(tmp_path, talks=talks, publications=publications, variants=variants)
    assert rendered(cv, "v").count("Another") == 1 and "A talk" in rendered(cv)
    (cv / "data" / "talks.yaml").write_text(json.dumps(recent))
    tex = rendered(cv, "w")
    assert tex.count("Another") == 1 and "A paper" not in tex, "of the hidden main list"


def test_exports_are_named_after_the_variant(tmp_path: Path, cvtex: Program) -> None:
    cv = written(tmp_path, meta={"release": ["short", "backend"]})
    out = tmp_path / "out"
    done = cvtex("export", "json-resume", "--release", "-o", str(out), cwd=cv)
    assert done.status == 0, done.err
    names = {file.name for file in out.iterdir()}
    assert names == {f"Ada-Lovelace-CV-{v}.json" for v in ("short", "backend")}
    assert "Beta" not in (out / "Ada-Lovelace-CV-backend.json").read_text()
    assert "Beta" in (out / "Ada-Lovelace-CV-short.json").read_text()
    done = cvtex("export", "overleaf", "--variant", "all", "-o", "one.zip", cwd=cv)
    assert (done.status, "there are several variants" in done.err) == (2, True)


def test_the_verbs(tmp_path: Path, cvtex: Program) -> None:
    cv = written(tmp_path)
    done = cvtex("build", "--no-pdf", "--variant", "all", cwd=cv)
    assert done.status == 0, done.err
    assert done.out.split() == ["build/classic.short/cv.tex", "build/linear.backend/cv.tex"]
    done = cvtex("variants", cwd=cv)
    assert [line.split()[0] for line in done.out.splitlines()] == ["short", "backend"]
    facts = json.loads(cvtex("variants", "--format", "json", cwd=cv).out)
    assert [row["name"] for row in facts["variants"]]
    assert all(isinstance(row["records"], int) and row["theme"] for row in facts["variants"])
    explained = json.loads(
        cvtex("variants", "--explain", "backend", "--format", "json", cwd=cv).out
    )
    assert all(thing["place"] and thing["reason"] for thing in explained["leftOut"])
    assert explained["leftOut"]
    done = cvtex("variants", "--explain", "backend", cwd=cv)
    assert "Taught interns: teaching is excluded" in done.out
    assert "Beta: none of its roles is left" in done.out
    done = cvtex("build", "--variant", "backnd", cwd=cv)
    assert (done.status, "did you mean backend?" in done.err) == (1, True)
    done = cvtex("build", "--variant", "all", "-o", "one.pdf", cwd=cv)
    assert (done.status, "there are several variants" in done.err) == (2, True)


def test_without_variants_nothing_is_as_before(tmp_path: Path) -> None:
    folder = tmp_path / "cv" / "data"
    folder.mkdir(parents=True)
    (folder / "basics.yaml").write_text("name: Ada\n")
    assert library.read(folder.parent).meta.variants == {}
