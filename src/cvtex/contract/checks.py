"""What is wrong with a sample's PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cvtex.contract.poppler import addresses, font_faults
from cvtex.contract.samples import Sample
from cvtex.contract.wanted import Expected
from cvtex.contract.words import joined, squeeze, unexplained
from cvtex.toolchain.messages.log import read

LEAST_OVERFULL = 2  # points; what is less is not seen
MOST_SHOWN = 5


def faults(sample: Sample, layout: bool = True) -> Iterator[str]:
    """Yield what is wrong with a sample; with `layout` also as a reader sorts it by place."""
    expected = sample.expected
    stream = "\n".join(sample.pages)
    for layer in (stream, sample.layout)[: 1 + layout]:
        yield from _problem("not in the text", lost(expected, layer))
        extra = dict.fromkeys(unexplained(layer, expected))
        glued = joined(expected.values).intersection(map(squeeze, extra))
        # Spaces narrower than the font has them, as type of another size inherits them
        together = [word for word in extra if squeeze(word) in glued]
        yield from _problem("words without a space between them", together)
        strange = [word for word in extra if squeeze(word) not in glued]
        yield from _problem("neither in the data nor in furniture()", strange)
    yield from _problem("out of order", disordered(expected, squeeze(stream)))
    yield from _problem("below its own bullets", headless(expected, squeeze(stream)))
    if not squeeze(stream).startswith(squeeze(expected.name)):
        yield "the name is not what is read first"
    yield from _problem("dates that are not in the text", lost_dates(expected, stream))
    yield from _problem("broken over lines", broken_dates(expected, stream))
    for reader, sorted_text in sample.by_place.items():
        found = displaced(stream, sorted_text)
        yield from _problem(f"not read by the line ({reader})", found)
    titles = {squeeze(title) for title, _ in expected.sections[1:]}
    for page in sample.pages:
        lines = [line for line in page.splitlines() if line.strip()]
        if lines and squeeze(lines[-1]) in titles:
            yield f"a page ends with a section's title: {lines[-1].strip()}"
    there = addresses(sample.pdf)
    if there is not None:
        yield from _problem("not linked", sorted(expected.links - there))
        yield from _problem("linked, but not in the data", sorted(there - expected.links))
    yield from _problem("fonts", font_faults(sample.pdf))
    yield from _problem("no PDF/UA (cvmarks.sty)", sample.unmarked)
    wide = sorted({size for size in overfull(sample.log) if size > LEAST_OVERFULL}, reverse=True)
    near = near_overfull(sample.log)
    said = [f"{size} at “{near[size]}”" if near.get(size) else str(size) for size in wide]
    yield from _problem("boxes that are too full, by points", said)
    yield from _problem(
        "weights in theme.py leaves out what it sets (say weights = None)", unmade(sample)
    )
    absent = re.findall(r"^Missing character: There is no (.+?) in font", sample.log, re.M)
    yield from _problem("not in the font", dict.fromkeys(absent))


def lost(expected: Expected, layer: str) -> list[str]:
    """Return what the data hold, and a text does not."""
    squeezed = squeeze(layer)
    return [value for value in expected.values if squeeze(value) not in squeezed]


def headless(expected: Expected, layer: str) -> Iterator[str]:
    """Yield the head of each record and position that is read after its own first bullet."""
    for record in expected.records():
        starts = [layer.find(squeeze(head)) for head in record.heads]
        last = layer.rfind(squeeze(record.bullet)) if record.bullet else -1
        if starts and -1 < last < min(starts):
            yield record.heads[0]


def disordered(expected: Expected, layer: str) -> list[str]:
    """Return titles and records that do not follow the one before them, as the data have it;
    where columns are balanced, records that do not within their section."""
    found, place = [], 0
    for title, records in expected.sections:
        place = 0 if expected.balanced else place
        start = layer.find(squeeze(title), place)
        if start < 0:
            found.append(title)
            continue
        place = start
        for record in records:
            there = [value for value in map(squeeze, record.values) if value in layer]
            starts = [layer.find(value, place) for value in there]
            if any(start < 0 for start in starts):
                found.append(record.values[0])
            else:
                place = max(place, min(starts, default=place))
    return found


def displaced(stream: str, by_place: str) -> list[str]:
    """Return where a text sorted by place first differs from that in the order of the file."""
    if squeeze(stream) == squeeze(by_place):
        return []
    words, others = stream.split(), by_place.split()
    pairs = enumerate(zip(words, others, strict=False))
    shorter = min(len(words), len(others))
    first = next((n for n, (word, other) in pairs if word != other), shorter)
    shown = (" ".join(part[max(first - 2, 0) : first + 3]) for part in (words, others))
    return [" where the file has ".join(f'"{part}"' for part in reversed([*shown]))]


def lost_dates(expected: Expected, stream: str) -> list[str]:
    """Return the ranges of dates of records that are nowhere in the text."""
    layer = squeeze(stream)
    ranges = dict.fromkeys(dates for record in expected.records() for dates in record.ranges)
    return [dates for dates in ranges if squeeze(dates) not in layer]


def broken_dates(expected: Expected, stream: str) -> list[str]:
    """Return the ranges of dates that are there, but on no line of their own."""
    lines = [squeeze(line) for line in stream.splitlines()]
    whole = "".join(lines)
    ranges = dict.fromkeys(dates for record in expected.records() for dates in record.ranges)
    there = [(dates, squeeze(dates)) for dates in ranges if squeeze(dates) in whole]
    return [dates for dates, wanted in there if not any(wanted in line for line in lines)]


def unmade(sample: Sample) -> list[str]:
    """Return the series (`sb`) that a theme sets text in, and its face has, of which `weights`, its
    own or that of the theme it extends, has no font made."""
    made = getattr(sample.theme, "weights", None)
    if made is None:
        return []
    has = {weight[0] for family in sample.theme.typeface().families for weight in family.weights}  # type: ignore[attr-defined]
    asked = re.findall(r"Font shape `[^'\n]*/(\w+)/\w+' undefined", sample.log)
    return [series for series in dict.fromkeys(asked) if series in has and series not in made]


def overfull(log: str) -> list[float]:
    """Return by how many points each overfull box of a log is too wide or too high."""
    return [float(size) for size in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt", log)]


def near_overfull(log: str) -> dict[float, str]:
    """Return what each box that is too full ends with, as far as TeX shows it."""
    parts = re.split(r"^Overfull \\[hv]box \(([\d.]+)pt", log, flags=re.MULTILINE)
    found = {}
    for size, rest in zip(parts[1::2], parts[2::2], strict=True):
        for message in read(f"Overfull \\hbox ({size}pt{rest[:1000]}", folded=False)[:1]:
            found[float(size)] = message.near
    return found


def _problem(what: str, found: Iterable[str]) -> Iterator[str]:
    values = [" ".join(str(value).split()) for value in found]
    if values:
        more = f" and {len(values) - MOST_SHOWN} more" if len(values) > MOST_SHOWN else ""
        yield f"{what}: {'; '.join(values[:MOST_SHOWN])}{more}"
