"""The environment variables that private values may come from, as CI keeps its secrets."""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "CVTEX_PRIVATE_"
VARIABLES: Mapping[str, tuple[str, ...]] = {
    f"{PREFIX}PHONE": ("basics", "phone"),
    f"{PREFIX}EMAIL": ("basics", "email"),
    f"{PREFIX}ADDRESS": ("basics", "location", "address"),
}
"""Each variable, and the place in the data that its value is laid over."""
