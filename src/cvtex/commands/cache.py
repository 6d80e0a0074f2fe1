"""`cvtex cache`: what is kept, precompiled or read."""

from __future__ import annotations

import json
import time

import click

from cvtex import store
from cvtex.commands import say
from cvtex.toolchain import cache


def show(form: str = "text") -> int:
    """Print every precompiled theme, the last used first, and how much room they take;
    then the same of what was read, and of all else. Sizes in JSON are bytes."""
    entries = cache.entries()
    rest = [place for place in cache.places() if place not in (cache.root(), store.root())]
    if form == "json":
        plain = {
            "formats": [{"name": e.label, "bytes": e.size, "used": round(e.used)} for e in entries],
            "limit": cache.LIMIT,
            "bibliographies": {"bytes": store.size()[1], "limit": store.LIMIT},
            "folders": [str(place) for place in (cache.root(), store.root(), *rest)],
        }
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return 0
    for entry in entries:
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.used))
        say(f"{entry.size / 1e6:6.1f} MB  {used}  {entry.label}")
    total = sum(entry.size for entry in entries)
    say(f"{total / 1e6:6.1f} MB of {cache.LIMIT / 1e6:.0f} in {cache.root()}")
    count, size = store.size()
    read = f"{count} bibliograph{'y' if count == 1 else 'ies'} as read"
    say(f"{size / 1e6:6.1f} MB of {store.LIMIT / 1e6:.0f} in {store.root()}: {read}")
    for place in rest:
        say(f"{cache.size(place) / 1e6:6.1f} MB in {place}")
    return 0


def clear() -> int:
    """Delete all of it, but a toolchain that was installed there."""
    freed = cache.clear()
    click.echo(f"{freed / 1e6:.1f} MB freed")
    return 0
