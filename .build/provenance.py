"""Know what the built data was made from, and so whether it must be made again."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FILE = "PROVENANCE.json"
# What decides the bytes of the data, beside the packages.
OWN = (
    ".build/*.py",
    "mapper/gazetteer/*.py",
    "mapper/gazetteer/tables/*",
    "mapper/geodesy.py",
    "mapper/render/atlas.py",
    "mapper/render/compile.py",
)


def is_current(root: Path, home: Path, *folders: Path) -> bool:
    """Tell whether all files lie there undamaged, made from what would be taken today."""
    try:
        told = json.loads((root / home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(told == _record(root, root, home, *folders))


def write(root: Path, made: Path, home: Path, *folders: Path) -> None:
    """Write down what the files in `home` and `folders` below `made` were made from."""
    record = _record(root, made, home, *folders)
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (made / home / FILE).write_text(text, encoding="utf-8", newline="\n")


def _record(root: Path, made: Path, *folders: Path) -> dict[str, Any]:
    return {
        "npm": _locked(root / ".build/package-lock.json"),
        "python": _pinned(root / "pyproject.toml"),
        "own": _hashes(root, OWN),
        "made": _hashes(made, [f"{folder.as_posix()}/*" for folder in folders]),
    }


def _locked(lock: Path) -> dict[str, dict[str, str]]:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {
        path.removeprefix("node_modules/"): {
            key: package[key] for key in ("version", "license", "integrity")
        }
        for path, package in packages.items()
        if path
    }


def _pinned(pyproject: Path) -> list[str]:
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    return [str(requirement) for requirement in settings["build-system"]["requires"]]


def _hashes(root: Path, patterns: Iterable[str]) -> dict[str, str]:
    files = sorted(path for pattern in patterns for path in root.glob(pattern))
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and path.name != FILE
    }
