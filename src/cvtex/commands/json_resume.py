"""`cvtex export json-resume`: what the CV prints, as JSON Resume."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.commands import report, say, to_stdout
from cvtex.diagnostics import CvtexError, has_errors

if TYPE_CHECKING:
    from cvtex.request import Request


def json_resume(request: Request, *, output: Path | None, latin: bool = False) -> int:
    """Write the file, print its path (or, for `-`, the file), return the exit status.

    `output` is a file or a folder, as `filenames.place` tells them apart.
    """
    from cvtex.export.json_resume import dump
    from cvtex.filenames import handed_out, place
    from cvtex.output import put
    from cvtex.pipeline import check

    checked = check(dataclasses.replace(request, pdf=False))
    if has_errors(checked.diagnostics):
        raise CvtexError(checked.diagnostics)
    report(checked.diagnostics, request.path)
    prepared = checked.prepared[0]
    written = dump(prepared.resume, prepared.contents, prepared.set_by.setting.words)
    if output == Path("-"):
        to_stdout(written)
        return 0
    basics = prepared.resume.basics
    name = handed_out(basics.name, latin=latin, aliases=basics.aliases)
    target = place(output, f"{name}.json")
    put(target, written)
    say(target)
    return 0
