"""The contract of every theme: whatever the data, all of it is on the page, and only it.

Each shipped theme is built from each sample by each engine, once; then once more
for every choice of every option. What makes a CV readable is checked on each PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from conformance import claimed, faults
from cvtex import source, toolchain
from cvtex.contract import data, expected
from cvtex.contract.samples import samples
from cvtex.contract.wanted import Expected
from cvtex.latex import Setting, Theme, printed, themes
from cvtex.pdf import finish, locate, readback
from cvtex.pipeline import manuscript, preparation
from shared import ENGINES, FIRST, KIN, often
from themes.contrast import faint
from themes.textlayer import (
    broken_dates,
    by_place,
    disordered,
    displaced,
    font_faults,
    links,
    lost,
    lost_dates,
    overfull,
    pdftotext,
    pypdf_pages,
    rounds,
    squeeze,
    unexplained,
)

SAMPLES = samples()
THEMES = sorted(themes.themes(None))


def engines_for(name: str, sample: str) -> tuple[str, ...]:
    return ENGINES if name not in KIN or sample == "full" else ("pdflatex",)


def is_often(name: str, sample: str, engine: str) -> bool:
    """Tell whether a cell is tried each time: each theme by each engine once, and all of it in
    the first themes; LuaLaTeX takes four times as long as the others, and Tectonic needs what a
    theme loads in its bundle first."""
    if name in FIRST or engine == "pdflatex":
        return True
    return sample == "full" and (name not in KIN or engine == "xelatex")


def choices_for(name: str) -> list[Any]:
    """Return the choices of a theme, each switch alone or, where a theme has those of others, all
    switches at once. What would be set in another typeface alone is set so with a switch."""
    rows = rounds(name, themes.find(name, None).load().Options)
    alone = [row for row in rows if len(row) == 1 and row[0].endswith(("=true", "=false"))]
    fonts = [row for row in rows if len(row) == 1 and ".font=" in row[0]]
    more = [row for row in rows if row not in alone and row not in fonts]
    # With justified lines hyphenation divides words, which readers of the PDF then see divided.
    apart = [row for row in alone if "hyphenation" in row[0]]
    alone = [row for row in alone if row not in apart]
    together = [tuple(one for row in alone for one in row)]
    each = name in (*FIRST, "europass")
    switches = [*apart, *(alone if each else together)]
    set_so = [row for row in fonts if not any(row[0] in other for other in more)]
    assert len(set_so) <= len(switches)
    with_fonts = [a + b for a, b in zip_longest(switches, set_so, fillvalue=())]
    whole = [(name, row) for row in (*with_fonts, *more)]
    if each or name in KIN:
        return whole
    return whole + often(((name, row) for row in alone), lambda name, row: False)


@dataclass(frozen=True)
class Build:
    """A compiled sample, and what it was compiled from."""

    expected: Expected
    theme: Theme
    tex: str
    pdf: Path
    log: str
    pages: tuple[str, ...]
    map: locate.Map
    poppler: tuple[str, ...]


Make = Callable[..., Build]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Make:
    """Build a sample, or give what was built before; `tectonic` is an engine here."""
    kept: dict[tuple[str, ...], Build] = {}

    def build(name: str, sample: str, engine: str, *overrides: str) -> Build:
        key = (name, sample, engine, *overrides)
        if key not in kept:
            folder = tmp_path_factory.mktemp("theme")
            chain = toolchain.find("latexmk")[0]
            if engine == "tectonic":
                bundle = request.getfixturevalue("tectonic_bundle")
                chain, engine = toolchain.find("tectonic", bundle)[0], "xelatex"
            place = SAMPLES / f"{sample}.yaml"
            kept[key] = compile_sample(folder, name, place, engine, overrides, chain)
        return kept[key]

    return build


def compile_sample(
    folder: Path,
    name: str,
    sample: Path,
    engine: str,
    overrides: tuple[str, ...] = (),
    chain: toolchain.Toolchain | None = None,
) -> Build:
    """Compile a sample in a folder, with what else is there already; by latexmk if not told."""
    chain = chain or toolchain.find("latexmk")[0]
    project = source.find(sample, public=False, overrides=overrides)
    reading = source.read(project)
    written = manuscript.of(project, reading)
    assert reading.resume and written
    assert all(d.severity == "note" for d in reading.diagnostics), reading.diagnostics
    prepared, problems = preparation.prepare(
        written, name, engine=engine, available={engine: chain.name}
    )
    assert prepared and all(p.severity == "note" for p in problems), problems
    for file, content in prepared.beside().items():
        (folder / file).write_bytes(content)
    (folder / "cv.tex").write_text(prepared.tex, encoding="utf-8")
    # A preamble that no other build has is not worth to be precompiled.
    again = not any(one.startswith(("meta.themes.", "meta.language=")) for one in overrides)
    outcome = toolchain.compile(chain, engine, folder, epoch=946684800, cache=again)
    assert outcome.ok and outcome.pdf, outcome.log[-3000:]
    finished = folder / "finished.pdf"
    done = finish.finish(outcome.pdf.read_bytes(), prepared.facts, "archive", 946684800)
    finished.write_bytes(done.pdf)
    there = locate.reading_order(done.document, done.pages)
    groups = tuple(printed.groups(prepared.resume, prepared.contents, prepared.set_by))
    kind = themes.find(name, None).load()
    options, _ = source.options(reading.resume.meta.themes.get(name), kind.Options)
    words = source.words(reading.resume.meta.language)
    theme = kind(options, Setting(engine=engine, words=words))  # type: ignore[arg-type]
    return Build(
        expected=expected.of(data.read(sample, overrides), theme),
        theme=theme,
        tex=prepared.tex,
        pdf=finished,
        log=outcome.log,
        pages=tuple(pypdf_pages(finished)),
        map=locate.locate(there, groups),
        poppler=(pdftotext(finished, "-raw"), pdftotext(finished)),
    )


def check(build: Build, layout: bool = False, divided: bool = False) -> None:
    """Hold one PDF against the contract; with `layout` also as sorted by place on the page, by
    Poppler and by pdfminer, which takes as long as all else here."""
    wanted = build.expected
    layers = ("\n".join(build.pages), *build.poppler[: 1 + layout])
    for layer in layers:
        joined = layer.replace("-\n", "") if divided else layer  # words that lines divide
        assert lost(wanted, layer + joined) == []
        assert unexplained(joined, wanted) == []
    assert disordered(wanted, squeeze(layers[0])) == []
    if build.theme.reads_by_line():
        read_by = (layers[0], build.poppler[1])  # Poppler joins what a line's end divides
        assert displaced(*(x.replace("-\n", "") if divided else x for x in read_by)) == []
        if layout:
            assert displaced(layers[0], by_place(build.pdf)["pdfminer"]) == []
    assert squeeze(build.pages[0]).startswith(squeeze(wanted.name))
    no_title_alone(build, {squeeze(title) for title, _ in wanted.sections[1:]})
    assert wanted.links == links(build.pdf)
    assert lost_dates(wanted, layers[0]) == []
    assert broken_dates(wanted, layers[0]) == []
    assert font_faults(build.pdf) == []
    assert [size for size in overfull(build.log) if size > 2] == []
    assert claimed(build.pdf) == {"PDF/UA-1", "PDF/A-2b"}
    assert faults(build.pdf, "PDF/UA-1", "PDF/A-2b") == []
    read = "\n".join(page.text() for page in readback.read(build.pdf))
    assert read.split() == build.poppler[0].split()
    assert build.map.lost == ()
    assert [found.value.text for found in build.map.found if not shows(build.map, found)] == []


def shows(where: locate.Map, found: locate.Found) -> bool:
    """Tell whether the words that a value is said to be at hold all its letters and digits."""
    there = "".join(w.word.text for a, b in found.stretches for w in where.words[a:b])
    letters = [c for c in squeeze(there) if c.isalnum()]
    return any(
        all(c in letters for part in way for c in squeeze(part) if c.isalnum())
        for way in found.value.ways
    )


def no_title_alone(build: Build, titles: set[str]) -> None:
    """Check that no page ends with a section's title."""
    for page in build.pages:
        lines = [squeeze(line) for line in page.splitlines() if line.strip()]
        assert not lines or lines[-1] not in titles


@pytest.mark.tex
@pytest.mark.parametrize(
    ("name", "sample", "engine"),
    often(
        (
            (n, s, e)
            for n in THEMES
            for s in ("full", "long", "smallest")
            for e in engines_for(n, s)
        ),
        is_often,
    ),
)
def test_samples(name: str, sample: str, engine: str, make: Make) -> None:
    # What stands at the right of a line's end is sorted between lines that wrap.
    check(make(name, sample, engine), layout=sample != "long")


@pytest.mark.tex
@pytest.mark.parametrize(
    ("name", "engine"),
    often(
        ((n, e) for n in THEMES if n not in KIN for e in ENGINES if e != "pdflatex"),
        lambda name, engine: (
            engine == "xelatex" or name == FIRST[0] or (name in FIRST and engine == "tectonic")
        ),
    ),
)
def test_names_beyond_latin(name: str, engine: str, make: Make) -> None:
    check(make(name, "scripts", engine))


@pytest.mark.tex
@pytest.mark.parametrize(("name", "overrides"), [cell for n in THEMES for cell in choices_for(n)])
def test_every_choice(name: str, overrides: tuple[str, ...], make: Make) -> None:
    build = make(name, "full", "pdflatex", *overrides)
    check(build, divided=any("hyphenation=true" in one for one in overrides))
    assert faint(build.pdf) == []


@pytest.mark.tex
@pytest.mark.parametrize("name", THEMES)
def test_text_is_dark_enough_to_be_read(name: str, make: Make) -> None:
    """Text of every colour, against what is behind it, at least 4.5 to 1 (WCAG 2.1, AA)."""
    assert faint(make(name, "full", "pdflatex").pdf) == []


@pytest.mark.tex
@pytest.mark.parametrize("name", THEMES)
def test_a_long_cv_of_sections_of_its_own(name: str, make: Make) -> None:
    check(make(name, "scholar", "pdflatex"))


@pytest.mark.tex
@pytest.mark.parametrize("name", THEMES)
def test_german(name: str, make: Make) -> None:
    check(make(name, "full", "pdflatex", "meta.language=de"))


@pytest.mark.tex
@pytest.mark.parametrize("name", THEMES)
def test_order_and_titles_of_sections_groups_and_numbers(name: str, make: Make) -> None:
    order = "[talks: Heard at, languages: Tongues, publications: Papers, education, work: Posts]"
    groups = ("meta.publications.groupBy=year", "meta.publications.numbering=down")
    chosen = (f"meta.sections={order}", "meta.hide=[interests]", *groups)
    build = make(name, "full", "pdflatex", *chosen)
    check(build, layout=True)
    assert {"Heard at", "Tongues", "Papers", "Posts"} <= {t for t, _ in build.expected.sections}
    layer = squeeze("".join(build.pages))
    assert "honey" not in layer  # an interest of hers
    heads = [layer.find(squeeze(text)) for text in ("2022 2. “Clocks", "2013 1. “A first")]
    assert -1 < heads[0] < heads[1]


@pytest.mark.tex
@pytest.mark.parametrize("name", THEMES)
def test_preamble_holds_nothing_of_the_person(name: str, make: Make) -> None:
    """Then it can be precompiled, and kept for the next build."""
    full, smallest = (make(name, sample, "pdflatex") for sample in ("full", "smallest"))
    begin = r"\begin{document}"
    assert full.tex.partition(begin)[0] == smallest.tex.partition(begin)[0]


@pytest.mark.tex
@pytest.mark.parametrize("sample", ["full", "long"])
def test_classic_reads_by_the_line_in_its_linear_layout(sample: str, make: Make) -> None:
    choices = ("meta.themes.classic.layout=linear", "meta.themes.classic.icons=false")
    build = make("classic", sample, "pdflatex", *choices)
    assert build.theme.reads_by_line()
    check(build)


STYLES = ("banking", "casual", "classic", "fancy", "oldstyle")


SAID = "To measure is *to know*, so we measure twice and write it down, all of it & with care"


def in_style(style: str) -> tuple[str, ...]:
    """Return the choices of moderncv that are tried in every style."""
    place = "meta.themes.moderncv"
    return (f"{place}.quote={SAID}", f"{place}.style={style}", f"{place}.links=coloured")


@pytest.mark.tex
@pytest.mark.parametrize("style", STYLES)
def test_moderncv_sets_a_quote_in_every_style(style: str, make: Make) -> None:
    build = make("moderncv", "full", "pdflatex", *in_style(style))
    check(build)
    layer = squeeze(build.pages[0])
    assert 0 < layer.find(squeeze(SAID.replace("*", ""))) < layer.find("experience")


EXTRAS = ("ebgaramond", "kurier", "fontawesome5", "fontawesome", "academicons", "marvosym")
"""Packages of fonts that are there on some machines and not on others."""


@pytest.mark.tex
@pytest.mark.parametrize("style", STYLES)
def test_moderncv_is_the_same_where_more_fonts_are_installed(
    style: str, make: Make, tmp_path: Path
) -> None:
    choices = in_style(style)
    for package in EXTRAS:
        (tmp_path / f"{package}.sty").write_text(r"\errmessage{loaded by chance}")
    there = compile_sample(tmp_path, "moderncv", SAMPLES / "full.yaml", "pdflatex", choices)
    assert there.pages == make("moderncv", "full", "pdflatex", *choices).pages
