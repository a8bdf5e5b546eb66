"""Path, bytes or string → `Document`: decoded, cleaned, its layout understood."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from mapper.errors import InputError
from mapper.model import Document
from mapper.read.characters import clean, decode
from mapper.read.sections import lay_out

__all__ = ["file_bytes", "file_label", "read", "read_bytes", "read_text"]


def read(
    path: str | Path,
    *,
    source: str | None = None,
    title: str | None = None,
    published: dt.date | None = None,
    language: str = "en",
) -> Document:
    """Return the document in a plain-text file.

    Parameters
    ----------
    path
        The file.
    source
        The label of the document; by default the name of the file, never its folder.
    title, published
        Say what the text does not; they win over what it says.
    language
        ISO 639-1 code of the language of the text.

    Raises
    ------
    InputError
        The file cannot be read, is empty, or is no plain text.
    """
    label = source or file_label(path)
    return read_bytes(
        file_bytes(path), source=label, title=title, published=published, language=language
    )


def file_label(path: str | Path) -> str:
    """Return the name of a file without its folder; what is no UTF-8 in it becomes U+FFFD."""
    return os.fsencode(Path(path).name).decode("utf-8", "replace")


def file_bytes(path: str | Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        return Path(path).read_bytes()
    # A name that no file can have, such as one with a NUL, is a ValueError.
    except (OSError, ValueError) as error:
        raise InputError(f"{file_label(path)} cannot be read: {_reason(error)}.") from error


def read_bytes(
    data: bytes,
    *,
    source: str = "text",
    title: str | None = None,
    published: dt.date | None = None,
    language: str = "en",
) -> Document:
    r"""Return the document in the bytes of a plain-text file.

    The encoding is what a byte order mark says, else UTF-8, else Windows-1252,
    which `Document.warnings` mentions. Parameters as in `read`.

    Raises
    ------
    InputError
        The bytes are empty or no plain text.

    >>> read_bytes(b"\xef\xbb\xbfWe left Oslo.").text
    'We left Oslo.'
    """
    text, warnings = decode(data, source=source)
    return _document(
        text, warnings, source=source, title=title, published=published, language=language
    )


def read_text(
    text: str,
    *,
    source: str = "text",
    title: str | None = None,
    published: dt.date | None = None,
    language: str = "en",
) -> Document:
    r"""Return the document in a string. Parameters as in `read`.

    Raises
    ------
    InputError
        The string is empty or no text.

    >>> document = read_text("North by rail\n\n4 May 2021\n\nWe left Oslo at noon.")
    >>> document.title, document.published
    ('North by rail', datetime.date(2021, 5, 4))
    """
    return _document(text, (), source=source, title=title, published=published, language=language)


def _document(
    raw: str,
    warnings: tuple[str, ...],
    *,
    source: str,
    title: str | None,
    published: dt.date | None,
    language: str,
) -> Document:
    text = clean(raw, source=source)
    layout = lay_out(text)
    return Document(
        text=text,
        source=source,
        title=title or layout.title,
        language=language,
        published=published or layout.published,
        sections=layout.sections,
        warnings=warnings + (() if published else layout.warnings),
    )


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case IsADirectoryError():
            return "it is a folder, not a file"
        case PermissionError():
            return "you may not read it"
        case OSError(strerror=str(reason)):
            return reason.lower()
    return "it has no possible name"
