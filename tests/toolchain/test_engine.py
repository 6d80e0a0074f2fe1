"""One process: its environment, its limits, and the end of its whole group."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.toolchain import Limits, engine, process_limits
from cvtex.toolchain.engine import HEAD, Run, run
from cvtex.toolchain.environment import environment

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits are set on Linux")


@pytest.fixture(autouse=True)
def _no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that are no engines stand in for them here."""
    monkeypatch.setenv("CVTEX_SANDBOX", "off")


def python(code: str, folder: Path, limits: Limits | None = None, **more: str) -> Run:
    environ = {"PATH": os.environ["PATH"], **more}
    return run([sys.executable, "-c", code], folder, environ, limits or Limits())


def alive(pid: int) -> bool:
    """Tell whether a process runs (a zombie that nobody reaps does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_run_that_ends_well(tmp_path: Path) -> None:
    ended = python("import sys; print('out'); print('err', file=sys.stderr)", tmp_path)
    assert ended.status == 0
    assert set(ended.output.split()) == {"out", "err"}
    assert ended.reason is None


def test_there_is_no_input(tmp_path: Path) -> None:
    assert python("print(repr(input()))", tmp_path).status == 1


def test_lines_are_told_as_they_come(tmp_path: Path) -> None:
    lines: list[str] = []
    code = "for i in range(3): print('line', i)"
    run([sys.executable, "-c", code], tmp_path, {}, Limits(), lines.append)
    assert lines == ["line 0", "line 1", "line 2"]


def test_much_output_is_cut_in_the_middle(tmp_path: Path) -> None:
    ended = python("print('first'); print('x' * 20_000_000); print('last')", tmp_path)
    assert ended.output.startswith("first")
    assert ended.output.endswith("last\n")
    assert len(ended.output) <= 3 * HEAD + 16


def test_time_runs_out_for_the_whole_group(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    began = time.monotonic()
    ended = python(code, tmp_path, Limits(seconds=1))
    assert time.monotonic() - began < 10
    assert ended.reason == "stopped after 1 seconds"
    time.sleep(0.1)
    assert not alive(int(ended.output))


def test_a_child_that_holds_the_output_open_does_not_hold_us(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True)\n"
    )
    began = time.monotonic()
    ended = python(code, tmp_path)
    assert ended.status == 0
    assert time.monotonic() - began < 10
    time.sleep(0.1)
    assert not alive(int(ended.output))


@LINUX
def test_computing_time_is_limited(tmp_path: Path) -> None:
    ended = python("while True: pass", tmp_path, Limits(cpu_seconds=1))
    assert ended.reason == "stopped after 1 seconds of computing"


@LINUX
def test_memory_is_limited(tmp_path: Path) -> None:
    code = "import time; time.sleep(.3)\nimport sys\ntry: x = b'x' * 500_000_000\n"
    code += "except MemoryError: sys.exit('not enough memory')"
    ended = python(code, tmp_path, Limits(memory=200 * 1024**2))
    assert ended.reason == "stopped: it needs more than 0.195312 GB of memory"


@LINUX
def test_the_size_of_a_file_is_limited(tmp_path: Path) -> None:
    code = (
        "import signal, time; time.sleep(.3)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        "open('big', 'wb').write(b'x' * 3_000_000)\n"
    )
    ended = python(code, tmp_path, Limits(file_size=1024**2))
    assert ended.reason == "stopped: a file grew beyond 1 MB"
    assert (tmp_path / "big").stat().st_size <= 1024**2


@pytest.mark.parametrize(
    ("status", "output", "said"),
    [
        (0, "", None),
        (1, "", None),
        (-9, "", "killed from outside (is the machine out of memory?)"),
        (137, "", "killed from outside (is the machine out of memory?)"),
        (-24, "", "stopped after 7 seconds of computing"),
        (152, "", "stopped after 7 seconds of computing"),
        (12, "Latexmk: pdflatex gave return code 152", "stopped after 7 seconds of computing"),
        (12, "gave return code 1520", None),
        (12, "gave return code 152" + "x" * 8192, None),
        (-25, "", "stopped: a file grew beyond 3 MB"),
        (12, "gave return code 153", "stopped: a file grew beyond 3 MB"),
        (0, "File size limit exceeded", "stopped: a file grew beyond 3 MB"),
        (-11, "", None),
        (1, "! TeX: memory exhausted", "stopped: it needs more than 2 GB of memory"),
        (1, "memory allocation of 12 bytes failed", "stopped: it needs more than 2 GB of memory"),
        (0, "memory exhausted", None),
        (128, "", None),
    ],
)
def test_the_limit_that_ended_a_run_is_told(status: int, output: str, said: str | None) -> None:
    """By its signal, as a process, a shell and latexmk tell it, or by what was printed."""
    limits = Limits(cpu_seconds=7, memory=2 * 1024**3, file_size=3 * 1024**2)
    assert process_limits.hit(status, output, limits) == said
    if said and "MB" in said:
        assert "beyond 5 bytes" in str(process_limits.hit(status, output, Limits(file_size=5)))


@given(st.lists(st.binary(max_size=9), max_size=12), st.sampled_from([4, 9, 1000]))
def test_output_is_kept_at_both_ends(parts: list[bytes], size: int) -> None:
    whole = b"".join(parts).replace(b"\xff", b"?")
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "HEAD", size)
        output = engine._Output(lines.append)
        for part in parts:
            output.add(part.replace(b"\xff", b"?"))
    text = output.text()
    assert lines == [line.decode("utf-8", "replace") for line in whole.split(b"\n")[:-1]]
    if len(whole) <= 3 * size:
        assert text == whole.decode("utf-8", "replace")
    else:
        head, cut, tail = text.partition("\n[...]\n")
        assert not cut or (len(head) <= size and len(tail) >= size / 4)
        assert len(output.head) == size and size <= len(output.tail) <= 2 * size


def test_a_process_that_waits_is_released_once(tmp_path: Path) -> None:
    code = "input(); print('went on')"
    started = engine.start([sys.executable, "-c", code], tmp_path, {}, Limits(), waits=True)
    assert isinstance(started, engine.Started)
    assert started.runs()
    assert started.release()
    ended = engine.finish(started)
    assert (ended.status, ended.output) == (0, "went on\n")
    assert not started.runs()
    assert not started.release()
    again = engine.start([sys.executable, "-c", code], tmp_path, {}, Limits())
    assert isinstance(again, engine.Started)
    assert not again.release(), "it waits for nothing"
    assert engine.finish(again).status == 1


def test_what_cannot_run_says_why(tmp_path: Path) -> None:
    assert run(["/no/such/tex"], tmp_path, {}, Limits()) == Run(
        None, "", "/no/such/tex is not there"
    )
    gone = tmp_path / "gone"
    assert run([sys.executable], gone, {}, Limits()).reason == f"{gone} is not there"
    plain = tmp_path / "plain"
    plain.write_text("text")
    reason = run([str(plain)], tmp_path, {}, Limits()).reason
    assert reason == f"{plain} does not start: Permission denied"
    plain.chmod(0o755)
    plain.write_bytes(b"\x7fELF garbage")
    ended = run([str(plain)], tmp_path, {}, Limits())
    assert ended.status != 0
    if not shutil.which("setpriv"):  # which says so on the output, in its own words
        assert ended.reason == f"{plain} does not start: Exec format error"


def test_the_environment_is_made_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEXINPUTS", "LD_PRELOAD", "max_print_line", "openin_any", "SECRET", "LANG"):
        monkeypatch.setenv(name, "/bad")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    environ = environment(tmp_path, 7)
    assert environ["SOURCE_DATE_EPOCH"] == "7"
    assert environ["openin_any"] == environ["openout_any"] == "p"
    assert environ["shell_escape"] == "f"
    assert environ["TEXINPUTS"] == ".:"
    assert "/bad" not in environ.values()
    assert not Path(environ["TEXMFVAR"]).parent.is_dir(), "nothing is kept for later documents"
    assert Path(environ["TEXMFCACHE"]).is_relative_to(tmp_path)
    assert Path(environ["TMPDIR"]) == tmp_path


SCRIPT = """
import sys
from pathlib import Path
from cvtex.toolchain import Limits, engine, process_limits
from cvtex.toolchain.engine import run
child = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', " \\
    "'import time; time.sleep(60)']); print(p.pid, flush=True); time.sleep(60)"
try:
    command = [sys.executable, "-c", child]
    run(command, Path("."), {}, Limits(), lambda line: print(line, flush=True))
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize("times", [1, 3])
def test_ctrl_c_ends_the_whole_group(tmp_path: Path, times: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        grandchild = int(process.stdout.readline())
        assert alive(grandchild)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        status = process.wait(10)
    time.sleep(0.1)
    assert not alive(grandchild)
    if times == 1:
        assert (rest, status) == ("interrupted\n", 0)


MANY = {
    "processes": (
        "import os, signal\nfor _ in range(40): os.fork() or signal.pause()\nsignal.pause()",
        {"processes": 20},
        "stopped: it has more than 20 processes",
    ),
    "processes that have left the group": (
        "import os, signal\nos.fork() or os.setsid()\n"
        "for _ in range(40): os.fork() or signal.pause()\nsignal.pause()",
        {"processes": 20},
        "stopped: it has more than 20 processes",
    ),
    "memory": (
        "import os, signal\nfor _ in range(4):\n if not os.fork():\n"
        "  kept = b'x' * 40_000_000\n  signal.pause()\nsignal.pause()",
        {"memory": 128 * 1024**2},
        "stopped: it needs more than 0.125 GB of memory",
    ),
    "files": (
        "import os, signal\nos.mkdir('a')\n"
        "for n in range(200): open(f'a/{n}', 'w').close()\nsignal.pause()",
        {"files": 100},
        "stopped: it wrote more than 100 files",
    ),
    "room": (
        "import signal\nfor n in range(9): open(f'{n}', 'wb').write(bytes(10**6))\nsignal.pause()",
        {"room": 8 * 1024**2},
        "stopped: its files have more than 8 MB",
    ),
    "room, while it prints": (
        "open('a', 'wb').write(bytes(9 * 1024**2))\nwhile True: print('x' * 9999)",
        {"room": 8 * 1024**2},
        "stopped: its files have more than 8 MB",
    ),
    "room, in silence": (
        "import os, signal\nopen('a', 'wb').write(bytes(9 * 1024**2))\n"
        "os.close(1)\nos.close(2)\nsignal.pause()",
        {"room": 8 * 1024**2},
        "stopped: its files have more than 8 MB",
    ),
}
"""Programs that use much by what is many or lasts, each with its limits and what is said."""


@LINUX
@pytest.mark.parametrize("much", MANY)
def test_what_a_group_uses_together_is_limited(much: str, tmp_path: Path) -> None:
    code, limits, reason = MANY[much]
    note = "import os\nos.register_at_fork(after_in_child=lambda: print(os.getpid(), flush=True))\n"
    ended = python(note + code, tmp_path, Limits(seconds=60, **limits))
    assert ended.reason == reason
    started = [int(line) for line in ended.output.split() if line.isdecimal()]
    deadline = time.monotonic() + 60
    while any(map(alive, started)):  # what was killed takes a moment to end
        assert time.monotonic() < deadline
        time.sleep(0.01)
