"""Which characters stay, which go, and which are refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Severity
from cvtex.source.syntax.characters import normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain ASCII ~ \\ {}", "plain ASCII ~ \\ {}"),
        ("e\u0301", "é"),
        ("\u212b", "Å"),
        ("e\ufb03cient \ufb05", "efficient st"),
        ("a\tb\rc\vd\fe\x85f\u2028g\u2029h", "a b c d e f g h"),
        ("a\nb", "a\nb"),
        ("a\u2003b", "a b"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\u202fb\u2009c\u2212d", "a\u202fb\u2009c\u2212d"),
        ("Ελλάς, Žižek, 李明, \U0001f600", "Ελλάς, Žižek, 李明, \U0001f600"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "می‌خواهم"),
    ],
)
def test_silent(typed: str, kept: str) -> None:
    assert normalise(typed) == (kept, ())


@pytest.mark.parametrize(
    "character",
    [
        "\x01", "\x07", "\x1b", "\x7f", "\x9f", "\u00ad", "\u200b", "\u200e", "\u200f", "\u202a",
        "\u202c", "\u2060", "\u2066", "\u2069", "\ufe0f", "\ufeff", "\ufdd0", "\ufffe", "\ue000",
        "\U000f0000", "\U0001fffe",
    ],
)  # fmt: skip
def test_left_out_with_a_warning(character: str) -> None:
    text, [finding] = normalise(f"a{character}b")
    assert text == "ab"
    assert finding.severity is Severity.WARNING
    assert f"U+{ord(character):04X}" in finding.message


@pytest.mark.parametrize("character", ["\0", "\ufffd", "\ud800", "\udfff", "\u202d", "\u202e"])
def test_refused(character: str) -> None:
    _, [finding] = normalise(f"a{character}b")
    assert finding.severity is Severity.ERROR


def test_occurrences_are_counted_by_character() -> None:
    _, findings = normalise("\u200b\x07\u200b")
    assert [(f.character, f.occurrence) for f in findings] == [
        ("\u200b", 0),
        ("\x07", 0),
        ("\u200b", 1),
    ]


@given(st.text(st.characters()))
def test_nothing_harmful_is_left(text: str) -> None:
    kept, findings = normalise(text)
    assert unicodedata.is_normalized("NFC", kept)
    for character in kept:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs", "Co")
        assert character not in "\u00ad\u200b\u202e\ufeff\ufffd"
    assert normalise(kept) == (kept, ())
    if kept == text:
        assert not findings
