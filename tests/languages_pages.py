"""Every language on pages to look at: all its words, months and dates, in two themes.

    python tests/languages_pages.py [--languages …] [-o FOLDER] [--jobs 2]

For each language a CV is set that holds every kind of section, every month, all that can be said
of a date, publications of every type and state in two citation styles (`ieee` with numbers in
classic, `apa` in academic), and a letter; what a person writes is from `tongues/texts.yaml`. The
folder gets a picture of each page (`CODE-classic-1.png`) and all the words beside the English
(`CODE.txt`). Of each PDF it is checked that what the program adds is read back, and that the
document and the runs in another language carry the right Lang. The status is 1 where not.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import yaml

from cvtex import source
from cvtex.dateforms import shown, written_out
from cvtex.model import Date, Words
from cvtex.source import languages
from shared import ROOT, words

TEXTS: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (ROOT / "tests" / "tongues" / "texts.yaml").read_text("utf-8")
)
FAMILIES = {
    "ca": "Puig i Soler", "es": "Muñoz Iglesias", "ga": "Ní Bhraonáin", "hu": "Őrsi",
    "ja": "林", "ko": "김", "nl": "van ’t Hof", "vi": "Nguyễn", "zh": "王", "zh-Hant": "陳",
}  # fmt: skip
"""The family's name of whom it is not the last word."""
STYLES = {"classic": ("ieee", "type"), "academic": ("apa", "status")}
"""The themes, each with its citation style and what groups the list."""
SAID = (
    "since 2024-05", "since 2024", "until 2023-08", "until 2023", "about 2022", "2021 or 2022",
    "Spring 2020", "Summer 2020", "Autumn 2020", "Winter 2020", "Q3 2019", "2018",
)  # fmt: skip
"""What is said of dates, each an entry's only date."""
MONTHS = [f"2017-{month:02}" for month in range(1, 13)]
FOREIGN = "A Title in English"
TYPES = (
    "article", "inproceedings", "incollection", "book", "collection", "phdthesis",
    "mastersthesis", "bachelorsthesis", "report", "techreport", "online", "software", "dataset",
    "patent", "unpublished", "misc", "talk", "preprint",
)  # fmt: skip
STATES = ("inpress", "forthcoming", "submitted", "underreview", "inpreparation")
LINKS = (
    "pdf", "codeurl", "dataurl", "slidesurl", "videourl", "posterurl", "projecturl", "html",
    "blog", "supp",
)  # fmt: skip


def data(code: str) -> dict[str, Any]:
    """Return the CV of a language: each kind of section, each date."""
    said, own = TEXTS[code], source.words(code)
    org, city, paper = said["employer"], said["city"], said["paper"]
    long = [written_out(Date.parse(f"{month}-07"), own) for month in MONTHS]
    months = [
        {"position": said["label"], "startDate": start, "endDate": end}
        for start, end in list(pairwise(reversed(MONTHS)))[::2]
        for start, end in [(end, start)]
    ]
    other = [{"position": said["label"], "startDate": date} for date in SAID]
    job = {"name": org, "position": said["label"], "location": city}
    education = {"institution": said["university"], "area": said["area"], "location": city}
    return {
        "basics": {
            **{key: said[key] for key in ("name", "label", "summary")},
            "email": "me@example.org",
            "location": city,
        },
        "work": [
            {**job, "startDate": "2025-02", "keywords": ["C++", "Python"], "highlights": long},
            {"name": org, "location": city, "positions": other},
            {"name": org, "location": city, "positions": months},
        ],
        "volunteer": [{"organization": org, "position": said["label"], "startDate": "2019"}],
        "education": [
            {**education, "studyType": said["phd"], "startDate": "2024-10",
             "endDate": "expected 2099-09"},
            {**education, "studyType": said["master"], "endDate": "expected 2098"},
            {**education, "studyType": said["master"], "startDate": "2012", "endDate": "2016",
             "score": "1,3", "courses": [said["course"], said["area"]]},
        ],
        "projects": [{"name": paper, "startDate": "2020-03", "keywords": ["Rust"]}],
        "patents": [{"name": paper, "number": "EP 1 234 567", "date": "2018-03-14"}],
        "grants": [{"name": paper, "funder": org, "startDate": "2019-09", "endDate": "2023-08"}],
        "awards": [{"title": paper, "date": "2020-11", "awarder": org}],
        "certificates": [{"name": said["course"], "date": "2017", "issuer": org}],
        "memberships": [{"organization": org, "startDate": "2011"}],
        "skills": [{"name": said["course"], "keywords": ["C++", "Rust"]}],
        "languages": [{"language": said["tongue"], "fluency": said["native"]}],
        "interests": [{"name": said["course"]}],
        "references": [{"name": said["name"], "reference": said["summary"]}],
        "meta": {
            "language": code,
            "publications": {
                "metrics": {"hIndex": 12, "citations": 345, "provider": "Scholar",
                            "date": "2026-05"},
                "maxAuthors": 3,
            },
        },
    }  # fmt: skip


def letter(code: str) -> dict[str, Any]:
    """Return a letter in a language."""
    said = TEXTS[code]
    return {
        "to": {"organization": said["employer"], "address": said["city"]},
        "place": said["city"],
        "date": "2026-03-05",
        "subject": said["label"],
        **{key: said[key] for key in ("opening", "body", "closing")},
        "enclosures": [str(source.words(code).words["cv"]), said["master"]],
        "ps": said["body"],
    }


def author(code: str) -> str:
    """Return the person as an author: the family's name first, with its comma."""
    name = TEXTS[code]["name"]
    family = FAMILIES.get(code, name.split()[-1])
    return f"{family}, {name.replace(family, '').strip()}"


def bibliography(code: str) -> str:
    """Return publications of each type and state by a person, with two more authors each."""
    said = TEXTS[code]
    me, others = author(code), "Okafor, Ada and Strand, Liv"
    common = (
        f"author = {{{me} and {others}}}, author+an = {{1=me}}, publisher = {{{said['journal']}}},"
        f" journaltitle = {{{said['journal']}}}, booktitle = {{{said['course']}}},"
        f" editor = {{Eriksen, Fay and Gray, Hal}}, institution = {{{said['university']}}},"
        f" location = {{{said['city']}}}, eventtitle = {{{said['area']}}}, volume = {{3}},"
        " number = {4}, pages = {10--19}, series = {Acta}"
    )
    entries = [
        f"@{kind}{{{kind}, title = {{{said['paper']}}}, {common}, date = {{2016-{i % 12 + 1:02}}},"
        f" edition = {{2}}, version = {{7}}, url = {{https://x.org}}, urldate = {{2021-02-03}}}}"
        for i, kind in enumerate(TYPES)
    ]
    links = ", ".join(f"{name} = {{https://x.org/{name}}}" for name in LINKS)
    marks = "author+an = {1=me,equal; 2=equal,corresponding; 3=student,supervision}"
    entries += [
        f"@article{{{state}, title = {{{said['paper']}}}, author = {{{me} and {others} and "
        f"Umar, Vi}}, {marks}, journaltitle = {{{said['journal']}}}, pubstate = {{{state}}}, "
        f"{links if state == 'inpress' else ''}}}"
        for state in STATES
    ]
    entries += [
        f"@article{{foreign, title = {{{FOREIGN}}}, author = {{{me}}}, author+an = {{1=me}}, "
        f"journaltitle = {{Acta}}, year = {{2015}}, langid = {{english}}}}",
        f"@book{{bare, title = {{{said['paper']}}}, author = {{{me}}}, author+an = {{1=me}}, "
        f"translator = {{Ito, Jo}}, pagetotal = {{99}}, edition = {{3}}}}",
        f"@article{{eid, title = {{{said['paper']}}}, author = {{{me} and Beck, Cy}}, "
        f"author+an = {{1=me}}, journaltitle = {{Acta}}, eid = {{e12}}, year = {{2014}}, "
        "collaboration = {ATLAS}}",
        f"@patent{{p, title = {{{said['paper']}}}, author = {{{me}}}, author+an = {{1=me}}, "
        "type = {patentus}, number = {123}, holder = {{Acme}}, date = {2013-05-06}}",
    ]
    return "\n\n".join(entries) + "\n"


def project(code: str, place: Path) -> None:
    """Write the CV of a language, and its letter, as a project."""
    (place / "data" / "letters").mkdir(parents=True)
    (place / "bib").mkdir()
    for name, part in data(code).items():
        _write(place / "data" / f"{name}.yaml", part)
    _write(place / "data" / "letters" / "one.yaml", letter(code))
    (place / "bib" / "publications.bib").write_text(bibliography(code), "utf-8")


def _write(file: Path, value: Any) -> None:
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")


def expected(own: Words) -> Iterator[str]:
    """Return what the program adds to the pages of a CV in a language."""
    yield from own.sections.values()
    for start, end in zip(MONTHS[::2], MONTHS[1::2], strict=True):
        yield f"{shown(Date.parse(start), own)} – {shown(Date.parse(end), own)}"
    yield from (shown(Date.parse(date), own) for date in SAID)
    yield from (written_out(Date.parse(f"{month}-07"), own) for month in MONTHS)
    yield f"{shown(Date.parse('2025-02'), own)} – {own.words['present']}"
    yield f"{own.words['keywords']}{own.colon}C++{own.comma}Python"
    yield shown(Date.parse("expected 2099-09"), own)
    yield shown(Date.parse("expected 2098"), own)


def squeezed(text: str) -> str:
    """Return a text as it is compared: small, without accents (Greek capitals have none, Turkish
    ones a dot), spaces, and hyphens at ends of lines."""
    text = unicodedata.normalize("NFD", text.replace("-\n", "").casefold().replace("ı", "i"))
    return "".join(c for c in text if not unicodedata.combining(c) and c not in "- \n\f\xa0")


def lost(own: Words, layer: str) -> list[str]:
    """Return what the program adds and the text of a PDF does not have."""
    there = squeezed(layer)
    return [text for text in expected(own) if squeezed(text) not in there]


def tongues(pdf: pikepdf.Pdf) -> set[str]:
    """Return the languages that elements of a PDF's structure carry."""
    found, todo = set(), [pdf.Root.StructTreeRoot]
    while todo:
        element = todo.pop()
        if isinstance(element, pikepdf.Array):
            todo += list(element)
        elif isinstance(element, pikepdf.Dictionary):
            found |= {str(element.Lang)} if "/Lang" in element else set()
            todo += [element.K] if "/K" in element else []
    return found


def wrong(code: str, pdf: Path, foreign: bool) -> list[str]:
    """Return what is wrong with a PDF's languages."""
    with pikepdf.open(pdf) as opened:
        whole, parts = str(opened.Root.Lang), tongues(opened)
    faults = [] if whole == code else [f"Lang is {whole}"]
    wanted = {"en"} if foreign and code != "en" else set()
    return faults + ([f"parts have Lang {sorted(parts)}"] if parts - {code} != wanted else [])


def pages(code: str, out: Path) -> list[str]:
    """Make the pages of a language; return what is wrong with them."""
    faults = []
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        project(code, place)
        made = {}
        for theme, (style, grouped) in STYLES.items():
            given = {"style": style, "groupBy": grouped}
            options = [f"--set=meta.publications.{name}={value}" for name, value in given.items()]
            made[theme] = _cvtex(place, "build", "--theme", theme, *options, "-o", f"{theme}.pdf")
        made["letter"] = _cvtex(place, "letter", "one", "-o", "letter.pdf")
        layers = ""
        for name, told in made.items():
            faults += [f"{name}: {line}" for line in told]
            pdf = place / f"{name}.pdf"
            if not pdf.is_file():
                continue
            layer = words(pdf)
            layers += layer
            faults += [f"{name}: {fault}" for fault in wrong(code, pdf, name != "letter")]
            if name in STYLES:
                faults += [f"{name}: lost {text!r}" for text in lost(source.words(code), layer)]
            for old in out.glob(f"{code}-{name}-*.png"):
                old.unlink()
            target = out / f"{code}-{name}"
            subprocess.run(["pdftoppm", "-png", "-r", "90", pdf, target], check=True)
            (out / f"{code}-{name}.pdf").write_bytes(pdf.read_bytes())
    (out / f"{code}.txt").write_text(listing(code, layers), "utf-8")
    return faults


def _cvtex(place: Path, *arguments: str) -> list[str]:
    """Run the program in a project; return what it complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "cvtex", *arguments], cwd=place, capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if ": error: " in line or "warning: " in line]
    return told or ([done.stderr[-500:]] if done.returncode else [])


def listing(code: str, layer: str) -> str:
    """Return all words of a language beside the English, with a mark at those on no page."""
    own, english, there = source.words(code), source.words("en"), squeezed(layer)
    lines = [f"# {code}: ○ stands on none of the pages", ""]
    lists = ("months", "day_months", "long_months", "since_months", "until_months")
    lines += [f"{name}: {', '.join(getattr(own, name))}" for name in lists]
    lines += [f"degree: {'studyType'.join(own.degree[:2])}area{own.degree[2]}", ""]
    for part in ("dates", "sections", "words", "publications"):
        ours, theirs = getattr(own, part), getattr(english, part)
        lines += ["", f"## {part}", ""]
        for name, said in ours.items():
            seen = any(squeezed(word) in there for word in said.split("|")) or "{" in said
            lines.append(f"{' ' if seen else '○'} {name:18} {theirs.get(name, ''):34} {said}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Make the pages that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", nargs="+", default=list(languages.codes()))
    parser.add_argument("-o", type=Path, default=ROOT / "build" / "languages")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    asked.o.mkdir(parents=True, exist_ok=True)
    bad = False
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        for code, faults in zip(
            asked.languages, pool.map(lambda code: pages(code, asked.o), asked.languages),
            strict=True,
        ):  # fmt: skip
            print(f"{code}: {'; '.join(faults) or 'good'}", flush=True)
            bad = bad or bool(faults)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
