"""`make bench`: how long things take, as ratios of what was measured in the same run.

Every round measures each thing once, in turn, so that a busy moment of the machine
touches all alike; the medians are compared. Prints a table, writes `build/bench.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from cvtex import workplace
from cvtex.request import Request
from cvtex.toolchain import find
from cvtex.toolchain.environment import environment
from cvtex.toolchain.texlive import ahead_pdflatex, ahead_unicode, formats, tree
from cvtex.watch import watch

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))
CVTEX = [PYTHON, "-m", "cvtex"]

# What the issue on speed asks for: measure, against what, at most how often it.
TARGETS = (
    ("changed", ("fast pass + imports",), 1.25, None),
    ("changed", ("latexmk",), 0.25, None),
    ("changed", ("plain pass",), None, 0.45),
    ("watch", ("waiting engine",), 1.4, None),
    ("watch", ("plain pass",), None, 0.2),
    ("unchanged", ("python",), 8, 5),
    ("cold", ("latexmk",), 1.5, 1.0),
)
MEMORY = (90, 60)  # MB of the largest process of a changed build
PROVING = {
    "archive": 40,
    "archive, user time": None,
    "archive, watch": 20,
    "finishing": None,
    "reading back": 20,
    "sandbox": 5,
}
"""What the default standard costs beside `--standard plain`, and what the sandbox costs beside
none, at most so many milliseconds."""
THROUGHPUT = (5, 8)  # CVs a second on two cores


def run(
    command: Sequence[str | Path], folder: Path, environ: dict[str, str] | None = None
) -> float:
    """Run a command to its end and return its seconds; it must succeed."""
    began = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{command}: {done.stderr.decode()}")
    return seconds


class Bench:
    """A project in one theme, and all that is measured of it."""

    def __init__(self, theme: str, place: Path, engine: str = "pdflatex") -> None:
        self.theme = theme
        self.engine = engine
        self.project = place / theme
        shutil.copytree(
            ROOT / "data", self.project / "data", ignore=shutil.ignore_patterns("private.yaml")
        )
        shutil.copytree(ROOT / "bib", self.project / "bib")
        self.work = self.project / "data" / "work.yaml"
        self.text = self.work.read_text()
        self.edits = 0
        options = ["--toolchain", "latexmk", "--engine", engine]
        if engine == "tectonic":
            options = ["--toolchain", "tectonic"]
        self.command = [*CVTEX, "build", ".", "--theme", theme, *options]
        self.shown = self.project / "build" / theme
        self.other = place / f"{theme}-latexmk"
        self.first = place / f"{theme}-first"
        self.build()
        self.modules = self._modules()

    @property
    def folder(self) -> Path:
        """The folder in which TeX works."""
        place = workplace.find(self.project / "build", self.theme)
        assert place
        return place

    def build(self) -> float:
        return run(self.command, self.project)

    def edit(self) -> None:
        """Change one line, each time in another way."""
        self.edits += 1
        self.work.write_text(self.text.replace("Finetuned", f"Finetuned {self.edits} times", 1))

    def changed(self) -> float:
        self.edit()
        return self.build()

    def cold(self) -> float:
        """The first build of a user: a cache of its own, so that what is watched keeps its."""
        shutil.rmtree(self.first, ignore_errors=True)
        shutil.rmtree(self.project / "build")
        return run(self.command, self.project, {**os.environ, "XDG_CACHE_HOME": str(self.first)})

    def clean(self) -> float:
        shutil.rmtree(self.project / "build")
        return self.build()

    def loose(self) -> float:
        """A changed build that nothing confines."""
        self.edit()
        return run([*self.command, "--sandbox", "off"], self.project)

    def untouched(self) -> float:
        """A changed build whose PDF is as TeX wrote it."""
        self.edit()
        return run([*self.command, "--standard", "plain"], self.project)

    def user_time(self, *options: str) -> float:
        """Processor time of a changed build without that of TeX, in seconds."""
        self.edit()
        program = (
            "import resource\nfrom cvtex.cli import main\n"
            "try: main()\nexcept SystemExit: pass\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime)"
        )
        done = subprocess.run(
            [PYTHON, "-c", program, *self.command[len(CVTEX) :], *options],
            cwd=self.project, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return float(done.stdout.splitlines()[-1])

    def finishing(self) -> float:
        """From the PDF that TeX made to the one that is published, pikepdf loaded."""
        return self._in_process("finish.finish(data, facts, 'archive', 0)")

    def reading_back(self) -> float:
        """Reading a finished PDF, pikepdf loaded."""
        return self._in_process("readback.read(whole)")

    def _in_process(self, measured: str) -> float:
        program = (
            "import sys, time\nfrom pathlib import Path\nfrom cvtex.pdf import finish, readback\n"
            "from cvtex.pdf.facts import Facts\ndata = Path(sys.argv[1]).read_bytes()\n"
            "facts = Facts(title='CV', author='A')\n"
            "whole = finish.finish(data, facts, 'archive', 0).pdf\n"
            f"began = time.perf_counter()\n{measured}\nprint(time.perf_counter() - began)"
        )
        command = [PYTHON, "-c", program, str(self.folder / "cv.pdf")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(done.stdout)

    def imports(self) -> float:
        return run([PYTHON, "-c", f"import {','.join(self.modules)}"], self.project)

    def _modules(self) -> list[str]:
        """Return what a changed build imports."""
        program = (
            "import sys\n"
            "from cvtex.cli import main\n"
            "try: main()\n"
            "except SystemExit: pass\n"
            "print(*[n for n, m in sys.modules.items() if getattr(m, '__file__', None)"
            " and not n.startswith(('cvtex_theme', '_distutils', '__'))])"
        )
        self.edit()
        done = subprocess.run(
            [PYTHON, "-c", program, *self.command[len(CVTEX) :]],
            cwd=self.project,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()[-1].split()

    def latexmk(self) -> float:
        """latexmk in a folder that holds the document and the theme's files alone."""
        shutil.rmtree(self.other, ignore_errors=True)
        self.other.mkdir()
        for file in self.shown.iterdir():
            if file.is_file() and (file.name == "cv.tex" or not file.name.startswith(("cv.", "."))):
                shutil.copy(file, self.other)
        if self.engine == "tectonic":
            return self.plain_pass()
        switch = "-pdf" if self.engine == "pdflatex" else f"-{self.engine}"
        return run(["latexmk", switch, "-interaction=nonstopmode", "cv.tex"], self.other)

    def plain_pass(self) -> float:
        if self.engine == "tectonic":
            (chain,) = find("tectonic")
            return run([chain.program, "--bundle", str(chain.bundle), "cv.tex"], self.other)
        return run([self.engine, "-interaction=nonstopmode", "cv.tex"], self.other)

    def _hint(self) -> tuple[Path, Path, dict[str, str]]:
        hint = json.loads((self.folder / ".fast").read_text())
        program, fmt = Path(shutil.which("pdflatex") or ""), Path(hint["fmt"])
        plain = environment(self.folder, hint["epoch"])
        return program, fmt, tree.environment(plain, fmt.parent / formats.TREE)

    def fast_pass(self) -> float:
        program, fmt, environ = self._hint()
        for file in self.other.glob("cv.[!t]*"):
            file.unlink()
        return run(formats.command(program, fmt, formats.GO), self.other, environ)

    def waiting_engine(self) -> float:
        """From the line that lets a waiting engine go to its end."""
        pdflatex = self.engine == "pdflatex"
        engine = ahead_pdflatex.begin(self.folder) if pdflatex else ahead_unicode.begin(self.folder)
        assert engine
        time.sleep(0.5 if pdflatex else 2)
        began = time.perf_counter()
        engine.release()
        assert engine.started.process.stdout
        engine.started.process.stdout.read()
        engine.started.process.wait()
        seconds = time.perf_counter() - began
        engine.stop()
        return seconds

    def memory(self) -> float:
        """Peak of the largest process of a changed build, in MB."""
        self.edit()
        null = subprocess.DEVNULL
        process = subprocess.Popen(self.command, cwd=self.project, stdout=null, stderr=null)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return usage.ru_maxrss / 1024

    @contextmanager
    def watched(self, standard: str | None = None) -> Iterator[Callable[[], float]]:
        """Give what measures a save until the new PDF is in place."""
        stop = threading.Event()
        built = threading.Event()
        request = Request(
            path=self.project, themes=(self.theme,), toolchain="latexmk", engine=self.engine,
            standard=standard,
        )  # fmt: skip

        def work() -> None:
            for _ in watch(request, stop):
                built.set()

        thread = threading.Thread(target=work)
        thread.start()
        pdf = self.project / "build" / f"{self.theme}.pdf"

        def measure() -> float:
            built.wait(60)
            built.clear()
            # the next engine has begun the document by now
            time.sleep(0.7 if self.engine == "pdflatex" else 2)
            before = pdf.stat().st_ino
            began = time.perf_counter()
            self.edit()
            while pdf.stat().st_ino == before and time.perf_counter() - began < 60:
                time.sleep(0.001)
            return time.perf_counter() - began

        try:
            yield measure
        finally:
            stop.set()
            thread.join()


def throughput(theme: str, count: int, place: Path) -> dict[str, float]:
    """Return how many CVs a second a batch makes, of some and of all of `count` CVs."""
    people = place / "people"
    for number in range(count):
        folder = people / f"person-{number:04}"
        shutil.copytree(ROOT / "bib", folder / "bib")
        for file in (ROOT / "data").glob("*.yaml"):
            if file.name != "private.yaml":
                text = file.read_text().replace("ML6", f"Company {number}")
                (folder / "data").mkdir(exist_ok=True)
                (folder / "data" / file.name).write_text(text)
    found = {}
    for part in (count // 4, count):
        where = people if part == count else place / "some"
        if part != count:
            where.mkdir()
            for folder in sorted(people.iterdir())[:part]:
                shutil.copytree(folder, where / folder.name)
        out = place / f"batch-{part}"
        seconds = run([*CVTEX, "batch", str(where), "--theme", theme, "-o", str(out)], place)
        found[f"{part} CVs"] = part / seconds
    return found


def applications(place: Path) -> dict[str, float]:
    """Return the seconds for five variants in six themes by one command, and one by one."""
    cv = place / "applications"
    shutil.copytree(ROOT / "tests" / "people" / "engineer", cv)
    variants = ("short", "backend", "platform", "lead", "speaker")
    themes = ("academic", "classic", "jake", "linear", "moderncv", "sidebar")
    build = [*CVTEX, "build", ".", "--engine", "pdflatex"]
    named = [part for theme in themes for part in ("--theme", theme)]
    run([*build, "--variant", "all", *named], cv)  # the themes are precompiled now
    found = {}
    shutil.rmtree(cv / "build")
    found["together"] = run([*build, "--variant", "all", *named], cv)
    shutil.rmtree(cv / "build")
    found["one by one"] = sum(
        run([*build, "--variant", variant, "--theme", theme], cv)
        for variant in variants
        for theme in themes
    )
    return found


def rendercv(place: Path) -> Callable[[], float] | None:
    """Return what measures RenderCV on the same content, None where it is not installed."""
    program = shutil.which("rendercv") or shutil.which("rendercv", path=str(Path(PYTHON).parent))
    if not program:
        return None
    import yaml

    jobs = yaml.safe_load((ROOT / "data" / "work.yaml").read_text())
    entries = [
        {
            "company": str(job.get("name")),
            "position": str(job.get("position")),
            "start_date": str(job.get("startDate")),
            "end_date": str(job.get("endDate", "present")),
            "highlights": [str(text) for text in job.get("highlights", [])],
        }
        for job in jobs
    ]
    folder = place / "rendercv"
    folder.mkdir()
    data = {"cv": {"name": "Jane Doe", "sections": {"experience": entries}}}
    (folder / "cv.yaml").write_text(yaml.safe_dump(data))
    command = [program, "render", "cv.yaml", "-nomd", "-nohtml", "-nopng"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return (lambda: run(list(command), folder)) if done.returncode == 0 else None


def measure(theme: str, rounds: int, place: Path, peer: Callable[[], float] | None) -> Any:
    """Return the medians and all samples of one theme."""
    bench = Bench(theme, place)
    desk = Bench(theme, place / "desk")  # the one that is watched, and nothing else
    things: dict[str, Callable[[], float]] = {
        "python": lambda: run([PYTHON, "-c", "pass"], bench.project),
        "imports": bench.imports,
        "latexmk": bench.latexmk,
        "plain pass": bench.plain_pass,
        "cold": bench.cold,
        "clean": bench.clean,
        "fast pass": bench.fast_pass,
        "changed": bench.changed,
        "unchanged": bench.build,
        "changed, no sandbox": bench.loose,
        "changed, plain": bench.untouched,
        "user time": bench.user_time,
        "user time, plain": lambda: bench.user_time("--standard", "plain"),
        "finishing": bench.finishing,
        "reading back": bench.reading_back,
        "waiting engine": bench.waiting_engine,
        "memory": bench.memory,
        **({"rendercv": peer} if peer else {}),
    }
    untouched = Bench(theme, place / "untouched")
    samples: dict[str, list[float]] = {}
    with desk.watched() as save, untouched.watched("plain") as save_plain:
        things |= {"watch": save, "watch, plain": save_plain}
        for number in range(rounds):
            say(f"{theme}: round {number + 1} of {rounds}")
            for name, thing in things.items():
                samples.setdefault(name, []).append(thing())
    medians = {name: statistics.median(values) for name, values in samples.items()}
    medians["archive"] = medians["changed"] - medians["changed, plain"]
    medians["sandbox"] = medians["changed"] - medians["changed, no sandbox"]
    medians["archive, user time"] = medians["user time"] - medians["user time, plain"]
    medians["archive, watch"] = medians["watch"] - medians["watch, plain"]
    medians["fast pass + imports"] = medians["fast pass"] + medians["imports"]
    return {"medians": medians, "samples": samples}


def measure_engine(theme: str, engine: str, rounds: int, place: Path) -> Any:
    """Return the medians and all samples of one theme by another engine than pdfLaTeX.

    Tectonic is no engine of latexmk's: bare Tectonic stands for both.
    """
    bench = Bench(theme, place / engine, engine)
    things: dict[str, Callable[[], float]] = {
        "latexmk": bench.latexmk,
        "plain pass": bench.plain_pass,
        "cold": bench.cold,
        "changed": bench.changed,
        "changed, no sandbox": bench.loose,
    }
    samples: dict[str, list[float]] = {}
    with ExitStack() as stack:
        if engine != "tectonic":
            desk = Bench(theme, place / engine / "desk", engine)
            things["waiting engine"] = bench.waiting_engine
            things["watch"] = stack.enter_context(desk.watched())
        for number in range(rounds):
            say(f"{theme}, {engine}: round {number + 1} of {rounds}")
            for name, thing in things.items():
                samples.setdefault(name, []).append(thing())
    medians = {name: statistics.median(values) for name, values in samples.items()}
    return {"medians": medians, "samples": samples}


def say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def mark(value: float, required: float | None, dream: float | None, more: bool = False) -> str:
    """Return whether a value meets what is required, and the dream."""

    def met(limit: float) -> bool:
        return value >= limit if more else value <= limit

    words = []
    sign = "≥" if more else "≤"
    for limit, name in ((required, "required"), (dream, "dream")):
        if limit is not None:
            words.append(f"{name} {sign} {limit:g}: {'met' if met(limit) else 'MISSED'}")
    return ", ".join(words)


def table(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows: theme, measure, value and what it should be."""
    rows: list[dict[str, Any]] = []
    for theme, result in found["themes"].items():
        medians = result["medians"]
        for name, (against,), required, dream in TARGETS:
            value = medians[name] / medians[against]
            title = f"{name} / {against}"
            if (name, against) == ("changed", "latexmk") and theme != "moderncv":
                required = None
            row = {"theme": theme, "measure": title, "value": round(value, 3)}
            rows.append(row | {"verdict": mark(value, required, dream)})
        for name, limit in PROVING.items():
            row = {"theme": theme, "measure": f"{name} (ms)", "value": round(medians[name] * 1000)}
            rows.append(row | {"verdict": mark(medians[name] * 1000, limit, None)})
        row = {"theme": theme, "measure": "memory, MB", "value": round(medians["memory"], 1)}
        rows.append(row | {"verdict": mark(medians["memory"], *MEMORY)})
        if "rendercv" in medians:
            value = medians["changed"] / medians["rendercv"]
            rows.append(
                {"theme": theme, "measure": "changed / rendercv", "value": round(value, 3)}
                | {"verdict": ""}
            )
    for name, result in found.get("engines", {}).items():
        medians = result["medians"]
        for measured in ("changed", "cold", "watch"):
            for against in ("latexmk", "plain pass", "waiting engine"):
                if {measured, against} <= medians.keys():
                    value = round(medians[measured] / medians[against], 3)
                    title = f"{measured} / {against}"
                    row = {"theme": name, "measure": title, "value": value, "verdict": ""}
                    rows.append(row)
        cost = (medians["changed"] - medians["changed, no sandbox"]) * 1000
        row = {"theme": name, "measure": "sandbox (ms)", "value": round(cost)}
        rows.append(row | {"verdict": mark(cost, PROVING["sandbox"], None)})
    if "applications" in found:
        value = found["applications"]["together"] / found["applications"]["one by one"]
        row = {"theme": "six themes", "measure": "30 PDFs together / one by one"}
        rows.append(row | {"value": round(value, 3), "verdict": mark(value, 0.4, None)})
    for count, speed in found.get("batch", {}).items():
        row = {"theme": "moderncv", "measure": f"batch of {count}, CVs/s"}
        rows.append(
            row | {"value": round(speed, 2), "verdict": mark(speed, *THROUGHPUT, more=True)}
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--batch", type=int, default=200, help="CVs of the batch; 0 for none")
    parser.add_argument("--no-applications", dest="applications", action="store_false")
    parser.add_argument("--themes", nargs="*", default=THEMES)
    parser.add_argument("--no-pdflatex", dest="pdflatex", action="store_false")
    parser.add_argument(
        "--engines",
        nargs="*",
        default=[],
        choices=("xelatex", "lualatex", "tectonic"),
        help="also by these (Tectonic with the bundle of CVTEX_TECTONIC_BUNDLE)",
    )
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "bench.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cvtex-bench-") as scratch:
        place = Path(scratch)
        if "tectonic" in options.engines:  # it may lie in the cache that is left now
            (chain,) = find("tectonic") or parser.error("there is no tectonic")
            os.environ["PATH"] += f"{os.pathsep}{chain.program.parent}"
        os.environ["XDG_CACHE_HOME"] = str(place / "cache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as for a user
        found: dict[str, Any] = {
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "load before": os.getloadavg(),
            "themes": {},
        }
        peer = rendercv(place)
        for theme in options.themes if options.pdflatex else ():
            found["themes"][theme] = measure(theme, options.rounds, place, peer)
        for theme in options.themes:
            for engine in options.engines:
                name = f"{theme}, {engine}"
                found.setdefault("engines", {})[name] = measure_engine(
                    theme, engine, options.rounds, place
                )
        if options.applications:
            say("five variants in six themes")
            found["applications"] = applications(place)
        if options.batch:
            say(f"a batch of {options.batch}")
            found["batch"] = throughput("moderncv", options.batch, place)
        found["load after"] = os.getloadavg()
    say("")
    found["ratios"] = table(found)
    for theme, result in [*found["themes"].items(), *found.get("engines", {}).items()]:
        print(f"{theme}, medians of {options.rounds} in ms:")
        shown = {n: v for n, v in result["medians"].items() if n != "memory"}
        print("  " + ", ".join(f"{name} {value * 1000:.0f}" for name, value in shown.items()))
    for row in found["ratios"]:
        print(f"{row['theme']:<20} {row['measure']:<32} {row['value']:>8}  {row['verdict']}")
    if not peer:
        print("RenderCV is not installed here, or has not its Typst packages")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(found, indent=1) + "\n")
    print(options.output)


if __name__ == "__main__":
    main()
