"""Path, bytes or string → `Document`: decoded, cleaned, its layout understood."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from mapper.errors import InputError
from mapper.model import Document
from mapper.read.characters import clean, decode
from mapper.read.sections import lay_out

__all__ = ["check_published", "file_bytes", "file_label", "read", "read_bytes", "read_text"]

# The years of a dateline have four digits, and time is left to reckon from them both ways.
EARLIEST = dt.date(1000, 1, 1)
LATEST = dt.date(2999, 12, 31)


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
        The label of the document; by default the name of the file. Of an absolute path
        only the name is kept.
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
    """Return the name of a file without its folder; what is no UTF-8 in it becomes U+FFFD.

    A path that ends in no name, such as ``.``, is its own label.
    """
    path = Path(path)
    return os.fsencode(path.name or path).decode("utf-8", "replace")


def check_published(published: dt.date) -> None:
    """Raise unless the day can be that of a text's publication.

    Raises
    ------
    InputError
        It lies outside the years 1000 to 2999.
    TypeError
        It is no `datetime.date`.
    """
    if not isinstance(published, dt.date) or isinstance(published, dt.datetime):
        raise TypeError(
            "published must be a datetime.date, such as datetime.date(2023, 9, 16), "
            f"not {type(published).__name__}."
        )
    if not EARLIEST <= published <= LATEST:
        raise InputError(
            f"No text was published on {published}: give a day of the years "
            f"{EARLIEST.year} to {LATEST.year}."
        )


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

    The encoding is what a byte order mark says, else UTF-16 where every other
    byte is zero, else UTF-8, else Windows-1252; `Document.warnings` mentions a guess.
    Parameters as in `read`.

    Raises
    ------
    InputError
        The bytes are empty or no plain text.

    >>> read_bytes(b"\xef\xbb\xbfWe left Oslo.").text
    'We left Oslo.'
    """
    source = _label(source)
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
    TypeError
        It is no string.

    >>> document = read_text("North by rail\n\n4 May 2021\n\nWe left Oslo at noon.")
    >>> document.title, document.published
    ('North by rail', datetime.date(2021, 5, 4))
    """
    if not isinstance(text, str):
        raise TypeError(
            f"The text must be a str, not {type(text).__name__}: "
            "decode bytes first, and read a file with `map_file`."
        )
    source = _label(source)
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
    if published is not None:
        check_published(published)
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


def _label(source: str) -> str:
    """Return the label, of an absolute path no more than its name."""
    paths: tuple[PurePath, ...] = (PurePosixPath(source), PureWindowsPath(source))
    return next((path.name or "text" for path in paths if path.is_absolute()), source)


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case IsADirectoryError():
            return "it is a folder, not a file"
        case PermissionError():
            return "you may not read it"
        case OSError(errno=errno.ENAMETOOLONG):
            return "its name is too long"
        case OSError(strerror=str(reason)):
            return reason.lower()
    return "it has no possible name"
