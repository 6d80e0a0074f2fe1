"""Where an attack of these tests happens, and what it must not have touched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Where an attack happens. `home` holds what must not be touched or told."""

    home: Path
    project: Path
    cache: Path

    def harm(self) -> list[str]:
        """Return what was changed, made or deleted among the user's own files."""
        now = {
            str(file.relative_to(self.home)): file.read_bytes()
            for file in sorted(self.home.rglob("*"))
            if file.is_file() and not file.is_symlink()
        }
        return sorted(
            f"{name}: {OWN.get(name)!r} is {now.get(name, b'gone')[:60]!r}"
            for name in OWN.keys() | now.keys()
            if OWN.get(name) != now.get(name)
        )


OWN = {
    ".bashrc": b"# mine\n",
    "secret.txt": b"CANARY top secret\n",
    **{f"Documents/{n}.txt": b"precious\n" for n in range(3)},
    **{f"own/{n}": b"mine %d\n" % n for n in range(60)},
}
"""The user's own files: `own/` has one for each link that is planted."""
