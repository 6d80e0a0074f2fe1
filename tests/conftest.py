"""What all tests share: the user's project in a scratch folder, engines, the program."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from shared import KIN, ROOT, Program, Run

# A developer's runs look for new cases, CI's judge a change by the same ones each time, and
# `make fuzz` tries many more. Nothing is timed: a busy machine is no fault.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("developer", UNTIMED)
settings.register_profile("ci", UNTIMED, derandomize=True)
settings.register_profile("fuzz", UNTIMED, max_examples=int(os.environ.get("CVTEX_FUZZ") or 1))
settings.load_profile(
    "fuzz" if os.environ.get("CVTEX_FUZZ") else "ci" if os.environ.get("CI") else "developer"
)

# Not the developer's own cache: what tests prepare once is kept with the build, for later runs too.
CACHE = ROOT / "build" / "tests" / "cache"
CACHE.mkdir(mode=0o700, parents=True, exist_ok=True)
os.environ["XDG_CACHE_HOME"] = str(CACHE)

THEME_FILES = {".py", ".sty", ".cls"}

DEFAULTS = """\
import sys
from pathlib import Path
from cvtex.commands import bundling
bundling._variants = lambda name, theme: [()]
sys.exit(bundling.bundle(Path(sys.argv[1]), sys.argv[2:]))
"""
"""Makes a bundle of themes as they are set by default: a fifth of all that it otherwise tries."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is rare, but where all is asked for."""
    if not os.environ.get("CVTEX_TEST_ALL"):
        rare = {item for item in items if item.get_closest_marker("rare")}
        config.hook.pytest_deselected(items=[item for item in items if item in rare])
        items[:] = [item for item in items if item not in rare]


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--renew"))


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test depends on what the developer's shell has set, or on folders he has trusted."""
    for name in [n for n in os.environ if n.startswith("CVTEX_PRIVATE_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("CVTEX_TECTONIC_BUNDLE", raising=False)
    monkeypatch.delenv("CVTEX_TRUST", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Themes that a project brings may run."""
    monkeypatch.setenv("CVTEX_TRUST", "1")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The user's own project, copied: `data/` and `bib/`."""
    folder = tmp_path / "cv"
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("private.yaml"))
    shutil.copytree(ROOT / "bib", folder / "bib")
    return folder


@pytest.fixture
def cvtex(tmp_path: Path) -> Program:
    """Run the real program: `cvtex("build", ".", cwd=project)`."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, **environment: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "cvtex", *map(str, arguments)],
            cwd=cwd,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def cvtex_inside(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Program:
    """Run the program as `cvtex` does, within this process: a sixth of the time, for what it
    says and writes; how a process begins and ends is for `cvtex`."""
    from cvtex.cli import main

    def run(*arguments: str | Path, cwd: Path = tmp_path, **environment: str) -> Run:
        stops = {stop: signal.getsignal(stop) for stop in (signal.SIGTERM, signal.SIGHUP)}
        capfd.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd)
            for name, value in {"PATH": os.environ["PATH"], **environment}.items():
                patch.setenv(name, value)
            patch.setattr("sys.argv", ["cvtex", *map(str, arguments)])
            try:
                with pytest.raises(SystemExit) as end:
                    main()
            finally:
                gc.unfreeze()
                gc.enable()
                for stop, was in stops.items():
                    signal.signal(stop, was)
        said = capfd.readouterr()
        assert end.value.code is None or isinstance(end.value.code, int)
        return Run(end.value.code or 0, said.out, said.err)

    return run


def themes_shipped() -> set[str]:
    """Return the names of the themes in `themes/`."""
    return {place.parent.name for place in (ROOT / "themes").glob("*/theme.py")}


@pytest.fixture(scope="session")
def tectonic_bundle() -> Iterator[str]:
    """Tectonic's offline bundle for the shipped themes, made once of the installed TeX Live.

    Where all is tried it is that of `cvtex toolchain bundle`; else one of the themes that are
    built by Tectonic in `make test`, without what their other options load.

    Kept in `build/tests/` while no theme changes, so that parallel workers and
    later runs share it.
    """
    tried = () if os.environ.get("CVTEX_TEST_ALL") else sorted(themes_shipped() - KIN)
    bundling = ["-c", DEFAULTS] if tried else ["-m", "cvtex", "toolchain", "bundle", "-o"]
    folder = ROOT / "build" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    files = [path for path in (ROOT / "themes").rglob("*") if path.suffix in THEME_FILES]
    files += (ROOT / "src" / "cvtex" / "latex" / "shared").glob("*.sty")
    files += (ROOT / "src" / "cvtex").rglob("bundle.py")
    files += (ROOT / "src" / "cvtex").rglob("recording.py")
    files += (ROOT / "src" / "cvtex").glob("commands/bundling.py")
    whole = [" ".join((*bundling, *tried)).encode(), *(path.read_bytes() for path in sorted(files))]
    digest = hashlib.sha256(b"".join(whole)).hexdigest()
    bundle = folder / f"tectonic-bundle-{digest[:12]}"
    with (folder / "bundle.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (bundle / "SHA256SUM").is_file():
            for step in (
                ["-m", "cvtex", "toolchain", "install", "tectonic"],
                [*bundling, str(bundle), *tried],
            ):
                subprocess.run([sys.executable, *step], check=True, cwd=ROOT)
    yield str(bundle)


@pytest.fixture
def engine_options(request: pytest.FixtureRequest) -> Callable[[str], list[str]]:
    """Return the options of `cvtex build` for one of `ENGINES`."""

    def options(engine: str) -> list[str]:
        if engine == "tectonic":
            bundle = request.getfixturevalue("tectonic_bundle")
            return ["--toolchain", "tectonic", "--bundle", bundle]
        return ["--toolchain", "latexmk", "--engine", engine]

    return options
