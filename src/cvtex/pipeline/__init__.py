"""The line from a project to its PDFs: read, select, render, compile, finish, publish.

Disk is touched at both ends; what lies between takes and returns values. What has to be built
is built by `line`, from what `asked`, `reading` and `parts` say, a document at a time
(`making`); `checking` tells what there is to say without TeX.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cvtex import freshness
from cvtex.request import Request, Result, from_data, key_of, work_folder

if TYPE_CHECKING:
    from cvtex.pipeline.ahead import start_ahead
    from cvtex.pipeline.asked import languages, letters, project_of, variants
    from cvtex.pipeline.checking import Checked, check, check_all, lines
    from cvtex.pipeline.making import UnsettledError
    from cvtex.pipeline.parts import parts_of
    from cvtex.pipeline.reading import read
    from cvtex.toolchain import Waiting

__all__ = [
    "Checked",
    "UnsettledError",
    "build",
    "check",
    "check_all",
    "languages",
    "letters",
    "lines",
    "parts_of",
    "project_of",
    "read",
    "start_ahead",
    "variants",
]

_ROOMS = {
    "ahead": "start_ahead",
    "asked": "languages letters project_of variants",
    "checking": "Checked check check_all lines",
    "making": "UnsettledError",
    "parts": "parts_of",
    "reading": "read",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}


def build(
    request: Request,
    progress: Callable[[str], None] = lambda step: None,
    ahead: Waiting | None = None,
    is_settled: Callable[[bool], bool] = lambda at_last: True,
) -> Result:
    """Build what is asked, unless the same build is there already.

    `ahead` is an engine that was started for this and is ended here. Raises
    `CvtexError` with every problem if there is an error (with `strict`, a warning
    counts as one), and `UnsettledError` if `is_settled` says no, which tells whether the inputs
    are still what they were: it is asked when all is read and nothing is written, and at last
    (True) when a PDF is about to take its place. PDFs that were there before are then untouched.
    """
    folder = work_folder(request)
    record = freshness.record_path(str(folder), key_of(request))
    try:
        if (known := freshness.load(record)) and (request.held or not known["held"]):
            return from_data(known)
        from cvtex.pipeline.ahead import start_ahead
        from cvtex.pipeline.line import build_anew

        # TeX loads while the data is read.
        ahead = ahead or start_ahead(request, freshness.last(record))
        return build_anew(request, folder, record, progress, ahead, is_settled)
    finally:
        if ahead:
            ahead.stop()


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'cvtex.pipeline' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"cvtex.pipeline.{_HOMES[name]}"), name)
