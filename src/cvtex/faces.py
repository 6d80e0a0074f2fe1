"""The faces of a document that TeX does not have: found, and laid beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvtex.diagnostics import Diagnostic, Source, error, warning
from cvtex.model import Resume
from cvtex.records import dataclass, field

if TYPE_CHECKING:
    from cvtex.latex.fonts import Fallback, FontFamily
    from cvtex.latex.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lies beside a document for its faces: `files` by name, and `files_made`.

    `inputs` are the font files that it was made of, `folders` those of the user's own;
    `fallbacks` set for pdfLaTeX what a face lacks.
    """

    files: Mapping[str, Path] = field(default_factory=dict)
    files_made: Mapping[str, bytes] = field(default_factory=dict)
    inputs: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()


def beside(
    families: Sequence[FontFamily], engine: str, characters: Iterable[str]
) -> tuple[Beside, list[Diagnostic]]:
    """Return what an engine needs beside the document to set `characters` in the families."""
    made = engine == "pdflatex"
    carried = [family for family in families if family.carried or (made and family.oldstyle)]
    if not carried:
        return Beside(), []
    from cvtex.toolchain.fonts.choice import place

    places: dict[str, Path] = {}
    for family in carried:
        for name in family.files:
            found = place(family, name)
            if found is None:
                return Beside(), [_absent(family, name)]
            places[name] = found
    own_folders = {Path(place).parent for family in carried for _, place in family.origins}
    folders = tuple(sorted(own_folders))
    if engine == "lualatex" and (wrong := _unreadable(places)):
        return Beside(), [wrong]
    if not made:
        return Beside(files=places, folders=folders), []
    from cvtex.latex.fonts import Fallback
    from cvtex.toolchain.fonts import carried as making

    files_made: dict[str, bytes] = {}
    fallbacks: list[Fallback] = []
    for family in carried:
        try:
            own = making.for_pdflatex(family, places)
        except making.Bad as failure:
            return Beside(), [error(str(failure))]
        except OSError as failure:
            return Beside(), [error(f"{failure.filename} cannot be read: {failure.strerror}")]
        files_made |= own.files
        if lacking := making.lacking(characters, own.characters):
            instead = "lmss" if family.sans else "lmr"
            fallbacks.append(Fallback(script="latin", file="", family=instead, characters=lacking))
    whole = Beside(
        files_made=files_made,
        inputs=tuple(places.values()),
        folders=folders,
        fallbacks=tuple(fallbacks[:1]),
    )
    return whole, []


def _unreadable(places: Mapping[str, Path]) -> Diagnostic | None:
    """Return an error where LuaLaTeX would tell wrongly how wide a font's letters are.

    Of an OpenType font with PostScript outlines on an em other than 1000 it writes widths of
    one scale and type sizes of another, and readers of the PDF take each letter for a word.
    """
    from cvtex.toolchain.fonts.files import is_postscript_on_another_em

    for name, path in places.items():
        if is_postscript_on_another_em(path):
            message = f"lualatex writes {name} so that readers of the PDF cannot tell its words"
            return error(message, hint="use --engine pdflatex or xelatex, or another `font`")
    return None


def without_figures(families: Sequence[FontFamily], where: Source | None) -> list[Diagnostic]:
    """Return a warning for each face that has no old-style figures, `where` the user asks for
    them; none where nobody does."""
    from cvtex.toolchain.fonts.choice import place
    from cvtex.toolchain.fonts.files import has_feature

    asked = [family for family in families if family.oldstyle] if where else []
    found = []
    for family in asked:
        path = place(family, family.regular)
        if path and not has_feature(path, "onum", "lnum"):
            message = f"{family.regular} has no old-style figures: they are as high as capitals"
            found.append(warning(message, where))
    return found


def resolved(options: Any, root: Path) -> tuple[Any, list[Diagnostic]]:
    """Return a theme's options with the user's own faces found, and what is wrong with them."""
    from cvtex.latex.typefaces import FoundFace, OwnFace

    problems: list[Diagnostic] = []
    for part in dataclasses.fields(options):
        face = getattr(options, part.name)
        if not isinstance(face, OwnFace):
            continue
        from cvtex.toolchain.fonts import own

        try:
            found = own.find(root, str(face.name), str(face.files))
        except own.Wrong as fault:
            problems.append(error(str(fault), face.files.source, fault.hint))
            continue
        problems += [warning(remark, face.name.source) for remark in found.remarks]
        resolved = FoundFace(
            name=face.name, files=face.files, family=found.family, small_caps=found.small_caps
        )
        options = dataclasses.replace(options, **{part.name: resolved})
    return options, problems


def licences(families: Sequence[FontFamily]) -> dict[str, bytes]:
    """Return the licences of the faces that lie beside a document, by the name of a file."""
    from cvtex.toolchain.fonts import sources

    found = {}
    for family in families:
        if family.carried and not family.origins:
            paper = sources.licence(family.carried, family.regular)
            if paper:
                found[f"LICENSE-{family.carried}.txt"] = paper.read_bytes()
    return found


def _absent(family: FontFamily, name: str) -> Diagnostic:
    from cvtex.toolchain.fonts.sources import SOURCES

    if not family.carried:
        package = "lmodern" if name.startswith("lm") else "fonts-texgyre"
        other = f"install {package}, or take `figures: lining`"
        return error(f"old-style figures need {name}, which is not here", hint=other)
    commands = [source.command for source in SOURCES.get(family.carried, ())]
    hint = f"run `{'`, or `'.join(commands[:2])}`" if commands else None
    return error(f"the face {family.carried} is not here: there is no {name}", hint=hint)


def no_small_caps(themed: Theme, resume: Resume, theme: str) -> list[Diagnostic]:
    """Return what is wrong with titles in small capitals, in a face that has none."""
    from cvtex.latex.typefaces import WITHOUT_SMALL_CAPS, FoundFace

    case, face_of = getattr(themed, "title_case", None), getattr(themed, "face", None)
    if not (case and face_of and case() == "small-caps"):
        return []
    face = face_of()
    own = isinstance(face, FoundFace)
    if face.small_caps if own else face not in WITHOUT_SMALL_CAPS:
        return []
    where = named_at(resume, theme, "titles") or named_at(resume, theme)
    name = face.name if own else face
    hint = "set another `font`, or `titles: capitals`, or `titles: written`"
    return [error(f"the face {name} has no small capitals for the titles", where, hint)]


def named_at(resume: Resume, theme: str, option: str = "font") -> Source | None:
    """Return where the data gives an option of a theme."""
    options = resume.meta.themes.get(theme)
    node = getattr(options, "node", None)
    pairs = getattr(node, "pairs", {})
    return pairs[option][1].source if option in pairs else None
