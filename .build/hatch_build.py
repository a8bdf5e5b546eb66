"""Build hook: make the data that a wheel carries beside the code.

The gazetteer, Leaflet and the base map are made from packages that are pinned in
`pyproject.toml` and `package-lock.json`. A provenance file says what they were made
from, and while that stays the same every further build takes them as they lie.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILD = Path(__file__).resolve().parent
GAZETTEER = Path("mapper/gazetteer/data")
ASSETS = Path("mapper/render/assets")


class DataHook(BuildHookInterface[Any]):
    """Make gazetteer and page assets before a wheel, plain or editable, is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what is missing or out of date; end the build with one message on failure."""
        root = Path(self.root)
        sys.path[:0] = [str(BUILD), str(root)]
        import npm
        import provenance

        if provenance.is_current(root, ASSETS, GAZETTEER):
            return
        self.app.display_info("Making the gazetteer and the base map, about a minute …")
        try:
            _make(root)
        except (npm.NpmError, ModuleNotFoundError) as error:
            self.app.abort(_advice(error))


def _make(root: Path) -> None:
    import npm
    import provenance

    with (
        tempfile.TemporaryDirectory(prefix="itinerary-mapper-") as fetched,
        tempfile.TemporaryDirectory(prefix="staging-", dir=BUILD) as staging,
    ):
        modules = npm.install(BUILD, Path(fetched))
        _compile(modules, Path(staging))
        provenance.write(root, Path(staging), ASSETS, GAZETTEER)
        _replace(root, Path(staging))


def _compile(modules: Path, staging: Path) -> None:
    import assets

    from mapper.gazetteer.compile import compile_gazetteer

    (staging / GAZETTEER).mkdir(parents=True)
    (staging / ASSETS).mkdir(parents=True)
    assets.pack(modules, staging / ASSETS)
    compile_gazetteer(modules, staging / GAZETTEER / "gazetteer.sqlite")


def _replace(root: Path, staging: Path) -> None:
    """Put the new folders in place; the one with the provenance goes first and comes last."""
    shutil.rmtree(root / ASSETS, ignore_errors=True)
    shutil.rmtree(root / GAZETTEER, ignore_errors=True)
    for folder in (GAZETTEER, ASSETS):
        (staging / folder).replace(root / folder)


def _advice(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The build lacks the module {error.name}: build with isolation (`pip install .`), or"
            " install the packages of `[build-system] requires` in pyproject.toml first."
        )
    return str(error)
