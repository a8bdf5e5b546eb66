"""Plugins come in by entry points, and a broken one stays its own trouble."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mapper import plugins
from mapper.errors import PluginError

GROUP = "mapper.readers"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return a function that puts a distribution with one reader on the path."""
    monkeypatch.syspath_prepend(tmp_path)

    def _install(distribution: str, name: str, source: str, value: str = "{module}:read") -> None:
        module = distribution.replace("-", "_")
        (tmp_path / f"{module}.py").write_text(source, encoding="utf-8")
        info = tmp_path / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n", encoding="utf-8"
        )
        entry = f"[{GROUP}]\n{name} = {value.format(module=module)}\n"
        (info / "entry_points.txt").write_text(entry, encoding="utf-8")
        monkeypatch.delitem(sys.modules, module, raising=False)

    return _install


def test_built_ins_come_through_the_same_door() -> None:
    """Every group has at least one plugin of the package itself, and all of them load."""
    for group in plugins.GROUPS:
        own = [p for p in plugins.available(group) if p.distribution == "itinerary-mapper"]
        assert own
        assert [plugin.error for plugin in own] == [None] * len(own)


def test_an_installed_plugin_is_found_and_loaded(install) -> None:  # type: ignore[no-untyped-def]
    """A distribution needs nothing but its entry point."""
    install("mapper-odt", "odt", "def read(data): return data.upper()\n")
    assert "odt" in plugins.names(GROUP)
    assert plugins.load(GROUP, "odt")(b"a") == b"A"
    assert plugins.reader_name("Trip.ODT") == "odt"


def test_a_suffix_that_nobody_claims_is_plain_text() -> None:
    """Files of unknown kinds, and those without a suffix, are read as plain text."""
    assert {plugins.reader_name(name) for name in ("a.log", "a", ".profile", "stdin")} == {"txt"}


@pytest.mark.parametrize(
    ("source", "value", "sign"),
    [
        ("raise RuntimeError('no\\nlicence')\n", "{module}:read", "RuntimeError: no licence"),
        ("import no_such_module\n", "{module}:read", "ModuleNotFoundError"),
        ("raise SystemExit(3)\n", "{module}:read", "SystemExit: 3"),
        ("", "{module}:read", "AttributeError"),
        ("", "no_such_module_at_all", "ModuleNotFoundError"),
    ],
)
def test_a_broken_plugin_breaks_nothing_else(  # type: ignore[no-untyped-def]
    install, source: str, value: str, sign: str
) -> None:
    """It is listed with its error; the others load; asked for by name it says why."""
    install("mapper-broken", "broken", source, value)
    listed = {plugin.name: plugin for plugin in plugins.available(GROUP)}
    assert sign in (listed["broken"].error or "")
    assert listed["txt"].error is None
    assert callable(plugins.load(GROUP, "txt"))
    with pytest.raises(PluginError, match=r"^The plugin broken of mapper-broken does not load: "):
        plugins.load(GROUP, "broken")


def test_of_two_plugins_of_one_name_the_first_serves(install) -> None:  # type: ignore[no-untyped-def]
    """The choice follows the names of the distributions, not the order of the path."""
    install("zz-mapper", "odt", "def read(): return 'z'\n")
    install("aa-mapper", "odt", "def read(): return 'a'\n")
    assert plugins.load(GROUP, "odt")() == "a"
    assert [p.distribution for p in plugins.available(GROUP) if p.name == "odt"] == [
        "aa-mapper",
        "zz-mapper",
    ]


def test_an_unknown_name_says_which_there_are() -> None:
    """The error names the kind of plugin and what is installed."""
    with pytest.raises(PluginError, match=r"no recognizer named nonesuch; installed: .*crf"):
        plugins.load("mapper.recognizers", "nonesuch")
    with pytest.raises(PluginError, match="installed: none"):
        plugins.load("mapper.nonesuch", "a")


def test_listing_loads_nothing() -> None:
    """Names are read from metadata: no plugin is imported before it is asked for."""
    program = (
        "import sys; from mapper import plugins\n"
        "assert 'html' in plugins.names('mapper.exporters')\n"
        "assert not {'mapper.read', 'mapper.render', 'folium'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
