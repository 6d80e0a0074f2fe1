"""One document through TeX; where pages are asked for, at the density that gives them.

No try at another density makes a new precompiled preamble: it stands in the document's body.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import output, select, workplace
from cvtex.diagnostics import Diagnostic, error
from cvtex.pipeline import fitting, preparation
from cvtex.pipeline.fitting import DENSEST, Wanted
from cvtex.records import dataclass, field

if TYPE_CHECKING:
    from cvtex.model import Resume
    from cvtex.pipeline.preparation import Prepared
    from cvtex.toolchain import Outcome, Toolchain, Waiting

PAPERS = {"letter": 792.0}
"""Points of a page's height by the option `paper`; A4's are 842."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A document as TeX was given it, what became of it, and the PDF (empty where it failed)."""

    prepared: Prepared
    outcome: Outcome
    data: bytes

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.outcome.pages


class _FailedError(Exception):
    """TeX failed in a try; no other density would help."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled


@dataclass(slots=True, kw_only=True)
class Press:
    """What compiles the documents of one edition, in one folder; `ahead` serves the first.

    `meanwhile` is done once, beside the first run of TeX where that can be.
    """

    toolchain: Toolchain
    place: Path
    epoch: int
    bundle: str | None
    cache: bool
    progress: Callable[[str], None]
    ahead: Waiting | None = None
    meanwhile: Callable[[], object] | None = None
    tries: int = 0

    def run(self, prepared: Prepared) -> Compiled:
        """Compile a document."""
        from cvtex import toolchain

        files = prepared.beside() | {"cv.tex": prepared.tex.encode()}
        with output.plainly(self.place):
            workplace.fill(self.place, files, f"{prepared.engine} {self.toolchain.name}")
        ahead, self.ahead = self.ahead, None
        self.tries += 1
        outcome = toolchain.compile(
            self.toolchain,
            prepared.engine,
            self.place,
            epoch=self.epoch,
            bundle=self.bundle,
            progress=self.progress,
            cache=self.cache,
            ahead=ahead,
            meanwhile=self._work,
        )
        self._work()
        data = outcome.pdf.read_bytes() if outcome.ok and outcome.pdf else b""
        reads = tuple(file for file in outcome.reads if not file.startswith(f"{self.place}/"))
        outcome = dataclasses.replace(outcome, reads=reads)
        return Compiled(prepared=prepared, outcome=outcome, data=data)

    def _work(self) -> None:
        work, self.meanwhile = self.meanwhile, None
        if work:
            work()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The document that was chosen, its density, and what there is to say.

    `held` tells that the density is the one of the build before.
    """

    compiled: Compiled
    density: int | None = None
    held: bool = False
    problems: list[Diagnostic] = field(default_factory=list)


def fitted(
    press: Press,
    prepared: Prepared,
    wanted: Wanted,
    held: int | None,
    renew: Callable[[Resume], Prepared | None],
) -> Fitted:
    """Compile a document at the loosest density at which it has the pages that are wanted.

    `held` is a density that is kept while the pages fit; `renew` renders the CV with what
    is left of it. Where nothing helps, the problems have an error.
    """
    own = preparation.own_density(prepared)
    low = min(own or 0, DENSEST)
    tried: dict[int, Compiled] = {}

    def at(document: Prepared, density: int) -> Compiled:
        press.progress(f"density {density}")
        same = own is None or density == own
        compiled = press.run(document if same else preparation.at_density(document, density))
        if not compiled.data:
            raise _FailedError(compiled)
        return compiled

    def fits(density: int) -> bool:
        tried[density] = at(prepared, density)
        return tried[density].pages <= wanted.pages

    densest = DENSEST if own is not None else low
    try:
        density = fitting.loosest(fits, low, held, densest)
        problems: list[Diagnostic] = []
        if density is None and wanted.drop:
            things = select.least(prepared.resume)
            documents: dict[int, Prepared] = {}

            def fits_without(count: int) -> bool:
                rest = renew(select.without(prepared.resume, things[:count]))
                if rest is None:
                    return False
                documents[count] = rest
                return at(rest, densest).pages <= wanted.pages

            if count := fitting.fewest(fits_without, len(things)):
                prepared = documents[count]
                problems += fitting.left_out(things[:count], wanted)
                density = fitting.loosest(fits, low, None, densest)
    except _FailedError as failure:
        return Fitted(compiled=failure.compiled)
    if density is None:
        longest = tried[densest]
        return Fitted(compiled=longest, problems=_too_long(longest, wanted, own is not None))
    return Fitted(
        compiled=tried[density],
        density=density,
        held=density == held and density > low,
        problems=problems,
    )


def _too_long(compiled: Compiled, wanted: Wanted, has_knobs: bool) -> list[Diagnostic]:
    from cvtex.pdf import lines
    from cvtex.pipeline import finishing

    located = finishing.located(compiled.data, compiled.prepared)
    resume = compiled.prepared.resume
    found = fitting.too_long(
        compiled.prepared.edition,
        compiled.pages,
        lines.beyond(located.words, wanted.pages),
        wanted,
        lines.paragraphs(located, prose(resume).__contains__),
        resume,
    )
    if not has_knobs:
        theme = compiled.prepared.theme
        found.append(error(f"the theme {theme} has no option density to turn"))
    return found


def prose(resume: Resume) -> frozenset[object]:
    """Return the places of the texts that are prose."""
    from cvtex import model

    shown = model.texts(resume)
    return frozenset(text.source for text in shown if isinstance(text, model.Prose))


def height(prepared: Prepared) -> float:
    """Return the height of a document's pages, in points."""
    return PAPERS.get(str(getattr(prepared.set_by.options, "paper", "")), 842.0)
