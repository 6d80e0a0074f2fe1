"""A colour profile of sRGB, written by the book: what PDF/A says colours of a screen mean.

ICC.1:2004-10 (version 4.2): a display profile of three matrix columns and one curve. The
numbers are those of IEC 61966-2-1, adapted to the profile's white (D50) by Bradford.
"""

from __future__ import annotations

import struct

NAME = "sRGB IEC61966-2.1"

_WHITE = (0.9642, 1.0, 0.8249)
_COLUMNS = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_ADAPTED = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def srgb() -> bytes:
    """Return the profile."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(_CURVE)
    elements = {
        b"desc": _text(NAME),
        b"cprt": _text("no copyright: facts of a standard"),
        b"wtpt": _xyz(_WHITE),
        b"chad": b"sf32" + bytes(4) + _fixed(_ADAPTED),
        **{name: _xyz(column) for name, column in _COLUMNS.items()},
        b"rTRC": curve,
    }
    table, body = b"", b""
    start = 128 + 4 + 12 * (len(elements) + 2)
    for name, element in elements.items():
        table += name + struct.pack(">II", start + len(body), len(element))
        if name == b"rTRC":  # one curve for all three
            table += b"".join(
                other + struct.pack(">II", start + len(body), len(element))
                for other in (b"gTRC", b"bTRC")
            )
        body += element + bytes(-len(element) % 4)
    size = start + len(body)
    header = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", 2004, 10, 1, 0, 0, 0) + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)
    header += _fixed(_WHITE)
    header += bytes(128 - len(header))
    return header + struct.pack(">I", len(elements) + 2) + table + body


def _fixed(numbers: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(numbers: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(numbers)


def _text(text: str) -> bytes:
    """Return a multi-localized text with one record."""
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
