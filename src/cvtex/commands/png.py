"""`cvtex export png`: the pages of the PDF as pictures."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.commands import say, to_stdout
from cvtex.commands.export import build_pdf, name_to_hand_out
from cvtex.diagnostics import CvtexError, UsageError, error

if TYPE_CHECKING:
    from cvtex.request import Request


def png(
    request: Request, *, output: Path | None, latin: bool = False, page: int | None = None,
    dots: int = 150,
) -> int:  # fmt: skip
    """Write a picture of each page (or of one), print the paths, return the exit status.

    The pictures of several pages are numbered: `Ada-Example-CV-1.png`.
    """
    from cvtex.filenames import place
    from cvtex.output import put
    from cvtex.pdf import draw

    name = name_to_hand_out(request, latin)
    with tempfile.TemporaryDirectory(prefix="cvtex-") as scratch:
        pdf = Path(scratch, "cv.pdf")
        build_pdf(request, pdf)
        drawn = list(draw.pages(pdf, dots))
    if page is not None and page > len(drawn):
        many = f"the CV has {len(drawn)} page{'' if len(drawn) == 1 else 's'}"
        raise UsageError([error(f"there is no page {page}", hint=many)])
    wanted = [page] if page else list(range(1, len(drawn) + 1))
    if output == Path("-"):
        if len(wanted) > 1:
            hint = f"name one with --only, 1 to {len(drawn)}"
            raise CvtexError([error("standard output takes one picture", hint=hint)])
        to_stdout(drawn[wanted[0] - 1])
        return 0
    target = place(output, f"{name}.png")
    for number in wanted:
        file = target if len(wanted) == 1 else target.with_stem(f"{target.stem}-{number}")
        put(file, drawn[number - 1])
        say(file)
    return 0
