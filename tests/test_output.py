"""The example in `output/` is what the README's command writes today."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
EXAMPLE = TOP / "output" / "kim-in-russia-2023-09-16.html"
COMMAND = re.compile(r"\.venv/bin/mapper (map \S+ -o (\S+) --force)")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
# What the bytes of a page depend on.
DRAWING = ("branca", "folium", "geographiclib", "jinja2", "numpy", "shapely")


@pytest.fixture(scope="module")
def command() -> list[str]:
    """The arguments of the command that the README shows first."""
    found = COMMAND.search((TOP / "README.md").read_text(encoding="utf-8"))
    assert found, "the README shows no command that writes the example"
    assert TOP / found[2] == EXAMPLE
    return found[1].split()


def require_locked_versions() -> None:
    """Skip where other versions than the locked ones draw."""
    locked = dict(LOCKED.findall((TOP / "requirements.lock").read_text(encoding="utf-8")))
    for name in DRAWING:
        installed = importlib.metadata.version(name)
        if installed != locked[name]:
            pytest.skip(f"{name} is {installed}, the example was drawn with {locked[name]}")


def test_the_example_is_current(command: list[str], tmp_path: Path) -> None:
    """The README's command writes the committed page, byte for byte."""
    require_locked_versions()
    page = tmp_path / EXAMPLE.name
    arguments = [str(page) if part == f"output/{EXAMPLE.name}" else part for part in command]
    subprocess.run([sys.executable, "-m", "mapper", *arguments], cwd=TOP, check=True)
    assert page.read_bytes() == EXAMPLE.read_bytes()


def test_the_example_fits_into_a_mail() -> None:
    """A regional page with Leaflet and its base map inside stays under 300 kB."""
    assert EXAMPLE.stat().st_size < 300_000


def test_the_example_holds_no_path_of_a_machine() -> None:
    """Nothing in the page tells where it was made."""
    page = EXAMPLE.read_text(encoding="utf-8")
    assert str(TOP) not in page
    assert not re.search(r"[\"'(]/(?:home|root|tmp|Users|work)/", page)
