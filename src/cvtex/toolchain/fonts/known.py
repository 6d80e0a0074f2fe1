"""The typefaces that TeX does not have, as they are here: which characters each has, and what
brings it."""

from __future__ import annotations

from collections.abc import Mapping

from cvtex.latex.typefaces import CARRIED, TYPEFACES
from cvtex.records import dataclass
from cvtex.toolchain.fonts.files import coverage
from cvtex.toolchain.fonts.sources import SOURCES, find

SAMPLES: Mapping[str, str] = {
    "Western and Central European": "ÀÅÆÇÐÑØßþąčďęğłńőřşťůžĶķŅņāīș€–„”•",
    "Vietnamese": "ĂĐƠƯạấầẩẫậắằẳẵặẹếềểễệỉịọốồổỗộớờởỡợụứừửữựỳỵỷỹ",
    "Greek": "ΑΒΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρστυφχψωάέήίόύώς",
    "Cyrillic": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяёєіїђљњћџ",
}
"""What a face of a script must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A face: whether all its files are here, the scripts that each of them has, those that its
    upright fonts alone have, and what brings it."""

    name: str
    here: bool
    covers: tuple[str, ...] = ()
    upright: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """The state in words."""
        if not self.here:
            return f"not here: {', or '.join(self.commands)}"
        alone = [f"{script} (upright)" for script in self.upright]
        return ", ".join((*self.covers, *alone))


def state(name: str) -> State:
    """Return how one of the carried faces is here."""
    family = TYPEFACES[name].family  # type: ignore[index]
    assert family
    commands = tuple(source.command for source in SOURCES[name])
    found = {file: find(name, file) for file in family.files}
    if not all(found.values()):
        return State(name=name, here=False, commands=commands)
    codes = {file: coverage(path) for file, path in found.items() if path}
    slanted = {family.italic, family.bold_italic, *(italic for *_, italic in family.weights)}
    covers, upright = [], []
    for script, letters in SAMPLES.items():
        having = {file for file, have in codes.items() if have.issuperset(map(ord, letters))}
        if having == set(codes):
            covers.append(script)
        elif having and having >= codes.keys() - slanted:
            upright.append(script)
    return State(
        name=name, here=True, covers=tuple(covers), upright=tuple(upright), commands=commands
    )


def states() -> tuple[State, ...]:
    """Return how each of the carried faces is here, in the order of the option's words."""
    return tuple(state(name) for name in TYPEFACES if name in CARRIED)
