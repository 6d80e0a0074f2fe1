"""Publications as text in a citation style."""

from __future__ import annotations

from cvtex.citation.arrange import arrange
from cvtex.citation.cite import cite
from cvtex.citation.span import Span

__all__ = ["Span", "arrange", "cite"]
