"""Many CVs at once, on any `concurrent.futures.Executor`.

A task is a project (its path, or its bytes for a machine without our disk); its
result is the PDF's bytes and what there is to say. Only as many tasks are handed
out as keep the workers busy, so memory does not grow with their number. A worker
that dies costs no result: what it had in hand is done again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import re
import tempfile
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import product
from pathlib import Path
from typing import Any

from cvtex import disk, exposure, freshness, names, output, pipeline, private
from cvtex.diagnostics import CvtexError, Diagnostic, Source, error
from cvtex.records import dataclass, field
from cvtex.request import Request
from cvtex.trust import is_trusted

STATE = ".cvtex-batch.json"
MOST_DEATHS = 3
"""How many workers a task may take with it before it is given up."""
LARGEST = 50 * 1024**2  # bytes of a project that is sent to another machine
_LEFT_OUT = frozenset({"build", "__pycache__", "node_modules"})
_DATA = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Task:
    """One CV to build. With `pack`, a zip of the project, `path` is relative to it."""

    name: str
    path: str
    options: Mapping[str, Any]
    pack: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a task. `pdf` is None where it failed, or was there already (`skipped`)."""

    name: str
    ok: bool
    pages: int = 0
    seconds: float = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    pdf: bytes | None = field(default=None, repr=False)
    skipped: bool = False

    def json(self) -> dict[str, Any]:
        """Return the same for machines, the PDF left out."""
        return {
            "name": self.name,
            "status": "unchanged" if self.skipped else "built" if self.ok else "failed",
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "diagnostics": [diagnostic.json() for diagnostic in self.diagnostics],
        }


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
        is_file = path.is_file() and path.suffix.lower() in _DATA
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
            options = {
                "themes": (theme,) if theme else (),
                "variants": (variant,) if variant else (),
                "languages": (language,) if language else (),
                **{key: getattr(request, key) for key in _OPTIONS},
                # another machine does not know whom this one trusts
                "trust": request.trust or is_trusted(path if path.is_dir() else path.parent),
            }
            parts = [name, Path(theme).name if len(request.themes) > 1 else "", variant]
            parts += [language]
            title = "-".join(filter(None, parts))
            if packed:
                inside, pack = _pack(path, request.public)
                yield Task(title, inside, options, pack)
            else:
                yield Task(title, str(path.absolute()), options)


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


_OPTIONS = (
    "engine",
    "toolchain",
    "overrides",
    "public",
    "strict",
    "bundle",
    "cache",
    "standard",
    "embed",
)


def run(
    todo: Iterable[Task],
    start: Callable[[], Executor],
    window: int,
    out: Path,
    on_done: Callable[[Done], None] = lambda done: None,
) -> list[Done]:
    """Build all tasks and put the PDFs into `out`; one that failed stops no other.

    `start` gives an executor, and another one when its workers have died;
    `window` tasks are in hand at a time. What `out` holds already of the same
    inputs is skipped. `on_done` is told each result as it comes.
    """
    top = Path() if out.parts[:1] == ("build",) else out  # build/ may be somebody else's
    state = _load(out, top)
    results: list[Done] = []
    saved = time.monotonic()

    def fresh() -> Iterator[Task]:
        for task in todo:
            keys[task.name] = _key(task)
            earlier = state.get(task.name, {})
            there = disk.stamp(out / f"{task.name}.pdf")
            if there and earlier == {**earlier, "key": keys[task.name], "pdf": there}:
                pages = earlier.get("pages")
                pages = pages if isinstance(pages, int) else 0
                finish(Done(name=task.name, ok=True, pages=pages, skipped=True))
            else:
                yield task

    def finish(done: Done) -> None:
        nonlocal saved
        if done.pdf is not None:
            try:
                output.put(out / f"{done.name}.pdf", done.pdf, within=top)
            except CvtexError as failure:
                problems = (*done.diagnostics, *failure.diagnostics)
                done = dataclasses.replace(done, ok=False, pdf=None, diagnostics=problems)
        if done.pdf is not None:
            state[done.name] = {
                "key": keys[done.name],
                "pages": done.pages,
                "pdf": disk.stamp(out / f"{done.name}.pdf"),
            }
            if time.monotonic() - saved > 2:
                _save(out, top, state)
                saved = time.monotonic()
        results.append(dataclasses.replace(done, pdf=None))
        on_done(results[-1])

    keys: dict[str, str] = {}
    try:
        for done in _drive(fresh(), start, window):
            finish(done)
    finally:
        _save(out, top, state)
    return results


def _drive(todo: Iterator[Task], start: Callable[[], Executor], window: int) -> Iterator[Done]:
    """Yield the result of each task; a task whose workers die again and again fails."""
    deaths: dict[str, int] = {}
    again: deque[Task] = deque()
    executor = start()
    flying: dict[Future[Done], Task] = {}
    try:
        while True:
            # A task that may have killed a worker flies alone, so that it is known.
            alone = bool(again)
            while len(flying) < (1 if alone else window):
                task = again.popleft() if again else next(todo, None)
                if task is None:
                    break
                try:
                    flying[executor.submit(perform, task)] = task
                except BrokenExecutor:
                    again.append(task)
                    break
                if alone:
                    break
            if not flying and not again:
                return
            ended, _ = wait(flying, return_when=FIRST_COMPLETED)
            broken = not flying
            for future in ended:
                task = flying.pop(future)
                try:
                    yield future.result()
                except BrokenExecutor:
                    broken = True
                    deaths[task.name] = deaths.get(task.name, 0) + 1
                    if deaths[task.name] < MOST_DEATHS:
                        again.append(task)
                    else:
                        yield _failed(task, "its worker died, again and again")
                except Exception as failure:
                    yield _failed(task, f"{type(failure).__name__} in cvtex")
            if broken:
                for task in flying.values():
                    again.append(task)
                flying.clear()
                executor.shutdown(wait=False)
                executor = start()
    finally:
        for future in flying:
            future.cancel()
        executor.shutdown(wait=False)


def _failed(task: Task, message: str) -> Done:
    return Done(name=task.name, ok=False, diagnostics=(error(f"{task.name}: {message}"),))


def perform(task: Task) -> Done:
    """Build one CV; this is what a worker runs. Raises nothing for what the CV does."""
    for name in private.VARIABLES:
        os.environ.pop(name, None)  # one person's number is not everybody's
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="cvtex-") as place:
        work = Path(place)
        path = Path(task.path)
        if task.pack is not None:
            _unpack(task.pack, work / "project")
            path = work / "project" / task.path
        request = Request(path=path, folder=work / "build", output=work / "cv.pdf", **task.options)
        pdf, pages = None, 0
        try:
            result = pipeline.build(request)
            problems = result.diagnostics
            pdf = (work / "cv.pdf").read_bytes()
            pages = result.built[0].pages
        except CvtexError as failure:
            problems = failure.diagnostics
    seconds = time.perf_counter() - began
    return Done(
        name=task.name,
        ok=pdf is not None,
        pages=pages,
        seconds=seconds,
        diagnostics=problems,
        pdf=pdf,
    )


def _pack(path: Path, public: bool) -> tuple[str, bytes]:
    """Return a project as a zip, and where it is in it. The private overlay goes along
    unless `public`. Raises `CvtexError` where it is too large to send."""
    root = path if path.is_dir() else path.parent
    files = [path] if path.is_file() else list(_walk(path, path.resolve()))
    data = io.BytesIO()
    total = 0
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            name = file.relative_to(root).as_posix()
            overlay = not public and file.stem.lower() == "private" and file.suffix in _DATA
            if name.startswith("data/") and exposure.is_private(name) and not overlay:
                continue  # an editor's copy is nobody else's
            if not names.is_plain(name):
                problem = error("the name of this file cannot be sent", Source(name))
                raise CvtexError([problem])
            total += file.stat().st_size
            if total > LARGEST:
                raise CvtexError([error(f"{path} is too large to send to another machine")])
            archive.writestr(zipfile.ZipInfo(name), file.read_bytes())
    return ("." if path.is_dir() else path.name), data.getvalue()


def _walk(folder: Path, top: Path) -> Iterator[Path]:
    """Yield a project's files; no link that leaves `top`, a real path, is followed."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _LEFT_OUT:
            continue
        if entry.is_symlink() and (entry.is_dir() or not entry.resolve().is_relative_to(top)):
            continue
        if entry.is_dir():
            yield from _walk(entry, top)
        elif entry.is_file():
            yield entry


def _unpack(pack: bytes, place: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(place)


def _key(task: Task) -> str:
    """Return a hash of all that a task's PDF is made of, but for TeX's own files."""
    if not freshness.key():
        return os.urandom(16).hex()  # nothing that can be known again
    made_of = sorted((key, value) for key, value in task.options.items() if key != "trust")
    digest = hashlib.blake2b(repr(made_of).encode(), key=freshness.key(), digest_size=32)
    digest.update(freshness.identity().encode())
    digest.update(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    if task.pack is not None:
        digest.update(task.pack)
        return digest.hexdigest()
    path = Path(task.path)
    for file in _walk(path, path.resolve()) if path.is_dir() else [path]:
        digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for theme in task.options["themes"]:
        if Path(theme).is_dir():
            for file in _walk(Path(theme), Path(theme).resolve()):
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _load(out: Path, top: Path) -> dict[str, dict[str, Any]]:
    """Return what the last batch left of itself in `out`; what is damaged counts as absent."""
    try:
        state = json.loads(disk.read(out / STATE, freshness.LARGEST, within=top))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(state, dict):
        return {}
    return {name: entry for name, entry in state.items() if isinstance(entry, dict)}


def _save(out: Path, top: Path, state: Mapping[str, Any]) -> None:
    disk.write(out / STATE, json.dumps(state).encode(), within=top)
