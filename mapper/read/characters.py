"""Bytes or a string → clean text: encoding, NFC, line ends, invisible characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from mapper.errors import InputError

__all__ = ["clean", "decode"]

# The longer marks first: the mark of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Formats that are no plain text, by their first bytes, and what people call them.
FOREIGN_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
)

# Text has no more control characters than a stray escape or form feed; what is
# compressed or compiled has about one byte in eight.
MAX_CONTROL_SHARE = 0.02
# In UTF-16 every character of ASCII has a zero byte, and they are most of an English text.
MIN_ZERO_SHARE = 0.25
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# Soft hyphen, zero-width space, word joiner, byte order mark: they hide inside
# words. Joiners (U+200C, U+200D) and direction marks spell something and stay.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, *, source: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data`, and warnings about what had to be guessed.

    A byte order mark decides, then zeros in every other byte (UTF-16), then UTF-8;
    anything else is read as Windows-1252, or ISO 8859-1 where that has no such
    character.

    Raises
    ------
    InputError
        The bytes are no text, or break the encoding that their mark announces.
    """
    _refuse_foreign(data, source)
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, source), ()
    if order := _byte_order(data):
        return _decode_unmarked(data, order, source)
    warnings: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, warnings = _decode_legacy(data, source)
    _refuse_binary(text, source)
    return text, warnings


def clean(text: str, *, source: str) -> str:
    r"""Return `text` in NFC with ``\n`` line ends, plain spaces, nothing invisible.

    Every kind of line end becomes ``\n`` and every Unicode space U+0020.
    Soft hyphens, zero-width spaces and word joiners go; half a surrogate pair
    becomes U+FFFD.

    Raises
    ------
    InputError
        Nothing is left, or the string is no text.

    >>> clean("Rot\u00adterdam,\r\nHolland", source="text")
    'Rotterdam,\nHolland'
    """
    _refuse_binary(text, source)
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _SURROGATES.sub("\ufffd", _SPACES.sub(" ", text))
    if not text.strip():
        raise InputError(f"{source} is empty: give a text of at least one sentence.")
    return unicodedata.normalize("NFC", text)


def _refuse_foreign(data: bytes, source: str) -> None:
    head = data[:64].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for magic, name in FOREIGN_FORMATS:
        if head.startswith(magic.lower()):
            raise InputError(f"{source} is {name}, not plain text: save it as plain text first.")


def _refuse_binary(text: str, source: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > MAX_CONTROL_SHARE * len(text) + 1:
        raise InputError(f"{source} holds binary data, not text: save it as plain text in UTF-8.")


def _decode_marked(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise InputError(
            f"{source} announces {name} but breaks it at byte {error.start}: save it as UTF-8."
        ) from error


def _byte_order(data: bytes) -> str | None:
    """Return the encoding of UTF-16 without a mark: its zeros are all even or all odd bytes."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or (even and odd) or even + odd < max(1, MIN_ZERO_SHARE * len(data)):
        return None
    return "utf-16-be" if even else "utf-16-le"


def _decode_unmarked(data: bytes, encoding: str, source: str) -> tuple[str, tuple[str, ...]]:
    name = encoding.upper()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{source} looks like {name} but breaks it at byte {error.start}: save it as UTF-8."
        ) from error
    return text, (
        f"{source} has no byte order mark and was read as {name}: "
        "if it looks wrong, save it as UTF-8.",
    )


def _decode_legacy(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    try:
        text, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = data.decode("latin-1"), "ISO 8859-1"
    return text, (
        f"{source} is not UTF-8 and was read as {name}: "
        "if letters with accents look wrong, save it as UTF-8.",
    )
