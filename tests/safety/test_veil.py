"""Case 16 and §6: no message shows a private value, whole or in parts, wherever it stands."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex import cli
from cvtex.veil import PRIVATE, Veil
from safety.places import Place

SECRETS = ("+49 170 5550123", "Zyxwvut Lane 9b, Qwxford", "ada.zqlace@qxample.test", "Ulmq")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("call +49 170 5550123 now", f"call {PRIVATE} now"),
        ("call +491705550123", f"call {PRIVATE}"),
        ("tel:+49-170-555 0123", f"tel:{PRIVATE}"),
        ("at “5550123”", f"at “{PRIVATE}”"),
        ("+49\n170 5550123", PRIVATE),
        ("ZYXWVUT LANE", f"{PRIVATE} {PRIVATE}"),
        ("Zyx-\nwvut", PRIVATE),
        (r"'\nZyxwvut'", rf"'\n{PRIVATE}'"),
        ("http://zqlace.test", f"http://{PRIVATE}.test"),
        ("in Ulmq", f"in {PRIVATE}"),
        ("Ulmquist", "Ulmquist"),
        ("error: unknown key phone in basics", "error: unknown key phone in basics"),
        ("data/work.yaml", "data/work.yaml"),
    ],
)
def test_whole_and_in_parts(said: str, shown: str) -> None:
    assert Veil(SECRETS).hide(said) == shown


@pytest.mark.parametrize(
    ("secret", "said", "shown"),
    [
        ("qz", "say qz", "say qz"),  # of two letters everything is full
        ("qzx", "say qzx", f"say {PRIVATE}"),
        ("qzx vwk", "say vwk", "say vwk"),  # a short word of a longer value
        ("qzx vwkj", "say vwkj", f"say {PRIVATE}"),
        ("vwkjq", "unvwkjqed", "unvwkjqed"),  # a word that another has in it
        ("vwkjqz", "unvwkjqzed", f"un{PRIVATE}ed"),
        ("vwkjqz", "vw-k.j_ q z", PRIVATE),
        ("vwkjqz", "vwk    jqz", "vwk    jqz"),
        ("vwkjq", "v-wkjq", "v-wkjq"),
    ],
)
def test_how_long_a_part_is_that_is_hidden(secret: str, said: str, shown: str) -> None:
    assert Veil([secret]).hide(said) == shown


def test_what_is_public_too_is_no_secret() -> None:
    veil = Veil(["Berlin", "Zyxwvut", "summary"], ["- location: Berlin\n"])
    assert veil.hide("Berlin, Zyxwvut: the summary") == (f"Berlin, {PRIVATE}: the summary")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_is_hidden_is_left(secrets: list[str], before: str, after: str) -> None:
    veil = Veil([*secrets, "Zyxwvut 5550123"])
    hidden = veil.hide(f"{before} Zyxwvut {after} 5550123")
    assert "Zyxwvut" not in hidden
    assert "5550123" not in hidden


T = "Xq7secretz"
"""What no output may hold; each mistake below has it where something is wrong."""
MISTAKES = {
    "link target": f"basics: {{summary: '[a](javascript:{T})'}}",
    "link title": f"basics: {{summary: \"[a](https://a.example '{T}')\"}}",
    "link without target": f"basics: {{summary: '[{T}]()'}}",
    "image in prose": f"basics: {{summary: '![{T}]({T}.png)'}}",
    "HTML": f"basics: {{summary: '<{T}>a</{T}> &{T};'}}",
    "theme of options": f"meta: {{themes: {{{T}: {{a: b}}}}}}",
    "theme": f"meta: {{theme: {T}}}",
    "option": f"meta: {{themes: {{classic: {{{T}: b}}}}}}",
    "value of an option": f"meta: {{themes: {{classic: {{accent: {T}}}}}}}",
    "font": f"meta: {{themes: {{classic: {{font: {T}}}}}}}",
    "section": f"meta: {{sections: [{T}]}}",
    "language": f"meta: {{language: {T}}}",
    "page limit": f"meta: {{pageLimit: {T}}}",
    "citation style": f"meta: {{publications: {{style: {T}}}}}",
    "CSL style": f"meta: {{publications: {{style: 'csl:styles/{T}.csl'}}}}",
    "grouping": f"meta: {{publications: {{groupBy: {T}}}}}",
    "last modified": f"meta: {{lastModified: {T}}}",
    "unknown key": f"basics: {{{T}: b}}",
    "unknown section": f"{T}: [a]",
    "custom section": f"{T}: {{title: {T}, entries: [{{{T}: a}}]}}",
    "section of a wrong kind": f"work: {T}",
    "record of a wrong kind": f"work: [{T}]",
    "text of a wrong kind": f"basics: {{name: [{T}]}}",
    "mail": f"basics: {{email: '{T} at home'}}",
    "address": f"basics: {{url: '{T} .example'}}",
    "scheme": f"basics: {{url: 'javascript:{T}'}}",
    "image": f"basics: {{image: {T}.png}}",
    "image outside": f"basics: {{image: ../../{T}.png}}",
    "image of no kind": f"basics: {{image: {T}.{T}}}",
    "profile": f"basics: {{profiles: [{{network: {T}}}]}}",
    "profile twice": f"basics: {{profiles: [{{network: {T}, url: a b}}, {{network: {T}}}]}}",
    "date": f"work: [{{name: A, startDate: {T}}}]",
    "date order": f"work: [{{name: {T}, startDate: 2020, endDate: 2010}}]",
    "future": f"work: [{{name: {T}, startDate: 2999-01}}]",
    "position": f"work: [{{name: {T}, position: A, positions: [{{position: {T}}}]}}]",
    "level": f"languages: [{{language: {T}, fluency: {T}}}]",
    "control character": f'basics: {{label: "a\\a{T}"}}',
    "character of no font": f"basics: {{label: '{T}\U0001f9ff'}}",
    "tag": f"basics: {{label: !{T} a}}",
    "alias": f"basics: {{label: *{T}}}",
    "anchor": f"basics: {{label: &{T} a, name: *{T}x}}",
    "twice": f"basics: {{{T}: a, {T}: b}}",
    "flow": f"basics: {{label: {T}",
    "quote": f'basics: {{label: "{T}',
    "tab": f"basics:\n\tlabel: {T}",
    "indentation": f"basics:\n  label: a\n {T}: b",
    "colon": f"basics:\n  label: {T}: {T}",
    "backslash": f'basics: {{label: "\\{T}"}}',
    "percent": f"basics: {{label: %{T}}}",
    "no mapping": T,
    "a list": f"- {T}",
    "two documents": f"basics: {{label: {T}}}\n---\n{T}: a",
    "NUL": f"basics: {{label: {T}\0}}",
    "raw TeX": f"basics: {{label: !tex '\\{T}'}}",
    "raw TeX with a brace": f"basics: {{label: !tex '{T}{{'}}",
    "publication": f"publications: [{{name: {T}, releaseDate: {T}}}]",
    "aliases": f"basics: {{aliases: {T}}}",
    "translation": f"basics: {{label: {{de: {T}, {T}: a}}}}",
    "tags": f"work: [{{name: A, tags: {{{T}: a}}}}]",
    "priority": f"work: [{{name: A, priority: {T}}}]",
    "identity": f"work: [{{id: {T}, name: A}}, {{id: {T}, name: B}}]",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_16_no_mistake_tells_a_private_value(
    place: Place, mistake: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place.project / "data/private.yaml").write_text(MISTAKES[mistake] + "\n")
    monkeypatch.chdir(place.project)
    for arguments in (
        ["validate"],
        ["validate", "--format", "json"],
        ["validate", "--theme", "all"],
        ["build", "--no-pdf"],
    ):
        monkeypatch.setattr("sys.argv", ["cvtex", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capfd.readouterr()
        assert ended.value.code in (0, 1)
        assert not re.search("q7sec|secretz", told.out + told.err, re.IGNORECASE), arguments
    for record in (place.project / "build").rglob(".state/*.json"):
        assert T not in record.read_text()
        assert json.loads(record.read_text())
