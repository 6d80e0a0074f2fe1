"""`cvtex extract`: the data that a PDF of cvtex holds, as files."""

from __future__ import annotations

from pathlib import Path

from cvtex.commands import say
from cvtex.diagnostics import CvtexError, error


def extract(pdf: Path, output: Path | None) -> int:
    """Write the files inside a PDF to a folder, print their paths, return the exit status."""
    from cvtex import disk
    from cvtex.pdf import readback

    files = readback.attached(pdf)
    if isinstance(files, str):
        raise CvtexError([error(f"{pdf}: {files}")])
    if not files:
        hint = "a PDF holds its data where meta.embed or --embed says so"
        raise CvtexError([error(f"{pdf} holds no data of cvtex", hint=hint)])
    folder = output or Path()
    for name in files:
        if (folder / name).exists():
            hint = "name another folder with -o"
            raise CvtexError([error(f"{folder / name} is there already", hint=hint)])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            disk.write(folder / name, content)
            say(folder / name)
    except OSError as failure:
        message = f"{failure.filename} cannot be written: {disk.reason(failure)}"
        raise CvtexError([error(message)]) from failure
    return 0
