"""Every theme × engine × document: what validators and readers say of the PDF.

    python tests/matrix.py [--themes …] [--engines …] [--documents …] [--jobs 2] [-o FILE.md]

Of each three PDFs are made: as it is by default, `--standard plain`, and with the data in
it, made in another folder and without the cache. The first is checked by PDF/UA-1 and
PDF/A-2b, the third by PDF/A-3b (`conformance.py`), both by qpdf, the first by outloud; the
first and the second must look the same and read the same; made twice, the bytes must be the
same. The status is 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import outloud  # type: ignore[import-untyped]
import pikepdf

from conformance import claimed, faults
from cvtex.pdf import readback
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
    wrong: list[str] = field(default_factory=list)
    cannot: str = ""

    def row(self) -> str:
        """Return it as a row of the table."""
        if self.cannot:
            return f"| {self.theme} | {self.engine} | {self.document} | {self.cannot} | | | | | |"
        return (
            f"| {self.theme} | {self.engine} | {self.document} | {self.pages} | "
            f"{self.plain / 1000:.1f} | {self.archive / 1000:.1f} | {self.embedded / 1000:.1f} | "
            f"{self.seconds_plain:.2f} | {self.seconds:.2f} | "
            f"{'; '.join(self.wrong) or 'good'} |"
        )


HEAD = (
    "| theme | engine | document | pages | plain, kB | archive, kB | with data, kB | "
    "plain, s | archive, s | |\n|---|---|---|---|---|---|---|---|---|---|"
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
    return cell


def loud(pdf: Path) -> list[str]:
    """Return what outloud finds wrong, but for what the PDF itself disproves."""
    result = outloud.check(str(pdf))
    errors = [found for found in result.findings if found.severity == "error"]
    return [f"outloud {e.rule}: {e.message}" for e in errors if not is_running_head(e.rule, pdf)]


def is_running_head(rule: str, pdf: Path) -> bool:
    """Tell whether the prose that is said to be an artifact is the name, said again.

    A running head is one (ISO 32000-1, 14.8.2.2.2): it may hold a long name and a page's number.
    """
    if rule != "TAG-002":
        return False
    pages = readback.read(pdf)
    tagged = [list(zip(page.words, page.tags, strict=True)) for page in pages]
    name = "".join(word.text for words in tagged for word, tags in words if tags[-1:] == ("H1",))
    beside = ["".join(word.text for word, tags in words if not tags) for words in tagged]
    return all(re.sub(r"[\d/]+$", "", text) in name for text in beside)


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
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "matrix.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cvtex-matrix-") as scratch:
        place = Path(scratch)
        new = place / "new"
        subprocess.run([sys.executable, "-m", "cvtex", "new", str(new)], check=True)
        cells = list(_checked(asked, DOCUMENTS | {"new": new}, place))
    bad = [cell for cell in cells if cell.wrong]
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text("\n".join([HEAD, *(cell.row() for cell in cells)]) + "\n")
    cannot = sum(bool(cell.cannot) for cell in cells)
    print(f"{len(cells)} cells, {len(bad)} wrong, {cannot} that the engine cannot set")
    print(asked.output)
    return 1 if bad else 0


def _checked(asked: argparse.Namespace, documents: dict[str, Path], place: Path) -> Iterator[Cell]:
    wanted: Sequence[tuple[str, str, str]] = [
        (theme, engine, document)
        for theme in asked.themes
        for engine in asked.engines
        for document in asked.documents
    ]
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        jobs = []
        for theme, engine, document in wanted:
            folder = place / f"{theme}-{engine}-{document}"
            folder.mkdir()
            source = documents[document]
            jobs.append(pool.submit(check, theme, engine, document, source, folder))
        for job in jobs:
            cell = job.result()
            print(cell.row(), flush=True)
            yield cell


if __name__ == "__main__":
    sys.exit(main())
