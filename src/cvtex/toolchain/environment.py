"""The whole environment of a TeX run."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from cvtex import programs
from cvtex.toolchain.model import LUA

# texmf.cnf's own variables can be set by the environment (kpathsea manual, "Path sources").
FIXED = {
    "FORCE_SOURCE_DATE": "1",  # \today and \year follow SOURCE_DATE_EPOCH too (pdfTeX manual)
    "TZ": "UTC",  # LuaTeX writes its time zone into the PDF
    "LC_ALL": "C.UTF-8",
    "max_print_line": "10000",
    "error_line": "254",
    "half_error_line": "238",
    "openin_any": "p",
    "openout_any": "p",
    "shell_escape": "f",
    "MKTEXPK": "0",  # a bitmap font made on the fly would be a Type 3 font: no text layer
    "MKTEXTFM": "0",
    "TECTONIC_UNTRUSTED_MODE": "1",
}
NOWHERE = "/dev/null/texmf-var"
"""A place for what TeX would keep for later documents: none."""


def environment(folder: Path, epoch: int, needs: Collection[programs.Need] = ()) -> dict[str, str]:
    """Return the whole environment of a TeX run in `folder`.

    It writes there alone: nothing that a document leaves reaches another one.
    """
    return {
        **programs.environment(needs),
        **FIXED,
        "SOURCE_DATE_EPOCH": str(epoch),
        "TEXINPUTS": ".:",  # the empty last part stands for the system's own path
        "TEXMFVAR": NOWHERE,
        "TEXMFCACHE": str(folder / LUA),
        "TMPDIR": str(folder),
    }
