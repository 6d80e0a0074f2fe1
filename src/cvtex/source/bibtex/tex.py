"""TeX of a `.bib` field to text in both its forms: Unicode, and TeX that is safe to set.

The field is read, never passed on: what comes out is written anew from a list of
known commands, so that no input can reach a file, define a command or leave a
group open. Reading what came out gives the same again.
"""

from __future__ import annotations

import re
import unicodedata

from cvtex.model import Rich
from cvtex.source.bibtex import commands
from cvtex.source.bibtex.tex_reader import Finding, Reader

_SPECIAL = re.compile(r"[\\{}$~%&#_^\"<>|\[\]`'\u00a0\u00ad\u2009\u202f\u2212]|--|,,")
_SPACES = re.compile(r" {2,}")


def rich(field: str, depth: int = 0) -> tuple[Rich, tuple[Finding, ...]]:
    """Return a field's text in both forms, and what is wrong with it.

    `Rich.text` is NFC Unicode without markup, `Rich.tex` sets it in pdfLaTeX,
    XeLaTeX and LuaLaTeX (with hyperref for links), braces and `$` balanced. `depth` is how
    deep the field itself stands within another. A command that is not known and is all
    that a field has stands for its own name.
    """
    if not field.isascii():
        field = unicodedata.normalize("NFC", field)
    if not _SPECIAL.search(field):
        return Rich(field, field), ()
    reader = Reader(field, rich, commands.control, depth)
    text, tex = reader.group(outermost=True)
    if not text.strip() and not depth and (name := reader.lone_name()):
        text = tex = name
    if "^^" in field:
        reader.unknown("^^", True)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip(" "))
    return Rich(text, _SPACES.sub(" ", tex).strip(" ")), tuple(reader.findings)
