"""What must hold across the sections of a whole CV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from cvtex import disk
from cvtex.diagnostics import note
from cvtex.filenames import ALL
from cvtex.model import (
    LAST_MODIFIED,
    NOWHERE,
    Basics,
    CustomSection,
    Meta,
    SectionChoice,
    Text,
    last_modified,
)
from cvtex.names import is_part
from cvtex.source import languages
from cvtex.source.records.synonyms import NAMES, SECTIONS
from cvtex.source.records.words import LISTS, hint_of, known, lacking
from cvtex.source.syntax.nodes import Map, Node, Problems, nearest, quoted

Word = Text | tuple[Text, ...]


def check_resume(
    meta: Meta,
    basics: Basics | None,
    custom: Sequence[CustomSection],
    present: Set[str],
    root: Map,
    folder: Path,
    problems: Problems,
    cache: bool = False,
) -> tuple[Meta, Basics | None]:
    """Complain of what does not fit together; return `meta` and `basics` with what is sound.

    `present` names the sections that are there, those that failed to read too. With `cache`,
    what was made of a photo before is taken from the user's cache.
    """
    known = [*SECTIONS, *sorted(present - {*SECTIONS, "basics", "meta"})]
    chosen: dict[str, SectionChoice] = {}
    for choice in meta.sections:
        if choice.name in chosen:
            problems.error(
                f"the section {quoted(choice.name, choice.source)} is listed twice", choice.source
            )
        elif _is_section(Text(choice.name, choice.source), known, problems):
            chosen[choice.name] = choice
    hide = tuple(name for name in meta.hide if _is_section(name, known, problems))
    _titles(custom, problems)
    language = _language(meta.language, meta.words, problems)
    style = meta.publications.style
    if style.startswith("csl:"):
        hint = "compare a list with the style's guide"
        problems.diagnostics.append(note(f"{style} is approximate", style.source, hint))
    if meta.footer and LAST_MODIFIED in meta.footer and not last_modified(meta):
        hint = "write meta.lastModified: 2024-05-31"
        problems.doubt(f"there is no date for {LAST_MODIFIED}", meta.footer.source, hint)
    words = _words(meta.words, language, root.get("meta", "words"), problems)
    meta = replace(meta, sections=tuple(chosen.values()), hide=hide, language=language, words=words)
    meta = replace(meta, files=_files(meta.files, folder, problems))
    for name, variant in meta.variants.items():
        if not is_part(name) or name == ALL:
            shown = quoted(name, variant.source)
            hint = "give it a name of letters, digits and hyphens"
            hint = "it stands for all that there are" if name == ALL else hint
            problems.error(f"{shown} cannot be a variant's name", variant.source, hint)
    for name in meta.release.variants:
        if name not in meta.variants and name != ALL:
            guess = nearest(name, meta.variants, {})
            others = f"known are {', '.join(meta.variants)}" if meta.variants else None
            advice = f"did you mean {guess}?" if guess else others
            problems.error(f"there is no variant {quoted(name, name.source)}", name.source, advice)
    if basics and basics.image:
        basics = replace(basics, image=image(basics.image, folder, cache, problems))
    return meta, basics


def _is_section(name: Text, known: list[str], problems: Problems) -> bool:
    if name in known:
        return True
    shown = quoted(name, name.source)
    if name in ("basics", "meta"):
        problems.error(f"{shown} is no section that can be moved, titled or hidden", name.source)
        return False
    guess = nearest(name, known, NAMES)
    problems.error(
        f"unknown section {shown}",
        name.source,
        f"did you mean {guess}?" if guess in known else "known are " + ", ".join(known),
    )
    return False


def _titles(custom: Sequence[CustomSection], problems: Problems) -> None:
    titles: dict[str, CustomSection] = {}
    for section in custom:
        first = titles.setdefault(section.title.casefold(), section)
        if first is not section:
            problems.warning(
                f"the sections {quoted(first.name, first.source)} and "
                f"{quoted(section.name, section.source)} have the same title",
                section.title.source,
            )


def _language(code: Text, typed: Mapping[str, object], problems: Problems) -> Text:
    """Return the language of the CV; one that is not known may consist of `meta.words`,
    from the months on."""
    if languages.is_known(code):
        return code
    shown = quoted(code, code.source)
    if "months" in typed and languages.is_tag(code):
        if english := lacking(code, typed):
            names = ", ".join(english[:12]) + (
                f" and {len(english) - 12} more" * (len(english) > 12)
            )
            count = "a word is" if len(english) == 1 else f"{len(english)} words are"
            hint = f"meta.words can give {names}"
            problems.warning(
                f"{count} English: cvtex does not know the language {shown}", code.source, hint
            )
        return code
    problems.doubt(
        f"no words for the language {shown}",
        code.source,
        hint_of(code, "; meta.words can give those of another, from months on"),
    )
    return Text("en", code.source)


def _words(
    typed: Mapping[str, Word], language: Text, node: Node | None, problems: Problems
) -> Mapping[str, Word]:
    """Return the words of `meta.words` that a language can have, with patterns that work."""
    if not typed:
        return typed
    names = sorted(known(language))
    sound = {}
    for name, value in typed.items():
        source = node.pairs[name][0].source if isinstance(node, Map) else NOWHERE
        if name not in names:
            guess = nearest(name, names, {})
            problems.error(
                f"unknown word {quoted(name, source)}",
                source,
                f"did you mean {guess}?" if guess else "known are " + ", ".join(names),
            )
        elif (name in LISTS) != isinstance(value, tuple) or (name in LISTS and len(value) != 12):
            takes = "a list of twelve names" if name in LISTS else "a text"
            problems.error(f"{name} takes {takes}", source)
        elif isinstance(value, Text) and (fault := languages.pattern_fault(name, value)):
            problems.error(fault, value.source)
        else:
            sound[name] = value
    return sound


def _files(files: Sequence[Text], folder: Path, problems: Problems) -> tuple[Text, ...]:
    """Return the paths of the files of the project that TeX is to find, each by its own name.

    Only what is named here lies where TeX works: a regular file inside of the project, that is
    no private one, under a name that TeX reads as it stands.
    """
    found: dict[str, Text] = {}
    for file in files:
        shown = quoted(file, file.source)
        try:
            path = (folder / file).resolve()
            inside, there = path.is_relative_to(folder.resolve()), path.is_file()
        except (OSError, RuntimeError, ValueError):  # a name too long, a loop of links
            inside, there = True, False
        if not inside:
            problems.error(f"the file {shown} is outside of the project", file.source)
        elif not there:
            hint = "its path is counted from the project's folder"
            problems.error(f"there is no file {shown}", file.source, hint)
        elif "private" in path.name:
            problems.error(f"the file {shown} is private, and not for TeX", file.source)
        elif not TEX_NAME.fullmatch(path.name) or path.stem == "cv":
            hint = "letters of English, digits, hyphens, underscores and dots; not cv.…"
            problems.error(f"TeX cannot read a file of the name {shown}", file.source, hint)
        elif path.stat().st_size > disk.LARGEST_FOR_TEX:
            problems.error(f"the file {shown} is larger than 20 MB", file.source)
        elif path.name in found:
            hint = "TeX finds files by their names alone"
            problems.error(f"two files have the name {path.name}", file.source, hint)
        else:
            found[path.name] = Text(str(path.relative_to(folder.resolve())), file.source)
    return tuple(found.values())


TEX_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def image(
    image: Text, folder: Path, cache: bool, problems: Problems, what: str = "image"
) -> Text | None:
    """Return the path of a picture in the project, None (and what is wrong) if it is none.

    Nothing is fetched, nothing outside of the project is read. The path is counted from the
    project's folder; a picture in `data/`, beside the file that names it, is found too.
    """
    shown = quoted(image, image.source)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", image):
        problems.warning(
            f"the {what} {shown} is an address, and nothing is fetched",
            image.source,
            "save the picture in the project and give its path",
        )
        return None
    for place in (folder, folder / "data"):
        try:
            path = (place / image).resolve()
            inside, there = path.is_relative_to(folder.resolve()), path.is_file()
        except (OSError, RuntimeError, ValueError):  # a name too long, a loop of links
            inside, there = True, False
        if there or not inside:
            break
    if not inside:
        problems.doubt(f"the {what} {shown} is outside of the project", image.source)
        return None
    if not there:
        hint = "its path is counted from the project's folder"
        problems.doubt(f"there is no {what} {shown}", image.source, hint)
        return None
    from cvtex.photo import PhotoFault, photo

    try:
        photo(path, cache=cache)
    except PhotoFault as fault:
        problems.doubt(f"the {what} {shown} {fault}", image.source, fault.hint)
        return None
    return Text(str(path.relative_to(folder.resolve())), image.source)
