"""Every theme × engine × document: what validators and readers say of the PDF.

    python tests/matrix.py [--themes …] [--engines …] [--documents …] [--jobs 2] [--anew]

What was good stays in the folder (`-o`, `build/matrix/`) and is not tried again, unless `--anew`;
so it may be ended, and goes on where it was. Tectonic takes `CVTEX_TECTONIC_BUNDLE`.

Of each three PDFs are made: as it is by default, `--standard plain`, and with the data in it,
made in another folder and without the cache. The first is checked by PDF/UA-1 and PDF/A-2b, the
third by PDF/A-3b (`conformance.py`), both by qpdf, the first by outloud; the first and the second
must look the same and read the same; made twice, the bytes must be the same. Of a project's first
PDF it is said how many jobs, degrees and parts of the head a parser that knows only the geometry
has not found. The status is 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import get_args

import outloud  # type: ignore[import-untyped]
import pikepdf

from conformance import claimed, faults
from cvtex.pdf import readback
from pdf.missed import missing
from pdf.parser import Order, parse
from shared import ENGINES, ROOT, words

THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))
SAMPLES = ROOT / "src" / "cvtex" / "samples"
PEOPLE = ROOT / "tests" / "people"
DOCUMENTS = {
    "user": ROOT,
    **{path.stem: path for path in sorted(SAMPLES.glob("*.yaml"))},
    **{path.name: path for path in sorted(PEOPLE.iterdir())},
}
"""What is set, by its name; `new`, the project that `cvtex new` writes, is made."""


@dataclass
class Cell:
    """What was found of one PDF; `wrong` is empty where all is well."""

    theme: str
    engine: str
    document: str
    pages: int = 0
    plain: int = 0  # bytes
    archive: int = 0
    embedded: int = 0
    seconds: float = 0
    seconds_plain: float = 0
    missed: list[str] = field(default_factory=list)  # how many by each order; none of a sample
    wrong: list[str] = field(default_factory=list)
    cannot: str = ""

    @property
    def name(self) -> str:
        """What names it among all."""
        return f"{self.theme}-{self.engine}-{self.document}"

    def row(self) -> str:
        """Return it as a row of the table."""
        if self.cannot:
            return f"| {self.theme} | {self.engine} | {self.document} | {self.cannot} | | | | | | |"
        return (
            f"| {self.theme} | {self.engine} | {self.document} | {self.pages} | "
            f"{self.plain / 1000:.1f} | {self.archive / 1000:.1f} | {self.embedded / 1000:.1f} | "
            f"{self.seconds_plain:.2f} | {self.seconds:.2f} | {', '.join(self.missed)} | "
            f"{'; '.join(self.wrong) or 'good'} |"
        )


HEAD = (
    "| theme | engine | document | pages | plain, kB | archive, kB | with data, kB | "
    "plain, s | archive, s | parser missed | |\n|---|---|---|---|---|---|---|---|---|---|---|"
)


def check(theme: str, engine: str, document: str, source: Path, place: Path) -> Cell:
    """Make and check the PDFs of one document, in a folder of its own."""
    cell = Cell(theme, engine, document)
    options = ["--toolchain", "tectonic"] if engine == "tectonic" else ["--engine", engine]
    options += ["--theme", theme, "--public"]

    def build(name: str, of: Path, *more: str) -> Path | None:
        target = place / f"{name}.pdf"
        done = subprocess.run(
            [sys.executable, "-m", "cvtex", "build", of, *options, *more, "-o", target],
            cwd=place, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            told = [line for line in done.stderr.splitlines() if "error:" in line]
            cell.cannot = told[0].partition("error: ")[2] if told else done.stderr[-200:]
            return None
        return target

    own, other = place / "here" / source.name, place / "another folder" / source.name
    _copy(source, own)  # a build writes beside its data
    _copy(source, other)
    began = time.perf_counter()
    if not (plain := build("plain", own, "--standard", "plain")):
        return cell
    cell.seconds_plain, began = time.perf_counter() - began, time.perf_counter()
    archive = build("archive", own)
    cell.seconds = time.perf_counter() - began
    again = build("again", other, "--no-cache")
    embedded = build("embedded", other, "--embed", "--no-cache")
    if not (archive and again and embedded):
        cell.wrong.append(cell.cannot)
        cell.cannot = ""
        return cell
    sizes = (file.stat().st_size for file in (plain, archive, embedded))
    cell.plain, cell.archive, cell.embedded = sizes
    with pikepdf.open(archive) as opened:
        cell.pages = len(opened.pages)
    cell.wrong += faults(archive, "PDF/UA-1", "PDF/A-2b")
    cell.wrong += faults(embedded, "PDF/UA-1", "PDF/A-3b")
    if claimed(archive) != {"PDF/UA-1", "PDF/A-2b"}:
        cell.wrong.append(f"it claims {', '.join(sorted(claimed(archive))) or 'nothing'}")
    cell.wrong += loud(archive)
    if archive.read_bytes() != again.read_bytes():
        cell.wrong.append("other bytes in another folder without a cache")
    if pixels(plain) != pixels(archive):
        cell.wrong.append("it looks otherwise than plain")
    if words(plain) != words(archive):
        cell.wrong.append("it reads otherwise than plain")
    if (own / "data").is_dir():
        cell.missed = [f"{o} {len(missing(parse(archive, o), own))}" for o in get_args(Order)]
    return cell


def loud(pdf: Path) -> list[str]:
    """Return what outloud finds wrong, but for what the PDF itself disproves."""
    result = outloud.check(str(pdf))
    errors = [found for found in result.findings if found.severity == "error"]
    return [f"outloud {e.rule}: {e.message}" for e in errors if not is_running_head(e.rule, pdf)]


def is_running_head(rule: str, pdf: Path) -> bool:
    """Tell whether the prose that is said to be an artifact is the name, said again.

    A running head is one (ISO 32000-1, 14.8.2.2.2): nothing but the name, or what it begins with,
    and a page's number as one of the languages says it.
    """
    if rule != "TAG-002":
        return False
    pages = readback.read(pdf)
    tagged = [list(zip(page.words, page.tags, strict=True)) for page in pages]
    name = "".join(word.text for words in tagged for word, tags in words if tags[-1:] == ("H1",))
    beside = ["".join(word.text for word, tags in words if not tags) for words in tagged]
    number = "|".join([*_page_numbers(), r"\d+/\d+", r"\d*"])
    found = (re.fullmatch(rf"(.*?)(?:{number})", text) for text in beside)
    return all(match is not None and match[1] in name for match in found)


def _page_numbers() -> Iterator[str]:
    """Yield how the languages say the number of a page, as patterns without spaces."""
    for file in (ROOT / "src" / "cvtex" / "languages").glob("*.yaml"):
        for said in re.findall(r"\bpage: *[\"']?([^\"'\n#]*)", file.read_text("utf-8")):
            pattern = re.escape("".join(said.split()))
            yield pattern.replace(r"\{page\}", r"\d+").replace(r"\{pages\}", r"\d+")


def pixels(pdf: Path) -> bytes:
    """Return all pages as a picture."""
    command = ["pdftoppm", "-r", "60", str(pdf)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copytree(source.parent, target.parent, dirs_exist_ok=True)
        return
    target.mkdir()
    for part in source.iterdir():
        if part.name in ("data", "bib"):
            shutil.copytree(part, target / part.name, ignore=shutil.ignore_patterns("private.yaml"))
        elif part.suffix in (".jpg", ".png"):
            shutil.copy(part, target / part.name)


def main() -> int:
    """Print the table; return 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--themes", nargs="*", default=THEMES)
    parser.add_argument("--engines", nargs="*", default=ENGINES[:3], choices=ENGINES)
    parser.add_argument("--documents", nargs="*", default=["new", *DOCUMENTS])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--anew", action="store_true", help="also what was good")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "matrix")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cvtex-matrix-") as scratch:
        place = Path(scratch)
        new = place / "new"
        subprocess.run([sys.executable, "-m", "cvtex", "new", str(new)], check=True)
        for cell in _checked(asked, DOCUMENTS | {"new": new}, place):
            (asked.output / f"{cell.name}.json").write_text(json.dumps(asdict(cell)))
            print(cell.row(), flush=True)
    files = sorted(asked.output.glob("*.json"))
    cells = [Cell(**json.loads(file.read_text())) for file in files]
    bad = [cell for cell in cells if cell.wrong]
    table = asked.output / "matrix.md"
    table.write_text("\n".join([HEAD, *(cell.row() for cell in cells)]) + "\n")
    cannot = sum(bool(cell.cannot) for cell in cells)
    print(f"{len(cells)} cells, {len(bad)} wrong, {cannot} that the engine cannot set")
    print(table)
    return 1 if bad else 0


def _checked(asked: argparse.Namespace, documents: dict[str, Path], place: Path) -> Iterator[Cell]:
    wanted = [
        Cell(theme, engine, document)
        for theme in asked.themes
        for engine in asked.engines
        for document in asked.documents
    ]
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        jobs = []
        for cell in wanted:
            if not asked.anew and _is_good(asked.output / f"{cell.name}.json"):
                continue
            folder = place / cell.name
            source = documents[cell.document]
            jobs.append(pool.submit(_made, cell.theme, cell.engine, cell.document, source, folder))
        for job in concurrent.futures.as_completed(jobs):
            yield job.result()


def _made(theme: str, engine: str, document: str, source: Path, folder: Path) -> Cell:
    folder.mkdir()
    cell = check(theme, engine, document, source, folder)
    shutil.rmtree(folder)
    return cell


def _is_good(file: Path) -> bool:
    """Tell whether a cell was tried, and nothing was wrong with it."""
    return file.is_file() and not json.loads(file.read_text())["wrong"]


if __name__ == "__main__":
    sys.exit(main())
