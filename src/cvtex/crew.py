"""The same work on several things at once: by children of this process, one for each core.

A child begins with all that the parent has read and loaded, so nothing common is done twice.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_NUMBER = 2  # bytes of a thing's number
_LENGTH = 8  # bytes of the length of an answer
MOST = 30_000
"""Things that can be handed out: their numbers lie in a pipe (64 KB, pipe(7))."""


def each(work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    """Yield what `work` returns for each thing, in the order of the things.

    What it raises is raised here when it is that thing's turn; then no further thing is begun.
    Where there is one thing or one core, or this process has threads (a child of it could
    wait for them for ever), all is done here. Results must be picklable.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    hands = min(cores, len(things))
    if hands < 2 or len(things) > MOST or threading.active_count() > 1:
        yield from map(work, things)
        return
    tasks, more = os.pipe()
    os.write(more, b"".join(n.to_bytes(_NUMBER, "big") for n in range(len(things))))
    os.close(more)
    children: dict[int, int] = {}  # what a child answers through, and its number
    try:
        for _ in range(hands):
            answers, said = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(answers)
                _labour(work, things, tasks, said)
            os.close(said)
            children[answers] = child
        found: dict[int, Any] = {}
        coming = _answers(children)
        for number, thing in enumerate(things):
            while number not in found and (answer := next(coming, None)):
                found[answer[0]] = answer[1:]
            if number not in found:  # the child that had it in hand has died
                yield work(thing)
                continue
            done, value = found.pop(number)
            if not done:
                raise value
            yield value
    finally:
        with suppress(OSError):
            while os.read(tasks, 1 << 16):  # nothing more is begun
                pass
        os.close(tasks)
        for answers, child in children.items():
            os.close(answers)
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _labour(work: Callable[[T], R], things: Sequence[T], tasks: int, said: int) -> None:
    """Be a child: do what is still to do, say what came of it, and leave."""
    import pickle

    status = 1
    try:
        while number := os.read(tasks, _NUMBER):
            place = int.from_bytes(number, "big")
            try:
                answer = (place, True, work(things[place]))
            except Exception as failure:
                answer = (place, False, failure)  # type: ignore[assignment]
            answered = pickle.dumps(answer)
            view = memoryview(len(answered).to_bytes(_LENGTH, "big") + answered)
            while view:
                view = view[os.write(said, view) :]
        status = 0
    except (KeyboardInterrupt, OSError):
        pass  # the parent hears of it, too, or is no more
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def _answers(children: dict[int, int]) -> Iterator[tuple[int, bool, Any]]:
    """Yield what the children say as it comes, until all have ended."""
    import pickle
    import selectors

    heard = dict.fromkeys(children, b"")
    with selectors.DefaultSelector() as listening:
        for answers in children:
            listening.register(answers, selectors.EVENT_READ)
        while listening.get_map():
            for key, _ in listening.select():
                part = os.read(key.fd, 1 << 20)
                if not part:
                    listening.unregister(key.fd)
                    continue
                heard[key.fd] += part
                while len(heard[key.fd]) >= _LENGTH:
                    length = int.from_bytes(heard[key.fd][:_LENGTH], "big")
                    if len(heard[key.fd]) < _LENGTH + length:
                        break
                    yield pickle.loads(heard[key.fd][_LENGTH : _LENGTH + length])
                    heard[key.fd] = heard[key.fd][_LENGTH + length :]
