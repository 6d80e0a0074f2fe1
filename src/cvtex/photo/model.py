"""A picture that every engine takes, what can be wrong with one, and the bounds."""

from __future__ import annotations

from cvtex.records import dataclass

LARGEST = 32 * 2**20
"""Bytes of a file."""
MOST_PIXELS = 64_000_000
"""Pixels of a picture: more than most telephones take."""
SIDE = 1200
"""Pixels of the longer side that are kept: 600 dots per inch on 5 cm."""
AS_JPEG = "save it as JPEG or PNG"


class PhotoFault(ValueError):
    """What is wrong with a photo, to follow its name, and what helps."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that every engine takes; `suffix` is `.jpg`, `.png` or `.pdf`."""

    suffix: str
    data: bytes


def damaged() -> PhotoFault:
    """Return the fault of a file that no reader can read whole."""
    return PhotoFault("is damaged or cut short", "copy it once more, or save it anew")
