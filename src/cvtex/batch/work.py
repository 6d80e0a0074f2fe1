"""What a worker does: one task, and what became of it."""

from __future__ import annotations

import dataclasses
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from cvtex import pipeline, private
from cvtex.batch.packing import unpack
from cvtex.batch.tasks import Task
from cvtex.diagnostics import CvtexError, Diagnostic
from cvtex.records import dataclass, field


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


def perform(task: Task) -> Done:
    """Build one CV; this is what a worker runs. Raises nothing for what the CV does."""
    for name in private.VARIABLES:
        os.environ.pop(name, None)  # one person's number is not everybody's
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="cvtex-") as place:
        work = Path(place)
        path = task.request.path
        if task.pack is not None:
            unpack(task.pack, work / "project")
            path = work / "project" / path
        request = dataclasses.replace(
            task.request, path=path, folder=work / "build", output=work / "cv.pdf"
        )
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
