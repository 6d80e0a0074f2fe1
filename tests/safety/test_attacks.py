"""Raw TeX reaches its own folder and TeX's files, and no more; without the sandbox it does.

`make attacks` tries all of them, within Landlock and within bubblewrap; `make test` a sample.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cvtex import home, toolchain
from cvtex.toolchain import Limits, Toolchain, landlock, sandbox
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.texlive import luafonts
from safety.tex_attacks import ATTACKS, document

EPOCH = 946684800
SECRET = "CANARYQX"
LIMITS = Limits(seconds=60)
ALL = os.environ.get("CVTEX_ATTACKS") == "all"
WALLS = ("landlock", "landlock 1", "bubblewrap")
"""Landlock as it is here, as Linux had it at first, and none."""
CASES = [(engine, wall) for engine in ATTACKS for wall in WALLS]
SAMPLE = [*((engine, WALLS[0]) for engine in ATTACKS), *(("pdflatex", wall) for wall in WALLS[1:])]


@dataclass(frozen=True)
class Victim:
    """A user's files, a set of them for one attack, and the folder where TeX works."""

    place: Path

    @property
    def folder(self) -> Path:
        return self.place / "run"

    def lay(self, attack: str, port: int) -> None:
        """Write the files, and the document that attacks them."""
        self.folder.mkdir(mode=0o700, parents=True)
        (self.place / "s.txt").write_text(f"{SECRET}\n")
        (self.place / "w.txt").write_text("mine\n")
        os.utime(self.place / "w.txt", (EPOCH, EPOCH))
        (self.place / f"{SECRET}-is-a-name").touch()
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(99, 99))
            page.Contents = pdf.make_stream(f"BT ({SECRET}) Tj ET".encode())
            pdf.save(self.place / "d.pdf")
        Image.frombytes("L", (len(SECRET), 1), SECRET.encode()).save(self.place / "g.png")
        for word, name in (("@Z", "s.txt"), ("@V", "n.txt")):
            attack = attack.replace(word, f"../{name}")
        names = {"@S": "s.txt", "@W": "w.txt", "@N": "n.txt", "@D": "d.pdf", "@G": "g.png"}
        for word, name in names.items():
            attack = attack.replace(word, str(self.place / name))
        tex = document(attack.replace("@P", str(port)).replace("@@", "@"))
        (self.folder / "cv.tex").write_text(tex, encoding="utf-8")

    def harm(self) -> list[str]:
        """Return what the attack did: `read`, `written`, `touched`, `moved` or `made`."""
        left = told(self.folder)
        secret = SECRET.encode()
        mark = hashlib.md5(secret + b"\n").hexdigest().encode()
        told_of = (secret in left, secret.hex().encode() in left.lower(), mark in left.lower())
        written = self.place / "w.txt"
        return [
            *["read"] * any(told_of),
            *["written"] * (text(written) != "mine\n"),
            *["touched"] * (not written.exists() or written.stat().st_mtime != EPOCH),
            *["moved"] * (text(self.place / "s.txt") != f"{SECRET}\n"),
            *["made"] * ((self.place / "n.txt").exists() or (self.place / "lockfile.lfs").exists()),
        ]


def tell(what: str) -> None:
    """Show figures to who runs the tests with `-s`."""
    sys.stdout.write(what + "\n")


def text(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


def told(folder: Path) -> bytes:
    """Return all that a run left: its files, and its PDF unpacked and as text, be it damaged."""
    found = [p.read_bytes() for p in folder.rglob("*") if p.is_file()]
    pdf = folder / "cv.pdf"
    if pdf.is_file():
        command = ["pdftotext", "-raw", str(pdf), "-"]
        found.append(subprocess.run(command, capture_output=True, check=False).stdout)
        with contextlib.suppress(pikepdf.PdfError), pikepdf.open(pdf) as opened:
            found += [o.read_bytes() for o in opened.objects if isinstance(o, pikepdf.Stream)]
            found.append(str(opened.docinfo.get("/Title", "")).encode())
    return b"\n".join(found)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port that notes who connects to it, by TCP or UDP."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as tcp:
        port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", port))

        def wait(one: socket.socket, kind: str) -> None:
            with contextlib.suppress(OSError):
                while True:
                    if kind == "tcp":
                        one.accept()[0].close()
                    else:
                        one.recv(10)
                    came.append(kind)

        for one, kind in ((tcp, "tcp"), (udp, "udp")):
            threading.Thread(target=wait, args=(one, kind), daemon=True).start()
        yield port, came
        for one in (tcp, udp):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        udp.close()


@pytest.fixture
def wall(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What confines the engines: one of `WALLS`, as if there were no other."""
    kind, _, edition = request.param.partition(" ")
    if kind == "bubblewrap" or (edition and landlock.abi()):
        monkeypatch.setattr(landlock, "abi", lambda: int(edition or 0))
    sandbox._found.cache_clear()
    if sandbox.kind() != kind:
        sandbox._found.cache_clear()
        pytest.skip(f"there is no {kind} here")
    yield request.param
    sandbox._found.cache_clear()


def chain_of(engine: str, request: pytest.FixtureRequest) -> Toolchain:
    if engine == "tectonic":
        bundle = request.getfixturevalue("tectonic_bundle")
        return toolchain.find("tectonic", bundle)[0]
    found = toolchain.find("latexmk")[0]
    if engine not in found.engines:
        pytest.skip(f"there is no {engine}")
    return found


def attack(place: Path, engine: str, tex: str, chain: Toolchain, port: int) -> list[str]:
    """Run one attack and return the harm that it did."""
    victim = Victim(place)
    victim.lay(tex, port)
    folder = victim.folder
    if engine == "tectonic":
        toolchain.compile(chain, "xelatex", folder, epoch=EPOCH, cache=False, limits=LIMITS)
        return victim.harm()
    program = chain.engines[engine]
    environ = environment(folder, EPOCH) | {"HOME": str(place)}
    if engine == "lualatex":
        environ["TEXMFCACHE"] = luafonts.paths(folder, program)
    command = [str(program), "-interaction=nonstopmode", "-no-shell-escape", "cv.tex"]
    more = landlock.Access(read=(str(luafonts.root()),))
    ended = run(command, folder, environ, LIMITS, more=more)
    assert ended.status is not None, ended.reason
    return victim.harm()


def kept(since: float) -> list[str]:
    """Return the files of the cache that hold the secret, of those written since a time."""
    found = []
    for folder, _, names in os.walk(home.cache_folder()):
        for file in (Path(folder, name) for name in names):
            with contextlib.suppress(FileNotFoundError):  # other tests delete some meanwhile
                late = file.is_file() and file.stat().st_mtime >= since
                if late and SECRET.encode() in file.read_bytes():
                    found.append(str(file))
    return found


FREE = r"\immediate\pdfobj file"
"""How an attack begins that no switch of pdfLaTeX stops."""


@pytest.mark.tex
@pytest.mark.parametrize(("engine", "wall"), CASES if ALL else SAMPLE, indirect=["wall"])
def test_no_attack_gets_out(
    engine: str,
    wall: str,
    tmp_path: Path,
    listener: tuple[int, list[str]],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each attack holds with the sandbox; without it some get through, so the test can fail."""
    chain = chain_of(engine, request)
    port, came = listener
    chosen = dict(enumerate(ATTACKS[engine]))
    if not ALL:  # every tenth, and of pdfLaTeX one that gets out of itself
        chosen = {n: tex for n, tex in chosen.items() if n % 10 == 0 or tex.startswith(FREE)}

    def try_all(where: str) -> dict[str, list[str]]:
        with ThreadPoolExecutor(2) as pool:
            jobs = {
                tex: pool.submit(attack, tmp_path / where / str(number), engine, tex, chain, port)
                for number, tex in chosen.items()
            }
        return {tex: harm for tex, job in jobs.items() if (harm := job.result())}

    begun = tmp_path.stat().st_mtime
    assert try_all("confined") == {}
    assert came == []
    assert kept(begun) == []
    tell(f"{engine}, {wall}: {len(chosen)} tried, all held")
    if wall != WALLS[0]:
        return
    monkeypatch.setenv("CVTEX_SANDBOX", "off")
    through = try_all("open")
    tell(f"{engine}, no sandbox: {len(chosen)} tried, {len(through)} got out:")
    tell("\n".join([*(f"  {harm} {tex}" for tex, harm in through.items()), f"  {came}"]))
    assert through, "nothing would have been stopped"


def test_there_are_enough_attacks() -> None:
    assert all(len(set(attacks)) == len(attacks) >= 60 for attacks in ATTACKS.values())
