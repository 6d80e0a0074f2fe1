"""Options that have one name in all themes on `article`: what each does to the preamble."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cvtex import source
from cvtex.latex import ArticleOptions, Setting, themes
from cvtex.latex.pieces import dumps
from cvtex.source.records.convert import keys

THEMES = sorted(
    name
    for name, folder in themes.themes(None).items()
    if issubclass(folder.load().Options, ArticleOptions)
)
DOCS = (Path(__file__).resolve().parents[2] / "docs" / "looks.md").read_text("utf-8")
SAID = {
    "marginTop": ("11mm", "top=11mm"),
    "marginBottom": ("12mm", "bottom=12mm"),
    "marginLeft": ("31mm", "left=31mm"),
    "marginRight": ("32mm", "right=32mm"),
    "photoSize": ("21mm", r"\setlength{\cvphotowidth}{21mm}"),
    "bullet": ("dash", r"\cvdashes"),
    "footer": ("50 % & more", r"\cvfooter{50~\% \& more}"),
    "accent": ("navy", "}{HTML}{1F3A5F}"),
}


def preamble(name: str, typed: str, tmp_path: Path) -> str:
    data = tmp_path / "cv.yaml"
    data.write_text(f"basics: {{name: A}}\nmeta: {{themes: {{{name}: {{{typed}}}}}}}\n", "utf-8")
    reading = source.read(source.find(data, public=False))
    assert reading.resume
    kind = themes.find(name, None).load()
    options, problems = source.options(reading.resume.meta.themes[name], kind.Options)
    assert not problems
    words = source.words("en")
    return str(dumps(kind(options, Setting(engine="pdflatex", words=words)).preamble()))


@pytest.mark.parametrize("name", THEMES)
def test_each_says_what_it_is_there_for(name: str, tmp_path: Path) -> None:
    typed = "photo: true, "
    typed += ", ".join(f"{option}: {value!r}" for option, (value, _) in SAID.items())
    said, plain = preamble(name, typed, tmp_path), preamble(name, "paper: a4", tmp_path)
    for option, (_, latex) in SAID.items():
        name, _, value = latex.partition("=")
        beside = rf"{name}=\\dimexpr [^,\]]*\+{value}"  # from a panel at that side
        assert latex in said or re.search(beside, said), option
    # the margin of a side stands after that of all sides: of two, geometry takes the later
    assert re.search(r"(?s)margin.*top=11mm,", said)
    assert "top=11mm" not in plain and r"\cvfooter" not in plain and r"\cvdashes" not in plain


def test_the_page_on_looks_names_every_option_that_all_have() -> None:
    table = DOCS.partition("| option |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", table.replace("compact", "")))
    assert set(keys(ArticleOptions)) <= named | set(re.findall(r"`(\w+)`", DOCS))
    assert set(SAID) <= named
