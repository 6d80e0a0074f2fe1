"""Prose against CommonMark's own examples, and where it differs on purpose."""

from __future__ import annotations

import fcntl
import html
import importlib.metadata
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.latex import markup
from cvtex.model import Prose, Text, Url

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = (
    "Backslash escapes",
    "Precedence",
    "Code spans",
    "Emphasis and strong emphasis",
    "Links",
    "Hard line breaks",
    "Soft line breaks",
    "Textual content",
)
TAGS = {"emphasis": "em", "strong": "strong", "code": "code"}


@pytest.fixture(scope="module")
def examples() -> list[dict[str, Any]]:
    """The published examples, out of the source distribution of our own parser.

    Fetched once by pip into `build/tests/`.
    """
    version = importlib.metadata.version("markdown-it-py")
    folder = ROOT / "build" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"commonmark-{version}.json"
    with (folder / "commonmark.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            wanted = ["--no-deps", "--no-binary", ":all:", f"markdown-it-py=={version}"]
            command = [sys.executable, "-m", "pip", "download", "-q", "-d", str(folder), *wanted]
            if subprocess.run(command, capture_output=True, check=False).returncode:
                pytest.skip("the CommonMark examples cannot be fetched")
            (archive,) = folder.glob("markdown_it_py-*.tar.gz")
            with tarfile.open(archive) as tar:
                (name,) = (n for n in tar.getnames() if n.endswith("/commonmark.json"))
                content = tar.extractfile(name)
                assert content
                kept.write_bytes(content.read())
            archive.unlink()
    found: list[dict[str, Any]] = json.loads(kept.read_text("utf-8"))
    return found


def as_html(pieces: tuple[markup.Piece, ...]) -> str:
    """Return pieces as the specification prints them."""
    line = ""
    for piece in pieces:
        inner = html.escape(piece.text) or as_html(piece.pieces)
        if piece.kind == "text":
            line += inner
        elif piece.kind == "link":
            title = f' title="{html.escape(piece.title)}"' if piece.title else ""
            line += f'<a href="{html.escape(piece.url)}"{title}>{inner}</a>'
        else:
            line += f"<{TAGS[piece.kind]}>{inner}</{TAGS[piece.kind]}>"
    return line


def is_ours(example: dict[str, Any]) -> bool:
    """Tell whether an example is one paragraph of the inlines that we have."""
    source, wanted = example["markdown"], example["html"]
    return (
        wanted.startswith("<p>")
        and wanted.count("<p>") == 1
        and wanted.endswith("</p>\n")
        and not any(
            mark in source for mark in ("![", "]:", "&quot;", "&auml;", 'href=""', "&nbsp;")
        )
        and not any(tag in wanted for tag in ("<img", "<http", "<pre", "<ul", 'href=""'))
        and not any(f"<{tag}" in source for tag in ("a", "b", "foo", "http", "!", "?", "m"))
    )


def test_the_examples_of_commonmark(
    examples: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The specification links to `/uri`, which a CV does not.
    monkeypatch.setattr(Url, "parse", classmethod(lambda cls, text: text))
    ours = [e for e in examples if e["section"] in SECTIONS and is_ours(e)]
    assert len(ours) > 180
    wrong = []
    for example in ours:
        wanted = example["html"].removeprefix("<p>").removesuffix("</p>\n")
        wanted = wanted.replace("<br />\n", " ").replace("\n", " ")
        got = as_html(markup.parse(example["markdown"].strip("\n")))
        if html.unescape(unquote(got)) != html.unescape(unquote(wanted)):
            wrong.append((example["example"], example["markdown"], got, wanted))
    assert not wrong


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("*a* and **b** and `c`", "a and b and c"),
        ("[Paper](https://example.org/a_b) [Link]", "Paper [Link]"),
        ("[x]() [y](<>)", "[x]() [y](<>)"),
        (r"\*no\* C:\Users 5\_000", r"*no* C:\Users 5_000"),
        ("&amp; &#169; <b>bold</b> <https://example.org>", None),
        ("snake_case_name, 2 * 3 * 4, a*, R&D", None),
        ("one\ntwo  \nthree\\\nfour\n\nfive", "one two three four five"),
        ("![alt](https://example.org/x.png)", "!alt"),
        ("# no heading", None),
        ("1. no list", None),
        ("[a](javascript:alert(1))", None),
        ("[a][b] and [c]", None),
        ("*unclosed", None),
        ("AT&T; &copy; `&lt;`", "AT&T; &copy; &lt;"),
    ],
)
def test_what_prose_reads_like(typed: str, reads: str | None) -> None:
    assert markup.plain(Prose(typed)) == (typed if reads is None else reads)


def test_literal_text_has_no_markup() -> None:
    assert markup.plain(Text("*a* `b`")) == "*a* `b`"


def test_an_entity_in_an_address_is_literal() -> None:
    (link,) = markup.parse("[a](https://example.org/?a=1&copy;=2)")
    assert link.url == "https://example.org/?a=1&copy;=2"


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        ("- a\n- b", "<ul>a|b</ul>"),
        ("for:\n* a\n* b", "for: <ul>a|b</ul>"),
        ("for:\n- a\n\n1. b\n2. c\n\nend", "for: <ul>a</ul> <ol1>b|c</ol> end"),
        ("7) a\n8) b", "<ol7>a|b</ol>"),
        ("- a\n  - b\n  - c\n- d", "<ul>a<ul>b|c</ul>|d</ul>"),
        ("- a\n  - b\n    - c\n      - d\n        - e", "<ul>a<ul>b<ul>c|d|e</ul></ul></ul>"),
        ("- wrapped\n  here\n\n  and a paragraph", "<ul>wrapped here/and a paragraph</ul>"),
        ("- a\n-\n- b", "<ul>a|b</ul>"),
        ("one\ntwo  \nthree\\\nfour", "one/two/three/four"),
        ("2019 - 2020\n-5 degrees\n1.5 years", "2019 - 2020/-5 degrees/1.5 years"),
        ("in\n1986. What a year", "in/1986. What a year"),
        ("*a\nb* `c\nd`", "a/b c d"),
        ("- " * 60 + "deep", "- " * 60 + "deep"),
    ],
)
def test_lists_and_breaks(typed: str, blocks: str) -> None:
    assert " ".join(map(shown, markup.blocks(typed))) == blocks


def shown(block: markup.Block) -> str:
    """Return a paragraph or list on one line, a stroke for each line break."""
    if isinstance(block, markup.Listing):
        items = "|".join(shown(i.pieces) + "".join(map(shown, i.listings)) for i in block.items)
        name = "ul" if block.number is None else "ol"
        return f"<{name}{block.number or ''}>{items}</{name}>"
    return "".join("/" if p.kind == "break" else p.text or shown(p.pieces) for p in block)


@given(st.text(alphabet="-+*1. )\n ab`[]", max_size=60))
def test_no_letter_is_lost_in_lists(typed: str) -> None:
    said = "".join(map(shown, markup.blocks(typed)))
    for tag in ("<ul>", "</ul>", "<ol", "</ol>"):
        said = said.replace(tag, "")
    if "](" not in typed:
        assert [c for c in said if c in "ab"] == [c for c in typed if c in "ab"]


def test_no_parser_for_plain_prose() -> None:
    script = (
        "import sys; from cvtex.latex import markup; from cvtex.model import Prose\n"
        "markup.parse('100% of [Link] snake_case, a*, C:/x, 5 < 6'); "
        "print('markdown_it' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


@given(st.text(alphabet="*_`[]()\\ ab<>&;!\n\"'x/:.", max_size=40))
def test_nothing_is_lost(typed: str) -> None:
    """Letters and digits of the text always remain, but for addresses and titles."""
    pieces = markup.parse(typed)
    if not any(piece.kind == "link" for piece in markup.walk(pieces)):
        kept = [c for c in markup.plain(Prose(typed)) if c.isalnum()]
        assert kept == [c for c in typed if c.isalnum()]
