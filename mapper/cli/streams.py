"""The standard streams: closed, full or broken, they end the program in one sentence."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Literal, NoReturn, TextIO

import click

from mapper.errors import InputError

__all__ = ["give_up", "open_closed", "read_stdin"]


def open_closed() -> None:
    """Put a stream in the place of each that was closed beforehand.

    Python has None there, and the next file to be opened would take its number. What
    is meant for stdin or stdout then fails; stderr is for a reader, and there is none.
    """
    sys.stdin = sys.stdin or _nowhere("r", os.O_WRONLY)
    sys.stdout = sys.stdout or _nowhere("w", os.O_RDONLY)
    sys.stderr = sys.stderr or _nowhere("w", os.O_WRONLY)


def read_stdin() -> bytes:
    """Return all that standard input holds.

    Raises
    ------
    InputError
        It is closed or cannot be read.
    """
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(
            f"Standard input {_trouble(error, 'read')}: name a file, or pipe a text into it."
        ) from error


def give_up(error: OSError) -> NoReturn:
    """Say that standard output took no more, and end with exit code 1."""
    with suppress(OSError):
        click.echo(
            f"Error: Standard output {_trouble(error, 'written')}: "
            "send it to a file or pipe that takes it.",
            err=True,
        )
    for stream in (sys.stdout, sys.stderr):
        _discard(stream)
    sys.exit(1)


def _nowhere(mode: Literal["r", "w"], access: int) -> TextIO:
    """Return a stream that fails at once where `access` does not allow its `mode`."""
    return os.fdopen(os.open(os.devnull, access), mode, encoding="utf-8")


def _trouble(error: OSError, done: str) -> str:
    if error.errno == errno.EBADF:
        return "is closed"
    return f"cannot be {done}, {(error.strerror or type(error).__name__).lower()}"


def _discard(stream: TextIO) -> None:
    """Lead what is left in the stream nowhere: at its end Python would fail on it again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
