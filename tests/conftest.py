"""What every test stands on: no network, odd time zone and locale, an empty home, a browser."""

from __future__ import annotations

import contextlib
import dataclasses
import locale
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from mapper.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parent.parent

# 45 minutes off the full hour and a date ahead of most of the world; i without its dot in capitals.
ODD_TIME_ZONE = "Pacific/Chatham"
ODD_LOCALES = ("tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_configure() -> None:
    """Move the run to a place and a language where carelessness shows."""
    os.environ["TZ"] = ODD_TIME_ZONE
    if hasattr(time, "tzset"):
        time.tzset()
    for name in ODD_LOCALES:
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_ALL, name)
            os.environ["LC_ALL"] = name
            return


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home folder for the whole run."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and caches of whoever runs the tests out of them, and theirs safe."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The embedded gazetteer, opened once."""
    from mapper.gazetteer import Gazetteer

    return Gazetteer.open()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; skipped without one unless MAPPER_REQUIRE_BROWSER is set."""
    executable = _browser_executable()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_FLAGS))
        yield browser
        browser.close()


def _browser_executable() -> str:
    named = os.environ.get("MAPPER_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    lack = f"no Chromium on the PATH ({', '.join(BROWSERS)}) nor in MAPPER_CHROMIUM"
    if os.environ.get("MAPPER_REQUIRE_BROWSER"):
        pytest.fail(lack)
    pytest.skip(lack)


@dataclasses.dataclass(frozen=True)
class Visit:
    """An open page with all that it asked the network for and complained of."""

    page: Page
    requests: list[str]
    messages: list[str]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a file from disk with the network off: ``open_page(path, color_scheme="dark")``.

    Other keywords go to Playwright's ``browser.new_context``. `Visit.requests` are all
    addresses asked for beside the file itself; `Visit.messages` are console messages
    and uncaught errors.
    """
    with contextlib.ExitStack() as contexts:

        def visit(path: Path, **options: Any) -> Visit:
            context = browser.new_context(offline=True, **options)
            contexts.callback(context.close)
            return _watched(context.new_page(), path.resolve().as_uri())

        yield visit


def _watched(page: Page, address: str) -> Visit:
    visit = Visit(page, [], [])
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.messages.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visit.messages.append(f"uncaught: {error}"))
    page.goto(address, wait_until="load")
    visit.requests.remove(address)
    return visit
