"""The program `cvtex`, and `python -m cvtex`."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from typing import NoReturn

ON_WINDOWS = (
    "error: cvtex does not run on Windows itself; in WSL, Windows' own Linux, it does:\n"
    "hint: run `wsl --install`, then install and call cvtex in there"
)


def program() -> NoReturn:
    """Run `cvtex` and exit with its status.

    When all threads have ended and all that was to be tidied up is, the process leaves at
    once: Python would give its memory back piece by piece, which takes 4 ms.
    """
    if sys.platform == "win32":
        print(ON_WINDOWS, file=sys.stderr)  # noqa: T201
        sys.exit(1)
    status = 1

    def leave() -> None:
        if isinstance(sys.stdout, io.StringIO) and sys.stdout.getvalue():
            print("error: standard output is closed", file=sys.stderr)  # noqa: T201
            os._exit(status or 1)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # nobody reads any more
            os._exit(status or 1)
        os._exit(status)

    _open_what_is_closed()
    gc.disable()  # as `main` does, and while it is imported
    atexit.register(leave)  # before all others, so it is called after them
    try:
        from cvtex.cli import main

        if "_CVTEX_COMPLETE" in os.environ:
            import cvtex.commands.shells  # noqa: F401  (click learns them)
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:  # while it was still loading, or about to leave
        status = 130
    except (OSError, MemoryError) as failure:  # it cannot be loaded: too many files are open
        print(f"error: {failure or 'there is not enough memory'}", file=sys.stderr)  # noqa: T201
    sys.exit(status)


def _open_what_is_closed() -> None:
    """Give the process all three standard streams, so that no file of ours becomes one.

    What is written to one that the caller has closed goes nowhere.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()


if __name__ == "__main__":  # a worker process imports the main module, too
    if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()]:  # noqa: PTH109
        del sys.path[0]  # `python -m` would import from the folder that we are in
    program()
