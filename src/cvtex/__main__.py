"""The program `cvtex`, and `python -m cvtex`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn


def program() -> NoReturn:
    """Run `cvtex` and exit with its status.

    When all threads have ended and all that was to be tidied up is, the process leaves at
    once: Python would give its memory back piece by piece, which takes 4 ms.
    """
    status = 1

    def leave() -> None:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # nobody reads any more
            os._exit(status or 1)
        os._exit(status)

    gc.disable()  # as `main` does, and while it is imported
    atexit.register(leave)  # before all others, so it is called after them
    from cvtex.cli import main

    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    sys.exit(status)


if __name__ == "__main__":  # a worker process imports the main module, too
    if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()]:  # noqa: PTH109
        del sys.path[0]  # `python -m` would import from the folder that we are in
    program()
