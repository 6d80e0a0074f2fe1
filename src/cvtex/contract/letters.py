"""Whether a theme sets letters: two of them, read back and measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import source, toolchain
from cvtex.contract.checks import LEAST_OVERFULL, overfull
from cvtex.contract.poppler import boxes
from cvtex.contract.samples import EPOCH, samples
from cvtex.latex import printed
from cvtex.latex.letter import address
from cvtex.pdf import finish, locate
from cvtex.pipeline import manuscript, preparation
from cvtex.toolchains import engine_of

if TYPE_CHECKING:
    from cvtex.latex.themes import ThemeFolder
    from cvtex.model import Letter, Words
    from cvtex.toolchain import Toolchain

MILLIMETRE = 72 / 25.4
WINDOW = (20, 45, 105, 90)
"""The field of the address, in millimetres from the upper left corner (DIN 5008, form B)."""
NAMES = ("en", "de")
"""The letters of the sample, by their languages."""


def faults(
    name: str, engine: str, theme: ThemeFolder, chain: Toolchain, folder: Path
) -> Iterator[str]:
    """Build a letter of the sample in a folder, and yield what is wrong with it."""
    import dataclasses

    from cvtex import select

    file = samples() / "letter.yaml"
    project = source.find(file, public=False, environ={})
    reading = source.read(dataclasses.replace(project, letter=name))
    letter = reading.letter
    assert reading.resume and letter, reading.diagnostics
    sender = select.sender(reading.resume, letter, False)
    reading = dataclasses.replace(reading, resume=sender)
    written = manuscript.of(project, reading)
    assert written
    by = engine_of(engine)
    prepared, problems = preparation.prepare(
        written, theme, engine=by, available={by: chain.name}, trust=True
    )
    if prepared is None:
        yield f"the letter cannot be rendered: {'; '.join(p.message for p in problems)}"
        return
    for path, content in prepared.beside().items():
        (folder / path).write_bytes(content)
    (folder / "cv.tex").write_text(prepared.tex, encoding="utf-8")
    outcome = toolchain.compile(chain, by, folder, epoch=EPOCH)
    if not (outcome.ok and outcome.pdf):
        said = [message.text for message in outcome.messages if message.severity == "error"]
        yield f"no PDF of the letter: {outcome.reason or '; '.join(said[:2]) or 'TeX failed'}"
        return
    done = finish.finish(outcome.pdf.read_bytes(), prepared.facts, "archive", EPOCH)
    outcome.pdf.write_bytes(done.pdf)
    words = locate.reading_order(done.document, done.pages)
    groups = tuple(printed.groups(sender, (), prepared.set_by, reading.letter))
    lost = [value.text for value in locate.locate(words, groups).lost]
    yield from (f"not in the letter: {text}" for text in lost)
    yield from (f"the letter is no PDF/UA: {why}" for why in done.not_universal)
    wide = [size for size in overfull(outcome.log) if size > LEAST_OVERFULL]
    if wide:
        yield f"boxes of the letter that are too full, by points: {wide}"
    if prepared.set_by.options.paper != "letter":
        yield from outside(outcome.pdf, letter, prepared.set_by.setting.words)


def outside(pdf: Path, letter: Letter, words: Words) -> Iterator[str]:
    """Yield the lines of the address that are not in the window, and what else is in it.

    The upper 15 mm of the field may have what the sender's head has.
    """
    left, top, right, bottom = (side * MILLIMETRE for side in WINDOW)
    seen = [
        (word, y)
        for word, (x, y, end, low) in boxes(pdf)
        if x >= left and end <= right and y >= top and low <= bottom
    ]
    text = "".join(word for word, _ in seen)
    lines = [re.sub(r"\s", "", line) for line in address(letter, words)]
    yield from (f"not in the window of the envelope: {line}" for line in lines if line not in text)
    whole = "".join(lines)
    for word, y in seen:
        if y >= top + 15 * MILLIMETRE and word not in whole:
            yield f"in the window beside the address: {word}"


def tried(engines: Sequence[str]) -> list[tuple[str, str]]:
    """Return the letters and the engines that a theme is tried with."""
    return [(name, engine) for engine in engines[:1] for name in NAMES]
