"""Our reading of `.bib` files against BibTeX's own, on TeX Live's files and on made-up ones."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvtex.source.bibtex import decode
from cvtex.source.bibtex.complaints import Complaints
from cvtex.source.bibtex.entries import Entry, read_entries
from cvtex.source.bibtex.journals import ABBREVIATIONS
from cvtex.source.bibtex.names import parse_name, split_names
from source import bibtex_oracle

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(not shutil.which("bibtex"), reason="there is no bibtex"),
]


@functools.cache
def tex_live() -> tuple[Path, ...]:
    """Every `.bib` of the installed TeX Live and its documentation."""
    roots = [Path("/usr/share/doc/texlive-doc")]
    for name in ("TEXMFDIST", "TEXMFMAIN"):
        found = subprocess.run(
            ["kpsewhich", f"-var-value={name}"], capture_output=True, text=True, check=False
        ).stdout.strip()
        roots += [Path(found)] if found else []
    files = {file.resolve() for root in roots if root.is_dir() for file in root.rglob("*.bib")}
    return tuple(sorted(files))


def explain_name(ours: list[str], theirs: list[str], typed: str) -> str:
    """Say why BibTeX 0.99d reads a name otherwise; empty if we have no reason."""
    if re.search(r"\w-[a-z]", typed):
        return "BibTeX takes a small letter behind a hyphen for a new word"
    if any(not c.isascii() for c in typed):
        return "BibTeX takes a capital beyond ASCII for a small letter"
    if "\\~" in typed:
        return "BibTeX takes the ~ of \\~n for a space"
    if "=" in typed:
        return "biblatex's key=value names are unknown to BibTeX"
    if typed.count(",") > 2:
        return "BibTeX drops what follows a third comma"
    return ""


def explain_field(entry: Entry, name: str, parents: dict[str, Entry], theirs: str) -> str:
    """Say why BibTeX has another value in a field; empty if we have no reason."""
    if not theirs and entry.fields.get(name) in ABBREVIATIONS.values():
        return "an abbreviation of BibTeX's standard styles, which the dump does not define"
    if not theirs and re.fullmatch(r"[^\s\"#%'(),={}]+", entry.fields.get(name, "")):
        return "an abbreviation that is not defined is nothing to BibTeX"
    if "+an" in name and ":" in name:
        return "a named annotation is no identifier for the dump"
    if not entry.fields.get(name) and theirs:
        seen, parent = set(), entry
        while (key := parent.fields.get("crossref", "").lower()) in parents and key not in seen:
            seen.add(key)
            parent = parents[key]
            if parent.fields.get(name) == theirs:
                return "inherited by crossref (BibTeX's own rule; ours is tested apart)"
    return ""


def differences(data: bytes, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every count of what was compared and every difference, with its reason."""
    text, _ = decode(data, "x.bib")
    entries = read_entries(Complaints(text, "x.bib"))
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    fields = {n for e in entries for n in e.fields if re.fullmatch(r"[!-~]+", n)} - {"crossref"}
    fields = {name for name in fields if not re.search(r"[\"#%'(),={}]", name)}
    types = {entry.type for entry in entries if entry.type.isascii()}
    theirs, lost, swallowed = bibtex_oracle.dump(data, fields, types, folder)
    for key in theirs:
        if key.lower() not in by_key:
            yield f"the entry {key} is only BibTeX's", ""
    last = max((e.source.line for e in entries if e.key in theirs), default=0)
    for entry in by_key.values():
        other = theirs.get(entry.key)
        if other is None:
            gone = swallowed and entry.source.line > last
            reason = "BibTeX gave up before it" if gone else ""
            yield f"the entry {entry.key} is only ours", reason
            continue
        yield "entries", "count"
        for name in fields:
            mine, his = entry.fields.get(name, ""), other.fields.get(name, "")
            if mine or his:
                yield "fields", "count"
            if mine != his:
                reason = explain_field(entry, name, by_key, his)
                if not reason and entry.source.line <= lost <= (entry.source.end or lost):
                    reason = "BibTeX gave up in it"
                yield f"{entry.key}.{name}: {mine!r} is {his!r}", reason
        for name in bibtex_oracle.NAME_FIELDS:
            typed = split_names(entry.fields.get(name, ""))
            read = [[*parse_name(one)[0]] for one in typed]
            his_names = other.names.get(name, []) if typed else []
            if len(read) != len(his_names):
                yield f"{entry.key}.{name}: {read} is {his_names}", ""
                continue
            for one, mine_parts, his_parts in zip(typed, read, his_names, strict=True):
                mine_parts = [" ".join(part.replace("~", " ").split()) for part in mine_parts]
                yield "names", "count"
                if mine_parts != his_parts:
                    reason = explain_name(mine_parts, his_parts, one)
                    yield f"{entry.key}: {mine_parts} is {his_parts}", reason


def test_all_of_tex_lives_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """With `-v`, show what was compared and how often each explanation held."""
    files = tex_live()
    if not files:
        pytest.skip("this TeX Live has no .bib files")
    table: Counter[str] = Counter()
    unexplained = []
    for file in files:
        for what, reason in differences(file.read_bytes(), tmp_path):
            if reason == "count":
                table[what] += 1
            elif reason:
                table[reason] += 1
            else:
                unexplained.append(f"{file.name}: {what}")
    with capsys.disabled():
        if request.config.get_verbosity() > 0:
            lines = (f"{count:8} {what}" for what, count in table.items())
            sys.stdout.write(f"\n{len(files):8} files\n" + "\n".join(lines) + "\n")
    assert not unexplained
    assert table["fields"] > 1000 or len(files) < 10


WORDS = st.sampled_from(
    [
        *("Ada", "van", "der", "de", "la", "Lovelace", "von", "O'Neil", "Jean", "{CERN}", "I"),
        *('{\\"O}st', "{\\'e}mile", "{van}", "\\'Emile", "{\\relax von}", "K.", "J.~P.", "d'Ys"),
        *("{AT\\&T}", "Ngo", "x", "3rd", "Mc{D}o", "{\\L}uk", "{\\ss}a", "{a b}", "{\\'{E}}va"),
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
COMMAS = st.one_of(
    NAMES,
    st.tuples(NAMES, NAMES).map(", ".join),
    st.tuples(NAMES, st.sampled_from(["Jr.", "III", "Jr. von"]), NAMES).map(", ".join),
)
PEOPLE = st.lists(COMMAS, min_size=1, max_size=4).flatmap(
    lambda names: st.sampled_from([" and ", "\n and  ", " and\t"]).map(lambda s: s.join(names))
)
PLAIN = st.text(alphabet="abcXYZ ,=#@%&$_^~'()\\-\t\n09.:;", max_size=24)
BRACED = st.recursive(
    PLAIN.map(lambda t: t.replace("\\", "")),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "{" + "".join(parts) + "}"),
    max_leaves=6,
)
QUOTED_IN_BRACES = st.tuples(BRACED, st.sampled_from(["", '{"}', '{"a"}'])).map("".join)
PIECE = st.one_of(
    QUOTED_IN_BRACES.map(lambda t: "{" + t + "}"),
    QUOTED_IN_BRACES.map(lambda t: '"' + t + '"'),
    PEOPLE.map(lambda t: "{" + t + "}"),
    st.sampled_from(["jan", "DEC", "one", "Two", "undefined", "12", "007"]),
)
VALUE = st.lists(PIECE, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" # ", "#", "\n#\n"]).map(lambda s: s.join(parts))
)
EQUALS = st.sampled_from([" = ", "=", "\n  =\n"])
OTHER_FIELDS = st.sampled_from(["title", "note", "YEAR", "x-y", "a+b", "journal"])
FIELD = st.one_of(
    st.tuples(OTHER_FIELDS, EQUALS, VALUE).map("".join),
    st.tuples(st.sampled_from(["author", "Editor"]), EQUALS, PEOPLE).map(
        lambda parts: "{}{}{{{}}}".format(*parts)
    ),
)


def field_name(field: str) -> str:
    """The name in `name = value`, which may stand once in an entry."""
    return re.split(r"[\s=]", field)[0].lower()


@st.composite
def bib_files(draw: st.DrawFn) -> str:
    """A `.bib` that is right by BibTeX's grammar."""
    parts = ['@string{one = "first # thing"}\n@STRING(two = one # { second})\n']
    for number in range(draw(st.integers(1, 5))):
        opening, closing = draw(st.sampled_from([("{", "}"), ("(", ")")]))
        kind = draw(st.sampled_from(["article", "Misc", "BOOK", "foo-bar"]))
        fields = draw(st.lists(FIELD, max_size=5, unique_by=field_name))
        gap = draw(st.sampled_from([",\n  ", ", ", "\n,"]))
        comma = draw(st.sampled_from(["", ",", " ,\n"])) if fields else ","
        before = draw(st.sampled_from(["", "text between\n", "% a comment\n"]))
        space = draw(st.sampled_from(["", " "]))
        gap = f" {gap}" if opening == "(" else gap  # BibTeX takes `key)` for a key
        body = gap.join([f"key{number}", *fields])
        parts.append(f"{before}@{kind}{space}{opening}{body}{comma or space}{closing}\n")
    return "\n".join(parts)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(bib_files())
def test_made_up_files(tmp_path: Path, text: str) -> None:
    found = [d for d in differences(text.encode(), tmp_path) if d[1] != "count"]
    assert [what for what, reason in found if not reason] == []
