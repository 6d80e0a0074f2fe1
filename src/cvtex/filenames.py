"""The names of what cvtex writes: one function makes each.

A part of a name (theme, variant, language, letter) holds no dot, so that the dots between
them tell them apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

ALL = "all"
"""Stands among the names of variants, letters, themes or languages for all that there are."""
SOURCES = (".yaml", ".yml", ".json")
"""How the name of a CV in one file ends."""
LONGEST = 120  # bytes of a person's name in a file's name, of the 255 that file systems take

LATIN = str.maketrans(
    {"ß": "ss", "ẞ": "Ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ı": "i"}
)
"""Latin letters that have no decomposition in Unicode (NFKD)."""
_CYRILLIC = (
    "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya ё yo і i ї yi є ye ґ g ў u ђ dj ј j љ lj "
    "њ nj ћ c џ dz ѓ gj ќ kj ѕ dz"
)
_GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f "
    "χ ch ψ ps ω o"
)
_WORDS = (_CYRILLIC + " " + _GREEK).split()
OTHERS = {a: b.strip("_") for a, b in zip(_WORDS[::2], _WORDS[1::2], strict=True)}
"""Letters of other alphabets and how they are written in Latin ones (after BGN/PCGN, ELOT 743)."""


def build_folder(path: Path) -> Path:
    """Return where a CV is built: `build/` of a project; for one file, `build/<its name>/` here.

    Where another file beside it has that name but for the ending, the ending is kept.
    """
    if path.is_dir():
        return path / "build"
    others = [path.with_suffix(ending) for ending in SOURCES if ending != path.suffix]
    alone = not any(other.exists() for other in others)
    return Path("build") / (path.stem if alone and path.stem else path.name)


def above(build: Path) -> Path:
    """Return the folder that a build folder was made in: from there down it is cvtex's own."""
    return build.parent.parent if build.parent.name == "build" else build.parent


def edition(theme: str, variant: str = "", language: str = "") -> str:
    """Return the name in the build folder of a PDF, less `.pdf`, and of its LaTeX's folder."""
    return ".".join(part for part in (theme, variant, language) if part)


def letter(name: str, language: str = "", with_cv: bool = False) -> str:
    """Return the same of a letter, a path below the build folder.

    One with the CV behind it is no other letter, but another file.
    """
    return f"letters/{edition(name, 'cv' if with_cv else '', language)}"


def handed_out(
    person: str,
    *,
    letter: str = "",
    variant: str = "",
    language: str = "",
    latin: bool = False,
    aliases: Sequence[str] = (),
) -> str:
    """Return the name, less its ending, of a file that is given to others.

    `Firstname-Lastname-CV[-variant][-language]`, or `Firstname-Lastname-Letter-name`. The
    person's name is written in its own script, Latin letters without their accents. With
    `latin` in ASCII: by the first of the `aliases` that is Latin where the name is not, else
    letter by letter (Greek, Cyrillic), else without the name.
    """
    words = _words(person)
    if latin and not _ascii(words):
        latin_alias = next((w for alias in aliases if (w := _words(alias)) and _ascii(w)), None)
        words = latin_alias or _words(_transcribed(person))
        words = [word for word in words if word.isascii()]
    what = ["Letter", letter] if letter else ["CV"]
    parts = [*_shortened(words), *what, *(p for p in (variant, language) if p)]
    return "-".join(parts)


def word(text: str) -> str:
    """Return a text as a part of a file's name: its words in small letters, "" if it has none."""
    return "-".join(_shortened(_words(text))).lower()


def place(output: Path | None, name: str) -> Path:
    """Return where a file of that name goes: the `output` that was asked for, or the name in it.

    `output` is the file itself where it is one already or ends as the name does; else a folder.
    """
    if output is None:
        return Path(name)
    ending = output.suffix.lower()  # one of the data is a slip, which is told where it is written
    is_file = ending in (Path(name).suffix, ".bib", ".csl", *SOURCES) and not output.is_dir()
    if is_file or (output.exists() and not output.is_dir()):
        return output
    return output / name


def _words(text: str) -> list[str]:
    """Return the words of a name, as a file's name may hold them in any script."""
    plain = unicodedata.normalize("NFD", re.sub(r"['’ʼ`´.]", "", text).translate(LATIN))
    folded = re.sub(r"(?<=[A-Za-z])[\u0300-\u036f]+", "", plain)
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", folded))
    # letters, digits, and the marks that belong to letters of other scripts
    letters = "".join(
        c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in composed
    )
    return letters.split()


def _ascii(words: Sequence[str]) -> bool:
    return bool(words) and all(word.isascii() for word in words)


def _transcribed(text: str) -> str:
    text = re.sub("ου", "ou", re.sub("ού", "ou", unicodedata.normalize("NFC", text)))
    return "".join(_letter(c) for c in text)


def _letter(letter: str) -> str:
    small = letter.lower()
    plain = small if small in OTHERS else unicodedata.normalize("NFD", small)[:1]
    latin = OTHERS.get(plain, letter)
    return latin.capitalize() if letter != small else latin


def _shortened(words: Sequence[str]) -> list[str]:
    """Return the first words that fit into a file's name."""
    found: list[str] = []
    for word in words:
        if len("-".join([*found, word]).encode()) > LONGEST:
            cut = word.encode()[:LONGEST].decode("utf-8", "ignore")
            return found or [cut]
        found.append(word)
    return found
