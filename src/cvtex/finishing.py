"""From TeX's PDF to the one that is published, and what there is to say of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.diagnostics import Diagnostic, warning

if TYPE_CHECKING:
    from cvtex.preparation import Prepared
    from cvtex.request import Request
    from cvtex.source import Reading

NAMES = {"ua": "PDF/UA", "archive": "PDF/A"}


def finish(
    made: Path, prepared: Prepared, reading: Reading, request: Request, epoch: int
) -> tuple[bytes, list[Diagnostic]]:
    """Return the PDF as it is published, and the problems found in it.

    A standard that nobody asked for and that the PDF does not reach is no problem: the
    PDF then does not claim it.
    """
    from cvtex.pdf import finish

    asked = request.standard or (reading.resume.meta.standard if reading.resume else None)
    done = finish.finish(made.read_bytes(), prepared.facts, asked or "archive", epoch)  # type: ignore[arg-type]
    found = []
    if asked:
        lacks = {"ua": done.not_universal, "archive": done.not_archive}
        found = [
            warning(f"{prepared.theme}: the PDF is no {NAMES[standard]}: {'; '.join(reasons)}")
            for standard, reasons in lacks.items()
            if reasons
        ]
    return done.pdf, found
