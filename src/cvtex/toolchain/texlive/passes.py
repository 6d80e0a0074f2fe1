r"""As many passes as a document needs, and no more: what decides whether another one follows.

A pass reads what the one before wrote (`.aux`, `.out`, …). Where that is what the pass
itself writes, the document is finished; so a good guess of those files makes one pass
enough, and a wrong one costs nothing but the pass that was needed anyway.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cvtex.toolchain import cache, outcome
from cvtex.toolchain.model import JOB, Outcome
from cvtex.toolchain.texlive import ahead, formats

MOST = 5
RERUN = re.compile(r"Rerun to get|may have changed\. Rerun|\(re\)run", re.IGNORECASE)

FIRST_AUX = b"\\relax \n\\gdef \\@abspage@last{1}\n"
"""What latexmk starts a new document with; LaTeX sees the same first pass in both ways."""

_MOST_SEEDS = 8
_LARGEST_SEED = 65536  # bytes
_SECTION = re.compile(r"\\(?:cv)?(?:sub)*section\*?\s*\{([^\n]*)\}")

Seeds = dict[str, dict[str, str]]
"""The `.aux` and `.out` files of finished documents, by `titles`."""


def until_settled(folder: Path, one: Callable[[int], Outcome]) -> Outcome:
    """Run passes (`one` gets their number) until nothing changes that the next would read.

    Returns the last one's outcome, not `ok` where they do not come to rest.
    """
    before = state(folder)
    for number in range(1, MOST + 1):
        result = one(number)
        if not result.ok:
            return result
        after = state(folder)
        if after == before and not (number == 1 and RERUN.search(result.log)):
            return result
        before = after
    return replace(result, ok=False, reason="it does not settle")


def guessing(
    program: Path, folder: Path, attempt: Callable[[], Outcome], *, again: bool = False
) -> Outcome:
    """Make an attempt to compile `folder/cv.tex`, with a guess of what its passes leave.

    What a finished document left is kept for those of the same preamble that follow.
    With `again`, what failed with a guess is tried without.
    Raises OSError and UnicodeError where the document cannot be read or a guess written.
    """
    tex = (folder / f"{JOB}.tex").read_text("utf-8")
    preamble = formats.split(tex)
    if preamble is None or not cache.is_ours():
        seed(folder, tex, {})
        return attempt()
    entry = _entry(program, folder, preamble)
    seeds: Seeds = (cache.load(entry) or {}).get("seeds", {})
    seeded = seed(folder, tex, seeds)
    result = attempt()
    if seeded and again and not result.ok and result.reason is None:
        outcome.forget(folder)
        return attempt()
    if result.ok and not seeded:
        news = learnt(seeds, tex, ahead.state(folder))  # Tectonic compares every byte
        with contextlib.suppress(OSError):
            if news is not seeds:
                entry.mkdir(exist_ok=True)
                cache.save(entry, {"label": f"{program.name}, first guesses", "seeds": news})
                cache.prune()
    return result


def is_known(program: Path, folder: Path, preamble: str) -> bool:
    """Tell whether a document of this preamble, with the theme's files in `folder`, was
    finished by this user before."""
    return cache.is_ours() and cache.load(_entry(program, folder, preamble)) is not None


def _entry(program: Path, folder: Path, preamble: str) -> Path:
    return cache.root() / formats.key(program, preamble, formats.own_files(folder))


def state(folder: Path) -> dict[str, bytes]:
    """Return what a run left for the next, of which only what is read."""
    found = ahead.state(folder)
    aux = found.get(f"{JOB}.aux")
    if aux is not None:
        # \@writefile does nothing where no such file is open (ltfiles).
        for ending in set(re.findall(rb"(?m)^\\@writefile\{(\w+)\}", aux)):
            if f"{JOB}.{ending.decode()}" not in found:
                aux = re.sub(rb"(?m)^\\@writefile\{%s\}.*\n" % ending, b"", aux)
        found[f"{JOB}.aux"] = aux
    return found


def seed(folder: Path, tex: str, seeds: Seeds) -> bool:
    """Give a new document the files of a finished one alike, a guess that a pass verifies.

    Tells whether it was that. Raises OSError.
    """
    if (folder / f"{JOB}.aux").exists():
        return False
    guess = seeds.get(titles(tex))
    for name, text in (guess or {}).items():
        (folder / name).write_text(text, encoding="latin-1", newline="")
    if not guess:
        (folder / f"{JOB}.aux").write_bytes(FIRST_AUX)
    return bool(guess)


def learnt(seeds: Seeds, tex: str, left: dict[str, bytes]) -> Seeds:
    """Return the seeds with what a finished document left; the same ones if that is no news."""
    guess = {name: data.decode("latin-1") for name, data in left.items()}
    known = seeds.get(titles(tex)) == guess
    if known or not guess or sum(map(len, left.values())) > _LARGEST_SEED:
        return seeds
    return dict(list({**seeds, titles(tex): guess}.items())[-_MOST_SEEDS:])


def titles(tex: str) -> str:
    """Return what stands for a document's section titles, which its bookmarks are made of."""
    return hashlib.sha256("\n".join(_SECTION.findall(tex)).encode()).hexdigest()[:16]
