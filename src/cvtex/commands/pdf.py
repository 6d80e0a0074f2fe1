"""`cvtex export pdf`: the PDF to hand out, named after the person."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.commands import say, to_stdout
from cvtex.commands.export import build_pdf, name_to_hand_out

if TYPE_CHECKING:
    from cvtex.request import Request


def pdf(request: Request, *, output: Path | None, latin: bool = False) -> int:
    """Build the PDF, print its path (or, for `-`, the PDF), return the exit status.

    `output` is a file or a folder, as `filenames.place` tells them apart.
    """
    from cvtex.filenames import place

    name = name_to_hand_out(request, latin)
    with tempfile.TemporaryDirectory(prefix="cvtex-") as scratch:
        piped = output == Path("-")
        target = Path(scratch, "cv.pdf") if piped else place(output, f"{name}.pdf")
        build_pdf(request, target)
        if piped:
            to_stdout(target.read_bytes())
        else:
            say(target)
    return 0
