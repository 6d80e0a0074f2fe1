"""Each check of the contract finds the fault that it is there for: a good PDF is spoilt."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cvtex import source, toolchain
from cvtex.contract import checks, data, expected, poppler, samples
from cvtex.contract.samples import Sample, Trial
from cvtex.latex import Setting, themes

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The whole sample in `classic`, in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("good")
    latexmk = toolchain.find("latexmk")[0]
    trial = Trial("full", "pdflatex")
    sample, _, why = samples.build(trial, themes.find("classic", None), latexmk, folder)
    assert sample, why
    assert list(checks.faults(sample)) == []
    return sample


def swap(one: str, other: str) -> Change:
    """Exchange two lines' places, each given by how it begins."""

    def change(page: str) -> str:
        lines = page.splitlines()
        a, b = (next(n for n, x in enumerate(lines) if x.startswith(s)) for s in (one, other))
        lines[a], lines[b] = lines[b], lines[a]
        return "\n".join(lines)

    return change


def put(old: str, new: str) -> Change:
    """Replace what stands once on a page."""

    def change(page: str) -> str:
        assert page.count(old) == 1, f"{old!r} in {page}"
        return page.replace(old, new)

    return change


@pytest.mark.tex
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("Wrote the bootloader", ""), ["not in the text: Wrote the bootloader"]),
        (put("laboratory", "labo-\nratory"), ["not in the text: Rebuilt the pipeline"]),
        (put("pipeline", "pipe-line"), ["neither in the data nor in furniture(): pipe-line"]),
        (put("pipeline", "pi\ufb01ine"), ["not in the text", "neither in the data nor in fur"]),
        (put("+49 30", "\ue0a1 +49 30"), ["neither in the data nor in furniture(): \ue0a1"]),
        (put("+49 30", "M +49 30"), ["neither in the data nor in furniture(): M"]),
        (swap("EXPERIENCE", "EDUCATION"), ["out of order: Institute of Standards; "]),
        (swap("Institute of", "Consultant"), ["out of order: "]),
        (swap("Zoë", "Research"), ["the name is not what is read first"]),
        (put("Jun 2018 – Nov", "Jun 2018\n– Nov"), ["broken over lines: Jun 2018 – Nov 2021"]),
        (put("2015 – 2016", "2015\n– 2016"), ["broken over lines: 2015 – 2016"]),
        (put("for the house", "forthe house"), ["words without a space between them: forthe"]),
        (swap("Institute of", "• Cut the"), ["below its own bullets: Institute of Standards"]),
        (put("Jun 2018 – Nov 2021", ""), ["dates that are not in the text: Jun 2018 – Nov 2021"]),
    ],
)
def test_a_spoilt_text(change: Change, told: list[str], good: Sample) -> None:
    pages = (change(good.pages[0]), *good.pages[1:])
    found = list(checks.faults(dataclasses.replace(good, pages=pages), layout=False))
    missing = [said for said in told if not any(fault.startswith(said) for fault in found)]
    assert missing == [], found


@pytest.mark.tex
def test_a_title_alone_and_a_text_lost_to_those_who_sort(good: Sample) -> None:
    pages = ("\n".join([good.pages[0].rstrip(), "AWARDS"]), *good.pages[1:])
    found = list(checks.faults(dataclasses.replace(good, pages=pages), layout=False))
    assert "a page ends with a section's title: AWARDS" in found
    layout = good.layout.replace("Wrote the bootloader", "")
    found = list(checks.faults(dataclasses.replace(good, layout=layout)))
    assert found == ["not in the text: Wrote the bootloader"]


@pytest.mark.tex
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            r"Overfull \hbox (2.1pt too wide) in paragraph at lines 1--2",
            ["boxes that are too full"],
        ),
        (r"Overfull \vbox (9.0pt too high) has occurred", ["boxes that are too full"]),
        (r"Overfull \hbox (1.9pt too wide) in paragraph at lines 1--2", []),
        ("Missing character: There is no ж in font ec-lmr10!", ["not in the font: ж"]),
    ],
)
def test_a_spoilt_log(line: str, told: list[str], good: Sample) -> None:
    found = list(checks.faults(dataclasses.replace(good, log=f"{good.log}\n{line}\n")))
    assert [fault.partition(",")[0] for fault in found] == told


@pytest.mark.parametrize(
    ("theme", "weights", "series", "told"),
    [
        ("academic", (), "sb", ["sb"]),
        ("moderncv", (), "l", ["l"]),
        ("academic", None, "sb", []),
        ("academic", ("sb",), "sb", []),
        ("academic", (), "zz", []),  # which Source Serif has not
    ],
)
def test_a_weight_that_a_theme_sets_and_leaves_out(
    theme: str, weights: tuple[str, ...] | None, series: str, told: list[str], tmp_path: Path
) -> None:
    """What somebody is told whose theme extends one that has fewer fonts made than before."""
    kind = themes.find(theme, None).load()
    own = type("Theme", (kind,), {"weights": weights})
    setting = Setting(engine="pdflatex", words=source.words("en"))
    options: Any = kind.Options
    nothing: Any = None
    log = f"LaTeX Font Warning: Font shape `T1/cvsourceserif/{series}/n' undefined\n"
    face = own(options(font="source-serif"), setting)
    sample = Sample(
        expected=nothing, theme=face, pdf=tmp_path, log=log, pages=(), layout="", by_place={}
    )
    assert checks.unmade(sample) == told


def test_a_box_that_is_too_full_is_told_by_its_end() -> None:
    box = "Overfull \\hbox ({}pt too wide) in paragraph at lines 17--17\n{}\n\n"
    log = box.format("12.34", r" \T1/lmr/m/n/10 The Aver-y-long-word|[]") + box.format("3.5", "[]")
    assert checks.near_overfull(log) == {12.34: "Aver-y-long-word", 3.5: ""}


def change_link(pdf: pikepdf.Pdf) -> None:
    for note in pdf.pages[0].Annots:
        if str(note.A.URI).endswith("_1%20a"):
            note.A.URI = pikepdf.String("https://standards.example.org/r_1 a")


def drop_link(pdf: pikepdf.Pdf) -> None:
    notes = [note for note in pdf.pages[0].Annots if "mailto" not in str(note.A.URI)]
    pdf.pages[0].Annots = pikepdf.Array(notes)


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def drop_map(pdf: pikepdf.Pdf) -> None:
    del first_font(pdf)["/ToUnicode"]


def drop_file(pdf: pikepdf.Pdf) -> None:
    del first_font(pdf).FontDescriptor["/FontFile"]


def bitmap(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf)
    font.Subtype = pikepdf.Name.Type3
    del font["/FontDescriptor"]
    font.FontBBox = [0, 0, 1, 1]
    font.FontMatrix = [1, 0, 0, 1, 0, 0]
    font.CharProcs = pikepdf.Dictionary()


@pytest.mark.tex
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (change_link, [
            r"not linked: https://standards\.example\.org/r_1%20a",
            r"linked, but not in the data: https://standards\.example\.org/r_1 a",
        ]),
        (drop_link, [r"not linked: mailto:zoe_angstroem@example\.org"]),
        (drop_map, [r"fonts: \S+: no ToUnicode"]),
        (drop_file, [r"fonts: \S+: not embedded(; .*)?"]),
        (bitmap, [r"fonts: \S+: Type 3"]),
    ],
)  # fmt: skip
def test_a_spoilt_pdf(
    change: Callable[[pikepdf.Pdf], None], told: list[str], good: Sample, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(good.pdf) as pdf:
        change(pdf)
        pdf.save(spoilt)
    found = list(checks.faults(dataclasses.replace(good, pdf=spoilt)))
    assert len(found) == len(told), found
    assert all(map(re.fullmatch, told, found)), found


def test_a_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_text("%PDF-1.5")
    assert poppler.font_faults(broken) == ["pdffonts cannot read them"]
    assert poppler.addresses(broken) == set()


@pytest.mark.tex
def test_what_is_hidden_is_not_asked_for(good: Sample) -> None:
    full = data.read(samples.samples() / "full.yaml")
    hidden = data.read(samples.samples() / "full.yaml", ["meta.hide=[work]"])
    gone = expected.of(full, good.theme).links - expected.of(hidden, good.theme).links
    assert gone == {
        "https://standards.example.org",
        "https://standards.example.org/r_1%20a",
        "https://acme.example.com/about",
    }


@pytest.mark.tex
@pytest.mark.parametrize("section", ["work", "talks", "publications", "interests", "languages"])
def test_a_section_that_the_renderer_forgets(section: str, good: Sample) -> None:
    """The data say what must be there: not what was rendered."""
    title, records = next(
        (title, records)
        for title, records in good.expected.sections
        if title.casefold().startswith({"work": "exp"}.get(section, section[:4]))
    )
    values = [value for record in records for value in record.values]
    pages = "\n".join(good.pages)
    for value in values:
        pages = re.sub(r"\s*".join(map(re.escape, value.replace("'", "’"))), "", pages)
    found = list(checks.faults(dataclasses.replace(good, pages=(pages,)), layout=False))
    assert any(fault.startswith("not in the text: ") for fault in found), title
