"""Whether a run succeeded: exit status, log and PDF must agree."""

from __future__ import annotations

import contextlib
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from cvtex.diagnostics import Severity
from cvtex.toolchain.engine import Run
from cvtex.toolchain.model import JOB, Outcome

LARGEST_LOG = 20 * 1024**2  # bytes read of a log: its first half and its last

# What TeX writes besides the PDF and the log; a later run reads it.
AUXILIARY = ("aux", "out", "toc", "fdb_latexmk", "fls", "xdv", "bbl", "bcf", "run.xml")


BEGIN = "\\begin{document}"


def settle(folder: Path, attempt: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of an attempt in `folder`, made twice if the first one stumbled
    over what an earlier run left.

    A failure leaves no auxiliary file and no PDF behind: a faulty document's
    leftovers must not fail the repaired one, nor be taken for a CV.
    """
    if problem := _prepare(folder):
        return Outcome(False, reason=problem)
    left = any(file.exists() for file in _auxiliary(folder))
    result = attempt()
    if left and not result.ok and result.reason is None and _blames_auxiliary(result, folder):
        forget(folder)
        result = attempt()
    if not result.ok:
        forget(folder)
    return result


def _prepare(folder: Path) -> str | None:
    """Delete the last run's PDF and log, so that what is there later is this run's.

    Returns why the folder cannot be used, or None. Auxiliary files that a
    killed run cut short go too.
    """
    if not (folder / f"{JOB}.tex").is_file():
        return f"{folder / JOB}.tex is not there"
    try:
        for ending in ("pdf", "log"):
            (folder / f"{JOB}.{ending}").unlink(missing_ok=True)
        probe = folder / f"{JOB}.probe"
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
    except OSError as problem:
        return f"{folder} cannot be written: {(problem.strerror or str(problem)).lower()}"
    if is_cut_short(folder / f"{JOB}.aux"):
        forget(folder)
    return None


def forget(folder: Path) -> None:
    """Delete the auxiliary files of earlier runs, and the PDF that they belong to."""
    for file in (*_auxiliary(folder), folder / f"{JOB}.pdf"):
        with contextlib.suppress(OSError):
            file.unlink()


def _auxiliary(folder: Path) -> list[Path]:
    return [folder / f"{JOB}.{ending}" for ending in AUXILIARY]


def _blames_auxiliary(result: Outcome, folder: Path) -> bool:
    """Tell whether an error may come from a file of an earlier run.

    LaTeX reads those at `\\begin{document}`; TeX names the file, that line, or none.
    """
    endings = tuple(f".{ending}" for ending in AUXILIARY)
    before, _, _ = (folder / f"{JOB}.tex").read_text("utf-8", "replace").partition(BEGIN)
    begins = before.count("\n") + 1
    return any(
        message.severity is Severity.ERROR
        and ((message.line or 0) <= begins or (message.file or "").endswith(endings))
        for message in result.messages
    )


def is_cut_short(aux: Path) -> bool:
    """Tell whether an `.aux` file lacks its last line.

    LaTeX since 2020-10 ends it with `\\gdef \\@abspage@last{N}` (ltshipout).
    """
    try:
        with aux.open("rb") as file:
            file.seek(max(aux.stat().st_size - 200, 0))
            return b"\\gdef \\@abspage@last{" not in file.read()
    except FileNotFoundError:
        return False
    except OSError:
        return True


def read_log(file: Path) -> str:
    """Return a log's text, "" if there is none; the middle of a huge one is left out."""
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            if size <= LARGEST_LOG:
                data = opened.read()
            else:
                data = opened.read(LARGEST_LOG // 2) + b"\n[...]\n"
                opened.seek(-LARGEST_LOG // 2, 2)
                data += opened.read()
    except OSError:
        return ""
    return data.decode("utf-8", "replace")


def judge(run: Run, folder: Path, reads: tuple[str, ...], *, folded: bool) -> Outcome:
    """Return the outcome of a run in `folder`; `folded` tells that its log lines are cut at 79."""
    from cvtex.toolchain.messages import log

    text = read_log(folder / f"{JOB}.log")
    messages = log.read(text, folded=folded)
    pages = log.pages(text)
    failed = any(message.severity is Severity.ERROR for message in messages)
    reason = run.reason or _reason(run, folder, text)
    if reason is None and not failed:
        reason = _doubt(run, folder, pages)
    if reason or failed:
        if reason:
            # TeX complains of an overflowing disk too, at no line: the cause is told alone.
            messages = tuple(message for message in messages if message.line)
        return Outcome(False, None, pages, text, messages, reads, reason)
    return Outcome(True, folder / f"{JOB}.pdf", pages, text, messages, reads)


def _reason(run: Run, folder: Path, text: str) -> str | None:
    """Return what ended the run from outside the document, or None."""
    if run.status == 0:
        return None
    ends = run.output[-65536:] + text[-65536:]
    if re.search(r"No space left on device|os error 28\b|ENOSPC", ends) or _is_full(folder):
        return f"no space is left on the disk of {folder}"
    if found := re.search(r"I can't (?:write on|open) file `+([^'\n]+)'", ends):
        return f"{folder / found[1]} cannot be written"
    if run.status is not None and run.status < 0:
        return f"killed by signal {-run.status}"
    return None


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < 64 * 1024
    except OSError:
        return False


def _doubt(run: Run, folder: Path, pages: int) -> str | None:
    """Return why a run that named no error still made no good PDF, or None."""
    last = next((line for line in reversed(run.output.splitlines()) if line.strip()), "")
    if run.status != 0:
        return f"it ended with status {run.status}" + (f": {last.strip()[:200]}" if last else "")
    pdf = folder / f"{JOB}.pdf"
    if not pdf.is_file():
        return "it ended well but made no PDF"
    if not pages:
        return "its log does not tell how many pages it made"
    try:
        counted = count_pages(pdf.read_bytes())
    except (ValueError, OSError) as problem:
        return f"the PDF is damaged: {problem}"
    if counted != pages:
        return f"the PDF's page count is {counted}, by the log it is {pages}"
    return None


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a PDF as TeX writes it (not encrypted).

    The root of the page tree is the `/Type /Pages` without `/Parent`; it may
    lie in an object stream (ISO 32000-1, 7.5.7 and 7.7.3.2). Raises ValueError
    for what is no whole PDF.
    """
    if not pdf.startswith(b"%PDF-"):
        raise ValueError("it does not begin as one")
    if b"%%EOF" not in pdf[-1024:]:
        raise ValueError("its end is missing")
    for part in _dictionaries(pdf):
        for found in re.finditer(rb"/Type\s*/Pages\b", part):
            start = part.rfind(b"<<", 0, found.start())
            end = part.find(b">>", found.end())
            tree = part[max(start, 0) : end if end >= 0 else None]
            count = re.search(rb"/Count\s+(\d+)", tree)
            if count and b"/Parent" not in tree:
                return int(count[1])
    raise ValueError("it has no page tree")


def _dictionaries(pdf: bytes) -> Iterator[bytes]:
    """Yield the parts of a PDF that hold plain objects: object streams unpacked, then the rest."""
    for found in re.finditer(rb"/Type\s*/ObjStm\b", pdf):
        start = pdf.find(b"stream", found.end())
        begin = start + 6 + (2 if pdf[start + 6 : start + 8] == b"\r\n" else 1)
        if start >= 0:
            try:
                yield zlib.decompressobj().decompress(pdf[begin:])
            except zlib.error as problem:
                raise ValueError("a part of it does not unpack") from problem
    yield re.sub(rb"(?s)\bstream\r?\n.*?\bendstream\b", b"", pdf)
