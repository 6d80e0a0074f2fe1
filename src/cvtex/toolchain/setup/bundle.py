"""An offline bundle for Tectonic, made out of an installed TeX Live.

Tectonic takes its files from one flat "bundle" (by default from the network).
Any folder or zip will do that holds what a document asks for, the format's
sources, `tectonic-format-latex.tex`, and `SHA256SUM`, the digest by which
Tectonic names its caches. What a document asks for is what kpathsea finds for
XeLaTeX and xdvipdfmx while they set it (`KPATHSEA_DEBUG`, kpathsea manual,
"Debugging").
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cvtex.diagnostics import Severity
from cvtex.records import dataclass
from cvtex.toolchain import outcome
from cvtex.toolchain.engine import Run, environment, run
from cvtex.toolchain.messages import log
from cvtex.toolchain.model import JOB, Limits, Progress

TOOLCHAIN = "tectonic"
"""Which one takes such a bundle."""

FORMAT = "tectonic-format-latex.tex"
DIGEST = "SHA256SUM"
PASSES = 3  # at most: as many as references need to settle
LIMITS = Limits(seconds=300)

_FOUND = re.compile(r"search\(\[?([^\]\n]*?)\]?\) =>\s*(/.*)")
_RECORDED = re.compile(r"INPUT (/.*)")

# What belongs to the machine and not to the document: formats, file lists, font caches.
_MACHINE = re.compile(r"\.(?:fmt|cnf|luc|lua)$|/ls-R$|/aliases$|/fontconfig/")


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What a bundle holds; `problems` tells of samples that could not be recorded."""

    output: Path
    files: int
    size: int  # bytes, packed if it is a zip
    digest: str
    problems: tuple[str, ...] = ()


def make(
    samples: Sequence[Path],
    output: Path,
    progress: Progress | None = None,
    more: Iterable[Path] = (),
) -> BundleReport:
    """Make a bundle of what XeLaTeX reads to set each of the `samples`, and `more` files.

    A sample is a folder with a `cv.tex` and what lies beside it. `output` is a
    folder, or a zip if its name ends so; it replaces an earlier one only when
    all is there. Raises OSError where TeX Live is missing or the output cannot
    be written.
    """
    tell = progress or (lambda _: None)
    xelatex, driver = shutil.which("xelatex"), shutil.which("xdvipdfmx")
    if not xelatex or not driver:
        raise FileNotFoundError("a bundle is made out of a TeX Live with XeLaTeX: there is none")
    tell("the format")
    files: dict[str, Path] = {}
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="cvtex-bundle-") as scratch:
        ended, found = _record([xelatex, "-ini", "-etex", "\\input xelatex.ini"], Path(scratch))
        if ended.status != 0:
            raise OSError(f"the format of XeLaTeX cannot be made: {_last(ended)}")
        files |= found
    files |= {file.name: file for file in more}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        recorded = pool.map(lambda sample: _record_sample(xelatex, driver, sample), samples)
        for number, (sample, (found, problem)) in enumerate(zip(samples, recorded, strict=True), 1):
            tell(f"{sample.name} ({number} of {len(samples)})")
            files |= found
            if problem:
                problems.append(f"{sample.name}: {problem}")
    tell("writing")
    contents = {name: file.read_bytes() for name, file in files.items()}
    contents[FORMAT] = b"\\input xelatex.ini\n"
    digest = _digest(contents)
    contents[DIGEST] = digest.encode()
    size = _write(output, contents)
    return BundleReport(output, len(contents), size, digest, tuple(problems))


def _record_sample(xelatex: str, driver: str, sample: Path) -> tuple[dict[str, Path], str | None]:
    """Set a copy of a sample; return what was found outside it, and why it failed."""
    with tempfile.TemporaryDirectory(prefix="cvtex-bundle-") as scratch:
        folder = Path(scratch) / "sample"
        shutil.copytree(sample, folder, ignore=shutil.ignore_patterns(f"{JOB}.[!t]*"))
        files, problem = _record_passes(xelatex, driver, folder)
        own = folder.resolve()
        return {n: file for n, file in files.items() if own not in file.parents}, problem


def _record_passes(xelatex: str, driver: str, folder: Path) -> tuple[dict[str, Path], str | None]:
    files: dict[str, Path] = {}
    for _ in range(PASSES):
        ended, found = _record([xelatex, "-no-pdf", "-recorder", f"{JOB}.tex"], folder)
        files |= found
        text = outcome.read_log(folder / f"{JOB}.log")
        if ended.status != 0:
            errors = [
                message.text + (f" ({message.hint})" if message.hint else "")
                for message in log.read(text, folded=False)
                if message.severity is Severity.ERROR
            ]
            return files, f"XeLaTeX fails on it: {errors[0] if errors else _last(ended)}"
        if not re.search(r"Rerun to|undefined references|has changed\. *\n?.*Rerun", text):
            break
    ended, found = _record([driver, "-q", f"{JOB}.xdv"], folder)
    return files | found, f"xdvipdfmx fails on it: {_last(ended)}" if ended.status else None


def _record(command: Sequence[str], folder: Path) -> tuple[Run, dict[str, Path]]:
    """Run a program of TeX Live and return the files it found, by the name in a bundle."""
    found: dict[str, Path] = {}

    def on_line(line: str) -> None:
        # A search for all files of a name lists several; the first is the one that counts.
        if hit := _FOUND.search(line):
            _add(found, hit[1].split(), hit[2].split(" /")[0].strip())

    if command[0].endswith("xelatex"):
        command = [command[0], "-interaction=batchmode", *command[1:]]
    environ = {**environment(folder, 0), "KPATHSEA_DEBUG": "32"}
    ended = run(command, folder, environ, LIMITS, on_line)
    recorded = folder / f"{JOB}.fls"
    if recorded.is_file():
        for hit in _RECORDED.finditer(recorded.read_text("utf-8", "surrogateescape")):
            _add(found, (), hit[1])
    return ended, found


def _add(found: dict[str, Path], asked: Iterable[str], path: str) -> None:
    """Note a file under its name, or under the sub-path it was asked for by."""
    if _MACHINE.search(path) or not Path(path).is_file():
        return
    by_folder = [name for name in asked if "/" in name and path.endswith("/" + name)]
    name = by_folder[0] if by_folder else Path(path).name
    found.setdefault(name, Path(path).resolve() if "/updmap/" in path else Path(path))


def _digest(contents: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name in sorted(contents):
        total.update(f"{name}\0{hashlib.sha256(contents[name]).hexdigest()}\n".encode())
    return total.hexdigest()


def _write(output: Path, contents: Mapping[str, bytes]) -> int:
    """Write a folder or a zip (the same bytes for the same contents); return its size."""
    output.parent.mkdir(parents=True, exist_ok=True)
    whole = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        new = whole / output.name
        if output.suffix == ".zip":
            with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
                for name in sorted(contents):
                    # 1980 is the earliest year that a zip can tell.
                    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    packed.writestr(entry, contents[name])
            size = new.stat().st_size
            new.replace(output)
            return size
        for name, content in contents.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
        if output.exists():
            if not (output / DIGEST).is_file() and any(output.iterdir()):
                raise FileExistsError(f"{output} holds something else than a bundle")
            output.replace(whole / "old")
        new.replace(output)
        return sum(map(len, contents.values()))
    finally:
        shutil.rmtree(whole, ignore_errors=True)


def _last(ended: Run) -> str:
    lines = [
        line for line in ended.output.splitlines() if line.strip() and not line.startswith("kdebug")
    ]
    return ended.reason or (lines[-1][:200] if lines else f"status {ended.status}")
