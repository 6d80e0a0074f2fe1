"""From what was read to a document that a toolchain can compile, without compiling it.

Shared by the build, `cvtex validate`, the Overleaf export and the Tectonic bundle.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvtex import faces, filenames, model
from cvtex.diagnostics import CvtexError, Diagnostic, Source, error, has_errors, note, warning
from cvtex.model import Prose, Resume
from cvtex.pdf.facts import Facts
from cvtex.pipeline import engines
from cvtex.pipeline.manuscript import Manuscript, doubts, with_texts
from cvtex.records import dataclass, field
from cvtex.trust import UntrustedError

if TYPE_CHECKING:
    from cvtex.latex import Options, Theme
    from cvtex.latex.render import Content
    from cvtex.latex.themes import ThemeFolder

READABLE = 4.5
"""The least contrast of text and what is behind it (WCAG 2.1, 1.4.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A document, ready to compile with `engine`.

    `files` maps names in the build folder to what is copied there, `made` to what is written
    there (a photo that was made upright); `inputs` are
    files beyond the project's own that the document depends on, `folders` those whose files'
    names it depends on; `requires` those
    that TeX must have and may lack. `language` is the code of the one that was asked for.
    """

    theme: str
    folder: Path
    engine: str
    tex: str
    files: Mapping[str, Path]
    facts: Facts
    resume: Resume
    contents: tuple[Content, ...]
    set_by: Theme
    file_data: Mapping[str, bytes] = field(default_factory=dict)
    inputs: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    requires: tuple[str, ...] = ()
    language: str = ""
    variant: str = ""
    letter: str = ""
    with_cv: bool = False

    @property
    def edition(self) -> str:
        """The name of the PDF, less its ending, and of its LaTeX's folder."""
        if self.letter:
            return filenames.letter(self.letter, self.language, self.with_cv)
        return filenames.edition(self.theme, self.variant, self.language)

    def beside(self) -> dict[str, bytes]:
        """Return what lies beside the document, by name."""
        return {name: file.read_bytes() for name, file in self.files.items()} | dict(self.file_data)


def prepare(
    manuscript: Manuscript,
    theme: str | ThemeFolder,
    *,
    engine: str = "auto",
    available: Mapping[str, str] | None = None,
    trust: bool = False,
) -> tuple[Prepared | None, list[Diagnostic]]:
    """Render a CV in a theme, with the engine and fonts that can set it.

    `theme` is a name, or a folder (with a slash in it), or one that was found before.

    `available` are the engines to choose from, the preferred first, each with the
    name of what runs it (`latexmk`, `tectonic`); with none, every engine counts as
    there. Returns None with the errors if there are any.
    Raises `UntrustedError` for a theme that may not run, unless `trust` says it may.
    """
    from cvtex import source
    from cvtex.latex import ENGINES, Setting, themes
    from cvtex.latex.complete import missing
    from cvtex.latex.render import render
    from cvtex.source.languages import file_of
    from cvtex.toolchain.fonts import choice

    resume, words = manuscript.resume, manuscript.words
    where = _named_at(resume) if theme == resume.meta.theme else None
    try:
        folder = themes.find(theme, manuscript.root) if isinstance(theme, str) else theme
        kind = folder.load(trust)
    except UntrustedError:
        raise
    except CvtexError as failure:
        return None, [_at(d, where) for d in failure.diagnostics]
    options, problems = source.options(
        resume.meta.themes.get(folder.name), kind.Options, f"the options of {folder.name}"
    )
    options, wrong = faces.resolved(options, manuscript.root)
    problems = (*problems, *wrong)
    if has_errors(wrong):
        return None, [*problems, *manuscript.diagnostics]
    prose = [value for value in model.texts(options) if isinstance(value, Prose)]
    found = [*problems, *manuscript.diagnostics]
    found += doubts(prose, manuscript.inputs, manuscript.lenient)
    found += _faint(options, faces.named_at(resume, folder.name, "accent"))
    found += [*_bad_sections(resume, options), *_bad_themes(resume, folder.name, manuscript.root)]
    if resume.basics.image and not kind.sets_photo:
        found.append(warning(f"the theme {folder.name} sets no photo", resume.basics.image.source))
    wanted = getattr(options, "photo", True) or faces.named_at(resume, folder.name, "photo")
    if resume.basics.image and kind.sets_photo and not wanted:
        message = f"the theme {folder.name} leaves the photo out unless it is asked for"
        hint = f"say `photo: true` (or `false`) under meta.themes.{folder.name}"
        found.append(note(message, resume.basics.image.source, hint))
    here = available or dict.fromkeys(ENGINES if engine == "auto" else (engine,), "")
    able = engines.able(kind, here)
    if not able:
        return None, [*found, engines.refusal(folder.name, kind, here, where)]
    with folder.blamed():
        families = engines.families(kind, options, words, able)
    characters = with_texts(manuscript, model.texts(options))
    chosen = choice.choose(characters, engine, able, families, file_of(words.code) or "")
    if not isinstance(chosen, choice.Choice):
        return None, [*found, *chosen]
    found += chosen.notes
    beside, lacks = faces.beside(families, chosen.engine, characters)
    found += [_at(problem, faces.named_at(resume, folder.name)) for problem in lacks]
    found += faces.without_figures(families, faces.named_at(resume, folder.name, "figures"))
    if has_errors(found):
        return None, found
    opentype = [] if chosen.engine == "pdflatex" else [f for group in families for f in group.files]
    fallbacks = (*chosen.fallbacks, *beside.fallbacks)
    setting = Setting(engine=chosen.engine, words=words, fallbacks=fallbacks)  # type: ignore[arg-type]
    with folder.blamed():
        themed = kind(options, setting)
    if lacking := faces.no_small_caps(themed, resume, folder.name):
        return None, [*found, *lacking]
    shared = (*themes.shared(type(themed)), *(themes.letters() if manuscript.letter else ()))
    files = {path.name: path for path in (*shared, *folder.files(), *chosen.files)}
    files |= beside.files
    photo = (manuscript.photo,) if manuscript.photo else ()
    for given in resume.meta.files:
        if Path(given).name in files:
            message = f"the theme {folder.name} has a file of the name {Path(given).name}, too"
            found.append(error(message, given.source, "give yours another name"))
    with folder.blamed():
        tex = render(resume, themed, manuscript.contents, manuscript.letter)
    found += missing(resume, tex, folder.name)
    if has_errors(found):
        return None, found
    prepared = Prepared(
        theme=folder.name,
        variant=manuscript.variant,
        folder=folder.folder,
        engine=chosen.engine,
        tex=tex,
        files=files,
        resume=resume,
        contents=manuscript.contents,
        set_by=themed,
        facts=_facts(manuscript, themed),
        file_data={**manuscript.file_data, **beside.files_made},
        folders=(folder.folder, *beside.folders),
        inputs=(
            folder.folder / "theme.py",
            *files.values(),
            *photo,
            *manuscript.files,
            *beside.inputs,
        ),
        requires=tuple(file for file in (*themed.requires, *opentype) if file not in files),
    )
    return prepared, found


def own_density(prepared: Prepared) -> int | None:
    """Return the density that the options of a document's theme say, None if it knows none."""
    from cvtex.latex import Density

    options = prepared.set_by.options
    if not hasattr(options, "density"):
        return None
    compact = getattr(options, "spacing", "") == "compact"
    return int(options.density or (Density.COMPACT if compact else 0))


def at_density(prepared: Prepared, density: int) -> Prepared:
    """Return the document with another density; only what follows its preamble differs."""
    from cvtex.latex import Density
    from cvtex.latex.render import render

    themed = prepared.set_by
    changed: dict[str, Any] = {"density": Density(str(density))}
    options = dataclasses.replace(themed.options, **changed)
    again = type(themed)(options, themed.setting)
    tex = render(prepared.resume, again, prepared.contents)
    return dataclasses.replace(prepared, tex=tex, set_by=again)


def _facts(manuscript: Manuscript, theme: Theme) -> Facts:
    """Return what the PDF says of itself."""
    from cvtex.latex.render import title

    resume, letter, words = manuscript.resume, manuscript.letter, theme.setting.words
    name = str(resume.basics.name)
    skills = (word for skill in resume.skills for word in (skill.keywords or (skill.name,)))
    keywords = dict.fromkeys(str(word) for word in skills if word and not word.tex)
    shown = manuscript.photo is not None and getattr(theme.options, "photo", True)
    subject = (letter and letter.subject) or resume.basics.label or ""
    signature = f"{words.words['signature']}: {name}" if letter and letter.signature else ""
    return Facts(
        title=title(resume, words, letter),
        author=name,
        subject=str(subject),
        keywords=tuple(keywords) if "skills" not in resume.meta.hide else (),
        language=words.code,
        photo=f"{words.words['photo']}: {name}" if shown else "",
        signature=signature,
        sections=len(manuscript.contents),
        longest=max(map(len, (str(subject), *(c.section.title for c in manuscript.contents)))),
        heads=2 if letter and manuscript.contents else 1,
    )


def _bad_sections(resume: Resume, options: Options) -> list[Diagnostic]:
    """Return the sections that a theme's options name and the CV cannot have."""
    from cvtex.latex import SectionName

    # what was not typed is the theme's own, and may suit another CV
    named = [v for v in model.texts(options) if isinstance(v, SectionName) and v.source.file]
    if not named:
        return []
    from cvtex.source.records.synonyms import NAMES, SECTIONS
    from cvtex.source.syntax.nodes import nearest, quoted

    known = [*SECTIONS, *(custom.name for custom in resume.custom)]
    found = []
    for name in named:
        if name not in known:
            guess = nearest(name, known, NAMES)
            hint = f"did you mean {guess}?" if guess in known else f"known are {', '.join(known)}"
            found.append(error(f"unknown section {quoted(name, name.source)}", name.source, hint))
    return found


def _bad_themes(resume: Resume, chosen: str, root: Path) -> list[Diagnostic]:
    """Return warnings of options for themes that there are not: elsewhere they may be."""
    from cvtex.latex.themes import find

    found = []
    for name, options in resume.meta.themes.items():
        try:
            if name != chosen:
                find(name, root)
        except CvtexError as failure:
            [problem] = failure.diagnostics
            source = getattr(options.node, "source", None)
            found.append(warning(problem.message, source, problem.hint))
    return found


def _faint(options: Any, where: Source | None) -> list[Diagnostic]:
    """Return a warning of an accent that the user asks for and few can read on white."""
    from cvtex.latex.measures import Colour

    accent = getattr(options, "accent", None) if where else None
    if not isinstance(accent, Colour) or (ratio := accent.contrast(Colour("FFFFFF"))) >= READABLE:
        return []
    message = f"the accent {accent} is too light for text on white: {ratio:.1f} to 1"
    hint = (
        f"names and titles are set in it; readable is {READABLE} to 1 (WCAG 2.1): take a darker one"
    )
    return [warning(message, where, hint)]


def _named_at(resume: Resume) -> Source | None:
    source = resume.meta.theme.source
    return source if source.file else None


def _at(diagnostic: Diagnostic, source: Source | None) -> Diagnostic:
    """Return a diagnostic with a place, if it has none yet."""
    if diagnostic.source or source is None:
        return diagnostic
    return dataclasses.replace(diagnostic, source=source)
