"""What a wheel with a TeX says of itself: where each file is from, under which licence, and which
packages of TeX Live bring what is not in it."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from cvtex import programs
from cvtex.toolchain.wheel import ELSEWHERE, MANIFEST

# Names that a document asks for, for what is in no wheel.
_ASKED_FOR = re.compile(r"/tex/.*/([\w.+-]+\.(?:sty|cls|def|ldf|clo|fd|cfg))$")
DOCUMENTATION = Path("/usr/share/doc")
"""Where Debian's packages have their papers."""
_GENERATED = "made by TeX Live on the machine that built this"


def write(files: Mapping[str, Path], program: Mapping[str, str]) -> dict[str, bytes]:
    """Return the manifest, what other packages of TeX Live hold, and the licences.

    `files` are by their paths in the tree; `program` says where the program is from.
    """
    owners = _owners(files.values())
    packages = sorted(set(owners.values()))
    listed = {name: owners.get(file, _GENERATED) for name, file in files.items()}
    manifest = {
        "program": dict(program),
        "packages": dict(_queried("--showformat=${Package}\t${Version}\n", *packages)),
        "files": dict(sorted(listed.items())),
    }
    papers = {
        MANIFEST: _json(manifest),
        ELSEWHERE: _json(_elsewhere({Path(name).name for name in listed})),
    }
    for package in packages:
        for name in ("copyright", "Licenses.gz"):
            with contextlib.suppress(OSError):
                text = (DOCUMENTATION / package / name).read_bytes()
                text = gzip.decompress(text) if name.endswith(".gz") else text
                papers[f"licences/{package}.{name.removesuffix('.gz')}.txt"] = text
    return papers


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=0, ensure_ascii=False) + "\n").encode()


def _owners(files: Iterable[Path]) -> dict[Path, str]:
    """Return the Debian package of each file that is of one; none where there is no dpkg."""
    if not shutil.which("dpkg-query"):
        return {}
    command = ["dpkg-query", "--search", *sorted(map(str, files))]
    ran = programs.run(command, capture_output=True, text=True, check=False)
    owners = {}
    for line in ran.stdout.splitlines():
        package, _, file = line.partition(": ")
        owners[Path(file)] = package.split(",")[0].partition(":")[0]
    return owners


def _queried(form: str, *names: str) -> list[tuple[str, str]]:
    if not names or not shutil.which("dpkg-query"):
        return []
    command = ["dpkg-query", "--show", form, *names]
    ran = programs.run(command, capture_output=True, text=True, check=False)
    return [(name, rest) for name, _, rest in (s.partition("\t") for s in ran.stdout.splitlines())]


def _elsewhere(held: set[str]) -> dict[str, list[str]]:
    """Return which names the installed packages of TeX Live bring that are not held here."""
    found = {}
    for package, status in _queried("--showformat=${Package}\t${db:Status-Status}\n", "texlive-*"):
        if status != "installed":
            continue
        ran = programs.run(
            ["dpkg-query", "--listfiles", package], capture_output=True, text=True, check=False
        )
        names = {hit[1] for line in ran.stdout.splitlines() if (hit := _ASKED_FOR.search(line))}
        if names - held:
            found[package] = sorted(names - held)
    return found
