"""What a text says of a level, of a language or a skill, in six steps."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["steps"]

_LEVELS: Mapping[str, int] = {
    "native": 6,
    "mother tongue": 6,
    "bilingual": 6,
    "muttersprach": 6,
    "zweisprachig": 6,
    "master": 6,
    "expert": 6,
    "fluent": 5,
    "full professional": 5,
    "proficient": 5,
    "fließend": 5,
    "verhandlungssicher": 5,
    "professional working": 4,
    "advanced": 4,
    "fortgeschritten": 4,
    "limited working": 3,
    "conversational": 3,
    "intermediate": 3,
    "gute kenntnisse": 3,
    "elementary": 1,
    "basic": 1,
    "beginner": 1,
    "novice": 1,
    "grundkenntnisse": 1,
    "maternelle": 6,  # and the words for a native language in other languages
    "bilingue": 6,
    "nativ": 6,
    "materna": 6,
    "madrelingua": 6,
    "moedertaal": 6,
    "modersmål": 6,
    "morsmål": 6,
    "ojczyst": 6,
    "mateřsk": 6,
    "rodil": 6,
    "äidinkieli": 6,
    "anyanyelv": 6,
    "anadil": 6,
    "ana dil": 6,
    "родной": 6,
    "courant": 5,
    "vloeiend": 5,
    "fluido": 5,
    "flytande": 5,
    "anfänger": 1,
}
"""What words say of a level, in the six steps of the CEFR (A1 to C2, where native is 6 too)."""


def steps(level: str | None) -> int:
    """Return a level in steps of six; 0 where it says none, or more than one."""
    said = (level or "").casefold()
    if match := re.search(r"\b([abc])([12])\b", said):
        return "abc".index(match[1]) * 2 + int(match[2])
    if match := re.search(r"\b(\d{1,3}) ?%", said):
        return max(1, round(min(int(match[1]), 100) * 6 / 100))
    found = {step for word, step in _LEVELS.items() if word in said}
    return found.pop() if len(found) == 1 else 0
