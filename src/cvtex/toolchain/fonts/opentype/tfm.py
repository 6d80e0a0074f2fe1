"""TeX font metrics (`.tfm`): what TeX reads of a font (the format: `tftopl.web`, §8 to §26)."""

from __future__ import annotations

import itertools
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence

from cvtex.records import dataclass, field

MOST_WORDS = 32767
"""Words of a whole file; kerns beyond that are left out, those of the last characters first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """A character's measures in thousandths of the type size."""

    width: int
    height: int = 0
    depth: int = 0
    italic: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """A font as TeX sees it; all lengths in thousandths of the type size.

    `kerns` and `ligatures` say, by the first and the second character's code, what goes
    between them, or the code of what stands for both. `parameters` are TeX's `fontdimen`,
    the first of them the slant (a ratio, times 1000).
    """

    characters: Mapping[int, Character]
    kerns: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    ligatures: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    parameters: Sequence[int] = ()


def write(font: Metrics) -> bytes:
    """Return the file."""
    chars = font.characters
    first, last = min(chars), max(chars)
    widths = _table((c.width for c in chars.values()), 255)
    heights = _table((c.height for c in chars.values()), 15)
    depths = _table((c.depth for c in chars.values()), 15)
    italics = _table((c.italic for c in chars.values()), 63)
    fixed = 6 + 2 + (last - first + 1) + len(font.parameters)
    fixed += sum(len(set(table.values())) + 1 for table in (widths, heights, depths, italics))
    steps, starts, kerns = _program(font, MOST_WORDS - fixed)
    lists = [_values(table) for table in (widths, heights, depths, italics)]
    index = [{value: i for i, value in enumerate(values)} for values in lists]
    info = bytearray()
    for code in range(first, last + 1):
        c = chars.get(code)
        if c is None:
            info += bytes(4)
            continue
        w, h, d, i = (
            ids[table[value]] if value or ids is index[0] else 0
            for ids, table, value in zip(
                index,
                (widths, heights, depths, italics),
                (c.width, c.height, c.depth, c.italic),
                strict=True,
            )
        )
        start = starts.get(code)
        info += bytes((w, h << 4 | d, i << 2 | (start is not None), start or 0))
    body = b"".join(
        (
            bytes(info),
            *(_words(values) for values in lists),
            b"".join(steps),
            _words(kerns),
            _words(font.parameters),
        )
    )
    header = struct.pack(">II", zlib.crc32(body), 10 << 20)
    counts = (2, first, last, *map(len, lists), len(steps), len(kerns), 0, len(font.parameters))
    total = 6 + (len(header) + len(body)) // 4
    return struct.pack(">12H", total, *counts) + header + body


def _table(values: Iterable[int], most: int) -> dict[int, int]:
    """Return, for each value, the one that stands for it: not more than `most` in all."""
    wanted = sorted(set(values))
    slope = 0
    while True:
        found: dict[int, int] = {}
        groups: list[list[int]] = []
        for value in wanted:
            if groups and value - groups[-1][0] <= slope:
                groups[-1].append(value)
            else:
                groups.append([value])
        if len(groups) <= most:
            break
        slope = max(1, slope * 5 // 4 + 1)
    for group in groups:
        middle = (group[0] + group[-1]) // 2
        found |= dict.fromkeys(group, middle)
    return found


def _values(table: Mapping[int, int]) -> list[int]:
    """Return a table's values as they stand in the file; the first is always nothing."""
    return [0, *sorted(set(table.values()))]


def _words(values: Iterable[int]) -> bytes:
    """Return numbers as TeX's fix words: of a thousandth, in 2^-20."""
    return b"".join(struct.pack(">i", round(value * (1 << 20) / 1000)) for value in values)


_STOP = 128


def _program(font: Metrics, room: int) -> tuple[list[bytes], dict[int, int], list[int]]:
    """Return the steps of ligatures and kerns, where each character's begin, and the kerns.

    Characters of the same steps share them. Where one begins beyond what a byte can
    tell, a step at the start leads there.
    """
    runs: dict[tuple[tuple[int, int, int], ...], list[int]] = {}
    kerns: dict[int, int] = {}
    spent = 0
    for code in sorted(font.characters):
        known = len(kerns)
        ligatures = font.ligatures.get(code, {})
        steps = [(after, 0, ligature) for after, ligature in sorted(ligatures.items())]
        for after, kern in sorted(font.kerns.get(code, {}).items()):
            if kern and after not in ligatures and after in font.characters:
                number = kerns.setdefault(kern, len(kerns))
                steps.append((after, 128 + (number >> 8), number & 255))
        run = tuple(steps)
        if not run:
            continue
        if run not in runs:
            spent += len(run)
            if spent + len(kerns) + len(font.characters) > room:
                kerns = dict(itertools.islice(kerns.items(), known))
                break
        runs.setdefault(run, []).append(code)
    leads = len(runs)  # one for each run, in the order of the runs
    starts: dict[int, int] = {}
    body: list[bytes] = []
    heads: list[bytes] = []
    for number, (run, codes) in enumerate(runs.items()):
        where = leads + len(body)
        heads.append(bytes((254, 0, where >> 8, where & 255)))
        starts |= dict.fromkeys(codes, number)
        body += [
            bytes((_STOP if step is run[-1] else 0, step[0], step[1], step[2])) for step in run
        ]
    return [*heads, *body], starts, list(kerns)
