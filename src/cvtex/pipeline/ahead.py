"""The engine that is started before the data is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cvtex import filenames, workplace
from cvtex.request import (
    Request,
    work_folder,
)
from cvtex.toolchains import NAMES

if TYPE_CHECKING:
    from cvtex.toolchain import Waiting


def start_ahead(request: Request, last: dict[str, Any] | None) -> Waiting | None:
    """Start the engine that a build will probably need, after the result of the last one."""
    built = last["built"] if last and request.pdf and request.cache else []
    if len(built) != 1 or built[0]["toolchain"] not in NAMES:
        return None
    from cvtex import toolchain

    document = built[0]
    edition = filenames.edition(document["theme"], document["variant"], request.language)
    if document["letter"]:
        edition = filenames.letter(document["letter"], request.language, request.with_cv)
    place = workplace.find(work_folder(request), edition)
    if place is None:
        return None
    return toolchain.start_ahead(document["toolchain"], document["engine"], place)
