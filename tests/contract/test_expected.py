"""What the contract asks of a PDF, as it was when somebody last read it.

The contract's tests are as good as what they expect: less of it would pass unseen. `pytest --renew
tests/contract/test_expected.py` writes it anew, and the difference is read before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cvtex.contract import data, expected
from cvtex.contract.samples import samples
from cvtex.contract.wanted import Wanted
from prepared import prepare
from shared import ROOT

GOLDEN = ROOT / "tests" / "expected" / "contract"
CASES = {
    "full": ("full", "classic", ()),
    "full-german": ("full", "classic", ("meta.language=de",)),
    "long": ("long", "jake", ()),
    "scholar": ("scholar", "academic", ()),
    "scholar-apa": ("scholar", "moderncv", ("meta.publications.style=apa",)),
    "smallest": ("smallest", "classic", ()),
}


def shown(wanted: Wanted, indent: str = "  ") -> Iterator[str]:
    """Yield the lines that show what is wanted of a record."""
    yield f"{indent}- {' | '.join(wanted.values)}"
    for name in ("ranges", "heads"):
        if values := getattr(wanted, name):
            yield f"{indent}  {name}: {' | '.join(values)}"
    if wanted.bullet:
        yield f"{indent}  bullet: {wanted.bullet}"
    for role in wanted.roles:
        yield from shown(role, indent + "    ")


@pytest.mark.parametrize("name", CASES)
def test_as_much_is_expected_as_was(name: str, renew: bool) -> None:
    sample, theme, overrides = CASES[name]
    path = samples() / f"{sample}.yaml"
    asked = expected.of(data.read(path, overrides), prepare(path, theme, overrides).set_by)
    lines = []
    for title, records in asked.sections:
        lines += [title, *(line for record in records for line in shown(record))]
    lines += ["links:", *(f"  {link}" for link in sorted(asked.links))]
    beside = (word for word in asked.explained if not re.fullmatch(r"\d+/\d+", word))
    lines += ["explained, but for numbers of pages:", f"  {' '.join(sorted(beside))}", ""]
    text = "\n".join(lines)
    golden = GOLDEN / f"{name}.txt"
    if renew:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text("utf-8")
