"""The plan of the code: who may import whom, who prints, who uses clock and network."""

from __future__ import annotations

import ast
import dataclasses
import functools
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mapper"

FLOORS = {
    0: ("errors", "model", "version"),
    1: ("dates", "files", "gazetteer", "geodesy", "lexicon", "text"),
    2: (
        "geocode",
        "measure",
        "order",
        "read",
        "recognize",
        "render",
        "resolve",
        "tripfile",
        "visits",
    ),
    3: ("pipeline", "plugins"),
    4: ("batch", "evaluate", "export", "locate", "report", "train"),
    5: ("__main__", "cli"),
}
FLOOR_OF = {part: floor for floor, parts in FLOORS.items() for part in parts}
# The front door shows what the rooms hold.
FRONT_DOOR = {"errors", "model", "pipeline", "version"}
# Neighbours on one floor that may lean on one another, this way and not back.
NEIGHBOURS = {
    ("gazetteer", "geodesy"),
    ("dates", "text"),
    ("pipeline", "plugins"),
    ("train", "evaluate"),
    ("__main__", "cli"),
}
# The only arrows upward: an itinerary shows itself.
UPWARD = {
    ("model", "render", f"Itinerary.{method}")
    for method in ("save", "to_geojson", "folium_map", "_repr_html_")
}

NETWORK = re.compile(
    r"(socket|ssl|http|urllib\.request|urllib3|requests|httpx|aiohttp|ftplib|smtplib)(\.|$)"
)
CHANCE = re.compile(r"(random|secrets|uuid|numpy\.random)(\.|$)")
CLOCK = re.compile(
    r"(.*\.)?(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime|ctime|strftime|asctime)"
)
PRINTING = re.compile(r"print|pprint|click\.(echo|secho)|sys\.(stdout|stderr)\..*")

TOP_LEVEL = {
    *(".build", ".ci", ".gitignore"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE", "README.md"),
    *("mapper", "output", "pyproject.toml", "requirements.lock", "seeds", "tests"),
}
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|tmp|opt|home/\w+|Users/\w+)/\w")
DOWNLOAD_ADDRESS = re.compile(r"registry\.npm|pypi\.org|pythonhosted|--(extra-)?index-url")
# People and places of the seed article; rules that knew them would prove nothing.
SEED_NAMES = re.compile(r"\b(Vladivostok|Knevichi|Komsomolsk|Vostochny|Kim|Shoigu|Putin)\b")


@dataclasses.dataclass(frozen=True)
class Import:
    """An import statement: the module it names and the function it stands in."""

    target: str
    inside: str
    only_for_types: bool


@dataclasses.dataclass(frozen=True)
class Module:
    """A module of the package, parsed."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def part(self) -> str:
        """The module or folder right under `mapper` that this belongs to."""
        return [*self.name.split("."), ""][1]

    @property
    def floor(self) -> int:
        """The floor of that part; the package's own front door is above all."""
        return FLOOR_OF[self.part] if self.part else 6


@functools.cache
def modules() -> tuple[Module, ...]:
    """All modules of the package."""
    return tuple(
        Module(_name(path), path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def imports(module: Module) -> tuple[Import, ...]:
    """All imports of a module, those inside functions too."""
    return tuple(_imports(module, module.tree, "", False))


def _imports(module: Module, node: ast.AST, inside: str, typed: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from (Import(name.name, inside, typed) for name in names)
            case ast.ImportFrom():
                yield from (Import(name, inside, typed) for name in _named(module, child))
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield from _imports(module, child, f"{inside}.{name}".lstrip("."), typed)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _imports(module, child, inside, True)
            case _:
                yield from _imports(module, child, inside, typed)


def _named(module: Module, statement: ast.ImportFrom) -> set[str]:
    """Return the modules that ``from x import y`` names: x.y where that is one, else x."""
    base = statement.module or ""
    if statement.level:
        package = module.name.split(".")
        keep = len(package) - statement.level + (module.path.name == "__init__.py")
        base = ".".join([*package[:keep], *filter(None, [base])])
    known = {known.name for known in modules()}
    names = {f"{base}.{alias.name}" for alias in statement.names}
    return {name if name in known or not base.startswith("mapper") else base for name in names}


def calls(module: Module) -> Iterator[str]:
    """Yield the dotted names of all that a module calls."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield ast.unparse(node.func)


def each_module() -> pytest.MarkDecorator:
    """Run a test once for each module of the package."""
    return pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


@each_module()
def test_module_has_a_floor(module: Module) -> None:
    """A new part of the package is put on a floor before it is used."""
    assert not module.part or module.part in FLOOR_OF


@each_module()
def test_imports_point_downwards(module: Module) -> None:
    """A part imports from lower floors only, and a stage never another stage."""
    wrong = [entry for entry in imports(module) if not _allowed(module, entry)]
    assert wrong == []


def _allowed(module: Module, entry: Import) -> bool:
    if not re.match(r"mapper(\.|$)", entry.target):
        return True
    here, there = module.part, [*entry.target.split("."), ""][1]
    if not here:
        return there in FRONT_DOOR
    if here == there or (here, there) in NEIGHBOURS or (here, there, entry.inside) in UPWARD:
        return True
    return bool(there) and FLOOR_OF[there] < FLOOR_OF[here]


def test_no_import_cycles() -> None:
    """The modules can be put in an order in which each needs only those before it."""
    upward = {inside for _, _, inside in UPWARD}
    graph = {
        module.name: {
            entry.target
            for entry in imports(module)
            if entry.target.startswith("mapper")
            and not entry.only_for_types
            and not (module.name == "mapper.model" and entry.inside in upward)
        }
        for module in modules()
    }
    tuple(graphlib.TopologicalSorter(graph).static_order())


def _loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter loads for a statement."""
    program = f"""
import sys
before = set(sys.modules)
try:
    {statement}
except SystemExit:
    pass
print("loaded:", *{{name.partition(".")[0] for name in set(sys.modules) - before}})
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_model_needs_the_standard_library_alone() -> None:
    """`import mapper.model` loads no third-party module."""
    loaded = _loaded_by("import mapper.model")
    assert loaded - set(sys.stdlib_module_names) == {"mapper"}


def test_help_loads_nothing_heavy() -> None:
    """`mapper --help` answers without folium, shapely, numpy or dateparser."""
    loaded = _loaded_by("from mapper.cli import main; main(['--help'])")
    assert "click" in loaded
    assert loaded.isdisjoint({"folium", "shapely", "numpy", "dateparser", "jinja2", "requests"})


@each_module()
def test_only_the_command_line_prints(module: Module) -> None:
    """Below the command line nothing writes to the terminal."""
    printed = [name for name in calls(module) if PRINTING.fullmatch(name)]
    assert module.part in ("cli", "__main__") or printed == []


@each_module()
def test_only_read_and_geocode_may_use_the_network(module: Module) -> None:
    """Offline is the default, and only two stages can be asked to leave it."""
    found = [entry.target for entry in imports(module) if NETWORK.match(entry.target)]
    assert module.part in ("geocode", "read") or found == []


@each_module()
def test_no_clock_below_the_command_line(module: Module) -> None:
    """Dates come in as arguments."""
    found = [name for name in calls(module) if CLOCK.fullmatch(name)]
    assert module.part in ("cli", "__main__") or found == []


@each_module()
def test_nothing_is_left_to_chance(module: Module) -> None:
    """The same input gives the same bytes, so nothing is drawn at random."""
    assert [entry.target for entry in imports(module) if CHANCE.match(entry.target)] == []


@each_module()
def test_public_names_are_listed_in_order(module: Module) -> None:
    """`__all__` is sorted (constants, classes, the rest) and names what the module has."""
    listed = _listed(module)
    assert listed == sorted(set(listed), key=_rank)
    assert set(listed) <= _defined(module)


def _listed(module: Module) -> list[str]:
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def _rank(name: str) -> tuple[bool, bool, str]:
    return (not name.isupper(), not name[0].isupper(), name)


def _defined(module: Module) -> set[str]:
    names = {path.stem for path in module.path.parent.iterdir() if module.path.stem == "__init__"}
    for node in ast.walk(module.tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.alias(name=name, asname=asname):
                names.add(asname or name)
    return names


@each_module()
def test_public_names_are_explained(module: Module) -> None:
    """Every public function and class, and every public method of one, has a docstring."""
    assert [name for name, node in _public(module) if not ast.get_docstring(node)] == []


def _public(module: Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    listed = set(_listed(module))
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in listed:
            yield node.name, node
            yield from _methods(node)


def _methods(node: ast.FunctionDef | ast.ClassDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    for inner in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
            yield f"{node.name}.{inner.name}", inner


def test_front_door_lists_the_public_nouns() -> None:
    """All that `mapper.__all__` promises is there."""
    import mapper

    assert {"Itinerary", "map_text"} <= set(mapper.__all__)
    assert [name for name in mapper.__all__ if not hasattr(mapper, name)] == []


@functools.cache
def _tracked() -> tuple[Path, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def test_top_level_is_as_planned() -> None:
    """A listing of the project shows what it is and no odds and ends."""
    assert {path.relative_to(ROOT).parts[0] for path in _tracked()} <= TOP_LEVEL


def test_built_data_is_not_committed() -> None:
    """Nothing that the build makes is in the repository, the example page excepted."""
    made = (PACKAGE / "gazetteer/data", PACKAGE / "render/assets")
    found = [path for path in _tracked() for folder in made if path.is_relative_to(folder)]
    assert found == []


def _holding(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    hits = (
        (path.relative_to(ROOT).as_posix(), pattern.search(_text(path)))
        for path in _tracked()
        if path != Path(__file__)
    )
    return [(name, hit[0]) for name, hit in hits if hit]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def test_no_file_names_a_machine() -> None:
    """Paths of somebody's machine are in no file."""
    assert _holding(MACHINE_PATH) == []


def test_no_file_says_where_packages_are_downloaded() -> None:
    """Lock files pin contents; whoever builds chooses the registry."""
    assert _holding(DOWNLOAD_ADDRESS) == []


@each_module()
def test_no_rule_knows_the_seed_article(module: Module) -> None:
    """No name of the example stands in the code."""
    assert SEED_NAMES.findall(module.path.read_text(encoding="utf-8")) == []
