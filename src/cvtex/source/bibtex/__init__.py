"""Reading BibTeX: `.bib` text to publications, with every problem at its line."""

from __future__ import annotations

from cvtex.source.bibtex.encoding import decode
from cvtex.source.bibtex.publications import from_record, read, read_all

__all__ = ["decode", "from_record", "read", "read_all"]
