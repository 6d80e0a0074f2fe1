"""What of a project's jobs, degrees and head a parser has not found whole in its PDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from pdf.parser import Entry, Parsed


def squeeze(text: str) -> str:
    return "".join(text.split()).casefold().replace("’", "'")


def section(project: Path, name: str) -> list[dict[str, Any]]:
    file = project / "data" / f"{name}.yaml"
    text = file.read_text() if file.is_file() else "[]"
    return yaml.load(text, Loader=yaml.BaseLoader) or []


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
    lost = [] if found.name == basics["name"] else [f"name: {found.name}"]
    lost += [] if found.email == basics["email"] else [f"email: {found.email}"]
    for job in section(project, "work"):
        for role in job.get("positions", [job]):  # the employer stands above all its roles
            texts = [role["position"], *([job["name"]] if role is job else [])]
            lost += [] if whole(entries, role, *texts) else [" / ".join(texts)]
        items = {squeeze(text) for entry in entries for text in entry.texts}
        lost += [] if squeeze(job["name"]) in items else [job["name"]]
    for school in section(project, "education"):
        degree = " in ".join(school[key] for key in ("studyType", "area") if key in school)
        lost += [] if whole(entries, school, school["institution"], degree) else [degree]
    return lost
