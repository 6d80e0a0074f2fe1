"""The sdist and the wheel in dist/, as they are published: `make dist` (TAG=cvtex-0.2.0).

The wheel is made from the sdist and must be, byte for byte, that of the checkout. Both are then
installed into empty environments, where `cvtex` writes, checks and sets a new CV (without TeX).
With a tag the versions of the package, of CITATION.cff and of the tag must be one.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRIES = (
    ("--version",),
    ("new", "cv"),
    ("validate", "cv"),
    ("build", "cv", "--no-pdf"),
    ("export", "text", "cv", "-o", "cv.txt"),
)


def main(tag: str = "", folder: Path = ROOT / "dist", tried: bool = True) -> None:
    """Make, compare and try both; end with a message where something is wrong."""
    version = versions(tag)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"cvtex-{version}*"):
        old.unlink()
    made(ROOT, folder, "sdist")
    [sdist] = folder.glob(f"cvtex-{version}.tar.gz")
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(sdist) as archive:
            safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # 3.11.4
            archive.extractall(place, **safe)  # type: ignore[arg-type]
        made(Path(place) / f"cvtex-{version}", folder, "wheel")
        [wheel] = folder.glob(f"cvtex-{version}-*.whl")
        made(ROOT, Path(place), "wheel")
        if (Path(place) / wheel.name).read_bytes() != wheel.read_bytes():
            sys.exit("the sdist does not make the wheel that the checkout makes")
    for file in (sdist, wheel):
        if tried:
            works(file)
        sys.stdout.write(f"{file}\n")


def versions(tag: str) -> str:
    """Return the version; end where the package, CITATION.cff and the tag do not agree."""
    found = {
        name: re.search(pattern, (ROOT / name).read_text(encoding="utf-8"), re.M)
        for name, pattern in (
            ("pyproject.toml", r'^version = "(.*)"'),
            ("CITATION.cff", r"^version: (.*)$"),
        )
    }
    said = {name: match[1] for name, match in found.items() if match}
    if tag:
        said["the tag"] = tag.removeprefix("cvtex-")
    if len(set(said.values())) != 1:
        sys.exit("the versions are not one: " + ", ".join(f"{n}: {v}" for n, v in said.items()))
    return said["pyproject.toml"]


def made(source: Path, folder: Path, target: str) -> None:
    """Make the sdist or the wheel of a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


def works(file: Path) -> None:
    """Install a file into an empty environment, and make a CV there."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([sys.executable, "-m", "venv", f"{place}/env"], check=True)
        pip = [f"{place}/env/bin/python", "-m", "pip", "install", "--quiet", str(file)]
        subprocess.run(pip, check=True)
        for words in TRIES:
            program = [f"{place}/env/bin/cvtex", *words]
            subprocess.run(program, check=True, cwd=place, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*sys.argv[1:])
