"""Write a file whole or not at all, and never over anything but a file."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mapper.errors import OutputError

__all__ = ["check_target", "write_bytes", "write_text"]

# What a path may be beside a file, and in whose place no file is put.
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
}


def write_text(path: str | Path, text: str, *, force: bool = False) -> None:
    r"""Write `text` to `path` in UTF-8 with ``\n`` line ends; see `write_bytes`."""
    write_bytes(path, text.encode(), force=force)


def write_bytes(path: str | Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `path`, beside it first, then renamed.

    A symbolic link stays: the file that it points to is written.

    Raises
    ------
    OutputError
        The file exists and `force` is false, or it cannot be written.
    """
    check_target(path)
    if os.path.lexists(path) and not force:
        raise OutputError(f"{_name(path)} exists already: overwrite it with force=True.")
    with _explained(path):
        _write_beside(_target(path), data)


def check_target(path: str | Path) -> None:
    """Raise unless a file can stand at `path`, were it new or to be overwritten.

    Raises
    ------
    OutputError
        The path is empty, too long, or that of a folder, device, pipe or socket, or its
        folder does not exist.
    """
    if not os.fspath(path):
        raise OutputError("The file to write has no name: give it one.")
    with _explained(path):
        kind = _kind(path)
        folder = os.path.dirname(_target(path)) or os.curdir
    if kind:
        raise OutputError(f"{_name(path)} is {kind}, not a file: give the name of a file.")
    if not os.path.isdir(folder):
        raise OutputError(
            f"{_name(path)} cannot be written: "
            f"its folder {folder} does not exist, so create it first."
        )


def _kind(path: str | Path) -> str | None:
    """Return what stands at `path`, None for a file or nothing."""
    try:
        return KINDS.get(stat.S_IFMT(os.stat(path).st_mode))
    except FileNotFoundError:
        return None


def _target(path: str | Path) -> str:
    return os.path.realpath(path) if os.path.islink(path) else os.fspath(path)


def _write_beside(target: str, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(target) or os.curdir, prefix=".mapper-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, _mode(target))
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise


def _mode(target: str) -> int:
    """Return the rights of the file that is replaced, or those of a new file here."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _explained(path: str | Path) -> Iterator[None]:
    try:
        yield
    # A name that no file can have, such as one with a NUL, is a ValueError.
    except (OSError, ValueError) as error:
        raise OutputError(f"{_name(path)} cannot be written: {_reason(error)}.") from error


def _name(path: str | Path) -> str:
    """Return the name without its folder, or the whole path where it ends in none."""
    return os.path.basename(path) or os.fspath(path)


def _reason(error: OSError | ValueError) -> str:
    match error:
        case OSError(errno=errno.ENAMETOOLONG):
            return "its name is too long, so choose a shorter one"
        case NotADirectoryError():
            return "what should be its folder is a file"
        case PermissionError():
            return "you may not write there"
        case OSError(strerror=str(reason)):
            return reason.lower()
    return "it has no possible name"
