"""Where a mutant runs: a copy of the tree, which nothing it does can leave.

With bubblewrap the rest of the machine is read-only, devices are new ones, and there is no network;
without it the copy, the home and the folder for temporary files are at least its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

LOCK = threading.Lock()


class Place:
    """A copy of the tree, made of another one that was filled; `kept` says which tests are sound:
    they pass there with the code as it is."""

    def __init__(self, kept: Path, tree: Path, model: Path) -> None:
        self.tree, self.sound = tree, kept / "sound.json"
        self.temporary = kept / f"{tree.name}.tmp"
        shutil.rmtree(tree, ignore_errors=True)
        self.server: subprocess.Popen[str] | None = None
        subprocess.run(["cp", "-a", str(model), str(tree)], check=True)

    @staticmethod
    def fill(root: Path, tree: Path) -> None:
        """Make a tree hold the files of the repository as they are now, with a history of git.

        What is unchanged keeps its time, so that its bytecode is good.
        """
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=root, check=True, capture_output=True, text=True,
        )  # fmt: skip
        names = {name for name in listed.stdout.split("\0") if name and (root / name).is_file()}
        if not (tree / ".git").is_dir():
            tree.mkdir(parents=True, exist_ok=True)
            subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
        before = subprocess.run(
            ["git", "ls-files", "-z"], cwd=tree, check=True, capture_output=True, text=True
        )
        for name in set(before.stdout.split("\0")) - names - {""}:
            (tree / name).unlink(missing_ok=True)
        for name in names:
            new, old = root / name, tree / name
            if not old.is_file() or new.read_bytes() != old.read_bytes():
                old.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(new, old)
        person = ["-c", "user.name=mutants", "-c", "user.email=mutants@example.org"]
        for step in (["add", "-A"], [*person, "commit", "-q", "--allow-empty", "-m", "The tree"]):
            subprocess.run(["git", *step], cwd=tree, check=True)

    @contextlib.contextmanager
    def changed(self, file: Path, text: bytes) -> Iterator[None]:
        """Give a file of the tree another text for a while."""
        original, state = file.read_bytes(), file.stat()
        try:
            file.write_bytes(text)
            yield
        finally:
            file.write_bytes(original)
            os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))

    def run(self, tests: Sequence[str], seconds: float) -> str | None:
        """Return the first of some tests that fails, None if all pass.

        Where no test can be read, "by the import"; where they take too long or end all that
        runs here, "by the clock".
        """
        names = self.tree / "build" / "mutant-tests"
        names.parent.mkdir(exist_ok=True)
        names.write_text("\n".join(tests))
        names.with_suffix(".failed").unlink(missing_ok=True)
        files = dict.fromkeys(name.partition("::")[0] for name in tests)
        options = ["-x", "-q", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        options += ["-p", "mutation.reached", "-p", "no:cacheprovider", "-p", "no:xdist"]
        if self.server is None:
            self.server = self._started(names)
        assert self.server.stdin and self.server.stdout
        try:
            self.server.stdin.write(f"{seconds} {json.dumps([*options, *files])}\n")
            self.server.stdin.flush()
            status = self.server.stdout.readline().strip()
        except BrokenPipeError:
            status = ""
        if status in ("", "late"):
            self.end()
            return "by the clock"
        if status in ("0", "5"):
            return None
        failed = names.with_suffix(".failed")
        return failed.read_text() if failed.is_file() else "by the import"

    def end(self) -> None:
        """End all that runs here."""
        if self.server is not None:
            self.server.kill()
            self.server.communicate()
            self.server = None

    def _started(self, names: Path) -> subprocess.Popen[str]:
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        confined = self._confined()
        temporary = "/tmp" if confined else str(self.temporary)
        environment = os.environ | {
            "PYTHONPATH": f"{self.tree / 'src'}:{self.tree / 'tests'}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CVTEX_MUTANT_TESTS": str(names),
            "HOME": f"{temporary}/home",
            "TMPDIR": temporary,
            "CI": "1",
        }
        return subprocess.Popen(
            [*confined, sys.executable, "-m", "mutation.server"],
            cwd=self.tree,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_sound(self, test: str) -> bool:
        """Tell whether a test passes here with the code as it is."""
        with LOCK:
            known = self._known()
        if test not in known:
            known[test] = self.run([test], 600) is None
            with LOCK:
                self.sound.write_text(json.dumps(self._known() | known))
        return known[test]

    def _known(self) -> dict[str, bool]:
        return json.loads(self.sound.read_text()) if self.sound.is_file() else {}

    def _confined(self) -> list[str]:
        if not shutil.which("bwrap"):
            return []
        return [
            *("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"),
            *("--bind", str(self.temporary), "/tmp", "--bind", str(self.tree), str(self.tree)),
            *("--unshare-pid", "--unshare-net", "--die-with-parent"),
        ]
