"""The files that `cvtex new` writes: the sample or an example, in a language, and the workflow."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.source.languages import file_of

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
EXAMPLES = SAMPLE.parent / "examples"
"""Projects to learn from, each by its name."""
LANGUAGES = SAMPLE / "languages"
"""The sample's texts in other languages, each by the English one."""
WORKFLOW = ".github/workflows/release.yml"
REQUIREMENTS = ".github/requirements.txt"
IGNORED = ".gitignore"
PLACES = {"gitignore": IGNORED, "release.yml": WORKFLOW}
"""Where a file of the sample goes, if that is not its own name."""
PRIVATE = "data/private.example.yaml"
ELSEWHERE = """\
# The release workflow takes this version from PyPI. You have yours from a file: if it is
# not on PyPI, name its repository here: cvtex @ git+https://example.org/cvtex.git@v0.1.0
"""
CALLED = "called.yml"
"""The workflow for a cvtex whose repository at GitHub is known: it calls the one that is there."""


def sample(ci: str | None, language: str = "en", example: str = "") -> Mapping[str, str]:
    """Return the sample project in a language, or an example: the text of each file by its path."""
    files = {}
    for path in sorted(p for p in SAMPLE.rglob("*") if p.is_file() and p.parent != LANGUAGES):
        name = path.relative_to(SAMPLE).as_posix()
        files[PLACES.get(name, name)] = path.read_text(encoding="utf-8")
    del files[WORKFLOW], files[CALLED]
    if example:
        folder = EXAMPLES / example
        files = {name: files[name] for name in (IGNORED, PRIVATE)} | {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    if language != "en":
        files |= _translated(files, language)
    return files | (workflow(".") if ci else {}) | schemas(files)


def _translated(files: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the data in another language; comments, keys and the titles of papers stay."""
    from cvtex.source import words

    own = words(language)
    said = {
        "language: en": f"language: {own.code}",
        "work: Experience": f"work: {own.sections['work']}",
        "Talks": own.words["talks"],
        **(texts(language) or {}),
    }
    any_of = "|".join(re.escape(phrase) for phrase in sorted(said, key=len, reverse=True))
    text = re.compile(rf"^ *#.*|(?<!\w)(?:{any_of})(?!\w)", re.MULTILINE)
    return {
        name: text.sub(lambda found: said.get(found[0], found[0]), whole)
        for name, whole in files.items()
        if name.startswith("data/")
    }


def texts(language: str) -> dict[str, str] | None:
    """Return the sample's texts in a language by the English ones, None where there are none."""
    code = file_of(language)
    if code == "en":
        return {}
    file = LANGUAGES / f"{code}.json"
    texts: dict[str, str] | None = json.loads(file.read_text("utf-8")) if file.is_file() else None
    return texts


def workflow(source: str) -> dict[str, str]:
    """Return the workflow that builds and releases the CV at a path, and what it installs.

    A cvtex that was installed from a repository at GitHub is taken from there, at its commit.
    """
    named = json.dumps(source, ensure_ascii=False) if source != "." else "."
    if home := repository():
        text = (
            (SAMPLE / CALLED).read_text(encoding="utf-8").replace("path: . #", f"path: {named} #")
        )
        return {WORKFLOW: text.replace("OWNER/cvtex", home[0]).replace("@REF", f"@{home[1]}")}
    text = (SAMPLE / "release.yml").read_text(encoding="utf-8")
    return {WORKFLOW: text.replace("CV: . #", f"CV: {named} #"), REQUIREMENTS: requirement()}


def repository() -> tuple[str, str] | None:
    """Return the repository at GitHub that this cvtex was installed from (OWNER/NAME), and the
    commit; None where it came from elsewhere."""
    origin = _origin()
    place = re.fullmatch(
        r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", origin.get("url", "")
    )
    commit = origin.get("vcs_info", {}).get("commit_id", "")
    return (place[1], commit) if place and re.fullmatch("[0-9a-f]{40}", commit) else None


def _origin() -> dict[str, Any]:
    """Return what is known of where this cvtex was installed from (PEP 610)."""
    from importlib.metadata import distribution

    known: dict[str, Any] = json.loads(distribution("cvtex").read_text("direct_url.json") or "{}")
    return known


def schemas(files: Mapping[str, str]) -> dict[str, str]:
    """Return the schemas that the editor lines of the data files name, for use with no network."""
    from cvtex.commands.schema import for_new

    found = {}
    for name, text in files.items():
        first = text.partition("\n")[0]
        if name.startswith("data/") and "$schema=../" in first:
            place = first.partition("$schema=")[2].strip().replace("../", "")
            found[place] = json.dumps(for_new(Path(place).stem), indent=1) + "\n"
    return found


def requirement() -> str:
    """Return the text of the requirements: the cvtex that the workflow builds with."""
    from cvtex import __version__

    origin = _origin()
    if vcs := origin.get("vcs_info"):
        return f"cvtex @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}\n"
    wanted = f"cvtex=={__version__}\n"
    return ELSEWHERE + wanted if origin else wanted
