"""Which engine and which fonts can set a CV's characters: decided before TeX runs.

pdfLaTeX sets what stands in its table (`latex.glyphs.PDFLATEX`). XeLaTeX and
LuaLaTeX set what the theme's fonts have, and the rest in a font per script.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cvtex.diagnostics import Diagnostic, Source, error, note
from cvtex.latex.fonts import LATIN_MODERN, SPACED, Fallback, FontFamily
from cvtex.latex.glyphs import RIGHT_TO_LEFT, UNICODE, script_of, settable
from cvtex.records import dataclass
from cvtex.toolchain.fonts.covering import cover, has_all, places
from cvtex.toolchain.fonts.files import code_points, coverage, locate
from cvtex.toolchain.fonts.stand_ins import (
    ALPHABETS,
    CJK,
    LATIN,
    SYMBOLS,
    Font,
    for_script,
    having,
)

__all__ = ["Choice", "choose", "coverage", "locate", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An engine, the fonts that stand in, their files (to be copied into the build
    folder under their own names), and what the user should know."""

    engine: str
    fallbacks: tuple[Fallback, ...] = ()
    files: tuple[Path, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


def choose(
    characters: Mapping[str, Source],
    wanted: str,
    available: Sequence[str],
    families: Sequence[FontFamily] = (),
    language: str = "",
) -> Choice | tuple[Diagnostic, ...]:
    """Return the engine and fonts that set these characters, or the errors why none can.

    `characters` maps each one beyond ASCII, and each letter with its combining marks, to where
    it stands first. `wanted` is
    `auto` or an engine; `available` are the engines that are there, the preferred
    first; `families` are the theme's fonts under XeLaTeX and LuaLaTeX. `language` is the
    language of the CV: Chinese and Japanese write the same character in their own forms.
    """
    engines = tuple(available) if wanted == "auto" else (wanted,)
    marked = [c for c in characters if len(c) > 1]
    characters = {c: s for c, s in characters.items() if c > "\x7f" and len(c) == 1}
    refused = _refused(characters)
    if refused:
        return refused
    missing = [c for c in characters if c not in _pdflatex()]
    others = [engine for engine in engines if engine != "pdflatex"]
    if "pdflatex" in engines and not missing and (engines[0] == "pdflatex" or not others):
        return Choice(engine="pdflatex")
    if not others:
        return _unset(missing, characters, wanted)
    fallbacks, fonts, lacking = _fallbacks((*characters, *marked), families, language)
    if "pdflatex" in engines and not missing and (fallbacks or lacking):
        return Choice(engine="pdflatex")  # not the preferred, but it needs no other font
    if lacking:
        return _no_font(lacking, characters)
    notes = []
    if engines[0] == "pdflatex":
        message = f"{others[0]} sets this CV: pdflatex cannot set {named(missing[0])}"
        notes.append(note(message, _place(characters[missing[0]])))
    notes += [
        note(f"{_script_name(fallback.script)} is set in {font.regular} ({font.package})")
        for fallback, font in zip(fallbacks, fonts, strict=True)
    ]
    names = dict.fromkeys(name for fallback in fallbacks for name in fallback.files)
    files = tuple(path for path in map(locate, names) if path)
    return Choice(engine=others[0], fallbacks=fallbacks, files=files, notes=tuple(notes))


def named(character: str) -> str:
    """Return a character for a message: `ā (U+0101 LATIN SMALL LETTER A WITH MACRON)`."""
    name = unicodedata.name(character, "")
    shown = (
        f"{character} " if character.isprintable() and not unicodedata.combining(character) else ""
    )
    return f"{shown}(U+{ord(character):04X}{' ' + name if name else ''})".strip()


@functools.cache
def _pdflatex() -> frozenset[str]:
    return settable()


def _place(source: Source) -> Source | None:
    return source if source.file else None


_SCRIPT_NAMES = {
    "han": "Chinese or Japanese text",
    "latin": "what the theme's font lacks of Latin",
    "symbols": "what the theme's font lacks",
}


def _script_name(script: str) -> str:
    return _SCRIPT_NAMES.get(script, script.capitalize())


def _by_line(
    characters: Iterable[str], places: Mapping[str, Source]
) -> Iterator[tuple[str, Source | None, list[str]]]:
    """Yield, for the characters of each line and script, how one complaint names them
    all, the place of the first, and the characters."""
    groups: dict[tuple[str, int, str], list[str]] = {}
    for c in characters:
        key = (places[c].file, places[c].line, script_of(c))
        groups.setdefault(key, []).append(c)
    for first, *others in groups.values():
        also = f", nor {' '.join(others[:8])}{' …' if others[8:] else ''}" if others else ""
        yield named(first) + also, _place(places[first]), [first, *others]


def _refused(characters: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """Return an error for each script that runs from right to left, at its first letter."""
    first: dict[str, str] = {}
    for character in characters:
        script = script_of(character)
        if script in RIGHT_TO_LEFT:
            first.setdefault(script, character)
    return tuple(
        error(
            f"cvtex cannot set {script.capitalize()} yet: {named(c)}",
            _place(characters[c]),
            "scripts that run from right to left are not supported; write it in Latin letters",
        )
        for script, c in first.items()
    )


def _unset(
    characters: Iterable[str], places: Mapping[str, Source], wanted: str
) -> tuple[Diagnostic, ...]:
    if wanted == "pdflatex":
        hint = "use --engine auto, or lualatex or xelatex"
    else:
        hint = "lualatex or xelatex can: run `cvtex toolchain install --engine xelatex`"
    return tuple(
        error(f"pdflatex cannot set {which}", place, hint)
        for which, place, _ in _by_line(characters, places)
    )


def _no_font(characters: Iterable[str], places: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    found = []
    for which, place, unset in _by_line(characters, places):
        script = script_of(unset[0])
        packages = dict.fromkeys(font.package for font in for_script(script, sans=False))
        absent = [p for p in packages if p not in _present(script)]
        beyond = [c for c in unset if script == "symbols" and not having(SYMBOLS, c)]
        if beyond:
            hint = f"no font that cvtex knows has {' '.join(beyond)}; write it otherwise"
        elif script == "symbols" and absent:
            together = having(absent, unset)
            hint = f"install {' or '.join(together) or ' and '.join(absent)}"
        elif not packages:
            hint = f"cvtex knows no fonts for {script.capitalize()}; write it in another script"
        else:
            hint = f"install {' or '.join(absent[:2])}" if absent else "write it otherwise"
        found.append(error(f"no font here has {which}", place, hint))
    return tuple(found)


def _present(script: str) -> set[str]:
    """Return the packages of the fonts of a script that are here already."""
    return {font.package for font in for_script(script, sans=False) if locate(font.regular)}


def _covered(families: Sequence[FontFamily]) -> frozenset[int]:
    """Return what every font of the theme has; a role that it leaves out is Latin Modern's.

    Typewriter fonts count only if nothing else is there: they lack more, and set
    only code.
    """
    latin = frozenset(code_points(LATIN))
    covered: frozenset[int] | None = None
    for path in _files(families):
        codes = coverage(path) if path else latin
        covered = codes if covered is None else covered & codes
    return covered or latin


def _files(families: Sequence[FontFamily]) -> tuple[Path | None, ...]:
    """Return where each font of the theme lies that sets more than code, None if it is not here."""
    roles = {family.role: family for family in (*LATIN_MODERN, *families)}
    used = [roles[f.role] for f in families if f.role != "mono"] or [roles["main"]]
    return tuple(dict.fromkeys(place(family, name) for family in used for name in family.files))


def place(family: FontFamily, name: str) -> Path | None:
    """Return where a file of a family lies, None if it is not here."""
    if not family.carried:
        return locate(name)
    if family.origins:
        return Path(dict(family.origins)[name])
    from cvtex.toolchain.fonts.sources import find

    return find(family.carried, name)


def _fallbacks(
    characters: Iterable[str], families: Sequence[FontFamily], language: str
) -> tuple[tuple[Fallback, ...], tuple[Font, ...], tuple[str, ...]]:
    """Return a fallback and its font per script that needs one, and what no font has."""
    covered = _covered(families)
    files = _files(families)
    first = families[0] if families else LATIN_MODERN[0]
    sans = (
        first.sans
        or first.role == "sans"
        or any(word in first.regular.lower() for word in ("sans", "heros", "adventor"))
    )
    wanted: dict[str, set[str]] = {}
    whole: dict[str, set[str]] = {}
    for character in characters:
        if len(character) > 1:  # a letter with its marks
            script = script_of(character[0])
            if script in ALPHABETS and not all(p and places(p, character) for p in files):
                whole.setdefault(script, set()).add(character)
                wanted.setdefault(script, set()).add(character)
            continue
        if character in UNICODE or unicodedata.category(character)[0] == "M":
            continue  # a mark is set with its letter
        script = script_of(character)
        whole.setdefault(script, set()).add(character)
        if ord(character) not in covered:
            wanted.setdefault("symbols" if script == "common" else script, set()).add(character)
    fallbacks: list[Fallback] = []
    fonts: list[Font] = []
    lacking: list[str] = []
    for script in sorted(wanted):
        by_script = script in (*ALPHABETS[1:], "hangul", *SPACED)  # then a word stays in one font
        left = whole[script] if by_script else wanted[script]
        pieces, remaining = cover(left, for_script(script, sans, first.regular))
        lacking += {c for w in wanted[script] & remaining for c in w if ord(c) not in covered}
        for i, (font, part) in enumerate(pieces):
            alone = by_script and len(pieces) == 1
            fallbacks.append(
                Fallback(
                    script=script,
                    file=font.regular,
                    bold=font.bold if has_all(font.bold, part) else None,
                    italic=font.italic if has_all(font.italic, part) else None,
                    bold_italic=font.bold_italic if has_all(font.bold_italic, part) else None,
                    index=CJK.get(language, 0) if font.regular.startswith("Noto") else 0,
                    characters=frozenset() if alone else frozenset(part),
                    part=i,
                )
            )
            fonts.append(font)
    order = {c: i for i, c in enumerate(characters)}
    return tuple(fallbacks), tuple(fonts), tuple(sorted(lacking, key=order.__getitem__))
