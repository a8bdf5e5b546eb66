"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mapper.errors import OutputError

__all__ = ["write_text"]


def write_text(path: str | Path, text: str, *, force: bool = False) -> None:
    r"""Write `text` to `path` in UTF-8 with ``\n`` line ends, beside it first, then renamed.

    Raises
    ------
    OutputError
        The file exists and `force` is false, or it cannot be written.
    """
    path = Path(path)
    if path.exists() and not force:
        raise OutputError(f"{path.name} exists already: overwrite it with --force.")
    try:
        _write_beside(path, text.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{path.name} cannot be written: {reason.lower()}.") from error


def _write_beside(path: Path, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(_mode(path))
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the rights of the file that is replaced, or those of a new file here."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
