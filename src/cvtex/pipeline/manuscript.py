"""A CV made ready for any theme: what is the same whatever it is set in, worked out once."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import model, names
from cvtex.diagnostics import CvtexError, Diagnostic, Source, error, note
from cvtex.latex.glyphs import is_mark, marked
from cvtex.model import Letter, Prose, Resume, Section, Text, Url, Words
from cvtex.published import published
from cvtex.records import dataclass

if TYPE_CHECKING:
    from cvtex.latex.render import Content
    from cvtex.source import Project, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A CV before it has a theme.

    `root` is the project's folder, `variant` the name of the variant it is, `letter` the letter
    that it goes with. `contents` are
    its sections, publications arranged and cited; `characters` maps each character beyond
    ASCII that is set to where it
    stands first. `photo` is the file of its photo, which `resume` names as TeX will; `files`
    are those that `meta.files` names; `made` is what lies there for TeX, by name.
    `diagnostics` tells what is doubtful in its markup. `lenient` has
    the input files that other tools wrote.
    """

    root: Path
    resume: Resume
    variant: str
    letter: Letter | None
    inputs: Mapping[str, str]
    lenient: Collection[str]
    words: Words
    contents: tuple[Content, ...]
    characters: Mapping[str, Source]
    photo: Path | None
    files: tuple[Path, ...]
    file_data: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def of(project: Project, reading: Reading, variant: str = "") -> Manuscript | None:
    """Return the manuscript of what was read; None where not even a name was."""
    from cvtex import source
    from cvtex.citation.remarks import remarks
    from cvtex.latex.render import contents

    if reading.resume is None:
        return None
    words = source.words(reading.resume.meta.language, reading.resume.meta.words)
    content = contents(reading.resume, words)
    resume, photo, file_data = _photo(reading.resume, project.root)
    letter, signature, more = _signature(reading.letter, project.root)
    file_data |= more
    files = [project.root / file for file in resume.meta.files]
    file_data |= {
        file.name: _content(file, given)
        for file, given in zip(files, resume.meta.files, strict=True)
    }
    files += [signature] if signature else []
    return Manuscript(
        root=project.root,
        variant=variant,
        letter=letter,
        resume=resume,
        inputs=reading.inputs,
        words=words,
        contents=content,
        characters=_characters(resume, content, letter, reading.inputs, words),
        photo=photo,
        files=tuple(files),
        file_data=file_data,
        lenient=reading.lenient,
        diagnostics=(
            *doubts((*_typed(resume), *_prose(letter)), reading.inputs, reading.lenient),
            *remarks(resume),
            *_default_style(resume, project),
            *(published(resume, _meta_file(project)) if project.public else ()),
        ),
    )


def _meta_file(project: Project) -> str:
    return "meta" if project.single else "data/meta.yaml"


def _default_style(resume: Resume, project: Project) -> list[Diagnostic]:
    """Return, once for each project, that the style of publications is no longer `plain`."""
    style = resume.meta.publications.style
    if style.source.file or project.single or not resume.publications:
        return []
    import hashlib

    from cvtex import store

    root = hashlib.sha256(str(project.root.resolve()).encode()).hexdigest()[:32]
    if store.load(f"told-style-{root}") is not None:
        return []
    store.save(f"told-style-{root}", b"full")
    return [
        note(
            "publications are set in the style full, which names books, editors and DOIs",
            hint="write `publications: {style: plain}` in data/meta.yaml to have the short one "
            "that was the default before, or `style: full` to keep this one",
        )
    ]


def with_texts(manuscript: Manuscript, texts: Sequence[Text]) -> dict[str, Source]:
    """Return the characters of a manuscript and of texts that a theme adds to it."""
    found = dict(manuscript.characters)
    for text in texts:
        _add(found, text, text.source, manuscript.inputs)
    return found


def _add(found: dict[str, Source], text: str, source: Source, inputs: Mapping[str, str]) -> None:
    """Add the characters of a text that are not ASCII, each letter with its marks where Unicode
    has no character for both, and where they stand."""
    if text.isascii():
        return
    for i, character in enumerate(text):
        if character > "\x7f" and character not in found:
            found[character] = _place(character, source, inputs)
        if is_mark(character) and i and not is_mark(text[i - 1]):
            letter = marked(text, i - 1)
            if letter not in found:
                found[letter] = _place(letter, source, inputs)


def _characters(
    resume: Resume,
    contents: Sequence[Content],
    letter: Letter | None,
    inputs: Mapping[str, str],
    words: model.Words,
) -> dict[str, Source]:
    """Return every character beyond ASCII that is set, letters with marks, and where each stands
    first."""
    found: dict[str, Source] = {}

    def add(text: str, source: Source) -> None:
        _add(found, text, source, inputs)

    shown = dataclasses.replace(resume.basics, aliases=(), image=None)
    for value in (
        *model.texts((shown, resume.meta.footer)),
        *(text for content in contents for text in _set(content.section)),
        *(model.texts(dataclasses.replace(letter, values={}, signature=None)) if letter else ()),
    ):
        add(value.shown if isinstance(value, Url) else value, value.source)
    add(resume.basics.name.upper(), resume.basics.name.source)  # as a theme may set it
    for content in contents:
        add(content.section.title.upper(), content.section.title.source)
        if listed := content.listed:
            source = resume.meta.publications.source
            for group in listed.groups:
                add(group.title, source)
                for item in group.items:
                    add(item.label, source)
                    # a formula's letters are commands in its TeX, whatever its text says
                    texts = (s.text.tex or s.text.text for s in item.spans)
                    add("".join(texts), item.publication.source)
            for span in (*listed.legend, *listed.metrics):
                add(span.text.text, source)
    cases = (*words.months, *words.day_months, *words.since_months, *words.until_months)
    months = dict.fromkeys((*cases, *(words.long_months if letter else ())))
    for word in (*months, *words.words.values(), *words.dates.values(), *words.degree):
        add(word, model.NOWHERE)
    return found


def _set(section: Section) -> tuple[Text, ...]:
    """Return the texts of a section that a reader sees; publications are set by citation."""
    records = [r for r in section.records if not isinstance(r, model.Publication)]
    return (section.title, *model.texts((section.summary, *records)))


@functools.lru_cache(maxsize=64)
def _lines(text: str) -> list[str]:
    return text.splitlines()


def _place(part: str, source: Source, inputs: Mapping[str, str]) -> Source:
    """Return the line and column of a part of a value, as near as the input tells."""
    lines = _lines(inputs.get(source.file, ""))
    last = max(source.end, source.line)
    for number in range(max(source.line, 1), min(last, len(lines)) + 1):
        start = source.column - 1 if number == source.line and source.column else 0
        column = lines[number - 1].find(part, start)
        if column >= 0:
            return dataclasses.replace(source, line=number, column=column + 1, end=0)
    return source


def doubts(
    values: Iterable[Text], inputs: Mapping[str, str], lenient: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Return what is doubtful in the markup of texts, and the links that may not be.

    `lenient` has the files of other tools, which are not told all of it.
    """
    from cvtex.latex import doubts

    def find(part: str, source: Source) -> Source:
        return _place(part, source, inputs)

    return tuple(
        problem
        for value in values
        for problem in doubts.problems(value, find, value.source.file in lenient)
    )


def _typed(resume: Resume) -> tuple[Text, ...]:
    """Return the texts of a CV that are set as they were typed."""
    titles = tuple(choice.title for choice in resume.meta.sections)
    shown = dataclasses.replace(resume, meta=model.Meta())
    prose = (value for value in model.texts(resume.meta) if isinstance(value, Prose))
    return (*model.texts((shown, titles)), *prose)


def _prose(letter: Letter | None) -> tuple[Text, ...]:
    return tuple(value for value in model.texts(letter) if isinstance(value, Prose))


def _content(file: Path, given: Text) -> bytes:
    """Return what is in a file that `meta.files` names."""
    from cvtex import disk

    try:
        return disk.read(file, disk.LARGEST_FOR_TEX)
    except OSError as failure:  # it has changed since it was read
        message = f"cannot read {file.name}: {failure.strerror}"
        raise CvtexError([error(message, given.source)]) from None


def _photo(resume: Resume, root: Path) -> tuple[Resume, Path | None, dict[str, bytes]]:
    """Return the CV with its photo under a name that TeX reads, the photo's file, and what
    lies there for TeX under that name."""
    image = resume.basics.image
    if not image:
        return resume, None, {}
    from cvtex.photo import PhotoFault, photo

    try:
        found = photo(root / image)
    except PhotoFault as fault:  # it has changed since it was read
        raise CvtexError([error(f"the image {fault}", image.source, fault.hint)]) from None
    name = Text(names.for_tex("photo" + found.suffix), image.source)
    basics = dataclasses.replace(resume.basics, image=name)
    return dataclasses.replace(resume, basics=basics), root / image, {str(name): found.data}


def _signature(
    letter: Letter | None, root: Path
) -> tuple[Letter | None, Path | None, dict[str, bytes]]:
    """Return the same of a letter and its signature."""
    if letter is None or not letter.signature:
        return letter, None, {}
    from cvtex.photo import PhotoFault, photo

    try:
        found = photo(root / letter.signature)
    except PhotoFault as fault:  # it has changed since it was read
        where = letter.signature.source
        raise CvtexError([error(f"the signature {fault}", where, fault.hint)]) from None
    name = Text(names.for_tex("signature" + found.suffix), letter.signature.source)
    changed = dataclasses.replace(letter, signature=name)
    return changed, root / letter.signature, {str(name): found.data}
