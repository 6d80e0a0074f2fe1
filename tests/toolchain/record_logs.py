"""Record the logs of `tests/logs/`: `python tests/toolchain/record_logs.py [CASE …]`.

Each `<case>.tex` there is compiled by all four engines as cvtex does it. What is
kept: `<case>-<engine>.log`, Tectonic's output as `<case>-tectonic.out`, and in
`messages.txt` what the logs were read as, to be looked at in the diff.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from cvtex import toolchain
from cvtex.toolchain import Message, tectonic
from cvtex.toolchain.messages import log
from cvtex.toolchain.setup import bundle

LOGS = Path(__file__).resolve().parents[1] / "logs"
ENGINES = ("pdflatex", "xelatex", "lualatex", "tectonic")
EPOCH = 1_700_000_000


def read(case: str, engine: str) -> tuple[Message, ...]:
    """Return a recorded log's messages, as a build would get them."""
    text = (LOGS / f"{case}-{engine}.log").read_text(encoding="utf-8")
    messages = log.read(text, folded=engine == "tectonic")
    if engine == "tectonic":
        output = (LOGS / f"{case}-tectonic.out").read_text(encoding="utf-8")
        messages = tectonic.placed(messages, output)
    return messages


def shown(message: Message) -> str:
    """Return a message on one line: `error 3 \\foo: text`."""
    place = f"{message.file or ''}{message.line or '-'}"
    return f"{message.severity} {place} {message.near}: {message.text}".replace("\n", "⏎")


def cases() -> list[str]:
    """Return the names of the recorded cases."""
    return sorted(path.stem for path in LOGS.glob("*.tex"))


def expected() -> str:
    """Return the whole of `messages.txt` as the logs are read now."""
    blocks = []
    for case in cases():
        by_engine = {engine: [shown(m) for m in read(case, engine)] for engine in ENGINES}
        groups: dict[tuple[str, ...], list[str]] = {}
        for engine, lines in by_engine.items():
            groups.setdefault(tuple(lines), []).append(engine)
        for group, engines in groups.items():
            blocks.append("\n".join([f"# {case}: {', '.join(engines)}", *group]))
    return "\n\n".join(blocks) + "\n"


def samples(folder: Path) -> list[Path]:
    """Put each `*.sample`, a document that has no fault, into a folder of its own."""
    for sample in LOGS.glob("*.sample"):
        (folder / sample.stem).mkdir()
        shutil.copy(sample, folder / sample.stem / "cv.tex")
    return sorted(folder.iterdir())


def record(names: list[str]) -> None:
    """Compile the cases anew, and write what they are read as."""
    chains = {chain.name: chain for chain in toolchain.find()}
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "samples").mkdir()
        made = bundle.make(samples(Path(scratch) / "samples"), Path(scratch) / "bundle.zip")
        assert not made.problems, made.problems
        for case in names or cases():
            for engine in ENGINES:
                folder = Path(scratch) / f"{case}-{engine}"
                folder.mkdir()
                shutil.copy(LOGS / f"{case}.tex", folder / "cv.tex")
                chain = chains["tectonic" if engine == "tectonic" else "latexmk"]
                ends = toolchain.compile(
                    chain,
                    engine,
                    folder,
                    epoch=EPOCH,
                    bundle=str(made.output) if engine == "tectonic" else None,
                    cache=False,
                )
                (LOGS / f"{case}-{engine}.log").write_text(ends.log, encoding="utf-8")
                if engine == "tectonic":
                    (LOGS / f"{case}-tectonic.out").write_text(
                        _output(chain, folder, made.output), encoding="utf-8"
                    )
                print(case, engine, ends.ok, ends.reason)  # noqa: T201
    (LOGS / "messages.txt").write_text(expected(), encoding="utf-8")


def _output(chain: toolchain.Toolchain, folder: Path, made: Path) -> str:
    from cvtex.toolchain.engine import run
    from cvtex.toolchain.environment import environment

    command = [str(chain.program), *tectonic.OPTIONS, "--bundle", str(made), "cv.tex"]
    return run(command, folder, environment(folder, EPOCH), toolchain.Limits()).output


if __name__ == "__main__":
    record(sys.argv[1:])
