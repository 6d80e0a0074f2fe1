"""An offline bundle for Tectonic, made out of an installed TeX Live.

Tectonic takes its files from one flat "bundle" (by default from the network).
Any folder or zip will do that holds what a document asks for, the format's
sources, `tectonic-format-latex.tex`, and `SHA256SUM`, the digest by which
Tectonic names its caches.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex.records import dataclass
from cvtex.toolchain.model import Progress
from cvtex.toolchain.setup import packing, recording

TOOLCHAIN = "tectonic"
"""Which one takes such a bundle."""

FORMAT = "tectonic-format-latex.tex"
DIGEST = "SHA256SUM"


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
    files = recording.of_format(xelatex)
    files |= {file.name: file for file in more}
    found, problems = recording.of_samples(xelatex, driver, samples, tell)
    files |= found
    tell("writing")
    contents = {name: file.read_bytes() for name, file in files.items()}
    contents[FORMAT] = b"\\input xelatex.ini\n"
    digest = _digest(contents)
    contents[DIGEST] = digest.encode()
    size = _write(output, contents)
    return BundleReport(output, len(contents), size, digest, tuple(problems))


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
            packing.write(new, contents)
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
