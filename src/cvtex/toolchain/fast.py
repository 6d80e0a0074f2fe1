"""The fast path of pdfLaTeX: a precompiled preamble, a private flat tree, and as few
passes as needed.

Its result is the document that latexmk makes, or none: `compile` returns None on
any doubt, and the plain path is taken.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import re
from pathlib import Path
from typing import IO

from cvtex.toolchain import JOB, Limits, Outcome, Progress, Toolchain, cache, formats, outcome, tree
from cvtex.toolchain.engine import Run, Started, environment, finish, start, stop
from cvtex.toolchain.formats import Format

MOST_PASSES = 5
_HINT = ".fast"  # in a build folder: what the last build there ran
_SEEDS = 8
_RERUN = re.compile(r"Rerun to get|may have changed\. Rerun|\(re\)run", re.IGNORECASE)
_NOT_STATE = (".tex", ".pdf", ".log", ".fls", ".fdb_latexmk", ".fmt", ".probe", ".synctex.gz")
# What latexmk starts a new document with; LaTeX sees the same first pass in both ways.
_FIRST_AUX = b"\\relax \n\\gdef \\@abspage@last{1}\n"
_SECTION = re.compile(r"\\(?:cv)?(?:sub)*section\*?\s*\{([^\n]*)\}")


@dataclasses.dataclass(slots=True)
class Ahead:
    """An engine that has loaded a format and waits in a build folder to be let go.

    It ends by itself when the process that started it does.
    """

    program: str
    entry: Path
    folder: Path
    epoch: int
    started: Started
    telling: IO[bytes]

    def stop(self) -> None:
        """End it, if it was not let go and ended already. May be called twice."""
        stop(self.started)
        self.telling.close()


def ahead(folder: Path, limits: Limits | None = None) -> Ahead | None:
    """Start the engine that the next build in `folder` will probably need, None if unknown.

    Whoever calls it must `stop` it in the end. Raises nothing.
    """
    try:
        hint = json.loads((folder / _HINT).read_bytes())
        program, entry, epoch = str(hint["program"]), Path(hint["entry"]), int(hint["epoch"])
        if entry.parent != cache.root() or not cache.is_ours():
            return None
        links = entry / formats.TREE
        if not (links / "texmf.cnf").is_file():
            return None
        environ = tree.environment(environment(folder, epoch, Path(program)), links)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    telling = tree.telling()
    try:
        command = _command(program, entry, formats.WAIT)
        limits = limits or Limits()
        started = start(command, folder, environ, limits, waits=True, errors=telling.fileno())
    except BaseException:
        telling.close()
        raise
    if isinstance(started, Run):
        telling.close()
        return None
    return Ahead(program, entry, folder, epoch, started, telling)


def _command(program: str, entry: Path, first_line: str) -> list[str]:
    return [
        program,
        f"-fmt={entry / formats.FMT}",
        f"-progname={Path(program).name}",
        f"-jobname={JOB}",
        "-interaction=nonstopmode",
        "-file-line-error",
        "-no-shell-escape",
        first_line,
    ]


def compile(
    toolchain: Toolchain,
    engine: str,
    folder: Path,
    *,
    epoch: int,
    limits: Limits,
    progress: Progress | None = None,
    ahead: Ahead | None = None,
) -> Outcome | None:
    """Compile `folder/cv.tex` by the fast path; None where the plain one must be taken.

    `ahead` is used if it is the engine that is needed. Raises nothing but
    `KeyboardInterrupt`.
    """
    try:
        return _compile(toolchain, engine, folder, epoch, limits, progress, ahead)
    except (OSError, UnicodeError, tree.NotPossible):
        return None


def _compile(
    toolchain: Toolchain,
    engine: str,
    folder: Path,
    epoch: int,
    limits: Limits,
    progress: Progress | None,
    ahead: Ahead | None,
) -> Outcome | None:
    program = toolchain.engines.get(engine)
    if engine != "pdflatex" or program is None or not cache.is_ours():
        return None
    tex = (folder / f"{JOB}.tex").read_text("utf-8")
    preamble = formats.split(tex)
    if preamble is None:
        return None
    own = formats.own_files(folder)
    entry = cache.root() / formats.key(program, preamble, own)
    kept = formats.find(entry, own, epoch)
    if kept is None:
        if progress:
            progress("precompiling the theme")
        kept = _precompile(program, preamble, folder, entry, own, epoch, limits)
    if kept is None or kept.refused:
        return None
    environ = environment(folder, epoch, program)
    asked = (str(program), entry, folder, epoch)
    if ahead and (ahead.program, ahead.entry, ahead.folder, ahead.epoch) != asked:
        ahead = None
    job = _Job(program, folder, entry, kept, environ, limits, tex, ahead)
    result = outcome.settle(folder, lambda: job.passes(progress))
    if not result.ok:
        outcome.forget(folder)
        return None
    cache.touch(entry)
    hint = {"program": str(program), "entry": str(entry), "epoch": epoch}
    (folder / _HINT).write_text(json.dumps(hint))
    return result


def _precompile(
    program: Path,
    preamble: str,
    folder: Path,
    entry: Path,
    own: dict[str, str],
    epoch: int,
    limits: Limits,
) -> Format | None:
    """Make and keep a format; None where that is not possible just now."""
    with cache.scratch() as scratch:
        for name in own:
            (scratch / name).symlink_to((folder / name).absolute())
        kept = formats.make(program, preamble, scratch, own, epoch, limits)
        if kept is None:
            return None
        for file in scratch.iterdir():
            if kept.refused or file.name != formats.FMT:
                file.unlink()
        cache.save(scratch, dataclasses.asdict(kept))
        cache.publish(scratch, entry)
    cache.prune()
    return kept


@dataclasses.dataclass(slots=True)
class _Job:
    """One document on its way through the passes."""

    program: Path
    folder: Path
    entry: Path
    kept: Format
    environ: dict[str, str]
    limits: Limits
    tex: str
    ahead: Ahead | None

    def passes(self, progress: Progress | None) -> Outcome:
        """Run the engine until nothing changes that the next pass would read."""
        seeded = self._seed()
        before = _state(self.folder)
        for number in range(1, MOST_PASSES + 1):
            if progress:
                progress(f"pdflatex, pass {number}")
            ended, searches = self._run()
            result = outcome.judge(ended, self.folder, self._reads(searches), folded=False)
            if not result.ok:
                return result
            after = _state(self.folder)
            if after == before and not (number == 1 and _RERUN.search(result.log)):
                break
            before = after
        else:
            return dataclasses.replace(result, ok=False, reason="it does not settle")
        if not seeded and after:
            self._keep_seed(after)
        told = (*formats.messages(self.kept), *result.messages)
        return dataclasses.replace(result, messages=tuple(dict.fromkeys(told)))

    def _run(self) -> tuple[Run, tree.Searches]:
        """Run one pass in the tree, or in all of TeX Live if that has what the tree lacks."""
        links = self.entry / formats.TREE
        if (links / "texmf.cnf").is_file():
            ended, searches = self._engine(tree.environment(self.environ, links), check=True)
            missing = frozenset(self.kept.missing)
            if not tree.unknown(searches, links, self.kept.names, missing):
                return ended, searches
        ended, searches = self._engine({**self.environ, **tree.SEARCHES})
        if ended.status == 0:
            self._join(searches)
        return ended, searches

    def _engine(self, environ: dict[str, str], check: bool = False) -> tuple[Run, tree.Searches]:
        """Run the engine once; the one that waits, if it is the first pass in the tree."""
        ahead, self.ahead = self.ahead, None
        if ahead and check and ahead.started.release():
            return self._finish(ahead.started, ahead.telling)
        with tree.telling() as telling:
            command = _command(str(self.program), self.entry, formats.GO)
            errors = telling.fileno()
            started = start(command, self.folder, environ, self.limits, errors=errors)
            if isinstance(started, Run):
                return started, tree.Searches({}, frozenset(), frozenset())
            return self._finish(started, telling)

    def _finish(self, started: Started, telling: IO[bytes]) -> tuple[Run, tree.Searches]:
        """Check the entry while the engine works, and return how it ended."""
        try:
            whole = formats.is_whole(self.entry, self.kept)
        except BaseException:
            stop(started)
            raise
        ended = finish(started)
        if not whole:
            cache.remove(self.entry)
            raise OSError("the format is damaged")
        return ended, tree.read_searches(tree.told(telling))

    def _join(self, searches: tree.Searches) -> None:
        """Let what a run in the real tree found join the private one."""
        fresh = searches.found
        names = {**self.kept.names, **fresh}
        if any(names[name] != place for name, place in self.kept.names.items()):
            raise tree.NotPossible("two files of one name")
        stamps = {**self.kept.stamps, **{place: formats.stamp(place) for place in fresh.values()}}
        stamps |= {file: formats.stamp(file) for file in tree.loose_folders(searches.paths)}
        missing = sorted({*self.kept.missing, *searches.missing})
        settings = [Path(file) for file in self.kept.settings]
        with contextlib.suppress(OSError, tree.NotPossible):
            made = tree.make(self.entry / formats.TREE, names, settings)
            sums = {f"{formats.TREE}/{name}": value for name, value in made.items()}
            self.kept = dataclasses.replace(
                self.kept,
                names=names,
                stamps=stamps,
                missing=missing,
                checksums={**self.kept.checksums, **sums},
            )
            cache.save(self.entry, dataclasses.asdict(self.kept))

    def _reads(self, searches: tree.Searches) -> tuple[Path, ...]:
        own = (self.folder / name for name in self.kept.own)
        return (*map(Path, self.kept.stamps), *own)

    def _seed(self) -> bool:
        """Give a new document the `.aux` of a finished one alike, a guess that a pass verifies.

        Tells whether it was that.
        """
        if (self.folder / f"{JOB}.aux").exists():
            return False
        seed = self.kept.seeds.get(_titles(self.tex))
        for name, text in (seed or {}).items():
            (self.folder / name).write_text(text, encoding="latin-1", newline="")
        if not seed:
            (self.folder / f"{JOB}.aux").write_bytes(_FIRST_AUX)
        return bool(seed)

    def _keep_seed(self, state: dict[str, bytes]) -> None:
        seed = {name: data.decode("latin-1") for name, data in state.items()}
        titles = _titles(self.tex)
        if self.kept.seeds.get(titles) == seed or sum(map(len, state.values())) > 65536:
            return
        seeds = dict(list({**self.kept.seeds, titles: seed}.items())[-_SEEDS:])
        self.kept = dataclasses.replace(self.kept, seeds=seeds)
        with contextlib.suppress(OSError):
            cache.save(self.entry, dataclasses.asdict(self.kept))


def _titles(tex: str) -> str:
    """Return what stands for a document's section titles, which its bookmarks are made of."""
    return hashlib.sha256("\n".join(_SECTION.findall(tex)).encode()).hexdigest()[:16]


def _state(folder: Path) -> dict[str, bytes]:
    """Return what a run left for the next: the job's own files, of which only what is read."""
    found = {
        file.name: file.read_bytes()
        for file in folder.glob(f"{JOB}.*")
        if not file.name.endswith(_NOT_STATE)
    }
    aux = found.get(f"{JOB}.aux")
    if aux is not None:
        # \@writefile does nothing where no such file is open (ltfiles).
        for ending in set(re.findall(rb"(?m)^\\@writefile\{(\w+)\}", aux)):
            if f"{JOB}.{ending.decode()}" not in found:
                aux = re.sub(rb"(?m)^\\@writefile\{%s\}.*\n" % ending, b"", aux)
        found[f"{JOB}.aux"] = aux
    return found
