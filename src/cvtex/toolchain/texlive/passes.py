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
from cvtex.toolchain.texlive import ahead, document, formats

MOST = 5
RERUN = re.compile(r"Rerun to get|may have changed\. Rerun|\(re\)run", re.IGNORECASE)

FIRST_AUX = b"\\relax \n\\gdef \\@abspage@last{1}\n"
"""What latexmk starts a new document with; LaTeX sees the same first pass in both ways."""

_MOST_SEEDS = 8
_MOST_LINES = 100
_NUMBER = re.compile(rb"\{([0-9]{1,6})(?=\}$|<)")
_SECTION = re.compile(r"\\(?:cv)?(?:sub)*section\*?\s*\{([^\n]*)\}")

Seeds = dict[str, list[list[int]]]
"""The `.aux` files of finished documents as numbers (`understood`), by `titles`."""

# What LaTeX, hyperref and lastpage write into every `.aux` file, {N} for the one number in it.
LINES = (
    rb"\relax ",
    rb"\gdef \@abspage@last{N}",
    rb"\providecommand\hyper@newdestlabel[2]{}",
    rb"\providecommand*\HyPL@Entry[1]{}",
    rb"\HyPL@Entry{N<</S/D>>}",
    rb"\providecommand\HyField@AuxAddToFields[1]{}",
    rb"\providecommand\HyField@AuxAddToCoFields[2]{}",
    rb"\providecommand\HyperFirstAtBeginDocument{\AtBeginDocument}",
    rb"\HyperFirstAtBeginDocument{\ifx\hyper@anchor\@undefined",
    rb"\global\let\oldnewlabel\newlabel",
    rb"\gdef\newlabel#1#2{\newlabelxx{#1}#2}",
    rb"\gdef\newlabelxx#1#2#3#4#5#6{\oldnewlabel{#1}{{#2}{#3}}}",
    rb"\AtEndDocument{\ifx\hyper@anchor\@undefined",
    rb"\let\newlabel\oldnewlabel",
    rb"\fi}",
    rb"\global\let\hyper@last\relax ",
    rb"\gdef\HyperFirstAtBeginDocument#1{#1}",
)


def until_settled(folder: Path, engine_pass: Callable[[int], Outcome]) -> Outcome:
    """Run passes (`one` gets their number) until nothing changes that the next would read.

    Returns the last one's outcome, not `ok` where they do not come to rest.
    """
    before = state(folder)
    for number in range(1, MOST + 1):
        result = engine_pass(number)
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
    preamble = document.split(tex)
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
            if news is not seeds or not entry.is_dir():
                entry.mkdir(exist_ok=True)
                cache.save(entry, {"label": f"{program.name}, first guesses", "seeds": news})
                cache.prune()
    return result


def is_known(program: Path, folder: Path, preamble: str) -> bool:
    """Tell whether a document of this preamble, with the theme's files in `folder`, was
    finished by this user before."""
    return cache.is_ours() and cache.load(_entry(program, folder, preamble)) is not None


def _entry(program: Path, folder: Path, preamble: str) -> Path:
    return cache.root() / formats.key(program, preamble, document.own_files(folder))


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
    """Give a new document the `.aux` file of a finished one alike, a guess that a pass verifies.

    Tells whether it was that. Raises OSError.
    """
    aux = folder / f"{JOB}.aux"
    if aux.exists():
        return False
    guess = written(seeds.get(titles(tex), []))
    aux.write_bytes(guess or FIRST_AUX)
    return bool(guess)


def learnt(seeds: Seeds, tex: str, left: dict[str, bytes]) -> Seeds:
    """Return the seeds with what a finished document left; the same ones if that is no news.

    Only a file that cvtex can write itself is kept: nothing that TeX wrote, and so no
    document, reaches another one.
    """
    guess = understood(left.get(f"{JOB}.aux", b"")) if len(left) == 1 else None
    if not guess or seeds.get(titles(tex)) == guess:
        return seeds
    return dict(list({**seeds, titles(tex): guess}.items())[-_MOST_SEEDS:])


def understood(aux: bytes) -> list[list[int]] | None:
    """Return an `.aux` file as numbers: which of `LINES` each line is, and the number in it.

    None for a file that has any other line.
    """
    *lines, rest = aux.split(b"\n")
    if rest or len(lines) > _MOST_LINES:
        return None
    found: list[list[int]] = []
    for line in lines:
        bare = _NUMBER.sub(b"{N", line)
        if bare not in LINES:
            return None
        number = _NUMBER.search(line)
        found.append([LINES.index(bare), int(number[1]) if number else 0])
    return found


def written(seed: list[list[int]]) -> bytes:
    """Return the `.aux` file of which these are the numbers; empty where they are none."""
    try:
        lines = [LINES[line].replace(b"{N", b"{%d" % number) for line, number in seed]
    except (TypeError, ValueError, IndexError):
        return b""
    return b"".join(line + b"\n" for line in lines)


def titles(tex: str) -> str:
    """Return what stands for a document's section titles, which its bookmarks are made of."""
    return hashlib.sha256("\n".join(_SECTION.findall(tex)).encode()).hexdigest()[:16]
