"""What is wrong with a sample's PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cvtex.contract.expected import links, ranges, shown, squeeze, unexplained
from cvtex.contract.poppler import addresses, font_faults
from cvtex.contract.samples import Sample
from cvtex.latex import Theme, text
from cvtex.latex.render import sections
from cvtex.model import Date, Resume
from cvtex.toolchain.messages.log import read

LEAST_OVERFULL = 2  # points; what is less is not seen
MOST_SHOWN = 5
HEADS = ("name", "position", "organization", "institution", "study_type")
"""What a record begins with, of which one may stand below its text, but not all."""


def faults(sample: Sample, layout: bool = True) -> Iterator[str]:
    """Yield what is wrong with a sample; with `layout` also as a reader sorts it by place."""
    resume, theme = sample.resume, sample.theme
    stream = "\n".join(sample.pages)
    everything = list(shown(resume, theme))
    wanted = [title for title, _ in everything]
    wanted += [value for _, records in everything for record in records for value in record]
    for layer in (stream, sample.layout)[: 1 + layout]:
        squeezed = squeeze(layer)
        yield from _told("not in the text", [v for v in wanted if squeeze(v) not in squeezed])
        extra = dict.fromkeys(unexplained(layer, resume, theme))
        glued = joined(wanted).intersection(map(squeeze, extra))
        # Spaces narrower than the font has them, as type of another size inherits them
        together = [word for word in extra if squeeze(word) in glued]
        yield from _told("words without a space between them", together)
        strange = [word for word in extra if squeeze(word) not in glued]
        yield from _told("neither in the data nor in furniture()", strange)
    yield from _told("out of order", disordered(everything, squeeze(stream)))
    yield from _told("below its own bullets", headless(resume, theme, squeeze(stream)))
    if not squeeze(stream).startswith(squeeze(resume.basics.name)):
        yield "the name is not what is read first"
    yield from _told("dates that are not in the text", lost_dates(resume, theme, stream))
    yield from _told("broken over lines", broken_dates(resume, theme, stream))
    for reader, sorted_text in sample.by_place.items():
        found = displaced(stream, sorted_text)
        yield from _told(f"not read by the line ({reader})", found)
    titles = {squeeze(title) for title, _ in everything[1:]}
    for page in sample.pages:
        lines = [line for line in page.splitlines() if line.strip()]
        if lines and squeeze(lines[-1]) in titles:
            yield f"a page ends with a section's title: {lines[-1].strip()}"
    there = addresses(sample.pdf)
    if there is not None:
        wanted_links = links(resume, theme)
        yield from _told("not linked", sorted(wanted_links - there))
        yield from _told("linked, but not in the data", sorted(there - wanted_links))
    yield from _told("fonts", font_faults(sample.pdf))
    wide = sorted({size for size in overfull(sample.log) if size > LEAST_OVERFULL}, reverse=True)
    near = near_overfull(sample.log)
    said = [f"{size} at “{near[size]}”" if near.get(size) else str(size) for size in wide]
    yield from _told("boxes that are too full, by points", said)
    lost = re.findall(r"^Missing character: There is no (.+?) in font", sample.log, re.M)
    yield from _told("not in the font", dict.fromkeys(lost))


def joined(wanted: Iterable[str]) -> set[str]:
    """Return what two, three and four words of a value in a row are without their spaces."""
    found: set[str] = set()
    for value in wanted:
        words = [squeeze(word) for word in value.split()]
        for length in (2, 3, 4):
            rows = zip(*(words[start:] for start in range(length)), strict=False)
            found.update(map("".join, rows))
    return found


def headless(resume: Resume, theme: Theme, layer: str) -> Iterator[str]:
    """Yield the head of each record and position that is read after its own first bullet."""
    for section in sections(resume, theme.setting.words):
        for record in section.records:
            for one in (record, *getattr(record, "positions", ())):
                heads = [str(getattr(one, name, None) or "") for name in HEADS]
                starts = [layer.find(squeeze(head)) for head in heads if head]
                for bullet in getattr(one, "highlights", ())[:1]:
                    last = layer.rfind(squeeze(text.plain(bullet.text)))
                    if starts and -1 < last < min(starts):
                        yield next(filter(None, heads))


def disordered(everything: Sequence[tuple[str, list[list[str]]]], layer: str) -> list[str]:
    """Return titles and records that do not follow the one before them, as the data have it."""
    found, place = [], 0
    for title, records in everything:
        start = layer.find(squeeze(title), place)
        if start < 0:
            found.append(title)
            continue
        place = start
        for record in records:
            there = [value for value in map(squeeze, record) if value in layer]
            starts = [layer.find(value, place) for value in there]
            if any(start < 0 for start in starts):
                found.append(record[0])
            else:
                place = max(place, min(starts, default=place))
    return found


def displaced(stream: str, by_place: str) -> list[str]:
    """Return where a text sorted by place first differs from that in the order of the file."""
    if squeeze(stream) == squeeze(by_place):
        return []
    words, others = stream.split(), by_place.split()
    pairs = enumerate(zip(words, others, strict=False))
    first = next((n for n, (one, other) in pairs if one != other), min(len(words), len(others)))
    shown = (" ".join(part[max(first - 2, 0) : first + 3]) for part in (words, others))
    return [" where the file has ".join(f'"{part}"' for part in reversed([*shown]))]


def lost_dates(resume: Resume, theme: Theme, stream: str) -> list[str]:
    """Return the dates of records that are nowhere in the text."""
    layer = squeeze(stream)
    dates = {date for pair in ranges(resume, theme) for date in pair if date}
    said = [theme.date(date) for date in sorted(dates) if not date.is_present]
    return [date for date in said if squeeze(date) not in layer]


def broken_dates(resume: Resume, theme: Theme, stream: str) -> list[str]:
    """Return the ranges of dates that are there, but on no line of their own."""
    lines = [squeeze(line) for line in stream.splitlines()]
    whole = "".join(lines)
    found = []
    for start, end in ranges(resume, theme):
        ends = [theme.date(date) for date in (start, end or Date.PRESENT) if date]
        said = f" {theme.options.date_separator} ".join(dict.fromkeys(ends))
        wanted = squeeze(said)
        if wanted in whole and not any(wanted in line for line in lines):
            found.append(said)
    return found


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


def _told(what: str, found: Iterable[str]) -> Iterator[str]:
    values = [" ".join(str(value).split()) for value in found]
    if values:
        more = f" and {len(values) - MOST_SHOWN} more" if len(values) > MOST_SHOWN else ""
        yield f"{what}: {'; '.join(values[:MOST_SHOWN])}{more}"
