"""The fast path of pdfLaTeX: a precompiled preamble, a private flat tree, and as few
passes as needed.

Its result is the document that latexmk makes, or none: `compile` returns None on
any doubt, and the plain path is taken.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from cvtex import disk
from cvtex.records import dataclass
from cvtex.toolchain import cache, outcome
from cvtex.toolchain.engine import Run, Started, finish, start, stop
from cvtex.toolchain.environment import environment
from cvtex.toolchain.model import JOB, Job, Limits, Outcome, Progress, Toolchain
from cvtex.toolchain.texlive import ahead_pdflatex, document, formats, passes, tree
from cvtex.toolchain.texlive.ahead_pdflatex import Ahead
from cvtex.toolchain.texlive.formats import Format


def compile(toolchain: Toolchain, job: Job) -> Outcome | None:
    """Compile `folder/cv.tex` by the fast path; None where the plain one must be taken.

    `job.ahead` is used if it is the engine that is needed. Raises nothing but
    `KeyboardInterrupt` and what `job.meanwhile` does.
    """
    ahead = job.ahead if isinstance(job.ahead, Ahead) else None
    with contextlib.suppress(OSError, UnicodeError, tree.NotPossible, _Stale):
        try:
            return _compile(toolchain, job, ahead)
        except _Stale:
            return _compile(toolchain, job, None)
    return None


class _Stale(Exception):
    """The entry turned out not to be what it was."""


def _compile(toolchain: Toolchain, job: Job, ahead: Ahead | None) -> Outcome | None:
    program, folder, epoch = toolchain.engines.get(job.engine), job.folder, job.epoch
    if job.engine != "pdflatex" or program is None or not cache.is_ours():
        return None
    tex = (folder / f"{JOB}.tex").read_text("utf-8")
    preamble = document.split(tex)
    if preamble is None:
        return None
    own = document.own_files(folder)
    entry = cache.root() / formats.key(program, preamble, own)
    format = formats.find(entry, own, epoch)
    if format and format.refused:
        return None
    environ = environment(folder, epoch)
    if ahead and not ahead.is_for(program, entry, folder, epoch):
        ahead = None

    def precompile() -> Format | None:
        return _precompile(program, preamble, folder, entry, own, epoch, job.limits)

    make_format = None if format else precompile
    format = format or formats.NONE
    run = _Run(
        program, folder, entry, environ, job.limits, tex, format, ahead, make_format, job.meanwhile
    )
    result = outcome.settle(folder, lambda: run.passes(job.progress))
    if not result.ok:
        outcome.forget(folder)
        return None
    cache.touch(entry)
    ahead_pdflatex.note(folder, entry / run.format.fmt, epoch)
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
        format = formats.make(program, preamble, scratch, own, epoch, limits)
        if format is None:
            return None
        for file in scratch.iterdir():
            if format.refused or file.name != formats.FMT:
                file.unlink()
        if other := formats.find(entry, own, epoch):  # by another build, meanwhile
            return other
        cache.save(scratch, formats.as_state(format))
        cache.publish(scratch, entry)
    cache.prune()
    return format


@dataclass(slots=True)
class _Run:
    """One document on its way through the passes."""

    program: Path
    folder: Path
    entry: Path
    environ: dict[str, str]
    limits: Limits
    tex: str
    format: Format
    ahead: Ahead | None
    precompile: Callable[[], Format | None] | None
    meanwhile: Callable[[], None]
    learnt: bool = False

    def passes(self, progress: Progress) -> Outcome:
        """Run the engine until nothing changes that the next pass would read."""
        if self.precompile:
            progress("precompiling the theme")
        seeded = passes.seed(self.folder, self.tex, self.format.seeds)

        def engine_pass(number: int) -> Outcome:
            progress(f"pdflatex, pass {number}")
            ended = self._run()
            return outcome.judge(ended, self.folder, self._reads(), folded=False)

        result = passes.until_settled(self.folder, engine_pass)
        if not result.ok:
            return result
        if not seeded:
            seeds = passes.learnt(self.format.seeds, self.tex, passes.state(self.folder))
            if seeds is not self.format.seeds:
                self._learn(seeds=seeds)
        if self.learnt:
            with contextlib.suppress(OSError):
                cache.save(self.entry, formats.as_state(self.format))
        messages = (*formats.messages(self.format), *result.messages)
        return dataclasses.replace(result, messages=tuple(dict.fromkeys(messages)))

    def _run(self) -> Run:
        """Run one pass in the tree, or in all of TeX Live if that has what the tree lacks."""
        if self.precompile:
            precompile, self.precompile = self.precompile, None
            return self._plain(precompile)
        links = self.entry / formats.TREE
        if (links / "texmf.cnf").is_file():
            ended, searches = self._engine(tree.environment(self.environ, links), check=True)
            missing = frozenset(self.format.missing)
            if not tree.unknown(searches, links, self.format.names, missing):
                return ended
        ended, searches = self._engine({**self.environ, **tree.SEARCHES})
        if ended.status == 0:
            self._join(searches)
        return ended

    def _plain(self, precompile: Callable[[], Format | None]) -> Run:
        """Run one pass without a format, which is made meanwhile, on another core."""
        with tree.telling() as telling:
            environ = {**self.environ, **tree.SEARCHES}
            command = formats.command(self.program, None, f"{JOB}.tex")
            started = start(command, self.folder, environ, self.limits, errors=telling.fileno())
            if isinstance(started, Run):
                raise OSError(started.reason)
            try:
                format = precompile()
                if format is None or format.refused:
                    raise tree.NotPossible("a preamble that cannot be precompiled")
                self.format = format
                if started.runs():  # else the next build unpacks it, while its engine works
                    self._unpack()
            except BaseException:
                stop(started)
                raise
            ended = finish(started)
            searches = tree.read_searches(tree.output_of(telling))
        if ended.status == 0:
            self._join(searches)
        return ended

    def _engine(self, environ: dict[str, str], check: bool = False) -> tuple[Run, tree.Searches]:
        """Run the engine once; the one that waits, if it is the first pass in the tree."""
        ahead, self.ahead = self.ahead, None
        if ahead and check and ahead.release():
            ended, searches = self._finish(ahead.started, ahead.telling)
            ahead.hand_over()
            return ended, searches
        with tree.telling() as telling:
            command = formats.command(self.program, self.entry / self.format.fmt, formats.GO)
            errors, more = telling.fileno(), formats.access(self.entry)
            started = start(command, self.folder, environ, self.limits, errors=errors, more=more)
            if isinstance(started, Run):
                return started, tree.Searches({}, frozenset(), frozenset())
            return self._finish(started, telling)

    def _finish(self, started: Started, telling: IO[bytes]) -> tuple[Run, tree.Searches]:
        """Check the entry while the engine works, unpack its dump if that was not done yet, and
        return how it ended."""
        try:
            whole = formats.is_whole(self.entry, self.format)
            if whole and self.format.fmt != formats.RAW:
                self._unpack()
            # What judges the run is loaded now, as this costs no time.
            from cvtex.toolchain.messages import log  # noqa: F401

            self.meanwhile()
        except BaseException:
            stop(started)
            raise
        ended = finish(started)
        if not whole:
            if cache.load(self.entry) in (None, formats.as_state(self.format)):
                cache.remove(self.entry)  # else another build has replaced it
            raise _Stale
        return ended, tree.read_searches(tree.output_of(telling))

    def _unpack(self) -> None:
        """Unpack the dump, and let later runs load that."""
        sums = {
            **self.format.checksums,
            formats.RAW: formats.unpack(self.entry / formats.FMT, self.entry / formats.RAW),
        }
        sums.pop(formats.FMT, None)
        self._learn(fmt=formats.RAW, checksums=sums)

    def _join(self, searches: tree.Searches) -> None:
        """Let what a run in the real tree found join the private one."""
        if not searches.paths:
            raise tree.NotPossible("a kpathsea that tells no searches")
        fresh = searches.found
        names = {**self.format.names, **fresh}
        if any(names[name] != place for name, place in self.format.names.items()):
            raise tree.NotPossible("two files of one name")
        stamps = {**self.format.stamps, **{place: disk.stamp(place) for place in fresh.values()}}
        stamps |= {file: disk.stamp(file) for file in tree.loose_folders(searches.paths)}
        missing = sorted({*self.format.missing, *searches.missing})
        settings = [Path(file) for file in self.format.settings]
        with contextlib.suppress(OSError, tree.NotPossible):
            checksums = tree.make(self.entry / formats.TREE, names, settings)
            sums = {f"{formats.TREE}/{name}": value for name, value in checksums.items()}
            sums = {**self.format.checksums, **sums}
            self._learn(names=names, stamps=stamps, missing=missing, checksums=sums)

    def _reads(self) -> tuple[str, ...]:
        return (*self.format.stamps, *(f"{self.folder}/{name}" for name in self.format.own))

    def _learn(self, **news: Any) -> None:
        """Add to what is known of the format; it is saved in the end."""
        self.format = dataclasses.replace(self.format, **news)
        self.learnt = True
