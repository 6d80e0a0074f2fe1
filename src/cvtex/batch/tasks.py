"""What a batch is to build: the projects found, and a task for each CV of each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from cvtex import pipeline
from cvtex.batch.packing import DATA, pack
from cvtex.diagnostics import CvtexError, error
from cvtex.records import dataclass, field
from cvtex.request import Request
from cvtex.trust import is_trusted


@dataclass(frozen=True, slots=True)
class Task:
    """One CV to build. With `pack`, a zip of the project, the request's path is relative to it."""

    name: str
    request: Request
    pack: bytes | None = field(default=None, repr=False)


def find(where: str) -> dict[str, Path]:
    """Return the projects of a folder, or those that a glob pattern names, each by a name.

    A project is a folder with `data/`, or a YAML or JSON file. Raises
    `CvtexError` if there is none.
    """
    import glob

    if Path(where).is_dir():
        base, candidates = Path(where), sorted(Path(where).iterdir())
    else:
        base = Path(re.split(r"[*?[]", where, maxsplit=1)[0])
        base = base if base.is_dir() else base.parent
        candidates = sorted(map(Path, glob.glob(where, recursive=True)))  # noqa: PTH207
    found: dict[str, Path] = {}
    for path in candidates:
        is_file = path.is_file() and path.suffix.lower() in DATA
        if path.name.startswith(".") or not (is_file or (path / "data").is_dir()):
            continue
        parts = path.with_suffix("").relative_to(base).parts if is_file else path.parts[-1:]
        name = "-".join(parts)
        if name in found:
            name = "-".join(path.relative_to(base).parts)
        found[name] = path
    if not found:
        hint = "name a folder of projects or of YAML files, or a pattern such as 'people/*.yaml'"
        raise CvtexError([error(f"there is no project in {where}", hint=hint)])
    return found


def tasks(found: Mapping[str, Path], request: Request, packed: bool = False) -> Iterator[Task]:
    """Yield a task for each project, theme, variant and language, one by one as asked for."""
    for name, path in found.items():
        asked = (request.themes or ("",), _variants(path, request), _languages(path, request))
        for theme, variant, language in product(*asked):
            of_one = dataclasses.replace(
                request,
                themes=(theme,) if theme else (),
                variants=(variant,) if variant else (),
                languages=(language,) if language else (),
                # another machine does not know whom this one trusts
                trust=request.trust or is_trusted(path if path.is_dir() else path.parent),
            )
            parts = [name, Path(theme).name if len(request.themes) > 1 else "", variant]
            parts += [language]
            title = "-".join(filter(None, parts))
            if packed:
                inside, archive = pack(path, request.public)
                yield Task(title, dataclasses.replace(of_one, path=Path(inside)), archive)
            else:
                yield Task(title, dataclasses.replace(of_one, path=path.absolute()))


def _variants(path: Path, request: Request) -> tuple[str, ...]:
    """Return the variants of a project that are asked for; what is wrong its task tells."""
    try:
        return pipeline.variants(dataclasses.replace(request, path=path))
    except CvtexError:
        return ("",)


def _languages(path: Path, request: Request) -> tuple[str, ...]:
    """Return the languages of a project that are asked for; what is wrong its task tells."""
    try:
        return pipeline.languages(dataclasses.replace(request, path=path))
    except CvtexError:
        return ("",)
