"""What a parser that knows nothing of cvtex finds in its PDFs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from parser import Entry, Parsed, parse

from shared import ROOT, Program

ONE_COLUMN = ("academic", "classic", "europass", "linear", "moderncv", "moderncv:casual")


def squeeze(text: str) -> str:
    return "".join(text.split()).casefold().replace("’", "'")


def section(project: Path, name: str) -> list[dict[str, Any]]:
    return yaml.load((project / "data" / f"{name}.yaml").read_text(), Loader=yaml.BaseLoader) or []


def whole(entries: list[Entry], dated: dict[str, Any], *texts: str) -> bool:
    """Tell whether an entry has all the texts as items of their own, and the dates."""
    years = re.findall(r"\d{4}", f"{dated.get('startDate', '')} {dated.get('endDate', '')}")
    return any(
        {squeeze(text) for text in texts} <= set(map(squeeze, entry.texts))
        and all(year in "".join(entry.dates) for year in years)
        for entry in entries
    )


def missing(found: Parsed, project: Path) -> list[str]:
    """Return the jobs and degrees that were not found whole, and what lacks of the head."""
    basics = section(project, "basics")
    assert isinstance(basics, dict)
    entries = [entry for entries in found.sections.values() for entry in entries]
    lost = [] if squeeze(found.name) == squeeze(basics["name"]) else [f"name: {found.name}"]
    lost += [] if found.email == basics["email"] else [f"email: {found.email}"]
    for job in section(project, "work"):
        for role in job.get("positions", [job]):  # the employer stands above all its roles
            texts = [role["position"], *([job["name"]] if role is job else [])]
            lost += [] if whole(entries, role, *texts) else [" / ".join(texts)]
        items = {squeeze(text) for entry in entries for text in entry.texts}
        lost += [] if squeeze(job["name"]) in items else [job["name"]]
    for school in section(project, "education"):
        degree = f"{school['studyType']} in {school['area']}"
        lost += [] if whole(entries, school, school["institution"], degree) else [degree]
    return lost


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that `cvtex new` writes."""
    import subprocess
    import sys

    place = tmp_path_factory.mktemp("new") / "cv"
    subprocess.run([sys.executable, "-m", "cvtex", "new", str(place)], check=True)
    return place


@pytest.mark.tex
@pytest.mark.parametrize("theme", ONE_COLUMN)
@pytest.mark.parametrize("whose", ["own", "new"])
def test_every_job_and_degree_is_found_whole(
    theme: str, whose: str, sample: Path, tmp_path: Path, cvtex: Program
) -> None:
    project = ROOT if whose == "own" else sample
    name, _, style = theme.partition(":")
    options = ["--set", f"meta.themes.moderncv.style={style}"] if style else []
    target = tmp_path / "cv.pdf"
    run = cvtex("build", project, "--public", "--theme", name, "--engine", "pdflatex",
                *options, "-o", target)  # fmt: skip
    assert run.status == 0, run.err
    found = parse(target)
    assert missing(found, project) == []
    assert len(found.sections) >= 5
