"""Any CV, any variants: what is kept, its order and its places, held against `selection`."""

from __future__ import annotations

import dataclasses
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cvtex
from cvtex import pipeline, source
from cvtex.contract.poppler import pdftotext
from cvtex.request import Request
from cvtex.select import select
from selection import chosen

TAGS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True)
SECTIONS = ("work", "projects", "publications", "awards", "skills", "talks")
LIMITS = (*SECTIONS, "work.highlights", "work.positions", "projects.highlights", "skills.keywords")
TOKEN = re.compile(r"[a-z]{2}\d{3}q", re.IGNORECASE)
"""A text that stands once in the data: two letters for what it is, and its number."""


@st.composite
def cvs(draw: st.DrawFn) -> dict[str, Any]:
    """A CV whose every text is a token, with three variants."""
    numbers = count(100)

    def token(kind: str) -> str:
        return f"{kind}{next(numbers)}q"

    def marked(kind: str, key: str, ident: bool = True) -> dict[str, Any]:
        thing: dict[str, Any] = {key: token(kind)}
        if tags := draw(TAGS):
            thing["tags"] = tags
        if draw(st.booleans()):
            thing["priority"] = draw(st.integers(0, 9))
        if ident and draw(st.booleans()):
            thing["id"] = f"id-{thing[key]}"
        return thing

    def bullets(depth: int = 2) -> list[Any]:
        found: list[Any] = []
        for _ in range(draw(st.integers(0, 3))):
            bullet: Any = marked("bu", "text")
            if depth > 1 and draw(st.integers(0, 3)) == 0:
                bullet["highlights"] = bullets(depth - 1)
            if draw(st.integers(0, 3)) == 0:
                bullet["variants"] = {draw(st.sampled_from(["v0", "v1"])): token("bu")}
            found.append(bullet["text"] if len(bullet) == 1 else bullet)
        return found

    def many(most: int) -> Iterator[int]:
        yield from range(draw(st.integers(0, most)))

    work = []
    for _ in many(3):
        job = marked("re", "name")
        if draw(st.booleans()):
            job["positions"] = [
                {**marked("ro", "position"), "highlights": bullets()} for _ in range(2)
            ]
        else:
            job["highlights"] = bullets()
        work.append(job)
    data: dict[str, Any] = {
        "basics": {"name": "Ada Example", "label": token("la")},
        "work": work,
        "projects": [{**marked("re", "name"), "highlights": bullets()} for _ in many(3)],
        "awards": [marked("re", "title") for _ in many(3)],
        "skills": [
            {**marked("re", "name"), "keywords": [token("ke") for _ in many(3)]} for _ in many(3)
        ],
        "talks": {"title": "Talks", "entries": [marked("re", "name") for _ in many(3)]},
        "publications": [
            {
                **marked("pu", "name", ident=False),
                "keywords": draw(TAGS),
                "releaseDate": str(2020 - n),
                "bib": draw(st.booleans()),
            }
            for n in many(4)
        ],
    }
    for publication in data["publications"]:
        if publication["bib"]:
            publication.pop("tags", None)  # an entry of a `.bib` has keywords
    reached = [r for name in ("work", "projects", "awards") for r in data[name] if "id" in r]
    data["variants"] = {
        f"v{n}": {
            **({"extends": f"v{n - 1}"} if n and draw(st.booleans()) else {}),
            "include": draw(TAGS),
            "exclude": draw(st.lists(st.sampled_from(["a", "b", "c"]), max_size=1)),
            "hide": draw(st.lists(st.sampled_from(SECTIONS), max_size=1)),
            "most": draw(st.dictionaries(st.sampled_from(LIMITS), st.integers(0, 2), max_size=3)),
            "data": _over(draw, data, reached, token),
        }
        for n in range(3)
    }
    return data


def _over(draw: Any, data: Any, reached: list[Any], token: Any) -> dict[str, Any]:
    """Return what a variant lays over the data: another label, a text of a record by its id."""
    over: dict[str, Any] = {}
    if draw(st.booleans()):
        over["basics"] = {"label": token("la")}
    if reached and draw(st.booleans()):
        record = draw(st.sampled_from(reached))
        name = next(n for n in ("work", "projects", "awards") if record in data[n])
        bullet = next(
            (b for b in record.get("highlights", []) if isinstance(b, Mapping) and "id" in b), None
        )
        said: Any = {"description" if name == "projects" else "summary": token("su")}
        if bullet:
            said = {"highlights": {bullet["id"]: {"text": token("bu")}}}
        over[name] = {record["id"]: said}
    return over


def written(data: Mapping[str, Any], folder: Path) -> Path:
    """Write a CV as a project: a file a section, and the `.bib`."""
    (folder / "data").mkdir()
    (folder / "bib").mkdir()
    entries = []
    for name, value in data.items():
        if name == "publications":
            entries = [one for one in value if one["bib"]]
            value = [
                {k: v for k, v in one.items() if k != "bib"} for one in value if not one["bib"]
            ]
        if value:
            text = yaml.safe_dump(value, sort_keys=False, width=1000)
            (folder / "data" / f"{name}.yaml").write_text(text)
    bib = [
        f"@misc{{{one['name']}, title = {{{one['name']}}}, year = {one['releaseDate']},\n"
        f" priority = {{{one.get('priority', 5)}}}, keywords = {{{', '.join(one['keywords'])}}}}}\n"
        for one in entries
    ]
    (folder / "bib" / "publications.bib").write_text("".join(bib))
    return folder


def shown(value: Any, key: str = "") -> Iterator[str]:
    """Yield the tokens of the data that stand on a page."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            hidden = name in ("id", "tags", "meta") or (name, key) == ("variants", "highlights")
            if not hidden and not (name == "keywords" and "bib" in value):
                yield from shown(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from shown(part, key)
    else:
        yield from TOKEN.findall(str(value))


def by_kind(tokens: Iterator[str] | list[str]) -> dict[str, list[str]]:
    """Return tokens by what they are, each once, in their order."""
    found: dict[str, list[str]] = {}
    for token in dict.fromkeys(tokens):
        found.setdefault(token[:2].lower(), []).append(token.lower())
    return found


ORDER = ("basics", "work", "projects", "publications", "awards", "skills", "talks")


def wanted(data: Mapping[str, Any], name: str) -> dict[str, list[str]]:
    """Return what must stand in the CV as a variant has it, in the order of the page."""
    kept = chosen(data, name)
    return by_kind([token for section in ORDER for token in shown(kept[section])])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(cvs())
def test_a_document_has_what_its_variant_keeps(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cv = written(data, Path(folder))
        request = Request(path=cv, variants=("all",), engine="pdflatex", pdf=False)
        for prepared in pipeline.check(request, strict=True).prepared:
            body = prepared.tex.partition(r"\begin{document}")[2]
            text = re.sub(r"(?m)^%.*", "", body)
            assert by_kind(TOKEN.findall(text)) == wanted(data, prepared.variant)


def places(value: Any) -> dict[str, Any]:
    """Return where each record, role and bullet was typed, by its token."""
    found: dict[str, Any] = {}
    if isinstance(value, tuple):
        for part in value:
            found |= places(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            part = getattr(value, field.name)
            if field.name in ("name", "position", "title", "text") and hasattr(value, "source"):
                found |= dict.fromkeys(
                    TOKEN.findall(str(getattr(part, "text", part))), value.source
                )
            elif isinstance(part, tuple):
                found |= places(part)
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(cvs())
def test_places_stay_and_what_goes_is_told_at_its_line(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cv = written(data, Path(folder))
        project = source.find(cv, public=True)
        laid_over = TOKEN.findall(str(data["variants"]))
        for name in data["variants"]:
            laid = source.read(project, variant=name).resume
            assert laid
            selection = select(laid, name)
            before, after = places(laid_sections(laid)), places(laid_sections(selection.resume))
            kept = after.keys() & before.keys()
            assert {token: before[token] for token in kept} == {t: after[t] for t in kept}
            for gone in selection.left_out:
                first, last = gone.source.line, max(gone.source.line, gone.source.end)
                lines = (cv / gone.source.file).read_text().splitlines()[first - 1 : last]
                assert gone.what in "".join(lines) or gone.what in laid_over, gone


def laid_sections(resume: Any) -> tuple[Any, ...]:
    return (
        *(r for name in ORDER[1:-1] for r in getattr(resume, name)),
        *(entry for own in resume.custom for entry in own.entries),
    )


@pytest.mark.tex
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(cvs())
def test_a_pdf_has_what_its_variant_keeps(data: dict[str, Any]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        cv = written(data, folder)
        built = cvtex.build(cv, variant="all", theme="jake", engine="pdflatex").built
        assert len(built) == len(data["variants"])
        for one in built:
            assert one.pdf
            assert by_kind(TOKEN.findall(pdftotext(one.pdf, "-raw"))) == wanted(data, one.variant)
    finally:
        shutil.rmtree(folder)
